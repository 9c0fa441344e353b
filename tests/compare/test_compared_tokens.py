"""What is passed over unseen must be nothing: the short ways of finding tokens and words against the long ones."""

from __future__ import annotations

from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.compare import tokens
from dedupe_cn.compare.lexicon import Lexicon
from dedupe_cn.compare.passages import read_passage
from dedupe_cn.compare.tokens import find_tokens

#: Every sign of every token, alone and in pieces of them, between Chinese text, white space and signs without width.
_SIGNS = "a1_`$@/\\:->.[]()#%+~，。中文一二百 \n\u200b\u3000é²①１"
_PIECES = [*_SIGNS, "](", "][", "]:", "::", "://", "www.", ".com", "md", "http"]
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=24).map("".join)


def _all_tokens(text: str) -> list[tuple[int, int, str]]:
    """Find tokens by every pattern, whatever the text holds."""
    passage = read_passage(text)
    origins = [passage.origin(at) for at in range(len(passage.exact))]
    taken = [False] * len(origins)
    found = []
    words = [(match.span(), kind) for pattern, kind in tokens._WORDS for match in pattern.finditer(text)]
    for (start, end), kind in [*((span, "link") for span in tokens._links(text)), *words]:
        inside = [at for at, origin in enumerate(origins) if start <= origin < end]
        if inside and not any(taken[at] for at in inside):
            for at in inside:
                taken[at] = True
            found.append((inside[0], inside[-1] + 1, kind))
    return sorted(found)


@budget(300)
@given(_TEXTS)
def test_no_token_is_missed_where_its_signs_are_not_there(text: str) -> None:
    found = find_tokens(read_passage(text))
    assert list(zip(found.starts, found.ends, found.kinds, strict=True)) == _all_tokens(text)


@budget(300)
@given(_TEXTS, st.data())
def test_a_stretch_touches_the_tokens_that_own_its_characters(text: str, data: st.DataObject) -> None:
    found = find_tokens(read_passage(text))
    assert all(one <= other for one, other in zip(found.ends, found.starts[1:], strict=False))
    size = len(read_passage(text).exact)
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    around = range(start, end) if start < end else (start - 1, start)
    owned = [
        number
        for number, token in enumerate(zip(found.starts, found.ends, strict=True))
        if (any if start < end else all)(at in range(*token) for at in around)
    ]
    assert list(found.touching(start, end)) == owned


@budget(300)
@given(st.text("a1 \n\u200b\u3000中"))
def test_places_of_the_exact_form_and_of_the_text_lead_to_one_another(text: str) -> None:
    passage = read_passage(text)
    origins = [passage.origin(at) for at in range(len(passage.exact))]
    assert [passage.offsets[at] for at in origins] == list(range(len(passage.exact)))
    said = "".join(" " if at in passage.borders else text[at] for at in origins)
    assert (said, passage.offsets[len(text)]) == (passage.exact, len(passage.exact))


@budget(300)
@given(st.lists(st.text("一二三", min_size=1, max_size=4)), st.text("一二三四", min_size=1, max_size=9), st.data())
def test_words_around_a_place_are_those_of_all_windows(words: list[str], text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    low, high = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))
    windows = {
        (left, right)
        for left in range(low, len(text))
        for right in range(left + 1, high + 1)
        if left <= start and end <= right and text[left:right] in words
    }
    assert set(Lexicon(words).around(text, start, end, low, high)) == windows
    assert Lexicon(words).holds(text, start, end, low, high) == bool(windows)
