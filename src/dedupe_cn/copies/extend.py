"""Extend a chain to both sides, over what differs a little, as far as both places go on alike."""

from __future__ import annotations

#: Characters looked at behind the end of a chain at a time.
WINDOW = 40
#: What an edit costs in characters that are equal: two, so that chance likeness of other text does not pay.
_EDIT = 2
#: Equal characters with which an extension over a difference ends, at least.
LAST = 3


def common(text: str, one: int, other: int, last: int) -> int:
    """Count the characters that are equal from two places of a text on, up to a last one."""
    size = max(0, last - max(one, other))
    width, done = 64, 0
    while done < size:
        step = min(width, size - done)
        if text[one + done : one + done + step] == text[other + done : other + done + step]:
            done += step
            width *= 4
        elif step == 1:
            break
        else:
            size, width = done + step, step // 2  # they part within this step
    return done


def reach(text: str, one: int, other: int, last: int, most: int) -> tuple[int, int]:
    """Give how far two places of a (folded) text go on alike, up to a ``last`` one: the characters on each side.

    Behind what is equal a window of both sides is aligned, and what pays is taken: an equal character counts one, an
    edit costs two, and the extension ends in equal characters. So it goes over ``most`` windows at most: where there
    is nothing but such differences, a text of one pattern would be gone over again from each of its places.
    """
    from rapidfuzz.distance import Levenshtein

    first, second = one, other
    for _ in range(most + 1):
        same = common(text, first, second, last)
        first, second = first + same, second + same
        ours, theirs = text[first : min(first + WINDOW, last)], text[second : min(second + WINDOW, last)]
        if not ours or not theirs:
            break
        score, best, taken = 0, 0, (0, 0)
        for step in Levenshtein.opcodes(ours, theirs):
            if step.tag != "equal":
                score -= _EDIT * max(step.src_end - step.src_start, step.dest_end - step.dest_start)
                continue
            score += step.src_end - step.src_start
            if score > best and step.src_end - step.src_start >= LAST:
                best, taken = score, (step.src_end, step.dest_end)
        apart = first + taken[0] - second - taken[1]
        if not best or apart * (one - other) <= 0:  # or both would be one place
            break
        first, second = first + taken[0], second + taken[1]
    return first - one, second - other
