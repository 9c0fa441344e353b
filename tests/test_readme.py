"""What both READMEs open with, and what they say of the rules."""

from __future__ import annotations

import re

from pages import ROOT, read

from dedupe_cn.rule import REMOVE, REPORT
from dedupe_cn.rules_text import TEXTS
from dedupe_cn.settings import REPEAT_RULES

PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]


def test_the_pages_open_with_the_two_commands() -> None:
    openings = [read(page).splitlines()[2:6] for page in PAGES]
    assert openings[0] == openings[1]
    fence, *commands, end = openings[0]
    assert (fence, end) == ("```sh", "```")
    assert all(command.startswith("python3 -m venv .venv && ") for command in commands)


def test_the_pages_name_every_rule_and_level() -> None:
    words = {
        PAGES[0]: {REMOVE: "removed", REPORT: "reported", "-": "–"},
        PAGES[1]: {REMOVE: "删除", REPORT: "报告", "-": "–"},
    }
    for page, names in words.items():
        text = read(page)
        for rule in REPEAT_RULES:
            (row,) = re.findall(rf"^\| `{rule}` \|.*$", text, re.MULTILINE)
            assert [cell.strip() for cell in row.split("|")[3:6]] == [names[s] for s in TEXTS[rule].levels]
