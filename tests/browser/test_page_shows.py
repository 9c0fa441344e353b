"""What the review page shows, in a real Chromium, made by the real command."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import Browser, browser, command
from review_project import CLAUSE, FIRST, HALL, NOISE, PASSAGE, SECOND, many, project, shown

__all__ = ["browser", "project"]
pytestmark = pytest.mark.browser


def test_it_opens_from_the_disk_alone(browser: Browser, project: Path) -> None:
    browser.open(project / "page.html")
    places = [(rule, place.partition(":")[0]) for rule, place in shown(browser)]
    assert places == [  # what goes comes first, what only differs in noise before the rest of it
        ("repeated-block", "乙.md"),
        ("repeated-block", "文集/甲.md"),
        ("repeated-block", "文集/甲.md"),
        ("tandem", "文集/甲.md"),
        ("repeated-block", "乙.md"),
    ]
    assert browser.text("#count") == "5 of 5 repeats"
    assert [tile.text for tile in browser.all("#tiles li")] == [
        "2 documents",
        "2 would change",
        "4 repeats to remove",
        f"{len(PASSAGE) + 2 * len(CLAUSE) + len(NOISE)} characters less",
        "1 only reported",
    ]
    (address,) = browser.requests()
    assert address == (project / "page.html").as_uri()
    assert browser.complaints() == []


def test_both_copies_stand_side_by_side_with_what_differs_marked(browser: Browser, project: Path) -> None:
    browser.open(project / "page.html")
    marks = browser.run(
        "return [...document.querySelectorAll('.card')].map((c) => "
        "[...c.querySelectorAll('.passage mark')].map((m) => [m.className, m.textContent, m.title]))"
    )
    assert marks[4] == [["meaning", "一", "numeral"], ["meaning", "二", "numeral"]]
    assert marks[0] == [["noise", "本", "look-alike character"], ["noise", "木", "look-alike character"]]
    assert marks[1:4] == [[], [], []]
    sides = [side.text.splitlines()[0] for side in browser.all(".card:last-child .side h4")]
    assert sides[0].startswith("First copy · line ")


def test_the_plots_show_where_repeats_are(browser: Browser, project: Path) -> None:
    browser.open(project / "page.html", "repeat=4")
    assert browser.text("#plot-path") == "文集/甲.md"
    line = browser.run(
        "const box = document.querySelector('.dots .chosen').getBoundingClientRect();"
        "const plot = document.querySelector('.dots .ground').getBoundingClientRect();"
        "return [box.x - plot.x, box.y - plot.y, box.width, box.height].map((n) => n / plot.width)"
    )
    text = FIRST + "\n"
    start, length = text.index(PASSAGE) / len(text), len(PASSAGE) / len(text)
    assert line == pytest.approx([start, start + length, length, length], abs=0.03)
    label = browser.find("#plot-strip svg").get_attribute("aria-label")
    share = round(100 * (len(PASSAGE) + 2 * len(CLAUSE)) / len(text))
    assert label.startswith("Along the document: ")
    assert abs(float(label.removeprefix("Along the document: ").partition(" %")[0]) - share) < 2
    # A click on another line goes to its repeat.
    browser.run(
        "const at = document.querySelector('.dots .line.went').getBoundingClientRect();"
        "const plot = document.querySelector('.dots');"
        "const [x, y] = [at.left + 4, at.bottom - at.height * 0.28];"
        "plot.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: x, clientY: y }))"
    )
    assert browser.text("#plot-path") == "文集/甲.md"


def test_filters(browser: Browser, project: Path) -> None:
    browser.open(project / "page.html")
    browser.choose("rule", "repeated-block")
    assert [rule for rule, _ in shown(browser)] == ["repeated-block"] * 4
    assert browser.text("#count") == "4 of 5 repeats"
    browser.choose("decision", "stays")
    assert shown(browser) == [("repeated-block", "乙.md:5")]
    browser.click("#all-again")
    browser.wait("return document.querySelectorAll('.card').length === 5")
    browser.type("high", "99.9")
    assert [place.partition(":")[0] for _, place in shown(browser)] == ["乙.md"] * 2
    browser.type("high", "100")
    browser.type("text", "桂花")
    assert shown(browser) == [("tandem", "文集/甲.md:3")]
    browser.type("text", "没有这样的字")
    assert browser.text("#count") == "No repeat fits the filters."
    browser.click("#all-again")
    browser.wait("return document.querySelectorAll('.card').length === 5")
    browser.click("#documents button", 0)
    assert {place.partition(":")[0] for _, place in shown(browser)} == {browser.text("#plot-path")}
    browser.choose("order", "long")
    lengths = [
        len(text)
        for text in browser.run("return [...document.querySelectorAll('.copy .body')].map((b) => b.textContent)")
    ]
    assert lengths == sorted(lengths, reverse=True)


def test_the_document_around_both_places(browser: Browser, project: Path) -> None:
    browser.open(project / "page.html")
    assert browser.all(".side .line") == []
    browser.press("c")
    assert browser.find(".card.current .around").get_attribute("aria-expanded") == "true"
    rows = browser.run(
        "return [...document.querySelectorAll('.card.current .side')].map("
        "(s) => [...s.children].map((c) => c.textContent))"
    )
    halls = [HALL, HALL.replace("一", "二", 1)]
    shop, station = SECOND.split("\n\n")[1], SECOND.split("\n\n")[4]
    copy = NOISE.replace("本", "木")
    assert rows == [
        ["Stays · line 7", f"1 {halls[0]}", f"3 {shop}", f"5 {halls[1]}", NOISE, f"9 {station}", f"11 {copy}"],
        ["Would go · line 11", f"5 {halls[1]}", f"7 {NOISE}", f"9 {station}", copy],
    ]
    browser.press("r", "k")  # drawn anew, and still unfolded
    assert len(browser.all(".card.current .side .line")) == 8
    browser.press("c")
    assert browser.all(".side .line") == []
    browser.choose("rule", "tandem")
    browser.click(".card .around")
    assert browser.run("return document.activeElement.className") == "around"
    sides = [side.text for side in browser.all(".card .side")]
    assert "抬头看见他，笑了。" in sides[1]  # the rest of the line that the passage stands in
    assert browser.complaints() == []


def test_the_headings_of_both_places_are_in_view(browser: Browser, tmp_path: Path) -> None:
    between = "渡口的钟楼修了又修，如今只剩下一截石阶，孩子们放学后坐在上面看船来船往。"
    parts = ["# 手册", "## 3.2 **开机** <small>旧</small>", HALL, CLAUSE, between, "## 关机", CLAUSE, "### 冬天", HALL]
    (tmp_path / "a.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    command(tmp_path, "clean", "--check", "--report", "html:page.html", "a.md")
    browser.open(tmp_path / "page.html")
    above = browser.run(
        "return [...document.querySelectorAll('.card')].map((c) => "
        "[...c.querySelectorAll('.side > .under')].map((u) => [u.textContent, u.classList.contains('elsewhere')]))"
    )
    first = ["手册 › 3.2 **开机** 旧", True]
    assert sorted(above) == [[first, ["手册 › 关机", True]], [first, ["手册 › 关机 › 冬天", True]]]


def test_copies_between_files_with_their_headings_and_surroundings(browser: Browser, tmp_path: Path) -> None:
    ferry = "渡口的船夫姓周，撑了四十年的船，认得两岸每一户人家的灶烟，天一亮就把缆绳解开。" * 2
    hill = "山路是采药人踩出来的，雨后长满了青苔，走的人少了，只有邮差每逢赶集的日子还经过这里。" * 2
    for name, title, before, own in (("甲.md", "渡口", "清晨", ferry), ("乙.md", "山路", "傍晚", hill)):
        text = "\n\n".join([f"# {title}", own, f"## {before}", CLAUSE + HALL + NOISE, own[: len(own) // 2]])
        (tmp_path / name).write_text(text + "\n", encoding="utf-8")
    command(tmp_path, "clean", "--check", "--across", "--report", "html:page.html", ".")
    browser.open(tmp_path / "page.html")
    browser.choose("rule", "across")
    assert [side.text for side in browser.all(".card .side h4")] == ["乙.md:7", "甲.md:7"]
    assert [under.text for under in browser.all(".card .side .under")] == ["山路 › 傍晚", "渡口 › 清晨"]
    assert browser.all(".elsewhere") == []  # of two files they mostly differ
    assert " · a passage · " in browser.text(".card .facts")
    browser.press("\ue00c", "c")
    assert [line.text.partition(" ")[0] for line in browser.all(".card .line")] == ["1", "3", "5", "9"] * 2
    assert browser.all(".card .accept") == []
    browser.press("r")
    assert browser.text("#done").startswith("1 of ")
    assert "none is open any more" in browser.text("#told")


def test_what_differs_can_be_gone_through_class_by_class(browser: Browser, project: Path) -> None:
    browser.open(project / "page.html")
    choices = browser.run("return [...document.querySelector('[name=kind]').options].map((o) => o.textContent)")
    assert choices == ["all", "look-alike character (1)", "numeral (1)"]
    browser.choose("kind", "numeral")
    assert [li.text for li in browser.all(".card .differences li")] == ["numeral 一展 → 二展"]
    browser.click("#all-again")
    browser.choose("left", "meaning")
    assert browser.text("#count") == "1 of 5 repeats"


def test_paper_has_all_that_is_shown_and_room_for_a_mark(browser: Browser, tmp_path: Path) -> None:
    many(tmp_path, 1, 60)
    command(tmp_path, "clean", "--check", "-q", "--report", "html:page.html", ".")
    browser.open(tmp_path / "page.html", dark=True)
    count = "return document.querySelectorAll('.card').length"
    assert browser.run(count) < 60
    browser.press("a")
    browser.run("window.dispatchEvent(new Event('beforeprint'))")
    assert browser.run(count) == 60
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    seen = "return [...document.querySelectorAll(arguments[0])].filter((e) => e.checkVisibility()).length"
    assert browser.run(seen, ".bar, #filtering, aside, .top button, .around") == 0
    assert browser.run(seen, ".card .accept, .card .reject") == 120
    signs = browser.run(
        "return [...document.querySelectorAll('.card .accept')].map((b) => getComputedStyle(b, '::before').content[1])"
    )
    assert signs == ["☑"] + ["☐"] * 59
    assert browser.run("return getComputedStyle(document.body).color.match(/\\d+/g).every((n) => Number(n) < 60)")
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    browser.run("window.dispatchEvent(new Event('afterprint'))")
    browser.wait("return document.querySelectorAll('.card').length < 60")


def test_what_failed_is_said_in_the_language_of_the_page(browser: Browser, project: Path) -> None:
    (project / "丙.txt").write_bytes("电".encode("gbk"))
    command(project, "clean", "--check", "--report", "html:page.html", ".", "gone.md", codes=(2,))
    browser.open(project / "page.html", "lang=en")
    told = [browser.text(".documents")]
    browser.press("l")
    told.append(browser.text(".documents"))
    assert "failed: no such file or folder" in told[0]
    assert "the encoding is uncertain" in told[0]
    assert "失败：没有这个文件或目录" in told[1]
    assert "编码无法确定" in told[1]
    assert "uncertain" not in told[1]


def test_a_page_made_of_hostile_text(browser: Browser, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>]]><!--\x1b[31m\u202e\u2066${alert(3)}'\"`&lt;"
    text = f"{PASSAGE}{evil}{PASSAGE}{evil}抬头看见他，笑了。\n\n{HALL}{evil}\n\n{HALL.replace('一', '二', 1)}{evil}\n"
    name = "<img src=x onerror=alert(4)>\u202e\x1b[31m'\".txt"
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "long.txt").write_text((PASSAGE + evil) * 6_000 + "\n", encoding="utf-8")
    command(tmp_path, "clean", "--check", "--level", "aggressive", "--report", "html:page.html", name, "long.txt")
    assert (tmp_path / "page.html").stat().st_size < 200_000
    for wishes in ("", "lang=zh&theme=dark&repeat=2", "lang=<script>&repeat=-1&theme=%3Cimg%3E"):
        browser.open(tmp_path / "page.html", wishes)
        assert browser.requests() == [browser.driver.current_url.partition("#")[0]]
        assert browser.complaints() == []  # no script ran, none was refused
        browser.press("j", "k", "a", "o", "c", "l", "t")
        assert browser.run("return document.querySelectorAll('.around[aria-expanded=true]').length === 1")
        tags = browser.run(
            "return [...new Set([...document.querySelectorAll('main *, aside *')].map((e) => e.localName))]"
        )
        assert not {"img", "script", "iframe", "style"} & set(tags)
        words = browser.run(
            "return document.querySelector('main').textContent + document.querySelector('aside').textContent"
        )
        assert not set("\x1b\u202e\u2066\x00") & set(words)
        assert "<script>alert(1)</script>" in words
        assert "⟨U+202E⟩" in words
        assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
        browser.click("#forget")


def test_chinese_and_english(browser: Browser, project: Path) -> None:
    command(project, "clean", "--check", "--lang", "zh", "--report", "html:page.html", ".")
    browser.open(project / "page.html")
    assert browser.run("return [document.documentElement.lang, document.title.slice(0, 4)]") == ["zh-CN", "重复审阅"]
    assert browser.text("#count") == "5 处重复中的 5 处"
    assert browser.text(".card:last-child .why").startswith("保留：差别在 ")
    browser.press("l")
    assert browser.run("return document.documentElement.lang") == "en"
    assert browser.text("#count") == "5 of 5 repeats"
    assert browser.text(".card:last-child .why").startswith("kept: differs in ")
    left = browser.run("return document.querySelector('#page').textContent.match(/[一-鿿]{2,}[：，][^“]{0,9}/g) ?? []")
    assert not [words for words in left if words in browser.text("#keys")]
    browser.click("#language")
    assert browser.text("#export") == "导出裁定 E"


def test_nothing_found_is_said(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(SECOND.partition("\n")[0] + "\n", encoding="utf-8")
    command(tmp_path, "clean", "--check", "--report", "html:page.html", "a.md")
    browser.open(tmp_path / "page.html")
    assert browser.text("#count") == "No repeat was found: nothing to decide."
    assert not browser.find("#bar").is_displayed()
    assert browser.complaints() == []
