"""What may never happen (docs/how-it-decides.md) over documents made of real shapes and accidents."""

from __future__ import annotations

import pytest
from budget import budget
from documents import documents, several_systems, strange, texts
from holds import covered, is_subsequence, names_what_is_left, says_the_same, visible
from hypothesis import assume, given
from hypothesis import strategies as st

from dedupe_cn.library import clean_bytes
from dedupe_cn.model import Document, Kind, Level, Outcome, Span
from dedupe_cn.pipeline import clean
from dedupe_cn.settings import REPEAT_RULES, TIDY_DEFAULT, Settings
from dedupe_cn.text.block_kinds import PARAGRAPH
from dedupe_cn.text.characters import squash
from dedupe_cn.text.segments import blocks

RULES = {
    "repeats": frozenset(REPEAT_RULES),
    "repeats and tidying": frozenset(REPEAT_RULES + TIDY_DEFAULT),
    "exact repeats": frozenset(REPEAT_RULES) - {"near-duplicate"},
}
KEEPS = ("first", "last", "longest")
LEVELS = [level.value for level in Level]
CODECS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-32-be", "gb18030")


def cleaned(document: Document, level: str, rules: str = "repeats", keep: str = "first") -> Outcome:
    return clean(document, Settings(level=Level(level), keep=keep, rules=RULES[rules]))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("rules", RULES)
@given(document=documents())
@budget(25)
def test_a_second_run_changes_nothing(rules: str, level: str, document: Document) -> None:
    once = cleaned(document, level, rules).text
    assert cleaned(Document(once, document.kind), level, rules).text == once


@pytest.mark.parametrize("keep", KEEPS)
@given(document=documents(), level=st.sampled_from(LEVELS))
@budget(25)
def test_a_second_run_changes_nothing_whichever_copy_stays(keep: str, document: Document, level: str) -> None:
    once = cleaned(document, level, "repeats and tidying", keep).text
    assert cleaned(Document(once, document.kind), level, "repeats and tidying", keep).text == once


@pytest.mark.parametrize("level", LEVELS)
@given(document=documents(), keep=st.sampled_from(KEEPS))
@budget(40)
def test_what_is_left_is_the_original_less_the_cuts(level: str, document: Document, keep: str) -> None:
    outcome = cleaned(document, level, keep=keep)
    assert outcome.original == document.text
    assert is_subsequence(outcome.text, document.text)
    cut = covered(outcome.edits)
    rest = "".join(char for place, char in enumerate(document.text) if place not in cut)
    assert squash(rest) == squash(outcome.text)


@pytest.mark.parametrize("level", LEVELS)
@given(document=documents())
@budget(40)
def test_every_removed_character_belongs_to_a_removal(level: str, document: Document) -> None:
    outcome = cleaned(document, level)
    named = covered(removal.span for removal in outcome.applied)
    assert {place for place in covered(outcome.edits) if squash(document.text[place])} == {
        place for place in named if squash(document.text[place])
    }
    assert outcome.changed == bool(outcome.applied)
    assert {edit.rule for edit in outcome.edits} == {removal.rule for removal in outcome.applied}


@pytest.mark.parametrize("rules", ["repeats", "repeats and tidying"])
@given(document=documents(), level=st.sampled_from(LEVELS))
@budget(40)
def test_spans_are_inside_the_text_and_visible_at_both_ends(rules: str, document: Document, level: str) -> None:
    for removal in cleaned(document, level, rules).removals:
        for span in (removal.span, removal.kept):
            assert 0 <= span.start < span.end <= len(document.text)
            assert squash(document.text[span.start])
            assert squash(document.text[span.end - 1])
        assert removal.chars > 0
        assert removal.reason
        assert 0 < removal.score <= 1


@pytest.mark.parametrize("keep", KEEPS)
@given(document=documents(), level=st.sampled_from(LEVELS))
@budget(40)
def test_an_exact_removal_says_what_its_kept_copy_says(keep: str, document: Document, level: str) -> None:
    outcome = cleaned(document, level, "exact repeats", keep)
    for removal in outcome.removals:
        others = covered(other.span for other in outcome.applied if other is not removal)
        both = covered([removal.span, removal.kept])
        assert removal.score == 1.0
        if not both & others:
            assert says_the_same(document.text, removal) or names_what_is_left(outcome, removal)


