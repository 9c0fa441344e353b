"""A page pasted twice or more: glued, set apart, disturbed, revised, cut off, or poorer by a sentence."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from copies.disturb import NOISE, NOISE_OF_PAGES, Change, here_and_there
from copies.layout import Source, chinese, is_han, visible
from copies.planted import (
    CUT_OFF,
    DOUBTFUL,
    EVERYWHERE,
    FROM_STANDARD,
    NEVER,
    REPLACED_WORD,
    Kind,
    Planted,
    Planter,
    Promise,
)  # fmt: skip
from copies.revise import MEANING, MEANING_OF_PAGES, REPLACED, somewhere

_TITLES = ("第十六章　雨夜归舟", "关于印发值班安排的通知", "相关阅读：一座小城的早市", "附录：术语对照")


def same(text: str, chance: Random) -> str:
    """Leave a copy as it is."""
    return text


def page(source: Source, markup: bool = False) -> str | None:
    """Give the text as a page that can be pasted twice: prose, or (``markup``) prose among other blocks."""
    text = source.text.strip("\n")
    fits = 0.4 <= source.prose < 0.9 if markup else source.prose >= 0.9
    return text if fits and len(visible(text)) >= 400 else None


def _gap(glued: bool, chance: Random) -> str:
    return "" if glued else "\n" * chance.randint(2, 5)


def twice(change: Change, glued: bool, markup: bool = False) -> Planter:
    """Paste the page again behind itself, changed or not."""

    def plant(source: Source, chance: Random) -> Planted | None:
        text = page(source, markup)
        copy = change(text, chance) if text else None
        if text is None or copy is None:
            return None
        gap = _gap(glued, chance)
        at = len(text) + len(gap)
        return Planted(text + gap + copy + "\n", ((at, at + len(copy)),), ((0, len(text)),))

    return plant


def titled(own: bool) -> Planter:
    """Paste the page again with its own title, or a strange one, on the seam."""

    def plant(source: Source, chance: Random) -> Planted | None:
        text = page(source)
        title = source.of(source.blocks[0]).lstrip("# ") if own else chance.choice(_TITLES)
        if text is None or not 3 <= len(visible(title)) <= 40 or "\n" in title or title[-1] in "。！？":
            return None
        front = text + title + "\n\n"
        return Planted(front + text + "\n", ((len(front), len(front) + len(text)),), ((0, len(text)),), rest=title)

    return plant


def disturbed_first(change: Change) -> Planter:
    """Put the disturbed page in front: the one behind it is the one to keep."""

    def plant(source: Source, chance: Random) -> Planted | None:
        text = page(source)
        copy = change(text, chance) if text else None
        if text is None or copy is None:
            return None
        at = len(copy) + 2
        return Planted(f"{copy}\n\n{text}\n", ((0, len(copy)),), ((at, at + len(text)),))

    return plant


def three(change: Change) -> Planter:
    """Paste the page three times, the second and the third disturbed."""

    def plant(source: Source, chance: Random) -> Planted | None:
        text = page(source)
        others = [change(text, chance) for _ in range(2)] if text else []
        if text is None or others[0] is None or others[1] is None:
            return None
        at = len(text) + 2
        then = at + len(others[0]) + 2
        spans = (at, at + len(others[0])), (then, then + len(others[1]))
        return Planted(f"{text}\n\n{others[0]}\n\n{others[1]}\n", spans, ((0, len(text)),) * 2)

    return plant


def three_one_revised(change: Change) -> Planter:
    """Paste the page three times, the last one revised: two become one, the third stays."""

    def plant(source: Source, chance: Random) -> Planted | None:
        text = page(source)
        third = change(text, chance) if text else None
        if text is None or third is None:
            return None
        at = len(text) + 2
        whole = f"{text}\n\n{text}\n\n{third}\n"
        return Planted(whole, ((at, at + len(text)),), ((0, len(text)),), clean=f"{text}\n\n{third}\n")

    return plant


def cut_off(glued: bool, head: bool) -> Planter:
    """Paste a page that lacks its head or its tail, often in mid-sentence."""

    def plant(source: Source, chance: Random) -> Planted | None:
        text = page(source)
        if text is None:
            return None
        size = round(len(text) * chance.uniform(0.55, 0.9))
        copy = text[len(text) - size :].lstrip() if head else text[:size].rstrip()
        if not is_han(copy[0 if head else -1]):
            return None
        front = text + _gap(glued, chance)
        return Planted(front + copy + "\n", ((len(front), len(front) + len(copy)),), ((0, len(text)),))

    return plant


def poorer(first: bool, sentences: int = 1) -> Planter:
    """Take sentences out of one of two pages: the fuller one stays, whichever comes first."""

    def plant(source: Source, chance: Random) -> Planted | None:
        text = page(source)
        if text is None:
            return None
        ends = [at + 1 for at in range(len(text) - 1) if text[at] in "。！？" and is_han(text[at + 1])]
        spans = [(a, b) for a, b in pairwise(ends) if 12 <= b - a <= 60 and "\n" not in text[a:b]]
        spans = [(a, b) for a, b in spans if chinese(text[a:b]) >= 0.7]
        if len(spans) < sentences:
            return None
        less = text
        for a, b in sorted(chance.sample(spans, sentences), reverse=True):
            less = less[:a] + less[b:]
        if len(less) < 0.85 * len(text):
            return None
        if first:
            at = len(less) + 2
            return Planted(f"{less}\n\n{text}\n", ((0, len(less)),), ((at, at + len(text)),))
        at = len(text) + 2
        return Planted(f"{text}\n\n{less}\n", ((at, at + len(less)),), ((0, len(text)),))

    return plant


def kinds() -> list[Kind]:
    """Give all kinds of pages."""
    mixed = here_and_there(NOISE["mixed"])
    found = [
        Kind("page-twice", "glued", "exact", EVERYWHERE, twice(same, glued=True)),
        Kind("page-twice", "apart", "exact", EVERYWHERE, twice(same, glued=False)),
        Kind("page-twice", "own-title", "exact", EVERYWHERE, titled(own=True)),
        Kind("page-twice", "strange-title", "exact", DOUBTFUL, titled(own=False)),
        Kind("page-twice", "markup", "exact", EVERYWHERE, twice(same, glued=False, markup=True)),
        Kind("page-poorer", "second", "contained", FROM_STANDARD, poorer(first=False)),
        Kind("page-poorer", "first", "contained", FROM_STANDARD, poorer(first=True)),
        Kind("page-poorer", "three-sentences", "contained", FROM_STANDARD, poorer(first=False, sentences=3)),
        Kind("page-disturbed-markup", "mixed", "noise", FROM_STANDARD, twice(mixed, False, True)),
        Kind("page-three-times", "mixed", "noise", FROM_STANDARD, three(mixed)),
        Kind("page-three-times-one-revised", "digit", "exact", CUT_OFF, three_one_revised(somewhere(MEANING["digit"]))),
    ]
    for glued in (True, False):
        place = "glued" if glued else "apart"
        for side in ("head", "tail"):
            found.append(Kind(f"page-cut-off-{place}", side, "cut", CUT_OFF, cut_off(glued, side == "head")))
        for name in NOISE_OF_PAGES:
            change = here_and_there(NOISE[name])
            found.append(Kind(f"page-disturbed-{place}", name, "noise", FROM_STANDARD, twice(change, glued)))
        for name in MEANING_OF_PAGES:
            promise: Promise = REPLACED_WORD if name in REPLACED else NEVER
            change = somewhere(MEANING[name])
            found.append(Kind(f"page-revised-{place}", name, "meaning", promise, twice(change, glued)))
    for name in ("scan", "scan-more", "punctuation", "mixed"):
        change = here_and_there(NOISE[name])
        found.append(Kind("page-disturbed-first", name, "noise", FROM_STANDARD, disturbed_first(change)))
    return found
