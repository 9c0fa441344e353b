"""The checks of the laws themselves, at the edges of the pieces in which they read: nothing wrong slips through."""

from __future__ import annotations

import pytest

from dedupe_cn import laws
from dedupe_cn.copies.found import Copy
from dedupe_cn.encoding.writing import encode
from dedupe_cn.errors import LawError
from dedupe_cn.judge.case import Case, Page
from dedupe_cn.laws import broken_structure, check_cuts, check_made, check_removals, check_tidied, check_written
from dedupe_cn.model import Edit, Kind, Span
from dedupe_cn.settings import TIDY_DEFAULT, TIDY_ON_REQUEST, Settings
from dedupe_cn.text.segments import Layout, layout
from dedupe_cn.text.tree import read_tree

TEXT = "".join(f"{number}，檐下的雨滴了一夜。\n" for number in range(60))
CODECS = ("utf-8", "utf-16", "utf-16-le", "utf-32-be", "gb18030", "gbk", "big5", "hz")


def case(text: Layout, kept: tuple[int, int], removed: tuple[int, int]) -> Case:
    return Case(Page(text, Settings()), "repeated-block", Copy(kept, removed, exact=True))


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


def test_only_what_is_named_may_be_cut() -> None:
    before = layout(TEXT, Kind.TEXT)
    gone, other = case(before, (0, 10), (20, 40)), case(before, (0, 3), (50, 53))
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
    start = seen.form.exact(hidden - 2)
    around = case(seen, (0, 4), (start, start + 4))
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


def test_an_exact_copy_says_what_the_kept_one_says_and_that_stays() -> None:
    text = layout("井台上的水桶空了。\n井台上的水桶空了。\n井台下的水桶空了。\n", Kind.TEXT)
    check_removals(text, [case(text, (0, 9), (9, 18))])
    with pytest.raises(LawError):
        check_removals(text, [case(text, (0, 9), (18, 27))])
    with pytest.raises(LawError):
        check_removals(text, [case(text, (0, 9), (9, 18)), case(text, (9, 18), (0, 9))])


def test_code_goes_whole_or_stays_whole() -> None:
    text = layout("甲乙。\n\n```\n丙丁\n```\n\n甲乙。\n\n```\n丙丁\n```\n", Kind.MARKDOWN)
    check_removals(text, [case(text, (0, 11), (11, 22))])
    with pytest.raises(LawError):
        check_removals(text, [case(text, (0, 8), (11, 19))])


BROKEN = {
    "a block comes under another heading": ("# 甲\n\n子。\n\n# 乙\n\n丑。\n", "\n\n# 乙", "乙"),
    "a block leaves its container": (":::note\n子。\n:::\n\n丑。\n", ":::note\n", ":::"),
    "emphasis loses its partner": ("子**丑**。\n\n寅。\n", "**。", "**"),
    "a fence loses its end": ("# 甲\n\n```\n子\n```\n\n丑。\n", "\n```\n\n丑。", "fence"),
}


@pytest.mark.parametrize(("text", "cut", "lost"), BROKEN.values(), ids=BROKEN)
def test_structure_that_would_break_is_told(text: str, cut: str, lost: str) -> None:
    def told(gone: str) -> str | None:
        start = text.index(gone)
        after = text[:start] + text[start + len(gone) :]
        left = read_tree(layout(after, Kind.MARKDOWN))
        why = broken_structure(read_tree(layout(text, Kind.MARKDOWN)), left, [Edit(start, start + len(gone))])
        return why and f"{why.code} {why.values[0]}"

    assert told(cut) == f"law {lost}"
    assert told("丑" if "丑**" not in text else "寅") is None
