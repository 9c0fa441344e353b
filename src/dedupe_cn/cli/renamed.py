"""Find what renamed files were, by how alike the texts are: git sees a chapter in one line as another file.

git compares pieces of at most 64 bytes from the beginning of a line, so that one character put in front of a chapter in
one line leaves nothing in common; and it never looks for the former self of a file whose name existed before, though
chapters are numbered anew.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from dedupe_cn.cli.cleaning import FailedError, Plan, decode_data
from dedupe_cn.cli.inputs import Inputs
from dedupe_cn.io import files
from dedupe_cn.io.git import GitError
from dedupe_cn.io.git_history import Former, FormerFiles
from dedupe_cn.io.suffixes import MARKDOWN, TEXT, form_of, suffix_of
from dedupe_cn.text.characters import exact_pieces

#: Similarity of the shingles (Jaccard) from which one file is taken for the other: git's 50 % in two files of one
#: size. What is found too much does no harm, for findings are compared by their passages.
_ALIKE = 0.3
#: Share of its characters in lines that a file shares with its former self, from which nothing else is asked.
_SHARED = 0.3
#: Files with one value of a sketch that are looked at: more have boilerplate in common.
_MOST = 50


class Renamed:
    """The former selves of the inputs of a run."""

    def __init__(self, inputs: Inputs, plans: Mapping[str, Plan]) -> None:
        self._paths = inputs.paths
        self._plans = plans
        self._former = FormerFiles()

    def follow(self, own: Mapping[str, Former | None], formers: Iterable[Former]) -> dict[str, Former]:
        """Give each input its former self; ``own`` has it by the name, ``formers`` are of all files that differ.

        An input without one, or with nothing in common with it, gets that of the likest file that is gone or is now
        another text.
        """
        known = {name: former for name, former in own.items() if former is not None}
        others = [former for former in formers if former not in set(known.values()) and _holds_text(former.name)]
        with self._former:
            lost = [name for name in own if name not in known]
            if len(others) + len(known) > 1:
                lost += [name for name, was in known.items() if not self._shares_lines(name, self._paths[name], was)]
            if not lost:
                return known
            sources = [known[name] for name in lost if name in known]
            sources += [was for was in others if not self._shares_lines(lost[0], was.top / was.name, was)]
            return known | self._likest(lost, sources, known)

    def _shares_lines(self, name: str, path: Path, former: Former) -> bool:
        """Tell whether a file is there that has a good part of the lines it had; it is read as an input is."""
        now, before = self._now(name, path), self._then(name, former)
        if now is None:
            return False
        lines = Counter(filter(None, map(str.strip, before.splitlines())))
        size = shared = 0
        for line in filter(None, map(str.strip, now.splitlines())):
            size += len(line)
            shared += len(line) if line in lines else 0
        return shared >= _SHARED * min(size, sum(len(line) * n for line, n in lines.items()))

    def _likest(
        self, names: Sequence[str], sources: Sequence[Former], known: Mapping[str, Former]
    ) -> dict[str, Former]:
        """Give the likest source of each file that has one."""
        holders: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for at, source in enumerate(sources):
            for key in enumerate(_sketch(self._then(names[0], source))):
                if len(holders[key]) < _MOST:
                    holders[key].append(at)
        found: dict[str, Former] = {}
        for name in names:
            values = _sketch(self._now(name, self._paths[name]) or "")
            shared: Counter[int] = Counter()
            for key in enumerate(values):
                shared.update(holders.get(key, ()))
            alike = [(-n, _away(name, known, sources[at]), at) for at, n in shared.items() if n >= _ALIKE * len(values)]
            if alike:
                found[name] = sources[min(alike)[-1]]
        return found

    def _now(self, name: str, path: Path) -> str | None:
        try:
            return self._text(files.read(path, self._plans[name].max_bytes, regular=True).data, name)
        except OSError:
            return None

    def _then(self, name: str, former: Former) -> str:
        try:
            return self._text(self._former.read(former), name)
        except GitError:
            return ""

    def _text(self, data: bytes, name: str) -> str:
        try:
            return decode_data(data, self._plans[name], form_of(name)).text
        except FailedError:
            return ""


def _holds_text(name: str) -> bool:
    return suffix_of(name) in MARKDOWN | TEXT or bool(form_of(name))


def _away(name: str, known: Mapping[str, Former], former: Former) -> tuple[bool, bool, str]:
    """Order files that are equally alike: what the file was itself comes first, then one of the same base name."""
    return former != known.get(name), PurePosixPath(name).name != PurePosixPath(former.name).name, former.name


def _sketch(text: str) -> list[int]:
    """Give the values of a text by which its likeness is estimated; none for one that is shorter than a shingle."""
    from dedupe_cn.corpus.sketches import sketch_texts

    sketches = sketch_texts(["".join(exact_pieces(text))])
    values: list[int] = sketches.values[0].tolist()
    return values if sketches.counts[0] else []
