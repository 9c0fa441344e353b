"""Made-up arguments for every public function of the kernel, by which scripts/prove_kernel.py compares both."""

from __future__ import annotations

import random
from array import array
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dedupe_cn.corpus.forms import form_rules, join
from dedupe_cn.corpus.plan import CorpusPlan, Shingle

#: From few of these repeats come by themselves.
_ALPHABETS = ("啊", "天地", "天地玄黄宇宙洪荒", "天地ab c\u200b\u3000é，。𠮷\n", "abcdefgh ij", "1234567890.,-")


def short_texts(chance: random.Random, count: int) -> list[str]:
    """Make up short texts, some of them empty, of one kind of characters or of any."""
    made = []
    for _ in range(count):
        size = chance.randrange(60)
        if chance.random() < 0.1:
            made.append("".join(chr(chance.randrange(0x110000)) for _ in range(size)))
        else:
            made.append("".join(chance.choices(chance.choice(_ALPHABETS), k=size)))
    return made


def _plan(chance: random.Random) -> CorpusPlan:
    shingle = Shingle(chance.choice(("auto", "chars", "words")), chance.choice((1, 2, 3, 5, 5, 8, 20)))
    return CorpusPlan(chance.choice((0.5, 0.7, 0.8, 0.9, 1)), shingle=shingle, fold=chance.choice(("space", "full")))


def _sign(chance: random.Random, count: int) -> tuple[Any, ...]:
    plan = _plan(chance)
    return *join(short_texts(chance, count)), form_rules(plan), plan.shingle.size, *plan.bands


def _shingle_sets(chance: random.Random, count: int) -> tuple[Any, ...]:
    plan = _plan(chance)
    return *join(short_texts(chance, count)), form_rules(plan), plan.shingle.size


def _sketch(chance: random.Random, count: int) -> tuple[Any, ...]:
    codes, starts = _parts(chance, count)
    return codes, starts, np.append(starts[1:], codes.size).astype(np.int64), chance.choice((1, 2, 3, 5, 5, 8, 20))


def _hash_runs(chance: random.Random, count: int) -> tuple[Any, ...]:
    codes, starts = _parts(chance, count)
    return codes, np.unique(starts[starts < codes.size])


def _parts(chance: random.Random, count: int) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    codes, sizes = join(short_texts(chance, count))
    return codes, (np.cumsum(sizes) - sizes).astype(np.int64)


def _sample_passages(chance: random.Random, count: int) -> tuple[Any, ...]:
    codes, _ = join(short_texts(chance, 4 * count))
    bare = memoryview(array("I", codes.tolist()))
    return bare, memoryview(array("i", range(0, 2 * len(bare), 2)))


#: Public function -> what makes up its arguments from so many texts.
DRAWN: dict[str, Callable[[random.Random, int], tuple[Any, ...]]] = {
    "hash_runs": _hash_runs,
    "sample_passages": _sample_passages,
    "shingle_sets": _shingle_sets,
    "sign": _sign,
    "sketch": _sketch,
}
