"""The decisions file: what people have decided on the repeats of each file, one verdict a line."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from dedupe_cn.io import files
from dedupe_cn.model import Verdict

NAME = ".dedupe-cn-decisions.json"
VERSION = 1
KEEP, REMOVE = "keep", "remove"
#: One copy goes, and the one that stays is named: by place, which no change of the rules turns round.
KEEP_FIRST, KEEP_LAST = "keep-first", "keep-last"
VERDICTS = (KEEP, REMOVE, KEEP_FIRST, KEEP_LAST)
_STAYS = {KEEP_FIRST: "first", KEEP_LAST: "last"}
#: The name under which the encoding of a file is decided on.
ENCODING = "encoding"
#: Files that mark the folder a project starts in.
_ROOTS = ("dedupe-cn.toml", ".git")
_SHARED, _TABLE = "pyproject.toml", b"[tool.dedupe-cn"
_CONFLICT = (b"<<<<<<< ", b">>>>>>> ")
#: Attempts to write when the file system has no locks and somebody else was faster.
_TRIES = 20


class BadDecisionsError(Exception):
    """A decisions file that cannot be read: a key of the words and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


#: A key that files of 0.1 have: the blocks of a longer passage. A copy is decided on as a whole now.
_FORMER = "blocks"


@dataclass(frozen=True, slots=True)
class Entry:
    """One verdict: on which repeat in which file, for how many copies of how many characters. The rest is for readers.

    ``path`` counts from the folder of the decisions file. ``chars`` are those of equal passages, or of both, white
    space apart, by which they are found in whatever company they stand; a file of 0.1 has none. ``text`` and ``kept``
    are excerpts of the two passages (``kept`` only where they differ).
    A verdict on the layout has the name of a rule for its id, and says how many changes by it are not made in the file;
    ``text`` is an excerpt of all of that, ``kept`` its encoding where that stays.
    """

    path: str
    id: str
    verdict: str
    count: int = 1
    rule: str = ""
    text: str = ""
    kept: str = ""
    note: str = ""
    chars: tuple[int, ...] = ()

    @property
    def on_layout(self) -> bool:
        """Tell whether it is a verdict on the layout or the encoding of a file."""
        return self.id == self.rule


@dataclass(frozen=True)
class Decisions:
    """The verdicts of a decisions file, and what files they are on."""

    file: Path
    entries: tuple[Entry, ...] = ()

    def path_of(self, name: str) -> str:
        """Write the path of an input as the decisions file does: from its folder, with forward slashes, in NFC."""
        folder, base = os.path.split(os.path.abspath(name))
        place = os.path.join(os.path.realpath(folder), base)
        with suppress(ValueError):  # another drive
            place = os.path.relpath(place, self._folder)
        return unicodedata.normalize("NFC", Path(place).as_posix())

    def of_file(self, name: str | None) -> dict[str, Entry]:
        """Give the verdicts that hold for an input, by id.

        A file that is gone was renamed: its verdicts hold for every file that has none of its own on the same repeat.
        For text without a name the verdicts of all files hold.
        """
        if name is None:
            return self._anywhere
        own = {id: e for id, e in self.by_path.get(self.path_of(name), {}).items() if not e.on_layout}
        return {**self._moved, **own} if self._moved else own

    @cached_property
    def holds_layout(self) -> bool:
        """Tell whether any verdict is on layout."""
        return any(entry.on_layout for entry in self.entries)

    def layout_of(self, name: str, text: str) -> dict[str, Entry]:
        """Give the verdicts on the layout of an input by rule; ``text`` is the excerpt of it.

        Those on a file that is gone hold for the one that says the same: nothing else tells that it was renamed.
        """
        own = {id: e for id, e in self.by_path.get(self.path_of(name), {}).items() if e.on_layout}
        moved = {e.id: e for e in self.entries if e.on_layout and e.text == text and e.path in self.gone}
        return {**moved, **own}

    def verdicts(self, name: str | None) -> dict[str, Verdict]:
        """Give the verdicts for an input in the words of the core."""
        entries = self.of_file(name).items()
        return {id: Verdict(e.verdict == KEEP, e.count, e.chars, _STAYS.get(e.verdict, "")) for id, e in entries}

    @cached_property
    def by_path(self) -> Mapping[str, dict[str, Entry]]:
        """Give the entries of every file by id."""
        found: dict[str, dict[str, Entry]] = defaultdict(dict)
        for entry in self.entries:
            found[entry.path][entry.id] = entry
        return dict(found)

    @cached_property
    def gone(self) -> frozenset[str]:
        """Give the paths of files that are no longer there."""
        return frozenset(path for path in self.by_path if not self.place(path).exists())

    def place(self, path: str) -> Path:
        """Give the place of a file by its path in the decisions file."""
        return Path(self._folder, path)

    @cached_property
    def _folder(self) -> str:
        return os.path.realpath(self.file.parent)

    @cached_property
    def _moved(self) -> dict[str, Entry]:
        return _widest(e for e in self.entries if e.path in self.gone and not e.on_layout)

    @cached_property
    def _anywhere(self) -> dict[str, Entry]:
        return _widest(entry for entry in self.entries if not entry.on_layout)


