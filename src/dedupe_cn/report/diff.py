"""The changes as a unified diff that ``git apply`` takes, in the bytes of the files themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dedupe_cn.regex import regex
from dedupe_cn.report.changes import Block, changes
from dedupe_cn.report.run import Run

#: Unchanged lines around a change, as diff and git show them.
CONTEXT = 3
#: Bytes that git writes as escapes in a name, between quotation marks then.
_QUOTED = regex(rb'[\x00-\x1f"\\\x7f-\xff]')
_LETTERS = {7: b"a", 8: b"b", 9: b"t", 10: b"n", 11: b"v", 12: b"f", 13: b"r", 34: b'"', 92: b"\\"}
_NO_NEWLINE = b"\\ No newline at end of file\n"


def render(run: Run, name: Callable[[str], str] = str) -> Iterator[bytes]:
    """Write the diff of every file whose bytes change, under the ``name`` that is made of its path.

    Lines keep the encoding they have in the file; where a run converts it, the old lines stand in the old encoding and
    the new ones in the new one, as ``git diff`` would show it after the change.
    """
    for result in run.results:
        if result.data is not None and result.data[0] != result.data[1]:
            yield from patch(name(result.path), *result.data)


def patch(path: str, before: bytes, after: bytes) -> Iterator[bytes]:
    """Give the lines of the diff of one file; line ends are part of the lines, so a changed one shows."""
    old_name, new_name = (_name(side, path) for side in (b"a/", b"b/"))
    # git ends a name with white space in it by a TAB.
    tab = b"\t" if " " in path else b""
    yield b"diff --git %b %b\n" % (old_name, new_name)
    yield b"--- %b%b\n" % (old_name, tab)
    yield b"+++ %b%b\n" % (new_name, tab)
    old, new = _lines(before), _lines(after)
    for head, hunk, lead, trail in hunks(changes(old, new), len(old), len(new)):
        yield b"%b\n" % head.encode()
        at = lead
        for start, end, new_start, new_end in hunk:
            yield from _marked(b" ", old[at:start])
            yield from _marked(b"-", old[start:end])
            yield from _marked(b"+", new[new_start:new_end])
            at = end
        yield from _marked(b" ", old[at:trail])


def hunks(blocks: Sequence[Block], old: int, new: int) -> Iterator[tuple[str, list[Block], int, int]]:
    """Group changes whose context touches.

    Gives the head of each hunk, its changes, and where its context begins and ends in the old lines, of which there are
    ``old``; ``new`` counts the new ones.
    """
    for hunk in _grouped(blocks):
        first, last = hunk[0], hunk[-1]
        lead = min(CONTEXT, first[0], first[2])
        trail = min(CONTEXT, old - last[1], new - last[3])
        begin, end = first[0] - lead, last[1] + trail
        head = f"@@ -{_range(begin, end)} +{_range(first[2] - lead, last[3] + trail)} @@"
        yield head, hunk, begin, end


def _grouped(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    hunk: list[Block] = []
    for block in blocks:
        if hunk and block[0] - hunk[-1][1] > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    if hunk:
        yield hunk


def _range(start: int, end: int) -> str:
    """Write a range as diffs do: an empty one names the line before it."""
    count = end - start
    return f"{start + 1}" if count == 1 else f"{start + 1 if count else start},{count}"


def _lines(data: bytes) -> list[bytes]:
    """Split behind line feeds only (``splitlines`` knows more ends than diffs do)."""
    lines = data.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def _marked(mark: bytes, lines: Sequence[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield mark + line
        if not line.endswith(b"\n"):
            yield b"\n" + _NO_NEWLINE


def _name(side: bytes, path: str) -> bytes:
    """Write a name as git does: quoted, in octal, when it holds more than plain ASCII."""
    raw = side + path.lstrip("/").encode("utf-8", "surrogateescape")
    if not _QUOTED.search(raw):
        return raw
    return b'"%b"' % _QUOTED.sub(lambda m: b"\\" + _LETTERS.get(m[0][0], b"%03o" % m[0][0]), raw)
