"""Copies between texts: what is found, what is noise, and how pairs become classes."""

from __future__ import annotations

from random import Random

from dedupe_cn.across.chains import stretches
from dedupe_cn.across.classes import Found, findings
from dedupe_cn.across.file_text import FileText
from dedupe_cn.across.links import Gathered
from dedupe_cn.across.passages import twins
from dedupe_cn.across.samples import MANY, marks_in
from dedupe_cn.io.partitions import Partitions
from dedupe_cn.model import Kind, Removal
from dedupe_cn.settings import Settings

ROAD = (
    "从码头上来先往左拐，过了石桥再走三百米就能看见那家磨坊，门口挂着一块旧木牌，上面写着当天磨的是哪一种麦子。"
    "磨坊的主人每天清早五点开门，下午三点收工，遇到下雨就歇着，来的人最好先打个电话问一声。"
)
BREAD = (
    "面团揉好以后要盖上湿布静置四十分钟，等它涨到原来的两倍大，再用手背把里面的气轻轻压出去，"
    "分成八份搓圆，码在抹了油的烤盘里。"
)
OWN = (
    "这一篇讲的是北边的山路，春天化雪的时候最难走，骡子也要停下来歇好几回，赶路的人都说宁可绕远一天。",
    "南岸的晒谷场去年翻修过，铺了青砖，四周种上了柳树，收成的季节全村的人都到那里去，孩子们在谷堆上打滚。",
    "老邮局的墙上还留着那年的水位线，比门框高出一截，每回有客人来，看门的老人都要指给他看，再讲一遍当时的情形。",
)


def look(*texts: str, kind: Kind = Kind.MARKDOWN, parted: bool = False) -> list[tuple[int, Removal]]:
    """Find the copies between texts as a run does."""
    files = [FileText(f"{number}.md", text, kind, *marks_in(text, kind)) for number, text in enumerate(texts)]
    gathered = Gathered(Partitions())
    for file in files:
        gathered.add(file.sampled())
        if parted:
            gathered._part()
    found = []
    for links in gathered.links():
        one, other = files[links.first], files[links.second]
        for twin in twins(one, other, stretches(links), Settings()):
            said = [file.text[s.start : s.end] for file, s in ((one, twin.first), (other, twin.second))]
            places = one.standing(twin.first), other.standing(twin.second)
            found.append(Found(links.first, links.second, *places, said[0], said[1], twin))
    return list(findings(found))


def page(number: int, *parts: str) -> str:
    return "\n\n".join([f"# 第{number}篇", OWN[number % 3] + f"记于第{number}年。", *parts]) + "\n"


def test_a_section_with_another_number_is_drift() -> None:
    ours, theirs = f"## 去磨坊\n\n{ROAD}", f"## 去磨坊\n\n{ROAD.replace('三百', '五百')}"
    ((file, removal),) = look(page(0, ours), page(1, theirs))
    assert (file, removal.likeness, removal.applied, removal.level) == (1, "meaning", False, None)
    assert removal.between is not None
    assert removal.between.unit == "section"
    assert removal.between.text == theirs
    assert removal.between.kept_text == ours
    assert (removal.between.removed.path, removal.between.removed.line) == ("1.md", 5)
    assert {difference.kind for difference in removal.differences} <= {"numeral", "number", "amount"}


def test_a_passage_that_is_equal_is_told_once_with_all_its_places() -> None:
    ((file, removal),) = look(*(page(number, ROAD) for number in range(3)))
    assert (file, removal.likeness, removal.count) == (1, "exact", 2)
    assert removal.between is not None
    assert (removal.between.unit, removal.between.files) == ("passage", 3)
    assert [place.path for place in removal.between.places] == ["2.md"]


def test_noise_is_one_class_and_drift_one_edge() -> None:
    texts = [page(0, ROAD), page(1, ROAD.replace("，", ",", 2)), page(2, ROAD.replace("左", "右"))]
    found = [(file, removal.likeness, removal.between and removal.between.kept.path) for file, removal in look(*texts)]
    assert found == [(1, "noise", "0.md"), (2, "meaning", "0.md")]


