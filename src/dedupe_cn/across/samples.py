"""What a worker hands over of a text, so that its passages are found again in other files: a small table of samples."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from dedupe_cn import kernel
from dedupe_cn.directives.mark_mention import mentions_marks
from dedupe_cn.model import Kind, Span
from dedupe_cn.regex import regex

if TYPE_CHECKING:
    from dedupe_cn.copies.reader import Reader

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


def sample(reader: Reader, off: Iterable[Span] = ()) -> Samples:
    """Sample what of a text is evidence: no code, table, address, tag or front matter, and nothing that marks hide.

    The places of the marks are no part of the layout's exact form; the ``off`` spans (code points) are, but nobody is
    told of what stands there.
    """
    layout, forms = reader.layout, reader.forms
    kind = Kind.TEXT if layout.shape is not None else layout.kind
    spans = sorted([*_no_evidence(layout.text, kind), *((span.start, span.end) for span in off)])
    parts, behind = [], 0  # letters that are evidence, from the first to behind the last
    for ends in spans:
        start, end = (bisect_left(forms.places, layout.form.exact(min(at, len(layout.text)))) for at in ends)
        if start > behind:
            parts.append((behind, start))
        behind = max(behind, end)
    parts.append((behind, len(forms.bare)))
    bare, places = forms.bare, forms.places
    if len(parts) > 1 or parts[0][0]:
        bare = memoryview(bytearray().join([bare[start:end] for start, end in parts])).cast("I")
        places = memoryview(bytearray().join([places[start:end] for start, end in parts])).cast("i")
    hashes, found = kernel.sample_passages(bare, places)
    return Samples(hashes.tobytes(), found.tobytes(), len(layout.codes))


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

