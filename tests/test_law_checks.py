"""The checks of the laws themselves, at the edges of the pieces in which they read: nothing wrong slips through."""

from __future__ import annotations

import pytest

from dedupe_cn import laws
from dedupe_cn.errors import LawError
from dedupe_cn.laws import check_cut, check_tidied, check_written
from dedupe_cn.library import encode
from dedupe_cn.model import Edit, Kind
from dedupe_cn.repeats.found import Repeat
from dedupe_cn.settings import TIDY_DEFAULT
from dedupe_cn.text.characters import exact_codes
from dedupe_cn.text.segments import layout

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
def test_only_what_is_named_may_be_missing(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dedupe_cn.text.characters.PIECE", piece)
    monkeypatch.setattr(laws, "PIECE", 2 * piece)
    before = layout(TEXT, Kind.TEXT)
    gone = Repeat("repeated-block", (0, 10), (20, 40), 20)
    span = before.span(20, 40)
    after = TEXT[: span.start] + "\n" + TEXT[span.end :]
    check_cut(before, [gone], exact_codes(after))
    wrong = (after[:-2], after + "雨", after[1:], after.replace("夜", "日", 1), TEXT, "")
    for text in wrong:
        with pytest.raises(LawError):
            check_cut(before, [gone], exact_codes(text))


def test_only_what_the_edits_say_is_tidied() -> None:
    steps = [[Edit(0, 0, " ", "indent")], [Edit(len(TEXT), len(TEXT) + 1, "", "final-newline")]]
    after = " " + TEXT[:-1]
    rules = frozenset(TIDY_DEFAULT)
    check_tidied(TEXT, steps, after, rules)
    for text in (TEXT, after + "\n", after[:-1], after.replace("夜", "日", 1)):
        with pytest.raises(LawError):
            check_tidied(TEXT, steps, text, rules)
