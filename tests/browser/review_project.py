"""The project of two articles that most tests of the review page look at, and what they ask of a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from chromium import Browser, command

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


def many(folder: Path, files: int, repeats: int) -> None:
    """Write files with so many repeats each, no two of them alike."""
    for file in range(files):
        lines: list[str] = []
        for number in range(repeats):
            base = 0x4E00 + (file * 100 + number) * 7 % 20_000
            line = "".join(chr(0x4E00 + (base * 31 + i * i * 17 + number * i) % 20_000) for i in range(40)) + "。"
            between = f"第{file}卷{line[5:20:2]}第{number}节{line[20:35:2]}。"
            lines += [line, between, line]
        (folder / f"{file:02}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
