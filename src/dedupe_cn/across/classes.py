"""From pairs of passages to classes of copies: each is told once, with all its places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from dedupe_cn.across.compared import compare_files
from dedupe_cn.across.passages import Twin
from dedupe_cn.across.samples import ACROSS
from dedupe_cn.between import Between, Standing
from dedupe_cn.judge.identity import digest_of, pair_of
from dedupe_cn.model import Removal, Span
from dedupe_cn.reasons import ADDED, NOISE, Reason
from dedupe_cn.text.characters import squash

#: Share of the longer of two passages of one file in which they overlap when they are one.
_SAME = 0.9


class Found(NamedTuple):
    """A pair of passages: the numbers of both files, both places and texts, and what compares them."""

    first: int
    second: int
    ours: Standing
    theirs: Standing
    our_text: str
    their_text: str
    twin: Twin


class _Union:
    """Numbers in classes (union-find)."""

    def __init__(self, size: int = 0) -> None:
        self._above = list(range(size))

    def add(self) -> int:
        """Add a number, a class of its own, and give it."""
        self._above.append(len(self._above))
        return len(self._above) - 1

    def leader(self, number: int) -> int:
        """Give the number that stands for a class."""
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def join(self, one: int, other: int) -> bool:
        """Make one class of two; tell whether they were two."""
        one, other = sorted((self.leader(one), self.leader(other)))
        self._above[other] = one
        return one != other


class _Passages:
    """The passages of all pairs by their numbers, each once; and those that say the same in classes."""

    def __init__(self, found: Iterable[Found]) -> None:
        self.places: list[tuple[int, Standing, str]] = []
        self.pairs: dict[tuple[int, int], Found] = {}
        self.apart: list[tuple[Found, int, int]] = []
        self.same = _Union()
        self._between: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._of_file: dict[int, list[int]] = {}
        self._files: dict[int, int] = {}
        for pair in found:
            one = self._number(pair.first, pair.ours, pair.our_text)
            other = self._number(pair.second, pair.theirs, pair.their_text)
            self._between.setdefault((pair.first, pair.second), []).append((one, other))
            if pair.twin.likeness == "meaning":
                self.apart.append((pair, one, other))
                continue
            self.pairs.setdefault((one, other), pair)
            self.same.join(one, other)
            self._files[other] = max(self._files.get(other, 0), pair.twin.files)

    def _number(self, file: int, place: Standing, text: str) -> int:
        """Give the number of a passage; one that is nearly the same was known before."""
        for number in reversed(self._of_file.setdefault(file, [])):
            known = self.places[number][1]
            common = min(known.end, place.end) - max(known.start, place.start)
            if common >= _SAME * max(known.end - known.start, place.end - place.start):
                return number
        self.places.append((file, place, text))
        number = self.same.add()
        self._of_file[file].append(number)
        return number

    def classes(self) -> dict[int, list[int]]:
        """Give the passages of each class by its leader, in the order of their places."""
        members: dict[int, list[int]] = {}
        for number in sorted(range(len(self.places)), key=lambda number: self.order(number)):
            members.setdefault(self.same.leader(number), []).append(number)
        return members

    def order(self, number: int) -> tuple[int, int]:
        """Give the place of a passage in the order of files."""
        file, place, _ = self.places[number]
        return file, place.start

    def is_part(self, ours: Iterable[int], theirs: Iterable[int]) -> bool:
        """Tell whether passages of two classes stand in longer ones, such as whole files, that are a pair too."""
        for pair in product(ours, theirs):
            one, other = sorted(pair, key=self.order)
            wide = self._between.get((self.places[one][0], self.places[other][0]), ())
            if any((a, b) != (one, other) and self._holds(a, one) and self._holds(b, other) for a, b in wide):
                return True
        return False

    def _holds(self, wide: int, narrow: int) -> bool:
        place, other = self.places[wide][1], self.places[narrow][1]
        return place.start <= other.start and other.end <= place.end

    def files(self, numbers: Iterable[int]) -> int:
        """Give the number of files that hold a class, as far as its pairs tell."""
        return max(self._files.get(number, 0) for number in numbers)


def findings(found: Iterable[Found], first: int = 0) -> Iterator[tuple[int, Removal]]:
    """Make findings of pairs, each with the number of the file in which it is told: that of its second place.

    Where only files from the ``first`` number on are looked at, it is that of the first place in one of them.

    Passages that say the same, noise and what one of them lacks aside, are one class and one finding. Classes that
    differ in meaning are told by their most similar passages, as many pairs as hold them together.
    """
    passages = _Passages(found)
    members = passages.classes()
    units = {number: pair.twin for (_, number), pair in passages.pairs.items()}
    for numbers in members.values():
        if len(numbers) == 1:
            continue
        other = next(n for n in numbers[1:] if passages.places[n][0] >= first)
        one, *further = (n for n in numbers if n != other)
        pair = passages.pairs.get((one, other)) or _paired(passages, one, other, units)
        places = [passages.places[number][1] for number in further]
        yield pair.second, _removal(pair, places, passages.files(numbers))
    drift = _Union(len(passages.places))
    told: dict[str, list[int]] = {}  # of each pair of texts the later ones
    for pair, _, other in passages.apart:
        told.setdefault(pair.twin.id, []).append(other)
    for pair, one, other in sorted(passages.apart, key=lambda row: (-row[0].twin.score, row[1], row[2])):
        ours, theirs = (passages.same.leader(number) for number in (one, other))
        if drift.join(ours, theirs) and not passages.is_part(members[ours], members[theirs]) and pair.twin.id in told:
            others = {*members[theirs], *told.pop(pair.twin.id)} - {one, other}
            places = [passages.places[number][1] for number in sorted(others, key=passages.order)]
            yield pair.second, _removal(pair, places, pair.twin.files)


def _paired(passages: _Passages, one: int, other: int, units: Mapping[int, Twin]) -> Found:
    """Compare the first two passages of a class, which were found by a third one."""
    (first, ours, our_text), (second, theirs, their_text) = passages.places[one], passages.places[other]
    made = compare_files(their_text, our_text)
    exact = [squash(our_text), squash(their_text)]
    twin = units[other] if other in units else next(iter(units.values()))
    twin = twin._replace(
        likeness=made.likeness,
        score=round(made.score, 4),
        differences=made.differences,
        id=pair_of(*map(digest_of, exact)),
        lengths=tuple(dict.fromkeys(map(len, exact))) if exact[0] == exact[1] else tuple(map(len, exact)),
        chars=len(exact[1]),
    )
    return Found(first, second, ours, theirs, our_text, their_text, twin)


def _removal(pair: Found, further: Sequence[Standing], files: int) -> Removal:
    twin = pair.twin
    count = max(1 + len(further), files - 1)
    between = Between(
        twin.unit, pair.ours, pair.theirs, pair.our_text, pair.their_text, tuple(further), max(files, 2 + len(further))
    )
    told = next((d for d in twin.differences if d.kind not in NOISE | ADDED), None)
    if twin.likeness == "meaning" and told is not None:
        why = Reason("differs", (told.kept, told.removed, told.kind))
    else:
        why = Reason(ACROSS, (pair.ours.path,))
    return Removal(
        rule=ACROSS,
        span=Span(pair.theirs.start, pair.theirs.end),
        kept=Span(pair.ours.start, pair.ours.end),
        chars=twin.chars,
        why=why,
        applied=False,
        score=twin.score,
        differences=twin.differences,
        id=twin.id,
        count=count,
        likeness=twin.likeness,
        lengths=twin.lengths,
        between=between,
    )
