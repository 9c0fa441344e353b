"""The exact form of a text and where its blocks lie in it."""

from __future__ import annotations

import pytest
from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.model import Kind, Span
from dedupe_cn.text.characters import squash
from dedupe_cn.text.segments import Layout, blocks, layout

TEXTS = st.text(alphabet=st.sampled_from("天地人，。 　\t\n\r\u200b\ufeffab#-|>`12𠀀“”"), max_size=60)


def exact(here: Layout) -> str:
    return "".join(map(chr, here.codes.tolist()))


@given(TEXTS, st.sampled_from(Kind))
@budget(150)
def test_the_exact_form_is_the_squashed_text(text: str, kind: Kind) -> None:
    here = layout(text, kind)
    assert exact(here) == squash(text)
    assert "".join(text[here.form.offset(at)] for at in range(len(here.codes))) == squash(text)
    assert here.exact == squash(text)


@given(st.text(alphabet=st.sampled_from("天，\n-> `1."), max_size=60), st.lists(st.sampled_from(["`", "``", "天，"])))
@budget(200)
def test_protected_blocks_are_found_by_what_stands_in_them(text: str, signs: list[str]) -> None:
    here = layout(text, Kind.MARKDOWN)
    verbatim, protected = here.protected_spans()
    holding = [s for s in protected if s in verbatim or any(sign in text[s.start : s.end] for sign in signs)]
    assert here.protected_spans(signs) == (verbatim, tuple(holding) if signs else protected)


@given(TEXTS, st.sampled_from(Kind))
@budget(150)
def test_blocks_cover_the_exact_form_without_a_gap(text: str, kind: Kind) -> None:
    here = layout(text, kind)
    starts, ends = here.starts.tolist(), here.ends.tolist()
    assert starts == [0, *ends][: len(starts)]
    assert (ends[-1] if ends else 0) == len(here.codes)
    seen = [block for block in blocks(text, kind) if squash(text[block.start : block.end])]
    for index, (block, start, end) in enumerate(zip(seen, starts, ends, strict=True)):
        assert squash(text[block.start : block.end]) == exact(here)[start:end]
        assert here.kind_of(index) == block.kind
        assert here.table.levels[index] == block.level


@given(TEXTS, st.sampled_from(Kind), st.data())
@budget(150)
def test_a_span_begins_and_ends_on_visible_characters(text: str, kind: Kind, data: st.DataObject) -> None:
    here = layout(text, kind)
    if not len(here.codes):
        return
    start = data.draw(st.integers(0, len(here.codes) - 1))
    end = data.draw(st.integers(start + 1, len(here.codes)))
    span = here.span(start, end)
    assert squash(text[span.start])
    assert squash(text[span.end - 1])
    assert squash(here.slice(start, end)) == exact(here)[start:end]
    touched = here.blocks_in(start, end)
    assert here.starts[touched[0]] <= start < here.ends[touched[0]]
    assert here.starts[touched[-1]] < end <= here.ends[touched[-1]]


def texts(here: Layout) -> list[str]:
    return [here.slice(start, end) for start, end in zip(here.starts.tolist(), here.ends.tolist(), strict=True)]


def test_an_empty_text_has_no_blocks() -> None:
    for text in ("", " \n\t", "\u200b\n\ufeff"):
        here = layout(text, Kind.MARKDOWN)
        assert len(here.codes) == 0
        assert len(here.starts) == len(here.ends) == 0
        assert here.slice(0, 0) == ""


def test_a_block_of_invisible_characters_is_left_out() -> None:
    here = layout("甲。\n\n\u200b\n\n乙。\n", Kind.MARKDOWN)
    assert texts(here) == ["甲。", "乙。"]


@pytest.mark.parametrize("line", ["\u200b\t\t", "\x00 \t\t"])
def test_a_line_of_invisible_characters_and_tabs_is_no_row_of_a_table(line: str) -> None:
    here = layout(f"{line}\n| 甲\n", Kind.TEXT)
    assert (here.kind_of(0), texts(here)) == ("table", ["| 甲"])


def test_spans_count_code_points_beyond_the_first_plane() -> None:
    here = layout("𠀀 𠀁\n", Kind.TEXT)
    assert here.span(1, 2) == Span(2, 3)


def test_what_templates_hand_on_is_one_block_of_code() -> None:
    text = "甲。\n\n{% codeblock a %}\nx\n\n- y\n{% endcodeblock %}\n\n乙。\n\n{% raw %}\n\n丙。\n"
    found = [(block.kind, text[block.start : block.end]) for block in blocks(text, Kind.MARKDOWN)]
    assert found[1] == ("code", "{% codeblock a %}\nx\n\n- y\n{% endcodeblock %}")
    assert [kind for kind, _ in found] == ["paragraph", "code", "paragraph", "directive", "paragraph"]
    assert blocks(text.replace("\n", "\r\n"), Kind.MARKDOWN)[1].kind == "code"
