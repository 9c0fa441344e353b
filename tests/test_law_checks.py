"""The checks of the laws themselves, at the edges of the pieces in which they read: nothing wrong slips through."""

from __future__ import annotations

import numpy as np
import pytest

from dedupe_cn import laws
from dedupe_cn.errors import LawError
from dedupe_cn.laws import check_cuts, check_made, check_tidied, check_written
from dedupe_cn.model import Edit, Kind, Span
from dedupe_cn.repeats.found import Repeat
from dedupe_cn.settings import TIDY_DEFAULT, TIDY_ON_REQUEST
from dedupe_cn.text.segments import layout
from dedupe_cn.text.writing import encode

TEXT = "".join(f"{number}，檐下的雨滴了一夜。\n" for number in range(60))
CODECS = ("utf-8", "utf-16", "utf-16-le", "utf-32-be", "gb18030", "gbk", "big5", "hz")


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1 << 16])
@pytest.mark.parametrize("codec", CODECS)
def test_only_bytes_that_read_back_are_written(codec: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laws, "_BYTES", size)
    text = TEXT[:60] if size < 1 << 16 else TEXT * 40
    text = text.replace("滴", "落")
    data = encode(text, codec, mark=True)
    check_written(data, codec, text)
    other = encode(text[:-2] + "！\n", codec, mark=True)
    for wrong in (data[:-1], data[:-4], data + data[-4:], data[: len(data) // 2], other, b""):
        with pytest.raises(LawError):
            check_written(wrong, codec, text)


@pytest.mark.parametrize("piece", [1, 7, 1 << 16])
def test_only_what_is_named_may_be_cut(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(laws, "PIECE", piece)
    monkeypatch.setattr(laws, "_SHORT", 5)
    before = layout(TEXT, Kind.TEXT)
    gone, other = Repeat("repeated-block", (0, 10), (20, 40), 20), Repeat("repeated-block", (0, 3), (50, 53), 3)
    (start, end), (first, last) = ((span.start, span.end) for span in (before.span(20, 40), before.span(50, 53)))
    cuts = [Edit(start, end), Edit(first, last)]
    check_cuts(before, [other, gone], cuts)
    check_cuts(before, [gone], [Edit(start, end, "\n")])
    wrong: tuple[list[Edit], ...] = (
        [],
        cuts[:1],
        [*cuts, Edit(last, last + 1)],
        [Edit(start + 1, end), cuts[1]],
        [Edit(start - 1, end), cuts[1]],
        [Edit(start, end + 1), cuts[1]],
        [Edit(start, end, "雨"), cuts[1]],
    )
    for edits in wrong:
        with pytest.raises(LawError):
            check_cuts(before, [gone, other], edits)


def test_what_marks_leave_unseen_is_not_cut_with_what_is_seen() -> None:
    hidden = TEXT.index("夜", 30)
    seen = layout(TEXT, Kind.TEXT, [Span(hidden, hidden + 1)])
    start = int(seen.form.exact(np.array([hidden - 2]))[0])
    around = Repeat("repeated-block", (0, 4), (start, start + 4), 4)
    with pytest.raises(LawError):
        check_cuts(seen, [around], [Edit(hidden - 2, hidden + 3)])


@pytest.mark.parametrize("piece", [1, 7, 1 << 16])
def test_nothing_but_the_edits_may_be_made(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dedupe_cn.edits._PIECE", piece)
    edits = [Edit(3, 9), Edit(20, 21, "\n")]
    after = TEXT[:3] + TEXT[9:20] + "\n" + TEXT[21:]
    check_made(TEXT, edits, after)
    for text in (after[:-2], after + "雨", after[1:], after.replace("夜", "日", 1), TEXT, ""):
        with pytest.raises(LawError):
            check_made(TEXT, edits, text)


def test_only_what_the_edits_say_is_tidied() -> None:
    edits = [Edit(0, 0, " ", "indent"), Edit(len(TEXT) - 1, len(TEXT), "", "final-newline")]
    after = " " + TEXT[:-1]
    rules = frozenset(TIDY_DEFAULT)
    check_tidied(TEXT, edits, after, rules)
    for text in (TEXT, after + "\n", after[:-1], after.replace("夜", "日", 1)):
        with pytest.raises(LawError):
            check_tidied(TEXT, edits, text, rules)
    visible = [Edit(3, 4)]
    with pytest.raises(LawError):
        check_tidied(TEXT, visible, TEXT[:3] + TEXT[4:], rules)
    check_tidied(TEXT, visible, TEXT[:3] + TEXT[4:], rules | {next(iter(TIDY_ON_REQUEST))})
