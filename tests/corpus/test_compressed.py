"""Compressed inputs are read to their end, and what breaks off is no end."""

from __future__ import annotations

import gc
import gzip
import json
import os
import random
import sys
import zlib
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="needs pip install 'dedupe-cn[corpus]'")
zstandard = pytest.importorskip("zstandard", reason="needs pip install 'dedupe-cn[corpus]'")
sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from corpus_runs import text
from real_command import Cli, cli

from dedupe_cn.corpus.compressed import open_compressed
from dedupe_cn.corpus.problems import CorpusError

__all__ = ["cli"]

_RNG = random.Random(81)
PLAIN = "".join(
    json.dumps({"id": i, "text": text(_RNG, 4)}, ensure_ascii=False) + "\n" for i in range(400)
).encode()
HALF = len(PLAIN) // 2
SKIPPED = (0x184D2A53).to_bytes(4, "little") + (3000).to_bytes(4, "little") + bytes(3000)


def _frame(data: bytes, **settings: bool) -> bytes:
    return bytes(zstandard.ZstdCompressor(level=3, **settings).compress(data))


def _streamed(data: bytes, window: int = 20) -> bytes:
    """Compress without knowing the size, in several blocks, as a pipe does; ``window`` is that of ``zstd --long``."""
    settings = zstandard.ZstdCompressionParameters.from_level(3, write_checksum=True, window_log=window)
    work = zstandard.ZstdCompressor(compression_params=settings).compressobj()
    made = b""
    for at in range(0, len(data), 10_000):
        made += work.compress(data[at : at + 10_000]) + work.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    return bytes(made + work.flush())


#: Whole files of the same data.
WHOLE = {
    "one.gz": gzip.compress(PLAIN),
    "members.gz": gzip.compress(PLAIN[:HALF]) + gzip.compress(b"") + gzip.compress(PLAIN[HALF:]),
    "padded.gz": gzip.compress(PLAIN) + bytes(5000),
    "stored.gz": gzip.compress(PLAIN, 0),
    "one.zst": _frame(PLAIN),
    "checked.zst": _frame(PLAIN, write_checksum=True),
    "sizeless.zst": _frame(PLAIN, write_content_size=False),
    "streamed.zst": _streamed(PLAIN),
    "frames.zst": b"".join(_frame(PLAIN[at : at + 997]) for at in range(0, len(PLAIN), 997)),
    "skipped.zst": SKIPPED + _frame(PLAIN[:HALF]) + SKIPPED + _frame(b"") + _frame(PLAIN[HALF:]) + SKIPPED,
    "padded.zst": _streamed(PLAIN) + bytes(5000),
    "long.zst": _streamed(PLAIN, window=28),
    "runs.zst": _frame(PLAIN[:HALF]) + _frame(PLAIN[HALF:]),
}


def _read(path: Path) -> bytes:
    with open_compressed(path, path.suffix[1:]) as stream:
        return stream.read()


def _end(name: str) -> int:
    """Give where the data of a file ends, without padding."""
    return len(WHOLE[name]) - (5000 if name.startswith("padded") else 0)


def _borders(name: str) -> set[int]:
    """Give the bytes at which a file may end: behind each member, frame and skipped frame."""
    data, borders = WHOLE[name], set()
    at = 0
    while at < _end(name):
        if name.endswith(".gz"):
            member = zlib.decompressobj(31)
            member.decompress(data[at:])
            at = len(data) - len(member.unused_data)
        elif data[at : at + 4] == SKIPPED[:4]:
            at += len(SKIPPED)
        else:
            frame = zstandard.ZstdDecompressor(max_window_size=1 << 28).decompressobj()
            frame.decompress(data[at:])
            at = len(data) - len(frame.unused_data)
        borders.add(at)
    return borders


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_file_is_read_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(WHOLE[name])
    assert _read(path) == PLAIN


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_may_end_between_its_parts_alone(tmp_path: Path, name: str) -> None:
    borders, end = _borders(name), _end(name)
    path = tmp_path / name
    near = {border + step for border in borders for step in (-4, -1, 0, 1, 3, 7)} & set(range(end))
    for at in sorted({0, 1, 2, 3, 4, 5, 9, *random.Random(82).sample(range(end), 25), *near} & set(range(end)))[:120]:
        path.write_bytes(WHOLE[name][:at])
        if at in borders:
            assert PLAIN.startswith(_read(path))
            continue
        with pytest.raises(CorpusError) as caught:
            _read(path)
        assert (caught.value.code, caught.value.values["at"]) == ("cut-off", at)


