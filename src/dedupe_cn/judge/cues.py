"""What subtitles repeat by accident: the same cue twice, captions that roll, one line in a loop, a line that grows.

Neighbours in time are compared, no others: what comes again later is a refrain, or is said again. Cues that touch or
overlap are one caption that a tool has parted or doubled; where time passes between them, somebody speaks twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from dedupe_cn.judge.identity import digest_of, pair_of
from dedupe_cn.model import Edit, Level, Removal, Span, Verdict
from dedupe_cn.reasons import Reason
from dedupe_cn.regex import regex
from dedupe_cn.settings import Settings
from dedupe_cn.shape import Shape
from dedupe_cn.text.characters import squash
from dedupe_cn.text.inline import WORD

#: Milliseconds up to which two cues touch: two frames of film are 83. With more between them, a loop has run on.
TOUCH, PAUSE = 100, 2_000
#: Characters of the unit of a loop, and how often it stands there when its cues touch and when they do not (design
#: section 4); words of a cue that stands twice, touching.
LOOP_UNIT, LOOP_TIMES, LOOP_APART, TWICE_WORDS = 7, 5, 10, 6
#: New lines that come in while the one before is shown still, and steps of a line that grows.
ROLLS, GROWS = 3, 3
#: What is sung, shouted, prayed or laughed.
_SONG = regex(r"[♪♫♬🎵🎶]|[！!]\s*$|阿弥陀佛|南无|唵嘛呢|哈利路亚|阿门|万岁|加油")


class CueRepeat(NamedTuple):
    """Pieces that repeat another one: the rule, their numbers, the piece that stays, and why.

    ``level`` is the lowest at which they go, None for none. ``joined`` says that the one that stays is shown as long.
    """

    rule: str
    gone: tuple[int, ...]
    stays: int
    level: Level | None
    why: Reason
    id: str
    joined: bool = True


class _Cue(NamedTuple):
    pieces: tuple[int, ...]
    lines: tuple[str, ...]
    begin: int
    until: int
    seal: str

    def says(self, other: _Cue) -> bool:
        return self.lines == other.lines and self.seal == other.seal

    def touches(self, other: _Cue, apart: int = TOUCH) -> bool:
        """Tell whether another cue follows this one, or overlaps it."""
        return self.begin <= other.begin <= self.until + apart


def cue_repeats(text: str, shape: Shape) -> list[CueRepeat]:
    """Find what neighbouring cues repeat, in order of place; no piece goes twice, and none goes that another keeps."""
    cues = _cues(text, shape)
    found: list[CueRepeat] = []
    taken: set[int] = set()
    for repeat in (*_same_time(cues), *_rolling(cues), *_runs(cues), *_growing(cues)):
        if taken.isdisjoint(repeat.gone) and repeat.stays not in taken:
            taken.update(repeat.gone)
            found.append(repeat)
    kept = {repeat.stays for repeat in found}
    return sorted((r for r in found if kept.isdisjoint(r.gone)), key=lambda repeat: repeat.gone[0])


def _cues(text: str, shape: Shape) -> list[_Cue]:
    found: list[_Cue] = []
    for _, group in groupby(range(len(shape.pieces)), key=lambda number: shape.pieces.kin[number].group):
        numbers = tuple(group)
        pieces = [shape.pieces[number] for number in numbers]
        lines = tuple(squash(text[piece.start : piece.end]) for piece in pieces)
        found.append(_Cue(numbers, lines, *pieces[0].times, pieces[0].seal))
    return found


def _name(lines: Sequence[str]) -> str:
    said = digest_of("".join(lines))
    return pair_of(said, said)


def _same_time(cues: Sequence[_Cue]) -> Iterator[CueRepeat]:
    """Find cues that say the same at the very same time, wherever in the file they stand."""
    first: dict[tuple[tuple[str, ...], int, int, str], _Cue] = {}
    for cue in cues:
        known = first.setdefault((cue.lines, cue.begin, cue.until, cue.seal), cue)
        if known is not cue:
            yield _repeat("tandem", [cue], known, Level.SAFE, Reason("cue-same"))


def _repeat(rule: str, gone: Sequence[_Cue], stays: _Cue, level: Level | None, why: Reason) -> CueRepeat:
    numbers = tuple(number for cue in gone for number in cue.pieces)
    return CueRepeat(rule, numbers, stays.pieces[0], level, why, _name(stays.lines))


def _runs(cues: Sequence[_Cue]) -> Iterator[CueRepeat]:
    """Find the same cue twice and more in a row."""
    at = 0
    while at < len(cues):
        end = at + 1
        while end < len(cues) and cues[end].says(cues[at]) and cues[end].begin >= cues[end - 1].begin:
            end += 1
        run = cues[at:end]
        at = end
        if len(run) < 2:
            continue
        touching = _split(run)
        size = sum(map(len, run[0].lines))
        looped = size >= LOOP_UNIT and not _is_sung(run[0])
        if looped and len(run) >= LOOP_APART and _goes_on(run, PAUSE):
            yield _repeat("loop", run[1:], run[0], Level.STANDARD, Reason("cue-loop", (str(len(run)),)))
            continue
        for part in touching:
            if len(part) > 1:
                yield _judged(part, looped)


def _split(run: Sequence[_Cue]) -> list[list[_Cue]]:
    """Part equal cues where time passes between them."""
    parts = [[run[0]]]
    for cue in run[1:]:
        if parts[-1][-1].touches(cue):
            parts[-1].append(cue)
        else:
            parts.append([cue])
    return parts


def _goes_on(run: Sequence[_Cue], apart: int) -> bool:
    return all(cue.touches(below, apart) for cue, below in pairwise(run))


def _judged(run: Sequence[_Cue], looped: bool) -> CueRepeat:
    """Judge equal cues that touch or overlap."""
    again = Reason("cue-again")
    if looped and len(run) >= LOOP_TIMES:
        return _repeat("loop", run[1:], run[0], Level.STANDARD, Reason("cue-loop", (str(len(run)),)))
    if all(2 * (cue.until - below.begin) >= min(cue.until - cue.begin, below.until - below.begin) > 0
           for cue, below in pairwise(run)):
        return _repeat("tandem", run[1:], run[0], Level.SAFE, again)  # both are on the screen at once
    if _is_sung(run[0]):
        return _repeat("tandem", run[1:], run[0], None, Reason("song"))
    words = sum(len(WORD.findall(line)) for line in run[0].lines)
    if words < TWICE_WORDS:
        return _repeat("tandem", run[1:], run[0], None, Reason("short-words", (str(words), str(TWICE_WORDS))))
    return _repeat("tandem", run[1:], run[0], Level.STANDARD, again)


def _is_sung(cue: _Cue) -> bool:
    said = "".join(cue.lines)
    beat = any(said == said[:size] * (len(said) // size) for size in range(1, min(LOOP_UNIT, len(said))))
    return beat or any(map(_SONG.search, cue.lines))


def _rolling(cues: Sequence[_Cue]) -> Iterator[CueRepeat]:
    """Find lines that the cue before shows already, in captions that roll: again and again a new line comes in."""
    shown = [0] * len(cues)  # lines at the beginning of a cue that the end of the one before says
    for at in range(1, len(cues)):
        if cues[at - 1].touches(cues[at]) and cues[at - 1].begin < cues[at].begin:
            shown[at] = _overlap(cues[at - 1].lines, cues[at].lines)
    at = 1
    while at < len(cues):
        end = at
        while end < len(cues) and shown[end]:
            end += 1
        new = sum(0 < shown[number] < len(cues[number].lines) for number in range(at, end))
        if new >= ROLLS:
            yield from _rolled(cues, shown, at, end)
        at = max(end, at) + 1


def _overlap(above: Sequence[str], below: Sequence[str]) -> int:
    sizes = range(min(len(above), len(below)), 0, -1)
    return next((size for size in sizes if above[-size:] == below[:size]), 0)


def _rolled(cues: Sequence[_Cue], shown: Sequence[int], first: int, end: int) -> Iterator[CueRepeat]:
    roots = list(cues[first - 1].pieces)
    for at in range(first, end):
        cue, size = cues[at], shown[at]
        own = [*roots[len(roots) - size :], *cue.pieces[size:]]
        whole = size == len(cue.lines)
        for row in range(size):
            name = _name([cue.lines[row]])
            yield CueRepeat("tandem", (cue.pieces[row],), own[row], Level.STANDARD, Reason("cue-rolls"), name, whole)
        roots = own


def _growing(cues: Sequence[_Cue]) -> Iterator[CueRepeat]:
    """Find cues of one line of which each goes on with the one before: what a recogniser wrote while it listened."""
    at = 0
    while at < len(cues):
        end = at + 1
        while end < len(cues) and _grows(cues[end - 1], cues[end]):
            end += 1
        if end - at > GROWS:
            yield _repeat("loop", cues[at : end - 1], cues[end - 1], Level.STANDARD, Reason("grows"))
        at = end


def _grows(cue: _Cue, below: _Cue) -> bool:
    if len(cue.lines) != 1 or len(below.lines) != 1 or cue.seal != below.seal:
        return False
    one, other = cue.lines[0], below.lines[0]
    return len(one) < len(other) and other.startswith(one) and cue.touches(below)


def cue_removals(
    text: str, shape: Shape, settings: Settings, verdicts: Mapping[str, Verdict]
) -> list[tuple[Removal, Edit]]:
    """Decide on what neighbouring cues repeat; give each with its cut, in offsets of the text, in order of place.

    What a verdict keeps is not told; ``settings`` say which rules are in force and at which level.
    """
    found: list[tuple[Removal, Edit]] = []
    for repeat in cue_repeats(text, shape):
        if repeat.rule not in settings.rules:
            continue
        verdict = verdicts.get(repeat.id)
        ordered = verdict is not None and not verdict.keep
        if verdict is not None and verdict.keep:
            continue
        goes = repeat.level is not None and repeat.level.rank <= settings.level.rank
        why = repeat.why if repeat.level is None or goes else Reason("level", (settings.level.value,))
        if goes and settings.only_decided and not ordered:
            goes, why = False, Reason("undecided")
        if ordered:
            goes, why = True, Reason("decided-remove")
        found.append(_removal(text, shape, repeat, goes, why))
    return found


def _removal(text: str, shape: Shape, repeat: CueRepeat, goes: bool, why: Reason) -> tuple[Removal, Edit]:
    span = Span(shape.pieces[repeat.gone[0]].start, shape.pieces[repeat.gone[-1]].end)
    last = repeat.stays
    if len(repeat.gone) > 1:  # the whole cue stays
        group, behind = shape.pieces.kin[last].group, len(shape.pieces) - 1
        while last < behind and shape.pieces.kin[last + 1].group == group:
            last += 1
    kept = Span(shape.pieces[repeat.stays].start, shape.pieces[last].end)
    chars = len(squash(text[span.start : span.end]))
    times = max(1, chars // max(1, len(squash(text[kept.start : kept.end]))))
    removal = Removal(
        repeat.rule, span, kept, chars, why, goes, repeat.level, id=repeat.id, count=times, lengths=(chars // times,)
    )
    return removal, Edit(span.start, min(span.end + 1, len(text)), "", repeat.rule)
