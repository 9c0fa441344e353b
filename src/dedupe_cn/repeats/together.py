"""Look for the repeats of several documents in one go, and tell which of them hold none.

What is found serves the search in each document as if it had looked by itself; only what no rule could use is left out.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.repeats.blocks import block_hashes, may_hold_prose, repeated_blocks
from dedupe_cn.repeats.chains import Matches, find_matches
from dedupe_cn.repeats.lines import running_lines
from dedupe_cn.repeats.near import NearPair, near_pairs
from dedupe_cn.repeats.seeds import LONG
from dedupe_cn.repeats.tandem import Run, are_long_runs, in_prose, long_runs, repeated_lines, short_runs
from dedupe_cn.repeats.whole import may_be_copies, may_cover

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.settings import Settings
    from dedupe_cn.text.joint import Joint
    from dedupe_cn.text.segments import Layout


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in a document: its layout, the hashes of its blocks, and what may become a repeat.

    ``blocks``, ``lines`` and ``running`` tell whether there are repeated blocks, rows of lines and running lines.
    """

    layout: Layout
    hashes: NDArray[np.uint64]
    matches: Matches
    runs: list[Run]
    pairs: list[NearPair]
    blocks: bool
    lines: bool
    running: bool


def look(joint: Joint, settings: Settings) -> list[Seen | None]:
    """Look for repeats in all documents; give what was found in each, None for one that holds no repeat of any rule."""
    layout = joint.layout
    hashes = block_hashes(layout)
    matches = find_matches(layout.codes, LONG, joint.low)
    matches = matches.chosen(may_hold_prose(layout, matches) | are_long_runs(matches) | may_be_copies(matches))
    runs = _inside(joint, short_runs(layout.codes))
    pairs = near_pairs(layout, settings.threshold) if "near-duplicate" in settings.rules else []
    whole = may_cover(matches, joint.high - joint.low, joint.homes(matches.first))
    blocks, lines, running = (
        _holding(joint, [repeat.removed[0] for repeat in repeats])
        for repeats in (
            repeated_blocks(layout, matches, hashes),
            repeated_lines(layout, hashes),
            running_lines(layout, hashes, settings.keep),
        )
    )
    holding = {
        *_holding(joint, matches.first[whole].tolist()),
        *_holding(joint, [run.start for run in in_prose(layout, [*long_runs(matches), *runs])]),
        *_holding(joint, [int(layout.starts[pair.later]) for pair in pairs]),
        *blocks,
        *lines,
        *running,
    }
    seen: list[Seen | None] = [None] * joint.low.size
    for number in holding:
        low, high = int(joint.low[number]), int(joint.high[number])
        row, behind = int(joint.rows[number]), int(joint.rows[number + 1])
        part = slice(*matches.first.searchsorted([low, high]).tolist())
        first, last = (bisect_left(runs, place, key=attrgetter("start")) for place in (low, high))
        begin, end = (bisect_left(pairs, place, key=attrgetter("later")) for place in (row, behind))
        seen[number] = Seen(
            joint.document(number),
            hashes[row:behind],
            Matches(matches.first[part] - low, matches.second[part] - low, matches.length[part]),
            [Run(run.start - low, run.end - low, run.period) for run in runs[first:last]],
            [NearPair(pair.earlier - row, pair.later - row, pair.ratio) for pair in pairs[begin:end]],
            number in blocks,
            number in lines,
            number in running,
        )
    return seen


def _holding(joint: Joint, places: list[int]) -> set[int]:
    """Name the documents in which some places (exact offsets) lie."""
    return set(joint.homes(np.array(places, np.int64)).tolist())


def _inside(joint: Joint, runs: list[Run]) -> list[Run]:
    """Leave out the runs that go on behind their document: around others of fewer characters than their period."""
    homes = joint.homes(np.array([run.start for run in runs], np.int64))
    return [run for run, end in zip(runs, joint.high[homes].tolist(), strict=True) if run.end <= end]
