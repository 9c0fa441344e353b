"""Find the records of a plain text around places in it, without reading the rest."""

from __future__ import annotations

from functools import cached_property

from dedupe_cn.text.characters import with_line_feeds
from dedupe_cn.text.records import LONGEST, fields_of, record_lines

#: With one of these JSON or a statement of SQL begins.
_DATA = frozenset("{[iruscdaIRUSCDA")


class RecordRuns:
    """Tells of places, asked for in their order, whether they lie in a record.

    A run is all lines in a row with as many fields between the same signs. The last one is remembered, so that many
    places in one cost no more than the run.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._line = (0, -1)
        self._run = (0, -1)
        self._records = False

    @cached_property
    def _flat(self) -> str:
        return with_line_feeds(self._text)

    def line(self, at: int) -> tuple[int, int]:
        """Give where the line begins that holds a place, and where its line end stands."""
        if not self._line[0] <= at <= self._line[1]:
            stop = self._flat.find("\n", at)
            self._line = self._flat.rfind("\n", 0, at) + 1, len(self._flat) if stop < 0 else stop
        return self._line

    def keep(self, start: int, end: int) -> bool:
        """Tell whether the white space ``[start, end)`` at the end of a line may be a part of a record.

        Behind fields between TABs, TABs at the end are empty fields in a line alone too.
        """
        if self._text.find("\t", start, end) >= 0 and _has_inner_tab(self._flat[slice(*self.line(start))]):
            return True
        return self.holds(start)

    def holds(self, at: int) -> bool:
        """Tell whether the line at a place is a record; alone it is one when it is JSON or SQL."""
        start, stop = self.line(at)
        line = self._flat[start:stop]
        if not self._run[0] <= start <= self._run[1]:
            self._read_run(start, stop, line)
        return self._records

    def _read_run(self, start: int, stop: int, line: str) -> None:
        shape = _shape(line)
        self._run, self._records = (start, stop), False
        if not shape[1]:
            self._records = line.lstrip()[:1] in _DATA and any(record_lines([line]))
            return
        above = start
        while above:
            head = self._flat.rfind("\n", 0, above - 1) + 1
            if _shape(self._flat[head : above - 1]) != shape:
                break
            above = head
        while stop < len(self._flat):
            below = self._flat.find("\n", stop + 1)
            below = len(self._flat) if below < 0 else below
            if _shape(self._flat[stop + 1 : below]) != shape:
                break
            stop = below
        self._run = above, stop
        lines = self._flat[above:stop].split("\n")
        if shape[0] == "\t":
            self._records = len(lines) > 1 and any(map(_has_inner_tab, lines))
        else:
            self._records = any(record_lines(lines))


def _shape(line: str) -> tuple[str, int]:
    """Give what parts the fields of a line, and how often it stands there; TABs at its ends are empty fields."""
    if "\t" in line and len(line) <= LONGEST:
        return "\t", line.count("\t")
    return fields_of(line)


def _has_inner_tab(line: str) -> bool:
    return "\t" in line.strip()
