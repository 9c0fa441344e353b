"""The examples of the pages about marks do what they show.

After a change that is meant, write what the commands say now into the pages:

    python tests/test_marks_pages.py
"""

from __future__ import annotations

from pathlib import Path

import pytest
from test_readme import BLOCK, needs_shell, output_of

from dedupe_cn.model import Kind
from dedupe_cn.text.marks import WORDS, read_marks

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "docs" / "marks.md", ROOT / "docs" / "marks.zh-CN.md"]


def examples() -> list[tuple[str, str, str]]:
    return [
        (page.name, found["command"], found["output"])
        for page in PAGES
        for found in BLOCK.finditer(page.read_text(encoding="utf-8"))
    ]


@needs_shell
@pytest.mark.parametrize(("page", "command", "output"), examples())
def test_console_examples(page: str, command: str, output: str) -> None:
    assert output_of(command) == output, page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_pages_name_every_word_and_hold_no_mark_themselves(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert len(list(BLOCK.finditer(text))) == 2
    for word in (*WORDS, "unknown-mark", "unused-mark", "shifted-mark"):
        assert f"`{word}`" in text or f": {word} -->`" in text
    reading = read_marks(text, Kind.MARKDOWN)
    assert reading.marks == ()
    assert reading.problems == ()


def test_the_readmes_point_to_the_pages() -> None:
    assert "(docs/marks.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(docs/marks.zh-CN.md)" in (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")


if __name__ == "__main__":
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        page.write_text(BLOCK.sub(lambda m: f"```console\n{m[1]}{output_of(m['command'])}```", text), encoding="utf-8")
