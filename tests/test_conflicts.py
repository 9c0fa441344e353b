"""A file with an unresolved merge conflict stays as it is, and is told of."""

from __future__ import annotations

import pytest

from dedupe_cn import clean, clean_bytes
from dedupe_cn.model import Document, Kind
from dedupe_cn.pipeline import survey
from dedupe_cn.settings import RULES, Settings
from dedupe_cn.text.conflict import conflicts

LINE = "渡船每逢初一十五停航一天，船工们上岸修补缆绳，把船底的青苔刮净，再刷上一层新的桐油，晾到第二天傍晚。"
TWO_WAYS = f"渡口志 \n\n\n<<<<<<< HEAD\n{LINE}\n=======\n{LINE}\n>>>>>>> 修订\n\n{LINE}\n\n{LINE}"
THREE_WAYS = f"# 渡口\n\n<<<<<<< ours\n{LINE}\n||||||| 4a5b6c\n=======\n{LINE}\n>>>>>>> theirs\n\n\n"
NONE = {
    "a heading with a line under it": "渡口\n=======\n",
    "quotes in quotes": ">>>>>>> 渡口\n",
    "markers that are indented": "    <<<<<<< HEAD\n    甲\n    =======\n    乙\n    >>>>>>> 修订\n",
    "markers of other lengths": "<<<<<<<< HEAD\n甲\n========\n乙\n>>>>>>>> 修订\n",
    "markers without names": "<<<<<<<\n甲\n=======\n乙\n>>>>>>>\n",
    "no closing marker": "<<<<<<< HEAD\n甲\n=======\n乙\n",
    "another order": ">>>>>>> 修订\n=======\n<<<<<<< HEAD\n",
}


@pytest.mark.parametrize("text", [TWO_WAYS, THREE_WAYS, TWO_WAYS.replace("\n", "\r\n"), THREE_WAYS.replace("\n", "\r")])
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("level", ["safe", "aggressive"])
def test_nothing_is_changed(text: str, kind: Kind, level: str) -> None:
    outcome = clean(text, level, kind=kind, eol="crlf", select=["all"])
    assert (outcome.text, outcome.edits, outcome.removals) == (text, (), ())
    (warning,) = outcome.warnings
    assert (warning.rule, warning.count, warning.start) == ("conflict-markers", 1, text.index("<<<<<<< "))
    for language, word in (("en", "resolve"), ("zh", "冲突")):
        assert warning.why is not None
        assert word in warning.why.words(language)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_the_bytes_stay_in_any_encoding(encoding: str) -> None:
    data = TWO_WAYS.encode(encoding)
    assert clean_bytes(data).data == data


def test_no_repeat_of_it_is_told() -> None:
    assert survey(Document(TWO_WAYS, Kind.TEXT), Settings()).removals == ()
    assert clean(TWO_WAYS).ignored == frozenset(RULES)


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_what_is_no_conflict(text: str) -> None:
    assert conflicts(text) == (0, -1)
    assert clean(text + "甲 \n").text != text + "甲 \n"


def test_conflicts_are_counted() -> None:
    assert conflicts(TWO_WAYS + "\n" + THREE_WAYS) == (2, TWO_WAYS.index("<"))
