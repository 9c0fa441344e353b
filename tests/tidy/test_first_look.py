"""What is left out because it can find nothing finds nothing: held against the way on which nothing is left out."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import patch

import numpy as np
import pytest
from budget import budget
from hypothesis import example, given
from hypothesis import strategies as st
from mutated import mutated
from tidying import DEFAULT, KINDS, TEXT, readers, tidied

import dedupe_cn.tidy
from dedupe_cn import pipeline, work
from dedupe_cn.model import Document, Edit, Kind
from dedupe_cn.settings import EOLS, TIDY_DEFAULT, Settings
from dedupe_cn.text.odd import ALL
from dedupe_cn.tidy import tidy
from dedupe_cn.tidy.blank_lines import blank_lines
from dedupe_cn.tidy.first_look import idle_rules
from dedupe_cn.tidy.line_ends import final_newline, line_ends
from dedupe_cn.tidy.trailing_space import trailing_space
from dedupe_cn.tidy.zones import Spare, Zones

assert np  # with NumPy loaded a text is looked at for all odd characters at once
Changes = tuple[str, list[list[Edit]]]

#: Lines and ends of lines: what the rules of layout work on, and what they have to leave alone.
LINES = (
    *("", "", " ", "　", "  ", "\t", "甲", "甲。 ", "甲  ", "甲\\ ", "乙"),
    *("    码", "\t码  ", "　　丙", "　 丁。", "# 题  ", "\x0b", "\x0c甲"),
)
STARTS = ("---", "+++ ", "```", "~~~  ", "- ```", "> 引 ", "<div> ", "</div>", "<!--", "-->", "$$", "| 甲 | ")
SPOILT = ("\ufeff", "\x00", "\x00 ", "\ufeff---", "\x00```")
LAYOUTS = st.lists(
    st.tuples(st.sampled_from((*LINES, *LINES, *STARTS, *SPOILT)), st.sampled_from(("\n",) * 9 + ("\r\n", "\r", ""))),
    max_size=12,
).map(lambda lines: "".join(line + end for line, end in lines))
RULES = st.sets(st.sampled_from(TIDY_DEFAULT)).map(frozenset) | st.just(DEFAULT)


def nothing_left_out(
    text: str,
    kind: Kind,
    rules: frozenset[str],
    eol: str,
    zones: Callable[[str], Zones],
    spare: Callable[[str, list[Edit]], list[Edit]] | None,
) -> Changes:
    """Tidy without any look in front: every rule searches every text, until a whole round changes nothing."""
    with patch.multiple(
        dedupe_cn.tidy,
        idle_rules=lambda text, eol, ragged: frozenset(),
        _is_settled=lambda text, rules: False,
        _may_touch_blocks=lambda text, kind, spare, end: spare is not Spare.NOTHING,
    ):
        return tidy(text, kind, rules, eol, zones, spare)


def some(text: str, edits: list[Edit]) -> list[Edit]:
    """Stand for marks: drop some edits, the same ones whenever a text is the same there."""
    return [edit for edit in edits if (len(text[edit.start - 5 : edit.start].strip()) + edit.start) % 3]


@pytest.mark.parametrize("kind", KINDS)
@given(text=LAYOUTS | mutated(), rules=RULES, eol=st.sampled_from(EOLS), marked=st.booleans())
@example(text="甲\n\n  ", rules=frozenset({"blank-lines", "final-newline"}), eol="keep", marked=False)
@example(text="甲\\ \n\n \n乙", rules=DEFAULT, eol="keep", marked=True)
@budget(400)
def test_what_is_left_out_changes_nothing(kind: Kind, text: str, rules: frozenset[str], eol: str, marked: bool) -> None:
    spare = some if marked else None
    for zones in readers(kind):
        assert tidy(text, kind, rules, eol, zones, spare) == nothing_left_out(text, kind, rules, eol, zones, spare)


@pytest.mark.parametrize("kind", KINDS)
@given(text=LAYOUTS | mutated(), eol=st.sampled_from(EOLS))
@budget(300)
def test_idle_rules_find_nothing(kind: Kind, text: str, eol: str) -> None:
    edits = [*line_ends(text, eol), *trailing_space(text, kind), *blank_lines(text, kind), *final_newline(text, eol)]
    assert not idle_rules(text, eol).intersection(edit.rule for edit in edits)


@given(text=LAYOUTS)
@budget(100)
def test_rules_are_idle_in_a_tidy_text(text: str) -> None:
    text = text.translate(dict.fromkeys(map(ord, "\r|\t`")))  # records keep the blanks of their last fields
    clean = tidied(text, kind=TEXT)
    assert not clean or idle_rules(clean, "keep") == {"line-ends", "trailing-space", "blank-lines", "final-newline"}


@given(text=mutated(), kind=st.sampled_from(KINDS), eol=st.sampled_from(EOLS))
@example(text="甲\n\ufeff乙\x00\n", kind=TEXT, eol="keep")
@budget(60)
def test_rules_without_their_characters_are_not_missed(text: str, kind: Kind, eol: str) -> None:
    document, settings = Document(text, kind), Settings(eol=eol)
    with patch.object(work, "odd_sorts", lambda text: ALL):
        wanted = pipeline.clean(document, settings)
    assert pipeline.clean(document, settings) == wanted
