"""Who can read and work the review page: contrast, phones, screen readers, the keyboard; in a real Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import Browser, browser, command
from review_project import project

__all__ = ["browser", "project"]
pytestmark = pytest.mark.browser

#: Contrast that WCAG 2 asks of text at level AA.
CONTRAST = 4.5

#: Gives every piece of text that is seen with less contrast than asked for.
FAINT = """
const channel = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
const parse = (c) => { const n = c.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const over = (top, below) => top.slice(0, 3).map((v, i) => v * top[3] + below[i] * (1 - top[3]));
function ground(element) {
  if (!element) return [255, 255, 255];
  const own = parse(getComputedStyle(element).backgroundColor);
  return own[3] === 1 ? own : over(own, ground(element.parentElement));
}
const faint = [];
let seen = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || element.closest("script, style, noscript, .hidden")) continue;
  if (!element.checkVisibility()) continue;
  seen += 1;
  const below = ground(element);
  const [one, other] = [light(over(parse(getComputedStyle(element).color), below)), light(below)];
  const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  if (ratio < arguments[0]) faint.push(`${element.className} ${walker.currentNode.data.trim().slice(0, 20)} ${ratio}`);
}
return { seen, faint };
"""



@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1300])
def test_contrast_and_width(browser: Browser, project: Path, width: int, dark: bool) -> None:
    command(
        project,
        "clean",
        "--check",
        "--show-borderline",
        "3",
        "--report",
        "html:page.html",
        ".",
        "missing.md",
        codes=(2,),
    )
    browser.open(project / "page.html", width=width, dark=dark)
    ground = browser.run("return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert (max(ground) < 60) == dark
    browser.run("document.querySelector('#overview').open = true")
    for keys in ((), ("a", "r"), ("l",), ("?",)):
        browser.press(*keys)
        told = browser.run(FAINT, CONTRAST)
        assert told["seen"] > 50
        assert told["faint"] == []
        assert browser.run("return document.documentElement.scrollWidth") <= width
    browser.run("document.querySelector('#keys').close()")
    browser.press("t")  # the reader's choice goes before that of the system
    chosen = browser.run("return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert max(chosen) < 60
    assert browser.run(FAINT, CONTRAST)["faint"] == []
    browser.run("document.querySelector('#forget').click()")


def test_on_a_phone_the_repeats_come_first_and_thumbs_hit(browser: Browser, project: Path) -> None:
    browser.open(project / "page.html", width=390, height=844)
    assert browser.run("return document.querySelector('#overview').open") is False
    first = browser.run("return document.querySelector('.card').getBoundingClientRect().top")
    assert first < 2 * 844
    sizes = browser.run(
        "return [...document.querySelectorAll('.card .actions button')].map((b) => b.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
    sides = browser.run(
        "return [...document.querySelectorAll('.card .side')].slice(0, 2).map((s) => s.getBoundingClientRect().left)"
    )
    assert sides[0] == sides[1]


def test_what_a_screen_reader_is_told(browser: Browser, project: Path) -> None:
    browser.open(project / "page.html")
    tree = browser.tree()
    roles = [node["role"] for node in tree]
    assert {"banner", "main", "complementary", "contentinfo", "feed", "search", "status", "progressbar"} <= set(roles)
    named = {"button", "combobox", "textbox", "searchbox", "spinbutton", "checkbox", "image", "article", "feed", "main"}
    assert [node for node in tree if node["role"] in named and not node["name"].strip()] == []
    articles = [node for node in tree if node["role"] == "article"]
    assert len(articles) == 5
    assert "would be removed" in articles[-2]["name"]
    assert "tandem" in articles[-2]["name"]
    heads = browser.run("return [...document.querySelectorAll('main h2, main h3, main h4')].map((h) => h.localName)")
    assert heads[:4] == ["h2", "h3", "h4", "h4"]
    live = browser.run("return [...document.querySelectorAll('[role=status]')].map((e) => e.id)")
    assert live == ["count", "told"]


def test_the_keyboard_reaches_everything_and_is_held_nowhere(browser: Browser, project: Path) -> None:
    browser.open(project / "page.html")
    reached: list[str] = []
    tab = "\ue004"
    for _ in range(80):
        browser.press(tab)
        name = browser.run("const e = document.activeElement; return e.id || e.name || e.className || e.localName")
        reached.append(name)
        if name == "export":
            break
    for wanted in ("skip", "language", "theme", "help", "decision", "text", "accept", "reject", "export"):
        assert any(wanted in name for name in reached), (wanted, reached)
    visible = browser.run("return getComputedStyle(document.activeElement).outlineStyle")
    assert visible == "solid"
    browser.click("#help")
    assert browser.run("return document.querySelector('#keys').open")
    assert "accept: the copy goes" in browser.find("#keys").text
    browser.press("a")  # keys do nothing behind the help
    browser.press("\ue00c")
    assert browser.run("return [document.querySelector('#keys').open, document.activeElement.id]") == [False, "help"]
    assert browser.text("#done") == "0 of 5 decided"
    # They are letters in a field, and can be switched off.
    browser.type("text", "arj")
    assert browser.text("#done") == "0 of 5 decided"
    browser.click("#all-again")
    browser.press("/", "\ue00c", "r", "r")  # Esc leads back to the repeats
    assert browser.text("#done") == "3 of 5 decided"
    browser.press("k", "k", "n")  # past what is decided
    assert browser.run("return document.activeElement.getAttribute('aria-posinset')") == "4"
    browser.click("#forget")
    browser.type("text", "桂花")
    browser.run("document.querySelector('#keys-on').click(); document.activeElement.blur()")
    browser.press("a")
    assert browser.text("#done") == "0 of 5 decided"
