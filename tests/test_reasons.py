"""The words of a reason: classes and verdicts are said in the language of the reader."""

from __future__ import annotations

import string

import pytest

from dedupe_cn.compare.comparison import GUARDED
from dedupe_cn.reasons import CLASSES, NOISE, WORDS, Reason


def test_every_class_has_words_in_both_languages() -> None:
    assert set(CLASSES) >= NOISE | GUARDED | {"word", "mark", "name", "antonym", "inserted-words"}
    assert all(english.isascii() and not chinese.isascii() for english, chinese in CLASSES.values())


def test_both_languages_take_the_same_values() -> None:
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    assert [code for code, (english, chinese) in WORDS.items() if fields(english) != fields(chinese)] == []


@pytest.mark.parametrize(
    ("reason", "english", "chinese"),
    [
        (
            Reason("differs", ("选举", "罢免", "antonym")),
            "kept: differs in 选举 → 罢免 (antonym)",
            "保留：差别在 选举 → 罢免（反义）",
        ),
        # What differs is text of the document: it may look like the name of a class.
        (Reason("differs", ("date", "word", "word")), "kept: differs in date → word (word replaced)", None),
        (
            Reason("copy-noise", ("look-alike, width",)),
            "the kept copy says the same: noise only (look-alike, width)",
            "保留的一份说的相同：只差无关文意之处（形近字、全角半角）",
        ),
        (Reason("borderline", ("meaning", "number")), "meaning (number)", "含义有别（数字）"),
    ],
)
def test_classes_are_told_as_words(reason: Reason, english: str, chinese: str | None) -> None:
    assert reason.words("en") == english
    assert chinese is None or reason.words("zh") == chinese
