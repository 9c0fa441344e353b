"""What goes is what goes by brute force, whatever the engine's shortcuts."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from corpus_runs import dedupe, edit, exact, mixture, shuffle_space, similarity, text, write_jsonl
from numpy.typing import NDArray

from dedupe_cn.corpus import compare, crowds, store
from dedupe_cn.corpus.keep import Buckets
from dedupe_cn.corpus.plan import CorpusPlan, Keep


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("threshold", [0.7, 0.8, 0.9])
def test_the_answer_is_that_of_brute_force(tmp_path: Path, seed: int, threshold: float) -> None:
    texts = mixture(seed, 300)
    done = dedupe(tmp_path, write_jsonl(tmp_path / "in.jsonl", texts), plan=CorpusPlan(threshold))
    assert done.gone == exact(texts, threshold)
    for line in done.lines:
        one, other = texts[int(str(line["id"]))], texts[int(str(line["kept_id"]))]
        assert line["score"] == round(similarity(one, other), 6)


def test_several_processes_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dedupe_cn.corpus import local

    path = write_jsonl(tmp_path / "in.jsonl", mixture(4, 400))
    alone = dedupe(tmp_path, path)
    monkeypatch.setattr(local, "_ALONE", 0)
    assert dedupe(tmp_path, path, jobs=2).lines == alone.lines


def test_a_chain_costs_only_its_second_link(tmp_path: Path) -> None:
    rng = random.Random(5)
    first = text(rng, 10)
    chain = [first]
    while similarity(first, chain[-1]) >= 0.8:
        chain.append(edit(chain[-1], rng, 2))
    assert similarity(chain[-2], chain[-1]) >= 0.8
    done = dedupe(tmp_path, write_jsonl(tmp_path / "in.jsonl", [chain[0], chain[-2], chain[-1]]))
    assert done.gone == {1: 0}


@pytest.mark.parametrize(("small", "most"), [(1, 2000), (3, 2000), (1, 10), (3, 10)])
def test_crowds_are_compared_exactly_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: int, most: int
) -> None:
    rng = random.Random(6)
    boilerplate = text(rng, 12)
    alike = [edit(boilerplate, rng, rng.randrange(12)) for _ in range(80)]
    apart = [f"{boilerplate}\n{text(rng, rng.randrange(1, 7))}" for _ in range(60)]
    texts = [*mixture(7, 60), *alike, *apart]
    rng.shuffle(texts)
    monkeypatch.setattr(store, "SMALL", small)
    monkeypatch.setattr(crowds, "_ROUND", most)
    anew: list[int] = []
    sort_anew = crowds.Crowds._sort_anew

    def watched(self: crowds.Crowds, ranks: NDArray[np.int64]) -> Buckets:
        anew.append(ranks.size)
        return sort_anew(self, ranks)

    monkeypatch.setattr(crowds.Crowds, "_sort_anew", watched)
    done = dedupe(tmp_path, write_jsonl(tmp_path / "in.jsonl", texts))
    assert done.gone == exact(texts)
    assert 40 < len(done.gone) < len(texts) - 40
    # With few pairs a round, some are left after the first rounds: the members are sorted anew.
    assert bool(anew) == (most == 10)


def test_pairs_are_taken_in_slices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = mixture(8, 300)
    monkeypatch.setattr(compare, "_EDGES", 3)
    monkeypatch.setattr(compare, "_PAIRS", 2)
    assert dedupe(tmp_path, write_jsonl(tmp_path / "in.jsonl", texts)).gone == exact(texts)


def test_white_space_alone_hides_nothing(tmp_path: Path) -> None:
    rng = random.Random(9)
    heads = ["\n".join(f"{n}. {text(rng, 1)}" for n in range(1, 9)) for _ in range(40)]
    other_crawl = [shuffle_space(head, rng) for head in heads]
    done = dedupe(tmp_path, write_jsonl(tmp_path / "in.jsonl", [*heads, *other_crawl]))
    assert done.gone == {40 + i: i for i in range(40)}
    assert {line["score"] for line in done.lines} == {1.0}


def test_keep_longest_and_priority(tmp_path: Path) -> None:
    rng = random.Random(10)
    base = text(rng, 9)
    texts = [base, base + "短尾。", base + "短尾。稍长一点的结尾。", text(rng, 5)]
    path = write_jsonl(tmp_path / "in.jsonl", texts)
    assert dedupe(tmp_path, path, plan=CorpusPlan(keep=Keep("longest"))).gone == {0: 2, 1: 2}
    from dedupe_cn.corpus.records import Fields

    done = dedupe(tmp_path, path, plan=CorpusPlan(keep=Keep("priority", "len")), fields=Fields(priority="len"))
    assert done.gone == {0: 2, 1: 2}
    order = sorted(range(300), key=lambda i: -len("".join(longer[i].split()))) if (longer := mixture(11, 300)) else []
    found = dedupe(tmp_path, write_jsonl(tmp_path / "l.jsonl", longer), plan=CorpusPlan(keep=Keep("longest")))
    assert found.gone == exact(longer, order=order)


def test_short_texts_are_compared_whole_and_empty_ones_stay(tmp_path: Path) -> None:
    texts = ["好的。", "", "好 的。", "  \n", "不好。", "", "好的"]
    done = dedupe(tmp_path, write_jsonl(tmp_path / "in.jsonl", texts))
    assert done.gone == {2: 0}
    assert done.result.empty == 3
    assert done.lines[0]["score"] == 1.0


def test_latin_text_is_compared_by_words(tmp_path: Path) -> None:
    words = [f"word{n} stands in line {n} of the page" for n in range(20)]
    first = " ".join(words)
    wrapped = "\n".join(words)
    glued = "".join(words)
    done = dedupe(tmp_path, write_jsonl(tmp_path / "in.jsonl", [first, wrapped, glued]))
    assert done.gone == {1: 0}
    from dedupe_cn.corpus.plan import Shingle

    by_characters = CorpusPlan(shingle=Shingle("chars", 5))
    done = dedupe(tmp_path, write_jsonl(tmp_path / "in.jsonl", [first, wrapped, glued]), plan=by_characters)
    assert done.gone == {1: 0, 2: 0}


def test_fold_full_joins_the_scripts(tmp_path: Path) -> None:
    simple = "这间书店的灯总是亮到深夜，老板说，读书的人不怕等，等的人才读得进去。"
    traditional = "這間書店的燈總是亮到深夜，老闆說，讀書的人不怕等，等的人才讀得進去。"
    path = write_jsonl(tmp_path / "in.jsonl", [simple, traditional])
    assert dedupe(tmp_path, path).gone == {}
    assert dedupe(tmp_path, path, plan=CorpusPlan(fold="full")).gone == {1: 0}
