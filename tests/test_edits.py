"""Applying edits, and the map of offsets against one that is kept character by character."""

from __future__ import annotations

import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn import edits as module
from dedupe_cn.edits import OffsetMap, apply, makes
from dedupe_cn.model import Edit

TEXT = "一二三四五六七八九十"
TABLE = {
    "no edit": ((), TEXT),
    "a cut": ((Edit(1, 3),), "一四五六七八九十"),
    "a cut at the beginning": ((Edit(0, 2),), "三四五六七八九十"),
    "a cut at the end": ((Edit(8, 10),), "一二三四五六七八"),
    "two cuts that touch": ((Edit(1, 3), Edit(3, 5)), "一六七八九十"),
    "an insertion": ((Edit(2, 2, "甲"),), "一二甲三四五六七八九十"),
    "an insertion at the end": ((Edit(10, 10, "\n"),), TEXT + "\n"),
    "a longer replacement": ((Edit(2, 3, "甲乙"),), "一二甲乙四五六七八九十"),
    "everything": ((Edit(0, 10, ""),), ""),
}


@pytest.mark.parametrize(("edits", "expected"), TABLE.values(), ids=TABLE)
def test_apply(edits: tuple[Edit, ...], expected: str) -> None:
    assert apply(TEXT, edits) == expected


WRONG = {
    "overlapping": (Edit(0, 3), Edit(2, 4)),
    "out of order": (Edit(4, 5), Edit(1, 2)),
    "ending before they begin": (Edit(4, 2),),
}


@pytest.mark.parametrize("edits", WRONG.values(), ids=WRONG)
def test_edits_that_make_no_sense_are_refused(edits: tuple[Edit, ...]) -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply(TEXT, edits)


@pytest.mark.parametrize("edits", WRONG.values(), ids=WRONG)
def test_edits_that_make_no_sense_make_no_text(edits: tuple[Edit, ...]) -> None:
    assert not makes(TEXT, edits, TEXT)


@st.composite
def rounds(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    """Draw a text and rounds of edits, each on the text that the one before made."""
    text = TEXT * draw(st.integers(1, 3))
    size = len(text)
    result: list[list[Edit]] = []
    for _ in range(draw(st.integers(0, 4))):
        marks = sorted(draw(st.lists(st.integers(0, size), max_size=8)))
        edits: list[Edit] = []
        for start, end in zip(marks[::2], marks[1::2], strict=False):
            if edits and edits[-1].end == start == end:
                continue
            edits.append(Edit(start, end, draw(st.sampled_from(["", "", "甲", "甲乙丙"]))))
        result.append(edits)
        size += sum(len(edit.replacement) - (edit.end - edit.start) for edit in edits)
    return text, result


def slow_round(places: list[tuple[int, int]], end: int, edits: list[Edit]) -> list[tuple[int, int]]:
    """Give where each character of the new text begins and ends in the original.

    Those of a replacement are counted on from the start of what it replaced, but not beyond its end, and its last one
    ends there. ``places`` are those of the text before, and ``end`` is where what follows it begins.
    """
    result: list[tuple[int, int]] = []
    position = 0
    for edit in edits:
        result += places[position : edit.start]
        begin = places[edit.start][0] if edit.start < len(places) else end
        last = places[edit.end - 1][1] if edit.end > edit.start else begin
        replacement = [(min(begin + i, last), min(begin + i + 1, last)) for i in range(len(edit.replacement))]
        result += [*replacement[:-1], (replacement[-1][0], last)] if replacement else []
        position = edit.end
    return result + places[position:]


@given(rounds())
@budget(300)
def test_offsets_are_those_of_a_map_of_every_character(case: tuple[str, list[list[Edit]]]) -> None:
    text, edit_rounds = case
    places = [(i, i + 1) for i in range(len(text))]
    offsets, current = OffsetMap(), text
    for edits in edit_rounds:
        places = slow_round(places, offsets.original(len(current)), edits)
        offsets, current = offsets.after(edits), apply(current, edits)
        assert len(places) == len(current)
        assert [offsets.original(i) for i in range(len(current))] == [start for start, _ in places]
        assert [offsets.original_end(i + 1) for i in range(len(current))] == [end for _, end in places]
    assert offsets.original(len(current)) <= len(text)
    if all(not edit.replacement for edits in edit_rounds for edit in edits):
        assert [text[start] for start, _ in places] == list(current)


@given(rounds(), st.integers(0, 40), st.sampled_from(["", "甲", "一"]))
@budget(200)
def test_only_what_edits_make_is_taken_for_it(case: tuple[str, list[list[Edit]]], at: int, put: str) -> None:
    text, edit_rounds = case
    for edits in edit_rounds[:1]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "_PIECE", 3)
            made = apply(text, edits)
            assert makes(text, edits, made)
            other = made[:at] + put + made[at + 1 :]
            assert makes(text, edits, other) == (other == made)


@given(rounds())
@budget(100)
def test_a_huge_text_is_edited_as_a_small_one(case: tuple[str, list[list[Edit]]]) -> None:
    text, edit_rounds = case
    for edits in edit_rounds[:1]:
        with pytest.MonkeyPatch.context() as patch:
            whole = apply(text, edits)
            patch.setattr(module, "_HUGE", 4)
            assert apply(text, edits) == whole


def test_an_empty_text_has_a_map() -> None:
    offsets = OffsetMap().after([Edit(0, 0, "甲")])
    assert offsets.original(0) == 0
    assert OffsetMap().original_end(0) == 0


def test_the_map_grows_with_the_edits_and_not_with_the_text() -> None:
    offsets = OffsetMap().after([Edit(1_000_000, 2_000_000), Edit(5_000_000, 5_000_001, "甲")])
    assert len(offsets.starts) <= 5
    assert offsets.original(999_999) == 999_999
    assert offsets.original(1_000_000) == 2_000_000
    assert offsets.original(4_000_001) == 5_000_001
