"""What stands inside a leaf: code, links, addresses and tags that no cut may divide, and marks that go in pairs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from dedupe_cn.regex import regex
from dedupe_cn.text.characters import HAN
from dedupe_cn.text.code_spans import code_spans
from dedupe_cn.text.html_lines import BLOCK_TAG, COMMENT, SHORTCODE, TAG, TEMPLATE

_TARGET = r"\((?:[^()\n]++|\([^()\n]*+\))*\)"
_IN_ADDRESS = r"[^\s<>\"'“”‘’（）()\[\]，。；、！？》】|`]"
_ADDRESS = rf"(?:https?|ftp|mailto):{_IN_ADDRESS}++(?:\([^\s<>()]*+\){_IN_ADDRESS}*+)*"
_MAIL = r"(?<![\w.])[\w.+-]++@[A-Za-z0-9][\w-]*+(?:\.[\w-]++)++"
#: Groups that matter: an image is no words at all, a link has its text, the rest is no words.
_INLINE = regex(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    rf"|(?P<image>!\[[^\[\]\n]*+\](?:{_TARGET}|\[[^\[\]\n]*+\]))"
    rf"|(?P<link>\[(?P<words>(?:[^\[\]\n]++|!\[[^\[\]\n]*+\]{_TARGET}|\[[^\[\]\n]*+\])*)\]"
    rf"(?P<target>{_TARGET}|\[[^\[\]\n]*+\]))"
    r"|(?P<note>\[\^[^\[\]\n]++\])"
    rf"|(?P<plain><(?:https?|ftp|mailto):[^<>\s]*+>|<[\w.+-]++@[\w.-]++>|{_ADDRESS}|{_MAIL})"
    rf"|(?P<html>{COMMENT}|{TAG}|{TEMPLATE}|{SHORTCODE}|{BLOCK_TAG}|\{{\{{[^{{}}\n]*+\}}\}})"
    r"|(?P<math>(?<![\\$\w])\$\$?[^$\s][^$\n]*+\$\$?(?![\w$])|\\\([^\\\n]*+(?:\\[^)\n][^\\\n]*+)*\\\))"
)
_SIGNS = regex(r"[\\\[<{$]|://|mailto:|@")
_WIDE = f"{HAN}\u3041-\u30ff\u31f0-\u31ff"
#: A word: a character of Han or kana, or a run of letters and digits with a letter in it.
WORD = regex(rf"[{_WIDE}]|(?:(?<![\d_])[\d_]++)?[^\W\d_{_WIDE}][^\W_{_WIDE}]*+(?:['’-][^\W\d_{_WIDE}]++)*")
#: What may stand inside of a word of more than one character.
_GOES_ON = regex(rf"[^\W{_WIDE}]|['’-]")
_PAIRS = dict(zip("（(「『“《【[〈〔［", "）)」』”》】]〉〕］", strict=True))
_OPENERS = {closer: opener for opener, closer in _PAIRS.items()}
_MARKS = regex(r"\*++|_++|~~++|[（()）「」『』“”《》【】\[\]〈〉〔〕［］]")


class InlineSpan(NamedTuple):
    """A part of a leaf that no cut may divide; ``words`` is the range of a link's text, else empty."""

    kind: str
    start: int
    end: int
    words: tuple[int, int] = (0, 0)


class Marks(NamedTuple):
    """The inline parts of a leaf.

    ``starts`` and ``ends`` are those of the parts that no cut may divide, disjoint and rising; ``ticks`` are the
    places of marks that have a partner (rising), ``partners`` the places of these, ``widths`` their lengths.
    ``alone`` counts the marks of strong emphasis that have none.
    """

    starts: list[int]
    ends: list[int]
    ticks: list[int]
    partners: list[int]
    widths: list[int]
    alone: int

    def divides(self, at: int) -> bool:
        """Tell whether a cut at an offset goes through a part or a mark."""
        index = bisect_left(self.starts, at) - 1
        if index >= 0 and at < self.ends[index]:
            return True
        index = bisect_left(self.ticks, at) - 1
        return index >= 0 and at < self.ticks[index] + self.widths[index]

    def empties(self, start: int, end: int) -> bool:
        """Tell whether a cut takes all that stands between a mark and its partner."""
        for width in (1, 2):
            index = bisect_left(self.ticks, start - width)
            if index < len(self.ticks) and self.ticks[index] + self.widths[index] == start:
                return self.partners[index] == end
        return False

    def torn(self, start: int, end: int) -> int:
        """Give the place of a mark in a range whose partner is outside of it, -1 if there is none."""
        for index in range(bisect_left(self.ticks, start), bisect_right(self.ticks, end - 1)):
            if not start <= self.partners[index] < end:
                return self.ticks[index]
        return -1


