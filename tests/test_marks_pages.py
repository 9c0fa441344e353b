"""The pages about marks name them all, and hold none themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import CONSOLE, DOCS, read

from dedupe_cn.directives.marks import WORDS, read_marks
from dedupe_cn.model import Kind

PAGES = [DOCS / "marks.md", DOCS / "marks.zh-CN.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_pages_name_every_word_and_hold_no_mark_themselves(page: Path) -> None:
    text = read(page)
    assert len(list(CONSOLE.finditer(text))) == 2
    for word in (*WORDS, "unknown-mark", "unused-mark", "shifted-mark"):
        assert f"`{word}`" in text or f": {word} -->`" in text
    reading = read_marks(text, Kind.MARKDOWN)
    assert reading.marks == ()
    assert reading.problems == ()
