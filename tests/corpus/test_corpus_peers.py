"""The exact answer and the scores of the benchmark of the corpus command, against the definition."""

from __future__ import annotations

import random

import numpy as np
import pytest
from corpora import making
from corpora.exact import SHINGLE, Pairs, similar_pairs
from corpora.scoring import score

_LINES = [
    "守林的老人把去年的旧账抄了一遍，又在每一页的背面写下当天的雨水和风向，留给后来住在这里的人看。",
    "渡口的石阶让水磨得很光，赶集的人下船时总要扶着栏杆，背篓里的豆腐还冒着热气，孩子跟在后面数台阶。",
    "会计把算盘推到一边，先问清楚灯油是哪一天领的，再问是谁签的字，最后才肯在本子上添一行新的数目。",
    "河堤修到第三段的时候下了一场大雨，民工们把草席盖在新土上，夜里轮流起来看水，谁也不敢睡得太沉。",
]


def similarity(one: str, other: str) -> float:
    sets = [{text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)} for text in (one, other)]
    return len(sets[0] & sets[1]) / max(1, len(sets[0] | sets[1]))


@pytest.mark.parametrize("kind", ["laws", "short"])
def test_the_pairs_are_those_of_the_definition(kind: str) -> None:
    make = {"laws": making.laws, "short": making.short}[kind]
    documents = [*make(["\n".join(_LINES * 5)], 60, random.Random(4)), "短", ""]
    found = similar_pairs(documents, 0.8)
    true = {
        (i, j): similarity(documents[i], documents[j])
        for j in range(len(documents))
        for i in range(j)
        if similarity(documents[i], documents[j]) >= 0.8
    }
    pairs = zip(found.first.tolist(), found.second.tolist(), strict=True)
    assert dict(zip(pairs, found.score.tolist(), strict=True)) == pytest.approx(true)
    assert len(true) > 10
    assert found.documents == 62


def test_scores_count_what_was_wrong_and_what_was_missed() -> None:
    first, second = np.array([0, 0, 1, 5]), np.array([1, 2, 2, 6])
    pairs = Pairs(first, second, np.ones(4), 8)
    assert score(pairs, 8, {1, 2, 6}) == (3, 1.0, 1.0)
    assert score(pairs, 8, {0, 1, 2}) == (3, 0.0, 0.0)
    assert score(pairs, 8, {1, 7}) == (2, 0.5, 1 / 3)
    assert score(pairs, 3, {1, 2}).f1 == 1.0
