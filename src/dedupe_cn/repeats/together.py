"""Look for the repeats of several documents in one go, and tell which of them hold none.

What is found serves the search in each document as if it had looked by itself; only what no rule could use is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from dedupe_cn.repeats.blocks import block_hashes, may_hold_prose, repeated_blocks
from dedupe_cn.repeats.chains import Matches, find_matches
from dedupe_cn.repeats.found import Repeat
from dedupe_cn.repeats.lines import running_lines
from dedupe_cn.repeats.near import NearPair, near_pairs
from dedupe_cn.repeats.seeds import LONG
from dedupe_cn.repeats.tandem import Run, ShortRuns, are_long_runs, in_prose, long_runs, repeated_lines
from dedupe_cn.repeats.whole import may_be_copies, may_cover

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.settings import Settings
    from dedupe_cn.text.joint import Joint
    from dedupe_cn.text.segments import Layout

T = TypeVar("T")


class Seen(NamedTuple):
    """What was found in a document: its layout, the hashes of its blocks, and what may become a repeat.

    ``runs`` are those in which prose lies, ``whole`` tells whether the matches may cover the document. ``lines``,
    ``blocks`` and ``running`` are the repeats of three rules; where one of the first two removes anything from a match,
    those behind it have to be looked for again.
    """

    layout: Layout
    hashes: NDArray[np.uint64]
    matches: Matches
    whole: bool
    runs: list[Run]
    lines: list[Repeat]
    blocks: list[Repeat]
    pairs: list[NearPair]
    running: list[Repeat]


def look(joint: Joint, settings: Settings) -> list[Seen | None]:
    """Look for repeats in all documents; give what was found in each, None for one that holds no repeat of any rule."""
    layout = joint.layout
    hashes = block_hashes(layout)
    short = ShortRuns(layout.codes)
    matches = find_matches(layout.codes, LONG, joint.low, short.look)
    matches = matches.chosen(may_hold_prose(layout, matches) | are_long_runs(matches) | may_be_copies(matches))
    copies = matches.first[may_cover(matches, joint.high - joint.low, joint.homes(matches.first))]
    whole = set(joint.homes(copies).tolist())
    runs = list(in_prose(layout, [*long_runs(matches), *_inside(joint, short.found())]))
    pairs = near_pairs(layout, settings.threshold) if "near-duplicate" in settings.rules else []
    running, blocks, lines = (
        _by_document(joint, repeats, [repeat.removed[0] for repeat in repeats])
        for repeats in (
            list(running_lines(layout, hashes, settings.keep)),
            repeated_blocks(layout, matches, hashes),
            list(repeated_lines(layout, hashes)),
        )
    )
    doubled = _by_document(joint, runs, [run.start for run in runs])
    alike = _by_document(joint, pairs, [int(layout.starts[pair.later]) for pair in pairs])
    seen: list[Seen | None] = [None] * joint.low.size
    for number in whole.union(doubled, lines, blocks, alike, running):
        low, high = int(joint.low[number]), int(joint.high[number])
        row, behind = int(joint.rows[number]), int(joint.rows[number + 1])
        part = slice(*matches.first.searchsorted([low, high]).tolist())
        seen[number] = Seen(
            joint.document(number),
            hashes[row:behind],
            Matches(matches.first[part] - low, matches.second[part] - low, matches.length[part]),
            number in whole,
            [Run(run.start - low, run.end - low, run.period) for run in doubled.get(number, ())],
            [_moved(repeat, low) for repeat in lines.get(number, ())],
            [_moved(repeat, low) for repeat in blocks.get(number, ())],
            [NearPair(pair.earlier - row, pair.later - row, pair.ratio) for pair in alike.get(number, ())],
            [_moved(repeat, low) for repeat in running.get(number, ())],
        )
    return seen


def _by_document(joint: Joint, found: Sequence[T], places: Sequence[int]) -> dict[int, list[T]]:
    """Gather what was found by the numbers of the documents in which its places (exact offsets) lie."""
    gathered: defaultdict[int, list[T]] = defaultdict(list)
    for number, one in zip(joint.homes(np.array(places, np.int64)).tolist(), found, strict=True):
        gathered[number].append(one)
    return gathered


def _moved(repeat: Repeat, low: int) -> Repeat:
    """Tell the places of a repeat as those of a document that begins at ``low``."""
    (kept, kept_end), (removed, removed_end) = repeat.kept, repeat.removed
    return repeat._replace(kept=(kept - low, kept_end - low), removed=(removed - low, removed_end - low))


def _inside(joint: Joint, runs: list[Run]) -> list[Run]:
    """Leave out the runs that go on behind their document: around others of fewer characters than their period."""
    homes = joint.homes(np.array([run.start for run in runs], np.int64))
    return [run for run, end in zip(runs, joint.high[homes].tolist(), strict=True) if run.end <= end]
