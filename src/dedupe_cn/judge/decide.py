"""Find the copies of a text and decide on each as a whole, in order of precedence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from dedupe_cn.copies.doubled import follows
from dedupe_cn.copies.find import PART, TOLD, find_copies
from dedupe_cn.copies.found import Copy, Range
from dedupe_cn.copies.running import running_lines
from dedupe_cn.judge.case import Case, Page, lines_in_both
from dedupe_cn.judge.identity import identity
from dedupe_cn.judge.keep import settled
from dedupe_cn.judge.place import broken
from dedupe_cn.judge.shapes import LOOP, LOOP_UNIT, TANDEM, shape
from dedupe_cn.judge.table import judge, lowest_level
from dedupe_cn.judge.told import is_idle, is_silent, is_told, surely_stays, why_gone
from dedupe_cn.judge.whole import Whole, is_near_copy
from dedupe_cn.model import Level
from dedupe_cn.reasons import OFF, Reason
from dedupe_cn.settings import INEXACT
from dedupe_cn.text.structure import emptied

if TYPE_CHECKING:
    from dedupe_cn.directives.marked import Marked
    from dedupe_cn.judge.verdicts import Book

ORDER = ("whole-document", "section", "tandem", "loop", "repeated-block", "running-line")
#: So many sentences in a row that each stand twice are a loop; so many lines that each stand twice go together.
_SENTENCES = 3
#: Rows of one period that are looked through for one that is the same.
_ROWS = 16


class Decision(NamedTuple):
    """A copy, and why it goes or stays; ``level`` is the lowest at which it goes, None where it stays at all.

    ``copies`` are all that are open of its passage, where every copy is told of.
    """

    case: Case
    goes: bool
    why: Reason
    level: Level | None
    copies: int = 0

    def kept_by(self, why: Reason) -> Decision:
        """Give the decision that the copy stays at every level."""
        return self._replace(goes=False, why=why, level=None)


def cases(page: Page, copies: Sequence[Copy] | None = None, marked: Marked | None = None) -> list[Case]:
    """Find the copies of a text that rules in force are about, each as what it is, in order of precedence and place.

    ``copies`` are those of the text where they are known.
    """
    rules = page.settings.rules
    found = find_copies(page.reader) if copies is None else copies
    if marked:
        found = [part for copy in found for part in _unrolled(page, copy, marked)]
    shaped = [shape(page, copy) for copy in found]
    if "running-line" in rules:
        shaped += [Case(page, "running-line", copy) for copy in running_lines(page.reader, page.settings.keep)]
    _join_rows(shaped)
    return _in_order(shaped)


def _in_order(found: Iterable[Case]) -> list[Case]:
    """Give the cases of rules in force, each once, in order of precedence and place."""
    unique = {(case.rule, case.kept, case.removed): case for case in reversed(list(found)) if _is_in_force(case)}
    return sorted(unique.values(), key=lambda case: (ORDER.index(case.rule), case.removed[0], -case.removed[1]))


def _join_rows(found: Sequence[Case]) -> None:
    """Let sentences and lines in a row go together where each stands twice: of lines three and more.

    Three and more sentences are a loop, unless each is long enough to go by itself.
    """
    for row in _rows(case for case in found if case.copy.doubled and case.rule != "loop"):
        long = sum(case.unit >= LOOP_UNIT for case in row) >= _SENTENCES
        looped = long and row[-1].removed[1] - row[0].kept[0] >= LOOP and any(case.unit < TANDEM for case in row)
        for case in _joined(row):
            case.rule = "loop" if looped else case.rule
    growing = sorted((case for case in found if case.copy.grows), key=lambda case: case.kept)
    for _, lines in groupby(growing, key=lambda case: case.kept[0]):
        _joined(list(lines))
    for row in _rows(case for case in found if case.copy.in_a_row and case.copy.lines and case.copy.times == 2):
        if len(row) >= _SENTENCES:
            _joined(row)


def _joined(row: list[Case]) -> list[Case]:
    """Let copies in a row go together; whether they tear anything, the first of them tells."""
    for case in row:
        case.row, case.torn = row, row[0].torn
    return row


def _rows(doubled: Iterable[Case]) -> list[list[Case]]:
    """Group copies that follow each other."""
    rows: list[list[Case]] = []
    for case in sorted(doubled, key=lambda case: case.kept):
        if rows and follows(case.page.reader, rows[-1][-1].removed[1], case.kept[0]):
            rows[-1].append(case)
        else:
            rows.append([case])
    return rows


def _is_in_force(case: Case) -> bool:
    """Tell whether copies of its shape and likeness are looked for."""
    settings = case.page.settings
    return {case.rule, INEXACT} <= settings.rules or settings.looks_for(case.rule, case.likeness)


def _unrolled(page: Page, copy: Copy, marked: Marked) -> Iterator[Copy]:
    """Give a row of copies that a mark touches one by one, so that those that nothing protects can go."""
    if copy.times == 2 or marked.holds(page.layout, "tandem", copy.removed) in (None, OFF):
        yield copy
        return
    for start in range(*copy.removed, copy.unit):
        yield copy._replace(removed=(start, min(start + copy.unit, copy.removed[1])))


def decide(
    page: Page,
    copies: Sequence[Copy] | None = None,
    marked: Marked | None = None,
    book: Book | None = None,
    survey: bool = False,
) -> list[Decision]:
    """Decide on every copy of a text; of those that are ``marked`` off nothing is said.

    What goes does not overlap, what it keeps is not removed by another, and all of it is of one rule: the first in
    precedence that removes anything. What is in its way, and the rules behind, wait for the next pass over the changed
    text. Of what stays as a whole no piece is offered. With verdicts (``book``), only what they leave open is decided
    on, and what they order to go goes. A ``survey`` tells of every copy by itself: none is in the way of another.
    """
    found = every = cases(page, copies, marked)
    if book is not None:
        book.look(page, found)
        found = _in_order(part for case in found for part in book.open(case, _is_told))
    look = _Look(page, marked, survey, book)
    if not survey:
        _add_near_ones(look.whole, found, page.settings.level)
    for case in found:
        ordered = book is not None and book.ordered(case)
        # Lines that grow are alike two by two as well; they are one accident.
        if not look.going.takes_of(case) and (ordered or case.copy.of_its_own or not look.whole.holds(case)):
            look.take(case, ordered)
    decided = look.decisions if survey else _not_emptied(page, look.decisions)
    decided = list(_once(decision for decision in decided if decision.goes or _is_told(decision.case)))
    decided += _equal_lines(look, decided, book)
    return _counted(page, every, decided, book) if survey else decided


def _once(decided: Iterable[Decision]) -> Iterator[Decision]:
    """Leave out rows of equal copies that stay and are the row of another one, cut at another place of its period.

    Rows of whole lines come first, for these are what a person sees.
    """
    rows: dict[int, list[Range]] = {}
    for decision in sorted(decided, key=lambda decision: not decision.case.copy.lines):
        copy = decision.case.copy
        if copy.in_a_row and copy.exact and not decision.goes:
            start, end = min(copy.kept, copy.removed)[0], max(copy.kept, copy.removed)[1]
            known = rows.setdefault(copy.unit, [])
            if any(start < other_end and other < end for other, other_end in known[-_ROWS:]):
                continue
            known.append((start, end))
        yield decision


class _Look:
    """One look at the copies of a text, in order: what goes, what stays as a whole, and what was decided so far.

    Passages that are merely about one thing are ``idle``: they stay, and nobody is told of them.
    """

    def __init__(self, page: Page, marked: Marked | None, survey: bool, book: Book | None) -> None:
        self.level, self.marked, self.survey, self.book = page.settings.level, marked, survey, book
        self.going, self.whole = _Going(page), Whole(page.reader.hidden, survey)
        self.decisions: list[Decision] = []
        self.idle: list[Case] = []

    def take(self, found: Case, ordered: bool) -> None:
        """Decide on the next copy; ``ordered`` says that a verdict wants it gone."""
        if not ordered and is_idle(found):
            self.idle.append(found)
            return
        if not ordered and not self.marked and is_silent(found):
            if is_near_copy(found):
                self.whole.add(found)
            return
        case = self.book.chosen(found) if ordered and self.book is not None else settled(found)
        if case is None:
            self.whole.add(found)
            self.decisions.append(Decision(found, False, Reason("torn"), None))
            return
        held = _held(case, self.marked) if self.marked else None
        if held is not None and held is not OFF:
            self.decisions.append(Decision(case, False, held, None))
        if held is not None or self._judge(case, ordered):
            self.whole.add(found)

    def _judge(self, case: Case, ordered: bool) -> bool:
        """Judge a copy, or let it go as a verdict orders if nothing breaks without it; tell whether it hides pieces."""
        why = broken(case) if ordered else judge(case, self.level)
        if why is None and not ordered and case.page.settings.only_decided:
            why = Reason("undecided")
        if why is None and (self.survey or self.going.take(case)):
            told = Reason("decided-remove") if ordered else why_gone(case)
            self.decisions.append(Decision(case, True, told, lowest_level(case)))
        if why is not None and not case.copy.wider:
            self.decisions.append(Decision(case, False, why, lowest_level(case)))
        return (self.survey and why is None) or _hides(case, why)


def _least_line(case: Case) -> int:
    """Give the words of a line that is told where the passages around it are too different to be."""
    return TOLD if case.copy.in_a_row or case.page.has_few_blocks else PART


def _counted(page: Page, found: Sequence[Case], decided: Sequence[Decision], book: Book | None) -> list[Decision]:
    """Add how many copies are open of each passage: as many as a verdict must hold for to keep them all."""
    from dedupe_cn.judge.verdicts import count_copies

    names = [identity(decision.case) for decision in decided]
    copies = count_copies(page, found, dict(zip(names, (d.case for d in decided), strict=True)), book)
    return [d._replace(copies=copies[name]) for name, d in zip(names, decided, strict=True)]


def _equal_lines(look: _Look, told: Sequence[Decision], book: Book | None) -> Iterator[Decision]:
    """Tell the lines that are equal in two passages which are too different to be told of; they stay with these."""
    known = {decision.case.removed for decision in told}
    for case in look.idle:
        for kept, removed in lines_in_both(case.page, case.kept, case.removed):
            line = Case(case.page, "repeated-block", Copy(kept, removed, lines=True, exact=True))
            if removed in known or line.words < _least_line(case) or not is_told(line, None):
                continue
            if look.going.takes_of(line) or not _is_in_force(line):
                continue
            if look.marked and _held(line, look.marked) is not None:
                continue
            if book is not None and not book.open(line, _is_told):
                continue
            known.add(removed)
            yield Decision(line, False, judge(line, Level.AGGRESSIVE) or Reason("torn"), None)


def _is_told(case: Case) -> bool:
    """Tell whether a copy that stays is told: of some shapes nobody is told at some levels."""
    silent = case.rule == "running-line" and case.page.settings.level is Level.SAFE
    return not silent and not case.copy.wider and is_told(case, lowest_level(case))


def _hides(case: Case, why: Reason | None) -> bool:
    """Tell whether of a copy that stays no piece is offered: not of two passages that are merely about one thing."""
    return why is not None and not case.copy.wider and (case.likeness != "meaning" or is_near_copy(case))


def _add_near_ones(whole: Whole, found: Sequence[Case], level: Level) -> None:
    """Note, before any is decided on, the near copies that stay."""
    for case in found:
        if is_near_copy(case) and (surely_stays(case, level) or judge(settled(case), level) is not None):
            whole.add(case)


class _Going:
    """What goes in one pass: of one rule, apart from one another, and none of it what another keeps."""

    def __init__(self, page: Page) -> None:
        self._gone, self._pinned = (bytearray(page.reader.size + 1) for _ in range(2))  # 1 where something is
        self._rule = ""

    def takes_of(self, case: Case) -> bool:
        """Tell whether a part of one of the two stretches goes already."""
        return self._gone.find(1, *case.removed) >= 0 or self._gone.find(1, *case.kept) >= 0

    def take(self, case: Case) -> bool:
        """Let a copy go; tell whether nothing was in its way."""
        if self._rule not in ("", case.rule) or self._pinned.find(1, *case.removed) >= 0 or self.takes_of(case):
            return False
        if max(case.kept[0], case.removed[0]) < min(case.kept[1], case.removed[1]):
            return False  # what a verdict leaves open of a longer copy may lie on the one it keeps
        self._rule = case.rule
        for marks, (start, end) in ((self._gone, case.removed), (self._pinned, case.kept)):
            marks[start:end] = b"\1" * (end - start)
        return True


def _not_emptied(page: Page, decisions: list[Decision]) -> list[Decision]:
    """Keep copies that only together take all that stands under a heading, a label or in a container."""
    going = [decision for decision in decisions if decision.goes]
    if len(going) < 2:
        return decisions
    spans = [page.layout.span(*decision.case.removed) for decision in going]
    alone = {id(going[number]) for number in emptied(page.tree, [(span.start, span.end) for span in spans])}
    return [d.kept_by(Reason("heading-alone")) if id(d) in alone else d for d in decisions]


def _held(case: Case, marked: Marked) -> Reason | None:
    """Say why a copy stays because of a mark, for its shape or for copies that are not exact."""
    held = marked.holds(case.page.layout, case.rule, case.removed)
    if held is None and case.likeness != "exact":
        held = marked.holds(case.page.layout, INEXACT, case.removed)
    return held
