"""The pages on verdicts do what they show: all commands of a page are run one after another in one empty folder.

After a change that is meant, write what the commands say now into the pages:

    python tests/test_docs_verdicts.py
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import fields
from pathlib import Path

import pytest

from dedupe_cn.io.decisions import NAME, Entry

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {"en": DOCS / "verdicts.md", "zh": DOCS / "verdicts.zh-CN.md"}
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ ([^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", re.MULTILINE)


def play(page: str, language: str) -> str:
    """Give a page with what its commands say now."""
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "DEDUPE_CN_DEBUG")}
    environment |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DEDUPE_CN_LANG": language,
        "PYTHONIOENCODING": "utf-8",
    }
    with tempfile.TemporaryDirectory() as folder:

        def run(found: re.Match[str]) -> str:
            done = subprocess.run(
                ["bash", "-c", found[1]],
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=60,
                check=False,
            )
            assert done.returncode in (0, 1), done.stdout
            return f"$ {found[1]}\n{done.stdout.decode()}"

        return BLOCK.sub(lambda block: f"```console\n{COMMAND.sub(run, block[1])}```", page)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize("language", PAGES)
def test_the_commands_say_what_the_page_shows(language: str) -> None:
    page = PAGES[language].read_text(encoding="utf-8")
    assert play(page, language) == page


def test_both_pages_run_the_same_commands() -> None:
    english, chinese = (
        [found[1] for block in BLOCK.findall(page.read_text(encoding="utf-8")) for found in COMMAND.finditer(block)]
        for page in PAGES.values()
    )
    assert english == chinese
    assert len(english) > 8


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.name)
def test_the_pages_name_the_file_and_every_key(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert NAME in text
    rows = "".join(re.findall(r"^\| (`.*?) \|", text, re.MULTILINE))
    assert set(re.findall(r"`(\w+)`", rows)) == {field.name for field in fields(Entry)}


if __name__ == "__main__":
    for language, page in PAGES.items():
        page.write_text(play(page.read_text(encoding="utf-8"), language), encoding="utf-8")
