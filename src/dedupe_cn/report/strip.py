"""What became of the parts of a document, along the document."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from dedupe_cn.model import Removal
from dedupe_cn.report.run import OF_SEVERAL

#: Parts a document is cut into, however long it is; a repeat colours one at least.
PARTS = 480
#: What a part is: it stays; it is the copy that stays of a repeat; a repeat in it was reported, or went.
STAYS, SOURCE, REPORTED, WENT = range(4)


def strip(length: int, removals: Iterable[Removal]) -> list[int]:
    """Give what the parts of a document are, as pairs of kind and number of parts, from its start to its end."""
    parts = bytearray(PARTS)
    painted: list[tuple[int, int, int]] = []
    for removal in removals:
        if removal.rule in OF_SEVERAL:
            continue
        painted.append((SOURCE, removal.kept.start, removal.kept.end))
        kind = WENT if removal.applied else REPORTED
        painted += [(kind, span.start, span.end) for span in (removal.span, *removal.places)]
    for kind, start, end in sorted(painted):
        first = min(start * PARTS // max(1, length), PARTS - 1)
        last = min(max(first + 1, end * PARTS // max(1, length)), PARTS)
        parts[first:last] = bytes([kind]) * (last - first)
    return [number for kind, run in groupby(parts) for number in (kind, len(list(run)))]
