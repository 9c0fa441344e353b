"""The lines around passages on the review page."""

from __future__ import annotations

from dedupe_cn.model import Span
from dedupe_cn.report.places import Places
from dedupe_cn.report.surroundings import LENGTH, Surroundings

TEXT = "一\r\n\r\n二\n\n三\n \n四\n五头甲甲五尾\n六\n\n七\n八\n九\n"


def around(text: str, passage: str) -> tuple[list[str], list[str], str, str]:
    surroundings = Surroundings(text, Places(text))
    start = text.index(passage)
    before, behind, head, tail = surroundings.of(Span(start, start + len(passage)))
    lines = surroundings.lines
    return [f"{n} {lines[n]}" for n in before], [f"{n} {lines[n]}" for n in behind], head, tail


def test_three_lines_that_are_not_blank_and_the_rest_of_its_own() -> None:
    assert around(TEXT, "甲甲") == (["3 二", "5 三", "7 四"], ["9 六", "11 七", "12 八"], "五头", "五尾")
    assert around(TEXT, "一") == ([], ["3 二", "5 三", "7 四"], "", "")
    assert around(TEXT, "四\n五头甲甲五尾\n六") == (["1 一", "3 二", "5 三"], ["11 七", "12 八", "13 九"], "", "")


def test_long_lines_are_cut_and_what_cannot_be_seen_is_shown() -> None:
    text = "<b>\u202e" + "长" * 5_000 + "\n" + "甲" * 10 + "乙" + "尾" * 5_000 + "\n末\n"
    before, behind, head, tail = around(text, "乙")
    assert before == [f"1 …{'长' * LENGTH}"]
    assert (head, tail) == ("甲" * 10, "尾" * LENGTH + "…")
    assert behind == []
    assert around("<b>\u202e\n乙\n", "乙")[0] == ["1 <b>⟨U+202E⟩"]
