"""The text report: files with repeats come first, and layout alone is counted by rule where it is much."""

from __future__ import annotations

from dedupe_cn.cli.messages import Say
from dedupe_cn.model import Edit, FileResult, Level, Outcome, Removal, Span
from dedupe_cn.reasons import Reason
from dedupe_cn.report.run import Run
from dedupe_cn.report.text import render

TANDEM = Removal("tandem", Span(3, 5), Span(0, 2), 2, Reason("tandem"), applied=True, level=Level.SAFE)
EDITS = (Edit(2, 5, "", "tandem"), Edit(5, 5, "\n", "final-newline"))
COPIES = FileResult("z.md", Outcome("甲乙\n甲乙", "甲乙\n", EDITS, (TANDEM,)), "utf-8", changed=True)
HEAD = ['z.md:2:1 tandem removed, same as line 1 "甲乙" (2 chars)', "z.md: tidied: final-newline 1"]


def test_files_with_repeats_come_first() -> None:
    def untidy(number: int, *rules: str, notes: tuple[str, ...] = ()) -> FileResult:
        found = Outcome("甲 ", "甲\n", tuple(Edit(1, 2, "", rule) for rule in rules))
        return FileResult(f"{number}.md", found, "utf-8", changed=True, notes=notes)

    few = [untidy(number, "final-newline") for number in range(5)]
    many = [*few, untidy(5, "bom", "final-newline"), untidy(6, "bom", notes=("gb18030 to utf-8",))]
    lines = render(Run(Level.SAFE, [*few, COPIES]), Say("en")).splitlines()
    assert lines[:-1] == [*HEAD, *(f"{number}.md: tidied: final-newline 1" for number in range(5))]
    for language, counted in {
        "en": ["6 files: final-newline", "2 files: bom", "1 file: gb18030 to utf-8"],
        "zh": ["6 个文件：final-newline", "2 个文件：bom", "1 个文件：gb18030 to utf-8"],
    }.items():
        lines = render(Run(Level.SAFE, [*many, COPIES], preview=True), Say(language)).splitlines()
        assert lines[2:-1] == counted
    told = render(Run(Level.SAFE, [*many, COPIES]), Say("en"), verbose=True).splitlines()
    assert "5.md: tidied: bom 1, final-newline 1" in told
