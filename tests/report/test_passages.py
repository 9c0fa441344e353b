"""Two passages side by side: what differs is marked with its class, and as much is shown as a person reads."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dedupe_cn.compare.differences import compare
from dedupe_cn.model import Difference, Span
from dedupe_cn.report.passages import PLACES, Piece, differing_passages, exact_passage


def words_of(pieces: Sequence[Piece]) -> str:
    return "".join(p if isinstance(p, str) else "…" if isinstance(p, int) else p[1] for p in pieces)


def marks_of(pieces: Sequence[Piece]) -> list[list[str]]:
    return [p for p in pieces if isinstance(p, list)]


@pytest.mark.parametrize(
    ("removed", "kept", "expected"),
    [
        ("第二展厅在东门。", "第一展厅在东门。", [["numeral", "二", "一"]]),
        ("共有 250 人参加了会议。", "共有 350 人参加了会议。", [["number", "250", "350"]]),
        (
            "他没有去过北京，也未到过上海。",
            "他去过北京，也到过上海。",
            [["negation", "没有", ""], ["negation", "未", ""]],
        ),
        ("他走了，很久没有说话", "他走了,很久没有说话。", [["width", "，", ","], ["dropped-mark", "", "。"]]),
    ],
)
def test_what_differs_is_marked_with_its_class(removed: str, kept: str, expected: list[list[str]]) -> None:
    comparison = compare(removed, kept)
    text = removed + kept
    spans = Span(0, len(removed)), Span(len(removed), len(text))
    one, other = differing_passages(text, *spans, comparison.differences)
    assert (words_of(one), words_of(other)) == (removed, kept)
    kinds = {difference.kind for difference in comparison.differences}
    pairs = [[a[0], a[1], b[1]] for a, b in zip(marks_of(one), marks_of(other), strict=True)]
    assert {kind for kind, _, _ in pairs} <= kinds
    assert pairs == expected


def test_a_long_pair_shows_what_is_around_its_places() -> None:
    body = "".join(chr(0x4E00 + i) for i in range(3_000))
    other = body[:1500] + "甲" + body[1501:]
    text = body + other
    one, two = differing_passages(text, Span(0, 3000), Span(3000, 6000), (Difference(body[1500], "甲", "word"),))
    assert one == [1460, body[1460:1500], ["word", body[1500]], body[1501:1541], 1459]
    assert marks_of(two) == [["word", "甲"]]


def test_no_more_places_are_marked_than_a_person_reads() -> None:
    one = "".join(f"{chr(0x4E00 + 2 * i)}甲" for i in range(200))
    other = "".join(f"{chr(0x4E00 + 2 * i)}乙" for i in range(200))
    left, _ = differing_passages(one + other, Span(0, 400), Span(400, 800), (Difference("甲", "乙", "word"),) * 200)
    assert len(marks_of(left)) == PLACES
    assert left[-1] == 240


def test_white_space_is_folded() -> None:
    assert exact_passage("一　 二\n\n\t\n三", Span(0, 9)) == ["一 二\n三"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("2019", "2020"), ("1,250", "1,350"), ("三百一十", "三百二十"), ("-5.5", "5.6"), ("201", "2019"), ("9:3", "9:45")],
)
def test_numbers_that_differ_are_marked_whole(one: str, other: str) -> None:
    texts = [f"渡口的钟楼上写着{number}这几个字，过往的人都看得见。" for number in (one, other)]
    comparison = compare(*texts)
    spans = Span(0, len(texts[0])), Span(len(texts[0]), len("".join(texts)))
    sides = differing_passages("".join(texts), *spans, comparison.differences)
    marks = [[piece[1] for piece in side if isinstance(piece, list)] for side in sides]
    assert marks == [[one], [other]]


def test_two_passages_that_differ_are_both_shown_whole_or_neither() -> None:
    """One of 495 characters beside one of 505: they stand side by side."""
    short, long = "甲" * 245 + "乙" + "丙" * 249, "甲" * 255 + "丁" + "丙" * 249
    spans = Span(0, len(short)), Span(len(short), len(short + long))
    one, other = differing_passages(short + long, *spans, (Difference("乙", "甲甲甲甲甲甲甲甲甲甲丁", "word"),))
    assert [any(isinstance(piece, int) for piece in side) for side in (one, other)] == [True, True]
