"""A shared index gives the answers of the index in a file; what does not fit, or cannot be trusted, is refused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from corpus_runs import dedupe, mixture, write_jsonl
from redis_server import RedisServer
from warm import run_command

from dedupe_cn.corpus.plan import CorpusPlan, Keep, Shingle
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.records import Fields
from dedupe_cn.corpus.shared_place import parse_place
from dedupe_cn.corpus.shared_runs import SharedRuns
from dedupe_cn.corpus.shared_server import Server
from dedupe_cn.corpus.shared_store import SharedStore, _lean

TEXTS = [*mixture(70, 200), "短", "短", "也短", "", "　"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    made = RedisServer(tmp_path_factory.mktemp("redis"))
    yield made
    made.stop()


def part(folder: Path, first: int, last: int) -> Path:
    lines = write_jsonl(folder / "all.jsonl", TEXTS).read_text(encoding="utf-8").splitlines(keepends=True)
    path = folder / f"{first}-{last}.jsonl"
    path.write_text("".join(lines[first:last]), encoding="utf-8")
    return path


@pytest.mark.parametrize("plan", [CorpusPlan(), CorpusPlan(keep=Keep("longest")), CorpusPlan(1.0)], ids=str)
def test_the_answers_of_the_index_in_a_file(tmp_path: Path, server: RedisServer, plan: CorpusPlan) -> None:
    shared, alone = parse_place(server.address(f"same-{plan.threshold}-{plan.keep}")), tmp_path / "seen.index"
    for first, last in ((0, 90), (90, 150), (60, 205)):
        here = dedupe(tmp_path, part(tmp_path, first, last), plan=plan, index=alone)
        there = dedupe(tmp_path, part(tmp_path, first, last), plan=plan, index=shared)
        assert there.lines == here.lines
        assert (there.result.known, there.result.added) == (here.result.known, here.result.added)
    before = server.client().dbsize()
    assert dedupe(tmp_path, part(tmp_path, 0, 205), plan=plan, against=shared).lines == (
        dedupe(tmp_path, part(tmp_path, 0, 205), plan=plan, against=alone).lines
    )
    assert server.client().dbsize() == before


def test_a_changed_document_takes_the_place_of_the_old_one(tmp_path: Path, server: RedisServer) -> None:
    shared = parse_place(server.address("changed"))
    dedupe(tmp_path, write_jsonl(tmp_path / "a.jsonl", TEXTS[:3]), index=shared)
    changed = write_jsonl(tmp_path / "a.jsonl", [TEXTS[0] + "补记一句。" * 9, *TEXTS[1:3]])
    done = dedupe(tmp_path, changed, index=shared)
    assert (done.gone, done.result.known, done.result.added) == ({}, 2, 1)
    # The old text is forgotten.
    other = write_jsonl(tmp_path / "b.jsonl", ["", "", "", TEXTS[0]])
    assert dedupe(tmp_path, other, index=shared).gone == {}


def test_datasketch_finds_in_it_what_we_put(tmp_path: Path, server: RedisServer) -> None:
    place = parse_place(server.address("layout"))
    connection = Server(place, writable=True)
    store = SharedStore(connection, 5)
    keys = np.random.default_rng(3).integers(0, 2**64, (40, 5), np.uint64)
    numbers = np.arange(1000, 1040)
    for _ in range(2):  # what is sent may be sent twice
        store.publish(numbers, keys)
    lsh = store._lsh()
    for number, own in zip(numbers.tolist(), keys, strict=True):
        assert lsh.query(_lean(own)) == [str(number).encode()]
        assert store.ask([(band, own[band : band + 1]) for band in range(5)]) == {number}
    assert store.whole(numbers, keys)
    assert np.array_equal(store.buckets(numbers.tolist()), keys)
    store.remove((number, None) for number in numbers.tolist())
    assert not server.client().keys("layout:*")
    assert not store.whole(numbers[:1], keys[:1])


@pytest.mark.parametrize(
    ("plan", "fields", "name"),
    [
        (CorpusPlan(0.7), Fields(), "threshold"),
        (CorpusPlan(shingle=Shingle("chars", 7)), Fields(), "shingle"),
        (CorpusPlan(fold="full"), Fields(), "fold"),
        (CorpusPlan(), Fields("len"), "--text-field"),
    ],
)
def test_another_plan_is_refused(
    tmp_path: Path, server: RedisServer, plan: CorpusPlan, fields: Fields, name: str
) -> None:
    shared = parse_place(server.address("refused"))
    path = part(tmp_path, 0, 20)
    dedupe(tmp_path, path, index=shared)
    write_jsonl(tmp_path / "b.jsonl", ["一"]).write_text('{"len": "一", "text": "二"}\n', encoding="utf-8")
    before = server.client().dbsize()
    with pytest.raises(CorpusError, match=f"the index was made with {name}"):
        dedupe(tmp_path, tmp_path / "b.jsonl", plan=plan, fields=fields, index=shared)
    assert server.client().dbsize() == before


def test_another_layout_is_refused(tmp_path: Path, server: RedisServer) -> None:
    shared = parse_place(server.address("newer"))
    dedupe(tmp_path, part(tmp_path, 0, 5), index=shared)
    server.client().hset("newer:header", "format", "shared-2")
    with pytest.raises(CorpusError, match="was made with format shared-2, this run has shared-1"):
        dedupe(tmp_path, part(tmp_path, 0, 5), against=shared)
    server.client().delete("newer:header")
    server.client().set("newer:header", "other")
    with pytest.raises(CorpusError, match="it is not an index of dedupe-cn"):
        dedupe(tmp_path, part(tmp_path, 0, 5), index=shared)
    with pytest.raises(CorpusError, match="no such index"):
        dedupe(tmp_path, part(tmp_path, 0, 5), against=parse_place(server.address("none")))


def test_a_failed_run_leaves_nothing(tmp_path: Path, server: RedisServer) -> None:
    shared = parse_place(server.address("failed"))
    copies = write_jsonl(tmp_path / "copies.jsonl", [TEXTS[0]] * 200)
    with pytest.raises(CorpusError, match="more than --max-removal"):
        dedupe(tmp_path, copies, index=shared, output=tmp_path / "out.jsonl")
    kept = {name for name in server.client().keys("failed:*") if b":d:" in name or b"lsh" in name}
    assert not kept
    assert not server.client().hgetall("failed:open")


def test_a_run_that_gives_no_sign_of_life_is_given_up(tmp_path: Path, server: RedisServer) -> None:
    shared = parse_place(server.address("lost", "&lease=1"))
    dedupe(tmp_path, part(tmp_path, 0, 5), index=shared)
    connection = Server(shared, writable=True)
    store = SharedStore(connection, CorpusPlan().bands[0])
    lost = SharedRuns(store)
    base = lost.begin(2)
    lost._ended.set()  # as if it had been stopped
    store.publish(np.array([base]), np.zeros((1, store.bands), np.uint64))
    done = dedupe(tmp_path, part(tmp_path, 5, 30), index=shared)
    assert done.result.added
    with pytest.raises(CorpusError, match="nothing of it was added; run again"):
        lost.shown()
    assert not server.client().exists(f"lost:lsh_keys{base}")


def command(path: Path, *options: str, secret: str = "") -> tuple[int, str]:
    """Run the command; gives exit code and what it said. No word of a traceback, nor the secret."""
    arguments = ("corpus", str(path), "--lang", "en", *options)
    done = run_command(arguments, path.parent, {**os.environ, "LC_ALL": "C.UTF-8"})
    assert "Traceback" not in done.err
    assert not secret or secret not in done.text + done.err
    return done.code, done.err.strip()


def refusal(path: Path, address: str, option: str = "--index", secret: str = "") -> str:
    code, said = command(path, option, address, secret=secret)
    assert code == 2, said
    assert len(said.splitlines()) == 1, said
    return said


def test_servers_that_will_not_do(tmp_path: Path, server: RedisServer) -> None:
    path = part(tmp_path, 0, 5)
    for name in ("locked", "copy", "small"):
        (tmp_path / name).mkdir()
    locked = RedisServer(tmp_path / "locked", "--requirepass", "geheim7")
    copy = RedisServer(tmp_path / "copy", "--replicaof", f"127.0.0.1 {server.port}")
    try:
        wrong = locked.address("a", user=":falsch9@")
        assert "refuses user or password" in refusal(path, wrong, secret="falsch9")
        assert "refuses user or password" in refusal(path, locked.address("a"))
        assert command(path, "--index", locked.address("a", user=":geheim7@"), secret="geheim7")[0] == 0
        assert "read-only copy" in refusal(path, copy.address("a"))
        locked.stop()
        assert "no Redis or Valkey server answers" in refusal(path, wrong, secret="falsch9")
    finally:
        locked.stop()
        copy.stop()
    bad = (":falsch/9@host/0", "host:99999/0", "host/x", "host/0?nam=a", "host/0?name=a b", "")
    for address in bad:
        assert "not the address of a shared index" in refusal(path, f"redis://{address}", secret="falsch")


def test_a_server_that_forgets_or_is_full(tmp_path: Path) -> None:
    small = RedisServer(tmp_path, "--maxmemory", "3mb", "--maxmemory-policy", "allkeys-lru")
    try:
        path = write_jsonl(tmp_path / "in.jsonl", mixture(5, 600))
        assert "redis-cli CONFIG SET maxmemory-policy noeviction" in refusal(path, small.address("a"))
        small.client().config_set("maxmemory-policy", "noeviction")
        assert "memory is full; nothing of this run was added" in refusal(path, small.address("a"))
        left = [name for name in small.client().keys("a:*") if b"lsh" in name or b":d:" in name]
        assert left == []
        small.client().config_set("maxmemory", "0")
        assert command(path, "--index", small.address("a"))[0] in (0, 1)
    finally:
        small.stop()