def inline_spans(flat: str, start: int, end: int, markdown: bool = True) -> Iterator[InlineSpan]:
    """Give the code, links, images, addresses, tags and math in a range, in order and disjoint."""
    code = iter(code_spans(flat, start, end)) if markdown and flat.find("`", start, end) >= 0 else iter(())
    at = start
    for span in code:
        yield from _between(flat, at, span.start, markdown)
        yield InlineSpan("code", span.start, span.end)
        at = span.end
    yield from _between(flat, at, end, markdown)


def _between(flat: str, start: int, end: int, markdown: bool) -> Iterator[InlineSpan]:
    if _SIGNS.search(flat, start, end) is None:
        return
    for match in _INLINE.finditer(flat, start, end):
        kind = match.lastgroup or ""
        if match["link"] is not None:
            kind = "link"
        elif match["html"] is not None:
            kind = "html"
        if kind == "escape" and not markdown:
            continue
        yield InlineSpan(kind, match.start(), match.end(), match.span("words") if kind == "link" else (0, 0))


def read_inline(flat: str, start: int, end: int, markdown: bool) -> Marks:
    """Find what no cut may divide in a leaf, and the partners of its marks."""
    spans = list(inline_spans(flat, start, end, markdown))
    pairs: list[tuple[int, int, int]] = []
    waiting: dict[str, list[int]] = {}
    at, alone = start, 0
    for span in [*spans, InlineSpan("", end, end)]:
        for mark in _MARKS.finditer(flat, at, span.start):
            sign = mark[0]
            if sign in _PAIRS:
                waiting.setdefault(sign, []).append(mark.start())
            elif sign in _OPENERS:
                opened = waiting.get(_OPENERS[sign])
                if opened:
                    pairs.append((opened.pop(), mark.start(), 1))
            elif markdown:
                paired = len(pairs)
                strong = _emphasis(flat, mark, waiting, pairs)
                alone += strong - 2 * sum(pair[2] == 2 and sign[0] != "~" for pair in pairs[paired:])
        at = span.end
    ends = sorted([(a, b, w) for a, b, w in pairs] + [(b, a, w) for a, b, w in pairs])
    return Marks(
        [span.start for span in spans], [span.end for span in spans],
        [tick for tick, _, _ in ends], [partner for _, partner, _ in ends], [width for _, _, width in ends],
        alone,
    )  # fmt: skip


def _emphasis(flat: str, mark: re.Match[str], waiting: dict[str, list[int]], pairs: list[tuple[int, int, int]]) -> int:
    """Pair a run of emphasis marks with the one before it that waits; give the marks of strong emphasis in it.

    Signs between blanks, and underscores inside a word, are none.
    """
    begin, stop = mark.span()
    before, behind = flat[begin - 1 : begin] or "\n", flat[stop : stop + 1] or "\n"
    if before.isspace() and behind.isspace():
        return 0
    if mark[0][0] == "_" and before.isalnum() and behind.isalnum():
        return 0
    parts = _parts(mark[0])
    for sign in parts:
        opened = waiting.setdefault(sign, [])
        if opened and not before.isspace():
            pairs.append((opened.pop(), begin, len(sign)))
        elif not behind.isspace():
            opened.clear()
            opened.append(begin)
        begin += len(sign)
    return sum(sign in ("**", "__") for sign in parts)


def _parts(run: str) -> list[str]:
    """Divide a run of marks into those of strong and of plain emphasis."""
    if run[0] == "~":
        return [run]
    return [run[:2]] * (len(run) // 2) + [run[0]] * (len(run) % 2)


def words_in(flat: str, start: int, end: int, markdown: bool) -> list[int]:
    """Give where the words of a leaf begin; addresses, images, code, tags and math have none."""
    at, found = start, []
    for span in inline_spans(flat, start, end, markdown):
        found += [word.start() for word in WORD.finditer(flat, at, span.start)]
        at = span.end
        if span.kind == "link":
            # Badges are images in a link; a link's text may hold code, but no link.
            found += words_in(flat, *span.words, markdown)
    return found + [word.start() for word in WORD.finditer(flat, at, end)]


def count_words(flat: str, start: int, end: int, begin: int) -> int:
    """Count the words that begin in a range of what holds words alone and begins at ``begin``."""
    at = start
    while at > begin and _GOES_ON.match(flat, at - 1):
        at -= 1
    stop = end
    while stop < len(flat) and _GOES_ON.match(flat, stop):
        stop += 1
    return sum(start <= word.start() < end for word in WORD.finditer(flat, at, stop))
