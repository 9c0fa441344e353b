"""Copies between files in words: one line each, what differs in meaning first, then the longest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from dedupe_cn.between import Between, Standing
from dedupe_cn.model import Difference, FileResult, Removal
from dedupe_cn.reasons import ADDED, CLASSES, NOISE
from dedupe_cn.report.excerpt import ends, escape, escape_name, shorten
from dedupe_cn.report.rows import INDENT, Quote, rows
from dedupe_cn.report.run import ACROSS
from dedupe_cn.report.words import Paint, Say, likeness

#: Further places that are listed, and differences; more are counted. Columns of each side of a difference.
_PLACES, _DIFFERENCES, _COLUMNS = 6, 3, 24


def sentence(
    removal: Removal,
    say: Say,
    quote: Callable[[str], str] = str,
    place: Callable[[str, int], object] = lambda text, number: text,
) -> str:
    """Say of a finding what it is like, where, and in what they differ.

    ``quote`` escapes words that come from a text, ``place`` writes a place, the kept one as number 1.
    """
    between = removal.between
    assert between is not None
    same = removal.exact or removal.likeness == "noise"
    words = say(
        "across-same" if same else "across-like",
        unit=say(f"across-{between.unit}"),
        place=place(quote(_named(between.kept)), 1),
        score=int(removal.score * 100),
    )
    if not same:
        words += say("across-differs", list=_differences(removal.differences, say, quote))
    return words + _further(between, say, quote, place)


def _named(standing: Standing) -> str:
    return f"{escape(standing.path)}:{escape(standing.spot)}"


def _differences(differences: Iterable[Difference], say: Say, quote: Callable[[str], str]) -> str:
    column = say.language == "zh"
    listed = list(differences)
    # What a reader is misled by first.
    listed.sort(key=lambda difference: difference.kind in NOISE | ADDED)
    shown = [
        say(
            "across-difference",
            one=quote(shorten(d.kept or "∅", _COLUMNS)),
            other=quote(shorten(d.removed or "∅", _COLUMNS)),
            kind=CLASSES[d.kind][column] if d.kind in CLASSES else d.kind,
        )
        for d in listed[:_DIFFERENCES]
    ]
    more = len(listed) - len(shown)
    return say("comma").join(shown) + (say("further-more", n=more) if more else "")


def _further(
    between: Between, say: Say, quote: Callable[[str], str], place: Callable[[str, int], object]
) -> str:
    shown = [str(place(quote(_named(other)), at)) for at, other in enumerate(between.places[:_PLACES], 2)]
    words = ""
    if shown:
        more = len(between.places) - len(shown)
        words = say("comma") + say("across-also", list=say("comma").join(shown))
        words += say("further-more", n=more) if more else ""
    if between.files > 2 + len(between.places):
        words += say("comma") + say("across-many", n=between.files)
    return words


def across(results: Iterable[FileResult]) -> list[Removal]:
    """Give the copies between the files of a run in the order in which they are told."""
    found = [r for result in results if result.outcome for r in result.outcome.removals if r.rule == ACROSS]
    return sorted(found, key=lambda removal: (removal.likeness != "meaning", -removal.chars))


def between_line(results: Iterable[FileResult], say: Say) -> list[str]:
    """Count the findings in a line, where there are any."""
    found = [removal.likeness for removal in across(results)]
    return [say("across-summary", n=len(found), drift=found.count("meaning"))] if found else []


def lines(found: Iterable[Removal], say: Say, verbose: bool, paint: Paint, columns: int | None) -> Iterator[str]:
    """Write the findings for people, a line each where it fits."""
    for removal in found:
        between = removal.between
        assert between is not None
        here = between.removed
        pieces = [("place", f"{escape_name(here.path)}:{escape(here.exact_spot)}")]
        pieces += [("rule", " ".join(filter(None, (ACROSS, likeness(removal, say))))), ("", sentence(removal, say))]
        quote = Quote(ends(between.text, 0, len(between.text)), partial(say, "passage", n=removal.chars))
        id = [("dim", f"[{removal.id[:8]}]")] if verbose else []
        for at, row in enumerate(rows(pieces, quote, ("", ""), id, columns)):
            yield INDENT * bool(at) + " ".join(paint(role, text) for role, text in row)
