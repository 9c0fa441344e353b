"""Decide what a level deletes: the table of design section 4, one function a rule."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import cache, cached_property
from typing import TYPE_CHECKING

from dedupe_cn.model import Kind, Level
from dedupe_cn.reasons import Reason
from dedupe_cn.repeats.found import Repeat
from dedupe_cn.settings import Settings
from dedupe_cn.text.characters import ends_sentence, han_share, letter_share
from dedupe_cn.text.segments import Layout

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedupe_cn.repeats.differences import Comparison

#: Tandem (evidence section 1): 36 of 36 are true from 40 characters of Han on, false ones begin at 36.
TANDEM_HAN, TANDEM_LATIN = 40, 80
#: Whole adjacent paragraphs at standard, and everything at aggressive.
TANDEM_SHORT = 15
#: Whole lines in a row.
ROW_LINE, ROW_TIMES = 12, 4
#: Needed length of a repeated block: from 20 at 20 paragraphs to 60 at 200, by the logarithm.
BLOCK_LEAST, BLOCK_MOST, BLOCK_FEW, BLOCK_MANY = 20, 60, 20, 200
BLOCK_AGGRESSIVE = 15
#: Paragraphs that only lead on to tables (`试卷信息表 exam（…）：`) had 109 characters at most.
LEADS_ON = 200

_NUMBERED = re.compile(
    r"\s*(?:[（(]\s*[一二三四五六七八九十百零〇\dA-Za-z]{1,4}\s*[）)]|[①-⑳⑴-⒇⒈-⒛㈠-㈩]|\d{1,3}\s*[.．、)）])"
)
_ARTICLE = re.compile(
    r"\s*(?:[一二三四五六七八九十百]{1,4}\s*[、．.]|第[一二三四五六七八九十百千零〇\d]{1,6}[条款项章节])"
)
_POINTS_BACK = re.compile(
    r"前[两三]?[款项条]|上[述列款]|本[条款项]|前述|(?<![应活])该(?=[\u4e00-\u9fff])|此[条款项类种]"
)
_SENTENCE = re.compile(r"[。！？!?；;，]")
_DIALOGUE = re.compile(r"\s*(?:[“「『\"‘]|[—–-]{1,2}\s?[“「『]?|[^\s：:，。]{1,6}[：:])")

Verdict = Reason | None


class Case:
    """A repeat before the judge; what more than one level asks of it is worked out once."""

    def __init__(self, layout: Layout, repeat: Repeat, settings: Settings) -> None:
        self.layout = layout
        self.repeat = repeat
        self.settings = settings
        self.verdicts: dict[Level, Verdict] = {}

    def closed(self) -> Case:
        """Give the same case with its verdicts and nothing else that was worked out, which takes less memory."""
        case = Case(self.layout, self.repeat, self.settings)
        case.verdicts = self.verdicts
        return case

    def needed(self, level: Level) -> int:
        """Give the length that a repeated block needs at a level."""
        least = BLOCK_AGGRESSIVE if level is Level.AGGRESSIVE else needed_length(self.layout.paragraphs)
        return self.settings.min_chars or least

    def is_short(self, level: Level) -> bool:
        """Tell at once that a repeated block has too few characters to go, for most of them have."""
        return self.repeat.rule == "repeated-block" and 0 < self.repeat.prose < self.needed(level)

    @cached_property
    def blocks(self) -> range:
        """Give the indexes of the blocks that the removed copy touches."""
        return self.layout.blocks_in(*self.repeat.removed)

    @cached_property
    def prose(self) -> list[int]:
        """Give the indexes of those that are paragraphs of prose."""
        return [i for i in self.blocks if self.layout.prose[i]]

    @cached_property
    def paragraphs(self) -> list[str]:
        """Give the texts of these paragraphs."""
        return [self.layout.block_text(i) for i in self.prose]

    @cached_property
    def text(self) -> str:
        """Give these texts in lines."""
        return "\n".join(self.paragraphs)

    @cached_property
    def length(self) -> int:
        """Count the characters of the exact form of these paragraphs."""
        return sum(int(self.layout.ends[i] - self.layout.starts[i]) for i in self.prose)

    @cached_property
    def alone(self) -> bool:
        """Tell whether it is about one paragraph, which may be wrapped on one side."""
        return len(self.blocks) == 1 or len(self.layout.blocks_in(*self.repeat.kept)) == 1

    @cached_property
    def cuts_inline(self) -> bool:
        """Tell whether a cut inside a paragraph takes code, links, images or math with it, or cuts through them.

        They go only with their paragraph: a paragraph that is nothing but copies may lose all but one.
        """
        layout, repeat, first = self.layout, self.repeat, self.blocks[0]
        whole = len(self.blocks) == 1 and (
            int(layout.starts[first]) == repeat.kept[0] and int(layout.ends[first]) == repeat.removed[1]
        )
        return not whole and layout.holds_inline(*repeat.removed)


def judge(case: Case, level: Level) -> Verdict:
    """Say why a repeat stays at ``level``, or None when it goes."""
    if level not in case.verdicts:
        case.verdicts[level] = JUDGES[case.repeat.rule](case, level)
    return case.verdicts[level]


def lowest_level(case: Case) -> Level | None:
    """Give the lowest level at which a repeat goes, None where it stays at all."""
    for level in _LEVELS[case.repeat.rule]:
        if judge(case, level) is None:
            return None if leaves_heading_alone(case, None) else level
    return None


@cache
def needed_length(paragraphs: int) -> int:
    """Give the length a repeated block needs in a document of so many paragraphs.

    >>> needed_length(5), needed_length(63), needed_length(1000)
    (20, 40, 60)
    """
    share = math.log(max(paragraphs, BLOCK_FEW) / BLOCK_FEW) / math.log(BLOCK_MANY / BLOCK_FEW)
    return min(BLOCK_MOST, round(BLOCK_LEAST + (BLOCK_MOST - BLOCK_LEAST) * share))


def _whole_document(case: Case, level: Level) -> Verdict:
    return None


def _tandem(case: Case, level: Level) -> Verdict:
    layout, repeat = case.layout, case.repeat
    unit = layout.slice(*repeat.kept)
    if letter_share(unit) < 0.5:
        return Reason("few-letters")
    mostly_han = 2 * han_share(unit) >= letter_share(unit)
    needed = TANDEM_HAN if mostly_han else TANDEM_LATIN
    if not repeat.paragraphs and case.cuts_inline:
        return Reason("inline")
    if repeat.unit >= needed:
        return None
    if level is Level.SAFE:
        return Reason("short", (str(repeat.unit), str(needed)))
    if repeat.paragraphs and repeat.unit >= ROW_LINE and repeat.copies >= ROW_TIMES:
        return None
    if level is Level.AGGRESSIVE:
        return None if repeat.unit >= TANDEM_SHORT else Reason("short", (str(repeat.unit), str(TANDEM_SHORT)))
    if not repeat.paragraphs:
        return Reason("short", (str(repeat.unit), str(needed)))
    if _DIALOGUE.match(unit):
        return Reason("dialogue")
    return None if repeat.unit >= TANDEM_SHORT else Reason("short", (str(repeat.unit), str(TANDEM_SHORT)))


def _repeated_block(case: Case, level: Level) -> Verdict:
    prose, length, alone, needed = case.text, case.length, case.alone, case.needed(level)
    if letter_share(prose) < 0.5:
        return Reason("few-letters")
    if length < needed:
        return Reason("short", (str(length), str(needed)))
    numbered = all(_NUMBERED.match(p) for p in case.paragraphs)
    if numbered or (alone and length < BLOCK_MOST and _ARTICLE.match(prose)):
        return Reason("enumerated")
    if alone and not _is_sentence(case):
        return Reason("no-sentence")
    if not alone and length < LEADS_ON and all(p.rstrip()[-1] in "：:" for p in case.paragraphs):
        return Reason("leads-on")
    back = _POINTS_BACK.search(prose)
    if length < BLOCK_MOST and back:
        return Reason("points-back", (back[0],))
    if alone and length < BLOCK_MOST and level is not Level.AGGRESSIVE and _DIALOGUE.match(prose):
        return Reason("dialogue")
    return Reason("level", (level.value,)) if level is Level.SAFE else None


def _near_duplicate(case: Case, level: Level) -> Verdict:
    comparison = case.repeat.comparison
    if comparison is None:
        raise ValueError("a near-duplicate comes with its comparison")
    if comparison.verdict == "meaning" and (level is not Level.AGGRESSIVE or comparison.guarded):
        return case.verdicts.get(Level.STANDARD) or _differs(comparison)  # the same at every level
    return _repeated_block(case, level)


def _differs(comparison: Comparison) -> Reason:
    """Name the weightiest difference: one that stays at every level before one that does not."""
    from dedupe_cn.repeats.classes import GUARDED, NOISE

    told = min(
        comparison.differences,
        key=lambda d: (d.kind not in GUARDED, d.kind in NOISE),
    )
    return Reason("differs", (told.kept or "∅", told.removed or "∅", told.kind))


def _is_sentence(case: Case) -> bool:
    """Tell whether a paragraph ends like a sentence.

    A note in brackets may stand behind the last one: `……。（出《广记》）`. A colon leads on to what follows; it will
    do from 60 characters on, unless the paragraph names code or links.
    """
    bare = case.text.rstrip()
    if bare[-1] in "）)】" and _SENTENCE.search(bare):
        return True
    return ends_sentence(bare) or (
        case.length >= BLOCK_MOST and bare[-1] in "：:" and not case.layout.holds_inline(*case.repeat.removed)
    )


def leaves_heading_alone(case: Case, gone: NDArray[np.bool_] | None) -> bool:
    """Tell whether a heading would be left without its section, when what ``gone`` marks goes with the repeat."""
    layout, touched = case.layout, case.blocks
    if layout.kind is not Kind.MARKDOWN or case.repeat.rule in ("whole-document", "tandem"):
        return False
    before, after = touched[0] - 1, touched[-1] + 1
    while gone is not None and before >= 0 and gone[layout.starts[before]]:
        before -= 1
    while gone is not None and after < layout.starts.size and gone[layout.starts[after]]:
        after += 1
    if before < 0 or layout.kind_of(before) != "heading" or layout.kind_of(touched[0]) == "heading":
        return False
    return after >= layout.starts.size or (
        layout.kind_of(after) == "heading" and layout.level_of(after) <= layout.level_of(before)
    )


def _running_line(case: Case, level: Level) -> Verdict:
    return None if level is Level.AGGRESSIVE else Reason("level", (level.value,))


JUDGES: dict[str, Callable[[Case, Level], Verdict]] = {
    "whole-document": _whole_document,
    "tandem": _tandem,
    "repeated-block": _repeated_block,
    "near-duplicate": _near_duplicate,
    "running-line": _running_line,
}
#: Below this level a rule only reports.
LEAST: dict[str, Level] = {
    "whole-document": Level.SAFE,
    "tandem": Level.SAFE,
    "repeated-block": Level.STANDARD,
    "near-duplicate": Level.STANDARD,
    "running-line": Level.AGGRESSIVE,
}
_LEVELS = {rule: tuple(level for level in Level if level.rank >= least.rank) for rule, least in LEAST.items()}
