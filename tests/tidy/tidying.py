"""Run one rule, or the default ones, over a text whose fences are its only protected blocks."""

from __future__ import annotations

import re
from collections.abc import Callable

from dedupe_cn.model import Kind, Span
from dedupe_cn.settings import TIDY_DEFAULT
from dedupe_cn.text.segments import protected_spans
from dedupe_cn.tidy import tidy
from dedupe_cn.tidy.zones import Zones

MARKDOWN, TEXT = Kind.MARKDOWN, Kind.TEXT
KINDS = (MARKDOWN, TEXT)
DEFAULT = frozenset(TIDY_DEFAULT)
_FENCES = re.compile(r"(?<![^\r\n])```.*?(?:(?<![^\r\n])```[ \t]*(?![^\r\n])|\Z)", re.DOTALL)
# A block that is protected but not verbatim.
_QUOTES = re.compile(r"(?<![^\r\n])>[^\r\n]*(?:(?:\r\n|\r|\n)>[^\r\n]*)*")


def fences(text: str) -> Zones:
    """Take fenced code for verbatim, and quotes for protected."""
    verbatim = [Span(*m.span()) for m in _FENCES.finditer(text)]
    inside = [range(span.start, span.end) for span in verbatim]
    quotes = [
        Span(*m.span()) for m in _QUOTES.finditer(text) if not any(m.start() in r or m.end() in r for r in inside)
    ]
    return Zones(tuple(verbatim), tuple(sorted(verbatim + quotes)))


def blocks_for(kind: Kind) -> Callable[[str], Zones]:
    """Give the zones of the program itself."""

    def zones(text: str) -> Zones:
        verbatim, protected = protected_spans(text, kind)
        return Zones(verbatim, protected)

    return zones


def readers(kind: Kind) -> tuple[Callable[[str], Zones], ...]:
    return fences, blocks_for(kind)


def no_zones(text: str) -> Zones:
    """Stand for blocks that nobody should have to read."""
    raise AssertionError(f"the blocks of {text!r} were asked for")


def tidied(
    text: str,
    *rules: str,
    kind: Kind = TEXT,
    eol: str = "keep",
    zones: Callable[[str], Zones] = fences,
) -> str:
    """Give the text as the named rules (the default ones without a name) leave it."""
    return tidy(text, kind, frozenset(rules) or DEFAULT, eol, zones)[0]