@pytest.mark.parametrize("name", WHOLE)
def test_what_follows_is_not_passed_over(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for more in (b"x", bytes(9) + b"x", b"more text\n"):
        path.write_bytes(WHOLE[name] + more)
        with pytest.raises(CorpusError) as caught:
            _read(path)
        assert caught.value.code in ("damaged", "cut-off")


def test_damage_is_where_its_frame_begins(tmp_path: Path) -> None:
    frames = [_frame(PLAIN[:HALF], write_checksum=True), SKIPPED, _frame(PLAIN[HALF:], write_checksum=True)]
    path = tmp_path / "in.zst"
    for at in (0, 2):
        spoilt = list(frames)
        spoilt[at] = frames[at][:-1] + bytes([frames[at][-1] ^ 1])
        path.write_bytes(b"".join(spoilt))
        with pytest.raises(CorpusError) as caught:
            _read(path)
        place = sum(map(len, frames[:at]))
        assert (caught.value.code, caught.value.values["at"]) == ("damaged", place)


def test_a_window_may_be_as_large_as_they_come(tmp_path: Path) -> None:
    path = tmp_path / "in.zst"
    path.write_bytes(_streamed(PLAIN, window=31))
    assert _read(path) == PLAIN


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_window_goes_when_its_file_is_closed(tmp_path: Path) -> None:
    def address_space() -> int:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")

    path = tmp_path / "in.zst"
    path.write_bytes(_streamed(PLAIN, window=30)[:-2])
    gc.disable()
    try:
        before = address_space()
        for _ in range(3):
            with pytest.raises(CorpusError):
                _read(path)
        assert address_space() - before < 1 << 30
    finally:
        gc.enable()


def test_a_small_file_may_be_large_inside(tmp_path: Path) -> None:
    path = tmp_path / "large.zst"
    path.write_bytes(_frame(bytes(50_000_000)))
    with open_compressed(path, "zst") as stream:
        first = stream.read(1000)
    assert first == bytes(1000)


@pytest.mark.parametrize("on_error", ["stop", "skip"])
@pytest.mark.parametrize("name", ["one.gz", "streamed.zst", "skipped.zst"])
def test_the_command_says_where_it_breaks_off(cli: Cli, name: str, on_error: str) -> None:
    path = cli.folder / f"in.jsonl.{name.rpartition('.')[2]}"
    at = 2 * len(WHOLE[name]) // 3
    path.write_bytes(WHOLE[name][:at])
    done = cli("corpus", path.name, "-o", "out.jsonl", "--on-error", on_error)
    kind = "gzip" if name.endswith("gz") else "zstd"
    assert (done.code, done.errors) == (
        2,
        [
            f"error: {path.name}: cannot be read: the {kind} data breaks off at byte {at}; "
            "the file is not whole, fetch or make it again"
        ],
    )
    assert [p.name for p in cli.folder.iterdir()] == [path.name]


def test_a_table_that_breaks_off_in_its_header(cli: Cli) -> None:
    (cli.folder / "in.csv.gz").write_bytes(gzip.compress(b"id,text\n1,one\n2,two\n")[:12])
    done = cli("corpus", "in.csv.gz", "-o", "out.csv", env={"DEDUPE_CN_LANG": "zh"})
    assert (done.code, done.errors) == (
        2, ["错误：in.csv.gz：无法读取：gzip 数据在第 12 字节处中断；文件不完整，请重新获取或生成"]
    )
