"""Why repeats stay: every reason counts in a group, and says its kinds and places as words."""

from __future__ import annotations

import pytest

from dedupe_cn.model import LIKENESSES
from dedupe_cn.reasons import _GROUP_OF, CLASSES, GROUPS, WORDS, Reason
from dedupe_cn.settings import INEXACT, SHAPES, Settings, choose_rules


def test_every_reason_to_stay_has_its_group() -> None:
    stays = {code for code, (english, _) in WORDS.items() if english.startswith("kept: ")}
    assert stays - set(_GROUP_OF) == set()
    assert set(_GROUP_OF) <= set(WORDS)
    assert set(_GROUP_OF.values()) | {"other"} == set(GROUPS)
    assert Reason("no such code").group == "other"


def test_both_languages_say_that_something_stays() -> None:
    assert all(en.startswith("kept: ") == zh.startswith("保留：") for en, zh in WORDS.values())


@pytest.mark.parametrize(
    ("reason", "english", "chinese"),
    [
        (Reason("protected-kind", ("table",)), "a table is never removed by itself", "表格从不单独删除"),
        (Reason("protected-kind", ("figure",)), "figure is never removed by itself", "figure从不单独删除"),
        (
            Reason("other-place", ("恢复任务", "暂停任务")),
            "stands under another heading: 恢复任务 / 暂停任务",
            "在另一个标题下：恢复任务 / 暂停任务",
        ),
        (Reason("other-label", ("", "table")), "what stands beside it differs: none / table", None),
        (Reason("other-kind", ("item", "paragraph")), "one of the two is a paragraph, the other a list item", None),
        (Reason("short-words", ("9", "30")), "9 words, fewer than the 30 needed", "只有 9 个字词，不足所需的 30 个"),
        (
            Reason("copy-noise", ("look-alike, width",)),
            "the kept copy says the same: noise only (look-alike, width)",
            "保留的一份说的相同：只差无关文意之处（形近字、全角半角）",
        ),
        (Reason("copy-meaning", ("a new class",)), "a like copy is kept; differs in a new class", None),
    ],
)
def test_values_are_words_where_they_name_something(reason: Reason, english: str, chinese: str | None) -> None:
    assert reason.briefly("en") == english
    assert chinese is None or reason.briefly("zh") == chinese


def test_every_likeness_has_words() -> None:
    assert set(LIKENESSES) - {"exact"} <= set(CLASSES)


@pytest.mark.parametrize(
    ("select", "disable", "exact", "inexact"),
    [
        ((), (), SHAPES, SHAPES),
        ((), (INEXACT,), SHAPES, ()),
        (("section",), (), ("section",), ()),
        (("section", INEXACT), (), ("section",), ("section",)),
        ((INEXACT,), (), (), SHAPES),
        ((INEXACT, "running-line"), (), (), SHAPES),
        (("repeats",), ("loop",), tuple(s for s in SHAPES if s != "loop"), tuple(s for s in SHAPES if s != "loop")),
        (("tidy",), (), (), ()),
    ],
)
def test_near_duplicate_is_the_name_of_copies_that_are_not_exact(
    select: tuple[str, ...], disable: tuple[str, ...], exact: tuple[str, ...], inexact: tuple[str, ...]
) -> None:
    settings = Settings(rules=choose_rules(select, disable))
    assert tuple(shape for shape in SHAPES if settings.looks_for(shape)) == exact
    for likeness in LIKENESSES[1:]:
        assert tuple(shape for shape in SHAPES if settings.looks_for(shape, likeness)) == inexact
