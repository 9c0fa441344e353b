"""What only makes sense in the whole copy: misreadings, a converted script, marks that come in pairs or moved."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from dedupe_cn.compare.classes import ClassedPlace, Sides
from dedupe_cn.compare.look_alikes import CERTAIN, Reading
from dedupe_cn.compare.neighbours import count, pair_count
from dedupe_cn.compare.passages import Place
from dedupe_cn.compare.punctuation import ENCLOSING, LAYOUT, PAUSES, is_mark
from dedupe_cn.compare.word_tables import GIVEN_NAMES, NEGATIONS, NUMERALS, SURNAMES, simplified_only
from dedupe_cn.compare.words import class_of_words
from dedupe_cn.reasons import NOISE
from dedupe_cn.text.folding import variants

#: Marks that only one copy has.
_ADDED_MARKS = frozenset({"stray-mark", "dropped-mark"})
#: Of 末 and 未 the wrong one is no word in nearly every place, and denies nothing: one misreading is enough.
_NO_WORD = {"末", "未"}
#: Characters within which a mark moves: a sentence is seldom longer.
_MOVED = 60
#: Differences from which a copy is a bad scan, in which a comma lost before 不 says nothing.
_PATTERN = 3
#: Negations that a mark beside them binds: 不，要 is not 不要, 等，不得 not 等不得.
_BOUND = frozenset("不没无")
#: Share of the places of a character from which on what follows it there is a word with it, and no name.
_WORD = 0.02
#: Characters in the other script from which a copy can be a converted one, and from which a line of it can.
_TWO_SCRIPTS = 3
_LINE = 10


def settle(findings: list[ClassedPlace], sides: Sides, common: Sequence[Place]) -> list[ClassedPlace]:
    """Decide on what no place can decide alone."""
    findings = _settle_readings(findings, sides)
    findings = _settle_translation(findings, sides, common)
    return _settle_inserted(_settle_moved(_settle_enclosing(findings, sides), sides), sides)


def _settle_readings(findings: list[ClassedPlace], sides: Sides) -> list[ClassedPlace]:
    """Decide which look-alikes are misreadings.

    A lone pair of everyday characters needs clear evidence of its own. Several look-alikes in a passage that differs
    in nothing else are the pattern of a scan. A numeral or negation needs that pattern and evidence beyond doubt.
    """
    readings = [f.reading for f in findings if f.reading is not None]
    if not readings:
        return findings
    pairs = {frozenset((r.first, r.second)) for r in readings}
    clear = {frozenset((r.first, r.second)) for r in readings if r.clear}
    settled: list[ClassedPlace] = []
    for finding in findings:
        reading = finding.reading
        if reading is None or _is_misread(reading, len(pairs), 0 if _is_name(finding, sides) else len(clear)):
            settled.append(finding)
        else:
            settled.append(finding._replace(kind=_meant(sides, finding), reading=None))
    return settled


def _is_misread(reading: Reading, pairs: int, clear: int) -> bool:
    if {reading.first, reading.second} == _NO_WORD:
        return reading.clear
    if reading.kind == "guard":
        return clear >= 2 and abs(reading.evidence) >= (2 * CERTAIN if reading.attested else CERTAIN)
    return reading.kind == "shape" or clear >= 1 or pairs >= 3


def _is_name(finding: ClassedPlace, sides: Sides) -> bool:
    """Tell whether two everyday characters may be the names of two people, and neighbours say nothing of these.

    That is so behind a surname that opens a clause; elsewhere behind a surname, or one and another character of given
    names (王小明), if both are such characters and neither makes a usual word with the one before (王国, 方法).
    """
    at, folded, reading = finding.place.a, sides.first.folded, finding.reading
    if reading is None or reading.kind != "word":
        return False
    before, behind = folded[at - 1 : at], folded[at - 2 : at - 1]
    if before in SURNAMES and (at < 2 or is_mark(behind)):
        return True
    both = {reading.first, reading.second}
    if not both <= GIVEN_NAMES or not (before in SURNAMES or (behind in SURNAMES and before in GIVEN_NAMES)):
        return False
    return max(pair_count(before, char) for char in both) < _WORD * count(before)


def _meant(sides: Sides, finding: ClassedPlace) -> str:
    """Give the class of look-alikes that are both meant."""
    both = {sides.first.folded[finding.place.a], sides.second.folded[finding.place.b]}
    if both & NEGATIONS:
        return "negation"
    return "numeral" if both & NUMERALS else class_of_words(sides.first, sides.second, finding.place)


def _settle_translation(findings: list[ClassedPlace], sides: Sides, common: Sequence[Place]) -> list[ClassedPlace]:
    """Turn variants into ``translation`` where most characters that have two scripts' forms differ in script.

    That is so of the whole copy, or of a line of it.
    """
    differing = [at for f in findings if f.kind == "variant" for at in range(f.place.a, f.place.a_end)]
    if len(differing) < _TWO_SCRIPTS:
        return findings
    same = list(_in_one_script(sides, common))
    share = len(differing) / (len(differing) + len(same))
    if share > 0.5 if len(differing) >= 5 else share >= 0.8:
        return [f._replace(kind="translation") if f.kind == "variant" else f for f in findings]
    if len(differing) < _LINE:
        return findings
    starts = sorted(sides.first.line_starts)
    simply, converted = (Counter(bisect_right(starts, at) for at in places) for places in (same, differing))
    lines = {line for line, number in converted.items() if number >= max(_LINE, 4 * simply[line])}
    return [
        f._replace(kind="translation") if f.kind == "variant" and bisect_right(starts, f.place.a) in lines else f
        for f in findings
    ]


def _in_one_script(sides: Sides, common: Sequence[Place]) -> Iterator[int]:
    """Give the places of characters of both scripts' forms that are the same in both copies."""
    table, simple = variants(), simplified_only()
    for place in common:
        ours = sides.first.exact[place.a : place.a_end]
        theirs = sides.second.exact[place.b : place.b_end]
        pairs = enumerate(zip(ours, theirs, strict=True), place.a)
        yield from (at for at, (x, y) in pairs if x == y and (x in simple or table.get(x) in simple))


