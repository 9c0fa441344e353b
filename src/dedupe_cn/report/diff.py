"""The changes as a unified diff."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from dedupe_cn.report.excerpt import escape
from dedupe_cn.report.run import Run
from dedupe_cn.report.text import Paint, plain

CONTEXT = 3
#: Gaps between anchors up to this many lines are compared line by line; larger ones are replaced whole, so
#: that the time stays linear.
_SMALL = 400

Block = tuple[int, int, int, int]


def render(run: Run, paint: Paint = plain, *, safe: bool = False) -> str:
    """Write the diff of every file whose text changes; ``safe`` escapes what a terminal might obey."""
    return "".join(
        line
        for result in run.results
        if result.outcome is not None and result.outcome.changed
        for line in unified(result.path, result.outcome.original, result.outcome.text, paint, safe=safe)
    )


def unified(path: str, before: str, after: str, paint: Paint = plain, *, safe: bool = False) -> Iterator[str]:
    """Give the lines of a unified diff; line ends are part of the lines, so a changed one shows."""
    name = escape(path)
    old, new = _lines(before), _lines(after)
    yield paint("place", f"--- a/{name}") + "\n"
    yield paint("place", f"+++ b/{name}") + "\n"
    for hunk in _hunks(changes(old, new)):
        first, last = hunk[0], hunk[-1]
        a, b = _with_context(first, last, len(old), len(new))
        yield paint("hunk", f"@@ -{_range(a)} +{_range(b)} @@") + "\n"
        at = a[0]
        for start, end, new_start, new_end in hunk:
            yield from _show(" ", "", old[at:start], paint, safe)
            yield from _show("-", "taken", old[start:end], paint, safe)
            yield from _show("+", "added", new[new_start:new_end], paint, safe)
            at = end
        yield from _show(" ", "", old[at : a[1]], paint, safe)


def changes(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Find what is replaced: ``old[a:b]`` by ``new[c:d]``, in order, in nearly linear time.

    Equal lines are paired by their number of occurrence; the longest rising chain of pairs anchors the rest.
    """
    blocks: list[Block] = []
    a = b = 0
    for i, j in [*_anchors(old, new), (len(old), len(new))]:
        if i > a or j > b:
            blocks += _between(old, new, (a, i, b, j))
        a, b = i + 1, j + 1
    return blocks


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for j, line in enumerate(new):
        if line.strip():
            places[line].append(j)
    used: dict[str, int] = defaultdict(int)
    pairs: list[tuple[int, int]] = []
    for i, line in enumerate(old):
        if line in places and used[line] < len(places[line]):
            pairs.append((i, places[line][used[line]]))
            used[line] += 1
    return _longest_rising(pairs)


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the longest chain in which the second numbers rise too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for k, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [j]
        ends[place : place + 1] = [k]
    chain: list[tuple[int, int]] = []
    k = ends[-1] if ends else -1
    while k >= 0:
        chain.append(pairs[k])
        k = before[k]
    return chain[::-1]


def _between(old: Sequence[str], new: Sequence[str], gap: Block) -> list[Block]:
    a, i, b, j = gap
    if a == i or b == j or i - a + j - b > _SMALL:
        return [gap]
    matcher = SequenceMatcher(None, old[a:i], new[b:j], autojunk=False)
    return [(a + s, a + e, b + t, b + f) for tag, s, e, t, f in matcher.get_opcodes() if tag != "equal"]


def _hunks(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Group changes whose context touches."""
    hunk: list[Block] = []
    for block in blocks:
        if hunk and block[0] - hunk[-1][1] > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    if hunk:
        yield hunk


def _with_context(first: Block, last: Block, old: int, new: int) -> tuple[tuple[int, int], tuple[int, int]]:
    lead = min(CONTEXT, first[0], first[2])
    trail = min(CONTEXT, old - last[1], new - last[3])
    return (first[0] - lead, last[1] + trail), (first[2] - lead, last[3] + trail)


def _range(lines: tuple[int, int]) -> str:
    """Write a range as diffs do: an empty one names the line before it."""
    start, end = lines
    count = end - start
    return f"{start + 1}" if count == 1 else f"{start + 1 if count else start},{count}"


def _lines(text: str) -> list[str]:
    """Split behind line feeds only (``splitlines`` knows many more ends than diffs do)."""
    lines = text.split("\n")
    last = lines.pop()
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _show(mark: str, role: str, lines: Sequence[str], paint: Paint, safe: bool) -> Iterator[str]:
    for line in lines:
        body = line.removesuffix("\n")
        shown = mark + (escape(body, keep="\t") if safe else body)
        yield (paint(role, shown) if role else shown) + "\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"
