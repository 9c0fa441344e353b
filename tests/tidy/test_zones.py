from __future__ import annotations

import pytest
from tidying import MARKDOWN, TEXT, fences

from dedupe_cn.model import Edit, Span
from dedupe_cn.tidy.zones import Spare, Zones, outside, spared


def passages(text: str, spare: Spare, zones: Zones) -> list[str]:
    return [text[span.start : span.end] for span in spared(text, MARKDOWN, zones, spare)]


NESTED = {
    "a fence in a list": ("- 甲\n  ```\n  a\n  ```\n  乙", ["  ```\n  a\n  ```"]),
    "a fence behind the mark of a list": ("- ```\n  a\n  ```\n- 乙", ["- ```\n  a\n  ```"]),
    "two fences": ("- ~~~\n  a\n  ~~~\n- ```\n  b\n  ```", ["- ~~~\n  a\n  ~~~", "- ```\n  b\n  ```"]),
    "a fence of backticks inside one of tildes": ("- ~~~\n  ```\n  ~~~", ["- ~~~\n  ```\n  ~~~"]),
    "a longer fence that closes": ("> ```\n> a\n> `````", ["> ```\n> a\n> `````"]),
    "a shorter fence that does not close": ("> ````\n> ```\n> a", ["> ````\n> ```\n> a"]),
    "code inside a line that looks like a fence": ("- ```a``` 甲", []),
}
INLINE = {
    "code": ("甲 `a` 乙", ["`a`"]),
    "code with backticks in it": ("甲 ``a`b`` 乙", ["``a`b``"]),
    "code over a line break": ("甲 `a\nb` 乙", ["`a\nb`"]),
    "a pair with a blank line between is none": ("甲 `a\n\nb` 乙", []),
    "an escaped backtick opens nothing": ("甲 \\`a` 乙", []),
    "the target of a link": ("[甲](b.md)", ["](b.md)"]),
    "a tag and an address": ("<b>甲</b> https://a.cn/b，乙", ["<b>", "</b>", "https://a.cn/b"]),
    "math": ("甲 $a_b$ 乙", ["$a_b$"]),
    "code with a tag in it is one": ("`<b>`", ["`<b>`"]),
}


@pytest.mark.parametrize(("text", "expected"), NESTED.values(), ids=NESTED)
def test_fences_inside_protected_blocks_are_verbatim(text: str, expected: list[str]) -> None:
    assert passages(text, Spare.VERBATIM, Zones((), (Span(0, len(text)),))) == expected


@pytest.mark.parametrize(("text", "expected"), INLINE.values(), ids=INLINE)
def test_inline_spans(text: str, expected: list[str]) -> None:
    assert passages(text, Spare.INLINE, Zones()) == expected


def test_inline_spans_do_not_reach_over_verbatim_blocks() -> None:
    text = "甲 `\n```\na\n```\n乙 `\n"
    assert passages(text, Spare.INLINE, fences(text)) == ["```\na\n```"]


def test_plain_text_has_no_inline_spans() -> None:
    assert spared("`a`", TEXT, Zones(), Spare.INLINE) == ()


@pytest.mark.parametrize(
    ("start", "end", "stays"),
    [
        (0, 2, True),
        (1, 3, False),
        (2, 2, True),
        (3, 3, False),
        (2, 4, False),
        (4, 4, True),
        (4, 5, True),
        (5, 7, False),
    ],
)
def test_edits_inside_a_span_are_dropped(start: int, end: int, stays: bool) -> None:
    edit = Edit(start, end, "甲")
    assert outside([edit], [Span(2, 4), Span(6, 8)]) == ([edit] if stays else [])
