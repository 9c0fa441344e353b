"""The action for GitHub: its steps are run in bash as they stand, with what is given to it as environment."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from pages import ROOT

pytestmark = pytest.mark.skipif(not (shutil.which("bash") and shutil.which("git")), reason="needs bash and git")
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
INPUT = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")
PASSAGE = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，"
DIRTY = f"{PASSAGE}{PASSAGE}抬头看见他，笑了。\n"
CLEAN = "第二天一早，他们沿着河堤走到镇上。\n"


def git(folder: Path, *arguments: str) -> str:
    own = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "protocol.file.allow=always")
    kept = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(["git", *own, *arguments], cwd=folder, capture_output=True, check=True, env=kept)
    return done.stdout.decode().strip()


class Job:
    """A machine on which the action runs: a temporary folder, and the program where the first step would put it."""

    def __init__(self, folder: Path) -> None:
        self.work = folder / "work"
        self.work.mkdir()
        self.temporary = folder / "temp"
        program = self.temporary / "dedupe-cn" / "bin" / "dedupe-cn"
        program.parent.mkdir(parents=True)
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dedupe_cn "$@"\n')
        program.chmod(0o755)
        self.outputs = folder / "outputs"

    def __call__(self, **given: str) -> tuple[int, str]:
        """Run the steps behind the first one with inputs (``_`` for ``-``); give exit code and log of the last."""
        inputs = {name: str(value["default"]) for name, value in ACTION["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        code, log = 0, ""
        self.outputs.write_text("")
        for step in STEPS[1:]:
            if "if" in step:
                assert step["if"] == "inputs.since != ''"
                if not inputs["since"]:
                    continue
            code, log = self._run(step, inputs)
        return code, log

    @property
    def report(self) -> Path:
        """Give the file that the outputs name."""
        (line,) = self.outputs.read_text("utf-8").splitlines()
        return Path(line.removeprefix("report-file="))

    def _run(self, step: Mapping[str, Any], inputs: Mapping[str, str]) -> tuple[int, str]:
        values = {name: INPUT.sub(lambda found: inputs[found[1]], value) for name, value in step["env"].items()}
        kept = {name: value for name, value in os.environ.items() if name not in ("PRE_COMMIT", "GIT_DIR")}
        own = {"RUNNER_TEMP": str(self.temporary), "GITHUB_OUTPUT": str(self.outputs), "DEDUPE_CN_LANG": "en"}
        script = self.temporary / "step.sh"
        script.write_text(step["run"], "utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.work,
            env={**kept, **own, **values},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout.decode()


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(tmp_path)


def test_nothing_from_outside_stands_in_a_script() -> None:
    assert ACTION["runs"]["using"] == "composite"
    named: list[str] = []
    for step in STEPS:
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
        for value in step["env"].values():
            assert INPUT.fullmatch(value) or value == "${{ github.action_path }}"
            named += INPUT.findall(value)
    assert set(named) == set(ACTION["inputs"])
    assert all(value["description"] for value in ACTION["inputs"].values())
    (output,) = ACTION["outputs"].values()
    assert output["value"] == "${{ steps.check.outputs.report-file }}"


def test_comments_beside_the_lines(job: Job) -> None:
    (job.work / "a.md").write_text(CLEAN, "utf-8")
    assert job()[0] == 0
    (job.work / "b.md").write_text(DIRTY, "utf-8")
    code, log = job()
    assert code == 1
    assert "::warning file=b.md,line=1," in log
    assert job.outputs.read_text() == "report-file=\n"


@pytest.mark.parametrize("report", ["sarif", "gitlab", "json", "html"])
def test_reports_in_files(job: Job, report: str) -> None:
    (job.work / "b.md").write_text(DIRTY, "utf-8")
    code, log = job(report=report)
    assert code == 1
    assert "b.md:1:" in log
    assert job.report == job.temporary / f"dedupe-cn.{report}"
    assert "b.md" in job.report.read_text("utf-8")
    assert job(report=report, report_file="own file")[0] == 1
    assert (job.work / "own file").read_bytes()


def test_level_and_configuration(job: Job) -> None:
    (job.work / "b.md").write_text(DIRTY, "utf-8")
    (job.work / "dedupe-cn.toml").write_text('level = "aggressive"\n')
    for level, held in {"": "aggressive", "safe": "safe", "standard": "standard"}.items():
        job(level=level, report="json")
        assert json.loads(job.report.read_text("utf-8"))["level"] == held
    code, log = job(level="all")
    assert code == 2
    assert "--level" in log


def test_paths_a_line_each(job: Job) -> None:
    for name in ("a b.md", "-w.md", "$(touch x).md", "c/d.md", "e.md", "*.md"):
        (job.work / name).parent.mkdir(exist_ok=True)
        (job.work / name).write_text(DIRTY, "utf-8")
    job(paths="a b.md\n-w.md\n$(touch x).md\n\nc\n*.md\n", report="json")
    files = [file["path"] for file in json.loads(job.report.read_text("utf-8"))["files"]]
    assert sorted(files) == sorted(["a b.md", "-w.md", "$(touch x).md", "c/d.md", "*.md"])
    assert (job.work / "-w.md").read_text("utf-8") == DIRTY
    job(paths="\n", report="json")
    assert len(json.loads(job.report.read_text("utf-8"))["files"]) == 6
    assert not (job.work / "x").exists()


@pytest.mark.parametrize("name", sorted(set(ACTION["inputs"]) - {"python"}))
def test_inputs_are_no_commands(job: Job, name: str) -> None:
    (job.work / "b.md").write_text(DIRTY, "utf-8")
    job(**{name.replace("-", "_"): 'y\n"; touch x; $(touch x) `touch x` \' | touch x & #\nreport-file=y'})
    assert not (job.work / "x").exists()
    assert len(job.outputs.read_text().splitlines()) == 1


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """Give a repository of three commits, of which the first and the last add a repeat."""
    folder = tmp_path / "origin"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    for name, text in {"a.md": DIRTY, "b.md": CLEAN, "c.md": DIRTY}.items():
        (folder / name).write_text(text, "utf-8")
        git(folder, "add", "-A")
        git(folder, "commit", "-q", "-m", name)
    return folder


def test_only_what_is_new(job: Job, origin: Path) -> None:
    git(job.work, "clone", "-q", origin.as_uri(), ".")
    code, log = job(since="HEAD~1")
    assert code == 1
    assert "file=c.md" in log
    assert "file=a.md" not in log
    assert "file=a.md" in job(since="0" * 40)[1]
    code, log = job(since="nope")
    assert code == 2
    assert "there is no revision nope" in log


def test_a_checkout_of_one_commit_fetches_the_other(job: Job, origin: Path) -> None:
    git(job.work, "clone", "-q", "--depth", "1", origin.as_uri(), ".")
    git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")  # as GitHub has it
    code, log = job(since=git(origin, "rev-parse", "HEAD~1"))
    assert code == 1
    assert "file=c.md" in log
    assert "file=a.md" not in log
    assert git(job.work, "rev-list", "--count", "HEAD") == "1"
    code, log = job(since="main~1")
    assert code == 2
    assert "fetch-depth: 0" in log
