"""Short paragraphs are compared each with each: none is missed at any threshold."""

from __future__ import annotations

import random

import pytest
from rapidfuzz import fuzz

from dedupe_cn.model import Kind
from dedupe_cn.repeats.short_pairs import alike_short_pairs
from dedupe_cn.text.segments import layout


@pytest.mark.parametrize("threshold", [0.8, 0.859, 0.88, 0.9, 0.95])
def test_no_pair_that_reaches_the_threshold_is_left_out(threshold: float) -> None:
    rng = random.Random(9)
    lines: list[str] = []
    for length in [*range(15, 63), *range(39, 47)]:
        line = [chr(rng.randrange(0x4E00, 0x9F00)) for _ in range(length)]
        lines.append("".join(line))
        for place in rng.sample(range(length), max(1, round(length * (1 - threshold) / 2))):
            line[place] = chr(rng.randrange(0x4E00, 0x9F00))  # evenly spread, so that few grams stay whole
        lines.append("".join(line))
    here = layout("\n\n".join(lines), Kind.MARKDOWN)
    every = here.prose.nonzero()[0]
    assert every.size == len(lines)
    texts = [here.block_text(index) for index in every.tolist()]
    alike = {
        (one, other)
        for one in range(len(texts))
        for other in range(one + 1, len(texts))
        if fuzz.ratio(texts[one], texts[other]) >= 100 * threshold
    }
    assert len(alike) > 20
    assert alike <= {tuple(pair) for pair in alike_short_pairs(here, every, threshold).tolist()}
