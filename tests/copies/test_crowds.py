"""Where everything is like everything, few chains are lined up over one place, and nothing goes for that."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from dedupe_cn import clean, kernel
from dedupe_cn.copies.find import find_copies
from dedupe_cn.copies.reader import Reader
from dedupe_cn.kernel.reference import ends, finder
from dedupe_cn.model import Kind
from dedupe_cn.text.segments import layout

CODES = "".join(Random(11).choices("松竹梅兰荷菊桃李", k=900))
#: Words of one kind behind each other, of which each is like each: 900 of 6 characters.
ALIKE = "".join(f"tree/{code}" for code in CODES) + "\n"
SIGNS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"


def near_ones(seed: int, count: int) -> str:
    """Give paragraphs that differ in a character here and there; some stand again elsewhere."""
    rng = Random(seed)
    said = ["".join(rng.choices(SIGNS, k=rng.randint(6, 22))) for _ in range(rng.randint(3, 6))]
    rows = [
        "，".join("".join(sign if rng.random() > 0.05 else rng.choice(SIGNS) for sign in part) for part in said) + "。"
        for _ in range(count)
    ]
    for _ in range(3):
        at, size, there = rng.randrange(count), rng.randint(1, 3), rng.randrange(count)
        rows[there:there] = rows[at : at + size]
    return "\n\n".join(rows) + "\n"


def test_few_copies_reach_over_one_place() -> None:
    reader = Reader(layout(ALIKE, Kind.TEXT))
    times = np.zeros(reader.size, np.int64)
    for copy in find_copies(reader):
        times[slice(*(copy.reach or (copy.kept, copy.removed))[1])] += 1
    assert 0 < times.max() <= 2 * ends._CROWD
    assert any(reader.hidden)


@pytest.mark.parametrize(("seed", "count"), [(7, 20), (15, 40), (22, 40)])
def test_nothing_goes_because_something_was_left_out(seed: int, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = near_ones(seed, count)
    left = clean(text, "standard", kind="text").text
    monkeypatch.setattr(kernel, "align_chains", finder.align_chains)
    monkeypatch.setattr(ends, "_CROWD", 200)
    rest = iter(left)
    assert all(sign in rest for sign in clean(text, "standard", kind="text").text)
