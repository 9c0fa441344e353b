"""A removal in a terminal: the passage can be read, whatever its width."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dedupe_cn.cli.messages import Say
from dedupe_cn.model import Edit, FileResult, Level, Outcome, Removal, Span
from dedupe_cn.reasons import Reason
from dedupe_cn.report import text as text_report
from dedupe_cn.report.excerpt import width
from dedupe_cn.report.run import Run

WHY = Reason("tandem")
LONG = Removal("tandem", Span(0, 200), Span(200, 400), 200, WHY, applied=True, id="0123456789abcdef")
OUTCOME = Outcome("很长的一句话，" * 60, "", (), (LONG,))


def shown(language: str, columns: int | None, path: str = "b.md", verbose: bool = False) -> list[str]:
    """Give the lines of the removal in a report; its summary begins with a number."""
    run = Run(Level.STANDARD, (FileResult(path, OUTCOME),))
    text = text_report.render(run, Say(language), columns=columns, verbose=verbose)
    lines = text.splitlines()
    return lines[: next(at for at, line in enumerate(lines) if line[0] == "1")]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [40, 60, 80, 100])
@pytest.mark.parametrize("path", ["b.md", "稿件/二〇二四/b.md", "稿件/二〇二四/第十一章初稿/b.md"])
def test_a_passage_can_be_read_and_no_row_hangs_over_the_edge(language: str, columns: int, path: str) -> None:
    for verbose in (False, True):
        lines = shown(language, columns, path, verbose)
        (quoted,) = (line for line in lines if "很长" in line)
        assert width(re.split('[“”"]', quoted)[1]) >= 23
        assert all(line.startswith("  ") for line in lines[1:])
        assert all(width(line) <= columns for line in lines)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_line_where_it_fits(language: str) -> None:
    (whole,) = shown(language, None)
    assert shown(language, 200) == [whole]
    # Cut a little to stay in its line, and whole in a line of its own before it is cut much.
    assert len(shown(language, width(whole) - 1)) == len(shown(language, width(whole) - 10)) == 1
    lines = shown(language, width(whole) - 14)
    assert len(lines) == 2
    assert lines[1].strip() in whole
    assert shown(language, None, verbose=True)[0].endswith("[01234567]")


def test_in_colour_the_rows_are_the_same() -> None:
    def paint(role: str, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if role else text

    run = Run(Level.STANDARD, (FileResult("b.md", OUTCOME),))
    for columns in (40, 60, 80):
        coloured = text_report.render(run, Say("zh"), verbose=True, paint=paint, columns=columns)
        plain = text_report.render(run, Say("zh"), verbose=True, columns=columns)
        assert re.sub(r"\x1b\[\dm", "", coloured) == plain


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [40, 80])
def test_lines_of_words_are_broken_between_words(language: str, columns: int) -> None:
    """What stays with its reason, what is tidied, and the sums: no row hangs over the edge, none begins with a mark."""
    why = Reason("differs", ("./docs/渡口/清晨的渡口.md", "docs/渡口/清晨的渡口.md", "link"))
    like = replace(LONG, applied=False, why=why, likeness="meaning", score=0.95, level=Level.AGGRESSIVE)
    edits = tuple(Edit(start, start + 1, "", rule) for start, rule in enumerate(("final-newline", "trailing-space")))
    outcome = replace(OUTCOME, removals=(like, replace(like, span=Span(400, 420))), edits=edits)
    results = [FileResult(f"文集/旧稿/{name}.md", outcome, changed=True) for name in "甲乙"]
    run = Run(Level.STANDARD, results, preview=True)
    lines = text_report.render(run, Say(language), columns=columns).splitlines()
    assert [line for line in lines if width(line) > columns] == []
    assert [line for line in lines if line.strip()[0] in "，。；：）,.;:)"] == []
    whole = text_report.render(run, Say(language)).replace("\n", "").replace(" ", "")
    told = "".join(lines).replace(" ", "")
    assert ("文集/旧稿/甲.md" in whole, "文集/旧稿/甲.md" in told) == (True, True)
    assert whole.endswith(told[-20:])
