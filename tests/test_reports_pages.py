"""The pages on reports name every format; the jobs they show run, and git takes their patch."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from pages import DOCS, blocks, needs_git, needs_shell, shell

from dedupe_cn.cli.reports import MACHINE, TEXT

PAGES = [DOCS / "reports.md", DOCS / "reports.zh-CN.md"]
DIRTY = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，" * 2 + "抬头看见他。\n"
CLEAN = "第二天一早，他们沿着河堤走到镇上。\n"

both = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@both
def test_every_format_has_its_row_and_its_section(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    table = text.partition("|---|")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [TEXT, *MACHINE]
    heads = " ".join(re.findall(r"^## (.*)$", text, re.MULTILINE))
    assert all(re.search(rf"\b{name}\b", heads) for name in (TEXT, *MACHINE))


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
@needs_git
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
@needs_git
def test_the_commands_for_a_shell(tmp_path: Path) -> None:
    (tmp_path / "文.md").write_text(DIRTY, encoding="utf-8")
    (text,) = blocks(PAGES[0], "sh")
    assert [shell(command, tmp_path) for command in text.splitlines()] == [1, 0]
    assert (tmp_path / "文.md").read_text(encoding="utf-8") != DIRTY


@needs_shell
@needs_git
def test_names_from_the_root_as_the_page_says(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(DIRTY, encoding="utf-8")
    assert shell(f"dedupe-cn clean --diff {shlex.quote(str(path))} > p", tmp_path) == 1
    assert shell("git apply p", tmp_path) != 0
    (command,) = set(re.findall(r"`(git apply --directory[^`]*)`", "".join(p.read_text("utf-8") for p in PAGES)))
    assert shell(f"{command} p", tmp_path) == 0
    assert path.read_text(encoding="utf-8") != DIRTY
