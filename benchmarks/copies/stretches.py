"""A stretch typed again right behind itself, from mid-sentence on."""

from __future__ import annotations

from random import Random

from copies.disturb import NOISE, NOISE_OF_PAGES, Change
from copies.layout import Source, chinese, is_han, visible
from copies.pages import same
from copies.planted import EVERYWHERE, FROM_STANDARD, NEVER, REPLACED_WORD, Kind, Planted, Planter, behind
from copies.revise import MEANING, MEANING_OF_PAGES, REPLACED

#: At the ends nobody could tell where a disturbed copy begins: so many characters there are the same.
_EDGE = 8


def stretch(least: int, most: int, change: Change, first: bool = False, blocks: int = 1) -> Planter:
    """Type least..most visible characters again behind themselves, over at most so many paragraphs.

    With ``first`` the changed one stands in front of the right one.
    """

    def plant(source: Source, chance: Random) -> Planted | None:
        runs = _runs(source, blocks)
        for start, end in chance.sample(runs, len(runs)):
            for _ in range(12):
                at = chance.randrange(start + 1, end)
                stop = _reach(source.text, at, end, chance.randint(least, most))
                original = source.text[at:stop]
                if not _typed(source.text[at - 1], original, least):
                    continue
                copy = change(original, chance)
                edges = copy is not None and copy[:_EDGE] == original[:_EDGE] and copy[-_EDGE:] == original[-_EDGE:]
                if copy is None or not edges:
                    continue
                if first:
                    then = at + len(copy)
                    text = source.text[:at] + copy + source.text[at:]
                    return Planted(text, ((at, then),), ((then, then + len(original)),))
                return behind(source, stop, "", copy, (at, stop))
        return None

    return plant


def _runs(source: Source, most: int) -> list[tuple[int, int]]:
    """Give the ranges of one up to so many neighbouring paragraphs."""
    found = []
    for n, block in enumerate(source.blocks):
        for last in source.blocks[n : n + most]:
            if last.kind != "prose":
                break
            found.append((block.start, last.end))
    return found


def _reach(text: str, at: int, end: int, wanted: int) -> int:
    stop = at
    while stop < end and wanted > 0:
        wanted -= bool(visible(text[stop]))
        stop += 1
    return stop


def _typed(before: str, original: str, least: int) -> bool:
    """Tell whether a stretch begins in mid-sentence, is Chinese prose and long enough."""
    if len(visible(original)) < least or chinese(original) < 0.7 or set("[]<>|*$#`") & set(original):
        return False
    return is_han(before) and is_han(original[0]) and is_han(original[-1])


def kinds() -> list[Kind]:
    """Give all kinds of stretches."""
    found = [
        Kind("stretch", "40-99", "exact", EVERYWHERE, stretch(40, 99, same)),
        Kind("stretch", "100-299", "exact", EVERYWHERE, stretch(100, 299, same, blocks=3)),
        Kind("stretch", "300-600", "exact", EVERYWHERE, stretch(300, 600, same, blocks=8)),
    ]
    for name in NOISE_OF_PAGES:
        found.append(Kind("stretch-disturbed", name, "noise", FROM_STANDARD, stretch(60, 300, NOISE[name])))
    for name in ("scan", "scan-more", "punctuation", "mixed"):
        change = stretch(60, 300, NOISE[name], first=True)
        found.append(Kind("stretch-disturbed-first", name, "noise", FROM_STANDARD, change))
    for name in MEANING_OF_PAGES:
        promise = REPLACED_WORD if name in REPLACED else NEVER
        found.append(Kind("stretch-revised", name, "meaning", promise, stretch(60, 300, MEANING[name])))
    return found
