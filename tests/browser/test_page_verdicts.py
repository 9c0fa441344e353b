"""Verdicts given on the review page in a real Chromium, and applied by the real command."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from chromium import Browser, arrived, browser, command
from review_project import (
    CLAUSE,
    FIRST,
    HALL,
    NAME,
    NOISE,
    PASSAGE,
    SAVED,
    SECOND,
    current,
    data_of,
    many,
    project,
    shown,
)

__all__ = ["browser", "project"]
pytestmark = pytest.mark.browser


def test_by_keyboard_alone_from_page_to_cleaned_files(browser: Browser, project: Path, tmp_path: Path) -> None:
    """Accept what was only reported, reject what would go, and have the command do both."""
    browser.open(project / "page.html")
    browser.downloads_to(tmp_path)
    assert current(browser) == 1
    browser.press("j", "k", "r")  # look-alike: rejected
    assert current(browser) == 2
    browser.press("r")  # clause: rejected; the second place of it is decided with the first
    assert current(browser) == 4
    browser.press("a", "k", "u")  # taken back
    browser.press("j", "a")  # numeral: accepted
    assert current(browser) == 4  # behind the last one the first that is open
    assert browser.text("#done") == "4 of 5 decided"
    assert browser.run("return document.activeElement.classList.contains('card')")
    browser.press("e")
    exported = arrived(tmp_path / SAVED)
    assert NAME in browser.text("#told")

    rows = json.loads(exported)["verdicts"]
    assert sorted((row["path"], row["rule"], row["verdict"], row["count"]) for row in rows) == [
        ("乙.md", "repeated-block", "keep", 1),
        ("乙.md", "repeated-block", "remove", 1),
        ("文集/甲.md", "repeated-block", "keep", 2),
    ]
    # The same verdicts by the command line give the same bytes.
    ids = {verdict: ",".join(r["id"] for r in rows if r["verdict"] == verdict) for verdict in ("keep", "remove")}
    command(project, "decide", "--keep", ids["keep"], "--remove", ids["remove"], ".")
    assert (project / NAME).read_bytes() == exported
    (project / NAME).unlink()

    # The command that the page shows takes the file by the name it was saved under, and removes nothing else.
    (project / SAVED).write_bytes(exported)
    told = shlex.split(browser.text("#told code"))
    assert told[0] == "dedupe-cn"
    command(project, *told[1:])
    first, second = ((project / name).read_text(encoding="utf-8") for name in ("文集/甲.md", "乙.md"))
    assert first.count(CLAUSE) == 3
    assert first.count(PASSAGE) == 2
    assert HALL in second
    assert HALL.replace("一", "二", 1) not in second
    assert NOISE in second
    assert NOISE.replace("账本", "账木") in second
    assert browser.complaints() == []


def test_the_other_copy_is_kept_from_page_to_cleaned_files_and_back(
    browser: Browser, project: Path, tmp_path: Path
) -> None:
    browser.open(project / "page.html")
    browser.downloads_to(tmp_path)
    browser.press("o")  # look-alike: the copy with the mistake is to stay
    assert current(browser) == 2
    assert browser.text("#told") == "the other copy stays: what was shown as staying goes"
    browser.click("button.other", 1)  # clause: of three places the last one stays
    assert [b.get_attribute("aria-pressed") for b in browser.all("button.other")] == ["true"] * 3 + ["false"] * 2
    assert browser.text(".card.current .stamp") == "other copy stays"
    browser.choose("verdict", "other")
    assert browser.text("#count") == "3 of 5 repeats"
    browser.click("#export")
    exported = arrived(tmp_path / SAVED)
    rows = json.loads(exported)["verdicts"]
    assert [(row["path"], row["verdict"], row["count"]) for row in rows] == [
        ("乙.md", "keep-last", 1),
        ("文集/甲.md", "keep-last", 2),
    ]
    command(project, "decide", "--keep-last", ",".join(row["id"] for row in rows), ".")
    assert (project / NAME).read_bytes() == exported

    # The next page shows which copy stays by that verdict; to accept it is to leave it as it is.
    command(project, "clean", "--check", "--report", "html:page.html", ".")
    browser.open(project / "page.html")
    assert "账本" in browser.text(".card .copy .passage")
    assert browser.find(".card .accept").get_attribute("aria-pressed") == "true"
    browser.press("a")
    browser.click("button.other", 0)
    assert browser.text("#done").startswith("3 of 5")
    (tmp_path / SAVED).unlink()
    browser.press("e")
    turned = json.loads(arrived(tmp_path / SAVED))["verdicts"]
    assert [row["verdict"] for row in turned] == ["keep-first", "keep-last"]

    command(project, "clean", "--write", "--only-decided", ".")
    first, second = ((project / name).read_text(encoding="utf-8") for name in ("文集/甲.md", "乙.md"))
    assert first == FIRST.replace(f"{CLAUSE}\n\n", "") + "\n"
    assert second == SECOND.replace(f"{NOISE}\n\n", "") + "\n"
    assert browser.complaints() == []


def test_by_click_and_beside_the_verdicts_there_were(browser: Browser, project: Path, tmp_path: Path) -> None:
    (project / "乙.md").write_text(SECOND + "\n\n" + CLAUSE + "\n", encoding="utf-8")
    command(project, "decide", "--accept-current", "乙.md")
    held = (project / NAME).read_bytes()
    command(project, "clean", "--check", "--report", "html:page.html", ".")
    browser.open(project / "page.html")
    browser.downloads_to(tmp_path)
    assert [rule for rule, _ in shown(browser)] == ["repeated-block", "repeated-block", "tandem"]
    browser.click("#export")
    assert browser.text("#told") == "No verdict has been changed yet."
    browser.click(".card .reject", 0)
    pressed = [b.get_attribute("aria-pressed") for b in browser.all(".card .reject")]
    assert pressed == ["true", "true", "false"]  # one verdict for both places
    assert browser.run("return document.activeElement.className") == "reject"
    browser.click(".card .accept", 2)
    browser.click(".card .clear", 2)
    browser.click(".card .reject", 2)
    browser.click("#export")
    exported = arrived(tmp_path / SAVED)
    assert set(held.splitlines()) & set(exported.splitlines()) >= set(held.splitlines()[3:-3])
    assert len(json.loads(exported)["verdicts"]) == len(json.loads(held)["verdicts"]) + 2
    (project / NAME).write_bytes(exported)
    report = json.loads(command(project, "clean", "--check", "--report", "json", ".", codes=(0,)))
    assert [file["removals"] for file in report["files"]] == [[], []]
    command(project, "decide", "--accept-current", ".")
    assert (project / NAME).read_bytes() == exported


def test_all_that_is_shown_at_once_and_back(browser: Browser, project: Path, tmp_path: Path) -> None:
    browser.open(project / "page.html")
    browser.downloads_to(tmp_path)
    browser.press("a")
    browser.type("high", "99.9")
    browser.click("#all-reject")  # what was decided stays decided
    assert browser.text("#ask-text") == "Reject 1 repeat? Both copies stay."
    browser.click("#ask button[value=no]")
    assert browser.text("#done") == "1 of 5 decided"
    browser.click("#all-reject")
    browser.click("#ask button[value=yes]")
    browser.wait("return document.querySelector('#told').textContent === '1 verdict: rejected'")
    assert [b.get_attribute("aria-pressed") for b in browser.all(".card .reject")] == ["false", "true"]
    browser.click("#undo")
    assert browser.text("#done") == "1 of 5 decided"
    assert browser.text("#told") == "taken back; 1 more step can be"
    browser.type("high", "100")
    browser.click("#all-accept")  # but for the one with another number in it
    assert browser.text("#ask-text").startswith("Accept 3 repeats? The copies go. Left open: 1, ")
    browser.click("#ask button[value=yes]")
    browser.wait("return document.querySelector('#done').textContent === '4 of 5 decided'")
    browser.click("#forget")
    assert browser.text("#done") == "0 of 5 decided"
    assert browser.text("#told") == "all verdicts given here are forgotten; Undo brings them back"
    browser.click("#undo")  # what was forgotten comes back
    assert browser.text("#done") == "4 of 5 decided"
    browser.press("e")
    rows = json.loads(arrived(tmp_path / SAVED))["verdicts"]
    assert {row["verdict"] for row in rows} == {"remove"}
    (project / NAME).write_bytes((tmp_path / SAVED).read_bytes())
    command(project, "clean", "--write", "--level", "safe", ".")
    text = (project / "乙.md").read_text(encoding="utf-8")
    assert HALL.replace("一", "二", 1) in text
    assert NOISE.replace("账本", "账木") not in text


def test_the_last_ten_steps_are_taken_back(browser: Browser, project: Path) -> None:
    browser.open(project / "page.html")
    assert not browser.find("#undo").is_enabled()
    pressed = "return [...document.querySelectorAll('.card [aria-pressed=true]')].map((b) => b.className)"
    before = []
    for number in range(12):
        before.append(browser.run(pressed))
        browser.click(".card .accept" if number // 2 % 2 else ".card .reject", number % 2)
    for wanted in before[:1:-1]:
        assert browser.find("#undo").is_enabled()
        browser.press("z")
        assert browser.run(pressed) == wanted
    assert not browser.find("#undo").is_enabled()
    browser.press("z")
    assert browser.run(pressed) == before[2]
    # A verdict that changes nothing is no step; what a step was about is looked at again.
    assert current(browser) == 1
    browser.press("r", "k", "k", "k")
    assert not browser.find("#undo").is_enabled()
    browser.press("a")
    assert current(browser) == 4
    browser.run(
        "document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true }))"
    )
    assert browser.run(pressed) == before[2]
    assert browser.run("return document.activeElement.getAttribute('aria-posinset')") == "1"


def test_verdicts_outlive_a_reload(browser: Browser, project: Path) -> None:
    browser.open(project / "page.html")
    browser.press("a", "r")
    browser.driver.refresh()
    browser.wait("return document.documentElement.dataset.ready !== undefined")
    assert browser.text("#done") == "3 of 5 decided"
    assert browser.text("#told") == "2 verdicts from the last time restored"
    browser.click("#forget")
    assert browser.text("#done") == "0 of 5 decided"
    # Another page does not take them up.
    command(project, "clean", "--check", "--report", "html:other.html", "乙.md")
    browser.press("a")
    browser.open(project / "other.html")
    assert browser.text("#done") == "0 of 2 decided"


def test_a_repeat_that_is_a_whole_file_or_has_no_name(browser: Browser, project: Path, tmp_path: Path) -> None:
    (project / "丙.md").write_text(SECOND + "\n", encoding="utf-8")
    command(project, "clean", "--check", "--report", "html:page.html", "乙.md", "丙.md")
    browser.open(project / "page.html")
    browser.choose("rule", "duplicate-file")
    (card,) = browser.all(".card")
    assert "The whole file is identical to" in card.text
    assert card.find_elements("css selector", ".accept") == []
    browser.press("\ue00c")
    browser.run("document.querySelector('.card').focus()")
    browser.press("a")
    assert browser.text("#done").startswith("0 of ")
    browser.press("r")
    assert browser.text("#done").startswith("1 of ")
    command(tmp_path, "clean", "-", "--report", "html:piped.html", stdin=(FIRST + "\n").encode())
    browser.open(tmp_path / "piped.html")
    assert "Text without a file name cannot be given a verdict." in browser.text(".card")
    browser.press("a", "e")
    assert not browser.find("#bar").is_displayed()


def test_two_thousand_repeats(browser: Browser, tmp_path: Path) -> None:
    """Elements are bounded wherever one looks; every repeat can be reached and decided."""
    many(tmp_path, 20, 100)
    command(tmp_path, "clean", "--check", "-q", "--report", "html:page.html", ".")
    total = len(data_of(tmp_path / "page.html")["repeats"])
    assert total == 2_000
    assert (tmp_path / "page.html").stat().st_size < 3_000_000
    browser.open(tmp_path / "page.html")
    nodes = "return document.querySelectorAll('body *').length"
    cards = "return document.querySelectorAll('.card').length"
    assert browser.text("#count") == f"{total:,} of {total:,} repeats"
    browser.wait("return document.querySelectorAll('.card').length >= 10")
    most = [browser.run(cards)]
    for step in (0.25, 0.5, 0.75, 1.0):
        browser.run("window.scrollTo(0, arguments[0] * document.documentElement.scrollHeight)", step)
        browser.wait(
            "return [...document.querySelectorAll('.card')].some((c) => {"
            "const b = c.getBoundingClientRect(); return b.bottom > 0 && b.top < innerHeight })"
        )
        browser.wait("return document.querySelectorAll('.card').length < 80")
        most.append(browser.run(cards))
        assert browser.run(nodes) < 4_000
    assert max(most) < 80
    browser.driver.get((tmp_path / "page.html").as_uri() + f"#repeat={total}")
    browser.wait(
        "return document.querySelector('.card.current')?.getAttribute('aria-posinset') === arguments[0]", str(total)
    )
    browser.press("a")
    assert browser.text("#done").startswith("1 of ")
    browser.type("text", "07.txt")
    assert browser.text("#count") == f"100 of {total:,} repeats"
    browser.click("#all-again")
    browser.wait("return document.querySelectorAll('.chunk').length > 100")
    browser.choose("verdict", "remove")
    assert len(shown(browser)) == 1
    browser.choose("verdict", "")
    browser.click("#all-reject")
    browser.click("#ask button[value=yes]")
    browser.wait("return document.querySelector('#told').textContent.includes('rejected')")
    assert browser.text("#done") == f"{total:,} of {total:,} decided"
    browser.downloads_to(tmp_path)
    browser.press("e")
    (tmp_path / NAME).write_bytes(arrived(tmp_path / SAVED))
    command(tmp_path, "clean", "--check", "--select", "repeats", ".", codes=(1,))
    rows = json.loads((tmp_path / NAME).read_bytes())["verdicts"]
    assert sorted(row["verdict"] for row in rows) == ["keep"] * (total - 1) + ["remove"]
    report = json.loads(command(tmp_path, "clean", "--check", "--report", "json", "."))
    assert sum(len(file["removals"]) for file in report["files"]) == 1
    assert browser.complaints() == []
