"""What marks in a text protect, over documents made of real shapes and accidents."""

from __future__ import annotations

import pytest
from budget import budget
from documents import MARKS, SENTENCES, marked, texts
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.errors import LawError
from dedupe_cn.laws import check_marks
from dedupe_cn.model import Document, Kind, Level, Outcome
from dedupe_cn.pipeline import borderline, clean
from dedupe_cn.report.run import measure
from dedupe_cn.settings import REPEAT_RULES, TIDY_DEFAULT, TIDY_ON_REQUEST, Settings
from dedupe_cn.text.characters import squash

LEVELS = [level.value for level in Level]
RULES = {
    "repeats": frozenset(REPEAT_RULES),
    "all by default": frozenset(REPEAT_RULES + TIDY_DEFAULT),
    "all there are": frozenset(REPEAT_RULES + TIDY_DEFAULT + TIDY_ON_REQUEST) - {"mojibake"},
}


def marked_documents() -> st.SearchStrategy[Document]:
    return st.builds(Document, texts().flatmap(marked), st.sampled_from(Kind))


def cleaned(document: Document, level: str, rules: str) -> Outcome:
    return clean(document, Settings(level=Level(level), rules=RULES[rules]))


@pytest.mark.parametrize("rules", RULES)
@given(document=marked_documents())
@budget(100)
def test_what_is_left_is_counted_with_the_marks(rules: str, document: Document) -> None:
    outcome = cleaned(document, "aggressive", rules)
    assert measure(outcome).after == len(squash(outcome.text))


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("level", LEVELS)
@given(document=marked_documents())
@budget(40)
def test_a_second_run_changes_nothing(rules: str, level: str, document: Document) -> None:
    once = cleaned(document, level, rules).text
    assert cleaned(Document(once, document.kind), level, rules).text == once


@pytest.mark.parametrize("keep", ["first", "last", "longest"])
@given(document=marked_documents(), level=st.sampled_from(LEVELS))
@budget(40)
def test_no_mark_is_lost_whichever_copy_stays(keep: str, document: Document, level: str) -> None:
    chosen = Settings(level=Level(level), keep=keep)
    outcome = clean(document, chosen)
    assert clean(Document(outcome.text, document.kind), chosen).text == outcome.text
    for mark in MARKS:
        assert outcome.text.count(mark) == document.text.count(mark)


LINES = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map("".join)


@pytest.mark.parametrize("rules", RULES)
@given(before=LINES, inside=st.lists(LINES, min_size=1, max_size=4), behind=LINES, level=st.sampled_from(LEVELS),
       kind=st.sampled_from(Kind), blanks=st.sampled_from(["\n\n", "\n\n\n\n", " \n\n", "\r\n\n"]))
@budget(40)
def test_what_is_marked_off_keeps_every_character(
    rules: str, before: str, inside: list[str], behind: str, level: str, kind: Kind, blanks: str
) -> None:
    """Doubled inside, and standing before and behind as well: inside nothing changes."""
    marked = f"<!-- dedupe-cn: off -->{blanks}{blanks.join(inside + inside)}{blanks}<!-- dedupe-cn: on -->"
    text = blanks.join([before, inside[0], marked, inside[0], behind, before])
    outcome = cleaned(Document(text, kind), level, rules)
    assert marked in outcome.text
    start = text.index(marked)
    for removal in outcome.removals:
        span = removal.span
        assert not start <= span.start < span.end <= start + len(marked)
        if span.start < start + len(marked) and start < span.end:
            assert not removal.applied
            assert removal.level is None


def test_what_only_tidying_would_make_a_mark_is_left_as_it_is() -> None:
    paragraph = next(s for s in SENTENCES if len(s) >= 40)
    text = f"{paragraph} <!--\x07 dedupe-cn: ignore-next -->\n{paragraph}\n"
    outcome = cleaned(Document(text, Kind.TEXT), "safe", "all by default")
    assert outcome.text == text
    assert [(warning.rule, warning.start) for warning in outcome.warnings] == [
        ("shifted-mark", text.index("dedupe-cn"))
    ]


