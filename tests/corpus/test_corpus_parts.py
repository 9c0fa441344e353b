"""The parts by themselves: bands, forms, independent sets, blocks of records."""

from __future__ import annotations

import io
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe_cn.corpus.bands import choose_bands, search_bands
from dedupe_cn.corpus.forms import form_rules, join
from dedupe_cn.corpus.keep import KEPT, REMOVED, choose_kept, settle, sort_edges
from dedupe_cn.corpus.paragraphs import cut, part
from dedupe_cn.corpus.plan import CorpusPlan, Shingle, parse_share, parse_size
from dedupe_cn.corpus.shingles import jaccard, prefix_size, shingle_sets
from dedupe_cn.corpus.signatures import sign
from dedupe_cn.corpus.sources import CorpusFile, find_sources, format_of
from dedupe_cn.corpus.streams import _cut
from dedupe_cn.kernel.reference.forms import read_tokens

#: The first call of a step fills its tables.
patient = settings(deadline=None)
MIXED = st.text(st.sampled_from("天地玄黄宇宙abcxyz \n\t\u200b\u3000，。1é𠮷"), max_size=60)


def test_the_table_of_bands_is_what_datasketch_finds() -> None:
    pytest.importorskip("datasketch", reason="needs pip install 'dedupe-cn[corpus]'")
    for hundredths in range(50, 100):
        threshold = hundredths / 100
        bands, rows = choose_bands(threshold)
        assert (bands, rows) == search_bands(threshold, 128)
        assert CorpusPlan(threshold).misses(threshold) <= 0.002
    assert choose_bands(1) == (1, 128)
    assert choose_bands(0.805) == search_bands(0.805, 128)


def words_of(text: str) -> list[str]:
    return [word for word in (piece.replace("\u200b", "") for piece in text.split()) if word]


@patient
@given(st.lists(MIXED, max_size=8))
def test_forms_are_words_or_characters(texts: list[str]) -> None:
    forms = list(read_tokens(*join(texts), form_rules(CorpusPlan())))
    for text, (tokens, length) in zip(texts, forms, strict=True):
        dense = "".join(text.split()).replace("\u200b", "")
        latin = sum(c in "abcxyzé" for c in dense)
        assert length == len(dense)
        if latin * 2 > len(dense):
            assert tokens.size == len(words_of(text))
        else:
            assert tokens.tolist() == list(map(ord, dense))


@patient
@given(st.lists(MIXED, min_size=1, max_size=8))
def test_a_document_is_signed_the_same_in_any_company(texts: list[str]) -> None:
    together = sign(texts, CorpusPlan())
    sets = shingle_sets(texts, CorpusPlan())
    for number, text in enumerate(texts):
        alone = sign([text], CorpusPlan())
        assert together.bands[number].tolist() == alone.bands[0].tolist()
        assert together.prints[number].tolist() == alone.prints[0].tolist()
        assert sets[number].tolist() == shingle_sets([text], CorpusPlan())[0].tolist()
        assert together.counts[number] == sets[number].size


@patient
@given(MIXED, MIXED)
def test_prints_tell_texts_apart(first: str, second: str) -> None:
    plan = CorpusPlan(shingle=Shingle("chars", 5))
    one, other = (["".join(t.split()).replace("\u200b", "") for t in pair] for pair in ([first], [second]))
    cut_up = [{t[i : i + 5] for i in range(len(t) - 4)} or {t} for t in (*one, *other)]
    prints = sign([first, second], plan).prints
    assert (prints[0].tolist() == prints[1].tolist()) == (cut_up[0] == cut_up[1])


@patient
@given(st.sets(st.integers(0, 50)), st.sets(st.integers(0, 50)))
def test_jaccard_is_exact(first: set[int], second: set[int]) -> None:
    one, other = (np.array(sorted(s), np.uint64) for s in (first, second))
    assert jaccard(one, other) == (len(first & second) / len(first | second) if first and second else 0)


@patient
@given(st.sets(st.integers(0, 40), min_size=1), st.sets(st.integers(0, 40), min_size=1), st.integers(50, 100))
def test_similar_sets_share_one_of_their_first_members(first: set[int], second: set[int], hundredths: int) -> None:
    threshold = hundredths / 100
    prefixes = [set(sorted(s)[: prefix_size(len(s), threshold)]) for s in (first, second)]
    if len(first & second) / len(first | second) >= threshold:
        assert prefixes[0] & prefixes[1]