def _settle_enclosing(findings: list[ClassedPlace], sides: Sides) -> list[ClassedPlace]:
    """Tell marks that come in pairs from dirt.

    A mark of Markdown, and a quote or bracket, is dirt when it stands alone; two of them in one copy enclose something.
    """
    enclosing = Counter(_added_mark(f, sides) for f in findings)
    del enclosing[None]
    if not enclosing:
        return findings
    return [f._replace(kind="mark") if enclosing[_added_mark(f, sides)] > 1 else f for f in findings]


def _added_mark(finding: ClassedPlace, sides: Sides) -> str | None:
    """Give the folded mark that one copy has more, when it is one of those that come in pairs."""
    mark = _only_mark(finding, sides)
    if mark in LAYOUT:
        return mark
    return "enclosing" if len(mark) == 1 and mark in ENCLOSING else None


def _only_mark(finding: ClassedPlace, sides: Sides) -> str:
    """Give the folded marks that only one copy has at a place, empty for other differences."""
    if finding.kind not in _ADDED_MARKS:
        return ""
    place = finding.place
    return sides.first.folded[place.a : place.a_end] + sides.second.folded[place.b : place.b_end]


def _settle_moved(findings: list[ClassedPlace], sides: Sides) -> list[ClassedPlace]:
    """Find marks that stand at another place of the same sentence, and those that a denial hangs on."""
    scan = sum(f.kind in NOISE for f in findings) >= _PATTERN
    settled: list[ClassedPlace] = []
    last: int | None = None
    for finding in findings:
        mark = _only_mark(finding, sides)
        if not mark or not PAUSES.issuperset(mark):
            settled.append(finding)
            continue
        if last is not None and _is_moved(settled[last], finding, sides):
            settled[last] = settled[last]._replace(kind="moved-mark")
            finding = finding._replace(kind="moved-mark")
        elif _is_bound(finding, sides, scan=scan):
            finding = finding._replace(kind="moved-mark")
        last = len(settled)
        settled.append(finding)
    return settled


def _is_moved(before: ClassedPlace, behind: ClassedPlace, sides: Sides) -> bool:
    """Tell whether a mark that one copy has is the one that the other has further on in the sentence."""
    one, other = before.place, behind.place
    if (one.a == one.a_end) == (other.a == other.a_end) or other.a - one.a_end > _MOVED:
        return False
    between = sides.first.folded[one.a_end : other.a]
    return not any(char in ".!?" for char in between)


def _is_bound(finding: ClassedPlace, sides: Sides, *, scan: bool) -> bool:
    place = finding.place
    before = sides.first.exact[place.a - 1 : place.a]
    after = sides.first.exact[place.a_end : place.a_end + 1]
    clause = sides.first.exact[max(0, place.a - 3) : place.a]  # 无鸡，鸭亦可 is not 无鸡鸭亦可
    alone = clause[-2:-1] in _BOUND and (len(clause) < 3 or is_mark(clause[0]))
    return before in _BOUND or (not scan and (after in _BOUND or alone))


def _settle_inserted(findings: list[ClassedPlace], sides: Sides) -> list[ClassedPlace]:
    """Take words that only one copy has for an edit where they end a line, or are one: a name, a title, a choice."""
    settled: list[ClassedPlace] = []
    for finding in findings:
        if finding.kind == "inserted-words":
            a, a_end, b, b_end = finding.place
            ours = a < a_end
            edges = min(a, b, len(sides.first.exact) - a_end, len(sides.second.exact) - b_end)
            ends = (sides.first if ours else sides.second).line_starts
            # Beside fewer characters at an end of the copies than are missing these may be the same by chance.
            if (a_end if ours else b_end) in ends or edges < max(a_end - a, b_end - b):
                finding = finding._replace(kind="word")
        settled.append(finding)
    return settled
