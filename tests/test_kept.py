"""What stays is named, however much went: also where the search for it is given up."""

from __future__ import annotations

import random
from collections.abc import Mapping
from unittest.mock import patch

import pytest

from dedupe_cn import clean, kept
from dedupe_cn.errors import LawError
from dedupe_cn.model import Outcome

#: Short lines of eight kinds in any order: most goes, in several passes, and with it copies that were kept before.
_RNG = random.Random(0)
TEXT = "".join(f"[a]: b\n{_RNG.choice('甲乙丙丁戊己庚辛')}" for _ in range(2500))


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


def test_long_texts_of_few_lines_name_what_stays() -> None:
    """The search alone was given up in this one: most of three thousand lines go."""
    rng = random.Random(0)
    text = "".join(f"[a]: b\n{rng.choice('甲乙丙丁戊己庚辛')}" for _ in range(3000))
    outcome = clean(text, "aggressive")
    assert len(outcome.applied) > 300
    assert clean(outcome.text, "aggressive").text == outcome.text