@given(paragraph=st.sampled_from([s for s in SENTENCES if len(s) >= 40]), kind=st.sampled_from(Kind))
@budget(40)
def test_a_doubled_paragraph_goes_unless_it_is_marked(paragraph: str, kind: Kind) -> None:
    plain, marked = f"{paragraph}\n\n{paragraph}\n", f"{paragraph}\n\n<!-- dedupe-cn: ignore-next -->\n{paragraph}\n"
    assert cleaned(Document(plain, kind), "aggressive", "all by default").text != plain
    outcome = cleaned(Document(marked, kind), "aggressive", "all by default")
    assert outcome.text == marked
    assert outcome.removals == ()
    assert outcome.warnings == ()


def said(text: str, rules: str = "all by default", level: str = "standard") -> list[str]:
    """Give the warnings in English."""
    warnings = cleaned(Document(text, Kind.MARKDOWN), level, rules).warnings
    return [f"{warning.start} {warning.rule}: {warning.why.words('en')}" for warning in warnings if warning.why]


A = "老渡口的石阶被水磨得发亮，每逢大雨，管船的人便把缆绳往上挪三级，再用木楔子塞紧，免得船在夜里漂走。"
B = "磨坊主把新收的荞麦摊在竹席上晾晒，隔一个时辰翻一遍，傍晚收进瓦缸，用湿布封住缸口，等到冬天再磨。"

#: text -> warnings
UNUSED = {
    f"{A}\n\n<!-- dedupe-cn: off -->\n{B}\n<!-- dedupe-cn: on -->\n": [f"{len(A) + 2} unused-mark: "
                                                                        "this 'off' holds nothing back"],
    f"{A}\n\n<!-- dedupe-cn: off -->\n\n{A}\n": [],
    f"{A}\n\n<!-- dedupe-cn: off -->\n{B}  \n": [],  # a tidy-up held back
    f"{A}\n\n<!-- dedupe-cn: off tandem -->\n{B}  \n": [f"{len(A) + 2} unused-mark: this 'off' holds nothing back"],
    f"<!-- dedupe-cn: on -->\n{A}\n": ["0 unused-mark: nothing is off before this 'on'"],
    f"<!-- dedupe-cn: off tandem -->\n\n{A}\n\n{A}\n\n{B}\n\n<!-- dedupe-cn: on repeated-block -->\n": [
        f"{2 * len(A) + len(B) + 38} unused-mark: nothing is off before this 'on'"
    ],
    f"<!-- dedupe-cn: off -->\n\n{A}\n\n{A}\n\n<!-- dedupe-cn: off -->\n": [
        f"{2 * len(A) + 29} unused-mark: this 'off' holds nothing back"
    ],
    f"{A}\n\n<!-- dedupe-cn: ignore-next -->\n": [f"{len(A) + 2} unused-mark: this 'ignore-next' holds nothing back"],
    f"<!-- dedupe-cn: ignore-file -->\n{A}\n": ["0 unused-mark: this 'ignore-file' holds nothing back"],
    f"<!-- dedupe-cn: ignore-file -->\n{A}": [],
    f"<!-- dedupe-cn: ignore-file duplicate-file -->\n{A}\n": [],
    f"<!-- dedupe-cn: ignore-next full-width -->\n{A}\n": [],  # nobody asked for full-width
    f"<!-- dedupe-cn: off tandme -->\n{A}\n": ["0 unknown-mark: rule 'tandme' is unknown; did you mean tandem?"],
}


@pytest.mark.parametrize(("text", "wanted"), UNUSED.items())
def test_a_mark_that_holds_nothing_back_is_told(text: str, wanted: list[str]) -> None:
    assert said(text) == wanted


def test_a_mark_is_not_called_unused_when_its_rules_did_not_run() -> None:
    text = f"{A}\n\n<!-- dedupe-cn: off -->\n{B}\n"
    assert said(text, "repeats") == []
    assert said(text, "all by default", "safe") != []


def test_a_running_line_at_the_level_that_says_nothing_of_it_counts() -> None:
    """The same marks do for every level."""
    foot = "<!-- dedupe-cn: ignore-next running-line -->\n扫码关注晨光读书会"
    text = "\n\n".join([A, "扫码关注晨光读书会", B, foot, A[:30], foot, B[:30]]) + "\n"
    for level in LEVELS:
        assert said(text, level=level) == []


