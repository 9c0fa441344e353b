"""What tests look for in an outcome: which characters went, which are left, and whether copies say the same."""

from __future__ import annotations

from collections.abc import Iterable

from dedupe_cn.model import Edit, Outcome, Removal, Span
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


def names_what_is_left(outcome: Outcome, removal: Removal) -> bool:
    """Tell whether what is left of the kept text is the removed one, or a part where that stands nowhere whole."""
    cut = covered(outcome.edits)
    kept = squash("".join(outcome.original[i] for i in range(removal.kept.start, removal.kept.end) if i not in cut))
    removed, left = squash(outcome.original[removal.span.start : removal.span.end]), squash(outcome.text)
    return kept in left and (kept == removed or (kept in removed and removed not in left))
