"""Texts of the samples and the golden tests, cut, doubled, crossed and strewn with what breaks a line or a block.

What people write meets what accidents do to it: sooner than documents drawn from pools, these break a law.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

HERE = Path(__file__).parent
#: What is put in at a place.
PIECES = (
    *("\r", "\r\n", "\n", "\n\n", "\r\n\r\n", " ", "　", "\t", "    ", "\x00", "\x0b", "\u2028", "\ufeff", "\u200b"),
    *("，", "。", "！", "“", "”", "「", "」", "1", "2", "不", "的", "台", "合"),
    *("```\n", "- ", "# ", "> ", "|", "$$", "---\n"),
    *("<!-- dedupe-cn: off -->", "<!-- dedupe-cn: on -->", "<!-- dedupe-cn: ignore-next -->"),
)
BREAKS = ("", "\n", "\n\n", "\r\n", "\r", " ")
MOST = 4000


@cache
def originals() -> list[str]:
    files = [*HERE.parent.joinpath("samples").rglob("*"), *HERE.joinpath("golden").rglob("*")]
    texts = []
    for file in sorted(files):
        if file.is_file() and file.stat().st_size <= MOST:
            try:
                texts.append(file.read_bytes().decode())
            except UnicodeDecodeError:
                continue
    return texts


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(originals()))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([1, 2, 5, 20, 60, 120, 300])))
        action = draw(st.sampled_from(["put in", "put in the place of", "drop", "double", "move", "cross", "replace"]))
        if action == "put in":
            text = text[:start] + draw(st.sampled_from(PIECES)) + text[start:]
        elif action == "put in the place of":
            text = text[:start] + draw(st.sampled_from(PIECES)) + text[start + 1 :]
        elif action == "drop":
            text = text[:start] + text[end:]
        elif action == "double":
            text = text[:end] + draw(st.sampled_from(BREAKS)) + text[start:end] + text[end:]
        elif action == "move":
            place = draw(st.integers(0, len(text)))
            text = text[:place] + text[start:end] + text[place:]
        elif action == "cross":
            other = draw(st.sampled_from(originals()))
            begin = draw(st.integers(0, len(other)))
            text = text[:start] + other[begin : begin + draw(st.sampled_from([20, 100, 400]))] + text[start:]
        else:
            sign, count = draw(st.sampled_from(["\n", "\n\n", "。", "，"])), draw(st.sampled_from([1, 3, -1]))
            text = text.replace(sign, draw(st.sampled_from(PIECES)), count)
    return text[: 2 * MOST]
