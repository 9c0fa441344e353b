"""The words of the command line: one meaning a key, both languages alike, and every call gives what its words need."""

from __future__ import annotations

import ast
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import dedupe_cn.cli
from dedupe_cn.cli import messages
from dedupe_cn.cli.configuration_words import CONFIGURATION
from dedupe_cn.cli.decision_words import DECISIONS
from dedupe_cn.cli.encoding_words import ENCODINGS
from dedupe_cn.cli.help_words import HELP
from dedupe_cn.cli.journal_words import JOURNAL
from dedupe_cn.cli.report_words import REPORTS
from dedupe_cn.cli.since_words import SINCE
from dedupe_cn.cli.words import WORDS
from dedupe_cn.io.discover import CHOSEN

ROOM = Path(dedupe_cn.cli.__file__).parent
TABLES = (WORDS, ENCODINGS, HELP, CONFIGURATION, JOURNAL, DECISIONS, REPORTS, SINCE)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def calls() -> Iterator[tuple[str, str, set[str]]]:
    """Find every call of ``say`` with a key in so many words: place, key, names of its values."""
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or any(k.arg is None for k in node.keywords):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            key = node.args[0]
            if called == "say" and isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield f"{path.name}:{node.lineno}", key.value, {str(k.arg) for k in node.keywords}


def test_no_key_stands_in_two_tables() -> None:
    counts = Counter(key for table in TABLES for key in table)
    assert [key for key, n in counts.items() if n > 1] == []
    assert len(messages.ALL) == sum(map(len, TABLES))


def test_both_languages_need_the_same_values() -> None:
    # A plural of English alone is a format, not a value of its own.
    assert [key for key, (english, chinese) in messages.ALL.items() if fields(english) != fields(chinese)] == []


def test_every_call_gives_what_its_words_need() -> None:
    found = list(calls())
    assert len(found) > 100
    assert [(place, key) for place, key, _ in found if key not in messages.ALL] == []
    short = [(p, key, fields(messages.ALL[key][0]) - given) for p, key, given in found]
    assert [row for row in short if row[2]] == []


@pytest.mark.parametrize("code", sorted(CHOSEN | {"hidden", "link", "same-file", "binary"}))
def test_a_reason_to_pass_over_a_path_needs_nothing_but_a_detail(code: str) -> None:
    assert all(fields(text) <= {"detail"} for text in messages.ALL[code])
