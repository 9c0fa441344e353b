"""Give a text one kind of line end, and one of them at its end."""

from __future__ import annotations

from dedupe_cn.model import Edit, Kind
from dedupe_cn.regex import regex

# A run of CR in front of LF: CR CR LF is what CR LF becomes when it is translated twice.
_BREAKS = regex(r"\r(?<!\r\r)\r*+\n?+|\n")
_LONE_CRS = regex(r"\r(?<!\r\r)\r*+(?!\n)")
#: Characters looked at at a time for the end of the last line.
_TAIL = 1 << 12
_FORCED = {"lf": "\n", "crlf": "\r\n"}


def line_end(text: str, eol: str = "keep") -> str:
    """Give the line end a text should have: the one asked for, else the one most of its lines have.

    LF wins a tie, and is the line end of a text without any.

    >>> line_end("一\\r\\n二\\r\\n三\\n")
    '\\r\\n'
    """
    if eol != "keep":
        return _FORCED[eol]
    if "\r" not in text:
        return "\n"
    crlf = text.count("\r\n")
    lf = text.count("\n") - crlf
    cr = sum(len(run) for run in _LONE_CRS.findall(text)) if text.count("\r") != crlf else 0
    return max(("\n", lf), ("\r\n", crlf), ("\r", cr), key=lambda pair: pair[1])[0]


def line_ends(text: str, eol: str = "keep", kind: Kind = Kind.TEXT) -> list[Edit]:
    """Rewrite the line ends that differ from :func:`line_end`.

    CR in front of CR LF is dropped in plain text. Markdown reads a line end in it, and so it becomes one there.

    >>> line_ends("一\\n二\\r\\n三\\n")
    [Edit(start=3, end=5, replacement='\\n', rule='line-ends')]
    """
    wanted = line_end(text, eol)
    if _is_uniform(text, wanted):
        return []
    edits = []
    for match in _BREAKS.finditer(text):
        found = match[0]
        ends = len(found) if found[-1] != "\n" else len(found.rstrip("\n")) or 1
        right = wanted * (ends if kind is Kind.MARKDOWN or found[-1] != "\n" else 1)
        if found != right:
            edits.append(Edit(match.start(), match.end(), right, "line-ends"))
    return edits


def final_newline(text: str, eol: str = "keep") -> list[Edit]:
    """End a text with exactly one line break; an empty text and one of line breaks only become empty.

    >>> final_newline("一\\n\\n\\n")
    [Edit(start=2, end=4, replacement='', rule='final-newline')]
    """
    if not text:
        return []
    kept = _end_of_last_line(text)
    first = _BREAKS.match(text, kept)
    if kept == 0:
        return [Edit(0, len(text), "", "final-newline")]
    if first is None:
        return [Edit(kept, kept, line_end(text, eol), "final-newline")]
    # Where line ends may stay mixed, the first of several is as good as any.
    keep_to = first.end() if first[0][-1] == "\n" else kept + 1
    return [Edit(keep_to, len(text), "", "final-newline")] if keep_to < len(text) else []


def _end_of_last_line(text: str) -> int:
    """Give where the line ends that end a text begin; by pieces, for all of a text copied is memory and time."""
    end = len(text)
    while end and text[end - 1] in "\r\n":
        start = max(0, end - _TAIL)
        end = start + len(text[start:end].rstrip("\r\n"))
    return end


def _is_uniform(text: str, wanted: str) -> bool:
    if wanted == "\n":
        return "\r" not in text
    if wanted == "\r":
        return "\n" not in text
    return text.count("\r\n") == text.count("\n") == text.count("\r")
