"""Read one configuration file: its table, what it extends, and the settings for some of its files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dedupe_cn.errors import ConfigurationError
from dedupe_cn.io.configuration_check import Fault, fault_of_glob, fault_of_name, fault_of_value, freeze
from dedupe_cn.io.configuration_keys import BY_NAME, EXTEND, FILES, PER_FILE, Value
from dedupe_cn.io.globs import Globs, compile_globs

if TYPE_CHECKING:
    from dedupe_cn.io.toml_places import Way

OWN = "dedupe-cn.toml"
SHARED = "pyproject.toml"
#: Where our table stands in a file that is shared with other tools.
TABLE = ("tool", "dedupe-cn")
#: Marks that Chinese keyboards give in the place of TOML's.
_WIDE = "“”‘’＝［］，＃"


class Setting(NamedTuple):
    """A value and where it was written."""

    value: Value
    place: str


class PerFile(NamedTuple):
    """Settings for the files that match some globs."""

    globs: Globs
    settings: Mapping[str, Setting]


@dataclass(frozen=True, slots=True, eq=False)
class Configuration:
    """What one configuration file says. ``root`` is the absolute folder that its globs and file names count from."""

    root: str
    file: Path | None = None
    settings: Mapping[str, Setting] = field(default_factory=dict)
    per_file: tuple[PerFile, ...] = ()

    def tables_for(self, path: str) -> tuple[int, ...]:
        """Give the numbers of the per-file tables that hold for an absolute path."""
        return tuple(n for n, table in enumerate(self.per_file) if table.globs.match(path))

    def for_file(self, tables: tuple[int, ...]) -> dict[str, Setting]:
        """Give the settings with those of some per-file tables over them, later ones over earlier ones."""
        merged = dict(self.settings)
        for number in tables:
            merged |= self.per_file[number].settings
        return merged


class _Source(NamedTuple):
    """A file that was read: its table, and the lines of its keys."""

    file: Path
    table: dict[str, Any]
    lines: Mapping[Way, int]
    inside: Way

    def place(self, *way: str | int) -> str:
        """Write where a key stands: the file, and the line of the key or of what it stands in."""
        full = (*self.inside, *way)
        while full and full not in self.lines:
            full = full[:-1]
        return f"{shown(self.file)}:{self.lines[full]}" if full else shown(self.file)

    def error(self, fault: Fault, *way: str | int) -> ConfigurationError:
        """Make the error for what is wrong with a key."""
        full = way if fault.item is None else (*way, fault.item)
        return ConfigurationError(fault.code, self.place(*full), _dotted(full), fault.nearest, **fault.values)


def load(file: Path, root: str | None = None) -> Configuration:
    """Read a configuration file and what it extends.

    ``root`` is the folder its globs count from, else that of the file; what comes by ``extend`` counts from there too.
    Raises ConfigurationError.
    """
    file = Path(os.path.abspath(file))
    root = root or str(file.parent)
    settings: dict[str, Setting] = {}
    tables: list[PerFile] = []
    for source in reversed(_chain(file)):
        settings |= _settings(source, source.table)
        tables += _per_file(source, root)
    return Configuration(root, file, settings, tuple(tables))


def has_table(file: Path) -> bool:
    """Tell whether a shared file holds our table; one that never names it need not be TOML at all.

    Raises ConfigurationError.
    """
    if b"dedupe-cn" not in _bytes(file):
        return False
    rest: Any = _parse(file)[0]
    for name in TABLE:
        rest = rest.get(name) if isinstance(rest, dict) else None
    return rest is not None


def shown(file: Path) -> str:
    """Write a path as a person would: from the working folder if it is below."""
    here = Path.cwd()
    return (file.relative_to(here) if file.is_relative_to(here) else file).as_posix()


def _chain(file: Path) -> list[_Source]:
    """Read a file, what it extends, what that extends, and so on. Raises ConfigurationError for a circle."""
    chain = [_read(file)]
    seen = {os.path.realpath(file)}
    while EXTEND in chain[-1].table:
        source = chain[-1]
        name = source.table[EXTEND]
        if not isinstance(name, str) or not name:
            raise source.error(Fault("config-type-string"), EXTEND)
        base = Path(os.path.abspath(source.file.parent / Path(name).expanduser()))
        if os.path.realpath(base) in seen:
            raise source.error(Fault("config-circle", {"value": name}), EXTEND)
        if not base.is_file():
            raise source.error(Fault("config-no-file", {"value": name}), EXTEND)
        seen.add(os.path.realpath(base))
        chain.append(_read(base))
    return chain


def _read(file: Path) -> _Source:
    """Read a file and find our table in it. Raises ConfigurationError."""
    document, text = _parse(file)
    table: Any = document
    inside = TABLE if file.name == SHARED else ()
    for name in inside:
        table = table.get(name) if isinstance(table, dict) else None
    if table is None:
        raise ConfigurationError("config-no-table", shown(file))
    from dedupe_cn.io.toml_places import lines_of

    source = _Source(file, table, lines_of(text), inside)
    if not isinstance(table, dict):
        raise source.error(Fault("config-type-table"))
    return source


def _parse(file: Path) -> tuple[dict[str, Any], str]:
    """Read TOML. Raises ConfigurationError with the line, and a word on full-width marks if one stands there."""
    import tomllib

    try:
        text = _bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise ConfigurationError("config-not-utf-8", shown(file)) from problem
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as problem:
        what, _, place = str(problem).rpartition(" (at ")
        line, column = _line_and_column(place, text)
        said = text.split("\n")[line - 1] if line else ""
        wide = [mark for mark in _WIDE if mark in said.partition("#")[0]]
        code = "config-wide-marks" if wide else "config-not-toml"
        where = f"{shown(file)}:{line}:{column}" if line else shown(file)
        raise ConfigurationError(code, where, what=what or str(problem), marks=" ".join(wide)) from problem


def _line_and_column(place: str, text: str) -> tuple[int, int]:
    """Read ``line 3, column 5)``, or the end of the document; 0 when the words are others."""
    if place.startswith("end of document"):
        return text.rstrip().count("\n") + 1, 1
    numbers = [word.strip("),") for word in place.split()]
    return (int(numbers[1]), int(numbers[3])) if len(numbers) == 4 and numbers[1].isdigit() else (0, 0)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise ConfigurationError("config-unreadable", shown(file), detail=problem.strerror or str(problem)) from problem


def _settings(source: _Source, table: dict[str, Any], *way: str | int) -> dict[str, Setting]:
    """Check the keys of a table and give their values. Raises ConfigurationError."""
    settings = {}
    structure = (FILES,) if way else (EXTEND, PER_FILE)
    for name, value in table.items():
        if name in structure:
            continue
        fault = fault_of_name(name, per_file=bool(way)) or fault_of_value(BY_NAME[name], value)
        if fault:
            raise source.error(fault, *way, name)
        settings[name] = Setting(freeze(value), source.place(*way, name))
    return settings


def _per_file(source: _Source, root: str) -> Iterator[PerFile]:
    """Read the per-file tables. Raises ConfigurationError."""
    tables = source.table.get(PER_FILE, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise source.error(Fault("config-type-tables"), PER_FILE)
    for number, table in enumerate(tables):
        globs = table.get(FILES)
        if not isinstance(globs, list) or not globs or not all(isinstance(glob, str) for glob in globs):
            raise source.error(Fault("config-no-files"), PER_FILE, number)
        for item, glob in enumerate(globs):
            if fault := fault_of_glob(glob):
                raise source.error(Fault(fault.code, fault.values, item=item), PER_FILE, number, FILES)
        yield PerFile(compile_globs(globs, root), _settings(source, table, PER_FILE, number))


def _dotted(way: Way) -> str:
    """Write the way to a key.

    >>> _dotted(("per-file", 1, "level"))
    'per-file[1].level'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in way).lstrip(".")
