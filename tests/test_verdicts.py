"""Ids and verdicts through the pipeline: what was decided holds, what is new shows, and the laws stand."""

from __future__ import annotations

import pytest
from budget import budget
from documents import documents
from hypothesis import example, given

from dedupe_cn.model import Document, Kind, Level, Outcome, Removal, Verdict
from dedupe_cn.pipeline import clean, survey
from dedupe_cn.settings import REPEAT_RULES, Settings

RAIN = "雨下了整整一夜，屋檐下的水缸早就满了，水顺着石阶一直流到巷子口。"
LAMP = "她把灯芯拨亮了一些，就着那点光，把白天没有补完的衣裳一针一针补好。"
TREE = "院子里的槐树是祖父年轻的时候亲手种下的，如今两个大人合抱也抱不过来了。"
BOAT = "渡船每天只来两趟，早上把菜运到对岸，傍晚再把赶集的人一个个接回来。"
LAMP_OCR = LAMP.replace("己", "已").replace("，", ",", 1)
ONLY_REPEATS = Settings(rules=frozenset(REPEAT_RULES))


def parts(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


def md(*paragraphs: str) -> Document:
    return Document(parts(*paragraphs), Kind.MARKDOWN)


def kept(outcome: Outcome) -> dict[str, Verdict]:
    """Accept what a survey found."""
    return {r.id: Verdict(True, r.count, r.lengths) for r in outcome.removals}


def passages(outcome: Outcome, removals: tuple[Removal, ...] | None = None) -> list[str]:
    return [outcome.original[r.span.start : r.span.end] for r in (removals or outcome.removals)]


BASE = md(RAIN, LAMP, TREE, RAIN, LAMP, BOAT)


def test_an_id_does_not_depend_on_place_file_level_layout_or_rule() -> None:
    (far,) = clean(md(RAIN, LAMP, RAIN), ONLY_REPEATS).removals
    (adjacent,) = clean(md(TREE, RAIN, RAIN), ONLY_REPEATS).removals
    assert (far.rule, adjacent.rule) == ("repeated-block", "tandem")
    wrapped = RAIN.replace("，", "，\n", 1)
    others = [
        clean(Document(f"　　{RAIN}\n{TREE}\n　　{RAIN}\u200b\n"), ONLY_REPEATS.with_options(level="safe")),
        clean(md(RAIN, LAMP, RAIN), ONLY_REPEATS.with_options(keep="last", level="aggressive")),
        clean(md(wrapped, wrapped, wrapped, BOAT), ONLY_REPEATS),
    ]
    assert {far.id, adjacent.id} == {r.id for outcome in others for r in outcome.removals}
    assert len(far.id) == 16
    assert int(far.id, 16) >= 0


def test_an_id_of_similar_passages_names_both_in_either_order() -> None:
    (one,) = clean(md(LAMP, TREE, LAMP_OCR), ONLY_REPEATS).removals
    (turned,) = clean(md(LAMP_OCR, TREE, LAMP), ONLY_REPEATS.with_options(keep="last")).removals
    (other,) = clean(md(LAMP, TREE, LAMP_OCR.replace("。", "!")), ONLY_REPEATS).removals
    assert (one.rule, one.likeness) == ("repeated-block", "noise")
    assert one.id == turned.id != other.id


def test_a_repeat_has_as_many_copies_as_stand_there() -> None:
    (row,) = clean(md(RAIN, RAIN, RAIN, RAIN, BOAT), ONLY_REPEATS).removals
    (reported,) = clean(md(RAIN, LAMP, RAIN, TREE, RAIN), Settings(level=Level.SAFE)).removals
    assert (row.count, reported.count) == (3, 2)


def test_what_was_accepted_is_neither_removed_nor_reported() -> None:
    document = md(RAIN, LAMP, RAIN, TREE, TREE, LAMP_OCR)
    verdicts = kept(survey(document, Settings()))
    for level in Level:
        outcome = clean(document, Settings(level=level), verdicts)
        assert (outcome.text, outcome.removals) == (document.text, ())
        assert {name for name, _ in outcome.settled} == set(verdicts)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        (md(RAIN, LAMP, TREE, RAIN, LAMP, BOAT, TREE), TREE),
        (md(RAIN, LAMP, TREE, RAIN, LAMP, BOAT, LAMP), LAMP),
        (md(RAIN, LAMP, TREE, LAMP, RAIN, LAMP, BOAT), LAMP),
        (md(RAIN, RAIN, LAMP, TREE, RAIN, LAMP, BOAT), RAIN),
        (md(RAIN, LAMP, TREE, RAIN, BOAT, LAMP, BOAT), BOAT),
        (md(RAIN, LAMP, TREE, RAIN, LAMP, TREE, BOAT), TREE),
        (md(BOAT, RAIN, LAMP, TREE, RAIN, LAMP, BOAT), BOAT),
    ],
    ids=["behind", "one-of-a-run", "one-of-a-run-between", "beside", "inside-a-run", "run-goes-on", "in-front"],
)
@pytest.mark.parametrize("keep", ["first", "last"])
def test_only_the_new_copy_shows_and_goes(text: Document, new: str, keep: str) -> None:
    verdicts = kept(survey(BASE, ONLY_REPEATS))
    assert len(verdicts) == 1
    outcome = clean(text, ONLY_REPEATS.with_options(keep=keep), verdicts)
    assert passages(outcome) == [new]
    assert outcome.removals[0].applied
    assert clean(Document(outcome.text, text.kind), ONLY_REPEATS.with_options(keep=keep), verdicts).removals == ()


