"""Both kernels beside each other, and made-up buffers for them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from dedupe_cn.kernel import library
from dedupe_cn.kernel.form_rules import KINDS, LATIN, PLAIN, SPACE, UNSEEN, FormRules

#: Tests that call the compiled kernel.
compiled_only = pytest.mark.skipif(not library.find(), reason="no compiled kernel: python hatch_build.py")
PACKAGE = Path(library.__file__).parents[1]
#: What stands behind a buffer and must still stand there afterwards.
GUARD = 0xA5


def guarded(dtype: type[np.generic], size: int) -> tuple[NDArray[np.generic], Callable[[], bool]]:
    """Give a buffer of so many elements, and a function that tells whether what stands around it is untouched."""
    width = np.dtype(dtype).itemsize
    whole = np.full((size + 32) * width, GUARD, np.uint8)
    inner = whole[16 * width : (16 + size) * width].view(dtype)

    def untouched() -> bool:
        return bool((whole[: 16 * width] == GUARD).all() and (whole[(16 + size) * width :] == GUARD).all())

    return inner, untouched


def passages(chance: random.Random, few: int) -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64]]:
    """Make up code points of an alphabet of ``few``, and passages in them that lie anywhere, empty ones too."""
    size = chance.choice((0, 1, 5, 40, 300, 3000))
    codes = np.array([chance.randrange(few) for _ in range(size)], np.uint32)
    spans = [sorted((chance.randint(0, size), chance.randint(0, size))) for _ in range(chance.randint(0, 9))]
    places = np.array(spans, np.int64).reshape(-1, 2)
    return codes, places[:, 0].copy(), places[:, 1].copy()


#: Classes and folds of a few code points: all others count, and fold to themselves.
CLASSES = np.array([UNSEEN, SPACE, PLAIN, LATIN, LATIN, SPACE, PLAIN, UNSEEN], np.uint8)
FOLDS = np.array([0, 1, 9, 9, 3], np.uint32)


def texts(chance: random.Random) -> tuple[NDArray[np.uint32], NDArray[np.int64], FormRules]:
    """Make up texts one behind the other, empty ones too, and rules by which they are read."""
    sizes = [chance.choice((0, 1, 4, 30, 300)) for _ in range(chance.randint(0, 9))]
    codes = np.array([chance.randrange(len(CLASSES)) for _ in range(sum(sizes))], np.uint32)
    folds = FOLDS[: chance.choice((0, len(FOLDS)))]
    return codes, np.array(sizes, np.int64), FormRules(CLASSES, folds, chance.choice(KINDS))