@pytest.mark.parametrize("keep", KEEPS)
@given(document=documents(), level=st.sampled_from(LEVELS))
@budget(40)
def test_what_was_kept_is_still_there(keep: str, document: Document, level: str) -> None:
    outcome = cleaned(document, level, "exact repeats", keep)
    cut = covered(outcome.edits)
    left = squash(outcome.text)
    for removal in outcome.applied:
        kept = visible(document.text, removal.kept)
        rest = [place for place in kept if place not in cut]
        assert rest, "all of the kept copy is gone"
        if len(rest) == len(kept):
            assert squash(document.text[removal.kept.start : removal.kept.end]) in left


@pytest.mark.parametrize("kind", list(Kind))
@given(document=documents(), level=st.sampled_from(LEVELS))
@budget(40)
def test_a_protected_block_is_unchanged_or_gone_whole_with_an_equal_one_left(
    kind: Kind, document: Document, level: str
) -> None:
    """Copies that touch may begin in mid-block: what is cut out between them is one period."""
    text = document.text
    outcome = cleaned(Document(text, kind), level, "exact repeats")
    assume({removal.rule for removal in outcome.applied} <= {"section", "repeated-block", "running-line"})
    cut = covered(outcome.edits)
    left = squash(outcome.text)
    for block in blocks(text, kind):
        places = visible(text, Span(block.start, block.end))
        if block.kind == PARAGRAPH or not places:
            continue
        gone = sum(place in cut for place in places)
        assert gone in (0, len(places)), block
        assert squash(text[block.start : block.end]) in left


@given(document=documents(), level=st.sampled_from(LEVELS), rules=st.sampled_from(sorted(RULES)))
@budget(40)
def test_the_result_is_the_same_every_time(document: Document, level: str, rules: str) -> None:
    assert cleaned(document, level, rules) == cleaned(document, level, rules)


@given(document=documents())
@budget(25)
def test_layout_does_not_decide_what_is_an_exact_repeat(document: Document) -> None:
    """Windows line ends change nothing but themselves."""
    assume("\r" not in document.text)
    windows = Document(document.text.replace("\n", "\r\n"), document.kind)
    for level in LEVELS:
        wanted = cleaned(document, level).text.replace("\n", "\r\n")
        assert cleaned(windows, level).text == wanted


@pytest.mark.parametrize("rules", RULES)
@given(text=texts().flatmap(strange), kind=st.sampled_from(Kind), level=st.sampled_from(LEVELS))
@budget(40)
def test_the_laws_hold_among_characters_nobody_types(rules: str, text: str, kind: Kind, level: str) -> None:
    document = Document(text, kind)
    outcome = cleaned(document, level, rules)
    assert cleaned(Document(outcome.text, kind), level, rules).text == outcome.text
    if rules != "repeats and tidying":
        assert is_subsequence(outcome.text, text)
        named = covered(removal.span for removal in outcome.applied)
        assert not [place for place in covered(outcome.edits) if squash(text[place]) and place not in named]


@given(
    text=texts().flatmap(several_systems),
    kind=st.sampled_from(Kind),
    level=st.sampled_from(LEVELS),
    eol=st.sampled_from(["keep", "lf", "crlf"]),
    keep=st.sampled_from(KEEPS),
)
@budget(120)
def test_the_laws_hold_among_line_ends_of_several_systems(
    text: str, kind: Kind, level: str, eol: str, keep: str
) -> None:
    settings = Settings(level=Level(level), keep=keep, eol=eol)
    outcome = clean(Document(text, kind), settings)
    assert clean(Document(outcome.text, kind), settings).text == outcome.text
    cut = covered(edit for edit in outcome.edits if edit.rule in REPEAT_RULES)
    assert squash("".join(char for place, char in enumerate(text) if place not in cut)) == squash(outcome.text)
    tidied = [edit for edit in outcome.edits if edit.rule in TIDY_DEFAULT]
    assert not {place for place in covered(tidied) if squash(text[place])}