def test_within_marks_bytes_stay_and_outside_lines_are_tidied() -> None:
    text = f"\n{A}  \r\n\n\n\n<!-- dedupe-cn: off -->\n\n\n{B}  \r\n\n\n<!-- dedupe-cn: on -->\n\n\n{B}  "
    outcome = cleaned(Document(text, Kind.MARKDOWN), "safe", "all by default")
    assert outcome.text == (
        f"{A}\n\n<!-- dedupe-cn: off -->\n\n\n{B}  \r\n\n\n<!-- dedupe-cn: on -->\n"
    )


def test_a_rule_of_layout_can_be_off_alone() -> None:
    text = f"<!-- dedupe-cn: off blank-lines -->\n{A} \n\n\n\n{B} \n"
    assert cleaned(Document(text, Kind.TEXT), "safe", "all by default").text == (
        f"<!-- dedupe-cn: off blank-lines -->\n{A}\n\n\n\n{B}\n"
    )


def test_a_change_that_would_move_a_mark_into_code_is_left_out_and_told() -> None:
    """Without the control character a fence would begin above the mark."""
    text = f"\x08```\n\n<!-- dedupe-cn: off -->\n\n{A}\n\n{A}\n"
    outcome = cleaned(Document(text, Kind.MARKDOWN), "safe", "all by default")
    assert outcome.text == text
    assert [warning.rule for warning in outcome.warnings] == ["shifted-mark"]


def test_a_copy_that_holds_a_mark_stays_and_says_why() -> None:
    mark = "<!-- dedupe-cn: off tidy -->"
    outcome = cleaned(Document("\n\n".join([A, mark, B, A, mark, B]) + "\n", Kind.MARKDOWN), "aggressive", "repeats")
    assert not outcome.changed
    assert [(removal.rule, removal.why.code, removal.level) for removal in outcome.removals] == [
        ("whole-document", "holds-mark", None)
    ]
    part = cleaned(Document("\n\n".join([A, B, A, mark.replace("off tidy", "ignore-next"), B]), Kind.TEXT), "safe",
                   "repeats")
    assert [(removal.rule, removal.why.code) for removal in part.removals] == [("whole-document", "marked-part")]


def test_pairs_near_the_threshold_are_not_shown_where_they_are_marked_off() -> None:
    other = A.replace("三级", "五级")
    chosen = Settings(threshold=0.9)
    assert len(borderline(Document(f"{A}\n\n{B}\n\n{other}\n", Kind.MARKDOWN), chosen, 5)) == 1
    marked = f"{A}\n\n{B}\n\n<!-- dedupe-cn: ignore-next -->\n{other}\n"
    assert borderline(Document(marked, Kind.MARKDOWN), chosen, 5) == ()


def test_a_law_stands_behind_it() -> None:
    off, on = "<!-- dedupe-cn: off -->", "<!-- dedupe-cn: on -->"
    text = f"{A}\n{off}\n{A}\n{on}\n{A}\n"
    check_marks(text, f"{A}\n{off}\n{A}\n{on}\n", Kind.TEXT)
    for broken in (f"{A}\n{off}\n\n{on}\n", f"{A}\n{off}\n{A}\n", f"{A}\n{on}\n{A}\n{off}\n", A):
        with pytest.raises(LawError):
            check_marks(text, broken, Kind.TEXT)


def test_nothing_is_told_of_what_stands_where_all_is_off() -> None:
    """Not even the line that is equal in two passages which are too different to be told of themselves."""
    one, other = "以使向里年下发国子反，全就来不样此同能，么前而表。", "平命要民建不如上，所者小年法月。"
    more = "小无通全向月机那提前你社，之们社命都之建提，作内各全公用种和可电把样，天很到面不事个看经过看。"
    off, on = "<!-- dedupe-cn: off -->", "<!-- dedupe-cn: on -->"
    blocks = [one + more, one, off, one, other + more, one, other + more, on, one, other, one + more]
    document = Document("\n\n".join(blocks) + "\n", Kind.MARKDOWN)
    outcome = cleaned(document, "safe", "repeats")
    inside = range(document.text.index(off), document.text.index(on))
    assert outcome.removals
    assert not [removal for removal in outcome.removals if removal.span.start in inside]
