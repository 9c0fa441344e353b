"""Twice the removals take about twice the time, in every format."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from dedupe_cn.cli.messages import Say
from dedupe_cn.model import Edit, FileResult, Level, Outcome, Removal, Span
from dedupe_cn.reasons import Reason
from dedupe_cn.report import diff, diff_view, github, gitlab, json, jsonl, sarif, text
from dedupe_cn.report.run import Run

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


def run_of(count: int, end: str) -> Run:
    """Make a text in which every clause stands twice, ``end`` behind each: lines, or one line."""
    clauses = [f"第{i:06}句话说的是院子里的桂花" + end for i in range(count)]
    size = len(clauses[0])
    removals = tuple(
        Removal(
            "tandem",
            Span((2 * i + 1) * size, (2 * i + 2) * size - 1),
            Span(2 * i * size, (2 * i + 1) * size - 1),
            size,
            Reason("tandem"),
            applied=True,
            level=Level.SAFE,
        )
        for i in range(count)
    )
    edits = tuple(Edit((2 * i + 1) * size, (2 * i + 2) * size, "", "tandem") for i in range(count))
    before, after = "".join(clause * 2 for clause in clauses), "".join(clauses)
    outcome = Outcome(before, after, edits, removals)
    result = FileResult("a.md", outcome, "utf-8", changed=True, data=(before.encode(), after.encode()))
    return Run(Level.SAFE, (result,), preview=True)


@pytest.mark.parametrize("end", ["\n", "，"], ids=["lines", "one-line"])
@pytest.mark.parametrize("name", FORMATS)
def test_linear(name: str, end: str) -> None:
    def cost(run: Run) -> float:
        runs = []
        for _ in range(3):  # the least of three: what else the machine does only ever adds
            started = time.process_time()
            assert FORMATS[name](run)
            runs.append(time.process_time() - started)
        return min(runs)

    small, large = run_of(1_500, end), run_of(12_000, end)
    assert cost(large) < 24 * cost(small) + 0.05  # eight times as much; quadratic would be 64 times
