"""The blocks of Markdown moved along with edits, beside those of a full reading."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from budget import budget
from documents import texts
from hypothesis import event, given
from hypothesis import strategies as st

from dedupe_cn.edits import apply
from dedupe_cn.model import Document, Edit, Kind, Level
from dedupe_cn.pipeline import clean
from dedupe_cn.settings import RULES, TIDY_DEFAULT, Settings
from dedupe_cn.text import moving
from dedupe_cn.text.block_kinds import KINDS, Blocks
from dedupe_cn.text.markup import MarkdownReader
from dedupe_cn.text.moving import move
from dedupe_cn.text.reading import Reading
from dedupe_cn.text.segments import Layout, layout
from dedupe_cn.tidy import tidy
from dedupe_cn.tidy.zones import Zones

#: Lines that begin, end, continue or interrupt blocks, and such that do nothing of it.
LINES = [
    *("", "", "", "", " ", "\u3000", "\t", "\u200b"),
    *("今天早上，城南的集市照常开张。", "卖菜的人比昨天多。", "一只橘猫坐在门口 ", "import 之后", "export"),
    *("床前明月光，", "疑是地上霜。", "举头望明月，", "低头思故乡。"),
    *("# 第一章", "#不是标题", "======", "---", "- - -", "***", "+++"),
    *("- 一项", "  接着说", "12. 第十二项", "    缩进四格", "\t缩进一格", "* 又一项"),
    *("> 引一句", ">", "```", "```python", "~~~", "````", "x = 1"),
    *("<div>", "</div>", "<!-- 注", "-->", "<pre>", "</pre>", "$$", "\\[", "\\]", "$$ x $$"),
    *("| 甲 | 乙 |", "|---|---|", "甲 | 乙", "--- | ---", "![图](a.png)", "[注]: http://a.cn", "::: 提示", "!!! 注意"),
]
DOCUMENTS = st.lists(st.sampled_from(LINES), min_size=1, max_size=60).map("\n".join)


@pytest.fixture(autouse=True, scope="module")
def always_around() -> Iterator[None]:
    """Never read all anew only because there are more edits than it is worth in texts of a few blocks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moving, "_DEAR", 0.01)
        yield


def read(text: str) -> Blocks:
    """Read all blocks that hold anything visible."""
    return layout(text, Kind.MARKDOWN).blocks


def seen(text: str, blocks: Blocks) -> list[tuple[int, int, str, int]]:
    """Give the blocks that hold anything visible as a list that can be compared."""
    table = layout(text, Kind.MARKDOWN, known=blocks).blocks
    return [(*row[:2], KINDS[row[2]], row[3]) for row in zip(*(column.tolist() for column in table), strict=True)]


def held(before: str, edits: list[Edit]) -> bool:
    """Compare both ways; tell whether the blocks were moved at all."""
    after = apply(before, edits)
    moved = move(before, read(before), edits, after)
    if moved is not None:
        assert seen(after, moved) == seen(after, read(after)), (before, after)
    return moved is not None


def edits_of(text: str, places: list[tuple[int, int, str]]) -> list[Edit]:
    """Give sorted edits that do not touch, each of some lines, parts of lines or a place."""
    edits: list[Edit] = []
    for start, size, new in sorted(places):
        start = min(start, len(text))
        if not edits or start > edits[-1].end:
            edits.append(Edit(start, min(start + size, len(text)), new))
    return edits


PLACES = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 40), st.sampled_from(["", "", "", "\n", "\n\n", "字", "\n```\n"])),
    min_size=1,
    max_size=4,
)


@given(DOCUMENTS, PLACES)
@budget(600)
def test_blocks_are_those_of_a_full_reading(text: str, places: list[tuple[int, int, str]]) -> None:
    held(text, edits_of(text, places))


@given(DOCUMENTS, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 5)), min_size=1, max_size=4))
@budget(600)
def test_so_they_are_where_whole_lines_go(text: str, runs: list[tuple[int, int]]) -> None:
    """As a removal takes them: from the start of a line to the start of another."""
    starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\n"), len(text)]
    cuts: list[Edit] = []
    for first, count in sorted(runs):
        start, end = (starts[min(at, len(starts) - 1)] for at in (first, first + count))
        if start < end and (not cuts or cuts[-1].end <= start):
            cuts.append(Edit(start, end))
    if cuts:
        held(text, cuts)


