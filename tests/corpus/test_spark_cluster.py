"""Spark's standalone cluster, one master and two workers from the pip package, gives the bytes of the local engine.

Also with 1, 2 and 7 partitions, and after a worker was killed in mid-run.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

pyspark = pytest.importorskip("pyspark", reason="needs pip install 'dedupe-cn[spark]'")
if shutil.which("java") is None or os.name == "nt":
    pytest.skip("needs Java 17 or newer, and a system with process groups", allow_module_level=True)

from corpus_runs import dedupe, mixture, write_jsonl

import dedupe_cn
from dedupe_cn.corpus import spark
from dedupe_cn.corpus.plan import CorpusPlan
from dedupe_cn.corpus.run import Request

pytestmark = [pytest.mark.cluster, pytest.mark.filterwarnings("ignore")]


@dataclass
class Cluster:
    """The processes of a cluster."""

    url: str
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, name: str, *arguments: str) -> None:
        home = Path(pyspark.__file__).parent
        source = str(Path(dedupe_cn.__file__).parents[1])
        paths = os.pathsep.join(filter(None, [source, os.environ.get("PYTHONPATH", "")]))
        environment = {
            **os.environ,
            "SPARK_HOME": str(home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "PYSPARK_PYTHON": sys.executable,
            "PYTHONPATH": paths,
            "SPARK_DAEMON_MEMORY": "256m",
        }
        log = (self.folder / f"{name}.log").open("wb")
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{arguments[0]}", *arguments[1:]]
        with log:
            process = subprocess.Popen(
                command, stdout=log, stderr=log, env=environment, cwd=self.folder, start_new_session=True
            )
        self.processes.append(process)

    def kill(self, number: int) -> None:
        """Kill a worker with the executors it started."""
        process = self.processes[number]
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(path: Path, pattern: str, times: int) -> None:
    """Wait until a log says something so many times."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if len(re.findall(pattern, path.read_text(errors="replace"))) >= times:
            return
        time.sleep(0.2)
    raise AssertionError(f"{path.name} never said {pattern}: {path.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    made = Cluster(f"spark://127.0.0.1:{port}", folder)
    try:
        made.start("master", "master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
        wait_for(folder / "master.log", "New state: ALIVE", 1)
        for name in ("one", "two"):
            limits = ("--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", "0")
            made.start(name, "worker.Worker", *limits, "--work-dir", str(folder / name), made.url)
        wait_for(folder / "master.log", "Registering worker", 2)
        yield made
    finally:
        for number in reversed(range(len(made.processes))):
            made.kill(number)


@pytest.mark.parametrize(
    ("unit", "partitions", "killed"),
    [
        ("document", 1, False), ("document", 2, False), ("document", 7, False), ("paragraph", 4, False),
        ("document", 3, True),
    ],
)
def test_a_cluster_gives_the_same_bytes(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, unit: str, partitions: int, killed: bool
) -> None:
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    path = write_jsonl(tmp_path / "in.jsonl", mixture(40 + partitions, 600))
    plan = CorpusPlan(unit=unit)
    local = dedupe(tmp_path, path, plan=plan, output=tmp_path / "local.jsonl", max_removal=1.0)
    assert local.gone
    timers: list[threading.Timer] = []

    def progress(stage: str, done: int, whole: int) -> None:
        if killed and done == 2:
            timers.append(threading.Timer(0.3, cluster.kill, (2,)))
            timers[-1].start()

    removed = tmp_path / "spark.jsonl"
    request = Request((path,), plan, max_removal=1.0)
    places = ((str(path),), str(tmp_path / "out"), str(removed))
    spark.run(request, progress, *places, cluster.url, partitions)
    for timer in timers:
        timer.join()
    assert (cluster.processes[2].poll() is not None) == killed
    assert removed.read_bytes() == (tmp_path / "removed.jsonl").read_bytes()
    written = b"".join(part.read_bytes() for part in sorted((tmp_path / "out").glob("part-*")))
    assert written == (tmp_path / "local.jsonl").read_bytes()


def test_spark_submit_takes_the_same_arguments(tmp_path: Path, cluster: Cluster) -> None:
    path = write_jsonl(tmp_path / "in.jsonl", mixture(50, 200))
    dedupe(tmp_path, path)
    submit = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    entry = Path(dedupe_cn.__file__).with_name("spark_submit.py")
    command = [str(submit), "--master", cluster.url, str(entry), str(path), "-o", str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONPATH": str(entry.parents[1]), "PYSPARK_PYTHON": sys.executable}
    environment |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_DRIVER_PYTHON": sys.executable}
    removed = tmp_path / "spark.jsonl"
    options = ["--removed", str(removed), "--max-removal", "100%", "--partitions", "2"]
    done = subprocess.run([*command, *options], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert removed.read_bytes() == (tmp_path / "removed.jsonl").read_bytes()
