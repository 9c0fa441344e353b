"""Pairs of paragraphs are found at all lengths: also where a short one is like one that is no longer called short."""

from __future__ import annotations

import random

import numpy as np
import pytest
from rapidfuzz import fuzz

from dedupe_cn.model import Kind
from dedupe_cn.repeats import near
from dedupe_cn.repeats.near import FEW, NEAR, near_pairs
from dedupe_cn.repeats.seeds import hashes_of_mixed, sampled
from dedupe_cn.text.joint import Joint
from dedupe_cn.text.segments import layout

_RNG = random.Random(4)


def line(length: int) -> str:
    return "".join(chr(_RNG.randrange(0x4E00, 0x9F00)) for _ in range(length))


#: Lines of all lengths, each with a copy whose end is missing: as much as leaves them alike at 0.8.
LINES = [text for length in range(20, 140) for whole in [line(length)] for text in (whole, whole[: length * 3 // 4])]
OTHERS = [line(30) for _ in range(FEW)]


@pytest.mark.parametrize("threshold", [0.8, 0.88, 0.95])
@pytest.mark.parametrize("others", [[], OTHERS], ids=["few short ones", "many short ones"])
def test_pairs_of_all_lengths_are_found(threshold: float, others: list[str]) -> None:
    here = layout("\n\n".join([*LINES, *others]), Kind.MARKDOWN)
    texts = [here.block_text(index) for index in range(here.starts.size)]
    alike = {
        (one, one + 1) for one in range(0, len(LINES), 2) if fuzz.ratio(texts[one], texts[one + 1]) >= 100 * threshold
    }
    assert (len(alike) > 100) == (threshold == 0.8)
    found = near_pairs(here, threshold)
    assert {(pair.earlier, pair.later) for pair in found} == alike
    assert all(pair.ratio == fuzz.ratio(texts[pair.earlier], texts[pair.later]) / 100 for pair in found)


def test_lengths_of_other_documents_do_not_count() -> None:
    """Of three documents the middle one holds no two paragraphs of a like length, but each of one of its neighbours."""
    alone = [LINES[0], LINES[60], LINES[120]]
    texts = ["\n\n".join(lines) for lines in (LINES[:8], alone, LINES[4:8] + alone)]
    joint = Joint(texts, Kind.MARKDOWN)
    found = [(pair.earlier, pair.later) for pair in near_pairs(joint.layout, 0.8)]
    first, second = [[(p.earlier, p.later) for p in near_pairs(joint.document(n), 0.8)] for n in (0, 2)]
    assert len(first) == 4
    assert len(second) == 2
    assert found == [*first, *((one + 11, other + 11) for one, other in second)]


@pytest.mark.parametrize("piece", [1, 3, 9, 10, 40, 1000])
def test_the_bare_form_is_sampled_alike_in_pieces_of_any_size(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "PIECE", piece)
    rng = np.random.default_rng(piece)
    codes = rng.choice(np.array([0x4E00, 0x4E01, 0x5000, 0x3002, 0x41, 0x61, 0x20000], np.uint32), 300)
    for passages in ([(0, 300)], [(5, 40), (40, 41), (60, 260), (299, 300)], [(0, 9), (250, 270)], []):
        found = list(near._bare_samples(codes, np.array(passages, np.int64).ravel()))
        inside = np.zeros(codes.size, dtype=bool)
        for start, end in passages:
            inside[start:end] = True
        bare = near._bare_table().take(codes, mode="clip")
        places = np.flatnonzero(inside & (bare != 0))
        positions, hashes = sampled(hashes_of_mixed(bare[places], NEAR.s), NEAR)
        assert (positions.size > 40) == (len(passages) == 1 or len(passages) == 4)
        assert [place for some, _ in found for place in some.tolist()] == places[positions].tolist()
        assert [one for _, some in found for one in some.tolist()] == hashes.tolist()
