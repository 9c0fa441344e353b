"""What holds for every rule and every text."""

from __future__ import annotations

import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st
from tidying import DEFAULT, KINDS, MARKDOWN, TEXT, blocks_for, fences, no_zones, readers, tidied

from dedupe_cn.edits import apply
from dedupe_cn.model import Edit, Kind
from dedupe_cn.settings import EOLS, TIDY_DEFAULT, TIDY_ON_REQUEST
from dedupe_cn.text.characters import squash
from dedupe_cn.tidy import tidy

#: Repairs of misread text have their own laws.
RULES = tuple(rule for rule in TIDY_DEFAULT + TIDY_ON_REQUEST if rule != "mojibake")

PIECES = (
    *"中文一。，“”aZ1 \t\n\r　\xa0\u2003\u200b\u200d\u200e\ufeff\x00\x0c\x85\u2028&;#>-*`~|<.)\\",
    *"Ａ１ｍ👩é\u0301\uf900\u2f08",
    *("\n\n", "\r\n", "  \n", "    ", "　　", "```\n", "~~~", "---\n", "- ", "<div>", "&nbsp;", "&amp;", "lt;"),
    *("&#65345;", "&#8203;", "&#10;", "第一章 ", "文章。\n", "\t文章。\n", "> ", "# ", "| 甲 |", "x = 1\n"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=20)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rule", RULES)
@given(text=TEXTS)
@budget(60)
def test_each_rule_is_idempotent(rule: str, kind: Kind, text: str) -> None:
    once = tidied(text, rule, kind=kind)
    assert tidied(once, rule, kind=kind) == once


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("eol", EOLS)
@given(text=TEXTS)
@budget(150)
def test_tidying_is_idempotent(eol: str, kind: Kind, text: str) -> None:
    for zones in readers(kind):
        for rules in (TIDY_DEFAULT, RULES):
            once = tidied(text, *rules, kind=kind, eol=eol, zones=zones)
            assert tidied(once, *rules, kind=kind, eol=eol, zones=zones) == once


@pytest.mark.parametrize("kind", KINDS)
@given(text=TEXTS, eol=st.sampled_from(EOLS))
@budget(150)
def test_the_default_rules_keep_the_exact_form(kind: Kind, text: str, eol: str) -> None:
    for zones in readers(kind):
        assert squash(tidied(text, kind=kind, eol=eol, zones=zones)) == squash(text)


@pytest.mark.parametrize("kind", KINDS)
@given(text=TEXTS, eol=st.sampled_from(EOLS))
@budget(100)
def test_the_edits_make_the_text(kind: Kind, text: str, eol: str) -> None:
    result, changes = tidy(text, kind, frozenset(RULES), eol, blocks_for(kind))
    here = text
    for edits in changes:
        assert edits
        after = apply(here, edits)
        assert after != here
        assert all(here[e.start : e.end] != e.replacement and e.rule in RULES for e in edits)
        here = after
    assert here == result


@given(before=TEXTS, after=TEXTS)
@budget(100)
def test_code_stays_as_it_is(before: str, after: str) -> None:
    code = "```\na \x00\t\n\n\n\ufeff&nbsp;Ａ中 文\u200b\n```"
    prose = [part.replace("`", "").replace("\r", "") for part in (before, after)]
    text = f"{prose[0]}\n\n{code}\n\n{prose[1]}"
    assert code in tidied(text, *RULES, kind=MARKDOWN)


@given(text=TEXTS)
@budget(100)
def test_a_tidy_text_has_one_newline_at_its_end_and_no_white_space_before(text: str) -> None:
    result = tidied(text.translate(dict.fromkeys(map(ord, "`|\t"))))  # records keep the blanks of their last fields
    assert result == "" or (result[-1] in "\r\n" and not result.removesuffix("\n").removesuffix("\r")[-1].isspace())


CLEAN = {
    "Chinese": "第一章\n\n　　文章。\n　　文章。\n",
    "CR LF": "文章。\r\n\r\n文章。\r\n",
    "Markdown": "# 题\n\n文章。  \n文章。\n\n- 甲\n  - 乙\n",
    "nothing": "",
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_nobody_reads_the_blocks_of_a_clean_text(text: str, kind: Kind) -> None:
    text = text.replace("  \n", "\n") if kind is TEXT else text
    if kind is MARKDOWN or "\n  -" not in text:
        assert tidy(text, kind, DEFAULT, "keep", no_zones) == (text, [])


def test_every_change_is_in_offsets_of_the_text_before_it() -> None:
    _, changes = tidy("\ufeff一 \r\n二\n三", TEXT, DEFAULT, "keep", fences)
    assert changes == [
        [Edit(0, 1, "", "bom")],
        [Edit(2, 4, "\n", "line-ends")],
        [Edit(1, 2, "", "trailing-space")],
        [Edit(5, 5, "\n", "final-newline")],
    ]


def test_a_rule_may_make_work_for_an_earlier_one() -> None:
    # Without its NUL the line is a fence, and what stands below is code for the rules that follow.
    assert tidied("\x00```\na \n```\n", kind=MARKDOWN) == "```\na \n```\n"
