"""Two passages for showing side by side: bounded, harmless, and with what differs marked and classed.

A passage is a list of pieces: a string as it is, ``[class, string]`` what differs, and a number where so many
characters were left out (white space may count).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from dedupe_cn.model import Difference, Span
from dedupe_cn.regex import regex
from dedupe_cn.report.changes import Block, passage_changes
from dedupe_cn.report.excerpt import reveal
from dedupe_cn.text.characters import squash

Piece = str | list[str] | int

#: Characters of an exact repeat that are shown whole; of a longer one its beginning and its end.
WHOLE, HEAD, TAIL = 240, 160, 80
#: Characters of a passage that differs from the other which are shown whole; of a longer one what is around the places.
DIFFERING, AROUND = 500, 40
#: Characters that are left out at least: to say that fewer are missing takes as much room as they do.
_LEAST = 20
#: Places that are marked in a pair, and characters of each.
PLACES, PLACE = 60, 120
#: Characters in front of and behind a passage.
CONTEXT = 16
#: Class of a place that the classifier says nothing about.
OTHER = "other"
#: Longest passages whose characters are compared: the matrix of two takes 6 MB. Longer ones are compared by clauses.
_COMPARED = 5_000
#: Longest passages in which places are marked.
_MARKED = 50_000
#: Characters read for so many that are shown: white space folds.
_READ = 16
_WHITE = regex(r"\s+")
#: A number as one reads it: with its sign, its separators, or in Han numerals.
_NUMBER = regex(r"[+\-−－±]?\d+(?:[.,:/：．，]\d+)*[%％]?|[〇零一二两三四五六七八九十百千万亿]+")
_MORE = "…"


def exact_passage(text: str, span: Span) -> list[Piece]:
    """Show one passage by its beginning and its end."""
    if len(span) <= WHOLE * _READ:
        shown = _fold(text[span.start : span.end])
        whole = len(shown) < WHOLE + _LEAST
        head, tail = (shown, "") if whole else (shown[:HEAD], shown[-TAIL:])
        left = len(shown) - HEAD - TAIL
    else:
        whole, left = False, len(span) - HEAD - TAIL
        head = _fold(text[span.start : span.start + HEAD * _READ])[:HEAD]
        tail = _fold(text[span.end - TAIL * _READ : span.end])[-TAIL:]
    pieces: list[Piece] = [reveal(head)] if whole else [reveal(head), left, reveal(tail)]
    return pieces


def around(text: str, span: Span) -> list[str]:
    """Give what stands directly in front of a passage and behind it: one line, with its line break if there is one."""
    before = _fold(text[max(0, span.start - CONTEXT * _READ) : span.start]).lstrip()
    after = _fold(text[span.end : span.end + CONTEXT * _READ]).rstrip()
    head, tail = before.rstrip("\n").rpartition("\n")[2], after.lstrip("\n").partition("\n")[0]
    head = _MORE + head[-CONTEXT:] if len(head) > CONTEXT else head
    tail = tail[:CONTEXT] + _MORE if len(tail) > CONTEXT else tail
    return [reveal(head + "\n" * before.endswith("\n")), reveal("\n" * after.startswith("\n") + tail)]


def differing_passages(
    text: str, removed: Span, kept: Span, differences: Sequence[Difference]
) -> tuple[list[Piece], list[Piece]]:
    """Show two passages that differ, the places classed as the classifier of differences has it."""
    if max(len(removed), len(kept)) > _MARKED:
        return exact_passage(text, removed), exact_passage(text, kept)
    first, first_places = _folded(text[removed.start : removed.end])
    second, second_places = _folded(text[kept.start : kept.end])
    one, other = ("".join(shown[i] for i in at) for shown, at in ((first, first_places), (second, second_places)))
    blocks = _whole_numbers(differing_blocks(one, other), one, other)
    kinds = class_blocks(blocks, one, other, differences)
    whole = max(len(first), len(second)) <= DIFFERING  # both or neither: they stand side by side
    left = _marked(first, first_places, [(a, b) for a, b, _, _ in blocks], kinds, whole)
    right = _marked(second, second_places, [(c, d) for _, _, c, d in blocks], kinds, whole)
    return left, right


def differing_blocks(one: str, other: str) -> list[Block]:
    """Find what differs between two exact forms in as few characters as can be."""
    if max(len(one), len(other)) > _COMPARED:
        return passage_changes(one, other)
    from rapidfuzz.distance import Levenshtein

    blocks: list[Block] = []
    for step in Levenshtein.opcodes(one, other):
        if step.tag == "equal":
            continue
        block = (step.src_start, step.src_end, step.dest_start, step.dest_end)
        if blocks and blocks[-1][1] == block[0] and blocks[-1][3] == block[2]:
            block = (blocks[-1][0], block[1], blocks.pop()[2], block[3])
        blocks.append(block)
    return blocks


def _whole_numbers(blocks: Sequence[Block], one: str, other: str) -> list[Block]:
    """Widen what differs inside of a number to all of it: nobody reads a number by its digits."""
    numbers = [[found.span() for found in _NUMBER.finditer(text)] for text in (one, other)]
    result: list[Block] = []
    for a, b, c, d in blocks:
        ours, theirs = _holding(numbers[0], a, b), _holding(numbers[1], c, d)
        (left, right), (before, behind) = ours or theirs or (0, 0), theirs or ours or (0, 0)
        block = (max(0, a - left), min(len(one), b + right), max(0, c - before), min(len(other), d + behind))
        while result and (result[-1][1] > block[0] or result[-1][3] > block[2]):
            last = result.pop()
            block = (min(last[0], block[0]), max(last[1], block[1]), min(last[2], block[2]), max(last[3], block[3]))
        result.append(block)
    return result


def _holding(numbers: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """Tell how far the number that holds a place reaches before and behind it; None where none does."""
    at = bisect_right(numbers, (start, end)) - 1
    for first, last in numbers[max(0, at) : at + 2]:
        if first <= start and end <= last and (start < end or first < start < last):
            return start - first, last - end
    return None


def class_blocks(blocks: Sequence[Block], one: str, other: str, differences: Sequence[Difference]) -> list[str]:
    """Give each block the class of the difference it is a part of.

    The differences come in order without their places, and with a neighbour where that makes a word of them; so each
    is looked for where the next block without a class lies.
    """
    kinds = [""] * len(blocks)
    at = 0
    for difference in differences:
        for number in range(at, min(at + 8, len(blocks))):
            place = _around(blocks[number], one, other, difference)
            if kinds[number] or place is None:
                continue
            a, b, c, d = place
            at = number
            while at < len(blocks) and (at == number or _inside(blocks[at], (a, b, c, d))):
                kinds[at] = difference.kind
                at += 1
            break
    known = {difference.kind for difference in differences}
    rest = known.pop() if len(known) == 1 else OTHER
    return [kind or rest for kind in kinds]


def _around(block: Block, one: str, other: str, difference: Difference) -> Block | None:
    """Find the difference where it touches a block on both sides."""
    a, b, c, d = block
    first = _touching(one, difference.removed, a, b)
    second = _touching(other, difference.kept, c, d)
    if first is None or second is None:
        return None
    return first, first + len(difference.removed), second, second + len(difference.kept)


def _touching(text: str, part: str, start: int, end: int) -> int | None:
    """Find the place of a part that covers ``[start, end)`` or lies in it; the one that begins nearest to ``start``."""
    places = range(max(0, start - len(part)), end + 1)
    fitting = [at for at in places if text.startswith(part, at) and _covers(at, at + len(part), start, end)]
    return min(fitting, key=lambda at: abs(at - start), default=None)


def _covers(a: int, b: int, start: int, end: int) -> bool:
    return (a <= start and end <= b) or (start <= a and b <= end)


def _inside(block: Block, place: Block) -> bool:
    return place[0] <= block[0] and block[1] <= place[1] and place[2] <= block[2] and block[3] <= place[3]


def _marked(
    shown: str, places: Sequence[int], spans: Iterable[tuple[int, int]], kinds: Sequence[str], whole: bool
) -> list[Piece]:
    """Cut a passage at its marked places, and leave out what lies far from all of them unless it is shown whole."""
    pieces: list[Piece] = []
    at = 0
    marked = list(zip(spans, kinds, strict=True))
    for (start, end), kind in marked[:PLACES]:
        begin = places[start] if start < len(places) else len(shown)
        stop = places[end - 1] + 1 if end > start else begin
        pieces += _equal(shown[at:begin], whole, first=at == 0)
        inside = shown[begin:stop]
        pieces.append([kind, reveal(inside[:PLACE])])
        if len(inside) > PLACE:
            pieces.append(len(inside) - PLACE)
        at = stop
    rest = shown[at:]
    if len(rest) >= AROUND + _LEAST and (len(marked) > PLACES or not whole):
        pieces += [reveal(rest[:AROUND]), len(rest) - AROUND]
    elif rest:
        pieces.append(reveal(rest))
    return pieces


def _equal(text: str, whole: bool, first: bool) -> Iterator[Piece]:
    room = AROUND if first else 2 * AROUND
    if whole or len(text) < room + _LEAST:
        if text:
            yield reveal(text)
        return
    if not first:
        yield reveal(text[:AROUND])
    yield len(text) - room
    yield reveal(text[-AROUND:])


def _fold(text: str) -> str:
    """Fold white space: what holds a line break becomes one, other becomes a blank."""
    return _WHITE.sub(lambda found: "\n" if "\n" in found[0] or "\r" in found[0] else " ", text)


def _folded(text: str) -> tuple[str, list[int]]:
    """Fold white space, and tell where the characters of the exact form stand."""
    shown = _fold(text)
    plain = len(squash(shown)) == len(shown) - shown.count(" ") - shown.count("\n")
    return shown, [i for i, c in enumerate(shown) if c not in " \n" and (plain or squash(c))]
