"""How far chains reach, over what differs a little, and which of them are to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe_cn.kernel.reference.matches import agreement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe_cn.kernel.reference.chains import Chain
    from dedupe_cn.kernel.texts import Text

#: Characters looked at behind the end of a chain at a time.
_WINDOW = 40
#: What an edit costs in characters that are equal: two, so that chance likeness of other text does not pay.
_EDIT = 2
#: Equal characters with which an extension over a difference ends, at least.
_LAST = 3
#: Characters by which places may be shifted against each other behind a difference that still pays: of a window of 40,
#: more than two are equal for each that is shifted.
_SHIFT = (_WINDOW - 1) // 3
#: Windows over which a chain is extended at each end, at least, and characters of it for each more of them.
_WINDOWS, _LETTERS = 8, 8
#: Chains that go on over differences and reach over one place, at most.
_CROWD = 8
#: How many times as far as its windows go a chain may reach over what is equal between them, and to the end of a line.
_FAR = 4


class Ends(NamedTuple):
    """Where the two stretches of a chain begin and end (exact offsets)."""

    kept: int
    kept_end: int
    removed: int
    removed_end: int


class Crowd:
    """How many chains reach over each place of a text, of those that go on over what differs.

    Where everything is like everything, each of any number of chains would be lined up over the same stretch. What
    lies wholly in ``_CROWD`` longer ones is not looked at. It is missed, and counts as what stays as a whole as far as
    it might have reached: nothing goes, and nothing is told, that it would have ``hidden``.
    """

    def __init__(self, hidden: NDArray[np.int32]) -> None:
        self._times = np.zeros(hidden.size, np.uint8)
        self._hidden = hidden

    def is_full(self, begin: int, end: int) -> bool:
        """Tell whether as many chains as are looked at reach over the whole of a stretch."""
        return end > begin and bool(self._times[begin:end].min() >= _CROWD)

    def add(self, begin: int, end: int) -> None:
        """Count a chain that was looked at."""
        part = self._times[begin:end]
        part += part < _CROWD

    def hide(self, begin: int, end: int) -> None:
        """Note a stretch of a chain that is not looked at."""
        part = self._hidden[begin:end]
        np.maximum(part, end - begin, out=part)


def equal_ends(text: Text, row: Chain) -> Ends:
    """Give how far a chain reaches to the letter."""
    codes, places = np.asarray(text.forms.folded), text.forms.places
    kept, kept_end = places[row.first], places[row.first_end - 1] + 1
    removed, removed_end = places[row.second], places[row.second_end - 1] + 1
    ahead = agreement(codes, kept_end, removed_end, codes.size - removed_end, 1)
    back = agreement(codes, kept - 1, removed - 1, kept, -1)
    return Ends(kept - back, kept_end + ahead, removed - back, removed_end + ahead)


def find_ends(text: Text, row: Chain, crowd: Crowd) -> Ends | None:
    """Give how far a chain reaches, over what differs a little; None where too many reach over it already.

    The chains come in the order in which they make the ``crowd``.
    """
    kept, kept_end, removed, removed_end = equal_ends(text, row)
    size, most = len(text.forms.folded), _WINDOWS + (kept_end - kept) // _LETTERS
    ahead, back = _may_pay(text, kept_end, removed_end, 1), _may_pay(text, kept - 1, removed - 1, -1)
    if not ahead and not back:
        return Ends(kept, kept_end, removed, removed_end)
    if crowd.is_full(removed, removed_end):
        far = _FAR * most * _WINDOW
        for one, other in ((kept, kept_end), (removed, removed_end)):
            crowd.hide(max(0, one - far), min(size, other + far))
        return None
    if ahead:
        one, other = _reach(text, kept_end, removed_end, 1, most)
        kept_end, removed_end = kept_end + one, removed_end + other
    if back:
        one, other = _reach(text, kept - 1, removed - 1, -1, most)
        kept, removed = kept - one, removed - other
    crowd.add(removed, removed_end)
    return Ends(kept, kept_end, removed, removed_end)


def _window(text: Text, at: int, step: int) -> list[int]:
    """Give the characters from a place on, read forwards or backwards."""
    folded = text.forms.folded
    part = folded[at : at + _WINDOW] if step > 0 else folded[max(0, at + 1 - _WINDOW) : at + 1]
    return part.tolist()[::step]


def _may_pay(text: Text, one: int, other: int, step: int) -> bool:
    """Tell where going on over a difference may pay (:func:`_reach`), going by ``step``.

    What pays ends in so many equal characters, and more than two thirds of what is gone over have an equal one near.
    """
    ours, theirs = _window(text, one, step), _window(text, other, step)
    near, ended = [False] * _WINDOW, [False] * _WINDOW
    for shift in range(-_SHIFT, _SHIFT + 1):
        run = 0
        for at in range(max(0, -shift), min(len(ours), len(theirs) - shift)):
            same = ours[at] == theirs[at + shift]
            near[at] |= same
            run = run + 1 if same else 0
            if run >= _LAST:
                ended[at] = True
    held = 0
    for at in range(_WINDOW):
        held += near[at]
        if ended[at] and 3 * held > 2 * (at + 1):
            return True
    return False


def _reach(text: Text, one: int, other: int, step: int, most: int) -> tuple[int, int]:
    """Give how far two places of a text go on alike, going by ``step``: the characters on each side.

    Behind what is equal a window of both sides is aligned, and what pays is taken: an equal character counts one, an
    edit costs two, and the extension ends in equal characters. So it goes over ``most`` windows at most: where there
    is nothing but such differences, a text of one pattern would be gone over again from each of its places.
    """
    from rapidfuzz.distance import Levenshtein

    codes = np.asarray(text.forms.folded)
    first, second = one, other
    for _ in range(most + 1):
        left = codes.size - max(first, second) if step > 0 else min(first, second) + 1
        same = agreement(codes, first, second, left, step)
        first, second = first + step * same, second + step * same
        ours, theirs = _window(text, first, step), _window(text, second, step)
        if not ours or not theirs:
            break
        score, best, taken = 0, 0, (0, 0)
        for part in Levenshtein.opcodes(ours, theirs):
            if part.tag != "equal":
                score -= _EDIT * max(part.src_end - part.src_start, part.dest_end - part.dest_start)
                continue
            score += part.src_end - part.src_start
            if score > best and part.src_end - part.src_start >= _LAST:
                best, taken = score, (part.src_end, part.dest_end)
        apart = first + step * taken[0] - second - step * taken[1]
        if not best or apart * (one - other) <= 0:  # or both would be one place
            break
        first, second = first + step * taken[0], second + step * taken[1]
    return abs(first - one), abs(second - other)
