"""What workers send comes back as it was."""

from __future__ import annotations

import pickle

import pytest

from dedupe_cn import Kind, clean
from dedupe_cn.model import Difference, Edit, FileResult, Glimpse, Level, Outcome, Removal, Size, Span, Warning
from dedupe_cn.reasons import Reason

REMOVAL = Removal(
    rule="near-duplicate",
    span=Span(3, 9),
    kept=Span(0, 3),
    chars=6,
    why=Reason("copy-noise", ("number, date",)),
    applied=True,
    level=Level.STANDARD,
    score=0.96,
    differences=(Difference("一", "二", "number"),),
    id="0123456789abcdef",
    count=2,
    likeness="noise",
    places=(Span(9, 12),),
)
OUTCOME = Outcome(
    *("甲甲", "甲", (Edit(1, 2, "", "tandem"),), (REMOVAL,), (Warning("bidi", 2, 7, Reason("short", ("3", "20"))),)),
    *(frozenset({"tandem"}), (("0123456789abcdef", 2),), ((Level.SAFE, 2), (None, 1)), (("short", 3),)),
)
RESULT = FileResult(
    path="甲.md", outcome=OUTCOME, size=Size(2, 2, 1, b"\x01"), glimpses=(Glimpse(1, 2, 3, "甲"),), notes=("注",)
)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("value", [REMOVAL, OUTCOME, RESULT, Reason("tandem"), Span(1, 2), Edit(1, 2)])
def test_a_value_comes_back_as_it_was(value: object, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(value, protocol))
    assert again == value
    assert type(again) is type(value)


def test_so_does_what_a_text_gives() -> None:
    text = "他把账本合上，望着窗外的雨，很久没有说话，也没有起身去点灯，屋里只剩下钟摆的声音。"
    outcome = clean(f"{text}{text}\n\n{text.replace('雨', '雪')}", "aggressive", kind=Kind.MARKDOWN)
    assert outcome.removals
    assert pickle.loads(pickle.dumps(outcome)) == outcome
