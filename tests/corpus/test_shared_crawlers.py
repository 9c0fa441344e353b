"""Four processes on one shared index, one killed, the server restarted: nothing lost, no pair of copies kept."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from itertools import combinations
from pathlib import Path

import pytest
from corpus_runs import dedupe, edit, similarity, text
from redis_server import RedisServer

import dedupe_cn
from dedupe_cn.corpus.shared_place import parse_place

#: Runs of each crawler, documents of a run, and the originals of which all have copies.
_RUNS, _DOCUMENTS, _ORIGINALS = 4, 40, 60


def write_crawls(folder: Path) -> dict[str, str]:
    """Write what each crawler finds: of every document a few others have a copy. Gives the texts by id."""
    rng = random.Random(8)
    originals = [text(rng, rng.randrange(3, 7)) for _ in range(_ORIGINALS)]
    texts: dict[str, str] = {}
    for crawler in range(4):
        for run in range(_RUNS):
            lines = []
            for number in range(_DOCUMENTS):
                found = rng.choice(originals)
                found = edit(found, rng, rng.choice((0, 0, 1, 2))) if rng.random() < 0.7 else text(rng, 4)
                name = f"{crawler}/{run}/{number}"
                texts[name] = found
                lines.append(json.dumps({"id": name, "text": found}, ensure_ascii=False) + "\n")
            (folder / f"{crawler}-{run}.jsonl").write_text("".join(lines), encoding="utf-8")
    return texts


#: Adds every file of a crawler; what failed is run again, as a person would.
_CRAWLER = """
import subprocess, sys
folder, crawler, runs, address = sys.argv[1:]
for run in range(int(runs)):
    name = f"{folder}/{crawler}-{run}"
    command = [sys.executable, "-m", "dedupe_cn", "corpus", f"{name}.jsonl", "-o", f"{name}.out.jsonl"]
    command += ["--index", address, "--removed", f"{name}.removed.jsonl", "--max-removal", "100%", "--lang", "en"]
    for _ in range(8):
        done = subprocess.run(command, capture_output=True, text=True)
        assert "Traceback" not in done.stderr, done.stderr
        if done.returncode == 0:
            break
    else:
        sys.exit(done.stderr)
"""


@pytest.mark.slow
def test_four_crawlers_one_killed_and_a_restart(tmp_path: Path) -> None:
    texts = write_crawls(tmp_path)
    server = RedisServer(tmp_path)
    paths = os.pathsep.join(filter(None, [str(Path(dedupe_cn.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]))
    environment = {**os.environ, "PYTHONPATH": paths, "LC_ALL": "C.UTF-8"}

    def start(crawler: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", _CRAWLER, str(tmp_path), str(crawler), str(_RUNS)]
        return subprocess.Popen(
            [*command, server.address("crawl", "&lease=4")],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def wait_for(runs: int) -> None:
        end = time.monotonic() + 300
        while len(list(tmp_path.glob("*.out.jsonl"))) < runs:
            assert time.monotonic() < end
            time.sleep(0.02)

    crawlers = [start(number) for number in range(4)]
    try:
        wait_for(2)
        # One is killed where it has shown documents and not decided.
        client = server.client()
        end = time.monotonic() + 60
        while not client.hlen("crawl:open"):
            assert time.monotonic() < end
        os.killpg(crawlers[0].pid, signal.SIGKILL)
        crawlers[0].communicate()
        wait_for(5)
        server.stop()
        time.sleep(0.5)
        server.start()
        crawlers.append(start(0))
        for process in crawlers[1:]:
            _, said = process.communicate(timeout=400)
            assert process.returncode == 0, said
        check(tmp_path, texts, server)
    finally:
        for process in crawlers:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        server.stop()


def check(folder: Path, texts: dict[str, str], server: RedisServer) -> None:
    """Hold outputs and lists against what was written; the index holds what stays."""
    kept: set[str] = set()
    gone: dict[str, str] = {}
    for number in range(4):
        for run in range(_RUNS):
            name = folder / f"{number}-{run}"
            kept |= ids(name.with_suffix(".out.jsonl"))
            for line in name.with_suffix(".removed.jsonl").read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                gone[row["id"]] = row["kept_id"]
    assert kept | gone.keys() == texts.keys()
    assert not kept & gone.keys()
    for one, other in gone.items():
        assert other in kept
        assert similarity(texts[one], texts[other]) >= 0.8
    close = [pair for pair in combinations(sorted(kept), 2) if similarity(texts[pair[0]], texts[pair[1]]) >= 0.8]
    assert close == []
    # Everything that was found is known now.
    whole = folder / "all.jsonl"
    with whole.open("w", encoding="utf-8") as file:
        for id_, found in texts.items():
            file.write(json.dumps({"id": id_, "text": found}, ensure_ascii=False) + "\n")
    last = dedupe(folder, whole, index=parse_place(server.address("crawl", "&lease=4")))
    assert last.result.known == len(kept)
    assert set(last.gone) == set(gone)
    assert last.result.added == 0
    assert not server.client().hgetall("crawl:open")


def ids(path: Path) -> set[str]:
    return {json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()}


@pytest.fixture(autouse=True)
def _linux() -> None:
    if os.name == "nt":
        pytest.skip("needs process groups")
