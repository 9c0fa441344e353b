"""What the review page is given of one repeat: its places, both passages, and what differs, by class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dedupe_cn.between import Between, Standing
from dedupe_cn.model import Outcome, Removal, Span
from dedupe_cn.reasons import Reason
from dedupe_cn.report.excerpt import reveal, shorten
from dedupe_cn.report.headings import joined
from dedupe_cn.report.html_words import KINDS
from dedupe_cn.report.passages import around, differing_passages, exact_passage
from dedupe_cn.report.places import Places
from dedupe_cn.report.run import DUPLICATE_FILE
from dedupe_cn.report.surroundings import Surroundings
from dedupe_cn.text.characters import with_line_feeds

#: Further places of a finding that are listed; more are counted.
MOST_PLACES = 500
#: Differences of a pair that are listed, and columns of each side.
_LISTED, _COLUMNS = 12, 40
#: The groups of classes in the order in which a person should see them.
_GRAVITY = ("meaning", "words", "noise")


def repeat_value(removal: Removal, outcome: Outcome, places: Places) -> dict[str, Any]:
    """Describe a repeat but for its document, its headings, what stands around it, and verdicts."""
    value: dict[str, Any] = {
        "rule": removal.rule,
        "goes": removal.applied,
        "score": round(removal.score, 4),
        "chars": removal.chars,
        "why": [removal.why.code, *_said(removal.why)],
    }
    if not removal.applied:
        value["left"] = removal.why.group
    if removal.likeness != "exact":
        value["likeness"] = removal.likeness
    if removal.level is not None:
        value["level"] = removal.level.value
    if removal.rule == DUPLICATE_FILE:
        return {**value, "file": reveal(removal.kept_path or "")}
    if removal.between is not None:
        return {**value, **_between(removal, removal.between)}
    value["at"] = _place(removal.span.start, removal.span.end, places)
    value["from"] = _place(removal.kept.start, removal.kept.end, places)
    if outcome.shape is not None:  # what a person finds in the program that shows the file
        value["named"] = [reveal(places.named(span.start)) for span in (removal.kept, removal.span)]
    if removal.count > 1:
        value["count"] = removal.count
    if removal.places:
        value["places"] = [_place(place.start, place.end, places) for place in removal.places[:MOST_PLACES]]
        if len(removal.places) > MOST_PLACES:
            value["elsewhere"] = len(removal.places) - MOST_PLACES
    value["around"] = [*around(outcome.original, removal.span), *around(outcome.original, removal.kept)]
    if removal.exact:
        value["copy"] = exact_passage(outcome.original, removal.span)
        kept = exact_passage(outcome.original, removal.kept)
        if kept != value["copy"]:  # white space alone
            value["kept"] = kept
        return value
    value["copy"], value["kept"] = differing_passages(
        outcome.original, removal.span, removal.kept, removal.differences
    )
    return {**value, **_differences(removal)}


def _differences(removal: Removal) -> dict[str, Any]:
    """Describe what differs, the gravest classes first: what stays at every level must not be among what is cut off."""
    found = sorted(removal.differences, key=lambda difference: _GRAVITY.index(_group(difference.kind)))
    value: dict[str, Any] = {
        "differences": [
            [reveal(shorten(d.removed, _COLUMNS)), reveal(shorten(d.kept, _COLUMNS)), d.kind] for d in found[:_LISTED]
        ],
        "kinds": list(dict.fromkeys(difference.kind for difference in found)),
    }
    if found and _group(found[0].kind) == _GRAVITY[0]:
        value["guarded"] = True
    return {**value, "further": len(found) - _LISTED} if len(found) > _LISTED else value


def _group(kind: str) -> str:
    return KINDS.get(kind, KINDS["other"])[0]


def _between(removal: Removal, between: Between) -> dict[str, Any]:
    """Describe a copy between files: the ``other`` file beside this one, and the further places by their files."""
    text = f"{between.kept_text}\n{between.text}"
    kept, copy = Span(0, len(between.kept_text)), Span(len(between.kept_text) + 1, len(text))
    value: dict[str, Any] = {
        "other": reveal(between.kept.path),
        "unit": between.unit,
        "at": list(between.removed[1:5]),
        "from": list(between.kept[1:5]),
        "around": [
            *around(*_with_surroundings(between.removed, between.text)),
            *around(*_with_surroundings(between.kept, between.kept_text)),
        ],
    }
    if further := [reveal(f"{place.path}:{place.spot}") for place in between.places[:MOST_PLACES]]:
        value["beside"] = further
    if between.files > 2 + len(further):
        value["files"] = between.files
    if removal.exact:
        return {**value, "copy": exact_passage(text, copy), "kept": exact_passage(text, kept)}
    value["copy"], value["kept"] = differing_passages(text, copy, kept, removal.differences)
    return {**value, **_differences(removal)}


def surroundings_across(between: Between) -> dict[str, Any]:
    """Describe what is above and around both places of a copy between files, whose texts may have been let go."""
    value: dict[str, Any] = {"under": [], "where": [], "lines": []}
    for place, passage in ((between.kept, between.kept_text), (between.removed, between.text)):
        text, span = _with_surroundings(place, passage)
        above = place.line - 1 - with_line_feeds(place.before).count("\n")
        near = Surroundings(text, Places(text), above)
        value["under"].append(joined(place.headings))
        value["where"].append(near.of(span))
        value["lines"].append(near.lines)
    return value


def _with_surroundings(place: Standing, passage: str) -> tuple[str, Span]:
    """Give a passage with what stands around it, and where it lies in that."""
    before = len(place.before)
    return place.before + passage + place.behind, Span(before, before + len(passage))


def _said(why: Reason) -> Iterator[str | list[str]]:
    """Give the values of a reason, in both languages where they are words."""
    for english, chinese in zip(why.said("en"), why.said("zh"), strict=True):
        yield reveal(english) if english == chinese else [reveal(english), reveal(chinese)]


def _place(start: int, end: int, places: Places) -> Sequence[int]:
    """Give offsets, line and column of a passage."""
    return [start, end, *places.at(start)]
