"""Runs of a period, and the tandems that lie in them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from arrays import agreements, codes, primitive
from budget import budget
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedupe_cn.model import Document, Kind, Level
from dedupe_cn.pipeline import clean
from dedupe_cn.repeats import tandem
from dedupe_cn.repeats.chains import extend, find_matches
from dedupe_cn.repeats.seeds import BEHIND, LONG, PIECE, sample
from dedupe_cn.repeats.tandem import SEEDED, SHORTEST, Run, ShortRuns, long_runs
from dedupe_cn.settings import REPEAT_RULES, Settings
from dedupe_cn.text.characters import squash

#: Different characters.
HAN = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈"
UNITS = st.text(alphabet="天地玄黄宇宙洪荒日月", min_size=1, max_size=45)
#: Texts in which runs are likely: units told one to four times, with parts of them around.
TEXTS = st.lists(
    st.one_of(
        st.tuples(UNITS, st.integers(1, 4)).map(lambda pair: pair[0] * pair[1]),
        st.tuples(UNITS, st.integers(2, 3), st.integers(0, 44)).map(lambda t: t[0] * t[1] + t[0][: t[2]]),
        st.text(alphabet="天地", max_size=40),
    ),
    max_size=5,
).map("".join)


def short_runs(text: NDArray[np.uint32]) -> list[Run]:
    """Give the short runs of a text, whose grams are shown to who looks for them by the sampling of long matches."""
    runs = ShortRuns(text)
    list(sample(text, LONG, look=runs.look))
    return runs.found()


def test_enough_grams_are_shown_behind_a_piece() -> None:
    assert BEHIND == 2 * SEEDED
    assert LONG.k - 1 <= BEHIND


def brute_force(text: str, low: int, high: int) -> list[Run]:
    """Find the runs whose primitive period is at least ``low`` and below ``high``."""
    return sorted(
        Run(start, end + period, period)
        for period in range(low, high)
        for start, end in agreements(text, period)
        if end - start >= period and primitive(text[start : start + period])
    )


@given(TEXTS)
@example("天" + ("地" * 14 + "天") * 2)  # found by its very last gram alone
@budget(150)
def test_short_runs_are_those_of_a_brute_force_search(text: str) -> None:
    assert sorted(set(short_runs(codes(text)))) == brute_force(text, SHORTEST, SEEDED)


@given(TEXTS)
@budget(100)
def test_short_runs_are_told_once(text: str) -> None:
    found = short_runs(codes(text))
    assert found == sorted(set(found))


@given(st.text(alphabet="天地玄黄宇宙洪荒日月", min_size=40, max_size=70), st.integers(2, 4), TEXTS, TEXTS)
@budget(100)
def test_a_planted_long_run_is_found(unit: str, times: int, before: str, behind: str) -> None:
    if not primitive(unit):
        return
    text = before + unit * times + behind
    found = long_runs(find_matches(codes(text), LONG))
    start, end = len(before), len(before) + len(unit) * times
    assert any(run.period == len(unit) and run.start <= start and end <= run.end for run in found)
    for run in found:
        body = text[run.start : run.end]
        assert len(body) >= 2 * run.period
        assert body[run.period :] == body[: -run.period]


@pytest.mark.parametrize(
    "size", [0, 1, 14, 15, 29], ids=["empty", "one", "fourteen", "fifteen", "twice fifteen less one"]
)
def test_texts_too_short_for_a_run(size: int) -> None:
    assert short_runs(codes("".join(chr(0x4E00 + i) for i in range(size)))) == []
    assert short_runs(codes("天" * size)) == []


@pytest.mark.parametrize("period", [15, 16, 38, 39])
def test_exactly_two_units_are_a_run(period: int) -> None:
    unit = "".join(chr(0x4E00 + i) for i in range(period))
    assert set(short_runs(codes(unit * 2))) == {Run(0, 2 * period, period)}
    assert set(short_runs(codes((unit * 2)[:-1]))) == set()


@pytest.mark.parametrize("period", [1, 2, 3, 5, 7, 13, 14])
def test_short_units_are_no_runs_of_their_multiples(period: int) -> None:
    unit = "".join(chr(0x4E00 + i) for i in range(period))
    assert short_runs(codes(unit * 300)) == []




def test_two_runs_of_one_period_may_overlap() -> None:
    text = ("天" + HAN[1:20]) * 2 + ("天" + HAN[20:39]) * 2
    assert set(short_runs(codes(text))) == {Run(0, 41, 20), Run(40, 80, 20)}


def test_a_fibonacci_string_gives_the_runs_of_a_brute_force_search() -> None:
    a, b = "天", "天地"
    while len(b) < 600:
        a, b = b, b + a
    assert sorted(set(short_runs(codes(b)))) == brute_force(b, SHORTEST, SEEDED)


def test_a_text_of_a_thousand_characters_twice_is_a_run_of_that_period() -> None:
    unit = "".join(chr(0x4E00 + i) for i in range(1000))
    assert long_runs(find_matches(codes(unit * 2), LONG)) == [Run(0, 2000, 1000)]


FRAME = (
    "这一行是前面的正文，与下面的文字毫无关系，只为让全文不止有那几份副本，所以写得稍微长了一些，再长一些，又长一些。"
)


@given(st.permutations(HAN), st.integers(40, 48), st.integers(2, 4), st.integers(0, 20), st.booleans())
@budget(60)
def test_a_unit_told_again_and_again_is_left_once(
    letters: list[str], size: int, times: int, part: int, broken: bool
) -> None:
    """Where a part of the unit follows, any turn of the unit may go: the characters left are the same."""
    unit = "".join(letters[:size])
    text = f"{FRAME}\n{FRAME[::-1]}\n起" + ("\n" if broken else "").join([unit] * times) + unit[:part] + "止\n"
    outcome = clean(Document(text, Kind.TEXT), Settings(level=Level.SAFE, rules=frozenset(REPEAT_RULES)))
    assert squash(outcome.text) == squash(f"{FRAME}{FRAME[::-1]}起{unit}{unit[:part]}止")
    assert sum(removal.chars for removal in outcome.applied) == (times - 1) * size
    assert {removal.rule for removal in outcome.applied} == {"tandem"}


@pytest.mark.parametrize("period", [1, 2, 3, 5])
def test_a_run_of_a_short_period_is_extended_once(period: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """`啊` a million times over is one run at every period; extending it from each place would be quadratic."""
    extended: list[int] = []

    def counted(codes: NDArray[np.uint32], starts: NDArray[np.int64], *rest: Any) -> Any:
        extended.append(starts.size)
        return extend(codes, starts, *rest)

    monkeypatch.setattr(tandem, "extend", counted)
    text = np.tile(np.arange(0x4E00, 0x4E00 + period, dtype=np.uint32), 6000)
    assert short_runs(text) == []
    assert sum(extended) <= tandem.SEEDED - tandem.SHORTEST


@pytest.mark.parametrize("place", range(-9, 10))
def test_a_run_that_lies_over_the_border_of_two_pieces_is_one(place: int) -> None:
    unit = np.arange(0x5000, 0x5000 + 21, dtype=np.uint32)
    before = np.arange(0x6000, 0x6000 + PIECE - 40 + place, dtype=np.uint32)
    text = np.concatenate((before, np.tile(unit, 4), before[:50] + np.uint32(1)))
    assert [(run.start, run.end, run.period) for run in short_runs(text)] == [(before.size, before.size + 84, 21)]
