"""Reading marks, and what they cover."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

from dedupe_cn.directives.mark_mention import mentions_marks
from dedupe_cn.directives.mark_reach import reach
from dedupe_cn.directives.marks import EVERY, read_marks
from dedupe_cn.model import Kind
from dedupe_cn.settings import REPEAT_RULES, TIDY_DEFAULT

#: what is written -> word and rules; None: no mark.
WRITTEN: dict[str, tuple[str, frozenset[str]] | None] = {
    "<!-- dedupe-cn: off -->": ("off", EVERY),
    "<!--dedupe-cn:off-->": ("off", EVERY),
    "<!-- DEDUPE-CN: OFF -->": ("off", EVERY),
    "<!-- dedupe-cn off -->": ("off", EVERY),
    "<!--\n  dedupe-cn: off\n-->": ("off", EVERY),
    "<!-- dedupe-cn: off all -->": ("off", EVERY),
    "<!-- dedupe-cn: off tandem -->": ("off", frozenset({"tandem"})),
    "<!-- dedupe-cn: off tandem,bom -->": ("off", frozenset({"tandem", "bom"})),
    "<!-- dedupe-cn: off tandem ; full-width -->": ("off", frozenset({"tandem", "full-width"})),
    "<!-- dedupe-cn: on tidy -->": ("on", frozenset(TIDY_DEFAULT)),
    "<!-- dedupe-cn: ignore-next repeats -->": ("ignore-next", frozenset(REPEAT_RULES)),
    "<!-- dedupe-cn: ignore-file -->": ("ignore-file", EVERY),
    "{/* dedupe-cn: off */}": ("off", EVERY),
    "{/*dedupe-cn: ignore-next tandem*/}": ("ignore-next", frozenset({"tandem"})),
    # as a Chinese input method writes it
    "<!-- dedupe-cn：off -->": ("off", EVERY),
    "<!--　dedupe-cn：　off　tandem，bom　-->": ("off", frozenset({"tandem", "bom"})),
    "<!-- dedupe-cn：off tandem、bom -->": ("off", frozenset({"tandem", "bom"})),
    "<!-- dedupe-cn：ｏｆｆ -->": ("off", EVERY),
    "《！-- dedupe-cn：off --》": ("off", EVERY),
    "<！-- dedupe-cn：off tandem，repeated-block --＞": ("off", frozenset({"tandem", "repeated-block"})),
    "<!—— dedupe-cn：on ——>": ("on", EVERY),
    "｛/＊ dedupe-cn：off ＊/｝": ("off", EVERY),
    # in doubt it protects
    "<!-- dedupe-cn: off tandme -->": ("off", EVERY),
    "<!-- dedupe-cn: ignore-next tandem, of -->": ("ignore-next", EVERY),
    "<!-- dedupe-cn: on tandme -->": ("on", frozenset()),
    # no marks
    "<!-- dedupe-cn: of -->": None,
    "<!-- dedupe-cn -->": None,
    "<!-- dedupe-cn is a program -->": None,
    "<!-- dedupe-cn：-->": None,
    "<!-- my-dedupe-cn: off -->": None,
    "dedupe-cn: off": None,
    "// dedupe-cn: off": None,
    "<!-- dedupe-cn: off */}": None,
    "{/* dedupe-cn: off -->": None,
}


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(("written", "meant"), WRITTEN.items(), ids=map(ascii, WRITTEN))
def test_what_is_a_mark(written: str, meant: tuple[str, frozenset[str]] | None, kind: Kind) -> None:
    for text in (written, f"一段话。\n\n{written}\n\n另一段。\n", f"一段话{written}又一段。"):
        assert mentions_marks(text)
        marks = read_marks(text, kind).marks
        assert [(mark.word, mark.rules) for mark in marks] == ([meant] if meant else [])
        assert [text[mark.span.start : mark.span.end] for mark in marks] == ([written] if meant else [])


#: what is written -> what is said about it
WRONG = {
    "<!-- dedupe-cn: of -->": ["'of' is unknown; did you mean off?"],
    "<!-- dedupe-cn: ignore_next -->": ["'ignore_next' is unknown; did you mean ignore-next?"],
    "<!-- dedupe-cn: 关 -->": ["'关' is unknown; use off, on, ignore-next or ignore-file"],
    "<!-- dedupe-cn: off tandme, blank-line -->": [
        "rule 'tandme' is unknown; did you mean tandem?",
        "rule 'blank-line' is unknown; did you mean blank-lines?",
    ],
    "<!-- dedupe-cn: off 歌词 -->": ["rule '歌词' is unknown; see 'dedupe-cn rules'"],
    "<!-- dedupe-cn: off": ["this mark is no whole comment, so it does nothing"],
    "{/* dedupe-cn: off -->": ["this mark is no whole comment, so it does nothing"],
    "<!-- dedupe-cn: off -->": [],
    "<!-- dedupe-cn is a program -->": [],
    "`<!-- dedupe-cn: of -->`": [],
}


@pytest.mark.parametrize(("written", "said"), WRONG.items(), ids=map(ascii, WRONG))
def test_what_is_wrong_with_a_mark_is_said_with_its_place(written: str, said: list[str]) -> None:
    problems = read_marks(f"一段话。\n{written}", Kind.TEXT).problems
    assert [problem.why.words("en") for problem in problems if problem.why] == said
    assert {problem.rule for problem in problems} <= {"unknown-mark"}
    assert {problem.start for problem in problems} <= {5}


OFF = "<!-- dedupe-cn: off -->"
#: Markdown -> how many marks it holds
IN_CODE = {
    f"```\n{OFF}\n```\n": 0,
    f"~~~~html\n{OFF}\n~~~~\n": 0,
    f"    {OFF}\n": 0,
    f"$$\n{OFF}\n$$\n": 0,
    f"---\na: '{OFF}'\n---\n": 0,
    f"写 `{OFF}` 即可。\n": 0,
    f"写 ``{OFF}`` 和 {OFF} 即可。\n": 1,
    f"写 \\`{OFF} 即可。\n": 1,
    f"1. 写\n\n   ```\n   {OFF}\n   ```\n": 0,
    f"- 写 `{OFF}`\n- {OFF}\n": 1,
    f"> ```\n> {OFF}\n> ```\n> {OFF}\n": 1,
    f"---\na: 1\n---\n{OFF}\n": 1,
    f"一段 `话\n{OFF}\n又一段` 话。\n": 1,  # a comment at the head of a line comes before code in a line
    f"<div>\n{OFF}\n</div>\n": 1,
    f"   {OFF}\n": 1,
}


@pytest.mark.parametrize(("text", "count"), IN_CODE.items())
def test_a_mark_in_code_is_none(text: str, count: int) -> None:
    assert len(read_marks(text, Kind.MARKDOWN).marks) == count


def covered(text: str, rule: str = "tandem", kind: Kind = Kind.MARKDOWN) -> list[str]:
    """Give the text of the stretches in which a rule is off."""
    return [text[s.start : s.end] for s in reach(text, kind).overlapping(rule, 0, len(text) + 1)]


NEXT = "<!-- dedupe-cn: ignore-next -->"
ON = "<!-- dedupe-cn: on -->"


def test_a_stretch_is_whole_lines_from_off_to_on() -> None:
    assert covered(f"甲\n\n {OFF} \n\n乙\n\n丙 {ON} 丁\n\n戊\n") == [f" {OFF} \n\n乙\n\n丙 {ON} 丁"]
    assert covered(f"甲\r\n{OFF}\r\n乙\r\n{ON}\r\n丙\r\n") == [f"{OFF}\r\n乙\r\n{ON}"]
    assert covered(f"甲 {OFF} 乙 {ON} 丙\n丁\n") == [f"甲 {OFF} 乙 {ON} 丙"]


def test_what_nothing_closes_holds_to_the_end() -> None:
    assert covered(f"甲\n\n{OFF}\n\n乙\n\n丙") == [f"{OFF}\n\n乙\n\n丙"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"{NEXT}\n甲\n乙\n\n丙\n", f"{NEXT}\n甲\n乙"),
        (f"{NEXT}\n\n# 甲\n\n丙\n", f"{NEXT}\n\n# 甲"),
        (f"{NEXT}\n\n- 甲\n\n- 乙\n\n丙\n", f"{NEXT}\n\n- 甲\n\n- 乙"),
        (f"{NEXT}\n<!-- 别的注释 -->\n\n{NEXT}\n\n甲\n\n丙\n", f"{NEXT}\n<!-- 别的注释 -->\n\n{NEXT}\n\n甲"),
        (f"甲 {NEXT} 乙\n丙\n\n丁\n", f"甲 {NEXT} 乙\n丙"),
        (f"甲 {NEXT}\n\n乙\n\n丙\n", f"甲 {NEXT}\n\n乙"),
        ("{/* dedupe-cn: ignore-next */}\n甲\n\n乙\n", "{/* dedupe-cn: ignore-next */}\n甲"),
    ],
)
def test_ignore_next_covers_the_next_block(text: str, wanted: str) -> None:
    assert covered(text) == [wanted]


def test_ignore_next_covers_a_line_or_a_stanza_of_plain_text() -> None:
    stanza = "采呀采，莫停手，\n一片叶子一片愁，\n采呀采，莫停手，\n一片叶子一片愁，"
    assert covered(f"{NEXT}\n甲\n乙\n", kind=Kind.TEXT) == [f"{NEXT}\n甲"]
    assert covered(f"{NEXT}\n{stanza}\n\n乙\n", kind=Kind.TEXT) == [f"{NEXT}\n{stanza}"]


def test_nothing_stands_behind_ignore_next() -> None:
    assert covered(f"甲\n\n{NEXT}\n") == []
    assert covered(f"甲\n\n{NEXT}\n\n<!-- 注 -->\n") == []


def test_each_rule_has_its_own_stretches() -> None:
    text = "<!-- dedupe-cn: off tandem,bom -->\n甲\n<!-- dedupe-cn: on bom -->\n乙\n<!-- dedupe-cn: on -->\n丙\n"
    assert [part[-3:] for part in covered(text, "bom")] == ["-->"]
    assert "乙" not in covered(text, "bom")[0]
    assert "乙" in covered(text, "tandem")[0]
    assert covered(text, "near-duplicate") == []


def test_many_marks_cost_little_more_than_few() -> None:
    """Linear: the number of stretches, not its square, is what is worked on (a square would take hours)."""
    text = f"{NEXT}\n甲甲甲\n{OFF}\n乙 {NEXT}\n{NEXT}\n{ON}\n" * 3000 + f"{NEXT}\n" * 9000
    for kind in Kind:
        here = reach(text, kind)
        assert len(here.marks) == 24000
        assert len(list(here.overlapping("tandem", 0, len(text)))) == 6000


@pytest.mark.parametrize("name", ["marks", "mark_mention"])
def test_examples(name: str) -> None:
    result = doctest.testmod(import_module(f"dedupe_cn.directives.{name}"))
    assert result.attempted
    assert result.failed == 0
