"""What stays is named, however much went: also where the search for it is given up."""

from __future__ import annotations

import random
from collections.abc import Mapping
from unittest.mock import patch

import pytest

from dedupe_cn import clean, kept
from dedupe_cn.errors import LawError
from dedupe_cn.model import Outcome

SAID = (
    "镇口的老槐树下坐着三个下棋的人，",
    "雨停以后河水涨到了第二级台阶，",
    "他把灯笼挂在船头，",
)


def in_any_order(seed: int, sentences: int) -> str:
    """Give sentences of three kinds in any order and on any line: most goes, in several passes."""
    rng = random.Random(seed)
    return "".join(rng.choice(SAID) + rng.choice(["", "", "\n", "\n\n"]) for _ in range(sentences))


#: In this one copies go that were kept before.
TEXT = in_any_order(19, 80)


def cleaned(searched: int, grams: Mapping[int, int]) -> Outcome:
    with patch.object(kept, "_SEARCHED", searched), patch.object(kept, "_GRAMS", grams):
        return clean(TEXT, "aggressive")


def test_a_part_of_what_stays_is_named_where_nothing_is_searched_any_more() -> None:
    with pytest.raises(LawError):  # so the text is one in which it matters
        cleaned(0, {})
    found, searched = cleaned(0, kept._GRAMS), cleaned(kept._SEARCHED, kept._GRAMS)
    assert found.text == searched.text
    assert [removal.span for removal in found.applied] == [removal.span for removal in searched.applied]
    cut = {place for edit in found.edits for place in range(edit.start, edit.end)}
    for removal in found.applied:
        passage = range(removal.kept.start, removal.kept.end)
        left = "".join(found.original[place] for place in passage if place not in cut).split()
        assert left
        assert all(line in found.text for line in left)


def test_long_texts_of_few_sentences_name_what_stays() -> None:
    """Where the copy that was kept went later, what stays is named."""
    outcome = clean(in_any_order(7, 900), "aggressive")
    assert len(outcome.applied) >= 50
    assert clean(outcome.text, "aggressive").text == outcome.text
