"""From the bytes of a block to records, format by format, and the headers of tables."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dedupe_cn.corpus import tables
from dedupe_cn.corpus.arrays import elements, wrong_json
from dedupe_cn.corpus.encodings import UTF_8
from dedupe_cn.corpus.nested import in_schema
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.records import Fields, Records
from dedupe_cn.corpus.sources import CorpusFile
from dedupe_cn.corpus.streams import BOM, Chunk, open_source, why
from dedupe_cn.encoding.codes import read_as

#: Characters of the column names that a message shows.
_SHOWN = 200


def read_block(block: Chunk, source: CorpusFile, fields: Fields, header: tuple[str, ...] = ()) -> Records:
    """Read the documents of a block; ``header`` is that of a CSV file."""
    records = Records(begin=block.start, size=len(block.data))
    match source.format:
        case "jsonl":
            _read_json_lines(records, block, fields, source.text_codec)
        case "json":
            _read_json(records, block, fields)
        case "lines":
            _read_lines(records, block, source.text_codec)
        case "csv" | "tsv":
            _read_table(records, block, source, fields, header)
        case "parquet":
            _read_rows(records, block, fields)
        case _:
            _read_file(records, block, source.encoding)
    return records


def _lines(records: Records, block: Chunk) -> Iterator[tuple[int, bytes]]:
    """Give start and bytes of every line, line end included; a byte order mark in front is passed over."""
    at, data = block.start, block.data
    place = _mark(records, block)
    while place < len(data):
        end = data.find(b"\n", place) + 1 or len(data)
        yield at + place, data[place:end]
        place = end


def _mark(records: Records, block: Chunk) -> int:
    """Give the size of the byte order mark in front of a file; it belongs to no record."""
    records.rest = len(BOM) if block.start == 0 and block.data.startswith(BOM) else 0
    return records.rest


def _not_in(codec: str) -> tuple[str, ...]:
    """Say that bytes are not in the encoding of their file."""
    return ("not-utf-8",) if codec == UTF_8 else ("not-encoding", codec)


def _read_json_lines(records: Records, block: Chunk, fields: Fields, codec: str) -> None:
    for start, line in _lines(records, block):
        try:
            record = json.loads(read_as(line, codec))
        except UnicodeDecodeError:
            records.fail(start, len(line), *_not_in(codec))
        except (ValueError, RecursionError) as problem:
            if line.strip():
                code, *values = wrong_json(problem)
                records.fail(start, len(line), str(code), *values)
            else:
                records.rest += len(line)
        else:
            records.add(record, fields, start, len(line))
        records.lines += 1


def _read_json(records: Records, block: Chunk, fields: Fields) -> None:
    """Read elements of an array: each with what stands between it and the next."""
    first = last = block.start
    for start, size, value in elements(block.data, block.start == 0):
        if not records.lines:
            first = block.start + start
        last = block.start + start + size
        records.add(value, fields, block.start + start, size)
        records.lines += 1
    # The brackets: what stands before the first element of a file and behind its last.
    records.rest = first - block.start + block.start + len(block.data) - last


def _read_lines(records: Records, block: Chunk, codec: str) -> None:
    for start, line in _lines(records, block):
        try:
            text = read_as(line, codec)
        except UnicodeDecodeError:
            records.fail(start, len(line), *_not_in(codec))
        else:
            if text.strip():
                records.add({"text": text.rstrip("\r\n")}, Fields(), start, len(line))
            else:
                records.rest += len(line)
        records.lines += 1


def _read_file(records: Records, block: Chunk, encoding: str) -> None:
    from dedupe_cn.encoding.decoding import decode
    from dedupe_cn.errors import DecodingError

    size = len(block.data)
    try:
        decoded = decode(block.data, encoding or None)
    except DecodingError:
        records.fail(0, size, "not-encoding", encoding)
    else:
        if not decoded.legible:
            from dedupe_cn.encoding.binary import has_binary_bytes

            records.fail(0, size, "binary" if has_binary_bytes(block.data) else "no-encoding")
        else:
            records.add({"text": decoded.text}, Fields(), 0, size)
    records.lines = 1


def _read_rows(records: Records, block: Chunk, fields: Fields) -> None:
    import pyarrow

    with pyarrow.ipc.open_stream(block.data) as stream:
        table = stream.read_all()
    try:
        found = table.to_pylist()
    except UnicodeDecodeError:
        found = [_row(table, number) for number in range(table.num_rows)]
    records.size = table.num_rows
    for row in found:
        if row is None:
            records.fail(block.start + records.lines, 1, "not-utf-8")
        else:
            records.add(row, fields, block.start + records.lines, 1)
        records.lines += 1


def _row(table: object, number: int) -> dict[str, object] | None:
    """Give a row of an Arrow table, None when its text is no UTF-8."""
    try:
        row: dict[str, object] = table.slice(number, 1).to_pylist()[0]  # type: ignore[attr-defined]
    except UnicodeDecodeError:
        return None
    return row


def parse_row(data: bytes, source: CorpusFile) -> list[str]:
    """Read one row of a table, which is none of the damaged ones. Raises UnicodeDecodeError."""
    row = next(tables.rows(data, 0, tables.delimiter(source.format)))
    return [read_as(value, source.text_codec) for value in row.fields or ()]


def _read_table(records: Records, block: Chunk, source: CorpusFile, fields: Fields, header: tuple[str, ...]) -> None:
    first, codec, data = block.start == 0, source.text_codec, block.data
    at = _mark(records, block)
    for end, values in tables.rows(data, at, tables.delimiter(source.format), len(header)):
        start, size = block.start + at, end - at
        lines = data.count(b"\n", at, end) or 1
        if first:
            records.rest += size
        elif values is None:
            records.fail(start, size, "quotes")
        elif not data[at:end].strip(b"\r\n"):
            records.rest += size
        elif len(values) != len(header):
            records.fail(start, size, "columns", len(values), len(header))
        else:
            try:
                row = [read_as(value, codec) for value in values]
            except UnicodeDecodeError:
                records.fail(start, size, *_not_in(codec))
            else:
                records.add(dict(zip(header, row, strict=True)), fields, start, size)
        first, at = False, end
        records.lines += lines


def read_header(source: CorpusFile, fields: Fields) -> tuple[str, ...]:
    """Read the column names of a table or a parquet file, none for other formats; check that the fields are there.

    Raises CorpusError.
    """
    if source.format == "parquet":
        import pyarrow.parquet

        try:
            schema = pyarrow.parquet.read_schema(source.path)
            header = tuple(schema.names)
        except (pyarrow.ArrowException, UnicodeDecodeError) as problem:
            raise CorpusError("unreadable", path=source.name, detail=("parquet-damaged",)) from problem
        except OSError as problem:
            # Arrow raises it also where the file is damaged, then without the number of an error.
            raise CorpusError("unreadable", path=source.name, detail=why(problem, source.format)) from problem
    elif source.format in ("csv", "tsv"):
        header, schema = _first_row(source), None
    else:
        return ()
    asked = (fields.text, "--text-field"), (fields.id, "--id-field"), (fields.priority, "--keep priority:")
    for name, option in asked:
        if name and not (name in header if schema is None else in_schema(schema, name)):
            known = ", ".join(header)
            known = known if len(known) <= _SHOWN else f"{known[:_SHOWN]}…"
            raise CorpusError("no-column", path=source.name, field=name, option=option, known=known)
        if name and header.count(name) > 1:
            raise CorpusError("two-columns", path=source.name, field=name)
    return header


def _first_row(source: CorpusFile) -> tuple[str, ...]:
    """Read the header of a table. Raises CorpusError."""
    try:
        with open_source(source) as stream:
            data = b""
            while line := stream.readline():
                data += line
                row = next(tables.rows(data.removeprefix(BOM), 0, tables.delimiter(source.format), final=False), None)
                if row is not None:
                    break
            data = data.removeprefix(BOM)
            row = next(tables.rows(data, 0, tables.delimiter(source.format)), tables.Row(0, []))
        if row.fields is None:
            raise CorpusError("unreadable", path=source.name, detail=("quotes",))
        return tuple(read_as(value, source.text_codec) for value in row.fields)
    except UnicodeDecodeError as problem:
        raise CorpusError("unreadable", path=source.name, detail=_not_in(source.text_codec)) from problem
    except OSError as problem:
        raise CorpusError("unreadable", path=source.name, detail=why(problem)) from problem
