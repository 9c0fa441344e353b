"""Copies are found as far as they reach, exact or not, touching or not."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from budget import budget
from documents import HALF_WIDTH, documents, noisy
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn import kernel
from dedupe_cn.copies.find import find_copies
from dedupe_cn.copies.found import Copy
from dedupe_cn.copies.reader import Reader
from dedupe_cn.kernel.texts import Chains, Reached, Text
from dedupe_cn.model import Document, Kind
from dedupe_cn.text.segments import layout

ARCADE = "骑楼下的早点铺四点半就亮灯，蒸笼一层一层叠上去，排队的人把零钱捏在手里，谁也不说话。"
FERRY = "渡轮靠岸的时候，搬运工先把跳板放稳，再一袋一袋往下扛面粉，码头上落了薄薄一层白。"
CLOCK = "钟楼的指针停在九点一刻，修表的师傅爬上去看了两回，说是齿轮里卡进了一根鸽子的羽毛。"
STOVE = "炉子边上烤着三只红薯，外皮已经裂开，屋里的人轮流把手伸过去，谁先说饿谁就先吃。"
CANAL = "运河的水在霜降以后退下去半尺，露出石阶上刻的年号，孩子们拿粉笔一个一个描出来。"
ALL = (ARCADE, FERRY, CLOCK, STOVE, CANAL)


def copies(text: str, kind: Kind = Kind.MARKDOWN) -> list[Copy]:
    return find_copies(Reader(layout(text, kind)))


def said(text: str, kind: Kind = Kind.MARKDOWN) -> set[tuple[str, str]]:
    """Give the texts of both stretches of every copy, without white space."""
    exact = layout(text, kind).exact
    return {(exact[slice(*copy.kept)], exact[slice(*copy.removed)]) for copy in copies(text, kind)}


def parts(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


@given(
    st.permutations(ALL * 2).flatmap(lambda all: st.integers(1, 8).map(lambda n: all[:n])),
    st.sampled_from(["\n", "\n\n", "\r\n"]),
)
@budget(150)
def test_every_paragraph_that_stands_again_lies_in_a_copy(paragraphs: list[str], between: str) -> None:
    text = between.join(paragraphs) + "\n"
    exact = layout(text, Kind.MARKDOWN)
    covered = np.zeros(len(exact.codes), np.bool_)
    for copy in copies(text):
        covered[slice(*copy.kept)] = covered[slice(*copy.removed)] = True
    at = 0
    for number, paragraph in enumerate(paragraphs):
        if paragraph in paragraphs[:number] + paragraphs[number + 1 :]:
            assert covered[at : at + len(paragraph)].mean() > 0.9, paragraph
        at += len(paragraph)


@given(document=documents() | st.builds(Document, st.text(alphabet="甲乙丙丁\n。", max_size=120)))
@budget(200)
def test_what_is_said_of_a_copy_is_true(document: Document) -> None:
    reader = Reader(layout(document.text, document.kind))
    codes = reader.layout.codes
    found = find_copies(reader)
    assert len(found) == len({(copy.kept, copy.removed) for copy in found})
    assert found == sorted(found, key=lambda copy: (copy.removed, copy.kept))
    for copy in found:
        (first, end), (second, last) = copy.kept, copy.removed
        assert 0 <= first < end <= second < last <= reader.size
        assert not copy.lines or all(map(reader.is_edge, (first, end, last)))
        assert not copy.lines or reader.is_edge(second) or (reader.begins_sentence(second) and not copy.in_a_row)
        if copy.exact:
            assert np.array_equal(np.tile(codes[first:end], copy.times - 1), codes[second:last])
        if copy.in_a_row:
            assert list(copy.bounds) == sorted(set(copy.bounds))
            assert end in copy.bounds
            assert last in copy.bounds


def test_a_copy_reaches_over_paragraphs_headings_and_lists() -> None:
    run = f"{ARCADE}\n\n## 码头\n\n{FERRY}\n\n- 跳板要放稳\n- 面粉要盖好\n\n{CLOCK}"
    (copy,) = said(parts(run, STOVE, run, CANAL))
    assert copy[0] == copy[1] == "".join(run.split())


def test_a_copy_is_one_with_a_sentence_less_in_it() -> None:
    short, full = parts(ARCADE, FERRY).strip(), parts(ARCADE, CLOCK[:20] + "。", FERRY).strip()
    (copy,) = said(parts(full, STOVE, CANAL, short))
    assert copy == ("".join(full.split()), "".join(short.split()))


@given(data=st.data(), passage=st.sampled_from(ALL))
@budget(100)
def test_a_noisy_copy_is_found_from_end_to_end(data: st.DataObject, passage: str) -> None:
    others = [other for other in ALL if other != passage]
    copy = data.draw(noisy(passage))
    text = parts(others[0], passage, others[1], copy, others[2])
    assert (passage, "".join(copy.split())) in said(text)


def test_misread_signs_and_other_scripts_are_noise_to_the_finder() -> None:
    misread = FERRY.replace("时候", "時侯").replace("再", "冉").translate(HALF_WIDTH)
    assert said(parts(FERRY, CLOCK, misread)) == {(FERRY, misread)}


@pytest.mark.parametrize("cut", [12, 25, 38])
def test_a_copy_that_breaks_off_ends_where_it_does(cut: int) -> None:
    found = said(f"{ARCADE}{FERRY}{CLOCK}\n\n{STOVE}\n\n{ARCADE}{FERRY}{CLOCK[:cut]}\n")
    assert any(removed == f"{ARCADE}{FERRY}{CLOCK[:cut]}" for _, removed in found)


@pytest.mark.parametrize("between", ["", "\n", "\n\n", "　"])
@pytest.mark.parametrize("times", [2, 3, 5])
def test_copies_in_a_row_are_one_copy(times: int, between: str) -> None:
    (copy,) = copies(f"{STOVE}\n\n{between.join([ARCADE] * times)}\n\n{CANAL}\n")
    assert (copy.times, copy.exact, copy.in_a_row) == (times, True, True)
    assert tuple(copy.bounds) == tuple(len(STOVE) + number * len(ARCADE) for number in range(times + 1))


def test_a_row_of_copies_is_cut_where_sentences_begin() -> None:
    """It may be cut at any character of a period with the same result."""
    head, tail = ARCADE[:20], ARCADE[20:]
    (copy,) = copies(f"{STOVE}{tail}{head}{tail}{head}{tail}{CANAL}\n")
    text = layout(f"{STOVE}{tail}{head}{tail}{head}{tail}{CANAL}\n", Kind.MARKDOWN)
    assert text.exact[slice(*copy.kept)] == head + tail


def test_of_copies_in_a_row_that_are_not_equal_each_is_one() -> None:
    noisy_one, other = ARCADE.replace("，", ",", 1), ARCADE.replace("零钱", "钱包")
    removed = [removed for _, removed in said(parts(STOVE, ARCADE, noisy_one, other, CANAL))]
    assert sorted(removed) == sorted([noisy_one, other])


def test_short_lines_that_directly_repeat_are_copies() -> None:
    text = "门外有人来过。\n门外有人来过。\n门外有人来过。\n灯还亮着。\n"
    (copy,) = copies(text, Kind.TEXT)
    assert (tuple(copy.bounds), copy.lines, copy.times) == ((0, 7, 14, 21), True, 3)


def test_doubled_sentences_are_copies_each() -> None:
    sentences = ("门外的雪下了整整一夜没有停。", "天亮的时候路上还没有人扫。", "只有一只猫从墙根底下走过去。")
    found = said("".join(sentence * 2 for sentence in sentences) + "\n")
    assert {(sentence, sentence) for sentence in sentences} <= found


def test_a_repeat_inside_of_a_page_that_stands_twice_is_no_hindrance() -> None:
    page = parts(ARCADE, FERRY, STOVE, ARCADE, CLOCK)
    text = page + page
    size = len("".join(page.split()))
    assert any((copy.kept, copy.removed) == ((0, size), (size, 2 * size)) for copy in copies(text))


@pytest.mark.parametrize("count", [3, 4, 6])
def test_each_of_many_copies_is_led_back_to_one_before_it(count: int) -> None:
    chance = Random(count)
    letters = [chr(0x4E00 + 3 * number) for number in range(3000)]
    text = parts(*(f"{FERRY}\n\n{''.join(chance.sample(letters, 14 + number))}。" for number in range(count)))
    exact = layout(text, Kind.MARKDOWN).exact
    found = copies(text)
    removed = [copy for copy in found if exact[slice(*copy.removed)] == FERRY and copy.exact]
    assert len({copy.removed for copy in removed}) == count - 1


def hostile(size: int) -> dict[str, str]:
    chance = Random(5)
    letters = [chr(0x4E00 + 3 * number) for number in range(3000)]
    words = ["".join(chance.choices(letters, k=6)) for _ in range(12)]
    shingle = "".join(chance.choices(letters, k=40))
    return {
        "one character": "啊" * size,
        "two characters": "哈嘿" * (size // 2),
        "equal lines": "院子里的杏树一夜间全开了花。\n" * (size // 15),
        "a passage in every line": "\n".join(
            "".join(chance.choices(letters, k=20)) + shingle for _ in range(size // 60)
        ),
        "words in any order": "".join(chance.choices(words, k=size // 6)),
        "letters of two kinds": "".join(chance.choices("甲乙", k=size)),
    }


@pytest.mark.parametrize("name", hostile(60))
def test_the_work_grows_with_the_text(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted are the pieces of chains, the runs in those that are aligned and the copies, not the time."""
    work: list[list[int]] = []
    counts = [0, 0]

    def counted(text: Text, chains: Chains, hidden: memoryview) -> Reached:
        reached = align_chains(text, chains, hidden)
        counts[0] += len(chains.pieces) // 3
        counts[1] += len(reached.runs) // 3
        return reached

    align_chains = kernel.align_chains
    monkeypatch.setattr(kernel, "align_chains", counted)
    for size in (6_000, 24_000):
        counts[:] = [0, 0]
        found = copies(hostile(size)[name] + "\n", Kind.TEXT)
        work.append([*counts, len(found)])
        assert counts[0] <= size // 2
        assert len(found) <= size // 4
    for few, many in zip(*work, strict=True):
        assert many <= 6 * max(few, 8)


ROW = "| [门上的锁](/locks-of-all-doors-and-windows.md) | 可用 | 等雨季过完再看 | 尚在试验 | 不再提供 |"
NIGHT = "白天由柜台看管，夜里交给看更的人"


def test_a_row_of_a_table_is_a_copy_without_the_lines_above_it_that_only_end_alike() -> None:
    first = f"| [粮仓](/granary.md) | 朝北的那面墙 | {NIGHT} |\n\n## 另外那组\n\n| 门牌 | 说法 | 出处 | 年份 | 备注 |"
    other = f"| [路灯的开关](/street-lamps.md) | 谁先到谁开，谁后走谁关，别忘了记下 | {NIGHT} |"
    row = ROW.replace(" ", "")
    assert {(row, row)} == said(f"{first}\n{ROW}\n\n{other}\n{ROW}\n")
