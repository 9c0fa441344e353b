"""Workers that do several items at a time: order, what a death costs, and what a crash says."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence

import pytest

from dedupe_cn.cli import sweep, workers
from dedupe_cn.cli.workers import Lost, in_order

FORKS = pytest.mark.skipif(sys.platform != "linux", reason="forks")


def doubled(items: Sequence[int]) -> Iterator[int]:
    yield from (2 * item for item in items)


def deadly(items: Sequence[int]) -> Iterator[int]:
    """Read all of them first, as a search in several does, and die of one."""
    if 7 in items:
        os.kill(os.getpid(), signal.SIGKILL)
    yield from (2 * item for item in items)


def faulty(items: Sequence[int]) -> Iterator[int]:
    yield from doubled(items[:1])
    raise ValueError("seven")


def tick() -> None:
    """Do nothing."""


@FORKS
@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize("count", [1, 63, 64, 65, 200])
def test_results_come_in_the_order_of_the_items(jobs: int, count: int) -> None:
    """Sixty-four travel at once; what is left travels behind them."""
    items = list(range(count))
    assert list(in_order(doubled, items, [1] * count, jobs, tick)) == [2 * item for item in items]


@FORKS
@pytest.mark.parametrize("at_once", [1, 3, 64])
def test_a_death_costs_the_one_item_that_caused_it(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which of the items it had read it died of is shown by doing each by itself."""
    monkeypatch.setattr(workers, "_AT_ONCE", at_once)
    results = list(in_order(deadly, list(range(20)), [1] * 20, 2, tick))
    assert results[7] == Lost(-signal.SIGKILL)
    assert results[:7] + results[8:] == [2 * item for item in range(20) if item != 7]


@FORKS
def test_an_exception_nobody_caught_is_told() -> None:
    with pytest.raises(RuntimeError, match="ValueError: seven") as told:
        list(in_order(faulty, list(range(9)), [1] * 9, 2, tick))
    assert "in faulty" in "".join(told.value.__notes__)


def test_nothing_is_done_for_no_inputs() -> None:
    from dedupe_cn.cli.console import Console
    from dedupe_cn.cli.messages import Say
    from dedupe_cn.cli.modes import Mode

    console = Console(Say("en"))
    assert list(sweep.clean_several([], Mode.CHECK, {}, console, several=True)) == []