@patient
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=120), st.integers(1, 30))
def test_what_stays_is_the_first_independent_set(pairs: list[tuple[int, int]], size: int) -> None:
    pairs = sorted({(a, b) for a, b in pairs if a < b}, key=lambda pair: (pair[1], pair[0]))
    first, second_ = (np.array([p[i] for p in pairs], np.int64) for i in (0, 1))
    edges = sort_edges(first, second_, np.ones(len(pairs)))
    chunks = []
    begin = 0
    while begin < len(pairs):
        end = min(len(pairs), begin + size)
        while end < len(pairs) and pairs[end][1] == pairs[end - 1][1]:
            end += 1
        part_ = slice(begin, end)
        chunks.append(sort_edges(edges.first[part_], edges.second[part_], edges.score[part_]))
        begin = end
    status = settle(41, chunks)
    gone: dict[int, int] = {}
    for second in range(41):
        kept = [a for a, b in pairs if b == second and a not in gone]
        if kept:
            gone[second] = min(kept)
    assert {i for i in range(41) if status[i] == REMOVED} == set(gone)
    assert (status[[i for i in range(41) if i not in gone]] == KEPT).all()
    chosen = choose_kept(status, edges)
    assert dict(zip(chosen.second.tolist(), chosen.first.tolist(), strict=True)) == gone


def test_a_long_chain_is_decided_one_by_one() -> None:
    first = np.arange(3000)
    status = settle(3001, [sort_edges(first, first + 1, np.ones(3000))])
    assert status.tolist() == [int(KEPT), int(REMOVED)] * 1500 + [int(KEPT)]


def test_blocks_end_behind_records(monkeypatch: pytest.MonkeyPatch) -> None:
    from dedupe_cn.corpus import streams

    rng = random.Random(1)
    records = ["".join(rng.choice('ab\n"') for _ in range(rng.randrange(30))).replace('"', '""') for _ in range(200)]
    data = "".join(f'{n},"{record}"\n' for n, record in enumerate(records)).encode()
    for size in (7, 64, 1000):
        monkeypatch.setattr(streams, "BLOCK", size)
        found = list(_cut(io.BytesIO(data), CorpusFile(Path("in.csv"), "csv", "", Path("in.csv")), 2))
        assert b"".join(block for _, block in found) == data
        assert [start for start, _ in found] == [0, *np.cumsum([len(block) for _, block in found])[:-1].tolist()]
        assert all(block.count(b'"') % 2 == 0 and block.endswith(b"\n") for _, block in found)


@pytest.mark.parametrize(
    ("text", "spans", "left"),
    [
        ("一。\n二。\n三。\n", [(3, 5)], "一。\n三。\n"),
        ("一。\n\n二。\n\n三。\n", [(4, 6)], "一。\n\n三。\n"),
        ("一。\n\n二。", [(4, 6)], "一。"),
        ("一。\r\n二。\r\n", [(4, 6)], "一。\r\n"),
        ("一。\n\n二。\n", [(0, 2)], "二。\n"),
        ("一。", [(0, 2)], ""),
        ("  一。  \n二。\n三。", [(2, 4), (7, 9)], "三。"),
    ],
)
def test_cut_takes_whole_lines(text: str, spans: list[tuple[int, int]], left: str) -> None:
    assert cut(text, spans) == left


@patient
@given(st.lists(st.text(st.sampled_from("天地玄黄 \n\r\u200b，"), max_size=30), max_size=5))
def test_paragraphs_are_the_lines(texts: list[str]) -> None:
    _, found = part(texts, CorpusPlan(unit="paragraph", min_chars=1))
    spans = [(int(row[0]), texts[int(row[0])][int(row[1]) : int(row[2])]) for row in found]
    lines = [
        (number, line.strip(" \u200b"))
        for number, text in enumerate(texts)
        for line in text.replace("\r", "\n").split("\n")
        if line.strip(" \u200b")
    ]
    assert spans == lines


def test_sizes_shares_and_formats(tmp_path: Path) -> None:
    assert parse_size("2GB") == 2 << 30
    assert parse_size("512 mib") == 512 << 20
    assert (parse_share("30%"), parse_share("5％"), parse_share("0.3")) == (0.3, 0.05, 0.3)
    assert format_of(Path("a.JSONL.zst")) == ("jsonl", "zst")
    assert format_of(Path("a.parquet.gz")) == ("parquet", "")
    (tmp_path / "b.txt").touch()
    (tmp_path / "a.txt").touch()
    names = [tmp_path / "b.txt", tmp_path / "a.txt", tmp_path / "b.txt"]
    assert [s.path.name for s in find_sources(names)] == ["b.txt", "a.txt"]
    assert [s.format for s in find_sources(names[:1])] == ["lines"]
    assert isinstance(find_sources([tmp_path])[0], CorpusFile)
