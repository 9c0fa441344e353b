"""What tests look for in an outcome: which characters went, which are left, and whether copies say the same."""

from __future__ import annotations

from collections.abc import Iterable

from dedupe_cn.model import Edit, Removal, Span
from dedupe_cn.text.characters import squash


def covered(spans: Iterable[Span | Edit]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def visible(text: str, span: Span) -> list[int]:
    return [place for place in range(span.start, span.end) if squash(text[place])]


def is_subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(char in rest for char in part)


def says_the_same(text: str, removal: Removal) -> bool:
    """Tell whether the removed text is the kept one, once or more often, a title before it or not."""
    removed = squash(text[removal.span.start : removal.span.end])
    kept = squash(text[removal.kept.start : removal.kept.end])
    title = len(removed) % len(kept)
    if title and removal.rule != "whole-document":
        return False
    return removed[title:] == kept * (len(removed) // len(kept))
