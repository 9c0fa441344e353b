"""Each decision stands in a short file of its own, and the list names them all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pages import DOCS, ROOT, read

FOLDER = DOCS / "decisions"
FILES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
PACKAGE = ROOT / "src" / "dedupe_cn"


def test_the_list_names_every_decision_by_its_title() -> None:
    named = re.findall(r"^- \[(.*)\]\((.*)\)$", read(FOLDER / "README.md"), re.MULTILINE)
    titles = {path.name: read(path).splitlines()[0].removeprefix("# ") for path in FILES}
    assert {name: title for title, name in named} == titles
    assert len(named) == len(titles)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_decision_is_short_and_names_files_that_are_there(path: Path) -> None:
    text = read(path)
    assert len(text.split()) <= 320, "two decisions?"
    for name in re.findall(r"`([\w/]+/[\w.]*\w\.(?:py|toml|yml|c|h))`", text):
        assert (PACKAGE / name).exists() or (ROOT / name).exists(), name
