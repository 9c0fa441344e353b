"""Find the repeats of a text and decide on them, in order of precedence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.model import Level
from dedupe_cn.reasons import Reason
from dedupe_cn.repeats.blocks import repeated_blocks, short_block_hashes
from dedupe_cn.repeats.chains import Match, find_matches
from dedupe_cn.repeats.found import Range, Repeat
from dedupe_cn.repeats.judge import judge, leaves_heading_alone
from dedupe_cn.repeats.lines import running_lines
from dedupe_cn.repeats.near import near_duplicates
from dedupe_cn.repeats.seeds import LONG
from dedupe_cn.repeats.tandem import long_runs, repeated_lines, short_runs, tandems
from dedupe_cn.repeats.whole import whole_documents
from dedupe_cn.settings import Settings
from dedupe_cn.text.segments import Layout

if TYPE_CHECKING:
    from dedupe_cn.repeats.differences import Comparison
    from dedupe_cn.repeats.settle import Settled

#: Reasons to leave a repeat that no verdict overrules: what is left would be broken.
FINAL = frozenset({"heading-alone", "inline"})


@dataclass(frozen=True, slots=True)
class Decision:
    """A repeat, whether it goes, why, and the lowest level at which it does."""

    repeat: Repeat
    goes: bool
    why: Reason
    level: Level | None


def decide(
    layout: Layout, settings: Settings, settled: Settled | None = None, survey: bool = False
) -> list[Decision]:
    """Find all repeats of a text and decide on each.

    Accepted removals do not overlap, what they keep is not removed by another, and all are of one rule: the first in
    precedence that removes anything. What is in their way, and the rules behind, wait for the next pass over the
    changed text, where a copy of the whole document may show that a tandem had hidden.

    With verdicts, only the repeats they leave open are decided on, and what they order to go goes. A ``survey`` tells
    of every repeat by itself whether it would go: none is in the way of another, and what is inside of one goes unsaid.
    """
    removed = np.zeros(layout.codes.size + 1, dtype=bool)
    pinned = np.zeros(layout.codes.size + 1, dtype=bool)
    decisions: list[Decision] = []
    accepted: list[Repeat] = []
    ordered = settled.ordered if settled else frozenset()
    for repeat in settled.open if settled else candidates(layout, settings):
        start, end = repeat.removed
        if accepted and repeat.rule != accepted[0].rule:
            break
        if repeat.rule not in settings.rules or removed[start:end].any():
            continue
        if survey and settled and (repeat.kept, repeat.removed) in settled.inside:
            continue
        order = (repeat.kept, repeat.removed) in ordered
        if repeat.rule == "running-line" and settings.level is Level.SAFE and not order:
            continue
        turned = _keep_other(layout, repeat, settings)
        why = judge(layout, turned, settings, settings.level)
        order &= why is not None and why.code not in FINAL
        if order:
            why = None
        if why is None and leaves_heading_alone(layout, turned, removed):
            why = Reason("heading-alone")
        if why is not None:
            decisions.append(Decision(turned, False, why, _lowest_level(layout, turned, settings)))
            continue
        gone = Reason("decided-remove") if order else _why_gone(turned, layout)
        level = _lowest_level(layout, turned, settings)
        if survey:
            decisions.append(Decision(turned, True, gone, level))
            continue
        start, end = turned.removed
        kept = _kept_in_the_end(turned.kept, accepted) if removed[slice(*turned.kept)].any() else turned.kept
        if kept is None or removed[start:end].any() or pinned[start:end].any():
            continue
        removed[start:end] = True
        pinned[slice(*kept)] = True
        turned = replace(turned, kept=kept)
        accepted.append(turned)
        decisions.append(Decision(turned, True, gone, level))
    return decisions


def candidates(layout: Layout, settings: Settings) -> Iterator[Repeat]:
    """Give the repeats of all rules in order of precedence, then of place."""
    matches = find_matches(layout.codes, LONG)
    short = short_runs(layout.codes)
    yield from whole_documents(layout, matches)
    hashes = short_block_hashes(layout)
    doubled = sorted(
        [*tandems(layout, [*long_runs(matches), *short]), *repeated_lines(layout, hashes)],
        key=lambda repeat: (repeat.removed[0], -repeat.removed[1]),
    )
    yield from doubled
    yield from sorted(
        repeated_blocks(layout, _apart(matches, doubled), hashes), key=lambda repeat: (repeat.removed[0], -repeat.unit)
    )
    if "near-duplicate" in settings.rules:
        yield from near_duplicates(layout, settings.threshold)
    yield from running_lines(layout, hashes, settings.keep)


def _apart(matches: list[Match], doubled: list[Repeat]) -> list[Match]:
    """Leave out the matches that are told as tandems already."""
    told = {(repeat.unit, repeat.removed[0]) for repeat in doubled}
    units: dict[int, list[Range]] = {}
    for unit, _ in told:
        units.setdefault(unit, [])
    for repeat in doubled:
        units[repeat.unit].append((repeat.kept[0], repeat.removed[1]))
    return [
        m
        for m in matches
        if not any(m.first < end and start < m.second + m.length for start, end in units.get(m.distance, ()))
    ]


def _keep_other(layout: Layout, repeat: Repeat, settings: Settings) -> Repeat:
    """Turn a repeat round when the last or the longest copy is to stay.

    Exact copies are equally long: there ``longest`` keeps the first. Of near-duplicates the better copy is already
    the kept one, and stays unless a copy is asked for by its place.
    """
    comparison = repeat.comparison
    if comparison is not None:
        lengths = [end - start for start, end in (repeat.kept, repeat.removed)]
        later_kept = repeat.kept > repeat.removed
        turn = (settings.keep == "last" and not later_kept) or (settings.keep == "longest" and lengths[1] > lengths[0])
        return _turned(repeat) if turn and comparison.verdict != "contained" else repeat
    if settings.keep != "last" or repeat.rule == "running-line":
        return repeat
    if repeat.rule in ("tandem", "whole-document") and repeat.kept[1] == repeat.removed[0]:
        start, end = repeat.kept[0], repeat.removed[1]
        turned = replace(repeat, kept=(end - repeat.unit, end), removed=(start, end - repeat.unit))
        # A first copy that begins in verse stays: verse is never cut.
        return turned if repeat.rule != "tandem" or _is_prose(layout, turned.removed) else repeat
    return _turned(repeat)


def _is_prose(layout: Layout, exact: Range) -> bool:
    touched = layout.blocks_in(*exact)
    return bool(layout.prose[touched[0] : touched[-1] + 1].all())


def _turned(repeat: Repeat) -> Repeat:
    """Exchange the two copies, and the sides of their differences."""
    comparison = repeat.comparison
    if comparison is not None:
        swapped = tuple(replace(d, removed=d.kept, kept=d.removed) for d in comparison.differences)
        comparison = replace(comparison, differences=swapped)
    size = repeat.kept[1] - repeat.kept[0]
    return replace(repeat, kept=repeat.removed, removed=repeat.kept, unit=size, comparison=comparison)


def _kinds(comparison: Comparison) -> str:
    return ", ".join(sorted({d.kind for d in comparison.differences})) or "space"


def _kept_in_the_end(kept: Range, accepted: list[Repeat]) -> Range | None:
    """Follow a kept copy that is itself removed to the copy kept for it; None when only a part of it is removed."""
    start, end = kept
    for repeat in reversed(accepted):
        if repeat.comparison is None and repeat.removed[0] <= start and end <= repeat.removed[1]:
            shift = (start - repeat.removed[0]) % repeat.unit
            moved = (repeat.kept[0] + shift, repeat.kept[0] + shift + end - start)
            return moved if moved[1] <= repeat.kept[1] else None
    return None


def _lowest_level(layout: Layout, repeat: Repeat, settings: Settings) -> Level | None:
    if leaves_heading_alone(layout, repeat, np.zeros(layout.codes.size + 1, dtype=bool)):
        return None
    for level in Level:
        if judge(layout, repeat, settings, level) is None:
            return level
    return None


def _why_gone(repeat: Repeat, layout: Layout) -> Reason:
    if repeat.rule == "whole-document":
        share = 100 * (repeat.removed[1] - repeat.removed[0] + repeat.unit) // max(1, layout.codes.size)
        return Reason("whole-document", (str(min(100, share)),))
    if repeat.rule == "tandem":
        in_a_row = repeat.copies > 2 and repeat.paragraphs == repeat.copies - 1
        return Reason("tandem-lines", (str(repeat.copies),)) if in_a_row else Reason("tandem")
    if repeat.comparison is not None:
        return Reason(f"near-{repeat.comparison.verdict}", (_kinds(repeat.comparison),))
    if repeat.rule == "running-line":
        return Reason("running-line", (str(repeat.copies),))
    return Reason("repeated-run", (str(repeat.blocks),)) if repeat.blocks > 1 else Reason("repeated-block")
