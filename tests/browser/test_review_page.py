"""The review page in a real Chromium, made by the real command, its verdicts applied by the real command."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from chromium import Browser, arrived, browser, command

__all__ = ["browser"]
pytestmark = pytest.mark.browser

SAVED = "dedupe-cn-decisions.json"
NAME = f".{SAVED}"
PASSAGE = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，"
CLAUSE = "本册所有照片均由当地居民提供，未经书面同意不得转载，也不得用于商业用途。"
HALL = "第一展厅的开放时间为上午九点至下午五点，逢周一闭馆，参观者请提前预约。"
NOISE = "他把账本合上，望着窗外的雨，很久没有说话，也没有起身去点灯，只听见屋檐下的水一滴一滴落。"
FIRST = "\n\n".join(
    [
        "# 回家",
        f"{PASSAGE}{PASSAGE}抬头看见他，笑了。",
        CLAUSE,
        "河边的旧码头在下雨，摆渡的老人把船拴好，坐在屋檐下等最后一个人。",
        CLAUSE,
        "山脚下的茶园到了四月里最忙，种茶的姐妹天不亮就出门，太阳落了才回来。",
        CLAUSE,
    ]
)
SECOND = "\n\n".join(
    [
        HALL,
        "城南的老书店换了三次招牌，修书的先生一直坐在靠窗的那张桌子后面。",
        HALL.replace("一", "二", 1),
        NOISE,
        "铁路旁的小站一天只停两趟车，站长养了一条黄狗，认得每一个下车的人。",
        NOISE.replace("账本", "账木"),
    ]
)
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


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project of two articles, and their page."""
    folder = tmp_path / "项目"
    (folder / "文集").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "文集" / "甲.md").write_text(FIRST + "\n", encoding="utf-8")
    (folder / "乙.md").write_text(SECOND + "\n", encoding="utf-8")
    command(folder, "clean", "--check", "--report", "html:page.html", ".")
    return folder


def data_of(page: Path) -> Any:
    block = page.read_text(encoding="utf-8").partition('type="application/json" id="data">')[2]
    return json.loads(block.partition("</script>")[0])


def shown(browser: Browser) -> list[tuple[str, str]]:
    """Give the rule and the place of every card that has elements."""
    rows = browser.run(
        "return [...document.querySelectorAll('.card')].map("
        "(c) => [c.querySelector('h3 code').textContent, c.querySelector('.place').textContent])"
    )
    return [(rule, place) for rule, place in rows]


def current(browser: Browser) -> int:
    """Give the position of the repeat that keys act on, from 1."""
    return int(browser.run("return Number(document.querySelector('.card.current').getAttribute('aria-posinset'))"))


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
    browser.click("#filters button[type=reset]")
    browser.wait("return document.querySelectorAll('.card').length === 5")
    browser.type("high", "99.9")
    assert [place.partition(":")[0] for _, place in shown(browser)] == ["乙.md"] * 2
    browser.type("high", "100")
    browser.type("text", "桂花")
    assert shown(browser) == [("tandem", "文集/甲.md:3")]
    browser.type("text", "没有这样的字")
    assert browser.text("#count") == "No repeat fits the filters."
    browser.click("#filters button[type=reset]")
    browser.wait("return document.querySelectorAll('.card').length === 5")
    browser.click("#documents button", 0)
    assert {place.partition(":")[0] for _, place in shown(browser)} == {browser.text("#plot-path")}
    browser.choose("order", "long")
    lengths = [
        len(text)
        for text in browser.run("return [...document.querySelectorAll('.copy .body')].map((b) => b.textContent)")
    ]
    assert lengths == sorted(lengths, reverse=True)


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
    assert current(browser) == 5
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


def test_the_document_around_both_places(browser: Browser, project: Path) -> None:
    browser.open(project / "page.html")
    assert browser.all("details.around[open]") == []
    browser.press("c")
    browser.wait("return document.querySelectorAll('.card.current .around .side').length === 2")  # filled once unfolded
    rows = browser.run(
        "return [...document.querySelectorAll('.card.current .around .side')].map("
        "(s) => [...s.children].map((c) => c.textContent))"
    )
    halls = [HALL, HALL.replace("一", "二", 1)]
    shop, station = SECOND.split("\n\n")[1], SECOND.split("\n\n")[4]
    copy = NOISE.replace("本", "木")
    assert rows == [
        ["Line 7", f"1 {halls[0]}", f"3 {shop}", f"5 {halls[1]}", NOISE, f"9 {station}", f"11 {copy}"],
        ["Line 11", f"5 {halls[1]}", f"7 {NOISE}", f"9 {station}", copy],
    ]
    browser.press("r", "k")  # drawn anew, and still unfolded
    browser.wait("return document.querySelectorAll('.card.current details.around[open] .line').length === 8")
    browser.press("c")
    assert browser.all("details.around[open]") == []
    browser.choose("rule", "tandem")
    browser.click(".card .around summary")
    browser.wait("return document.querySelectorAll('.card .around .side').length === 2")
    sides = [side.text for side in browser.all(".card .around .side")]
    assert "抬头看见他，笑了。" in sides[1]  # the rest of the line that the passage stands in
    assert browser.complaints() == []


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
    assert not browser.find("#undo").is_displayed()
    browser.type("high", "100")
    browser.click("#all-accept")  # but for the one with another number in it
    assert browser.text("#ask-text").startswith("Accept 3 repeats? The copies go. Left open: 1, ")
    browser.click("#ask button[value=yes]")
    browser.wait("return document.querySelector('#done').textContent === '4 of 5 decided'")
    browser.click("#forget")
    assert browser.text("#done") == "0 of 5 decided"
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
        assert browser.run("return document.querySelectorAll('details.around[open]').length === 1")
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


def test_two_thousand_repeats(browser: Browser, tmp_path: Path) -> None:
    """Elements are bounded wherever one looks; every repeat can be reached and decided."""
    for folder in range(20):
        lines: list[str] = []
        for number in range(100):
            base = 0x4E00 + (folder * 100 + number) * 7 % 20_000
            line = "".join(chr(0x4E00 + (base * 31 + i * i * 17 + number * i) % 20_000) for i in range(40)) + "。"
            between = f"第{folder}卷{line[5:20:2]}第{number}节{line[20:35:2]}。"
            lines += [line, between, line]
        (tmp_path / f"{folder:02}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
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
    browser.click("#filters button[type=reset]")
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
    assert browser.text("#export") == "导出裁定"


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
    browser.type("text", "桂花")
    browser.run("document.querySelector('#keys-on').click(); document.activeElement.blur()")
    browser.press("a")
    assert browser.text("#done") == "0 of 5 decided"


def test_nothing_found_is_said(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(SECOND.partition("\n")[0] + "\n", encoding="utf-8")
    command(tmp_path, "clean", "--check", "--report", "html:page.html", "a.md")
    browser.open(tmp_path / "page.html")
    assert browser.text("#count") == "No repeat was found: nothing to decide."
    assert not browser.find("#bar").is_displayed()
    assert browser.complaints() == []
