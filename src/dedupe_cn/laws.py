"""What every outcome must obey. A breach is an error of this program: the file stays as it was.

Law 1 (a second run changes nothing) needs no check of its own: cleaning ends with a pass over the final text in which
neither tidying nor the repeats found anything, and the bytes read back as that text (``check_written``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dedupe_cn.edits import OffsetMap, makes
from dedupe_cn.encoding.codes import Decoder
from dedupe_cn.encoding.encodings import split_mark
from dedupe_cn.errors import LawError
from dedupe_cn.model import Edit, Kind, Outcome
from dedupe_cn.reasons import Reason
from dedupe_cn.settings import TIDY_ON_REQUEST
from dedupe_cn.text.characters import PIECE, exact_codes, squash, to_codes, to_text, visible_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedupe_cn.judge.case import Case
    from dedupe_cn.text.characters import Codes
    from dedupe_cn.text.segments import Layout
    from dedupe_cn.text.tree import Tree


#: Bytes decoded at a time.
_BYTES = 1 << 16
#: Characters up to which strings are compared in less time than arrays.
_SHORT = 1000
#: Kinds of blocks that go whole or not at all; what tags and directives enclose, the structure tells.
WHOLE = frozenset({"table", "code", "indented-code", "front-matter", "math", "link-definition"})


def check_removals(layout: Layout, going: Sequence[Case]) -> None:
    """Check that each exact removal says what its kept copy says, and that no kept copy goes in the same pass.

    A copy of the whole document may bring a title along, which must still stand elsewhere. What differs in copies that
    are not exact the judge has weighed. Protected blocks go whole or not at all, except with a copy of the whole
    document, which may begin in mid-block, and of two in a row, where the cut may be moved along the period.
    Raises LawError.
    """
    import numpy as np

    from dedupe_cn.text.exact import any_marked

    gone = np.zeros(layout.codes.size, dtype=bool)
    for case in going:
        gone[slice(*case.removed)] = True
    for case in going:
        if any_marked(gone, *case.kept):
            raise LawError.of("kept-goes")
        if case.copy.exact or case.likeness == "exact":
            _check_exact(layout.codes, case, gone)
        if case.rule == "whole-document" or case.copy.in_a_row:
            continue
        for index in layout.blocks_in(*case.removed):
            whole = case.removed[0] <= layout.starts[index] and layout.ends[index] <= case.removed[1]
            if layout.kind_of(index) in WHOLE and not whole:
                raise LawError.of("block-cut")


def _check_exact(codes: Codes, case: Case, gone: NDArray[np.bool_]) -> None:
    """Check that a copy says what the kept one says, but for a title that stands elsewhere. Raises LawError."""
    import numpy as np

    kept, shown = codes[slice(*case.shown_kept)], codes[slice(*case.shown)]
    copies = max(1, case.copy.times - 1) if case.copy.exact and case.shown == case.removed else 1
    if not np.array_equal(np.tile(kept, copies), shown):
        raise LawError.of("copy-differs")
    title = codes[case.removed[0] : case.shown[0]]
    if case.titled and to_text(title).lstrip("#") not in to_text(codes[~gone]):
        raise LawError.of("copy-differs")


def check_cuts(layout: Layout, going: Sequence[Case], cuts: Sequence[Edit]) -> None:
    """Check that each cut takes what one copy names and layout beside it, and that nothing visible is put in.

    What marks leave unseen is not in the form of the layout, so no cut may take any of it. Raises LawError.
    """
    import numpy as np

    edges = np.array([(cut.start, cut.end) for cut in cuts], np.int64)
    taken = [(start, end) for start, end in layout.form.exact(edges).tolist()]
    if taken != sorted(case.removed for case in going):
        raise LawError.of("unnamed")
    for cut, (start, end) in zip(cuts, taken, strict=True):
        if squash(cut.replacement):
            raise LawError.of("unnamed")
        _check_said(layout.text, cut, layout.codes[start:end])


def broken_structure(before: Tree, after: Tree, cuts: Sequence[Edit]) -> Reason | None:
    """Say what whole structure (design section 11, law 4) a text would lack after its cuts; None where it holds.

    What opened and closed evenly does so still, and every block that stays stands beneath the headings and in the
    containers in which it stood. The judge has asked the same of each copy alone (``text/structure.py``), of what is
    around it; here the text that would be left is read anew, so a breach is a fault of the judge.
    """
    from dedupe_cn.text.enclosing import around, balance_of, inmost

    even, now = balance_of(before), balance_of(after)
    lost = next((name for name in now if name not in even), None)
    if lost is not None:
        return Reason("law", (lost,))
    if before.kind is Kind.TEXT or not (before.sections or before.containers):
        return None  # in plain text labels stand for headings, and what is one the lines around it tell
    offsets = OffsetMap().after(cuts)
    last = None
    for leaf in after.unmarked:
        at = offsets.original(leaf.start)
        then, now_in = inmost(before, at), inmost(after, leaf.start)
        if (then, now_in) != last and (above := around(before, *then)) != around(after, *now_in):
            return Reason("law", (above[-1] if above else leaf.kind,))
        last = then, now_in
    return None


def check_made(before: str, edits: Sequence[Edit], after: str) -> None:
    """Check that a text is what edits make of the one before. Raises LawError."""
    if not makes(before, edits, after):
        raise LawError.of("unnamed")


def _check_said(text: str, cut: Edit, codes: Codes) -> None:
    """Check that a cut takes these characters and nothing else that is visible. Raises LawError."""
    if cut.end - cut.start <= _SHORT:
        if squash(text[cut.start : cut.end]) != to_text(codes):
            raise LawError.of("unnamed")
        return
    texts = (text[begin : min(begin + PIECE, cut.end)] for begin in range(cut.start, cut.end, PIECE))
    compared = _Compared(piece for part in texts for piece in exact_codes(part))
    for begin in range(0, codes.size, PIECE):
        compared.next(codes[begin : begin + PIECE])
    compared.end()


class _Compared:
    """Compares a form with another one that comes in pieces of other sizes."""

    def __init__(self, pieces: Iterable[Codes]) -> None:
        self._pieces = iter(pieces)
        self._left: Codes = to_codes("")

    def next(self, codes: Codes) -> None:
        """Hold what comes next against the other one. Raises LawError."""
        import numpy as np

        while self._left.size < codes.size and (piece := next(self._pieces, None)) is not None:
            self._left = np.concatenate((self._left, piece)) if self._left.size else piece
        if not np.array_equal(codes, self._left[: codes.size]):
            raise LawError.of("unnamed")
        self._left = self._left[codes.size :]

    def end(self) -> None:
        """Check that nothing is left of the other one. Raises LawError."""
        if self._left.size or any(piece.size for piece in self._pieces):
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
    import numpy as np

    names = {removal.rule for removal in applied}
    size = len(outcome.original)
    cut = _covered(size, ((edit.start, edit.end) for edit in outcome.edits if edit.rule in names))
    named = _covered(size, ((removal.span.start, removal.span.end) for removal in applied))
    stays = np.empty(size, dtype=bool)
    compared = _Compared(exact_codes(outcome.text))
    for begin in range(0, size, PIECE):
        here = slice(begin, begin + PIECE)
        codes = to_codes(outcome.original[here])
        seen = visible_table().take(codes)
        if (seen & cut[here] & ~named[here]).any():
            raise LawError.of("unnamed")
        seen &= ~cut[here]
        stays[here] = seen
        compared.next(codes[seen])
    compared.end()
    for removal in applied:
        if not stays[removal.kept.start : removal.kept.end].any():
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


def _covered(size: int, spans: Iterable[tuple[int, int]]) -> NDArray[np.bool_]:
    """Mark the places that spans cover."""
    import numpy as np

    covered = np.zeros(size, dtype=bool)
    for start, end in spans:
        covered[start:end] = True
    return covered
