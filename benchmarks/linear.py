"""Hold every step that could grow with the square of its input to growing in proportion.

    python benchmarks/linear.py [--only NAME]

Each row takes one input at its size and at 4 or 8 times that, in this process; the CPU seconds are the least of some
runs, for what else the machine does only ever adds. What grows with the square takes 16 or 64 times as long. Exit
code 1 when a ratio is above what is allowed. ``scaling.py`` takes the whole command and texts of full size.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from hostile import CASES
from measure import machine

from dedupe_cn import clean
from dedupe_cn.cli.messages import Say
from dedupe_cn.compare.differences import compare
from dedupe_cn.compare.passages import read_passage
from dedupe_cn.compare.tokens import find_tokens
from dedupe_cn.model import Edit, FileResult, Kind, Level, Outcome, Removal, Span
from dedupe_cn.reasons import Reason
from dedupe_cn.report import diff, diff_view, github, gitlab, json, jsonl, sarif, text
from dedupe_cn.report.run import Run
from dedupe_cn.settings import TIDY_DEFAULT, TIDY_ON_REQUEST
from dedupe_cn.text.segments import protected_spans
from dedupe_cn.tidy import tidy
from dedupe_cn.tidy.zones import Zones

#: Runs of a step, at least, and CPU seconds they take together, at least.
RUNS, ENOUGH = 3, 0.1
#: Share of the full size of a hostile text; so few nested marks would take no time.
SCALE, SCALES = 0.004, {"10^5 nested marks": 0.25}
#: How many times as long four times a hostile text may take. One line takes four times as
#: long in user mode from 0.8 to 50 MB; the kernel, which gives out its memory, adds between nothing and two thirds.
MOST, MOSTS = 5.0, {"one line of 200 MB": 8.0}

SAY = Say("en")
FORMATS: dict[str, Callable[[Run], object]] = {
    "text": lambda run: text.render(run, SAY, verbose=True, columns=80),
    "json": json.render,
    "jsonl": jsonl.render,
    "github": lambda run: github.render(run, SAY, verbose=True),
    "gitlab": lambda run: gitlab.render(run, SAY, verbose=True),
    "sarif": lambda run: sarif.render(run, SAY, "1.0.0", verbose=True),
    "diff": lambda run: b"".join(diff.render(run)),
    "view": lambda run: "".join(diff_view.render(run, SAY)),
}
#: Pieces of which a long row makes a careless pattern for tokens go back and forth, and what stands before the row:
#: behind an address links are looked for too, which else is done only where a sign of one stands.
ROWS = [("", piece) for piece in ("a_", "a.", "a::", "`a", "[a", "a/", "一", "1")]
ROWS += [("见 x@y.org ", piece) for piece in ("a", "a+", "_", "-", "ab.", "a-b.", "_a.", "a.com/", "a.com-")]
#: The same for the rules of tidying; the last ones mean nothing outside of Markdown.
PIECES = (
    *(" ", "\t", "\n", "\r", "　", "\n ", "  \n", "　 ", "a  \n", "\r\r\n", "\x00a", "\u200b", "\u0301", "\xa0"),
    *("&", "&amp;", "&#65345;", "１.", "中 ", "第", "    中。\n"),
)
MARKUP = ("`", "`` ` ", "```\n", "- ```\n", "> ", "](", "<a", "$a")
#: What gives every rule work: without any it reads no block of what stands before.
WORK = " \n１2,Ａ中a\n\n\n\n好&amp;"
#: Repairs of misread text do not look at layout.
RULES = frozenset(TIDY_DEFAULT + TIDY_ON_REQUEST) - {"mojibake"}


@dataclass(frozen=True, slots=True)
class Growth:
    """``prepare`` makes an input of so many times its size, and gives the work on it.

    ``times`` is how much larger the second input is, ``most`` how many times as long it may take.
    """

    prepare: Callable[[int], Callable[[], object]]
    times: int
    most: float


def cleaning(name: str, times: int) -> Callable[[], object]:
    """Clean a hostile text."""
    case = CASES[name](SCALES.get(name, SCALE) * times)
    return partial(clean, case.text, "standard", kind=Kind.MARKDOWN if case.markdown else Kind.TEXT)


def reporting(name: str, end: str, times: int) -> Callable[[], object]:
    """Report on a text in which each of 1,500 clauses stands twice, ``end`` behind each: lines, or one line."""
    clauses = [f"第{i:06}句话说的是院子里的桂花" + end for i in range(1_500 * times)]
    size = len(clauses[0])
    removals, edits = [], []
    for start in range(0, 2 * size * len(clauses), 2 * size):
        copy, kept = Span(start + size, start + 2 * size - 1), Span(start, start + size - 1)
        removals.append(Removal("tandem", copy, kept, size, Reason("tandem"), applied=True, level=Level.SAFE))
        edits.append(Edit(start + size, start + 2 * size, "", "tandem"))
    before, after = "".join(clause * 2 for clause in clauses), "".join(clauses)
    outcome = Outcome(before, after, tuple(edits), tuple(removals))
    result = FileResult("a.md", outcome, "utf-8", changed=True, data=(before.encode(), after.encode()))
    return partial(FORMATS[name], Run(Level.SAFE, (result,), preview=True))


def finding_tokens(before: str, piece: str, times: int) -> Callable[[], object]:
    """Find the tokens of a row of 10,000 pieces."""
    return partial(find_tokens, read_passage(before + piece * 10_000 * times))


def comparing_rows(unit: str, times: int) -> Callable[[], object]:
    """Compare 20,000 characters, all copies of one unit, with two thirds of them and with some of them changed."""
    row = unit * (20_000 * times // len(unit))
    shorter, changed = row[: len(row) * 2 // 3], "不" + row.replace(unit, "是", 30)
    return lambda: (compare(row, shorter), compare(row, changed))


def comparing_one_place(times: int) -> Callable[[], object]:
    """Compare 60,000 characters with the same that have a comma more in the middle."""
    page = "".join(chr(0x4E00 + i * 7919 % 20_000) for i in range(60_000 * times))
    half = len(page) // 2
    return partial(compare, page, f"{page[:half]}，{page[half:]}")


def comparing_ten_places(times: int) -> Callable[[], object]:
    """Compare a page of 11,000 characters with one that has another character in ten places and more."""
    page = "".join(chr(0x4E00 + i * 7919 % 6_000) + ("，" if i % 9 == 8 else "") for i in range(11_000 * times))
    changed = list(page)
    for at in range(500 * times, 11_000 * times, 1_000 * times):
        changed[at] = "齉"
    return partial(compare, page, "".join(changed))


def tidying(piece: str, kind: Kind, times: int) -> Callable[[], object]:
    """Tidy 20,000 characters, all copies of one piece, by every rule."""
    row = f"中{piece * (20_000 * times // len(piece))}文{WORK}"
    return lambda: tidy(row, kind, RULES, "keep", lambda here: Zones(*protected_spans(here, kind)))


GROWTHS: dict[str, Growth] = {
    **{f"clean {name}": Growth(partial(cleaning, name), 4, MOSTS.get(name, MOST)) for name in CASES},
    **{
        f"report {name}, {where}": Growth(partial(reporting, name, end), 8, 24.0)
        for name in FORMATS
        for where, end in (("lines", "\n"), ("one line", "，"))
    },
    **{f"tokens {before + piece!r}": Growth(partial(finding_tokens, before, piece), 4, 10.0) for before, piece in ROWS},
    **{f"compare {unit!r}": Growth(partial(comparing_rows, unit), 4, 10.0) for unit in ("啊", "甲乙丙丁。\n", "（）")},
    "compare one place": Growth(comparing_one_place, 4, 10.0),
    "compare ten places": Growth(comparing_ten_places, 4, 10.0),
    **{
        f"tidy {piece!r}, {kind}": Growth(partial(tidying, piece, kind), 8, 20.0)
        for kind, pieces in ((Kind.TEXT, PIECES), (Kind.MARKDOWN, PIECES + MARKUP))
        for piece in pieces
    },
}


def least_seconds(work: Callable[[], object]) -> float:
    """Give the least CPU seconds of some runs."""
    seconds: list[float] = []
    while len(seconds) < RUNS or sum(seconds) < ENOUGH:
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def main() -> int:
    """Measure and print; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="the rows whose name holds this")
    options = parser.parse_args()
    print(f"{machine()}\n\n| step | CPU s | times | CPU s | ratio | at most |\n|---|---|---|---|---|---|")
    above = []
    for name, growth in GROWTHS.items():
        if options.only not in name:
            continue
        small, large = (least_seconds(growth.prepare(times)) for times in (1, growth.times))
        if large > growth.most * small:
            above.append(name)
        seconds = f"{small:.4f} | {growth.times} × | {large:.4f}"
        print(f"| {name} | {seconds} | {large / small:.2f} | {growth.most:.0f} |", flush=True)
    print(f"\nabove what is allowed: {', '.join(above) or 'none'}")
    return int(bool(above))


if __name__ == "__main__":
    sys.exit(main())
