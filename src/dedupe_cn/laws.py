"""What every outcome must obey. A breach is an error of this program: the file stays as it was.

Law 1 (a second run changes nothing) needs no check of its own: cleaning ends with a pass over the final text in which
neither tidying nor the repeats found anything, and the bytes read back as that text (``check_written``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dedupe_cn.edits import OffsetMap, makes
from dedupe_cn.encoding.codes import Decoder
from dedupe_cn.encoding.encodings import split_mark
from dedupe_cn.errors import LawError
from dedupe_cn.model import Edit, Kind, Outcome
from dedupe_cn.reasons import Reason
from dedupe_cn.settings import TIDY_ON_REQUEST
from dedupe_cn.text.characters import squash

if TYPE_CHECKING:
    from dedupe_cn.judge.case import Case
    from dedupe_cn.text.segments import Layout
    from dedupe_cn.text.tree import Tree


#: Bytes decoded at a time.
_BYTES = 1 << 16
#: Kinds of blocks that go whole or not at all; what tags and directives enclose, the structure tells.
WHOLE = frozenset({"table", "code", "indented-code", "front-matter", "math", "link-definition"})


def check_removals(layout: Layout, going: Sequence[Case]) -> None:
    """Check that each exact removal says what its kept copy says, and that no kept copy goes in the same pass.

    A copy of the whole document may bring a title along, which must still stand elsewhere. What differs in copies that
    are not exact the judge has weighed. Protected blocks go whole or not at all, except with a copy of the whole
    document, which may begin in mid-block, and of two in a row, where the cut may be moved along the period.
    Raises LawError.
    """
    gone = bytearray(len(layout.codes))
    for case in going:
        gone[slice(*case.removed)] = b"\1" * (case.removed[1] - case.removed[0])
    for case in going:
        if gone.find(1, *case.kept) >= 0:
            raise LawError.of("kept-goes")
        if case.copy.exact or case.likeness == "exact":
            _check_exact(layout.exact, case, gone)
        if case.rule == "whole-document" or case.copy.in_a_row:
            continue
        for index in layout.blocks_in(*case.removed):
            whole = case.removed[0] <= layout.starts[index] and layout.ends[index] <= case.removed[1]
            if layout.kind_of(index) in WHOLE and not whole:
                raise LawError.of("block-cut")


def _check_exact(exact: str, case: Case, gone: bytearray) -> None:
    """Check that a copy says what the kept one says, but for a title that stands elsewhere. Raises LawError."""
    kept, shown = exact[slice(*case.shown_kept)], exact[slice(*case.shown)]
    copies = max(1, case.copy.times - 1) if case.copy.exact and case.shown == case.removed else 1
    if kept * copies != shown and not (copies == 1 and case.says_the_same):
        raise LawError.of("copy-differs")
    title = exact[case.removed[0] : case.shown[0]].lstrip("#")
    if case.titled and title not in _unmarked(exact, gone):
        raise LawError.of("copy-differs")


def check_cuts(layout: Layout, going: Sequence[Case], cuts: Sequence[Edit]) -> None:
    """Check that each cut takes what one copy names and layout beside it, and that nothing visible is put in.

    What marks leave unseen is not in the form of the layout, so no cut may take any of it. Raises LawError.
    """
    taken = [(layout.form.exact(cut.start), layout.form.exact(cut.end)) for cut in cuts]
    if taken != sorted(case.removed for case in going):
        raise LawError.of("unnamed")
    for cut, (start, end) in zip(cuts, taken, strict=True):
        if squash(cut.replacement) or squash(layout.text[cut.start : cut.end]) != layout.exact[start:end]:
            raise LawError.of("unnamed")


def broken_structure(before: Tree, after: Tree, cuts: Sequence[Edit]) -> Reason | None:
    """Say what a text would lack of its structure after its cuts; None where nothing.

    What opened and closed evenly does so still, and every block that stays stands beneath the headings and in the
    containers in which it stood. The judge has asked the same of each copy alone (``text/structure.py``), of what is
    around it; here the text that would be left is read anew, so a breach is a fault of the judge.
    """
    from dedupe_cn.text.enclosing import Known, around, balance_of, differing, inmost, is_same

    offsets = OffsetMap().after(cuts)
    places = [offsets.original(start) for start in after.starts]
    gone, new = differing(before, after, places)
    if balance_of(before, gone) != balance_of(after, new):  # the others open and close the same
        even, now = balance_of(before), balance_of(after)
        lost = next((name for name in now if name not in even), None)
        if lost is not None:
            return Reason("law", (lost,))
    if before.kind is Kind.TEXT or not (before.sections or before.containers):
        return None  # in plain text labels stand for headings, and what is one the lines around it tell
    known: Known = (set(), set())
    for leaf, then, here in zip(after.unmarked, inmost(before, places), inmost(after, after.starts), strict=True):
        if not is_same(before, after, then, here, known) and (above := around(before, *then)) != around(after, *here):
            return Reason("law", (above[-1] if above else leaf.kind,))
    return None


def check_made(before: str, edits: Sequence[Edit], after: str) -> None:
    """Check that a text is what edits make of the one before. Raises LawError."""
    if not makes(before, edits, after):
        raise LawError.of("unnamed")


def check_tidied(before: str, edits: Sequence[Edit], after: str, rules: frozenset[str]) -> None:
    """Check that a step of tidying changed layout only: ``after`` is what the edits make, and nothing visible goes.

    The visible characters are not looked at when a tidy-up that changes them was asked for. Raises LawError.
    """
    if not rules.intersection(TIDY_ON_REQUEST):
        for edit in edits:
            gone, new = before[edit.start : edit.end], edit.replacement
            if gone != new and squash(gone) != squash(new):
                raise LawError.of("unnamed")
    check_made(before, edits, after)


def check_outcome(outcome: Outcome, rules: frozenset[str]) -> None:
    """Check the outcome as a whole, from what it says of itself, as somebody would who reads the report.

    Apart from layout, the text is the original less the cuts; every character that was cut belongs to a removal; and
    of every kept passage something is still there. (That the copies say the same is checked in every pass.) Skipped
    when a tidy-up that changes characters was asked for. Raises LawError.
    """
    applied = outcome.applied
    if not applied or rules.intersection(TIDY_ON_REQUEST):
        return
    names = {removal.rule for removal in applied}
    original, cuts = outcome.original, [edit for edit in outcome.edits if edit.rule in names]
    cut, named = (bytearray(len(original)) for _ in range(2))
    for marks, spans in ((cut, cuts), (named, [removal.span for removal in applied])):
        for span in spans:
            marks[span.start : span.end] = b"\1" * (span.end - span.start)
    for edit in cuts:
        if squash(_unmarked(original, named, edit.start, edit.end)):
            raise LawError.of("unnamed")
    if squash(_unmarked(original, cut)) != squash(outcome.text):
        raise LawError.of("unnamed")
    for removal in applied:
        if not squash(_unmarked(original, cut, removal.kept.start, removal.kept.end)):
            raise LawError.of("kept-gone")


def check_marks(original: str, text: str, kind: Kind) -> None:
    """Check that the marks of a text are all there, and that nothing is changed where all rules are off.

    Raises LawError.
    """
    from dedupe_cn.directives.mark_reach import reach, same_marks

    if not same_marks(reach(original, kind), reach(text, kind)):
        raise LawError.of("mark-changed")


def check_written(data: bytes, encoding: str, text: str) -> None:
    """Check that bytes that are about to be written decode to the text that was meant. Raises LawError."""
    body, _, codec = split_mark(data, encoding)
    decoder, at = Decoder(codec), 0  # a second copy of a huge text is memory that has to be got first
    try:
        for begin in range(0, len(body) + 1, _BYTES):
            piece = decoder.decode(body[begin : begin + _BYTES], final=begin + _BYTES > len(body))
            if not text.startswith(piece, at):
                raise LawError.of("reads-back")
            at += len(piece)
    except UnicodeDecodeError:
        raise LawError.of("reads-back") from None
    if at != len(text):
        raise LawError.of("reads-back")


def _unmarked(text: str, marks: bytearray, start: int = 0, end: int | None = None) -> str:
    """Give the characters of a range whose marks are 0."""
    end = len(text) if end is None else end
    parts = []
    while (begin := marks.find(0, start, end)) >= 0:
        behind = marks.find(1, begin, end)
        start = behind if behind >= 0 else end
        parts.append(text[begin:start])
    return "".join(parts)
