"""Lines and columns, of the first few offsets asked for and of all others."""

from __future__ import annotations

from budget import budget
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.report.places import Places

TEXTS = st.text(alphabet=st.sampled_from("一二 \n\r"), max_size=30)


def slow(text: str, offset: int) -> tuple[int, int]:
    """Count line ends one by one: LF, CR LF and CR."""
    line, start, at = 1, 0, 0
    while at < offset:
        width = 2 if text.startswith("\r\n", at) else 1
        if text[at] in "\r\n" and at + width <= offset:
            line, start = line + 1, at + width
        at += width
    return line, offset - start + 1


@given(TEXTS)
@budget(200)
def test_places_are_those_that_counting_gives(text: str) -> None:
    places = Places(text)
    expected = [slow(text, offset) for offset in range(len(text))]
    assert [places.at(offset) for offset in range(len(text))] == expected
    assert [places.at(offset) for offset in range(len(text))] == expected  # by the list of lines from here on
