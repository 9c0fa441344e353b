"""The pages on verdicts do what they show: all commands of a page are run one after another in one empty folder."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import fields
from pathlib import Path

import pytest
from pages import DOCS, environment, needs_shell, read

from dedupe_cn.io.decisions import NAME, Entry

PAGES = {"en": DOCS / "verdicts.md", "zh": DOCS / "verdicts.zh-CN.md"}
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ ([^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", re.MULTILINE)


def play(page: str, language: str) -> str:
    """Give a page with what its commands say now."""
    with tempfile.TemporaryDirectory() as folder:

        def run(found: re.Match[str]) -> str:
            done = subprocess.run(
                ["bash", "-c", found[1]],
                cwd=folder,
                env=environment(language),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=60,
                check=False,
            )
            assert done.returncode in (0, 1), done.stdout
            return f"$ {found[1]}\n{done.stdout.decode()}"

        return BLOCK.sub(lambda block: f"```console\n{COMMAND.sub(run, block[1])}```", page)


@needs_shell
@pytest.mark.parametrize("language", PAGES)
def test_the_commands_say_what_the_page_shows(language: str) -> None:
    page = read(PAGES[language])
    assert play(page, language) == page


def test_both_pages_run_the_same_commands() -> None:
    english, chinese = (
        [found[1] for block in BLOCK.findall(read(page)) for found in COMMAND.finditer(block)]
        for page in PAGES.values()
    )
    assert english == chinese
    assert len(english) > 8


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.name)
def test_the_pages_name_the_file_and_every_key(page: Path) -> None:
    text = read(page)
    assert NAME in text
    rows = "".join(re.findall(r"^\| (`.*?) \|", text, re.MULTILINE))
    assert set(re.findall(r"`(\w+)`", rows)) == {field.name for field in fields(Entry)}
