"""The changes for a person at a terminal: what changed inside a line is marked, long unchanged stretches are left out.

Chinese paragraphs are single lines of hundreds of characters, of which often three have changed. This is not a diff for
programs: that is :mod:`dedupe_cn.report.diff`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dedupe_cn.model import FileResult, Outcome
from dedupe_cn.report.changes import Block, changes, passage_changes
from dedupe_cn.report.diff import hunks
from dedupe_cn.report.excerpt import escape, head, tail, width
from dedupe_cn.report.run import Run
from dedupe_cn.report.words import Paint, Say, plain

#: Columns when nobody knows the width of the terminal.
COLUMNS = 100
#: Columns of unchanged text that are shown on either side of a change inside of a line.
_AROUND = 16
#: Rows that a changed stretch, or a line without a change inside, takes at most.
_ROWS = 6
#: Between which signs a change inside of a line stands where there are no colours.
_SIGNS = {"taken-word": ("[-", "-]"), "added-word": ("{+", "+}")}
_GOES_ON = "↳"

Range = tuple[int, int]


class ColouredText(NamedTuple):
    """A stretch of a line and the role that colours it."""

    role: str
    text: str


def render(run: Run, say: Say, paint: Paint = plain, columns: int = COLUMNS) -> Iterator[str]:
    """Show the changes of every file, line by line, ``columns`` wide."""
    for result in run.results:
        if result.outcome is not None and (result.changed or result.outcome.changed):
            yield from _file(result, result.outcome, say, paint, columns)


def _file(result: FileResult, outcome: Outcome, say: Say, paint: Paint, columns: int) -> Iterator[str]:
    yield from view(result.path, outcome.original, outcome.text, paint, columns)
    unseen = list(result.notes)
    if not outcome.changed:
        unseen = [*(f"{rule} {count:,}" for rule, count in outcome.edit_counts.items()), *unseen]
    if unseen:
        yield paint("dim", say("would-tidy", list=say("comma").join(unseen))) + "\n"


def view(path: str, before: str, after: str, paint: Paint = plain, columns: int = COLUMNS) -> Iterator[str]:
    """Show the changes of one text."""
    name = escape(path)
    yield paint("place", f"--- a/{name}") + "\n"
    yield paint("place", f"+++ b/{name}") + "\n"
    if before == after:
        return
    signs = paint("taken-word", ".") == "."
    old, new = _lines(before), _lines(after)
    for title, hunk, lead, trail in hunks(changes(old, new), len(old), len(new)):
        yield paint("hunk", title) + "\n"
        at = lead
        for block in hunk:
            start, end, _, _ = block
            yield from _unchanged(old[at:start], paint, columns)
            yield from _replaced(old, new, block, paint, columns, signs)
            at = end
        yield from _unchanged(old[at:trail], paint, columns)


def _unchanged(lines: Sequence[str], paint: Paint, columns: int) -> Iterator[str]:
    """Show context: its beginning is enough to know the place."""
    for line in lines:
        body = escape(line[: _end(line, ())], keep="\t").expandtabs(4)
        yield " " + _clip(body, columns - 1) + "\n"
        yield from _without_newline(line, paint)


def _replaced(
    old: Sequence[str], new: Sequence[str], block: Block, paint: Paint, columns: int, signs: bool
) -> Iterator[str]:
    """Show the lines that go and the lines that come, with what differs inside of them marked."""
    a, b, c, d = block
    going, coming = "".join(old[a:b]), "".join(new[c:d])
    inner = passage_changes(going, coming) if going and coming else [(0, len(going), 0, len(coming))]
    for mark, role, lines, ranges in (
        ("-", "taken", old[a:b], [(start, end) for start, end, _, _ in inner]),
        ("+", "added", new[c:d], [(start, end) for _, _, start, end in inner]),
    ):
        at = first = 0
        for line in lines:
            while first < len(ranges) and ranges[first][1] <= at and ranges[first][0] < at:
                first += 1
            last = first
            while last < len(ranges) and ranges[last][0] < at + len(line):
                last += 1
            own = [(max(0, start - at), min(len(line), end - at)) for start, end in ranges[first:last]]
            for row, pieces in enumerate(_rows(_pieces(line, own, role, signs, columns), columns - 1)):
                yield paint(role, _GOES_ON if row else mark) + "".join(paint(*piece) for piece in pieces) + "\n"
            yield from _without_newline(line, paint)
            at += len(line)


def _pieces(line: str, changed: Sequence[Range], role: str, signs: bool, columns: int) -> Iterator[ColouredText]:
    """Cut a line into what changed and what did not; a line that changed from end to end is one piece."""
    body = line[: _end(line, changed)]
    word = f"{role}-word"
    opening, closing = _SIGNS[word] if signs else ("", "")
    most = _ROWS * columns
    if not changed or (changed[0][0] == 0 and changed[0][1] >= len(body)):
        yield ColouredText(role, _clip(escape(body), most))
        return
    at = 0
    for start, end in changed:
        yield ColouredText(role, _stretch(body[at:start], bool(at), True))
        if start < end:
            # A line end that changed has nothing else to be seen by.
            yield ColouredText(word, opening + _clip(escape(body[start:end]) or "\\n", most) + closing)
        at = end
    yield ColouredText(role, _stretch(body[at:], True, False))


def _end(line: str, changed: Sequence[Range]) -> int:
    """Give where the end of a line begins. A carriage return belongs to it, unless it is what changed in it."""
    end = len(line.removesuffix("\n"))
    if end == len(line) or not line[:end].endswith("\r"):
        return end
    return end if any(start < end == stop for start, stop in changed) else end - 1


def _stretch(text: str, behind: bool, before: bool) -> str:
    """Show an unchanged stretch that stands ``behind`` a change, ``before`` one, or between two."""
    room = _AROUND * (behind + before)
    if len(text) > 8 * room:
        text = text[: 4 * room] + "\n" + text[-4 * room :]
    text = escape(text)
    if width(text) <= room + 2:  # an ellipsis for one wide character hides more than it saves
        return text
    return (head(text, _AROUND) if behind else "") + "…" + (tail(text, _AROUND) if before else "")


def _clip(text: str, columns: int) -> str:
    """Show a long text by its beginning and its end."""
    if len(text) <= columns and width(text) <= columns:
        return text
    room = columns - 1
    return head(text, room - room // 4) + "…" + tail(text, room // 4)


def _rows(pieces: Iterator[ColouredText], columns: int) -> Iterator[list[ColouredText]]:
    """Break pieces into rows; a wide character never hangs over the edge."""
    row: list[ColouredText] = []
    room = columns
    for role, text in pieces:
        while text:
            part = head(text, room)
            if not part and row:
                yield row
                row, room = [], columns
                continue
            part = part or text[0]
            row.append(ColouredText(role, part))
            room -= width(part)
            text = text[len(part) :]
    yield row


def _without_newline(line: str, paint: Paint) -> Iterator[str]:
    if not line.endswith("\n"):
        yield paint("dim", "\\ No newline at end of file") + "\n"


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    last = lines.pop()
    return [f"{line}\n" for line in lines] + ([last] if last else [])
