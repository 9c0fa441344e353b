"""The hooks look at the files that a walk through the folder reads, under pre-commit and prek too."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from real_command import Cli, cli, environment

from dedupe_cn.io.names import is_prose
from dedupe_cn.io.suffixes import MARKDOWN, TEXT

__all__ = ["cli"]

MANIFEST: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
)
DIRTY = "渡口的老人每天清早都要把缆绳检查一遍。 \n"
CLEAN = "渡口的老人每天清早都要把缆绳检查一遍。\n"
SEEN = [
    *("一.md", "二.MD", "三.markdown", "四.mdx", "五.txt", "六.TXT", "七.text", "八.Text", "空 格.md", "a.b.text"),
    *("README.md", "README.txt", "NEWS.txt", "章/节.text", "my-robots.txt", "requirements.md", "license-guide.md"),
]
UNSEEN = [
    *("README", "NEWS", "CHANGELOG", "README.rst", "README.zh", "CONTRIBUTING", "NEWS.html", "CHANGELOG.json"),
    *("a.log", "a.py", "a.md.bak", "md", "text", "a.textile", "a.mdown", "Makefile", "run.sh", "a.rst", "a.org"),
    *("LICENSE", "LICENSE.md", "license.txt", "COPYING.text", "NOTICE.md", "AUTHORS.markdown", "robots.txt"),
    *("requirements.txt", "dev-requirements-3.txt", "requirements/base.txt", "CMakeLists.txt", "llms.txt"),
    *(".hidden.md", ".md", ".github/page.md", "node_modules/a/readme.md", "ignored.md"),
]


def _fill(cli: Cli) -> None:
    for name in (*SEEN, *UNSEEN):
        path = cli.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(DIRTY, encoding="utf-8")
    (cli.folder / "run.sh").write_text(f"#!/bin/sh\n{DIRTY}", encoding="utf-8")
    (cli.folder / ".dedupe-cn-ignore").write_text("ignored.md\n", encoding="utf-8")
    # A program that takes the content for binary is not asked: the name decides.
    (cli.folder / "七.text").write_bytes(DIRTY.encode("utf-16"))


def _changed(cli: Cli) -> list[str]:
    files = (path for path in cli.folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return sorted(p.relative_to(cli.folder).as_posix() for p in files if p.read_bytes() == CLEAN.encode())


def test_a_walk(cli: Cli) -> None:
    _fill(cli)
    done = cli("clean", ".", "--write", "-v")
    assert (done.code, _changed(cli)) == (0, sorted(SEEN))
    assert "skipped LICENSE.md: for programs or law, not for readers" in done.errors


@pytest.mark.parametrize("filtered", [True, False], ids=["as shipped", "whatever is handed over"])
def test_what_a_runner_hands_over(cli: Cli, filtered: bool) -> None:
    _fill(cli)
    hook = MANIFEST[0]
    names = [
        name
        for name in (*SEEN, *UNSEEN)
        if not filtered or (re.search(hook["files"], name) and not re.search(hook["exclude"], name))
    ]
    assert cli(*shlex.split(hook["entry"])[1:], *names, env={"PRE_COMMIT": "1"}).code == 1
    assert _changed(cli) == sorted(SEEN)


def _runner(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None or shutil.which("git") is None:
        pytest.skip(f"needs git and {name}")
    return found


@pytest.mark.parametrize("runner", ["pre-commit", "prek"])
def test_under_a_runner(cli: Cli, runner: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    program = _runner(runner)
    _fill(cli)
    entry = f"{sys.executable} -m dedupe_cn {shlex.join(shlex.split(MANIFEST[0]['entry'])[1:])}"
    hook = {**MANIFEST[0], "entry": entry, "language": "system"}
    hook.pop("minimum_pre_commit_version")
    config = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (cli.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    home = tmp_path_factory.mktemp("home")
    env = environment({"PRE_COMMIT_HOME": str(home), "PREK_HOME": str(home), "HOME": str(home)})
    for command in (["git", "init", "-q"], ["git", "add", "-A", "-f"]):
        subprocess.run(command, cwd=cli.folder, check=True, capture_output=True, env=env)
    done = subprocess.run(
        [program, "run", "--all-files"], cwd=cli.folder, capture_output=True, env=env, check=False, timeout=60
    )
    assert done.returncode == 1, done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")
    assert _changed(cli) == sorted(SEEN)


def test_the_names_of_the_manifest_are_those_of_the_code() -> None:
    for hook in MANIFEST:
        for suffix in MARKDOWN | TEXT:
            assert re.search(hook["files"], f"a{suffix}")
            assert re.search(hook["files"], f"a{suffix.upper()}")
        named = re.search(r"\(([a-z|]+)\)\$", hook["files"])
        assert named is not None
        assert {f".{suffix}" for suffix in named[1].split("|")} == MARKDOWN | TEXT
        for name in (*SEEN, *UNSEEN, "a/requirements/x.txt", "x.egg-info/SOURCES.txt", "ads.txt", "UNLICENSE"):
            assert (re.search(hook["exclude"], name) is None) == is_prose(f"/any/where/{name}")