def test_marks_of_emphasis_are_no_drift() -> None:
    bold = ROAD.replace("一块旧木牌", "**一块旧木牌**")
    ((_, removal),) = look(page(0, ROAD), page(1, bold))
    assert removal.likeness == "noise"
    assert {difference.kind for difference in removal.differences} == {"dropped-mark"}
    ((_, removal),) = look(page(0, ROAD), page(1, bold.replace("三百", "五百")))
    assert removal.likeness == "meaning"


def test_the_likest_of_three_is_told_also_where_another_stands_between() -> None:
    texts = [page(0, ROAD, BREAD), page(1, ROAD.replace("三百", "五百"), BREAD[:30]), page(2, ROAD)]
    found = {(removal.likeness, file) for file, removal in look(*texts)}
    assert ("exact", 2) in found
    assert [likeness for likeness, _ in found].count("meaning") == 1


def test_files_that_are_nearly_equal_are_told_as_files() -> None:
    text = page(0, ROAD, BREAD)
    ((_, removal),) = look(text, text.replace("四十分钟", "五十分钟"))
    assert removal.between is not None
    assert (removal.between.unit, removal.likeness) == ("file", "meaning")


def test_what_stands_in_very_many_files_is_told_with_their_number() -> None:
    chance = Random(3)
    own = ("".join(chance.choices(ROAD + BREAD + "".join(OWN), k=120)) + "。" for _ in range(MANY + 4))
    ((_, removal),) = look(*(f"# 题\n\n{text}\n\n{ROAD}\n" for text in own))
    assert removal.between is not None
    assert (removal.between.files, removal.between.places, removal.count) == (MANY + 4, (), MANY + 3)


def test_what_waits_on_the_disk_is_found_too() -> None:
    texts = [page(number, ROAD, BREAD if number else "") for number in range(3)]
    assert look(*texts) == look(*texts, parted=True)


def test_what_is_no_prose_or_too_short_is_noise() -> None:
    code = "```python\n" + "\n".join(f"print_the_name_of_station({n}, width={n})" for n in range(12)) + "\n```"
    table = "\n".join(f"| 第{n}站 | 磨坊往东第{n}个路口边上的凉亭 | 上午开放 |" for n in range(9))
    links = "\n".join(f"- [去看](https://example.org/a/very/long/address/of/a/page/{n}.html)" for n in range(9))
    short = "面团揉好以后要盖上湿布静置四十分钟。"
    for part in (code, table, links, short):
        assert look(page(0, part), page(1, part)) == []


def test_clauses_of_two_rows_are_told_only_where_they_say_the_same() -> None:
    changed = ROAD.replace("三百", "五百")
    assert look(page(0, f"第三条 {ROAD}"), page(1, f"第九条 {changed}")) == []
    ((_, removal),) = look(page(0, f"第三条 {ROAD}"), page(1, f"第九条 {ROAD}"))
    assert removal.likeness == "exact"
    assert removal.between is not None
    assert removal.between.text == ROAD


def test_where_a_mark_holds_copies_off_nobody_is_told() -> None:
    for off, on in (("off", "on"), ("off across", "on across")):
        marked = f"<!-- dedupe-cn: {off} -->\n\n{ROAD}\n\n<!-- dedupe-cn: {on} -->"
        assert look(page(0, ROAD), page(1, marked, BREAD), page(2, BREAD))[0][0] == 2
        assert len(look(page(0, ROAD), page(1, marked, BREAD), page(2, BREAD))) == 1
    other = f"<!-- dedupe-cn: off tandem -->\n\n{ROAD}\n\n<!-- dedupe-cn: on tandem -->"
    assert len(look(page(0, ROAD), page(1, other))) == 1


def test_what_a_summary_says_again_is_found_where_the_whole_of_it_was_copied() -> None:
    first, second = ROAD.split("。")[:2]
    summary = f"## 小结\n\n{first}。\n\n{second}。"
    donor = page(0, f"{first}。{OWN[1]}", f"{OWN[2]}{second}。", summary)
    units = [removal.between.unit for _, removal in look(donor, page(1, summary)) if removal.between]
    assert "section" in units


def test_texts_without_words_hold_nothing() -> None:
    assert look("", "\n", "啊" * 400, "啊" * 500) == []
    assert look(page(0)) == []
    assert look(page(0, ROAD), page(1, ROAD), kind=Kind.TEXT)[0][1].likeness == "exact"
