"""Golden files of the rules that delete: an input and what each level makes of it.

The input comes first; a line ``%%%% safe`` (or another level) begins what that level and those above it give. A level
without its section changes no more than the level below, and ``safe`` without one changes nothing. A line
``\\ No newline at end of file`` says that the text before it ends without a line break. Line ends count as they stand.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dedupe_cn.model import Document, Kind, Level, Outcome
from dedupe_cn.pipeline import clean
from dedupe_cn.settings import INEXACT, REPEAT_RULES, Settings

ROOT = Path(__file__).parent / "golden"
PATHS = tuple(sorted(str(p.relative_to(ROOT).as_posix()) for p in ROOT.glob("*/*") if p.suffix in (".md", ".txt")))
_SECTION = re.compile(r"^%%%% (safe|standard|aggressive)\r?\n", re.MULTILINE)
_NO_NEWLINE = re.compile(r"\r?\n\\ No newline at end of file\r?\n\Z")

@cache
def load(path: str) -> tuple[str, dict[str, str]]:
    """Read the input and the expected text of each level."""
    parts = _SECTION.split((ROOT / path).read_bytes().decode())
    texts = [_NO_NEWLINE.sub("", part) for part in parts[::2]]
    sections = dict(zip(parts[1::2], texts[1:], strict=True))
    expected, text = {}, texts[0]
    for level in Level:
        text = sections.get(level, text)
        expected[level.value] = text
    return texts[0], expected


def repeats_removed(text: str, path: str, level: str, keep: str = "first") -> Outcome:
    kind = Kind.MARKDOWN if path.endswith(".md") else Kind.TEXT
    return clean(Document(text, kind), Settings(level=Level(level), keep=keep, rules=frozenset(REPEAT_RULES)))


def cases() -> list[Any]:
    return [pytest.param(path, level.value, id=f"{path}-{level.value}") for path in PATHS for level in Level]


@pytest.mark.parametrize(("path", "level"), cases())
def test_gives_what_the_file_says_and_a_second_run_changes_nothing(path: str, level: str) -> None:
    text, expected = load(path)
    once = repeats_removed(text, path, level).text
    assert once == expected[level]
    assert repeats_removed(once, path, level).text == once


@pytest.mark.parametrize("path", PATHS)
def test_the_rule_is_the_name_of_the_folder(path: str) -> None:
    """The rule of a folder removes something in every file that changes (another may help it); marks are no rule."""
    text, expected = load(path)
    level = next((level for level in Level if expected[level.value] != text), None)
    if level is not None and not path.startswith("marks/"):
        went = repeats_removed(text, path, level.value).applied
        named = {removal.rule for removal in went} | {INEXACT for removal in went if removal.likeness != "exact"}
        assert path.split("/")[0] in named


def test_the_files_are_well_formed() -> None:
    assert len(PATHS) >= 60
    for path in PATHS:
        text, expected = load(path)
        assert text, path
        if path.startswith("protected/"):
            assert set(expected.values()) == {text}, path
