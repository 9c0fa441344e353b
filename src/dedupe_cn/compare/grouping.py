"""Differing places brought to the size a person would name: whole numbers, words and identifiers."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Sequence

from dedupe_cn.compare.look_alikes import look_alike_class
from dedupe_cn.compare.passages import Passage, Place
from dedupe_cn.compare.punctuation import is_mark
from dedupe_cn.compare.tokens import Tokens
from dedupe_cn.compare.word_tables import NEGATIONS, NUMERALS
from dedupe_cn.text.characters import is_han

#: Characters between an insertion and a deletion that may be two misreadings seen askew (问间 read as 间问), or marks
#: (`、、省县` for `、省、县`).
_NEAR = 3
#: Characters that are a difference each for itself.
_TELLING = NEGATIONS | NUMERALS | {"有"}


def group_places(
    first: Passage, second: Passage, ours: Tokens, theirs: Tokens, places: Sequence[Place], whole: Container[Place]
) -> list[Place]:
    """Join places that belong together and widen them to the tokens they touch.

    Between two places both passages are equal when folded, so both sides of a place are widened alike, and a place
    that a token ties to its neighbour is joined with it. Those that are ``whole`` stay as they are.
    """
    waiting = deque(_join_askew(first, second, places, whole))
    done: list[Place] = []
    while waiting:
        place = waiting.popleft()
        if place in whole:
            done.append(place)
            continue
        left, right = ours.reach(place.a, place.a_end), theirs.reach(place.b, place.b_end)
        back, ahead = max(left[0], right[0]), max(left[1], right[1])
        before = place.a - done[-1].a_end if done else min(place.a, place.b)
        if done and back > before and done[-1] not in whole:
            waiting.appendleft(_join(done.pop(), place))
            continue
        rest = min(len(first.exact) - place.a_end, len(second.exact) - place.b_end)
        behind = waiting[0].a - place.a_end if waiting else rest
        if waiting and ahead > behind and waiting[0] not in whole:
            waiting.appendleft(_join(place, waiting.popleft()))
            continue
        back, ahead = min(back, before), min(ahead, behind)
        done.append(Place(place.a - back, place.a_end + ahead, place.b - back, place.b_end + ahead))
    return done


def _join(one: Place, other: Place) -> Place:
    return Place(one.a, other.a_end, one.b, other.b_end)


def _join_askew(first: Passage, second: Passage, places: Sequence[Place], whole: Container[Place]) -> list[Place]:
    """Join an insertion and a deletion that, taken together, are look-alikes one for one, differ in marks only, or are
    one word for another with which it shares a character (外出, 出门).
    """
    joined: list[Place] = []
    for place in places:
        if joined and place not in whole and joined[-1] not in whole and _is_askew(first, second, joined[-1], place):
            place = _join(joined.pop(), place)
        joined.append(place)
    return joined


def _is_askew(first: Passage, second: Passage, one: Place, other: Place) -> bool:
    if other.a - one.a_end > _NEAR or one.a_end - one.a == one.b_end - one.b:
        return False
    ours, theirs = first.folded[one.a : other.a_end], second.folded[one.b : other.b_end]
    if len(ours) == len(theirs) and all(x == y or look_alike_class(x, y) for x, y in zip(ours, theirs, strict=True)):
        return True
    if len(ours) == len(theirs) == 2 and sorted(ours) != sorted(theirs):
        return all(map(is_han, ours + theirs)) and _TELLING.isdisjoint(ours + theirs)
    return [c for c in ours if not is_mark(c)] == [c for c in theirs if not is_mark(c)]