@pytest.mark.parametrize("order", [(RAIN, RAIN, LAMP, RAIN), (RAIN, LAMP, RAIN, RAIN), (LAMP, RAIN, TREE, RAIN, RAIN)])
def test_of_one_more_than_was_accepted_that_is_open_which_a_level_removes(order: tuple[str, ...]) -> None:
    apart = md("## 甲", RAIN, LAMP, "## 乙", RAIN, BOAT)  # stays at standard, for the headings differ
    verdicts = kept(survey(apart, ONLY_REPEATS))
    place = ("## 甲", *order[:2], "## 乙", *order[2:])
    outcome = clean(md(*place), ONLY_REPEATS, verdicts)
    assert [(r.rule, r.applied) for r in outcome.removals] == [("tandem", True)]
    assert outcome.text.count(RAIN) == 2


def test_of_more_at_a_distance_the_last_in_place_are_open() -> None:
    verdicts = kept(survey(md(RAIN, LAMP, RAIN, TREE), ONLY_REPEATS))
    text = md(RAIN, LAMP, RAIN, TREE, RAIN, BOAT, RAIN)
    found = survey(text, ONLY_REPEATS, verdicts).removals
    assert [(r.count, r.span.start) for r in found] == [(2, text.text.rindex(RAIN, 0, text.text.rindex(RAIN)))]


def test_copies_that_stand_in_longer_ones_count_once() -> None:
    between = ["".join(chr(0x4E00 + (n * 1_310 + i * 977) % 20_000) for i in range(18)) + "。" for n in range(12)]
    paragraphs = [part for n, line in enumerate(between) for part in ((RAIN, line) if n % 3 else (RAIN, LAMP, line))]
    verdicts = kept(survey(md(*paragraphs), ONLY_REPEATS))
    assert clean(md(*paragraphs), ONLY_REPEATS, verdicts).removals == ()
    for passage in (RAIN, LAMP):
        outcome = clean(md(*paragraphs, passage), ONLY_REPEATS.with_options(level="aggressive"), verdicts)
        assert passages(outcome) == [passage]
        assert outcome.removals[0].applied


def test_a_new_copy_is_told_in_a_longer_copy_that_was_accepted() -> None:
    other = TREE.replace("祖父", "外祖父")
    verdicts = kept(survey(md(RAIN, LAMP, TREE, BOAT, RAIN, LAMP, other), ONLY_REPEATS))
    for text in (
        md(RAIN, LAMP, TREE, BOAT, RAIN, LAMP, other, BOAT[:20] + "。", LAMP),
        md(LAMP, "渡船不来的日子里没有人过河。", RAIN, LAMP, TREE, BOAT, RAIN, LAMP, other),
        md(RAIN, LAMP, TREE, BOAT, LAMP, "渡船不来的日子里没有人过河。", RAIN, LAMP, other),
    ):
        outcome = clean(text, ONLY_REPEATS, verdicts)
        assert passages(outcome) == [LAMP]
        assert outcome.text.count(LAMP) == 2


def test_edits_elsewhere_do_not_open_what_was_decided() -> None:
    verdicts = kept(survey(BASE, ONLY_REPEATS))
    shifted = md("# 新的开头", BOAT.replace("两趟", "三趟"), RAIN, LAMP, TREE, "- 一条", RAIN, "## 中间", LAMP)
    changed = md(RAIN, LAMP, TREE, RAIN, LAMP.replace("白天", "昨天"), BOAT)
    assert clean(shifted, ONLY_REPEATS, verdicts).removals == ()
    assert [r.likeness for r in clean(changed, ONLY_REPEATS, verdicts).removals] == ["meaning"]


def test_a_run_accepted_piece_by_piece_is_accepted_when_it_joins() -> None:
    verdicts = kept(survey(md(RAIN, LAMP, TREE, RAIN, BOAT, LAMP), ONLY_REPEATS))
    assert len(verdicts) == 2
    assert clean(BASE, ONLY_REPEATS, verdicts).removals == ()


def test_a_document_pasted_twice_goes_whole_whatever_was_accepted_in_it() -> None:
    verdicts = kept(survey(BASE, ONLY_REPEATS))
    outcome = clean(Document(BASE.text + BASE.text, BASE.kind), ONLY_REPEATS.with_options(level="safe"), verdicts)
    assert outcome.text == BASE.text
    assert [r.rule for r in outcome.removals] == ["whole-document"]


def test_one_more_in_a_row_shows_alone() -> None:
    verdicts = kept(survey(md(RAIN, RAIN, RAIN, BOAT), ONLY_REPEATS))
    document = md(RAIN, RAIN, RAIN, RAIN, BOAT)
    outcome = clean(document, ONLY_REPEATS, verdicts)
    assert outcome.text == parts(RAIN, RAIN, RAIN, BOAT)
    assert passages(outcome) == [RAIN]


