"""A run that was killed goes on; a full disk, a second run and a lost worker are said in words."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from corpus_runs import mixture, write_jsonl

from dedupe_cn.corpus.local import run
from dedupe_cn.corpus.plan import CorpusPlan
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.run import Request

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 and limits are those of Unix")

STAGES = ("sign", "pair", "shingle", "compare", "decide", "write")
_KILLED = """
import os, signal, sys
from pathlib import Path
from dedupe_cn.corpus import crowds, local, store
from dedupe_cn.corpus.local import run
from dedupe_cn.corpus.plan import CorpusPlan
from dedupe_cn.corpus.run import Request
stage, jobs, crowd, index = sys.argv[1:5]
inputs = tuple(map(Path, sys.argv[5:]))
local._ALONE = 0
if crowd == "crowd":
    store.SMALL = 1
    crowds._ROUND = 5
def progress(name, done, whole):
    if name == stage:
        if jobs != "1":
            print("here", flush=True)
            import time
            time.sleep(60)
        os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    here = Path(index) if index else None
    run(Request(inputs, CorpusPlan(), output=Path("out"), removed=Path("gone.jsonl"), max_removal=1.0, jobs=int(jobs),
        index=here), progress)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    texts = mixture(60, 150)
    write_jsonl(Path("one.jsonl"), texts[:90])
    write_jsonl(Path("two.jsonl"), texts[90:])
    return tmp_path


def start(stage: str, jobs: int = 1, crowd: str = "", index: str = "") -> subprocess.Popen[bytes]:
    Path("killed.py").write_text(_KILLED, encoding="utf-8")
    command = [sys.executable, "killed.py", stage, str(jobs), crowd, index, "one.jsonl", "two.jsonl"]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def finish(index: str = "", output: str = "out", removed: str = "gone.jsonl") -> tuple[list[str], bytes]:
    """Run to the end in this process: the stages that were carried out, and all that was written."""
    seen: list[str] = []
    inputs = (Path("one.jsonl"), Path("two.jsonl"))
    places = {"output": Path(output), "removed": Path(removed), "index": Path(index) if index else None}
    request = Request(inputs, CorpusPlan(), max_removal=1.0, **places)  # type: ignore[arg-type]
    run(request, lambda stage, done, whole: seen.append(stage))
    written = b"".join(p.read_bytes() for p in (Path(removed), *sorted(Path(output).iterdir())))
    return list(dict.fromkeys(seen)), written


#: The first stage, the last, and one whose work is done by workers; the others are proved by ``-m slow``.
OFTEN = ("sign", "compare", "write")


@pytest.mark.parametrize(
    "stage", [stage if stage in OFTEN else pytest.param(stage, marks=pytest.mark.slow) for stage in STAGES]
)
def test_killed_in_a_stage_it_goes_on_with_that_stage(folder: Path, stage: str) -> None:
    process = start(stage)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert not Path("out").exists()
    seen, written = finish()
    assert seen == list(STAGES[STAGES.index(stage) :])
    assert written == finish(output="other", removed="other.jsonl")[1]
    assert sorted(p.name for p in folder.iterdir() if p.name.startswith(".")) == []


def test_killed_among_crowds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process = start("decide", crowd="crowd")
    process.communicate()
    from dedupe_cn.corpus import store

    monkeypatch.setattr(store, "SMALL", 1)
    assert finish()[1] == finish(output="other", removed="other.jsonl")[1]


def test_killed_while_the_index_grows(folder: Path) -> None:
    process = start("index", index="seen.index")
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    written = finish("seen.index")[1]
    assert written == finish("fresh.index", "other", "other.jsonl")[1]
    assert finish("seen.index", "third", "third.jsonl")[1] == written


def test_workers_leave_with_a_killed_run(folder: Path) -> None:
    process = start("sign", jobs=2)
    assert process.stdout is not None
    assert process.stdout.readline() == b"here\n"
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    workers = children.read_text().split() if children.exists() else []
    process.kill()
    process.communicate()
    end = time.monotonic() + 30
    while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < end:
        time.sleep(0.1)
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]


def test_other_parameters_do_not_meet_old_stages(folder: Path) -> None:
    start("write").communicate()
    inputs = (Path("one.jsonl"), Path("two.jsonl"))
    seen: list[str] = []
    run(
        Request(inputs, CorpusPlan(0.9), output=Path("out"), max_removal=1.0),
        lambda stage, done, whole: seen.append(stage),
    )
    assert seen[0] == "sign"


def test_two_runs_on_one_output_do_not_mix(folder: Path) -> None:
    process = start("pair", jobs=2)
    assert process.stdout is not None
    assert process.stdout.readline() == b"here\n"
    try:
        with pytest.raises(CorpusError, match="another run is working on this output"):
            finish()
    finally:
        process.kill()
        process.communicate()
    assert finish()[0][0] == "pair"


def test_a_full_disk_is_said_and_the_run_goes_on_later(folder: Path) -> None:
    import resource

    big = write_jsonl(Path("big.jsonl"), mixture(61, 3000))
    command = [sys.executable, "-m", "dedupe_cn", "corpus", "big.jsonl", "-o", "out.jsonl", "--max-removal", "100%"]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (big.stat().st_size // 3, big.stat().st_size // 3))

    environment = {**os.environ, "DEDUPE_CN_LANG": "en"}
    done = subprocess.run(command, preexec_fn=limit, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 2
    assert "cannot write" in done.stderr
    assert "make room and run again, finished stages are kept" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not Path("out.jsonl").exists()
    assert subprocess.run(command, capture_output=True, env=environment, check=False).returncode == 0
    assert sorted(p.name for p in folder.iterdir() if "out" in p.name) == ["out.jsonl"]
