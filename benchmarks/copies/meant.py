"""Repeats that somebody meant: one letter to two people, one paragraph in two boxes or under two labels."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from copies.layout import Source, paragraphs
from copies.pages import page
from copies.planted import MEANT, NEVER, Kind, Planted, Planter

#: What two letters of one text begin with, and what stands behind that.
_HEADS = (
    ("一单元各位住户：", "二单元各位住户：", "\n\n"), ("档案编号：0417", "档案编号：0418", "\n\n"),
    ("2024年春季学期", "2024年秋季学期", "\n\n"), ("收货单位：城东仓库", "收货单位：城西仓库", "\n"),
    ("# 甲组用", "# 乙组用", "\n\n"), ("致：河口村村民委员会", "致：山口村村民委员会", "\n"),
    ("第三考点。", "第七考点。", ""),
)  # fmt: skip
#: What they end in, and what stands before that.
_TAILS = (
    ("2025年2月8日", "2025年2月18日", "\n\n"), ("应缴纳240元。", "应缴纳420元。", ""),
    ("预算30万元", "预算30元", ""), ("值班电话：60010021", "值班电话：60010027", "\n"),
    ("审查意见：同意立项。", "审查意见：不同意立项。", ""), ("存根编号：0088", "存根编号：0089", "\n\n"),
    ("本批运费为86元。", "本批运费为68元。", "\n"),
)  # fmt: skip


class Box(NamedTuple):
    """What stands around a paragraph: opener and closer with a name in it, and two names."""

    opener: str
    closer: str
    names: tuple[str, str]


_BOXES = {
    "details": Box("<details>\n<summary>{}</summary>", "</details>", ("第一题解析", "第二题解析")),
    "div": Box('<div class="{}">', "</div>", ("desktop", "mobile")),
    "jsx": Box("<{}>", "</{}>", ("Warning", "Hint")),
    "directive": Box("::: {}", ":::", ("info", "danger")),
    "liquid": Box("{{% note {} %}}", "{{% endnote %}}", ("success", "primary")),
    "hugo": Box('{{{{% tab "{}" %}}}}', "{{{{% /tab %}}}}", ("macOS", "Linux")),
    "comment": Box("<!-- tab {} -->", "<!-- endtab -->", ("北校区", "南校区")),
    "heading": Box("## {}", "", ("暂停订阅", "取消订阅")),
    "bold": Box("**{}**", "", ("可以提前还吗？", "可以延期还吗？")),
    "label": Box("{}", "", ("出租人违约的：", "承租人违约的：")),
    "day": Box("{}", "", ("5月4日 小雨", "5月6日 阴")),
}


def letters(head: bool, within: bool) -> Planter:
    """Write one text for two people, numbers or dates; ``within``: between a line in front and one behind."""

    def plant(source: Source, chance: Random) -> Planted | None:
        text = page(source)
        if text is None:
            return None
        one, other, gap = chance.choice(_HEADS if head else _TAILS)
        first, second = (f"{mark}{gap}{text}" if head else f"{text}{gap}{mark}" for mark in (one, other))
        front, back = ("以下两份内容，请转交有关人员。\n\n", "\n\n以上两份，签收后交回。\n") if within else ("", "\n")
        at = len(front) + len(first) + 2
        whole = f"{front}{first}\n\n{second}{back}"
        original = (len(front), len(front) + len(first))
        return Planted(whole, ((at, at + len(second)),), (original,), clean=front + first + back)

    return plant


def boxed(box: Box) -> Planter:
    """Put one paragraph at the end of a page twice, each in a box or under a label of its own."""

    def plant(source: Source, chance: Random) -> Planted | None:
        found = [b for b in paragraphs(source, 40, 300) if "`" not in source.of(b)] if source.markdown else []
        if not found:
            return None
        words = source.of(chance.choice(found))
        closer = f"\n\n{box.closer}" if box.closer else ""
        first, second = (f"{box.opener}\n\n{words}{closer}".format(*[name] * 2) for name in box.names)
        clean = f"{source.text.rstrip()}\n\n{first}\n\n"
        start = len(clean) - len(first) - 2
        copy = (len(clean), len(clean) + len(second))
        return Planted(f"{clean}{second}\n", (copy,), ((start, start + len(first)),), clean=clean)

    return plant


def kinds() -> list[Kind]:
    """Give all kinds of repeats that are meant."""
    found = []
    for head in (True, False):
        side = "head" if head else "tail"
        found.append(Kind("letters", side, "meaning", MEANT, letters(head, within=False)))
        found.append(Kind("letters-within", side, "meaning", NEVER, letters(head, within=True)))
    return found + [Kind("boxed", name, "meaning", NEVER, boxed(box)) for name, box in _BOXES.items()]
