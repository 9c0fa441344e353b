"""Find what Markdown hands on as it stands without being a block of its own: templates, LaTeX, `<pre>`, ESM of MDX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dedupe_cn.model import Span
from dedupe_cn.regex import regex
from dedupe_cn.text.verbatim import NAMES, closing

#: One of these stands in all that opens such a region.
_SIGNS = ("{%", "{{<", "{{%", "\\begin{", "<", "import", "export")
_LINE_START = r"(?<![^\r\n])"
_MARKS = r"[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++[ \t>]*+)*"
_OPENING = regex(
    rf"\{{%-?\s*+(?P<tag>{NAMES})\b[^%\r\n]*+%\}}|\{{\{{[<%]\s*+(?P<code>{NAMES})\b[^{{}}\r\n]*+(?<=[>%])\}}\}}"
    rf"|\\begin\{{(?P<env>verbatim|lstlisting|minted)\}}"
    rf"|{_LINE_START}{_MARKS}<(?P<raw>(?i:pre|script|style|textarea))(?=[\s>])"
    rf"|{_LINE_START}(?P<esm>import\s++(?:[\w$*{{}},\s]{{1,500}}?\sfrom\s++)?[\"']"
    r"|export\s++(?:default|const|let|var|function|async|class|type|interface|\{|\*)(?=\W))"
)
_BLANK_LINE = regex(r"(?:\r\n|\r|\n)[ \t]*+(?=[\r\n]|\Z)")
_REST = regex(r"[^\r\n]*+")
_STRINGS = regex(r"'[^'\r\n]*+'|\"[^\"\r\n]*+\"|//[^\r\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*\*/")
#: Code points over which a statement of MDX is followed: a bound on the work, no measure.
_LONGEST = 20_000


def may_hand_on(text: str, end: int) -> bool:
    """Tell whether such a region may begin before a place."""
    return any(text.find(sign, 0, end) >= 0 for sign in _SIGNS) and _OPENING.search(text, 0, end) is not None


def handed_on(text: str, blocks: Sequence[Span]) -> Iterator[Span]:
    """Give the regions, from the line of the opener to that of the closer, sorted and disjoint.

    What opens inside of one of the ``blocks`` (sorted, verbatim) opens nothing. Regions may hold blocks.
    """
    if not any(sign in text for sign in _SIGNS):
        return
    never: set[str] = set()  # what closes nothing behind here
    at = place = followed = 0
    while opening := _OPENING.search(text, at):
        start = opening.start()
        while place < len(blocks) and blocks[place].end <= start:
            place += 1
        if place < len(blocks) and blocks[place].start <= start:
            at = max(blocks[place].end, opening.end())
            continue
        if opening["code"] and opening[0].endswith(("/>}}", "/%}}")):
            at = opening.end()
            continue
        if opening["esm"]:
            most = min(len(text), opening.end() + _LONGEST) if opening.end() > followed else opening.end()
            end, closed = _end_of_statement(text, opening.end(), most)
            followed = followed if closed else max(followed, most)  # brackets there are not counted again
        else:
            pattern = rf"(?i:</{opening['raw']}>)" if opening["raw"] else closing(opening)
            hit = None if pattern in never else re.compile(pattern).search(text, opening.end())
            if hit is None:
                never.add(pattern)
                at = opening.end()
                continue
            end = hit.end()
        at = _line_end(text, end)
        yield Span(_line_start(text, start), at)


def _end_of_statement(text: str, start: int, most: int) -> tuple[int, bool]:
    """Give where a statement of MDX ends, and whether at a blank line outside of all brackets; else at the first one.

    Brackets are followed up to ``most``.
    """
    at, first, depth, ticks = start, -1, 0, 0
    begin = _line_start(text, start)
    while at < most or first < 0:
        blank = _BLANK_LINE.search(text, at)
        stop = blank.start() if blank else len(text)
        first = stop if first < 0 else first
        code = _STRINGS.sub("", text[begin:stop])
        depth += sum(map(code.count, "([{")) - sum(map(code.count, ")]}"))
        ticks += code.count("`")
        if depth <= 0 and ticks % 2 == 0:
            return stop, True
        if blank is None:
            break
        at = begin = blank.end()
    return first, False


def _line_start(text: str, at: int) -> int:
    feed = text.rfind("\n", 0, at)
    return max(feed, text.rfind("\r", feed + 1, at)) + 1


def _line_end(text: str, at: int) -> int:
    rest = _REST.match(text, at)
    return rest.end() if rest else at
