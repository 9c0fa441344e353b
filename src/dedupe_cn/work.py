"""A text on its way through tidying and removing, step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dedupe_cn.directives.mark_mention import mentions_marks
from dedupe_cn.edits import OffsetMap, apply
from dedupe_cn.laws import broken_structure, check_cuts, check_made, check_removals, check_tidied
from dedupe_cn.model import Document, Edit, Kind, Level, Removal, Span, Verdict
from dedupe_cn.reasons import Reason
from dedupe_cn.settings import REPEAT_RULES, TIDY_ON_REQUEST, Settings
from dedupe_cn.text.code_spans import FENCES
from dedupe_cn.text.conflict import conflicts
from dedupe_cn.text.odd import CONTROL, MARK, RAGGED, odd_sorts
from dedupe_cn.tidy import tidy
from dedupe_cn.tidy.zones import Zones

if TYPE_CHECKING:
    from dedupe_cn.copies.find import Seen
    from dedupe_cn.copies.reader import Look as Look
    from dedupe_cn.directives.marked import Marked
    from dedupe_cn.judge.case import Page
    from dedupe_cn.judge.decide import Decision
    from dedupe_cn.shape import Shape
    from dedupe_cn.text.segments import Layout
    from dedupe_cn.text.tree import Tree


#: Rules that look for single characters.
_ABOUT_CHARACTERS = frozenset({"bom", "control-chars"})


class Work:
    """A text on its way: what it is now, where its characters came from, and what was done to it.

    Copies that stay in the end are ``left``.
    """

    def __init__(self, document: Document, settings: Settings, verdicts: Mapping[str, Verdict]) -> None:
        self.document = document
        self.kind = document.kind
        self.settings = settings
        self.conflict = conflicts(document.text)[0] > 0  # which a person has to resolve before anything is changed
        if self.conflict:
            self.settings = replace(settings, rules=frozenset(), eol="keep")
        self.verdicts = verdicts
        self.kept: Counter[str] = Counter()
        self.text = document.text
        self.offsets = OffsetMap()
        self.edits: list[Edit] = []
        self.passes: list[list[Removal]] = []
        self.left: list[Removal] = []
        self.shape = document.shape  # of the present text, where it came from a container
        self.marked = marks_of(document) if document.shape is None else None
        self.looks: Look | None = None
        self._last: Layout | None = None
        self._left: Tree | None = None  # of the text that a pass leaves, for the next one
        self.odd = odd_sorts(document.text)

    def tidy(self) -> None:
        """Tidy the present text; of a container only whole paragraphs of furniture can go, for it has no layout."""
        if self.shape is not None:
            self._take_furniture(self.shape)
            return
        spare = self.marked.spare if self.marked else None
        rules, eol = self.settings.rules, self.settings.eol
        if not self.odd & (MARK | CONTROL) and not rules.intersection(TIDY_ON_REQUEST):
            rules -= _ABOUT_CHARACTERS  # what a text does not hold, neither cuts nor layout put into it

        def change(text: str, edits: list[Edit]) -> str:
            after = apply(text, edits)
            check_tidied(text, edits, after, rules)
            return after

        ragged = bool(self.odd & RAGGED) or self.text is not self.document.text
        self.text, steps = tidy(self.text, self.kind, rules, eol, self._zones, spare, change, ragged)
        for step in steps:
            self._record(step)

    def _take_furniture(self, shape: Shape) -> None:
        """Take the furniture out of a container, where nothing else needs its paragraphs. Raises LawError."""
        if "furniture" not in self.settings.rules or shape.timed:
            return
        from dedupe_cn.judge.pieces import emptied_part
        from dedupe_cn.tidy.on_request.furniture import furniture

        edits: list[Edit] = []
        for edit in furniture(self.text, Kind.TEXT):
            taken = [shape.pieces[number] for number in shape.within(edit.start, edit.end)]
            if all(piece.kind != "table" and not piece.held for piece in taken):
                edits.append(edit)
        cuts = [(edit.start, edit.end) for edit in edits]
        if edits and not emptied_part(shape, shape.after(cuts)):
            self._cut(edits)

    def _layout(self, text: str) -> Layout:
        """Give the layout of a text, with what marks leave unseen; tidying and removing ask for it by turns."""
        from dedupe_cn.text.segments import layout

        if self._last is None or self._last.text != text:
            self._last = self._left = None  # before the next is read, for both would be the most there ever is
            self._last = layout(text, self.kind, self.marked.spans(text) if self.marked else (), self.shape)
        return self._last

    def _zones(self, text: str) -> Zones:
        from dedupe_cn.text.markdown import may_hold_verbatim
        from dedupe_cn.text.segments import layout

        if self.kind is Kind.MARKDOWN and not may_hold_verbatim(text):
            return Zones()  # nothing in Markdown is tidied that spares the other protected blocks
        if self.marked:
            return Zones(*layout(text, self.kind).protected_spans())
        # The protected blocks that are not verbatim are only asked for fences there.
        return Zones(*self._layout(text).protected_spans(FENCES if self.kind is Kind.MARKDOWN else ()))

    def remove_copies(self) -> bool:
        """Carry out one pass of removals; tell whether anything went, for then there may be others."""
        if not self.settings.rules.intersection(REPEAT_RULES):
            return False
        here = self._layout(self.text)
        seen = self._look_at(here)
        if seen.is_empty and not self.verdicts:
            return False
        page, decisions = self._decided(here, seen)
        going = [decision for decision in decisions if decision.goes]
        cuts = self._cuts(page, going)
        removals = [self._removal(page, decision) for decision in going]
        left = self._left_by(page, cuts) if going else None
        if left is None or isinstance(left, Reason):
            self._leave(page, [d.kept_by(left) if left and d.goes else d for d in decisions])
            return False
        self.passes.append(removals)
        page.forget()
        del here, page, seen, decisions, going  # which hold the layout
        self._cut(cuts, left)
        return True

    def _cut(self, cuts: Sequence[Edit], left: Tree | None = None) -> None:
        """Carry out the cuts of a pass (sorted, disjoint); ``left`` is what they leave, where it was read.

        Raises LawError.
        """
        self._left, self._last = left, left.layout if left else None
        after = apply(self.text, cuts) if left is None else left.text
        check_made(self.text, cuts, after)
        self._record(cuts)
        self.text = after
        if self.shape is not None:
            self.shape = left.layout.shape if left else self.shape.after([(cut.start, cut.end) for cut in cuts])

    def _look_at(self, here: Layout) -> Seen:
        """Find the copies of the present text; show it where it has all of the document, and no mark hides a part."""
        from dedupe_cn.copies.find import look_at

        seen = look_at(here)
        cut = self.marked or self.passes or any(edit.rule in TIDY_ON_REQUEST for edit in self.edits)
        if self.looks is not None and not cut:
            self.looks(seen.reader)
        return seen

    def _decided(self, here: Layout, seen: Seen, survey: bool = False) -> tuple[Page, list[Decision]]:
        """Decide on each copy of the present text."""
        from dedupe_cn.judge.case import Page
        from dedupe_cn.judge.decide import decide
        from dedupe_cn.judge.verdicts import Book

        unseen = self.marked.spans(self.text) if self.marked else ()
        page = Page(here, self.settings, seen.reader, unseen)
        if self._left is not None and self._left.layout is here:
            page.tree = self._left
        book = Book(self.verdicts) if self.verdicts else None
        decisions = decide(page, seen.copies, self.marked, book, survey)
        if book is not None:
            self.kept |= book.kept
        return page, decisions

    def _cuts(self, page: Page, going: Sequence[Decision]) -> list[Edit]:
        """Give the cuts of what goes, and check them. Raises LawError."""
        if not going:
            return []
        from dedupe_cn.judge.cuts import cut

        cases = [decision.case for decision in going]
        cuts = _apart([cut(case, self.marked) for case in cases])
        check_removals(page.layout, cases)
        check_cuts(page.layout, cases, cuts)
        return cuts

    def _left_by(self, page: Page, cuts: Sequence[Edit]) -> Tree | Reason:
        """Read the text that cuts leave, or say why nothing can go after all: it breaks something, or moves a mark."""
        page.reader.forget()  # beside two layouts it would be the most there is
        after = apply(self.text, cuts)
        if self.marked and not self.marked.allows(self.text, after):
            return Reason("marks-shift")
        from dedupe_cn.text.segments import layout
        from dedupe_cn.text.tree import read_tree

        shape = self.shape
        if shape is not None:
            from dedupe_cn.judge.pieces import emptied_part

            left_shape = shape.after([(cut.start, cut.end) for cut in cuts])
            if emptied_part(shape, left_shape):
                return Reason("part-empty")
            shape = left_shape
        left = read_tree(layout(after, self.kind, self.marked.spans(after) if self.marked else (), shape))
        return broken_structure(page.tree, left, cuts) or left

    def present(self) -> list[Removal]:
        """Give every open copy of the present text, each id once with its count."""
        if not self.settings.rules.intersection(REPEAT_RULES):
            return []
        here = self._layout(self.text)
        page, decisions = self._decided(here, self._look_at(here), survey=True)
        found: dict[str, Removal] = {}
        for decision in decisions:
            removal = self._removal(page, decision)
            found.setdefault(removal.id, replace(removal, count=decision.copies))
        return list(found.values())

    def settled(self, removals: Iterable[Removal]) -> tuple[tuple[str, int], ...]:
        """Count the copies on which verdicts were honoured, by id."""
        if not self.verdicts:
            return ()
        settled = Counter(self.kept)
        for removal in removals:
            if removal.id in self.verdicts and not self.verdicts[removal.id].keep:
                settled[removal.id] += removal.count
        return tuple(sorted(settled.items()))

    def _leave(self, page: Page, decisions: Sequence[Decision]) -> None:
        """Report what stays: a class of equal copies is one finding with all its places."""
        best: dict[tuple[str, Span], Removal] = {}
        for decision in decisions:
            removal = self._removal(page, decision)
            known = best.setdefault((removal.id, removal.span), removal)
            if _goes_at(removal) < _goes_at(known):
                best[removal.id, removal.span] = removal
        classes: dict[str, list[Removal]] = {}
        for removal in best.values():
            classes.setdefault(removal.id, []).append(removal)
        for same in classes.values():
            told = min(same, key=_goes_at)
            places = {span for other in same for span in (other.span, other.kept)} - {told.span, told.kept}
            stay = sum(other.level is not told.level for other in same)
            count, further = sum(other.count for other in same), tuple(sorted(places, key=lambda span: span.start))
            self.left.append(replace(told, count=count, places=further, stay=stay) if len(same) > 1 else told)

    def _removal(self, page: Page, decision: Decision) -> Removal:
        from dedupe_cn.judge.identity import identity
        from dedupe_cn.judge.verdicts import lengths

        case, layout = decision.case, page.layout
        told = case.comparison.differences
        return Removal(
            rule=case.rule,
            span=self._original(layout.span(*case.removed)),
            kept=self._original(layout.span(*case.kept)),
            chars=case.removed[1] - case.removed[0],
            why=decision.why,
            applied=decision.goes,
            level=decision.level,
            score=round(case.score, 4),
            differences=told,
            id=identity(case),
            count=case.copy.times - 1,
            likeness=case.likeness,
            lengths=lengths(case),
        )

    def _original(self, span: Span) -> Span:
        if not self.edits:
            return span
        return Span(self.offsets.original(span.start), self.offsets.original_end(span.end))

    def _record(self, edits: Sequence[Edit]) -> None:
        """Note edits of the present text in offsets of the original, and move on to the text they make."""
        for edit in edits:
            start = self.offsets.original(edit.start)
            end = self.offsets.original_end(edit.end) if edit.end > edit.start else start
            self.edits.append(replace(edit, start=start, end=end))
        self.offsets = self.offsets.after(edits)


def marks_of(document: Document) -> Marked | None:
    """Read the marks of a document, or give None for one that cannot hold any."""
    if not mentions_marks(document.text):
        return None
    from dedupe_cn.directives.marked import Marked

    return Marked(document.text, document.kind)


def _goes_at(removal: Removal) -> int:
    """Give the rank of the level at which a copy goes, one more than the last where it stays at every level."""
    return removal.level.rank if removal.level else len(Level)


def _apart(cuts: list[Edit]) -> list[Edit]:
    """Sort cuts, and take from a cut the white space that the one before it has taken already."""
    result: list[Edit] = []
    for edit in sorted(cuts):
        start = max(edit.start, result[-1].end) if result else edit.start
        result.append(replace(edit, start=start, end=max(start, edit.end)))
    return result
