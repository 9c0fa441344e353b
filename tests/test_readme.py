"""What both READMEs open with, and what they say of the rules."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

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


def figures(page: Path) -> Counter[str]:
    """Count the figures of a page: without addresses, fences of commands, and commas in large numbers."""
    text = re.sub(r"^```sh\n.*?^```$|\]\([^)]*\)|`[^`\n]*`", "", read(page), flags=re.MULTILINE | re.DOTALL)
    return Counter(re.findall(r"\d[\d.]*", re.sub(r"(?<=\d),(?=\d{3})", "", text)))


def test_both_languages_give_the_same_figures() -> None:
    assert figures(PAGES[0]) == figures(PAGES[1])


def test_the_tables_of_the_benchmark_are_there_with_date_and_version() -> None:
    for page in PAGES:
        copies = re.search(r"<!-- copies -->\n(.*?)<!-- /copies -->", read(page), re.DOTALL)
        promises = re.search(r"<!-- promises -->\n(.*?)<!-- /promises -->", read(page), re.DOTALL)
        assert copies is not None
        assert promises is not None
        assert re.match(r"\d{4}-\d\d-\d\d.*dedupe-cn \d", copies[1].lstrip())
        assert len(re.findall(r"^\| .* \d+ / \d+ \|$", copies[1], re.MULTILINE)) >= 5
        assert re.findall(r"^\| `(\w+)` \|", promises[1], re.MULTILINE) == ["safe", "standard", "aggressive"]


def test_the_pages_are_one_page() -> None:
    for page in PAGES:
        assert len(read(page).splitlines()) <= 110
