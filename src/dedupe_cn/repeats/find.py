"""Find the repeats of a text and decide on them, in order of precedence."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.model import Level
from dedupe_cn.reasons import OFF, Reason
from dedupe_cn.repeats.blocks import block_hashes, repeated_blocks
from dedupe_cn.repeats.chains import Matches, find_matches
from dedupe_cn.repeats.found import Range, Repeat
from dedupe_cn.repeats.judge import Case, judge, leaves_heading_alone, lowest_level
from dedupe_cn.repeats.lines import running_lines
from dedupe_cn.repeats.near import near_duplicates
from dedupe_cn.repeats.seeds import LONG
from dedupe_cn.repeats.tandem import ShortRuns, long_runs, repeated_lines, tandems
from dedupe_cn.repeats.unrolled import unrolled
from dedupe_cn.repeats.whole import whole_documents
from dedupe_cn.settings import Settings
from dedupe_cn.text.exact import any_marked
from dedupe_cn.text.segments import Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.repeats.differences import Comparison
    from dedupe_cn.repeats.settle import Settled
    from dedupe_cn.repeats.together import Seen
    from dedupe_cn.text.marked import Marked

#: Reasons to leave a repeat that no verdict overrules: what is left would be broken.
FINAL = frozenset({"heading-alone", "inline"})


class Decision(NamedTuple):
    """A repeat, and whether it goes; ``case`` is what the judge has before him, None where no level is told."""

    repeat: Repeat
    goes: bool
    told: Reason | None
    case: Case | None

    @property
    def why(self) -> Reason:
        """Give the reason; worked out when asked for where nothing was ``told``."""
        if self.told is not None:
            return self.told
        if self.case is None or (why := judge(self.case, self.case.settings.level)) is None:
            raise ValueError("a decision without a reason")
        return why

    @property
    def level(self) -> Level | None:
        """Give the lowest level at which it goes; worked out when asked for, for of most passes nobody asks."""
        return lowest_level(self.case) if self.case else None


def decide(
    layout: Layout,
    settings: Settings,
    marked: Marked | None = None,
    settled: Settled | None = None,
    survey: bool = False,
    seen: Seen | None = None,
) -> list[Decision]:
    """Find the repeats of a text and decide on each; of those that are ``marked`` off nothing is said.

    Accepted removals do not overlap, what they keep is not removed by another, and all are of one rule: the first in
    precedence that removes anything. What is in their way, and the rules behind, wait for the next pass over the
    changed text, where a copy of the whole document may show that a tandem had hidden.

    With verdicts, only the repeats they leave open are decided on, and what they order to go goes. A ``survey`` tells
    of every repeat by itself whether it would go: none is in the way of another, and what is inside of one goes unsaid.
    ``seen`` is what was found in this text together with others.
    """
    removed = np.zeros(layout.codes.size + 1, dtype=bool)
    pinned = np.zeros(layout.codes.size + 1, dtype=bool)
    decisions: list[Decision] = []
    accepted: list[Repeat] = []  # in order of place
    stopped = np.zeros(layout.codes.size + 1 if marked else 0, dtype=bool)
    ordered = settled.ordered if settled else frozenset()
    rules = (group for _, group in groupby(settled.open, attrgetter("rule"))) if settled else None
    found = _until_accepted(rules or candidates(layout, settings, seen), accepted)
    for repeat in unrolled(layout, found, marked) if marked else found:
        start, end = repeat.removed
        if repeat.rule not in settings.rules or any_marked(removed, start, end):
            continue
        if survey and settled and (repeat.kept, repeat.removed) in settled.inside:
            continue
        order = (repeat.kept, repeat.removed) in ordered
        turned = _keep_other(layout, repeat, settings)
        case = Case(layout, turned, settings)
        if not marked and not settled and case.is_short(settings.level):  # the reason is asked of the last pass only
            decisions.append(Decision(turned, False, None, case))
            continue
        why = judge(case, settings.level)
        order &= why is not None and why.code not in FINAL
        if order:
            why = None
        if why is None and leaves_heading_alone(case, removed):
            why = Reason("heading-alone")
        if marked is not None and (held := _held(layout, turned, marked, stopped, goes=why is None)) is not None:
            decisions += [Decision(turned, False, held, None)] if held is not OFF else []
            continue
        if repeat.rule == "running-line" and settings.level is Level.SAFE and not order:
            continue
        if why is not None:
            decisions.append(Decision(turned, False, why, case.closed()))
            continue
        gone = Reason("decided-remove") if order else _why_gone(turned, layout)
        if survey:
            decisions.append(Decision(turned, True, gone, case.closed()))
            continue
        start, end = turned.removed
        kept = _kept_in_the_end(turned.kept, accepted) if any_marked(removed, *turned.kept) else turned.kept
        if kept is None or any_marked(removed, start, end) or any_marked(pinned, start, end):
            continue
        removed[start:end] = True
        pinned[slice(*kept)] = True
        turned = turned._replace(kept=kept)
        if not accepted or _place(accepted[-1]) < start:  # which is the rule
            accepted.append(turned)
        else:
            insort(accepted, turned, key=_place)
        decisions.append(Decision(turned, True, gone, case.closed()))
    return decisions


def _held(layout: Layout, repeat: Repeat, marked: Marked, stopped: NDArray[np.bool_], *, goes: bool) -> Reason | None:
    """Say why a repeat stays because of a mark, or None.

    What lies in a passage that a mark has ``stopped`` (noted here) is told with it: no copy is taken apart.
    """
    held = marked.holds(layout, repeat.rule, repeat.removed)
    if held is None:
        return OFF if stopped[slice(*repeat.removed)].all() else None
    if held is not OFF and goes:
        stopped[slice(*repeat.removed)] = True
    return held


def _until_accepted(rules: Iterator[Iterator[Repeat]], accepted: list[Repeat]) -> Iterator[Repeat]:
    """Go through the repeats rule by rule, and stop behind a rule of which one was accepted."""
    for repeats in rules:
        yield from repeats
        if accepted:
            return


def candidates(layout: Layout, settings: Settings, seen: Seen | None = None) -> Iterator[Iterator[Repeat]]:
    """Give the repeats rule by rule in order of precedence, those of a rule by place; each is found when asked for.

    ``seen`` is what was found in this text together with others.
    """
    short = ShortRuns(layout.codes)
    matches = seen.matches if seen else find_matches(layout.codes, LONG, look=short.look)
    yield whole_documents(layout, matches) if seen is None or seen.whole else iter(())
    hashes = seen.hashes if seen else block_hashes(layout)
    runs = seen.runs if seen else [*long_runs(matches), *short.found()]
    lines = seen.lines if seen else repeated_lines(layout, hashes)
    doubled = sorted(
        [*tandems(layout, runs), *lines], key=lambda repeat: (repeat.removed[0], -repeat.removed[1])
    )
    yield iter(doubled)
    again = seen.blocks if seen else None
    if again is None or (again and doubled):
        again = repeated_blocks(layout, _apart(matches, doubled), hashes)
    yield iter(sorted(again, key=lambda repeat: (repeat.removed[0], -repeat.unit)))
    if "near-duplicate" in settings.rules:
        yield near_duplicates(layout, settings.threshold, seen.pairs if seen else None)
    yield iter(seen.running) if seen else running_lines(layout, hashes, settings.keep)


def _apart(matches: Matches, doubled: list[Repeat]) -> Matches:
    """Leave out the matches that are told as tandems already: of the same distance, and touching a run of it."""
    if not doubled or not matches.first.size:
        return matches
    columns = [(r.unit, r.kept[0], r.removed[1]) for r in doubled]
    units, starts, ends = (np.array(column, np.int64) for column in zip(*columns, strict=True))
    order = np.lexsort((starts, units))
    units, starts, ends = units[order], starts[order], ends[order]
    # Of the runs of one unit that start before a match ends, it touches one when it begins before the last end.
    size = int(ends.max()) + int((matches.second + matches.length).max()) + 1
    ends = np.maximum.accumulate(units * size + ends) - units * size
    distance, behind = matches.second - matches.first, matches.second + matches.length
    at = (units * size + starts).searchsorted(distance * size + behind) - 1
    touches = (at >= 0) & (units[at] == distance) & (matches.first < ends[at])
    return matches.chosen(~touches)


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
        turned = repeat._replace(kept=(end - repeat.unit, end), removed=(start, end - repeat.unit))
        # A first copy that begins in verse stays: verse is never cut.
        return turned if repeat.rule != "tandem" or _is_prose(layout, turned.removed) else repeat
    # What is a paragraph in one copy may be a line of verse in the other.
    return repeat if repeat.rule == "repeated-block" and _cuts_protected(layout, repeat.kept) else _turned(repeat)


def _is_prose(layout: Layout, exact: Range) -> bool:
    touched = layout.blocks_in(*exact)
    return bool(layout.prose[touched[0] : touched[-1] + 1].all())


def _cuts_protected(layout: Layout, exact: Range) -> bool:
    """Tell whether a range begins or ends inside a protected block."""
    start, end = exact
    return any(
        not layout.prose[i] and not (start <= layout.starts[i] and layout.ends[i] <= end)
        for i in layout.blocks_in(start, end)
    )


def _turned(repeat: Repeat) -> Repeat:
    """Exchange the two copies, and the sides of their differences."""
    comparison = repeat.comparison
    if comparison is not None:
        from dedupe_cn.repeats.differences import turned

        comparison = turned(comparison)
    size = repeat.kept[1] - repeat.kept[0]
    return repeat._replace(kept=repeat.removed, removed=repeat.kept, unit=size, prose=0, comparison=comparison)


def _kinds(comparison: Comparison) -> str:
    return ", ".join(sorted({d.kind for d in comparison.differences})) or "space"


def _kept_in_the_end(kept: Range, accepted: list[Repeat]) -> Range | None:
    """Follow a kept copy that is itself removed to the copy kept for it; None when only a part of it is removed.

    The ``accepted`` are sorted by place and do not overlap: at most one of them holds the copy.
    """
    start, end = kept
    at = bisect_right(accepted, start, key=_place) - 1
    if at < 0 or accepted[at].comparison is not None or end > accepted[at].removed[1]:
        return None
    repeat = accepted[at]
    shift = (start - repeat.removed[0]) % repeat.unit
    moved = (repeat.kept[0] + shift, repeat.kept[0] + shift + end - start)
    return moved if moved[1] <= repeat.kept[1] else None


def _place(repeat: Repeat) -> int:
    return repeat.removed[0]


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