def test_a_verdict_to_remove_holds_at_every_level_and_again() -> None:
    document = md(RAIN, LAMP, RAIN, "甲乙丙丁戊己庚辛壬癸。", TREE, "甲乙丙丁戊己庚辛壬癸。", RAIN)
    found = survey(document, ONLY_REPEATS)
    verdicts = {r.id: Verdict(False) for r in found.removals}
    outcome = clean(document, Settings(level=Level.SAFE, rules=ONLY_REPEATS.rules), verdicts)
    assert outcome.text == parts(RAIN, LAMP, "甲乙丙丁戊己庚辛壬癸。", TREE)
    assert {r.why.code for r in outcome.removals} == {"decided-remove"}
    assert dict(outcome.settled) == {r.id: r.count for r in found.removals}


def test_a_verdict_overrules_meaning_but_not_what_would_break_the_text() -> None:
    clause = "合同有效期三年，期满前一个月双方协商是否续签。"
    numbers = md(clause, TREE, clause.replace("三", "五"))
    (found,) = survey(numbers, ONLY_REPEATS).removals
    assert not found.applied
    assert clean(numbers, ONLY_REPEATS, {found.id: Verdict(False)}).text == parts(clause, TREE)
    section = md("## 雨", RAIN, "## 灯", LAMP, "## 又是雨", RAIN)
    (found,) = survey(section, ONLY_REPEATS).removals
    (left,) = clean(section, ONLY_REPEATS, {found.id: Verdict(False)}).removals
    assert (left.applied, left.why.code) == (False, "heading-alone")


def test_a_survey_changes_nothing_and_tells_what_would_go() -> None:
    outcome = survey(md(RAIN, RAIN, RAIN, LAMP, "短句重复而已，不必删。", TREE, "短句重复而已，不必删。"), ONLY_REPEATS)
    assert not outcome.changed
    assert [(r.rule, r.count, r.applied) for r in outcome.removals] == [
        ("tandem", 2, True),
        ("repeated-block", 1, False),
    ]


def test_equal_runs_of_which_one_lies_inside_of_a_longer_copy_are_accepted_together() -> None:
    line = "平命要民建不如上，所者小年法月。"
    run = f"{line}{line}\n{line}\n# 总则\n"
    before = f"{line}\n{line}{line}{line}\n{line}\n# 总则\n{run}第三章 渡口\n{run}"
    behind = f"{line}{line[:7]}{line}\n{line}{line}{line}\n{line}\n# 总则\n{line}{line}无面第于如样，全直合十来。\n"
    document = Document(before + behind, Kind.TEXT)
    verdicts = kept(survey(document, Settings()))
    assert survey(document, Settings(), verdicts).removals == ()
    assert [clean(document, Settings(level=level), verdicts).removals for level in Level] == [(), (), ()]


@budget(150)
@given(documents())
def test_accepting_all_leaves_nothing_open(document: Document) -> None:
    verdicts = kept(survey(document, Settings()))
    for rules in (Settings().rules, ONLY_REPEATS.rules):
        for level in Level:
            outcome = clean(document, Settings(level=level, rules=rules), verdicts)
            assert outcome.removals == ()
    assert survey(document, Settings(), verdicts).removals == ()


@budget(150)
@given(documents())
def test_removing_all_obeys_the_laws_and_comes_to_an_end(document: Document) -> None:
    verdicts = {r.id: Verdict(False) for r in survey(document, ONLY_REPEATS).removals}
    once = clean(document, ONLY_REPEATS.with_options(level="safe"), verdicts)
    again = clean(Document(once.text, document.kind), ONLY_REPEATS.with_options(level="safe"), verdicts)
    assert again.text == once.text


_LINES = "一片叶子一片愁，\n采呀采，莫停手，\n"
_MAKE = "    make all\n" * 4 + "\n\n"
#: Of what goes by a verdict here, a part that is open lay on the copy that it keeps.
REFRAIN_IN_CODE = (
    "# 总则\n" * 3
    + "```py\nx = 1\n\nx = 1\n```\n<div>\n甲\n</div>\n"
    + "采呀采，莫停手，\n一片叶子一片愁，\n" * 4
    + _MAKE
    + _LINES * 2
    + "一片叶子一片愁，\n采呀采，莫一片愁，\n"
    + _MAKE
    + _LINES * 3
    + "一片叶子一片愁，\n"
    + _MAKE
)


@budget(150)
@example(Document(REFRAIN_IN_CODE, Kind.MARKDOWN))
@given(documents())
def test_half_accepted_obeys_the_laws_and_comes_to_an_end(document: Document) -> None:
    found = survey(document, ONLY_REPEATS).removals
    verdicts = {r.id: Verdict(True, 1) for r in found[::2]} | {r.id: Verdict(False) for r in found[3::4]}
    once = clean(document, ONLY_REPEATS, verdicts)
    assert clean(Document(once.text, document.kind), ONLY_REPEATS, verdicts).text == once.text
