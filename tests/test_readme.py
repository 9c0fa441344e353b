"""The examples of both READMEs do what they show.

A ``console`` block is run through a shell in a folder with the samples. After a change that is meant, write what the
commands say now into the pages:

    python tests/test_readme.py
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
BLOCK = re.compile(r"^```console\n(\$ (?P<command>[^\n]*)\n)(?P<output>.*?)^```$", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)

needs_shell = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


def output_of(command: str) -> str:
    """Run a command as a newcomer would, in a folder that has the samples."""
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    environment |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DEDUPE_CN_LANG": "en",
        "PYTHONIOENCODING": "utf-8",
    }
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "samples", Path(folder) / "samples")
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env={
                key: value for key, value in environment.items() if "--lang" not in command or key != "DEDUPE_CN_LANG"
            }
            | {"DEDUPE_CN_STATE_DIR": str(Path(folder) / ".state")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
            check=False,
        )
    return done.stdout.decode()


def examples() -> list[tuple[Path, str, str]]:
    return [
        (page, found["command"], found["output"])
        for page in PAGES
        for found in BLOCK.finditer(page.read_text(encoding="utf-8"))
    ]


@needs_shell
@pytest.mark.parametrize(("page", "command", "output"), examples())
def test_console_examples(page: Path, command: str, output: str) -> None:
    assert output_of(command) == output


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_examples(page: Path) -> None:
    code = "\n".join(PYTHON.findall(page.read_text(encoding="utf-8")))
    example = doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), 0)
    assert example.examples
    assert doctest.DocTestRunner().run(example).failed == 0


def test_the_pages_open_with_the_two_commands() -> None:
    openings = [page.read_text(encoding="utf-8").splitlines()[2:6] for page in PAGES]
    assert openings[0] == openings[1]
    fence, *commands, end = openings[0]
    assert (fence, end) == ("```sh", "```")
    assert all(command.startswith("python3 -m venv .venv && ") for command in commands)


def test_the_pages_name_every_rule_and_level() -> None:
    from dedupe_cn.rule import REMOVE, REPORT
    from dedupe_cn.rules_text import TEXTS
    from dedupe_cn.settings import REPEAT_RULES

    words = {
        PAGES[0]: {REMOVE: "removed", REPORT: "reported", "-": "–"},
        PAGES[1]: {REMOVE: "删除", REPORT: "报告", "-": "–"},
    }
    for page, names in words.items():
        text = page.read_text(encoding="utf-8")
        for rule in REPEAT_RULES:
            (row,) = re.findall(rf"^\| `{rule}` \|.*$", text, re.MULTILINE)
            assert [cell.strip() for cell in row.split("|")[3:6]] == [names[s] for s in TEXTS[rule].levels]


if __name__ == "__main__":
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        page.write_text(BLOCK.sub(lambda m: f"```console\n{m[1]}{output_of(m['command'])}```", text), encoding="utf-8")
