"""The finder in C gives what its reference gives, and the reference what it promises."""

from __future__ import annotations

from array import array
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from budget import budget
from finder_texts import SHAPES, made_up, reader_of
from hypothesis import given
from hypothesis import strategies as st
from kernels import compiled_only, guarded

from dedupe_cn.copies.bare import letters
from dedupe_cn.copies.doubled import _CLOSERS, _MARKS
from dedupe_cn.copies.reader import _ENDS
from dedupe_cn.kernel.compiled import finder as compiled
from dedupe_cn.kernel.compiled import groups, reading
from dedupe_cn.kernel.library import call
from dedupe_cn.kernel.reference import finder as reference
from dedupe_cn.kernel.reference import groups as reference_groups
from dedupe_cn.kernel.reference import reading as reference_reading
from dedupe_cn.kernel.reference.matches import GRAM, GUARANTEED, find_matches, sample
from dedupe_cn.kernel.texts import Chains, Text
from dedupe_cn.text.characters import invisible_ranges, to_codes
from dedupe_cn.text.exact import _SORTED
from dedupe_cn.text.folding import folds
from dedupe_cn.text.odd import _RULES, _table


def numbers(*rows: memoryview) -> list[list[int]]:
    return [np.asarray(row).tolist() for row in rows]


def text_of(text: str, finder: object) -> tuple[memoryview, Text]:
    """Read a text by one of the kernels."""
    reader = reader_of(text)
    forms = finder.read_forms(reader.codes, folds(), letters())  # type: ignore[attr-defined]
    edges = memoryview(reader.starts)  # type: ignore[arg-type]
    sentences = finder.find_sentences(forms.folded, _ENDS, edges)  # type: ignore[attr-defined]
    return reader.codes, Text(forms, edges, sentences, 8, 20)


def copies_of(found: memoryview) -> memoryview:
    """Give the stretches of what was found that do not overlap."""
    rows = np.asarray(found).reshape(-1, 6)[:, 1:5]
    return memoryview(array("q", rows[rows[:, 1] <= rows[:, 2]].ravel().tolist()))


def same_reading(text: str) -> None:
    """Compare what both kernels read of one text."""
    codes = text.encode("utf-32-le", "surrogatepass")
    one, other = (room.read_text(codes, invisible_ranges(), _SORTED) for room in (reading, reference_reading))
    assert numbers(*one[:3], *one.lines[:4]) == numbers(*other[:3], *other.lines[:4])
    assert one.lines[4:] == other.lines[4:]
    found, wanted = groups.find_groups(one.lines), reference_groups.find_groups(one.lines)
    assert (*numbers(*found[:2]), found.sorts) == (*numbers(*wanted[:2]), wanted.sorts)
    offsets = memoryview(array("i", range(len(text) + 1)))
    places = [numbers(room.exact_places(one.gaps, offsets)) for room in (reading, reference_reading)]
    assert places[0] == places[1]
    held = [room.find_classes(codes, _table(), _RULES) for room in (reading, reference_reading)]
    assert held[0] == held[1]


def same(text: str) -> None:
    """Compare every step of both kernels on one text."""
    same_reading(text)
    (codes, one), (_, other) = text_of(text, compiled), text_of(text, reference)
    assert numbers(*one.forms, one.sentences) == numbers(*other.forms, other.sentences)
    for finder in (compiled, reference):
        assert numbers(finder.equal_neighbours(codes, one.edges)) == numbers(
            reference.equal_neighbours(codes, one.edges)
        )
    ends = [numbers(finder.find_sentence_ends(codes, _MARKS, _CLOSERS, one.edges)) for finder in (compiled, reference)]
    assert ends[0] == ends[1]
    often = [numbers(finder.recurring_parts(codes, one.edges, 2, 40, 3)) for finder in (compiled, reference)]
    assert often[0] == often[1]
    chains = compiled.find_chains(one)
    assert numbers(*chains) == numbers(*reference.find_chains(other))
    hidden = [memoryview(bytearray(4 * len(codes))).cast("i") for _ in range(2)]
    reached = compiled.align_chains(one, chains, hidden[0])
    assert numbers(*reached) == numbers(*reference.align_chains(other, chains, hidden[1]))
    assert hidden[0] == hidden[1]
    assert numbers(compiled.tell_alone(one, chains.pieces)) == numbers(reference.tell_alone(other, chains.pieces))
    copies = copies_of(reached.found)
    assert numbers(compiled.widen(one, copies)) == numbers(reference.widen(other, copies))


@compiled_only
@pytest.mark.parametrize("text", SHAPES)
def test_shapes(text: str) -> None:
    same(text)


@compiled_only
@given(st.randoms(use_true_random=False))
@budget(150)
def test_made_up_texts(chance: Random) -> None:
    same(made_up(chance))


#: Characters that lines of Markdown, odd ones and line ends begin with and hold.
SIGNS = "#>*+|<`~!?={[@\\$_-0129.):] \t\r\n\u3000\u200b\x0c\x01\ufeff\ufffd锟斤烫imporxexX字，。"


@compiled_only
@given(st.text(st.sampled_from(SIGNS) | st.characters(), max_size=80))
@budget(400)
def test_lines_of_signs(text: str) -> None:
    same_reading(text)


