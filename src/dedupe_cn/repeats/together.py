"""Look for the repeats of several documents in one go, and tell which of them hold none.

What is found serves the search in each document as if it had looked by itself; only what no rule could use is left out.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import compress
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.repeats.blocks import block_hashes, may_hold_prose, repeated_blocks
from dedupe_cn.repeats.chains import Matches, find_matches
from dedupe_cn.repeats.lines import running_lines
from dedupe_cn.repeats.near import NearPair, near_pairs
from dedupe_cn.repeats.seeds import LONG
from dedupe_cn.repeats.tandem import Run, are_long_runs, repeated_lines, short_runs, touch_prose
from dedupe_cn.repeats.whole import may_be_copies

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.settings import Settings
    from dedupe_cn.text.joint import Joint
    from dedupe_cn.text.segments import Layout


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in a document: its layout, the hashes of its blocks, and what may become a repeat."""

    layout: Layout
    hashes: NDArray[np.uint64]
    matches: Matches
    runs: list[Run]
    pairs: list[NearPair]


def look(joint: Joint, settings: Settings) -> list[Seen | None]:
    """Look for repeats in all documents; give what was found in each, None for one that holds no repeat of any rule."""
    layout = joint.layout
    hashes = block_hashes(layout)
    matches = find_matches(layout.codes, LONG, joint.low)
    matches = matches.chosen(may_hold_prose(layout, matches) | _may_stand_in_a_row(matches))
    runs = _inside(joint, short_runs(layout.codes))
    runs = list(compress(runs, touch_prose(layout, runs)))
    pairs = near_pairs(layout, settings.threshold) if "near-duplicate" in settings.rules else []
    places = [
        matches.first[_may_stand_in_a_row(matches)],
        np.array([run.start for run in runs], np.int64),
        layout.starts[[pair.later for pair in pairs]],
        *(
            np.array([repeat.removed[0] for repeat in repeats], np.int64)
            for repeats in (
                repeated_blocks(layout, matches, hashes),
                repeated_lines(layout, hashes),
                running_lines(layout, hashes, settings.keep),
            )
        ),
    ]
    holding = np.unique(joint.low.searchsorted(np.concatenate(places), side="right") - 1).tolist()
    seen: list[Seen | None] = [None] * joint.low.size
    for number in holding:
        seen[number] = _of_document(joint, number, hashes, matches, runs, pairs)
    return seen


def _of_document(
    joint: Joint,
    number: int,
    hashes: NDArray[np.uint64],
    matches: Matches,
    runs: list[Run],
    pairs: list[NearPair],
) -> Seen:
    """Give what was found in one document, in offsets of its own."""
    low, high = int(joint.low[number]), int(joint.high[number])
    row, behind = int(joint.rows[number]), int(joint.rows[number + 1])
    part = slice(*matches.first.searchsorted([low, high]).tolist())
    first, last = (bisect_left(runs, place, key=attrgetter("start")) for place in (low, high))
    begin, end = (bisect_left(pairs, place, key=attrgetter("later")) for place in (row, behind))
    return Seen(
        joint.document(number),
        hashes[row:behind],
        Matches(matches.first[part] - low, matches.second[part] - low, matches.length[part]),
        [Run(run.start - low, run.end - low, run.period) for run in runs[first:last]],
        [NearPair(pair.earlier - row, pair.later - row, pair.ratio) for pair in pairs[begin:end]],
    )


def _inside(joint: Joint, runs: list[Run]) -> list[Run]:
    """Leave out the runs that go on behind their document: around others of fewer characters than their period."""
    homes = joint.low.searchsorted([run.start for run in runs], side="right") - 1
    return [run for run, end in zip(runs, joint.high[homes].tolist(), strict=True) if run.end <= end]


def _may_stand_in_a_row(matches: Matches) -> NDArray[np.bool_]:
    """Mark the matches that may be a tandem, or two copies of a document."""
    return are_long_runs(matches) | may_be_copies(matches)
