"""Make damaged tables and hold the account on each: ``python benchmarks/damaged_tables.py [COUNT] [SEED]``.

Every table has some hundred rows, some of them copies, in one of the formats and encodings that ``corpus`` reads; then
bytes are flipped, rows cut short, quotes added, pieces left out or the end cut off. A quarter of the texts is then
compressed, and a third of these damaged once more as compressed bytes. The local engine runs on it with ``on_error``
skip. It must end with an error in words, or with an account that this script checks by itself: each line
(row, element) of the damaged file is in the output byte for byte, or named in the list of removals, or in the list of
what was left out, or it is blank. Prints the outcomes; exit 1 when one loses a record or ends in a Python exception.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import zstandard

from dedupe_cn.corpus.local import run
from dedupe_cn.corpus.plan import CorpusPlan
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.run import Request

FORMATS = ("tsv", "csv", "jsonl", "json", "parquet", "tsv", "csv")
COMPRESSED = ("", "", "", "", "", "", ".gz", ".zst")
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16")
_WORDS = ["渡口", "老人", "记下", "去年", "雨水", "河堤", "会计", "抄写", "旧账", "守林", "姑娘", "想起", "灯油"]


def texts(rng: random.Random) -> list[str]:
    """Write the texts of a table; a fifth are copies of earlier ones."""
    made: list[str] = []
    for _ in range(rng.randrange(20, 120)):
        if made and rng.random() < 0.2:
            made.append(rng.choice(made))
        else:
            marks = rng.choice(("，", "，", '"', "\n", ","))
            made.append(marks.join("".join(rng.choices(_WORDS, k=4)) for _ in range(rng.randrange(2, 6))))
    return made


def write(path: Path, kind: str, encoding: str, rng: random.Random) -> None:
    """Write a whole table."""
    # No column is called id, so that the lists name every record by its place.
    rows = [{"key": f"n{number}", "text": text, "from": "甲"} for number, text in enumerate(texts(rng))]
    if kind == "parquet":
        import pyarrow
        import pyarrow.parquet

        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path, row_group_size=rng.choice((7, 50, 500)))
        return
    if kind in ("jsonl", "json"):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        whole = "\n".join(lines) + "\n" if kind == "jsonl" else "[" + ",\n ".join(lines) + "]\n"
    else:
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter="\t" if kind == "tsv" else ",", lineterminator=rng.choice(("\n", "\r\n")))
        writer.writerows([list(rows[0]), *(list(row.values()) for row in rows)])
        whole = out.getvalue()
    path.write_bytes(whole.encode(encoding))


def damage(data: bytes, rng: random.Random) -> bytes:
    """Damage some places of a file."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randrange(len(changed))
        kind = rng.randrange(5)
        if kind == 0:
            changed[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            end = changed.find(b"\n", at)
            del changed[at : end if end >= 0 else at + 9]
        elif kind == 2:
            places = [place for place, byte in enumerate(changed) if byte in b'\t,\n"']
            place = rng.choice(places or [at]) + rng.randrange(2)
            changed[place:place] = b'"' * rng.choice((1, 1, 2, 3))
        elif kind == 3:
            del changed[at : at + rng.randrange(1, 40)]
        elif rng.random() < 0.3:
            del changed[max(at, len(changed) // 2) :]
        if not changed:
            return data
    return bytes(changed)


def compress(data: bytes, compression: str) -> bytes:
    """Compress bytes as the ending of a name says."""
    if compression == ".gz":
        return gzip.compress(data)
    return zstandard.ZstdCompressor(write_checksum=True).compress(data) if compression else data


def whole_of(path: Path) -> bytes:
    """Read a file, decompressed."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data)
    if path.suffix == ".zst":
        with zstandard.ZstdDecompressor().stream_reader(data) as stream:
            return stream.read()
    return data


def lines_of(path: Path) -> list[bytes]:
    """Give the lines of a file, UTF-16 as UTF-8 unless the damage has made it something else."""
    data = whole_of(path)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        with suppress(UnicodeDecodeError):
            data = data.decode("utf-16", "surrogatepass").encode("utf-8", "surrogatepass")
    data = data.removeprefix(b"\xef\xbb\xbf")
    return data.removesuffix(b"\n").split(b"\n") if data else []


def account_of_lines(before: list[bytes], after: list[bytes], named: dict[int, bool]) -> bool:
    """Tell whether ``after`` is ``before`` without the ``named`` lines (from 1).

    True stands for a row that may have more lines: those behind it may go with it if it has a quote.
    """
    states = {(0, False)}
    for number, line in enumerate(before, 1):
        found = set()
        for place, inside in states:
            if number in named:
                found.add((place, named[number] and b'"' in line))
                continue
            if place < len(after) and after[place] == line:
                found.add((place + 1, False))
            if inside:
                found.add((place, True))
        states = found
    return any(place == len(after) for place, _ in states)


def check(path: Path, out: Path, kind: str, removed: list[str], left: list[tuple[str, str]]) -> bool:
    """Hold the output and the lists against the damaged file."""
    gone = [int(place.rpartition(":")[2]) for place in (*removed, *(place for place, _ in left))]
    if len(set(gone)) < len(gone):
        return False
    if kind == "parquet":
        import pyarrow.parquet

        one, other = (pyarrow.parquet.read_table(file) for file in (path, out))
        stays = [number for number in range(one.num_rows) if number + 1 not in gone]
        return bool(one.take(stays).equals(other))
    if kind == "json":
        one, other = (json.loads(whole_of(file)) for file in (path, out))
        return bool([value for number, value in enumerate(one, 1) if number not in gone] == other)
    table = kind in ("csv", "tsv")
    whole = {int(place.rpartition(":")[2]): table for place in removed}
    whole |= {int(place.rpartition(":")[2]): table and reason.startswith("not ") for place, reason in left}
    return account_of_lines(lines_of(path), lines_of(out), whole)


def main(count: int, seed: int) -> int:
    """Run on ``count`` damaged tables."""
    outcomes: Counter[str] = Counter()
    begun = time.monotonic()
    for number in range(count):
        rng = random.Random(f"{seed}:{number}")
        kind = rng.choice(FORMATS)
        encoding = rng.choice(ENCODINGS) if kind in ("tsv", "csv", "jsonl") else "utf-8"
        compression = rng.choice(COMPRESSED) if kind != "parquet" else ""
        with tempfile.TemporaryDirectory() as name:
            outcome = _one(Path(name), kind, encoding, compression, rng)
        outcomes[outcome.partition(":")[0]] += 1
        if outcome.startswith(("LOST", "PYTHON")):
            print(f"{seed}:{number} {kind}{compression} {encoding}: {outcome}", flush=True)
    print(f"{count} tables, {time.monotonic() - begun:.0f} s: {dict(outcomes)}")
    return int(any(name in outcomes for name in ("LOST", "PYTHON")))


def _one(folder: Path, kind: str, encoding: str, compression: str, rng: random.Random) -> str:
    path = folder / f"in.{kind}{compression}"
    write(path, kind, encoding, rng)
    data = compress(damage(path.read_bytes(), rng), compression)
    path.write_bytes(damage(data, rng) if compression and rng.random() < 0.33 else data)
    gone, left = folder / "gone", folder / "left"
    out = folder / f"out.{kind}{compression}"
    request = Request(
        (path,), CorpusPlan(), output=out, removed=gone, left_out=left, on_error="skip", max_removal=1.0
    )
    try:
        result = run(request, lambda stage, done, whole: None)
    except CorpusError as problem:
        if problem.code == "account":
            return f"LOST: {problem}"
        strangers = sorted(file.name for file in folder.iterdir() if file != path)
        return f"LOST: an error leaves {strangers}" if strangers else f"refused ({problem.code})"
    except Exception as problem:
        return f"PYTHON: {type(problem).__name__}: {problem}"
    removed = [str(json.loads(line)["id"]) for line in gone.read_text(encoding="utf-8").splitlines()]
    named = [json.loads(line) for line in left.read_text(encoding="utf-8").splitlines()]
    if len(removed) != result.removed or len(named) != result.problems:
        return f"LOST: {len(removed)} and {len(named)} in the lists, {result}"
    reasons = [(str(line["place"]), str(line["reason"])) for line in named]
    return "accounted" if check(path, out, kind, removed, reasons) else f"LOST: {removed} {reasons}"


if __name__ == "__main__":
    sys.exit(main(*(int(value) for value in (*sys.argv[1:], *("2000", "1")[len(sys.argv) - 1 :]))))
