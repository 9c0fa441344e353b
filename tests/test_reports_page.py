"""The pages on reports say what the program does: their examples are run, git takes their patch.

After a change that is meant, write what the commands say now into the pages:

    python tests/test_reports_page.py
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_readme import BLOCK, output_of

from dedupe_cn.cli.reports import MACHINE, TEXT

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "docs" / "reports.md", ROOT / "docs" / "reports.zh-CN.md"]
DIRTY = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，" * 2 + "抬头看见他。\n"
CLEAN = "第二天一早，他们沿着河堤走到镇上。\n"

needs_shell = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
both = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def shell(command: str, folder: Path) -> int:
    """Run a command of a page as it stands there."""
    programs = folder / ".bin"
    programs.mkdir(exist_ok=True)
    program = programs / "dedupe-cn"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m dedupe_cn "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "DEDUPE_CN_LANG": "en"}
    environment |= {"GIT_CEILING_DIRECTORIES": str(folder.parent)}
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, timeout=60, check=False
    ).returncode


@needs_shell
@pytest.mark.parametrize(
    ("command", "output"),
    [(m["command"], m["output"]) for page in PAGES for m in BLOCK.finditer(page.read_text(encoding="utf-8"))],
)
def test_console_examples(command: str, output: str) -> None:
    assert output
    assert output_of(command) == output


@both
def test_every_format_has_its_row_and_its_section(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    table = text.partition("|---|")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [TEXT, *MACHINE]
    heads = " ".join(re.findall(r"^## (.*)$", text, re.MULTILINE))
    assert all(re.search(rf"\b{name}\b", heads) for name in (TEXT, *MACHINE))


def test_both_languages_hold_the_same_examples() -> None:
    for kind in ("yaml", "sh", "text"):
        assert blocks(PAGES[0], kind) == blocks(PAGES[1], kind)
    first, second = (
        [m["command"].replace(" --lang zh", "") for m in BLOCK.finditer(page.read_text(encoding="utf-8"))]
        for page in PAGES
    )
    assert first == second


@both
def test_links_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)#]+)\)", prose):
        assert (page.parent / link).exists(), link


def test_the_levels_are_those_of_the_program() -> None:
    from dedupe_cn.report import github, gitlab, sarif
    from dedupe_cn.report.findings import Severity

    for page in PAGES:
        rows = re.findall(r"\| `(error|warning|notice)` \| `(\w+)` \| [^|`]*`(\w+)`", page.read_text(encoding="utf-8"))
        expected = [(github._COMMANDS[s], gitlab._SEVERITIES[s], sarif._LEVELS[s]) for s in reversed(Severity)]
        assert rows == expected


def workflows() -> tuple[dict[str, Any], dict[str, Any]]:
    github, gitlab = (yaml.safe_load(text) for text in blocks(PAGES[0], "yaml"))
    return github["jobs"]["dedupe-cn"], gitlab["dedupe-cn"]


@needs_shell
def test_the_job_of_github_writes_what_it_uploads(tmp_path: Path) -> None:
    steps = workflows()[0]["steps"]
    (command,) = [step["run"] for step in steps if step.get("run", "").startswith("dedupe-cn ")]
    (upload,) = [step["with"]["sarif_file"] for step in steps if "upload-sarif" in step.get("uses", "")]
    (tmp_path / "a.md").write_text(CLEAN, encoding="utf-8")
    assert shell(command, tmp_path) == 0
    (tmp_path / "b.md").write_text(DIRTY, encoding="utf-8")
    assert shell(command, tmp_path) == 1
    assert "tandem" in (tmp_path / upload).read_text(encoding="utf-8")


@needs_shell
@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_job_of_gitlab_keeps_what_it_promises(tmp_path: Path) -> None:
    job = workflows()[1]
    (command,) = [line for line in job["script"] if line.startswith("dedupe-cn ")]
    (tmp_path / "文.md").write_text(DIRTY, encoding="utf-8")
    assert shell(command, tmp_path) == 1
    assert "tandem" in (tmp_path / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8")
    (patch,) = job["artifacts"]["paths"]
    assert shell(f"git apply {patch}", tmp_path) == 0
    assert shell(command, tmp_path) == 0


@needs_shell
@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_commands_for_a_shell(tmp_path: Path) -> None:
    (tmp_path / "文.md").write_text(DIRTY, encoding="utf-8")
    (text,) = blocks(PAGES[0], "sh")
    assert [shell(command, tmp_path) for command in text.splitlines()] == [1, 0]
    assert (tmp_path / "文.md").read_text(encoding="utf-8") != DIRTY


@needs_shell
@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_names_from_the_root_as_the_page_says(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(DIRTY, encoding="utf-8")
    assert shell(f"dedupe-cn clean --diff {shlex.quote(str(path))} > p", tmp_path) == 1
    assert shell("git apply p", tmp_path) != 0
    (command,) = set(re.findall(r"`(git apply --directory[^`]*)`", "".join(p.read_text("utf-8") for p in PAGES)))
    assert shell(f"{command} p", tmp_path) == 0
    assert path.read_text(encoding="utf-8") != DIRTY


if __name__ == "__main__":
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        page.write_text(BLOCK.sub(lambda m: f"```console\n{m[1]}{output_of(m['command'])}```", text), encoding="utf-8")
