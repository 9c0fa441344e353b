"""Find the lines of a text whose characters are improbable in Chinese, without a loop over characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dedupe_cn.encoding import frequencies

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
else:
    Numbers = Any

#: Log probability (nats) below which a character is odd: hanzi of no common level, Latin letters with accents, U+FFFD.
ODD = -12.0


@dataclass(frozen=True, slots=True)
class LineCounts:
    """For each line its start, the number of non-ASCII characters, the sum of their log probabilities, and odd ones."""

    starts: Numbers
    foreign: Numbers
    sums: Any
    odd: Numbers


def count_lines(text: str) -> LineCounts:
    """Count the characters of each line; a line ends behind its line feed."""
    import numpy as np

    codes = frequencies.code_points(text)
    starts = np.concatenate(([0], np.flatnonzero(codes == 0x0A) + 1))
    starts = starts[starts < len(codes)]
    if not len(starts):
        empty = np.zeros(0, np.int64)
        return LineCounts(empty, empty, empty, empty)
    foreign = codes > 0x7F
    values = frequencies.chinese_table()[codes] * foreign
    return LineCounts(
        starts,
        np.add.reduceat(foreign.astype(np.int64), starts),
        np.add.reduceat(values, starts),
        np.add.reduceat((values < ODD).astype(np.int64), starts),
    )
