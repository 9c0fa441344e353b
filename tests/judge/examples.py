"""Texts with what a careful person expects of them: the level from which a copy goes, what is left, why it stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from dedupe_cn import clean
from dedupe_cn.model import Kind, Level, Outcome

SAFE, STANDARD, AGGRESSIVE = Level

BEES = "蜂场搬到油菜地旁边的那几天，养蜂人整夜守着箱子，听里面的嗡嗡声由急变缓，等头一批工蜂认路回来才肯合眼。"
SOY = "酱缸要晒足整个伏天，清早揭盖，日落之前盖好，遇上阵雨就得全家跑出来抢着扣斗笠，慢了几步缸里的豆子都会发酸。"
RAIL = "信号楼里的老式扳道杆换成了电钮，可是值夜的工人还是习惯先用手摸一遍道岔图，再对着话筒把车次念给邻站听。"
DOME = "观测员在圆顶里裹着棉袄等云散开，望远镜的导轨上结了薄薄的霜，他用软刷轻轻扫掉，又把快门线重新绕好。"
SNOW = "雪场的压雪车天黑以后才出发，顺着山坡一道一道往返，把白天滑乱的雪面重新铺平，司机靠旗杆辨认悬崖的边缘。"
WIND = "山口的风停了，旗子贴着杆子垂下来。"
NETS = "堤上有人在修补晒了好久的渔网，脚边放着半壶凉茶。"
LAST = "再往后的路就好走多了。"


@dataclass(frozen=True)
class Example:
    """A text with a copy; ``at`` is the level from which on the copy goes (None: it stays) and ``left`` what is left.

    ``why`` is the code of the reason for which it is told where it stays, at all levels or one for each, from ``safe``
    on (several codes with blanks between); an empty one says that nobody is told, None that it is not asked.
    ``levels`` are those of which something is expected.
    """

    name: str
    text: str
    left: str = ""
    at: Level | None = None
    rule: str = ""
    likeness: str = "exact"
    why: str | tuple[str, ...] | None = None
    kind: Kind = Kind.TEXT
    levels: tuple[Level, ...] = tuple(Level)
    keep: str = "first"

    def clean(self, level: Level, text: str | None = None) -> Outcome:
        """Take copies out of the text, or of another one in its place."""
        return clean(self.text if text is None else text, level, kind=self.kind, disable=["tidy"], keep=self.keep)

    def goes(self, level: Level) -> bool:
        return self.at is not None and level.rank >= self.at.rank

    def reason(self, level: Level) -> str | None:
        return self.why[level.rank] if isinstance(self.why, tuple) else self.why


def parts(*blocks: str) -> str:
    """Write blocks with a blank line between them."""
    return "\n\n".join(blocks) + "\n"


def lines(*blocks: str) -> str:
    """Write blocks line by line."""
    return "\n".join(blocks) + "\n"


def each(examples: Iterable[Example]) -> pytest.MarkDecorator:
    """Parametrise a test with every example at every level."""
    found = [pytest.param(e, level, id=f"{e.name} - {level}") for e in examples for level in e.levels]
    return pytest.mark.parametrize(("example", "level"), found)


def check(example: Example, level: Level) -> None:
    """Hold an example against what became of it at a level."""
    outcome = example.clean(level)
    if example.goes(level):
        assert outcome.text == example.left
        assert {(r.rule, r.likeness) for r in outcome.applied} == {(example.rule, example.likeness)}
        return
    assert outcome.text == example.text
    assert outcome.applied == ()
    reason = example.reason(level)
    if reason is None:
        return
    assert {r.why.code for r in outcome.reported} == set(reason.split())
    if example.at is not None:
        assert example.at in {r.level for r in outcome.reported}
        assert example.rule in {r.rule for r in outcome.reported}
