"""The texts of the benchmark and their blocks, read without the program that is measured.

A reader of its own: with the program's, a block that it reads wrongly would be planted as wrongly, and never be missed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

TEXTS = Path(__file__).parent / "texts"
#: What no comparison of texts looks at: white space, controls, and what has no width.
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_MARKED = re.compile(r"\s*(?:#{1,6}\s|[-*+>|]|\d{1,3}[.)、]|[（(][一二三四五六七八九十\d]+[）)]|```|</?\w|\{)")
_ENDS = "。！？…：；”’」』）"
#: A hard wrapped paragraph: its lines but the last are that alike in length, and that long.
_WRAPPED_LEAST, _WRAPPED_SPREAD = 12, 4

Span = tuple[int, int]


class Block(NamedTuple):
    """Whole lines of a text: ``kind`` is prose, heading or other; the end is without the line end."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Source:
    """A text to plant copies in. ``prose`` is the share of its visible characters that stands in paragraphs."""

    name: str
    text: str
    blocks: tuple[Block, ...]
    prose: float

    @property
    def markdown(self) -> bool:
        """Tell whether it is Markdown."""
        return self.name.endswith(".md")

    def of(self, block: Block) -> str:
        """Give the text of a block."""
        return self.text[block.start : block.end]


def visible(text: str) -> str:
    """Give the text without white space, controls and zero-width characters: so texts are compared."""
    return _UNSEEN.sub("", text)


def han(text: str) -> int:
    """Count the Han characters of the main block."""
    return sum("\u4e00" <= char <= "\u9fff" for char in text)


def is_han(char: str) -> bool:
    """Tell whether a character is a Han character of the main block."""
    return "\u4e00" <= char <= "\u9fff"


def chinese(text: str) -> float:
    """Give the share of Han characters among the visible ones."""
    seen = visible(text)
    return han(seen) / len(seen) if seen else 0.0


def sources(folder: Path = TEXTS) -> list[Source]:
    """Read all texts, in the order of their names."""
    return [read(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.*"))]


def read(name: str, text: str) -> Source:
    """Cut a text into blocks: what stands between blank lines; a fence is one block."""
    blocks = tuple(_blocks(text))
    total = len(visible(text))
    prose = sum(len(visible(text[b.start : b.end])) for b in blocks if b.kind == "prose")
    return Source(name, text, blocks, prose / total if total else 0.0)


def _blocks(text: str) -> list[Block]:
    found: list[Block] = []
    first, at, fenced = -1, 0, False
    for line in [*text.splitlines(keepends=True), "\n"]:
        blank = not line.strip() and not fenced
        if line.lstrip().startswith("```"):
            fenced = not fenced
        if blank and first >= 0:
            end = len(text[:at].rstrip("\n"))
            found.append(Block(_kind(text[first:end]), first, end))
            first = -1
        elif not blank and first < 0:
            first = at
        at += len(line)
    return found


def _kind(block: str) -> str:
    lines = [line.strip() for line in block.split("\n")]
    if lines[0].startswith("#"):
        return "heading"
    if any(_MARKED.match(line) for line in lines) or chinese(block) < 0.3:
        return "other"
    sizes = [len(line) for line in lines[:-1]]
    broken = bool(sizes) and sum(line[-1] in "。！？" for line in lines[:-1]) <= len(sizes) / 4
    wrapped = broken and min(sizes) >= _WRAPPED_LEAST and max(sizes) - min(sizes) <= _WRAPPED_SPREAD
    ends = lines[-1][-1] in _ENDS and len(visible(block)) >= 12
    return "prose" if ends and (len(lines) == 1 or wrapped) else "other"


def paragraphs(source: Source, least: int, most: int = 1500) -> list[Block]:
    """Give the paragraphs of least..most visible characters that hold no markup and stand once in the text."""
    seen = visible(source.text)
    fit = (b for b in source.blocks if b.kind == "prose" and least <= len(visible(source.of(b))) <= most)
    return [b for b in fit if not set("[]<>|*$#") & set(source.of(b)) and seen.count(visible(source.of(b))) == 1]


def parents(source: Source, at: int) -> list[str]:
    """Give the headings above an offset of Markdown, the outermost first."""
    chain: list[tuple[int, str]] = []
    for block in source.blocks:
        if block.start >= at:
            break
        if block.kind == "heading" and source.markdown:
            line = source.of(block)
            level = len(line) - len(line.lstrip("#"))
            chain = [(n, head) for n, head in chain if n < level] + [(level, line)]
    return [head for _, head in chain]