@given(DOCUMENTS, st.sampled_from(["", " ", "\n", " \n\n\n\n"]))
@budget(400)
def test_so_they_are_behind_every_step_of_tidying(text: str, end: str) -> None:
    text += end

    def change(before: str, edits: list[Edit]) -> str:
        held(before, edits)
        return apply(before, edits)

    def zones(at: str) -> Zones:
        return Zones(*layout(at, Kind.MARKDOWN).protected_spans())

    tidy(text, Kind.MARKDOWN, frozenset(TIDY_DEFAULT), "keep", zones, None, change)


@given(texts(), st.sampled_from(Level))
@budget(200)
def test_cleaning_knows_the_blocks_that_a_reading_finds(text: str, level: Level) -> None:
    """Whatever was removed and tidied on the way."""
    real = Reading.layout
    moved: list[bool] = []

    def compared(self: Reading, at: str) -> Layout:
        here = real(self, at)
        moved.append(here.known is not None)
        if moved[-1]:
            assert seen(at, here.blocks) == seen(at, read(at)), (text, at)
        return here

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reading, "layout", compared)
        clean(Document(text, Kind.MARKDOWN), Settings(level=level, rules=frozenset(RULES) - {"mojibake"}))
    event(f"moved {any(moved)}")


def test_a_line_may_become_verse_without_its_blanks() -> None:
    """So long a line is not looked at for verse."""
    verse = "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。"
    text = verse + 160 * " "
    assert [KINDS[kind] for blocks in map(read, (text, verse)) for kind in blocks.kinds] == ["paragraph", "verse"]
    assert held(PROSE + text + "\n", [Edit(len(PROSE + verse), len(PROSE + text), rule="trailing-space")])


PROSE = "\n\n".join(f"第{n}段，讲的是第{n}件事。" for n in range(200)) + "\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("第30段，讲的是第30件事。\n\n", ""),
        ("第30段，", "# 第30段，"),
        ("第30段，", "```\n\n```\n\n"),
        ("\n\n第30段，", ""),
        ("件事。\n\n第199段", "第199段"),
        ("第0段，讲的是第0件事。\n\n", ""),
    ],
)
def test_a_change_at_one_place_is_read_around_it_only(old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most blocks stay as they are: nothing is read far from the edit."""
    lines: list[int] = []
    read = MarkdownReader.read

    def counted(reader: MarkdownReader, end: int) -> None:
        lines.append(end)
        read(reader, end)

    monkeypatch.setattr(MarkdownReader, "read", counted)
    at = PROSE.index(old)
    assert held(PROSE, [Edit(at, at + len(old), new)])
    assert len(lines) < 8


def test_a_fence_more_turns_all_others_around() -> None:
    """No block begins where one began: with half of the text read, all is read anew."""
    assert not held(PROSE.replace("\n\n", "\n\n```\n\n"), [Edit(0, 0, "```\n")])


def test_many_edits_are_not_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(moving, "_DEAR", 4)
    starts = [at for at in range(1, len(PROSE)) if PROSE.startswith("\n第", at - 1)]
    assert held(PROSE, [Edit(at, at + 1) for at in starts[::10]])
    assert not held(PROSE, [Edit(at, at + 1) for at in starts[::3]])


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_are_read_anew(end: str) -> None:
    assert not held(PROSE.replace("\n", end), [Edit(400, 410)])


FRONT = "---\ntitle: 集市\n---\n\n" + PROSE


@pytest.mark.parametrize(
    ("edit", "moved"),
    [
        (Edit(600, 610), True),
        (Edit(0, 3), False),
        (Edit(5, 9), False),
        (Edit(15, 19), False),
        (Edit(0, 19), False),
    ],
)
def test_front_matter_stays_known_where_no_edit_touches_it(edit: Edit, moved: bool) -> None:
    assert held(FRONT, [edit]) is moved


def test_what_becomes_front_matter_is_read_anew() -> None:
    assert not held("集市\n" + FRONT, [Edit(0, 3)])
