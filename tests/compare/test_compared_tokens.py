"""What is passed over unseen must be nothing: the short ways of finding tokens and words against the long ones."""

from __future__ import annotations

from itertools import pairwise

from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.compare import tokens
from dedupe_cn.compare.lexicon import Lexicon
from dedupe_cn.compare.passages import read_passage
from dedupe_cn.compare.tokens import Token, find_tokens

#: Every sign of every token, alone and in pieces of them, between Chinese text, white space and signs without width.
_SIGNS = "a1_`$@/\\:->.[]()#%+~，。中文一二百 \n\u200b\u3000é²①１"
_PIECES = [*_SIGNS, "](", "][", "]:", "::", "://", "www.", ".com", "md", "http"]
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=24).map("".join)


def _all_tokens(text: str) -> list[Token]:
    """Find tokens by every pattern, whatever the text holds."""
    origins = read_passage(text).origins()
    taken = [False] * len(origins)
    found = []
    words = [(match.span(), kind) for pattern, kind in tokens._WORDS for match in pattern.finditer(text)]
    for (start, end), kind in [*((span, "link") for span in tokens._links(text)), *words]:
        inside = [at for at, origin in enumerate(origins) if start <= origin < end]
        if inside and not any(taken[at] for at in inside):
            for at in inside:
                taken[at] = True
            found.append(Token(inside[0], inside[-1] + 1, kind))
    return found


@budget(300)
@given(_TEXTS)
def test_no_token_is_missed_where_its_signs_are_not_there(text: str) -> None:
    assert list(find_tokens(read_passage(text)).found) == _all_tokens(text)


@budget(300)
@given(_TEXTS)
def test_a_token_owns_its_characters(text: str) -> None:
    found = find_tokens(read_passage(text))
    for index, token in enumerate(found.found):
        assert set(found.owners[token.start : token.end]) == {index}
    ordered = sorted(found.found)
    assert all(one.end <= other.start for one, other in pairwise(ordered))


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
