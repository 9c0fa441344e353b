"""Lines and columns of offsets, in any order, at the edges of the pieces that are gone through at a time."""

from __future__ import annotations

import random
from unittest.mock import patch

from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.report import places as module
from dedupe_cn.report.places import Places

TEXTS = st.text(alphabet=st.sampled_from("一二 \n\r"), max_size=30)


def slow(text: str, offset: int) -> tuple[int, int]:
    """Count line ends one by one: LF, CR LF and CR."""
    line, start, at = 1, 0, 0
    while at < offset:
        width = 2 if text.startswith("\r\n", at) else 1
        if text[at] in "\r\n" and at + width <= offset:
            line, start = line + 1, at + width
        at += width
    return line, offset - start + 1


@given(TEXTS, st.integers(1, 5), st.randoms(use_true_random=False))
@budget(300)
def test_places_are_those_that_counting_gives(text: str, size: int, rng: random.Random) -> None:
    offsets = [*range(len(text)), *range(len(text))]
    rng.shuffle(offsets)
    with patch.object(module, "_PIECE", size):
        places = Places(text)
        assert [places.at(offset) for offset in offsets] == [slow(text, offset) for offset in offsets]


def test_lines_longer_than_a_piece_and_many_short_ones() -> None:
    text = "一" * 10_000 + "\n" + "二\n" * 5_000 + "三" * 9_000
    places = Places(text)
    asked = (25_000, 0, 9_999, 10_000, 10_001, 10_003, 19_999, 20_001, len(text) - 1)
    assert [places.at(offset) for offset in asked] == [slow(text, offset) for offset in asked]
