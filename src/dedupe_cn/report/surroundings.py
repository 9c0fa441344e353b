"""The lines of a document around its passages, for a page that shows where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dedupe_cn.model import Span
from dedupe_cn.report.excerpt import reveal
from dedupe_cn.report.places import Places
from dedupe_cn.text.characters import with_line_feeds

#: Lines on either side of a passage, blank ones not counted, and characters of each.
LINES, LENGTH = 3, 80
#: Characters on either side that are looked through for them, so that a text of one line takes no longer than others.
_WINDOW = 2_000
_MORE = "…"


class Surroundings:
    """The lines of one text that stand around passages, by number; one that several need is held once.

    A text that is a part of another one has some lines of that ``above`` it.
    """

    def __init__(self, text: str, places: Places, above: int = 0) -> None:
        self._text, self._places, self._above = with_line_feeds(text), places, above
        self.lines: dict[int, str] = {}

    def of(self, span: Span) -> list[Any]:
        """Note the lines around a passage.

        Gives the numbers of those before and behind, and what stands in front of it and behind it in its own lines.
        """
        first = self._places.at(span.start)[0] + self._above
        last = first + self._text.count("\n", span.start, span.end)
        start, end = max(0, span.start - _WINDOW), min(len(self._text), span.end + _WINDOW)
        *above, head = self._text[start : span.start].split("\n")
        tail, *below = self._text[span.end : end].split("\n")
        if above and start:
            above[0] = f"{_MORE}{above[0]}"
        before = self._note(first, -1, above[::-1])
        return [before[::-1], self._note(last, 1, below), _end_of(head), _begin_of(tail)]

    def _note(self, number: int, step: int, lines: Sequence[str]) -> list[int]:
        """Note the first lines that are not blank, and give their numbers."""
        found: list[int] = []
        for line in lines:
            number += step
            shown = _end_of(line) if line.startswith(_MORE) else _begin_of(line)
            if shown and len(found) < LINES:
                self.lines.setdefault(number, shown)
                found.append(number)
        return found


def _begin_of(line: str) -> str:
    shown = " ".join(line[: LENGTH + 1].split())
    return reveal(shown[:LENGTH]) + (_MORE if len(line) > LENGTH and shown else "")


def _end_of(line: str) -> str:
    shown = " ".join(line[-LENGTH - 1 :].split())
    return (_MORE if len(line) > LENGTH and shown else "") + reveal(shown[-LENGTH:])