def _widest(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Give one entry for each id: where several files have one, that for the most copies, and keep before remove."""
    found: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda e: (e.verdict == KEEP, e.count)):
        found[entry.id] = entry
    return found


def find_root(folder: Path) -> Path:
    """Give the nearest folder upwards that a project starts in, else ``folder`` itself."""
    for place in (folder, *folder.parents):
        if any((place / name).exists() for name in _ROOTS) or _is_ours(place / _SHARED):
            return place
    return folder


def _is_ours(file: Path) -> bool:
    try:
        return _TABLE in file.read_bytes()
    except OSError:
        return False


def load(file: Path) -> Decisions:
    """Read a decisions file. Raises OSError, BadDecisionsError."""
    return Decisions(file, parse(files.read(file).data))


def update(file: Path, change: Callable[[Decisions], Iterable[Entry]]) -> Decisions:
    """Change a decisions file, which need not exist yet: read, change and write while nobody else does.

    ``change`` is called again when somebody else was faster. Raises OSError, BadDecisionsError.
    """
    with _alone(file.parent):
        for attempt in range(_TRIES):
            data, stamp = b"", None
            with suppress(FileNotFoundError):
                loaded = files.read(file)
                data, stamp = loaded.data, loaded.stamp
            before = Decisions(file, parse(data) if stamp else ())
            after = Decisions(file, tuple(sorted(change(before), key=lambda e: (e.path, e.id))))
            new = dump(after.entries)
            if new == data or (stamp is None and not after.entries):
                return after
            try:
                files.write(file, new, expected=stamp)
            except files.ChangedMeanwhileError:
                if attempt == _TRIES - 1:
                    raise
            else:
                return after
    raise AssertionError("unreachable")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a lock on a folder, where the system has them on folders; it falls with the process and leaves nothing."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def dump(entries: Iterable[Entry]) -> bytes:
    """Write entries, one a line, so that versions of the file can be compared and merged."""
    import json

    rows = ",\n".join("    " + json.dumps(row_of(entry), ensure_ascii=False) for entry in entries)
    head = f'{{\n  "version": {VERSION},\n  "tool": "dedupe-cn",\n  "verdicts": ['
    return (head + (f"\n{rows}\n  " if rows else "") + "]\n}\n").encode("utf-8", "backslashreplace")


def row_of(entry: Entry) -> dict[str, Any]:
    """Give an entry's values as the file holds them: in order, without those that say nothing."""
    values = {f.name: getattr(entry, f.name) for f in fields(Entry)}
    return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items() if v not in ("", ())}


def parse(data: bytes) -> tuple[Entry, ...]:
    """Read the bytes of a decisions file. Raises BadDecisionsError, which names the place and what is wrong."""
    import json

    for number, line in enumerate(data.splitlines(), 1):
        if line.startswith(_CONFLICT):
            raise BadDecisionsError("decisions-conflict", line=number)
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise BadDecisionsError("decisions-not-utf-8", offset=problem.start) from problem
    except json.JSONDecodeError as problem:
        raise BadDecisionsError("decisions-not-json", line=problem.lineno, detail=problem.msg) from problem
    except RecursionError as problem:
        raise BadDecisionsError("decisions-not-json", line=1, detail="too deep") from problem
    if not isinstance(value, dict) or not isinstance(value.get("verdicts"), list):
        raise BadDecisionsError("decisions-shape")
    if value.get("version") != VERSION:
        raise BadDecisionsError("decisions-version", found=json.dumps(value.get("version")), known=VERSION)
    entries: dict[tuple[str, str], Entry] = {}
    for number, row in enumerate(value["verdicts"], 1):
        entry = _entry(number, row)
        known = entries.setdefault((entry.path, entry.id), entry)
        if known.verdict != entry.verdict:
            raise BadDecisionsError("decisions-both", number=number, id=entry.id, path=entry.path)
        if known.count < entry.count:  # both sides of a merge
            entries[entry.path, entry.id] = replace(known, count=entry.count)
    return tuple(entries.values())


def _entry(number: int, row: object) -> Entry:
    if not isinstance(row, dict):
        raise BadDecisionsError("decisions-row", number=number)
    names = [*(f.name for f in fields(Entry)), _FORMER]
    for name, value in row.items():
        if name not in names:
            from difflib import get_close_matches

            near = get_close_matches(name, names, n=1)
            key = "decisions-key-near" if near else "decisions-key"
            raise BadDecisionsError(key, number=number, name=name, near="".join(near))
        if not _holds(name, value):
            from json import dumps

            raise BadDecisionsError("decisions-value", number=number, name=name, value=dumps(value)[:40])
    for name in ("path", "id", "verdict"):
        if name not in row:
            raise BadDecisionsError("decisions-lacks", number=number, name=name)
    values: dict[str, Any] = {name: value for name, value in row.items() if name != _FORMER}
    return Entry(**{**values, "chars": tuple(values.get("chars", ()))})


def _holds(name: str, value: object) -> bool:
    match name:
        case "chars":
            return isinstance(value, list) and len(value) in (1, 2) and all(_holds("count", each) for each in value)
        case "count":
            return isinstance(value, int) and not isinstance(value, bool) and value > 0
        case "blocks":
            return isinstance(value, list)
        case "verdict":
            return value in VERDICTS
        case _:
            return isinstance(value, str) and (value != "" or name not in ("path", "id"))
