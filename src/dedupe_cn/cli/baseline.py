"""What of the layout and the encoding of a file was accepted: a verdict on a rule and so many changes by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dedupe_cn.io.decisions import ENCODING, KEEP, Decisions, Entry
from dedupe_cn.report.excerpt import shorten

if TYPE_CHECKING:
    from dedupe_cn.encoding.decoding import Decoded
    from dedupe_cn.library import CleanedBytes


def changes_of(edits: Mapping[str, int], decoded: Decoded, converts: bool) -> dict[str, int]:
    """Count what a run would change of layout and encoding, by rule; ``converts`` tells that UTF-8 is written."""
    counts = dict(edits)
    if converts and decoded.encoding != "utf-8":
        counts[ENCODING] = 1
    return counts


def accepted_changes(
    name: str, cleaned: CleanedBytes, decisions: Decisions, converts: bool
) -> tuple[tuple[str, int], ...]:
    """Give the rules of which no more is to be changed in a file than was accepted, with how much that is."""
    entries = decisions.layout_of(name, shorten(cleaned.outcome.original))
    changes = changes_of(cleaned.outcome.edit_counts, cleaned.decoded, converts)
    return tuple(
        (rule, count)
        for rule, count in changes.items()
        if rule in entries and is_within(entries[rule], count, cleaned.decoded.encoding)
    )


def is_within(entry: Entry, count: int, encoding: str) -> bool:
    """Tell whether a verdict holds for so many changes; one on the encoding holds for that encoding."""
    return entry.verdict == KEEP and count <= entry.count and (entry.id != ENCODING or entry.kept == encoding)


def entry_of_layout(path: str, rule: str, count: int, text: str, encoding: str) -> Entry:
    """Write the verdict that so many changes by a rule are not made in a file; ``text`` is all of it."""
    return Entry(path, rule, KEEP, count, rule, shorten(text), encoding if rule == ENCODING else "")
