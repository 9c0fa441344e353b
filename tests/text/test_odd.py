from __future__ import annotations

import re
import sys
from unittest.mock import patch

import numpy as np
import pytest

from dedupe_cn.text.block_kinds import BETWEEN
from dedupe_cn.text.characters import CONTROLS, PIECE
from dedupe_cn.text.odd import ALL, BOUND, CONTROL, MARK, MISREADABLE, REPORTED, SUSPICIOUS, held
from dedupe_cn.tidy.suspicious import warnings

assert np  # the answers are those of a run in which NumPy is loaded

EVERYTHING = "".join(map(chr, range(sys.maxunicode + 1)))


def test_each_character_is_of_the_sorts_that_its_rules_find() -> None:
    controls = "".join(re.findall(f"[{CONTROLS}]", EVERYTHING))
    edges = [(chr(first), chr(last)) for _, ranges in REPORTED for first, last in ranges]
    reported = "".join(EVERYTHING[ord(first) : ord(last) + 1] for first, last in edges)
    odd = {"\ufeff", *controls, *reported, *"锟烫屯", BETWEEN}
    assert held("".join(character for character in EVERYTHING if character not in odd)) == 0
    ends = "".join(first + last for first, last in edges)
    sorts = (("\ufeff", MARK), (controls, CONTROL), (ends, SUSPICIOUS), ("锟烫屯", MISREADABLE), (BETWEEN, BOUND))
    assert all(held(character) == sort for characters, sort in sorts for character in characters)
    assert sum(finding.count for finding in warnings(reported)) == len(reported)


@pytest.mark.parametrize("place", [0, 1, PIECE - 1, PIECE, 2 * PIECE])
def test_every_piece_is_looked_at(place: int) -> None:
    text = "文" * place + "\x00" + "文" * PIECE + "\ufeff"
    assert held(text) == CONTROL | MARK
    assert held(text[:place]) == 0


def test_where_numpy_is_not_loaded_anything_may_be_there() -> None:
    with patch.dict(sys.modules):
        del sys.modules["numpy"]
        assert held("文") == ALL
