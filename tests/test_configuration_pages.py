"""The pages on configuration and hooks: their examples are read, our hooks take them, their workflows run."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from pages import DOCS, ROOT, blocks, needs_git, needs_shell, shell
from warm import run_command

from dedupe_cn.cli.reports import MACHINE
from dedupe_cn.io.configuration import load

CONFIGURATION = {"en": DOCS / "configuration.md", "zh": DOCS / "configuration.zh-CN.md"}
HOOKS = {"en": DOCS / "hooks.md", "zh": DOCS / "hooks.zh-CN.md"}
PAGES = [*CONFIGURATION.values(), *HOOKS.values()]
DIRTY = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，" * 2 + "抬头看见他。\n"
CLEAN = "第二天一早，他们沿着河堤走到镇上。\n"


def documents(page: Path) -> list[Any]:
    return [yaml.safe_load(text) for text in blocks(page, "yaml")]


def commands_in(value: Any) -> list[str]:
    """Find the calls of dedupe-cn in a parsed workflow."""
    if isinstance(value, dict):
        return [found for rest in value.values() for found in commands_in(rest)]
    if isinstance(value, list):
        return [found for rest in value for found in commands_in(rest)]
    return [value] if isinstance(value, str) and value.startswith("dedupe-cn ") else []


def run(command: list[str], folder: Path) -> int:
    """Run ``dedupe-cn …`` in a folder and give its exit code."""
    assert command[0] == "dedupe-cn"
    return run_command(command[1:], folder, {**os.environ, "DEDUPE_CN_LANG": "en"}).code


def start_repository(folder: Path) -> None:
    """Give a folder a first commit, with which ``--since`` compares."""
    who = ("-c", "user.name=a", "-c", "user.email=a@b")
    for command in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "a"]):
        subprocess.run(["git", *who, *command], cwd=folder, check=True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_toml_examples_are_read(page: Path, tmp_path: Path) -> None:
    for text in blocks(page, "toml"):
        (tmp_path / "dedupe-cn.toml").write_text(text, encoding="utf-8")
        assert load(tmp_path / "dedupe-cn.toml").settings


@needs_git
def test_the_hooks_of_the_examples_are_ours_and_take_their_arguments(tmp_path: Path) -> None:
    manifest = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert set(manifest) == {"dedupe-cn", "dedupe-cn-check"}
    named = [
        hook for document in documents(HOOKS["en"]) for repo in document.get("repos", ()) for hook in repo["hooks"]
    ]
    assert {hook["id"] for hook in named} <= set(manifest)
    start_repository(tmp_path)
    for hook in (*named, *({"id": name} for name in manifest)):
        path = tmp_path / "a.md"
        path.write_text(DIRTY, encoding="utf-8")
        entry = [*shlex.split(manifest[hook["id"]]["entry"]), *hook.get("args", ())]
        assert run([*entry, "a.md"], tmp_path) == 1
        assert (path.read_text(encoding="utf-8") == DIRTY) == (hook["id"] == "dedupe-cn-check")
        path.write_text(CLEAN, encoding="utf-8")
        assert run([*entry, "a.md"], tmp_path) == 0


def test_the_page_of_hooks_names_them_all() -> None:
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for page in HOOKS.values():
        assert all(f"| `{hook['id']}` |" in page.read_text(encoding="utf-8") for hook in manifest)


FOR_PROGRAMS = """
LICENSE LICENSE-MIT.txt docs/LICENSE.md license.txt UNLICENSE COPYING NOTICE AUTHORS
requirements.txt requirements-dev.txt requirements/base.txt a/constraints.txt x.egg-info/SOURCES.txt
robots.txt static/robots.txt llms.txt CMakeLists.txt src/CMakeLists.txt
"""
FOR_READERS = """
README README.md NEWS notice.txt 通知.txt content/authors.md patents.md
license-guide.md my-robots.txt requirements.md a/robots.txt/b.md
"""


@pytest.mark.parametrize(("names", "left_out"), [(FOR_PROGRAMS, True), (FOR_READERS, False)])
def test_files_for_programs_are_left_out(names: str, left_out: bool) -> None:
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")):
        assert [name for name in names.split() if bool(re.search(hook["exclude"], name)) != left_out] == []


RUNNER = "pre-commit"
WORKFLOWS = [
    command for document in documents(HOOKS["en"]) if RUNNER not in document for command in commands_in(document)
]


def test_there_is_a_workflow_for_each() -> None:
    assert ["--since" in command for command in WORKFLOWS] == [False, True]
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    jobs = [job for document in documents(HOOKS["en"]) for job in document.get("jobs", {}).values()]
    ours = [step for job in jobs for step in job["steps"] if "actions/" not in step["uses"]]
    assert [list(step.get("with", ())) for step in ours] == [[], ["since"]]
    for page in HOOKS.values():
        assert re.findall(r"^\| `([\w-]+)` \| .* \| .* \|$", page.read_text("utf-8"), re.M) == list(action["inputs"])


@pytest.mark.parametrize("language", HOOKS)
def test_other_runners_are_given_the_hook_that_only_looks(language: str) -> None:
    manifest = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (check,) = (hook["entry"] for hook in manifest if hook["id"] == "dedupe-cn-check")
    (lefthook,) = (document for document in documents(HOOKS[language]) if RUNNER in document)
    assert commands_in(lefthook) == [f"{check} {{staged_files}}"]
    (lint_staged,) = map(json.loads, blocks(HOOKS[language], "json"))
    assert commands_in(lint_staged) == [check]


@needs_git
@pytest.mark.parametrize("command", WORKFLOWS)
def test_the_commands_of_the_workflows(command: str, tmp_path: Path) -> None:
    wanted = command.partition("--report ")[2].partition(" ")[0].partition(":")
    assert wanted[0] in MACHINE
    start_repository(tmp_path)
    command = command.replace("$CI_MERGE_REQUEST_DIFF_BASE_SHA", "HEAD")
    (tmp_path / "a.md").write_text(CLEAN, encoding="utf-8")
    assert run(shlex.split(command), tmp_path) == 0
    (tmp_path / "b.md").write_text(DIRTY, encoding="utf-8")
    assert run(shlex.split(command), tmp_path) == 1
    assert not wanted[2] or (tmp_path / wanted[2]).exists()


@needs_shell
@needs_git
def test_the_commands_for_a_shell(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(DIRTY, encoding="utf-8")
    who = "git -c user.name=x -c user.email=x@example.org"
    (check, write), new = (text.splitlines() for text in blocks(HOOKS["en"], "sh"))
    assert shell(f"git init -q -b main . && git add a.md && {who} commit -qm a", tmp_path) == 0
    assert [shell(command, tmp_path) for command in (check, *new, write, check)] == [1, 0, 0, 0, 0]
    assert [shell(command, tmp_path) for command in new] == [0, 0]
    (tmp_path / "b.md").write_text(DIRTY, encoding="utf-8")
    assert [shell(command, tmp_path) for command in new] == [1, 1]
