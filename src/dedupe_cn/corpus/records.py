"""From the bytes of a block to documents: text, id, place, and what is wrong with a record.

A record keeps the place of its bytes, so that the output is a copy of what came in: order, other fields and spelling
stay. The id is kept as JSON, so that a number stays a number in the list of removals.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.sources import CorpusFile
from dedupe_cn.corpus.streams import Chunk, open_stream
from dedupe_cn.corpus.surrogates import to_json

#: The id field that is used where a record has it and none was named.
DEFAULT_ID = "id"
_BOM = b"\xef\xbb\xbf"
#: Most characters of one CSV field; Python's own limit is 131,072.
_LONGEST_FIELD = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields that matter. ``id`` None takes ``id`` where a record has it, else the place of the record."""

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
    """

    texts: list[str] = field(default_factory=list)
    ids: list[str | None] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    priorities: list[float] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lines: int = 0

    def add(self, record: Any, fields: Fields, start: int, size: int) -> None:
        """Add one record (a mapping), or note what is wrong with it; ``lines`` is its number."""
        wrong = _wrong(record, fields)
        if wrong is not None:
            self.fail(start, size, *wrong)
            return
        key = _whole(record.get(fields.id or DEFAULT_ID))
        self.texts.append(record[fields.text])
        self.ids.append(_spell(key) if _usable(key) else None)
        self.starts.append(start)
        self.sizes.append(size)
        self.numbers.append(self.lines)
        self.priorities.append(_number(record[fields.priority]) if fields.priority else 0.0)

    def fail(self, start: int, size: int, code: str, *values: object) -> None:
        """Note a record that cannot be used; ``lines`` is its number."""
        self.problems.append(Problem(self.lines, start, size, code, values))


def _wrong(record: Any, fields: Fields) -> tuple[str, ...] | None:
    """Tell what is wrong with a record, as a code and values."""
    if not isinstance(record, dict):
        return ("not-object",)
    if fields.text not in record:
        return "no-text-field", fields.text
    if not isinstance(record[fields.text], str):
        return "text-not-string", fields.text
    if fields.id is not None and not _usable(_whole(record.get(fields.id))):
        return "no-id", fields.id
    if fields.priority:
        try:
            _number(record.get(fields.priority))
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


def read_block(block: Chunk, source: CorpusFile, fields: Fields, header: tuple[str, ...] = ()) -> Records:
    """Read the documents of a block; ``header`` is that of a CSV file."""
    records = Records()
    match source.format:
        case "jsonl":
            _read_json_lines(records, block, fields)
        case "lines":
            _read_lines(records, block)
        case "csv" | "tsv":
            _read_table(records, block, source.format, fields, header)
        case "parquet":
            _read_rows(records, block, fields)
        case _:
            _read_file(records, block)
    return records


def _lines(block: Chunk) -> Iterator[tuple[int, bytes]]:
    """Give start and bytes of every line, line end included; a byte order mark in front is passed over."""
    at, data = block.start, block.data
    first = len(_BOM) if at == 0 and data.startswith(_BOM) else 0
    place = first
    while place < len(data):
        end = data.find(b"\n", place) + 1 or len(data)
        yield at + place, data[place:end]
        place = end


def _read_json_lines(records: Records, block: Chunk, fields: Fields) -> None:
    for start, line in _lines(block):
        try:
            record = json.loads(line.decode("utf-8"))
        except UnicodeDecodeError:
            records.fail(start, len(line), "not-utf-8")
        except (ValueError, RecursionError) as problem:
            if line.strip():
                records.fail(start, len(line), "not-json", str(problem))
        else:
            records.add(record, fields, start, len(line))
        records.lines += 1


def _read_lines(records: Records, block: Chunk) -> None:
    for start, line in _lines(block):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            records.fail(start, len(line), "not-utf-8")
        else:
            if text.strip():
                records.add({"text": text.rstrip("\r\n")}, Fields(), start, len(line))
        records.lines += 1


def _read_file(records: Records, block: Chunk) -> None:
    from dedupe_cn.encoding.decoding import decode

    decoded = decode(block.data)
    if not decoded.legible:
        from dedupe_cn.encoding.binary import has_binary_bytes

        records.fail(0, len(block.data), "binary" if has_binary_bytes(block.data) else "no-encoding")
    else:
        records.add({"text": decoded.text}, Fields(), 0, len(block.data))
    records.lines = 1


def _read_rows(records: Records, block: Chunk, fields: Fields) -> None:
    import pyarrow

    with pyarrow.ipc.open_stream(block.data) as stream:
        for row in stream.read_all().to_pylist():
            records.add(row, fields, block.start + records.lines, 1)
            records.lines += 1


def _dialect(kind: str) -> dict[str, Any]:
    return {"delimiter": "\t" if kind == "tsv" else ",", "strict": True}


def _rows(block: Chunk) -> Iterator[tuple[int, bytes, int]]:
    """Give start, bytes and number of lines of every row; a line end between quotes does not end it."""
    held, begin, lines, inside = b"", block.start, 0, False
    for start, line in _lines(block):
        if not held:
            begin = start
        held += line
        lines += 1
        inside ^= bool(line.count(b'"') % 2)
        if not inside:
            yield begin, held, lines
            held, lines = b"", 0
    if held:
        yield begin, held, lines


def parse_row(data: bytes, kind: str) -> list[str]:
    """Read one row of a table. Raises UnicodeDecodeError, csv.Error."""
    csv.field_size_limit(_LONGEST_FIELD)
    return next(csv.reader((data.decode("utf-8"),), **_dialect(kind)), [])


def _read_table(records: Records, block: Chunk, kind: str, fields: Fields, header: tuple[str, ...]) -> None:
    first = block.start == 0
    for start, data, lines in _rows(block):
        if first:
            first = False
            records.lines += lines
            continue
        try:
            row = parse_row(data, kind)
        except UnicodeDecodeError:
            records.fail(start, len(data), "not-utf-8")
        except csv.Error as problem:
            records.fail(start, len(data), "quotes", str(problem))
        else:
            if len(row) == len(header):
                records.add(dict(zip(header, row, strict=True)), fields, start, len(data))
            elif row:
                records.fail(start, len(data), "columns", len(row), len(header))
        records.lines += lines


def read_header(source: CorpusFile, fields: Fields) -> tuple[str, ...]:
    """Read the column names of a table or a parquet file, none for other formats; check that the fields are there.

    Raises CorpusError.
    """
    if source.format == "parquet":
        import pyarrow.parquet

        try:
            header = tuple(pyarrow.parquet.read_schema(source.path).names)
        except (OSError, pyarrow.ArrowException) as problem:
            raise CorpusError("unreadable", path=source.name, detail=str(problem).partition("\n")[0]) from problem
    elif source.format in ("csv", "tsv"):
        try:
            with open_stream(source.path, source.compression) as stream:
                data = b""
                while line := stream.readline():
                    data += line
                    if data.count(b'"') % 2 == 0:
                        break
            header = tuple(parse_row(data.removeprefix(_BOM), source.format))
        except (OSError, ValueError, csv.Error) as problem:
            raise CorpusError("unreadable", path=source.name, detail=str(problem)) from problem
    else:
        return ()
    asked = (fields.text, "--text-field"), (fields.id, "--id-field"), (fields.priority, "--keep priority:")
    for name, option in asked:
        if name and name not in header:
            raise CorpusError("no-column", path=source.name, field=name, option=option, known=", ".join(header))
    return header