@compiled_only
def test_a_buffer_one_short_is_told_and_nothing_behind_it_is_written() -> None:
    chance, short = Random(3), 0
    for _ in range(60):
        _, text = text_of(made_up(chance), compiled)
        chains = compiled.find_chains(text)
        needed = [len(chains.pieces), len(chains.starts)]
        for less in ((1, 0), (0, 1), (0, 0)):
            sizes = [size - fewer for size, fewer in zip(needed, less, strict=True)]
            if min(sizes) < 0:
                continue
            (pieces, whole), (starts, whole_too) = (guarded(np.int64, size) for size in sizes)
            told = array("q", [0, 0])
            if sum(less):
                short += 1
                with pytest.raises(BufferError):
                    call("find_chains", text.forms.bare, text.forms.words, text.least, pieces, starts, told)
            else:
                call("find_chains", text.forms.bare, text.forms.words, text.least, pieces, starts, told)
                assert numbers(*chains) == [pieces.tolist(), starts.tolist()]
            assert told.tolist() == needed
            assert whole()
            assert whole_too()
    assert short


@compiled_only
def test_pieces_and_places_outside_of_the_text_are_refused() -> None:
    _, text = text_of(SHAPES[7], compiled)
    letters_ = len(text.forms.bare)
    hidden = memoryview(bytearray(4 * len(text.forms.folded))).cast("i")
    starts = memoryview(array("q", [0, 1]))
    for piece in ((-1, 5, 2), (5, 5, 2), (0, letters_ - 1, 2), (0, 1, 0), (0, 1 << 62, 1 << 62)):
        with pytest.raises(ValueError, match="do not fit"):
            compiled.align_chains(text, Chains(memoryview(array("q", piece)), starts), hidden)
    for far in ([-1], [len(text.forms.folded) + 1], [5, 4]):
        with pytest.raises(ValueError, match="do not fit"):
            compiled.tell_alone(text._replace(edges=memoryview(array("q", far))), memoryview(array("q", [0, 9, 3])))
    with pytest.raises(ValueError, match="do not fit"):
        compiled.widen(text, memoryview(array("q", [0, 1, 2, 1 << 40])))


LETTERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
TEXTS = st.one_of(
    st.text(alphabet="天地", max_size=200),
    st.text(alphabet=LETTERS, max_size=200),
    st.lists(st.sampled_from(["天地玄黄", "宇宙洪荒", "日月盈昃辰宿列张", "天"]), max_size=40).map("".join),
)


def matches(text: str) -> list[tuple[int, int, int]]:
    return list(zip(*(column.tolist() for column in find_matches(to_codes(text))), strict=True))


def private(index: int, size: int) -> str:
    """Give characters that stand nowhere else."""
    return "".join(chr(0x4E00 + 1000 * index + i) for i in range(size))


@given(TEXTS)
@budget(150)
def test_matches_are_equal_maximal_and_told_once(text: str) -> None:
    found = matches(text)
    for first, second, size in found:
        assert 0 <= first < second
        assert text[first : first + size] == text[second : second + size] != ""
        assert first == 0 or text[first - 1] != text[second - 1], "it could begin earlier"
        assert second + size == len(text) or text[first + size] != text[second + size], "it could go on"
    assert [row[1::-1] for row in found] == sorted({row[1::-1] for row in found})


@given(st.integers(0, 60), st.integers(0, 40), st.integers(0, 60), st.integers(0, 60))
@budget(80)
def test_a_planted_repeat_is_found_at_its_place(before: int, more: int, between: int, behind: int) -> None:
    passage = private(1, GUARANTEED + more)
    text = private(2, before) + passage + private(3, between) + passage + private(4, behind)
    assert matches(text) == [(before, before + len(passage) + between, len(passage))]


@given(st.permutations(private(0, 60)))
@budget(80)
def test_every_passage_of_the_guaranteed_length_holds_a_sample(signs: list[str]) -> None:
    taken = set(sample(to_codes("".join(signs))).tolist())
    for start in range(len(signs) - GUARANTEED + 1):
        assert taken & set(range(start, start + GUARANTEED - GRAM + 1))


@pytest.mark.parametrize("copies", [2, 3, 5, 40])
def test_each_copy_is_linked_to_the_next(copies: int) -> None:
    passage = private(1, 50)
    text = "".join(passage + private(3, copies)[i] for i in range(copies))
    places = [i for i in range(len(text)) if text.startswith(passage, i)]
    assert [row[:2] for row in matches(text) if row[2] >= 50] == list(pairwise(places))


@pytest.mark.parametrize("period", [1, 2, 3, 24, 39, 40, 1000])
def test_a_periodic_text_is_one_match_of_its_period(period: int) -> None:
    text = private(0, period) * (3 + 4000 // (period * 4)) + private(3, 30)
    assert (0, period, len(text) - 30 - period) in matches(text)


@pytest.mark.parametrize("unit", ["啊", "哈嘿"])
def test_a_run_of_a_short_period_holds_two_samples(unit: str) -> None:
    assert sample(to_codes(unit * (3000 // len(unit)))).size == 2