@pytest.mark.parametrize("codec", CODECS)
@given(text=texts(), kind=st.sampled_from(Kind), level=st.sampled_from(LEVELS))
@budget(25)
def test_the_encoding_changes_nothing(codec: str, text: str, kind: Kind, level: str) -> None:
    wanted = clean(Document(text, kind), Settings(level=Level(level))).text
    result = clean_bytes(text.encode(codec), level, kind=kind, encoding=codec, output_encoding="keep")
    assert result.outcome.text == wanted
    written = {"utf-16-le": "utf-16", "utf-32-be": "utf-32"}.get(codec, codec)  # always with their mark
    assert result.data.decode(written) == wanted


@pytest.mark.parametrize("keep", ["utf-8", "keep"])
def test_bytes_that_need_no_change_are_those_that_came(keep: str) -> None:
    data = "云在山头走。\n\n水在山下流。\n".encode()
    assert clean_bytes(data, output_encoding=keep).data is data
    marked = b"\xef\xbb\xbf" + data
    assert clean_bytes(marked, output_encoding=keep).data == data
    assert clean_bytes(marked, output_encoding=keep, disable=["bom"]).data == marked


VERSE = "云在山头走，\n水在山下流，\n人在山间住，\n"
COPY = "海棠花开在井边石台上，女孩把木桶放下，听见远处有人吹笛，调子很旧，像外祖母哼过的那一支，后来再没听过。"
#: Texts that broke a law: sentence -> (text, keep).
REFUSED = {
    "a passage that begins and ends in verse": (
        f"{VERSE}{COPY[:5]}\n{COPY[5:]}{COPY[:46]}\n{COPY[46:]}\n{VERSE}",
        "first",
    ),
    "a passage that begins in verse, where the later copy stays": (
        f"{VERSE}月下{COPY[:5]}\n{COPY[5:]}{COPY}说到这里，他停住了。\n",
        "last",
    ),
}


@pytest.mark.parametrize(("text", "keep"), REFUSED.values(), ids=REFUSED)
def test_no_text_is_refused(text: str, keep: str) -> None:
    document = Document(text, Kind.TEXT)
    outcome = cleaned(document, "safe", keep=keep)
    assert VERSE in outcome.text


def test_a_kept_copy_that_goes_later_is_followed_to_all_of_its_twin() -> None:
    head, body, tail = (
        "女孩放下",
        "木桶听见远处有人吹笛调子很旧像外祖母哼过的那一支后来再也没听过直到今天傍",
        "晚才又响",
    )
    text = head + body + head + body + tail + body + tail + head + body
    outcome = cleaned(Document(text, Kind.TEXT), "safe", keep="last")
    assert [removal.chars for removal in outcome.applied]
    for removal in outcome.applied:
        assert says_the_same(text, removal) or names_what_is_left(outcome, removal)


def test_what_is_left_in_parts_only_is_named_by_a_large_part() -> None:
    """Four copies, of which the first has lost a line and begins a verse anew: no copy of the passage stays whole."""
    steps = "1. 停止服务\n2. 替换文件\n\n   ```\n   a\n   ```\n3. 启动服务\n"
    first, last = "撑一把伞慢慢走过去，\n江水啊江水向东方。\n", "桥上的雾还没有散，\n卖花的担子已经响，\n"
    copy = f"# 总则\n{last}{first}{steps}"
    text = f"# 总则\n{last}撑卖花的担子已经响，\n{first}{steps}{copy}{copy}{copy}"
    outcome = cleaned(Document(text, Kind.TEXT), "standard", "exact repeats", "last")
    assert outcome.applied
    for removal in outcome.applied:
        assert says_the_same(text, removal) or names_what_is_left(outcome, removal)


