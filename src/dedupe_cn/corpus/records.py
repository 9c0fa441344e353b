"""The documents of a block: text, id, place, and what is wrong with a record.

A record keeps the place of its bytes, so that the output is a copy of what came in: order, other fields and spelling
stay. The id is kept as JSON, so that a number stays a number in the list of removals.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dedupe_cn.corpus.nested import MISSING, pick
from dedupe_cn.corpus.surrogates import to_json

#: The id field that is used where a record has it and none was named.
DEFAULT_ID = "id"


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields that matter, ``a.b`` for one inside of another.

    ``id`` None takes ``id`` where a record has it, else the place of the record.
    """

    text: str = "text"
    id: str | None = None
    priority: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Name all of them."""
        return tuple(dict.fromkeys(name for name in (self.text, self.id or DEFAULT_ID, self.priority) if name))


@dataclass(frozen=True, slots=True)
class Problem:
    """A record that cannot be used: its number in the block (from 0), its place, a code of ``problems.WORDS``."""

    number: int
    start: int
    size: int
    code: str
    values: tuple[object, ...] = ()


@dataclass(slots=True)
class Records:
    """The documents of a block, column by column, filled while the block is read.

    ``starts`` and ``sizes`` are bytes of the decompressed file (rows of a parquet file), ``numbers`` count lines (or
    rows) of the block from 0, of which there are ``lines``. ``ids`` are JSON, or None for the place.

    The account: the block stands at ``begin`` and has ``size`` (in the same units), and what of it belongs to no
    record (header, blank lines, byte order mark) is the ``rest``.
    """

    texts: list[str] = field(default_factory=list)
    ids: list[str | None] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    priorities: list[float] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lines: int = 0
    begin: int = 0
    size: int = 0
    rest: int = 0

    @property
    def whole(self) -> bool:
        """Tell whether every byte (or row) of the block is in a document, in a problem, or in the rest."""
        return sum(self.sizes) + sum(problem.size for problem in self.problems) + self.rest == self.size

    def add(self, record: Any, fields: Fields, start: int, size: int) -> None:
        """Add one record (a mapping), or note what is wrong with it; ``lines`` is its number."""
        wrong = _wrong(record, fields)
        if wrong is not None:
            self.fail(start, size, *wrong)
            return
        key = _whole(pick(record, fields.id or DEFAULT_ID))
        text = pick(record, fields.text)
        self.texts.append("" if text is None else text)
        self.ids.append(_spell(key) if _usable(key) else None)
        self.starts.append(start)
        self.sizes.append(size)
        self.numbers.append(self.lines)
        self.priorities.append(_number(pick(record, fields.priority)) if fields.priority else 0.0)

    def fail(self, start: int, size: int, code: str, *values: object) -> None:
        """Note a record that cannot be used; ``lines`` is its number."""
        self.problems.append(Problem(self.lines, start, size, code, values))


def _wrong(record: Any, fields: Fields) -> tuple[str, ...] | None:
    """Tell what is wrong with a record, as a code and values."""
    if not isinstance(record, dict):
        return ("not-object",)
    text = pick(record, fields.text)
    if text is MISSING:
        return "no-text-field", fields.text
    # NULL is a document without text, which stays.
    if not isinstance(text, str) and text is not None:
        return "text-not-string", fields.text
    if fields.id is not None and not _usable(_whole(pick(record, fields.id))):
        return "no-id", fields.id
    if fields.priority:
        try:
            _number(pick(record, fields.priority))
        except (TypeError, ValueError):
            return "no-priority", fields.priority
    return None


def _whole(key: object) -> object:
    """Give a decimal without places as an integer: Spark reads so what is too large for its own (uint64)."""
    return int(key) if isinstance(key, Decimal) and key.as_tuple().exponent == 0 else key


def _usable(key: object) -> bool:
    """Tell whether a value can be an id."""
    return isinstance(key, (str, int)) and not isinstance(key, bool) and key != ""


def _spell(key: Any) -> str:
    """Write an id as JSON; numbers, the usual ones, without the detour through the encoder."""
    return str(key) if type(key) is int else to_json(key)


def _number(value: Any) -> float:
    number = float(value)
    if number != number:
        raise ValueError("not a number")
    return number
