"""The pages under docs/ say what the program does: their examples are run, their tables are made from its own.

After a change that is meant, write what holds now into the pages:

    python tests/test_docs.py
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

from dedupe_cn.cli.messages import Say
from dedupe_cn.cli.reports import MACHINE
from dedupe_cn.io.configuration import load
from dedupe_cn.io.configuration_file import toml
from dedupe_cn.io.configuration_keys import KEYS, Scope, Type

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
CONFIGURATION = {"en": DOCS / "configuration.md", "zh": DOCS / "configuration.zh-CN.md"}
HOOKS = {"en": DOCS / "hooks.md", "zh": DOCS / "hooks.zh-CN.md"}
PAGES = [*CONFIGURATION.values(), *HOOKS.values()]
TABLE = re.compile(r"(?<=<!-- keys -->\n).*?(?=<!-- /keys -->)", re.DOTALL)
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

HEADS = {"en": ("key", "holds per", "default", "what it does"), "zh": ("键", "生效范围", "默认", "作用")}
SCOPES = {
    "en": {Scope.FILE: "file", Scope.FOLDER: "folder", Scope.RUN: "run"},
    "zh": {Scope.FILE: "文件", Scope.FOLDER: "目录", Scope.RUN: "运行"},
}
DIRTY = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，" * 2 + "抬头看见他。\n"
CLEAN = "第二天一早，他们沿着河堤走到镇上。\n"

needs_shell = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


def table_of_keys(language: str) -> str:
    """Make the table of keys in a language."""
    say = Say(language)
    rows = ["| " + " | ".join(HEADS[language]) + " |", "|---|---|---|---|"]
    for key in KEYS:
        default = "–" if key.default is None else f"`{toml(key.default)}`"
        words = say(key.words)
        if key.choices and key.type is not Type.ARRAY:
            words += (" " if language == "en" else "") + say("config-values", choices=", ".join(key.choices))
        rows.append(f"| `{key.name}` | {SCOPES[language][key.scope]} | {default} | {words} |")
    return "\n".join(rows) + "\n"


def blocks(page: Path, language: str) -> list[str]:
    return [text for kind, text in FENCE.findall(page.read_text(encoding="utf-8")) if kind == language]


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
    environment = {**os.environ, "DEDUPE_CN_LANG": "en"}
    program = [sys.executable, "-m", "dedupe_cn", *command[1:]]
    return subprocess.run(program, cwd=folder, env=environment, capture_output=True, timeout=60, check=False).returncode


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_of_keys_is_that_of_the_program(language: str) -> None:
    (table,) = TABLE.findall(CONFIGURATION[language].read_text(encoding="utf-8"))
    assert table == table_of_keys(language)


@needs_shell
@pytest.mark.parametrize(
    ("command", "output"),
    [(m["command"], m["output"]) for page in PAGES for m in BLOCK.finditer(page.read_text(encoding="utf-8"))],
)
def test_console_examples(command: str, output: str) -> None:
    assert output
    assert output_of(command) == output


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_toml_examples_are_read(page: Path, tmp_path: Path) -> None:
    for text in blocks(page, "toml"):
        (tmp_path / "dedupe-cn.toml").write_text(text, encoding="utf-8")
        assert load(tmp_path / "dedupe-cn.toml").settings


@pytest.mark.parametrize(("first", "second"), [CONFIGURATION.values(), HOOKS.values()], ids=["configuration", "hooks"])
def test_both_languages_hold_the_same_examples(first: Path, second: Path) -> None:
    for kind in ("toml", "yaml", "sh"):
        assert blocks(first, kind) == blocks(second, kind)
    heads = [re.findall(r"^#+ ", page.read_text(encoding="utf-8"), re.MULTILINE) for page in (first, second)]
    assert heads[0] == heads[1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link


def test_the_hooks_of_the_examples_are_ours_and_take_their_arguments(tmp_path: Path) -> None:
    manifest = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert set(manifest) == {"dedupe-cn", "dedupe-cn-check"}
    named = [
        hook for document in documents(HOOKS["en"]) for repo in document.get("repos", ()) for hook in repo["hooks"]
    ]
    assert {hook["id"] for hook in named} <= set(manifest)
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


WORKFLOWS = [command for document in documents(HOOKS["en"]) for command in commands_in(document)]


def test_there_is_a_workflow_for_each() -> None:
    assert len(WORKFLOWS) == 2
    assert any("jobs" in document for document in documents(HOOKS["en"]))


@pytest.mark.parametrize("command", WORKFLOWS)
def test_the_commands_of_the_workflows(command: str, tmp_path: Path) -> None:
    wanted = command.partition("--report ")[2].partition(" ")[0].partition(":")
    assert wanted[0] in MACHINE
    (tmp_path / "a.md").write_text(CLEAN, encoding="utf-8")
    assert run(shlex.split(command), tmp_path) == 0
    (tmp_path / "b.md").write_text(DIRTY, encoding="utf-8")
    assert run(shlex.split(command), tmp_path) == 1
    assert not wanted[2] or (tmp_path / wanted[2]).exists()


@needs_shell
@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_commands_for_a_shell(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(DIRTY, encoding="utf-8")
    bin_folder = tmp_path / ".bin"
    bin_folder.mkdir()
    (bin_folder / "dedupe-cn").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dedupe_cn "$@"\n', encoding="utf-8")
    (bin_folder / "dedupe-cn").chmod(0o755)
    who = "git -c user.name=x -c user.email=x@example.org"
    environment = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}

    def shell(command: str) -> int:
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, timeout=60, check=False
        )
        return done.returncode

    (check, write), (changed,) = (text.splitlines() for text in blocks(HOOKS["en"], "sh"))
    assert shell(f"git init -q -b main . && git add a.md && {who} commit -qm a") == 0
    assert [shell(command) for command in (check, write, check)] == [1, 0, 0]
    assert shell(changed) == 0
    (tmp_path / "a.md").write_text(DIRTY + DIRTY, encoding="utf-8")
    assert shell(changed) == 1


if __name__ == "__main__":
    for language, page in CONFIGURATION.items():
        page.write_text(TABLE.sub(lambda _: table_of_keys(language), page.read_text("utf-8")), encoding="utf-8")  # noqa: B023
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        page.write_text(BLOCK.sub(lambda m: f"```console\n{m[1]}{output_of(m['command'])}```", text), encoding="utf-8")