def test_a_kept_copy_that_goes_over_the_end_of_its_twin_ends_with_it() -> None:
    sentence, heading = "平命要民建不如上，所者小年法月。", "\n# 总则\n"
    text = f"{sentence}平{sentence * 3}{heading}{sentence * 3}{heading}"
    outcome = cleaned(Document(text, Kind.MARKDOWN), "aggressive", "exact repeats", "last")
    assert outcome.applied
    for removal in outcome.applied:
        assert says_the_same(text, removal) or names_what_is_left(outcome, removal)


def test_a_kept_copy_that_goes_in_pieces_later_is_followed_too() -> None:
    rhyme = "桥上的雾还没有散，\n卖花的担子已经响，\n撑一把伞慢慢走过去，\n江水啊江水向东方。\n"
    chapter, tail = "第三章 渡口\n\n第三章 渡口\n\n　　", "### 常见问题\n\n\n"
    whole = "会外用有之义成多用通月！经部方公，当成质点来而。"
    torn = "会外用有之义成多用通月！经部 经部方公，当成质点来而。"
    twin = f"{{}}\n\n{tail}章 渡口\n\n　　{whole}\n\n{tail}"
    parts = [f"{rhyme}{chapter}{twin.format(text)}" for text in (whole, torn, whole)]
    text = f"{tail}{f' {tail}'.join(parts)}"
    outcome = cleaned(Document(text, Kind.TEXT), "aggressive", "repeats and tidying")
    gone = covered(outcome.edits)
    assert len({removal.likeness for removal in outcome.applied}) > 1
    for removal in outcome.applied:
        assert set(visible(text, removal.kept)) - gone


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("text", ["", "\n", "\n\n \n", "\u200b", "\ufeff", "甲", "甲\n", "\r\n"], ids=ascii)
def test_texts_with_next_to_nothing_stay(text: str, kind: Kind) -> None:
    for level in LEVELS:
        outcome = cleaned(Document(text, kind), level)
        assert outcome.text == text
        assert outcome.removals == ()


def test_the_last_copy_stays_only_where_the_first_can_go_whole() -> None:
    """What is a paragraph in one copy may be a line of verse in the other: verse is never cut."""
    ask, lamp, end = (
        "下面能以表因，经能新当小机方意你产，想里公变形形着大？",
        "這間書店開在巷子深處，門口沒有招牌，只有一盞昏黃的燈。",
        "只化时要下此以们，结日起的会政里道月多。",
    )
    poem = "云在山头走\n水在山下流\n人在山间住\n月在山后头\n"
    lines = f"{ask}\n{lamp}\n{lamp}\n{end}\n"
    text = f"### 常见问题\n\n{lines}{poem}{lines}\n{ask}{lamp}{lamp}{end}\n\n{poem}"
    outcome = cleaned(Document(text, Kind.MARKDOWN), "aggressive", keep="last")
    assert squash(outcome.text).count(end) < squash(text).count(end)
    assert squash(poem) in squash(outcome.text)


def test_a_removal_behind_a_line_end_that_grew_takes_no_more_than_its_own() -> None:
    noisy, better = f"{COPY.replace('，', '', 1)}\r", f"{COPY}\n"
    outcome = clean(Document(f"\r\n{noisy}天亮了。\r\n{better}", Kind.TEXT), Settings())
    assert outcome.text == f"天亮了。\r\n{COPY}\r\n"


def test_a_kept_copy_is_not_followed_into_a_passage_that_was_thinned_out() -> None:
    """Where an earlier pass had taken something out of a passage, places in it answer to no places of its twin."""
    verse = "水在山下流\n人在山间住\n月在山后头\n"
    sentence = "无面第于如样，全直合十来，这可分分个原多比么平里物正，第就很好。"
    poem = f"\n\n{verse}{sentence}\n\n"
    half, again = sentence[:13], f"{sentence[:14]}{sentence[6:13]}"
    text = f"云在山头走\n{poem.strip()}\n\n{half}{poem}{again}{poem}无十来，{poem}{again}{poem}{sentence}\n"
    outcome = cleaned(Document(text, Kind.MARKDOWN), "standard", "exact repeats", keep="longest")
    assert len(outcome.applied) > 2
    for removal in outcome.applied:
        assert says_the_same(text, removal) or names_what_is_left(outcome, removal)
