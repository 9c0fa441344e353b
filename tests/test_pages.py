"""What every page shows is so: commands and Python are run, links lead somewhere, both languages have equal parts."""

from __future__ import annotations

import doctest
import re
import unicodedata
from pathlib import Path

import pytest
from pages import DOCS, MADE, MAKERS, PAGES, PAIRS, ROOT, blocks, examples, made_part, needs_shell, output_of, read

each = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
PYTHON = [page for page in PAGES if blocks(page, "python")]
SHOWN = [(page.name, command, output) for page in PAGES for command, output in examples(page)]


@needs_shell
@pytest.mark.parametrize(("page", "command", "output"), SHOWN)
def test_commands_say_what_is_shown(page: str, command: str, output: str) -> None:
    if command.startswith("dedupe-cn corpus"):
        pytest.importorskip("duckdb")
    assert output
    assert output_of(command) == output


@pytest.mark.parametrize("page", PYTHON, ids=lambda page: page.name)
def test_python_gives_what_is_shown(page: Path) -> None:
    code = "\n".join(blocks(page, "python"))
    example = doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), 0)
    assert example.examples
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example).failed == 0


def anchors(page: Path) -> set[str]:
    """Give the anchors of the headings of a page, as GitHub makes them."""
    heads = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```", "", read(page), flags=re.M | re.S), re.MULTILINE)
    plain = ("".join(c for c in head.lower() if c in "-_ " or unicodedata.category(c)[0] in "LN") for head in heads)
    return {name.replace(" ", "-") for name in plain}


@each
def test_links_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"^(```+).*?^\1$", "", read(page), flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", prose):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=[page.name for page, _ in PAIRS])
def test_both_languages_have_the_same_parts(english: Path, chinese: Path) -> None:
    heads = [re.findall(r"^#+ ", read(page), re.MULTILINE) for page in (english, chinese)]
    assert heads[0] == heads[1]
    kinds = [re.findall(r"^```(\w*)", read(page), re.MULTILINE) for page in (english, chinese)]
    assert kinds[0] == kinds[1]
    for kind in ("toml", "yaml", "sh"):
        assert blocks(english, kind) == blocks(chinese, kind)
    commands = [
        [re.sub(r" --lang zh\b| '--lang', 'zh',", "", command) for command, _ in examples(page)]
        for page in (english, chinese)
    ]
    assert commands[0] == commands[1]
    assert f"({chinese.name})" in read(english)
    assert f"({english.name})" in read(chinese)


@pytest.mark.parametrize(("name", "page"), [(name, page) for name in MADE for page in MADE[name]])
def test_what_is_made_from_the_code_is_up_to_date(name: str, page: Path) -> None:
    assert made_part(name, page)[0] == MAKERS[name](MADE[name][page]), "python tests/pages.py writes it anew"


def test_every_page_can_be_found() -> None:
    for readme, other in ((ROOT / "README.md", ".zh-CN.md"), (ROOT / "README.zh-CN.md", "")):
        for page in DOCS.glob("*.md"):
            english_alone = not page.with_suffix(".zh-CN.md").exists() and not page.name.endswith(".zh-CN.md")
            if english_alone or page.name.endswith(".zh-CN.md") == (not other):
                assert f"(docs/{page.name})" in read(readme), page.name
