"""Look for the repeats of several documents in one go, and tell which of them hold none.

What is found serves the search in each document as if it had looked by itself; only what no rule could use is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress, pairwise
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.repeats.blocks import LONGEST, block_hashes, may_hold_prose
from dedupe_cn.repeats.chains import Matches, find_matches
from dedupe_cn.repeats.lines import SHORTEST
from dedupe_cn.repeats.near import NearPair, near_pairs
from dedupe_cn.repeats.seeds import LONG
from dedupe_cn.repeats.tandem import Run, are_long_runs, short_runs, touch_prose
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
    matches = matches.chosen(may_hold_prose(layout, matches) | are_long_runs(matches) | may_be_copies(matches))
    runs = short_runs(layout.codes)
    runs = list(compress(runs, touch_prose(layout, runs)))
    pairs = near_pairs(layout, settings.threshold) if "near-duplicate" in settings.rules else []
    held = _again(layout, hashes, joint.rows)
    matches_of = matches.first.searchsorted(np.append(joint.low, layout.codes.size))
    held |= matches_of[1:] > matches_of[:-1]
    runs_of = _parts(joint.low, [run.start for run in runs])
    pairs_of = _parts(joint.rows[:-1], [pair.later for pair in pairs])
    seen: list[Seen | None] = []
    for number, (low, high) in enumerate(zip(joint.low.tolist(), joint.high.tolist(), strict=True)):
        some_runs = [
            Run(run.start - low, run.end - low, run.period) for run in runs[runs_of[number]] if run.end <= high
        ]
        some_pairs = pairs[pairs_of[number]]
        if not (held[number] or some_runs or some_pairs):
            seen.append(None)
            continue
        part = slice(int(matches_of[number]), int(matches_of[number + 1]))
        row, behind = int(joint.rows[number]), int(joint.rows[number + 1])
        seen.append(
            Seen(
                joint.document(number),
                hashes[row:behind],
                Matches(matches.first[part] - low, matches.second[part] - low, matches.length[part]),
                some_runs,
                [NearPair(pair.earlier - row, pair.later - row, pair.ratio) for pair in some_pairs],
            )
        )
    return seen


def _again(layout: Layout, hashes: NDArray[np.uint64], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Mark the documents in which a paragraph stands twice that is long enough for the rules about paragraphs."""
    lengths = layout.ends - layout.starts
    chosen = np.flatnonzero(layout.prose & (lengths >= SHORTEST) & (lengths <= LONGEST))
    order = chosen[np.argsort(hashes[chosen])]
    twice = order[1:][hashes[order[1:]] == hashes[order[:-1]]]
    result = np.zeros(rows.size - 1, dtype=bool)
    result[rows.searchsorted(twice, side="right") - 1] = True
    return result


def _parts(begins: NDArray[np.int64], places: list[int]) -> list[slice]:
    """Cut places (rising) where documents begin; give the part of each."""
    edges = [*np.searchsorted(places, begins).tolist(), len(places)]
    return [slice(first, behind) for first, behind in pairwise(edges)]
