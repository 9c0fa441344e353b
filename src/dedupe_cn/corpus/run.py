"""What a run is asked for, and what it gives back."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

from dedupe_cn.corpus.plan import CorpusPlan
from dedupe_cn.corpus.problems import written_record
from dedupe_cn.corpus.records import Fields
from dedupe_cn.corpus.shared_place import SharedPlace
from dedupe_cn.corpus.sources import CorpusFile

#: Share of the documents that may go, and from how many documents on a share says anything.
MAX_REMOVAL = 0.3
GUARDED_FROM = 100
#: Removals and problems that are carried as examples.
EXAMPLES = 5

_FIELDS = Fields()

#: Told of stage, work done, work in all (0 when unknown).
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """A run: inputs, plan and where its results go. ``output`` None writes no output.

    ``max_removal`` None is the default share, and only from 100 documents on. ``on_error`` is stop or skip.
    ``left_out`` takes the list of records that cannot be used; ``encoding`` is a codec, empty to find each file's own.
    """

    inputs: tuple[Path, ...]
    plan: CorpusPlan
    fields: Fields = _FIELDS
    output: Path | None = None
    removed: Path | None = None
    on_error: str = "stop"
    memory: int = 2 << 30
    jobs: int = 1
    max_removal: float | None = None
    index: Path | SharedPlace | None = None
    against: Path | SharedPlace | None = None
    left_out: Path | None = None
    encoding: str = ""

    def fingerprint(self, sources: tuple[CorpusFile, ...]) -> str:
        """Give what tells this run from another: plan, fields and the state of every file."""
        files = [(s.name, s.format, (state := s.path.stat()).st_size, state.st_mtime_ns) for s in sources]
        others = []
        for path in (self.index, self.against):
            if isinstance(path, SharedPlace):
                # Others add to it meanwhile: a run that was killed begins anew.
                others.append((str(path), uuid.uuid4().int))
                continue
            there = path is not None and path.exists()
            others.append((str(path), path.stat().st_mtime_ns if path is not None and there else 0))
        about = [asdict(self.plan), asdict(self.fields), self.on_error, self.encoding, files, others]
        return hashlib.sha256(json.dumps(about, default=str).encode()).hexdigest()


class LeftOut(NamedTuple):
    """A record that cannot be used: its place, and what is wrong with it, a code of ``problems.WORDS`` and values."""

    place: str
    code: str
    values: tuple[object, ...] = ()

    def words(self, language: str) -> str:
        """Say what is wrong, and where."""
        return written_record(self.place, self.code, self.values, language)


@dataclass(frozen=True, slots=True)
class Example:
    """A removal with its names, for a report."""

    id: str
    kept_id: str
    score: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found: documents, those that go (or would), and what was out of the ordinary.

    ``paragraphs`` and ``occurrences`` count only with unit paragraph: different paragraphs that recur, and places
    removed. ``skipped`` names the first unusable records, of ``problems`` in all.
    """

    documents: int
    removed: int
    empty: int = 0
    compared: int = 0
    problems: int = 0
    skipped: tuple[LeftOut, ...] = ()
    renamed: int = 0
    paragraphs: int = 0
    added: int = 0
    known: int = 0
    examples: tuple[Example, ...] = field(default=())
    written: bool = False
