"""Texts made to slow the program down: the right result.

They are those of the benchmarks at a small size; how the time grows with it is what ``python benchmarks/linear.py``
measures, and ``python benchmarks/scaling.py`` at full size.
"""

from __future__ import annotations

import pytest
from hostile import CASES, Case

from dedupe_cn import clean

#: Share of the full size.
SCALE = 0.004


def cleaned(case: Case, text: str) -> str:
    return clean(text, "standard", kind="markdown" if case.markdown else "text").text


@pytest.mark.parametrize("scale", [SCALE / 4, SCALE])
@pytest.mark.parametrize("name", CASES)
def test_the_result_is_right(name: str, scale: float) -> None:
    case = CASES[name](scale)
    assert case.is_right(cleaned(case, case.text), lambda text: cleaned(case, text))


@pytest.mark.parametrize("count", [4, 5, 1000])
def test_rows_of_whole_lines_keep_one(count: int) -> None:
    case = CASES["10^6 equal lines"](count / 1_000_000)
    assert case.text.count("\n") == count
    assert cleaned(case, case.text) == case.expected
