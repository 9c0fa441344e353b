"""Join chains between which one copy lacks a longer passage, or has another one in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dedupe_cn.kernel.reference.chains import OVERLAP, Chain, Ended, Piece, behind


def joined(chains: Sequence[Chain]) -> Iterator[Chain]:
    """Give the chains that come of joining some; what lies between may be half as long as what is equal around it."""
    order = sorted(chains, key=lambda one: (one.second, one.first))
    ended = Ended([one.second_end for one in order])
    before: dict[int, int] = {}
    taken: set[int] = set()
    for number, here in enumerate(order):
        near = {earlier for earlier in ended.before(number, here.second) if earlier not in taken}
        gaps = [(gap, earlier) for earlier in near if (gap := _gap(order[earlier], here)) is not None]
        if gaps:
            before[number] = min(gaps)[1]
            taken.add(before[number])
    for number in before:
        if number in taken:
            continue
        row = [number]
        while row[-1] in before:
            row.append(before[row[-1]])
        yield Chain(tuple(_rising(piece for part in reversed(row) for piece in order[part].pieces)))


def _gap(earlier: Chain, here: Chain) -> int | None:
    """Give the longer gap between two chains of which one goes on behind the other; None where it does not."""
    ahead, behind_it = here.first - earlier.first_end, here.second - earlier.second_end
    gap, both, least = max(ahead, behind_it), earlier.size + here.size, min(earlier.size, here.size)
    if min(ahead, behind_it) < -OVERLAP or gap > 4 * least:
        return None
    if here.first_end > earlier.second + OVERLAP:  # or it would lie over its own copy
        return None
    return gap if gap <= both // 2 and abs(ahead - behind_it) <= both // 3 else None


def _rising(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Take from each piece what the one before has already."""
    last: Piece | None = None
    for piece in pieces:
        fresh = behind(last, piece) if last else piece
        if fresh.size > 0:
            yield fresh
            last = fresh
