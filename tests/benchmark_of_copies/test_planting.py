"""The benchmark's texts are real ones, each of its own, and the same seed plants the same copies."""

from __future__ import annotations

from functools import cache

import pytest
from copies.layout import TEXTS, Source, read, sources, visible
from copies.planted import GOES, OPEN, STAYS, Case, Planted, check, with_more, without
from copies.planting import kinds, plant


@cache
def texts() -> list[Source]:
    return sources()


@cache
def cases() -> list[Case]:
    return plant(texts(), seed=1, each=1)


def test_the_texts_are_many_and_each_is_its_own() -> None:
    assert len(texts()) >= 60
    assert all(len(visible(source.text)) >= 200 for source in texts())
    seen: dict[str, str] = {}
    for source in texts():
        text = visible(source.text)
        for at in range(len(text) - 15):
            assert seen.setdefault(text[at : at + 16], source.name) == source.name


def test_every_kind_is_planted() -> None:
    made = {(case.kind.name, case.kind.variant) for case in cases()}
    assert made == {(kind.name, kind.variant) for kind in kinds()}
    assert {case.truth for case in cases()} == {GOES, STAYS, OPEN}


def test_the_same_seed_gives_the_same_cases() -> None:
    some = texts()[:20]
    first = [(case.name, case.source, case.text) for case in plant(some, seed=3, each=1)]
    assert first == [(case.name, case.source, case.text) for case in plant(some, seed=3, each=1)]
    assert first != [(case.name, case.source, case.text) for case in plant(some, seed=4, each=1)]


@pytest.mark.parametrize("family", ["exact", "noise", "meaning", "cut", "contained"])
def test_copies_differ_as_their_family_says(family: str) -> None:
    for case in cases():
        if case.kind.family != family or case.kind.name in ("letters", "letters-within", "boxed"):
            continue
        for copy, original in zip(case.copies, case.originals, strict=True):
            one, other = (visible(case.text[start:end]) for start, end in (copy, original))
            invisible = case.kind.variant in ("spaces", "zero-width")
            assert (one == other) == (family == "exact" or invisible), case.name
            assert len(one) >= 0.5 * len(other), case.name


def test_no_case_is_its_clean_text() -> None:
    for case in cases():
        assert visible(case.text) != visible(case.clean)
        left = visible(without(case.text, case.copies))
        assert with_more(left, visible(case.clean), visible(case.rest))


def test_planting_that_changes_the_rest_is_a_fault() -> None:
    source = read("a.txt", "春天来了，河边的柳树都绿了，孩子们在岸上放风筝。\n")
    with pytest.raises(AssertionError, match=r"a\.txt"):
        check(source, Planted("春天走了。春天来了。", ((5, 10),), ((0, 5),)))


def test_blocks_are_read_as_a_reader_sees_them() -> None:
    source = texts()[[s.name for s in texts()].index("manual-queue.md")]
    by_kind = {kind: [source.of(b) for b in source.blocks if b.kind == kind] for kind in ("heading", "prose", "other")}
    assert by_kind["heading"][0] == "# 任务队列服务运维指南"
    assert any(text.startswith("| 指标") for text in by_kind["other"])
    assert any(text.startswith("```bash") for text in by_kind["other"])
    assert all(text[-1] in "。）" for text in by_kind["prose"])
    assert TEXTS.joinpath(source.name).read_text(encoding="utf-8") == source.text
