"""Decide what a level deletes: the table of design section 4, one function a rule."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
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
Judge = Callable[[Layout, Repeat, Settings, Level], Verdict]


def judge(layout: Layout, repeat: Repeat, settings: Settings, level: Level) -> Verdict:
    """Say why a repeat stays at ``level``, or None when it goes."""
    return JUDGES[repeat.rule](layout, repeat, settings, level)


def needed_length(paragraphs: int) -> int:
    """Give the length a repeated block needs in a document of so many paragraphs.

    >>> needed_length(5), needed_length(63), needed_length(1000)
    (20, 40, 60)
    """
    share = math.log(max(paragraphs, BLOCK_FEW) / BLOCK_FEW) / math.log(BLOCK_MANY / BLOCK_FEW)
    return min(BLOCK_MOST, round(BLOCK_LEAST + (BLOCK_MOST - BLOCK_LEAST) * share))


def _whole_document(layout: Layout, repeat: Repeat, settings: Settings, level: Level) -> Verdict:
    return None


def _tandem(layout: Layout, repeat: Repeat, settings: Settings, level: Level) -> Verdict:
    unit = layout.slice(*repeat.kept)
    if letter_share(unit) < 0.5:
        return Reason("few-letters")
    mostly_han = 2 * han_share(unit) >= letter_share(unit)
    needed = TANDEM_HAN if mostly_han else TANDEM_LATIN
    if not repeat.paragraphs and _cuts_inline(layout, repeat):
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


def _cuts_inline(layout: Layout, repeat: Repeat) -> bool:
    """Tell whether a cut inside a paragraph takes code, links, images or math with it, or cuts through them.

    They go only with their paragraph: a paragraph that is nothing but copies may lose all but one.
    """
    inline = layout.inline_spans(*repeat.removed)
    if not inline:
        return False
    touched = layout.blocks_in(*repeat.removed)
    whole = len(touched) == 1 and (
        int(layout.starts[touched[0]]) == repeat.kept[0] and int(layout.ends[touched[0]]) == repeat.removed[1]
    )
    gone = layout.span(*repeat.removed)
    return not whole and any(span.start < gone.end and gone.start < span.end for span in inline)


def _repeated_block(layout: Layout, repeat: Repeat, settings: Settings, level: Level) -> Verdict:
    indexes = layout.blocks_in(*repeat.removed)
    paragraphs = [layout.block_text(i) for i in indexes if layout.prose[i]]
    length = sum(int(layout.ends[i] - layout.starts[i]) for i in indexes if layout.prose[i])
    prose = "\n".join(paragraphs)
    # A paragraph that is wrapped on one side only is still one paragraph.
    alone = min(len(indexes), len(layout.blocks_in(*repeat.kept))) == 1
    if level is Level.AGGRESSIVE:
        needed = settings.min_chars or BLOCK_AGGRESSIVE
    else:
        needed = settings.min_chars or needed_length(layout.paragraphs)
    if letter_share(prose) < 0.5:
        return Reason("few-letters")
    if length < needed:
        return Reason("short", (str(length), str(needed)))
    if all(_NUMBERED.match(p) for p in paragraphs) or (alone and length < BLOCK_MOST and _ARTICLE.match(prose)):
        return Reason("enumerated")
    if alone and not _is_sentence(layout, repeat, prose, length):
        return Reason("no-sentence")
    if not alone and length < LEADS_ON and all(p.rstrip()[-1] in "：:" for p in paragraphs):
        return Reason("leads-on")
    back = _POINTS_BACK.search(prose)
    if length < BLOCK_MOST and back:
        return Reason("points-back", (back[0],))
    if alone and length < BLOCK_MOST and level is not Level.AGGRESSIVE and _DIALOGUE.match(prose):
        return Reason("dialogue")
    return Reason("level", (level.value,)) if level is Level.SAFE else None


def _near_duplicate(layout: Layout, repeat: Repeat, settings: Settings, level: Level) -> Verdict:
    comparison = repeat.comparison
    if comparison is None:
        raise ValueError("a near-duplicate comes with its comparison")
    if comparison.verdict == "meaning" and (level is not Level.AGGRESSIVE or comparison.guarded):
        return _differs(comparison)
    return _repeated_block(layout, repeat, settings, level)


def _differs(comparison: Comparison) -> Reason:
    """Name the weightiest difference: one that stays at every level before one that does not."""
    from dedupe_cn.repeats.classes import GUARDED, NOISE

    told = min(
        comparison.differences,
        key=lambda d: (d.kind not in GUARDED, d.kind in NOISE),
    )
    return Reason("differs", (told.kept or "∅", told.removed or "∅", told.kind))


def _is_sentence(layout: Layout, repeat: Repeat, prose: str, length: int) -> bool:
    """Tell whether a paragraph ends like a sentence.

    A note in brackets may stand behind the last one: `……。（出《广记》）`. A colon leads on to what follows; it will
    do from 60 characters on, unless the paragraph names code or links.
    """
    bare = prose.rstrip()
    if bare[-1] in "）)】" and _SENTENCE.search(bare):
        return True
    return ends_sentence(bare) or (
        length >= BLOCK_MOST and bare[-1] in "：:" and not layout.inline_spans(*repeat.removed)
    )


def leaves_heading_alone(layout: Layout, repeat: Repeat, gone: NDArray[np.bool_] | None) -> bool:
    """Tell whether a heading would be left without its section, when ``gone`` (exact form) goes with the repeat."""
    if layout.kind is not Kind.MARKDOWN or repeat.rule in ("whole-document", "tandem"):
        return False
    touched = layout.blocks_in(*repeat.removed)
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


def _running_line(layout: Layout, repeat: Repeat, settings: Settings, level: Level) -> Verdict:
    return None if level is Level.AGGRESSIVE else Reason("level", (level.value,))


JUDGES: dict[str, Judge] = {
    "whole-document": _whole_document,
    "tandem": _tandem,
    "repeated-block": _repeated_block,
    "near-duplicate": _near_duplicate,
    "running-line": _running_line,
}
