"""Name what stays in the end, where a later pass removed the copy that an earlier removal had kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.edits import OffsetMap
from dedupe_cn.kernel.reference.grams import hash_grams
from dedupe_cn.model import Removal, Span
from dedupe_cn.text.characters import exact_pieces, to_codes, to_text
from dedupe_cn.text.exact import read_exact

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Codes = NDArray[np.uint32]

Range = tuple[int, int]
#: Characters looked through, for each of the text, for copies that no removal leads to.
_SEARCHED = 32
#: Characters of the longest copy whose place is remembered.
_SHORT = 256
#: Lengths of the grams by which a part of a copy is found when that is used up, the longest first, and of how many of
#: each length one is kept: a passage has many long ones, and each takes eight bytes.
_GRAMS = {16: 4, 4: 1, 1: 1}
#: Characters of which grams are put into words at once; bits of the place of a gram in its word, below the hash.
_AT_ONCE = 1 << 22
_BITS, _PLACE = np.uint64(32), np.uint64(0xFFFFFFFF)


def settle_kept(
    original: str, final: str, offsets: OffsetMap, passes: Sequence[Sequence[Removal]]
) -> list[list[Removal]]:
    """Point every removal of an exact copy to text that is still there.

    ``passes`` are the removals in the order in which they were carried out, spans in offsets of the original;
    ``offsets`` leads from the final text to it. A kept copy that went later is followed to the copy kept for it; where
    that is cut up, the first place is looked for at which the final text says the same.
    """
    if not any(_goes(removal.kept, later) for removal, later in _with_later(passes)):
        return [list(removals) for removals in passes]
    return _Settling(original, final, offsets, passes).settled()


def _with_later(passes: Sequence[Sequence[Removal]]) -> Iterator[tuple[Removal, list[Span]]]:
    """Give every removal with the spans of each later pass, sorted by their end."""
    for number, removals in enumerate(passes):
        for later in passes[number + 1 :]:
            spans = sorted((removal.span for removal in later), key=lambda span: span.end)
            yield from ((removal, spans) for removal in removals)


def _goes(kept: Span, spans: list[Span]) -> bool:
    """Tell whether a kept copy touches one of the spans; those of one pass do not overlap."""
    at = bisect_right(spans, kept.start, key=lambda span: span.end)
    return at < len(spans) and spans[at].start < kept.end


class _Settling:
    def __init__(self, original: str, final: str, offsets: OffsetMap, passes: Sequence[Sequence[Removal]]) -> None:
        self.original, self.final = original, final
        self.form, self.left = read_exact(original), read_exact(final)
        self.size = len(final) - len(self.left.gaps)
        self.offsets = offsets
        # Where the pieces of the final text begin in the original: rising.
        self.starts = np.array(offsets.starts) + np.array(offsets.shifts)
        self.passes = [sorted(removals, key=lambda r: r.span) for removals in passes]
        self.budget = _SEARCHED * self.size
        self.text = ""
        self.codes_left: Codes | None = None
        self.found: dict[str, Range | None] = {}
        self.grams: dict[int, NDArray[np.uint64]] = {}

    def settled(self) -> list[list[Removal]]:
        return [[self._settled(removal, number) for removal in removals] for number, removals in enumerate(self.passes)]

    def _settled(self, removal: Removal, number: int) -> Removal:
        kept = self._exact(removal.kept)
        size = kept[1] - kept[0]
        if self._count_left(kept) == size:
            return removal
        followed = [kept, *self._followed(kept, number)]
        whole = next((place for place in followed if self._count_left(place) == size), None)
        if whole is None:
            said = self._said(*kept)
            whole = self._find(said) or max(followed, key=self._count_left)
            if not self._count_left(whole):
                whole = self._largest_part(said) or self._any_part(said) or whole
        return replace(removal, kept=self._span(whole))

    def _followed(self, kept: Range, number: int) -> Iterator[Range]:
        """Follow a kept copy through the later passes, from each removal that holds it to what that one kept."""
        for later in self.passes[number + 1 :]:
            at = bisect_right(later, self.form.offset(kept[0]), key=lambda r: r.span.start) - 1
            if at < 0:
                continue
            (first, last), other = self._exact(later[at].span), self._exact(later[at].kept)
            if not (first <= kept[0] and kept[1] <= last and other[0] < other[1]):
                continue
            size, period = kept[1] - kept[0], other[1] - other[0]
            if later[at].differences or size >= period:  # nothing stands in the same place of a similar passage
                kept = other
            else:  # what was removed may be the kept copy several times, and a part go over its end
                start = other[0] + (kept[0] - first) % period
                moved = start, min(start + size, other[1])
                if _run(self._said(*moved), self._said(*kept)) < moved[1] - moved[0]:
                    return  # an earlier pass had taken something out of one of the two: the places do not answer
                kept = moved
            yield kept

    def _largest_part(self, said: Codes) -> Range | None:
        """Find a large part of a passage that went in pieces, or whose twin was thinned out.

        A half is looked for, then a quarter, an eighth …; what is found is extended as far as both say the same.
        """
        width = said.size
        while (width := width // 2) > 1:
            for start in range(0, said.size - width + 1, width):
                if (found := self._find(said[start : start + width])) is not None:
                    return self._extended(found, said, start)
        return None

    def _extended(self, found: Range, said: Codes, start: int) -> Range:
        """Extend the place of ``said[start:…]`` to both sides while it says the same and nothing was cut out there."""
        first, last = found
        if self._count_left(found) < last - first:
            return found
        behind = said[start + last - first :]
        same = _run(self._said(last, last + behind.size), behind)
        last += self._left(range(1, same + 1), lambda step: (last, last + step))
        same = _run(self._said(max(0, first - start), first)[::-1], said[:start][::-1])
        return first - self._left(range(1, same + 1), lambda step: (first - step, first)), last

    def _left(self, steps: range, place: Callable[[int], Range]) -> int:
        """Give the largest step whose place is left whole; those of smaller steps then are too."""
        return bisect_right(steps, 0, key=lambda step: step - self._count_left(place(step)))

    def _said(self, start: int, end: int) -> Codes:
        """Give the characters of an exact range of the original, as far as it goes."""
        end = min(end, len(self.original) - len(self.form.gaps))
        if start >= end:
            return to_codes("")
        span = self._span((start, end))
        return np.asarray(read_exact(self.original[span.start : span.end]).codes)

    def _exact(self, span: Span) -> Range:
        return self.form.exact(span.start), self.form.exact(span.end)

    def _span(self, exact: Range) -> Span:
        return Span(self.form.offset(exact[0]), self.form.offset(exact[1] - 1) + 1)

    def _count_left(self, exact: Range) -> int:
        """Count the characters of an exact range that are left in the end."""
        span = self._span(exact)
        return self.left.exact(self._final(span.end)) - self.left.exact(self._final(span.start))

    def _final(self, offset: int) -> int:
        """Give how many characters of the final text come from before an offset of the original."""
        piece = int(self.starts.searchsorted(offset)) - 1
        if piece < 0:
            return 0
        end = self.offsets.starts[piece + 1] if piece + 1 < self.starts.size else len(self.final)
        return min(offset - self.offsets.shifts[piece], end)

    def _find(self, said: Codes) -> Range | None:
        """Find where the final text says it; better where nothing was cut out of it than where something was."""
        wanted = to_text(said)
        if len(wanted) > _SHORT:
            return self._searched(wanted)
        if wanted not in self.found:
            self.found[wanted] = self._searched(wanted)
        return self.found[wanted]

    def _searched(self, wanted: str) -> Range | None:
        if self.budget > 0 and not self.text:
            text = ""
            for piece in exact_pieces(self.final):
                text += piece  # grows in place: all pieces at once would be a second copy of a huge text
            self.text = text
        place, found = -1, None
        while self.budget > 0:
            start = place + 1
            place = self.text.find(wanted, start)
            self.budget -= (place if place >= 0 else self.size) - start
            if place < 0:
                break
            exact = self._came_from(place, len(wanted))
            if exact[1] - exact[0] == len(wanted):
                return exact
            found = found or exact
        return found

    def _any_part(self, said: Codes) -> Range | None:
        """Find some part of a passage in the final text by its grams: what is left to ask when no search is."""
        for length in _GRAMS:
            if length > min(said.size, self.size):
                continue
            grams, codes = self._grams(length), self._codes_left()
            if not grams.size:
                continue
            wanted = hash_grams(said.astype(np.uint32, copy=False), length).astype(np.uint64)
            at = np.minimum(grams.searchsorted(wanted << _BITS), grams.size - 1)
            for start in np.flatnonzero(grams[at] >> _BITS == wanted).tolist():
                place = int(grams[at[start]] & _PLACE)
                if np.array_equal(codes[place : place + length], said[start : start + length]):
                    return self._extended(self._came_from(place, length), said, start)
        return None

    def _grams(self, length: int) -> NDArray[np.uint64]:
        """Give the kept grams of the final text, sorted: a word each, its hash above the first place of it."""
        if length not in self.grams:
            codes, share = self._codes_left(), _GRAMS[length]
            found = np.empty(0, np.uint64)
            for begin in range(0, codes.size - length + 1, _AT_ONCE):
                part = codes[begin : begin + _AT_ONCE + length - 1]
                words = hash_grams(part.astype(np.uint32, copy=False), length).astype(np.uint64)
                places = np.flatnonzero(words % np.uint64(share) == 0) if share > 1 else np.arange(words.size)
                words = words.take(places) << _BITS | (places + begin).astype(np.uint64)
                found = np.concatenate((found, _firsts(words)))
            self.grams[length] = _firsts(found)
        return self.grams[length]

    def _codes_left(self) -> Codes:
        """Give the exact form of the final text, and let the text go: if it is searched again, it is made anew."""
        if self.codes_left is None:
            self.text = ""
            self.codes_left = np.asarray(read_exact(self.final).codes)
        return self.codes_left

    def _came_from(self, place: int, size: int) -> Range:
        """Give the exact range of the original from which a place of the final text came, with what was cut out."""
        first, last = (self.offsets.original(self.left.offset(at)) for at in (place, place + size - 1))
        return self._exact(Span(first, last + 1))


def _firsts(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Sort words, and of those that share a hash give the one with the first place; the array is sorted in place."""
    words.sort()
    first = np.ones(words.size, dtype=bool)
    np.greater(words[1:] ^ words[:-1], _PLACE, out=first[1:])
    return words[first]


def _run(one: Codes, other: Codes) -> int:
    """Count the characters with which both begin."""
    size = min(one.size, other.size)
    differs = one[:size] != other[:size]
    return int(differs.argmax()) if differs.any() else size
