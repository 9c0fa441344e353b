"""Real accidents: copies that stood in public documents until somebody took one of them out.

    python benchmarks/copies/run.py --accidents FOLDER [--from TEMPLATE]

``accidents.jsonl`` names for each the repository, the commit that took the copy out, the file before it with its
SHA-256, and both copies as ranges of code points; no text. ``rebuild`` fetches those commits with git, each alone, and
says which could not be had. Their texts keep their licences and are no part of this project.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from copies.planted import DOUBTFUL, FROM_STANDARD, Case, Kind, without

REFERENCES = Path(__file__).with_name("accidents.jsonl")
#: Where a repository is fetched from, unless told otherwise.
HOME = "https://github.com/{repository}.git"
#: What nobody but the author can decide: an older and a newer wording, or another meaning.
_FOR_A_PERSON = ("version", "meaning")


class Accident(NamedTuple):
    """One row of accidents.jsonl."""

    id: int
    repository: str
    commit: str
    path: str
    sha256: str
    removed: tuple[int, int]
    kept: tuple[int, int]
    shape: str
    distance: str
    differs: str
    licence: str

    @property
    def file(self) -> str:
        """Give the name of the rebuilt file: accidents of one file share it."""
        return f"{self.sha256[:16]}{Path(self.path).suffix}"


def references(path: Path = REFERENCES) -> list[Accident]:
    """Read the references."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Accident(**{**row, "removed": tuple(row["removed"]), "kept": tuple(row["kept"])}) for row in rows]


def rebuild(accidents: Iterable[Accident], folder: Path, source: str = HOME) -> Iterator[tuple[Accident, str]]:
    """Fetch the files into a folder unless they are there; give each accident with why its file could not be had.

    The reason is empty where the file is there as it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    failed: dict[tuple[str, str], str] = {}
    for accident in accidents:
        place = folder / accident.file
        key = accident.repository, accident.commit
        if not place.exists() and key not in failed:
            data, why = _fetch(accident, source)
            if hashlib.sha256(data).hexdigest() == accident.sha256:
                place.write_bytes(data)
            elif why:
                failed[key] = why
        yield accident, "" if place.exists() else failed.get(key, "the file is another one")


def _fetch(accident: Accident, source: str) -> tuple[bytes, str]:
    """Give the file as it stood before the commit, and else what git said."""
    with tempfile.TemporaryDirectory(prefix="accidents-") as clone:
        for command in (
            ["init", "--quiet", "--bare"],
            ["fetch", "--quiet", "--depth", "2", source.format(repository=accident.repository), accident.commit],
            ["show", f"{accident.commit}^:{accident.path}"],
        ):
            done = subprocess.run(["git", "-C", clone, *command], capture_output=True, check=False)
            if done.returncode:
                said = done.stderr.decode("utf-8", "replace").strip().splitlines()
                return b"", said[0][:200] if said else f"git {command[0]} failed"
    return done.stdout, ""


def cases(accidents: Iterable[Accident], folder: Path) -> list[Case]:
    """Make cases of the accidents whose files are there, to be scored like planted ones."""
    found = []
    for accident in accidents:
        place = folder / accident.file
        if not place.exists():
            continue
        text = place.read_bytes().decode("utf-8")
        promise = DOUBTFUL if accident.differs in _FOR_A_PERSON else FROM_STANDARD
        kind = Kind(accident.shape, accident.distance, accident.differs, promise, lambda source, chance: None)
        name = f"accident.{accident.id:03d}{place.suffix}"
        clean = without(text, (accident.removed,))
        found.append(Case(name, kind, accident.path, text, clean, (accident.removed,), (accident.kept,)))
    return found
