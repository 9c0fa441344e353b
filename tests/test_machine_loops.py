"""What models of speech and of scanned pages repeat goes once; what looks like it and is meant stays."""

from __future__ import annotations

import pytest
from looped_texts import LOOPED, MEANT

from dedupe_cn import clean
from dedupe_cn.model import Kind


def test_there_are_forty_of_each() -> None:
    assert (len(LOOPED), len(MEANT)) == (40, 40)


@pytest.mark.parametrize(("text", "left"), [pytest.param(text, left, id=name) for name, text, left in LOOPED])
def test_a_loop_is_left_once(text: str, left: str) -> None:
    assert clean(text).text == left
    assert clean(left).text == left


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in MEANT])
@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_meant_stays(text: str, kind: Kind) -> None:
    assert clean(text, kind=kind, disable=["tidy"]).text == text
