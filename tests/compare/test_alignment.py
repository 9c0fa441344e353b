"""Where two copies differ: what is lined up must be all of both, and what is missing must hold together."""

from __future__ import annotations

from itertools import pairwise

from budget import budget
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from dedupe_cn.compare.additions import find_additions
from dedupe_cn.compare.alignment import find_places, similarity
from dedupe_cn.compare.differences import compare
from dedupe_cn.compare.passages import Place, read_passage

_TEXTS = st.text(alphabet="天夭大不三，。、aB1 \n国國", max_size=60)
_WORDS = st.lists(
    st.sampled_from(
        [
            "磨坊建在溪水转弯的地方",
            "水轮从早到晚吱呀地响",
            "面粉装在布袋里码到梁上",
            "赶集的人顺路来换豆子",
            "老板娘把秤擦得发亮",
            "孩子们在晒场上追一只花狗",
            "天黑以后只剩下水声",
            "山那边的亲戚捎来了口信",
            "过路的货郎在廊下歇脚",
            "磨盘要隔些日子凿一回",
        ]
    ),
    min_size=5,
    max_size=9,
    unique=True,
)


@given(_TEXTS, _TEXTS)
@budget(300)
def test_places_cover_both_copies(one: str, other: str) -> None:
    first, second = read_passage(one), read_passage(other)
    differing, common = find_places(first, second)
    settled, whole = find_additions(first, second, differing)
    for places in (differing, settled):
        ordered = sorted([*places, *([] if places is settled else common)])
        for left, right in pairwise(ordered):
            assert (left.a_end, left.b_end) <= (right.a, right.b)
    covered = sorted([*differing, *common])
    sizes = len(first.exact), len(second.exact)
    edges = [Place(0, 0, 0, 0), *covered, Place(sizes[0], sizes[0], sizes[1], sizes[1])]
    assert all(left[1::2] == right[::2] for left, right in pairwise(edges))
    assert all(first.folded[p.a : p.a_end] == second.folded[p.b : p.b_end] for p in common)
    assert set(whole) <= set(settled)
    # What lies between settled places is still equal when folded.
    edges = [Place(0, 0, 0, 0), *settled, edges[-1]]
    for left, right in pairwise(edges):
        assert first.folded[left.a_end : right.a] == second.folded[left.b_end : right.b]


@given(_TEXTS, _TEXTS)
@budget(300)
def test_the_similarity_is_that_of_rapidfuzz(one: str, other: str) -> None:
    first, second = read_passage(one), read_passage(other)
    _, common = find_places(first, second)
    assert similarity(first.exact, second.exact, common) == Indel.normalized_similarity(first.exact, second.exact)


@given(_WORDS, st.data())
@budget(150)
def test_a_missing_sentence_is_found_as_one(words: list[str], data: st.DataObject) -> None:
    sentences = [f"{word}。" for word in words]
    at = data.draw(st.integers(0, len(sentences) - 1))
    breaks = data.draw(st.sampled_from(["", "\n", "\n\n"]))
    full = breaks.join(sentences)
    less = breaks.join(sentences[:at] + sentences[at + 1 :])
    noisy = less.replace("。", data.draw(st.sampled_from(["。", "."])))
    comparison = compare(noisy, full)
    assert (comparison.likeness, comparison.better) == ("contained", "kept")
    assert sentences[at] in {d.kept for d in comparison.differences}


@given(_WORDS, st.data())
@budget(150)
def test_a_copy_that_breaks_off_anywhere_is_contained(words: list[str], data: st.DataObject) -> None:
    full = "。".join(words) + "。"
    at = data.draw(st.integers(12, len(full) - 10))
    for less in (full[:at], full[at:]):
        if len(less) >= 10:
            comparison = compare(full, less)
            assert (comparison.likeness, comparison.better, len(comparison.differences)) == ("contained", "removed", 1)


def test_two_pages_that_differ_in_ten_places() -> None:
    page = "".join(chr(0x4E00 + i * 7919 % 6000) + ("，" if i % 9 == 8 else "") for i in range(11_000))
    changed = list(page)
    for at in range(500, 11_000, 1000):
        changed[at] = "齉"
    assert len(compare(page, "".join(changed)).differences) >= 10
