"""Where the parts of the review page lie, held against a reference: rows from top to bottom, each from left to right.

Pixels are no reference, for they are not the same from one set of fonts to the next; which part stands beside which is.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import Browser, browser, command
from review_project import project

__all__ = ["browser", "project"]
pytestmark = pytest.mark.browser

PHONE, DESKTOP = (390, 844), (1300, 900)
SETTINGS = [(size, language, dark) for size in (PHONE, DESKTOP) for language in ("zh", "en") for dark in (False, True)]

#: Parts of the page, and of its last card, which has all that a card can have.
PAGE = {
    "title": ".top h1",
    "tools": ".top .tools",
    "tiles": "#tiles",
    "documents": "aside",
    "filters": "#filtering",
    "count": "#count",
    "at once": "#all",
    "card": ".card",
}
CARD = {
    "head": ".card:last-child > header",
    "kept": ".card:last-child .kept",
    "copy": ".card:last-child .copy",
    "differences": ".card:last-child .differences",
    "accept": ".card:last-child .accept",
    "other": ".card:last-child .other",
    "reject": ".card:last-child .reject",
    "context": ".card:last-child .around",
    "id": ".card:last-child .id",
}
BAR = {"done": "#done", "undo": "#undo", "export": "#export"}
#: The reference.
DESKTOP_ROWS = [
    [["title", "tools"], ["tiles"], ["documents", "filters"], ["documents", "count", "at once"], ["documents", "card"]],
    [["head"], ["kept", "copy"], ["differences"], ["accept", "other", "reject", "context", "id"]],
    [["done", "undo", "export"]],
]
PHONE_ROWS = [
    [["title"], ["tools"], ["tiles"], ["documents"], ["filters"], ["count"], ["card"]],
    [["head"], ["kept"], ["copy"], ["differences"], ["accept", "other"], ["reject"], ["context", "id"]],
    [["done", "undo", "export"]],
]

#: Gives the rows of some parts that are seen. What reaches over several rows stands in each of them.
ROWS = """
const boxes = Object.entries(arguments[0]).map(([name, at]) => [name, document.querySelector(at)])
  .filter(([, element]) => element.checkVisibility())
  .map(([name, element]) => [name, element.getBoundingClientRect()]);
const tall = Math.max(...boxes.map(([, box]) => box.height));
const middle = (box) => box.top + box.height / 2;
const lines = [];
for (const [, box] of boxes.toSorted((a, b) => a[1].top - b[1].top)) {
  const known = lines.some((line) => Math.abs(line - middle(box)) < 12);
  const spans = boxes.some(([, other]) => other !== box && box.top < other.top - 12 && other.bottom < box.bottom + 12
    && other.right > box.right);
  if (!known && !spans) lines.push(middle(box));
}
return lines.sort((a, b) => a - b).map((line) => boxes.filter(([, box]) => box.top <= line && line <= box.bottom)
  .sort((a, b) => a[1].left - b[1].left).map(([name]) => name));
"""
#: Gives what hangs over the window, over the card it is in, or over what it holds; and buttons that lie on each other.
ASKEW = """
const name = (e) => `${e.localName}#${e.id}.${e.className}`;
const seen = (e) => e.checkVisibility() && !e.closest(".hidden, .skip");
const all = [...document.querySelectorAll("#page *")].filter((e) => e instanceof HTMLElement && seen(e));
const over = all.filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => `wide ${name(e)}`);
const cut = all.filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth
  && getComputedStyle(e).display !== "inline" && !e.closest("select, input")).map((e) => `cut ${name(e)}`);
const out = all.filter((e) => e.closest(".card")).filter((e) => {
  const [own, card] = [e.getBoundingClientRect(), e.closest(".card").getBoundingClientRect()];
  return own.left < card.left - 1 || own.right > card.right + 1 || own.bottom > card.bottom + 1;
}).map((e) => `out ${name(e)}`);
const pressed = all.filter((e) => e.matches("button, select, input, summary") && !e.closest(".bar, dialog"));
const lie = pressed.flatMap((e, i) => pressed.slice(i + 1).filter((other) => {
  const [a, b] = [e.getBoundingClientRect(), other.getBoundingClientRect()];
  return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1
    && !e.closest("aside") && !other.closest("aside");
}).map((other) => `on ${name(e)} ${name(other)}`));
return [...over, ...cut, ...out, ...lie];
"""


@pytest.mark.parametrize(
    ("size", "language", "dark"), SETTINGS, ids=lambda v: str(v[0]) if isinstance(v, tuple) else str(v)
)
def test_every_part_in_its_place(
    browser: Browser, project: Path, size: tuple[int, int], language: str, dark: bool
) -> None:
    browser.open(project / "page.html", f"lang={language}", *size, dark)
    assert [browser.run(ROWS, parts) for parts in (PAGE, CARD, BAR)] == (
        PHONE_ROWS if size == PHONE else DESKTOP_ROWS
    )
    assert browser.run(ASKEW) == []
    # With all of it open, and every verdict shown.
    browser.run("for (const id of ['overview', 'filtering']) document.getElementById(id).open = true")
    browser.press("a", "c", "o", "c", "r", "c")
    browser.wait("return document.querySelectorAll('.card .stamp').length >= 3")
    assert browser.run(ASKEW) == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_the_keyboard_comes_to_is_in_view(browser: Browser, project: Path, size: tuple[int, int]) -> None:
    """The current repeat begins at the top of the window, where the eye is, as long as there is a page below it."""
    browser.open(project / "page.html", "lang=en", *size)
    head = "return document.activeElement.getBoundingClientRect().top"
    browser.press("j")
    assert 0 <= browser.run(head) < 40
    browser.press("j")
    assert 0 <= browser.run(head) < 40
    tab = "\ue004"
    for _ in range(4):
        browser.press(tab)
        hidden = browser.run(
            "const [own, bar] = [document.activeElement, document.querySelector('#bar')]"
            ".map((e) => e.getBoundingClientRect()); return own.bottom > bar.top + 1 && own.height < 200"
        )
        assert not hidden


def test_long_names_and_long_words_break(browser: Browser, tmp_path: Path) -> None:
    """A path, a heading and an address without a blank to break at."""
    name = "a" * 120 + ".md"
    word = "https://example.com/" + "long" * 60
    line = f"渡口的钟楼上写着地址 {word} 这几个字，过往的人都看得见，也都记得住，谁也不必再问。"
    text = f"# {'头' * 90}\n\n{line}\n\n中间隔着一段别的话，说的是山脚下的茶园到了四月里最忙。\n\n{line}\n"
    (tmp_path / name).write_text(text, encoding="utf-8")
    command(tmp_path, "clean", "--check", "--report", "html:page.html", name)
    for size in (PHONE, DESKTOP):
        browser.open(tmp_path / "page.html", "lang=en", *size)
        browser.run("for (const id of ['overview', 'filtering']) document.getElementById(id).open = true")
        browser.press("c")
        assert len(browser.all(".card")) == 1
        assert browser.run(ASKEW) == []
