"""Texts made to slow the program down: the right result, and time in proportion to the size.

They are those of the benchmarks at a small size; ``python benchmarks/scaling.py`` takes them at full size.
"""

from __future__ import annotations

import time

import pytest
from hostile import CASES, Case

from dedupe_cn import clean

#: Share of the full size: a hundredth of a second to half a second of work each.
SCALE = 0.004
#: The most that four times the text may cost; a quadratic step costs sixteen times.
MOST = 5.0


def cleaned(case: Case, text: str) -> str:
    return clean(text, "standard", kind="markdown" if case.markdown else "text").text


def least_time(case: Case, runs: int) -> float:
    """Give the least CPU time of some runs: a busy machine makes single ones slow."""
    times: list[float] = []
    for _ in range(runs):
        started = time.process_time()
        cleaned(case, case.text)
        times.append(time.process_time() - started)
    return min(times)


@pytest.mark.parametrize("scale", [SCALE / 4, SCALE])
@pytest.mark.parametrize("name", CASES)
def test_the_result_is_right(name: str, scale: float) -> None:
    case = CASES[name](scale)
    assert case.is_right(cleaned(case, case.text), lambda text: cleaned(case, text))


@pytest.mark.parametrize("name", CASES)
def test_four_times_the_text_takes_at_most_five_times_as_long(name: str) -> None:
    small, large = CASES[name](SCALE), CASES[name](4 * SCALE)
    least_time(small, 1)  # what is loaded once does not count
    # Below a hundredth of a second the clock, not the program, decides.
    base = max(least_time(small, 3), 0.01)
    assert least_time(large, 3) <= MOST * base


@pytest.mark.parametrize("count", [4, 5, 1000])
def test_rows_of_whole_lines_keep_one(count: int) -> None:
    case = CASES["10^6 equal lines"](count / 1_000_000)
    assert case.text.count("\n") == count
    assert cleaned(case, case.text) == case.expected
