"""What a worker hands over of a text, so that its passages are found again in other files: a small table of samples."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from dedupe_cn import kernel
from dedupe_cn.copies.bare import letters
from dedupe_cn.directives.mark_mention import mentions_marks
from dedupe_cn.model import Kind, Span
from dedupe_cn.regex import regex
from dedupe_cn.text.exact import read_exact
from dedupe_cn.text.folding import folds

#: Files from which on what stands in all of them is told with their number alone, and by its first two places.
MANY = 16
#: The rule that tells copies between files.
ACROSS = "across"
#: What opens or closes code, alone in its line but for the marks of quotes and items.
_FENCE = regex(r"^[ \t>]*(?:[-*+][ \t]+)?(`{3,}|~{3,})([^`\n]*)$", re.MULTILINE)
_FRONT = regex(r"\A(---|\+\+\+)[ \t]*\n(?:.*\n)*?\1[ \t]*$", re.MULTILINE)
#: Addresses, tags and comments; rows of tables.
_ADDRESS = regex(r"\]\([^)\n]*\)|https?://[!-~]+|<[^<>]*>")
_ROW = regex(r"^[ \t>]*\|.*$", re.MULTILINE)
#: What stands for a character that is no evidence: a code point that is no letter.
_MARK = "※".encode("utf-32-le")


class Samples(NamedTuple):
    """The samples of a text: hashes (uint64), where each begins (int32, exact offsets), and its size (exact form)."""

    hashes: bytes
    places: bytes
    size: int


def marks_in(text: str, kind: Kind) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Give the places of the marks in a text, and the stretches in which they hold copies between files off."""
    if not mentions_marks(text):
        return (), ()
    from dedupe_cn.directives.marked import Marked

    marked = Marked(text, kind)
    return marked.spans(text), marked.off(ACROSS)


def sample(text: str, kind: Kind, unseen: Iterable[Span] = (), off: Iterable[Span] = ()) -> Samples:
    """Sample what of a text is evidence: no code, table, address, tag or front matter, and nothing that marks hide.

    The ``unseen`` spans, those of the marks, are no part of the exact form; the ``off`` ones are, but nobody is told of
    what stands there. All are code points.
    """
    form = read_exact(text, [(span.start, span.end) for span in unseen])
    codes = form.codes
    if spans := [*_no_evidence(text, kind), *((span.start, span.end) for span in off)]:
        codes = memoryview(bytearray(codes)).cast("I")
        for start, end in spans:
            first, behind = form.exact(start), form.exact(min(end, len(text)))
            codes[first:behind] = memoryview(_MARK * (behind - first)).cast("I")
    forms = kernel.read_forms(codes, folds(), letters())
    hashes, places = kernel.sample_passages(forms.bare, forms.places)
    return Samples(hashes.tobytes(), places.tobytes(), len(form.codes))


def _no_evidence(text: str, kind: Kind) -> list[tuple[int, int]]:
    """Give where code, front matter, rows of tables, addresses and tags stand, in no order."""
    if kind is not Kind.MARKDOWN:
        return [match.span() for match in _ADDRESS.finditer(text)] if "://" in text else []
    spans = verbatim(text)
    if "|" in text:
        spans += [match.span() for match in _ROW.finditer(text)]
    if "<" in text or "](" in text or "://" in text:
        spans += [match.span() for match in _ADDRESS.finditer(text)]
    return spans


def verbatim(text: str) -> list[tuple[int, int]]:
    """Give where front matter and code between fences stand in Markdown, as its lines tell; rising."""
    found: list[tuple[int, int]] = []
    if text.startswith(("---", "+++")) and (front := _FRONT.match(text)):
        found.append(front.span())
    if "```" not in text and "~~~" not in text:
        return found
    opened: re.Match[str] | None = None
    for line in _FENCE.finditer(text):
        if opened is None:
            opened = line
        elif line[1].startswith(opened[1]) and not line[2].strip():
            found.append((opened.start(), line.end()))
            opened = None
    if opened is not None:
        found.append((opened.start(), len(text)))
    return found

