"""Documents of real shapes for property tests: prose, headings, lists, code, tables, verse, and accidents in them.

Everything is chosen from small pools, so that parts repeat by themselves and Hypothesis can shrink what it finds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from dedupe_cn.model import Document, Kind
from dedupe_cn.text.characters import is_han

_COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民"
    "得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义"
    "事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直"
)
_CHANCE = Random(20)


def _clause(low: int, high: int) -> str:
    return "".join(_CHANCE.choices(_COMMON, k=_CHANCE.randint(low, high)))


def _sentence() -> str:
    clauses = [_clause(4, 13) for _ in range(_CHANCE.randint(1, 4))]
    return "，".join(clauses) + _CHANCE.choice("。。。。！？")


SENTENCES = [
    *(_sentence() for _ in range(24)),
    "过失犯前款罪的，处三年以下有期徒刑或者拘役。",
    "“你把东西放在门口就走，千万不要出声。”",
    "（一）召集并主持理事会会议，检查会议决议的落实情况；",
    "详见[说明](a.md)，运行 `make` 之后再看结果是否有变化。",
    "The museum keeps its oldest maps in a cool room behind the main hall, where few may look at them.",
    "這間書店開在巷子深處，門口沒有招牌，只有一盞昏黃的燈。",
    "系统繁忙，请您稍后再试一次。",
    "扫码关注晨光读书会",
    "内容如下：",
    "哈哈哈哈哈哈",
]
HEADINGS = ["# 总则", "## 桥", "## 路", "### 常见问题", "第三章 渡口", "《过桥》"]
LISTS = [
    "- 米饭一碗\n- 青菜一碟",
    "1. 停止服务\n2. 替换文件\n\n   ```\n   a\n   ```\n3. 启动服务",
    "• 甲乙丙丁\n• 甲乙丙丁",
    "- 米饭一碗\n- 米饭一碗",
]
CODE = ["```py\nx = 1\n\nx = 1\n```", "~~~\n# 甲\n~~~", "    make all\n    make all", "$$\nx^2\n$$"]
TABLES = ["| 甲 | 乙 |\n| --- | --- |\n| 一 | 二 |\n| 一 | 二 |", "甲\t乙\t丙\n甲\t乙\t丙"]
VERSE = [
    "桥上的雾还没有散，\n卖花的担子已经响，\n撑一把伞慢慢走过去，\n江水啊江水向东方。",
    "云在山头走\n水在山下流\n人在山间住\n月在山后头",
    "采呀采，莫停手，\n一片叶子一片愁，\n采呀采，莫停手，\n一片叶子一片愁，",
]
OTHERS = [
    "> 引文一句。\n> 引文一句。",
    "<div>\n甲\n</div>",
    "![图](a.png)",
    "---",
    ":::tip",
    "[甲]: https://example.org",
    "***",
]
BREAKS = ["\n", "\n\n", "\n\n\n", "", "\n　　", "\n\t", " ", "\r\n", "\r\n\r\n", "\u200b\n", " \n"]
MARKS = (
    "<!-- dedupe-cn: off -->",
    "<!-- dedupe-cn: on -->",
    "<!-- dedupe-cn: ignore-next -->",
    "<!-- dedupe-cn: off repeats -->",
    "<!-- dedupe-cn：off tidy，whole-document -->",
    "<!-- dedupe-cn: on repeats -->",
    "{/* dedupe-cn: off */}",
    "{/* dedupe-cn: ignore-next tandem */}",
    "<!--\ndedupe-cn: ignore-next\n-->",
)
#: Nobody types these: escape sequences, overrides of direction, line ends of other systems, joiners, half of a pair.
STRANGE = (
    *"\x00\x07\x08\x0b\x0c\x1b\x7f\x85\xa0\xad\u0301\u180e\u200b\u200d\u200e\u2028\u2029\u202e\u2066\u2069\u3000\ufe0f\ufeff\ufffc\ufffd",
    *"\ue000\U000e0041\U00020000\U0001f468",
    *(
        "\x1b[31m",
        "\x1b]8;;",
        "\x9b2J",
        "\r",
        "\r\r\n",
        "]]>",
        "<script>",
        "</",
        "::error::",
        "&#0;",
        "\\",
        "${",
        "`" * 3,
        "~~~",
        "<!--",
    ),
)
HALF_WIDTH = str.maketrans("，。", ",.")
INDENTS = ["", "", "　　", "  ", "\u200b"]


def _wrapped(text: str, width: int) -> str:
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


_PROSE = st.builds(
    lambda indent, sentences, width: indent + (_wrapped("".join(sentences), width) if width else "".join(sentences)),
    st.sampled_from(INDENTS),
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4),
    st.sampled_from([0, 0, 0, 0, 18, 27]),
)
_BLOCK = st.one_of(
    _PROSE,
    _PROSE,
    _PROSE,
    st.sampled_from(HEADINGS),
    st.sampled_from([*LISTS, *CODE, *TABLES, *OTHERS]),
    st.sampled_from(VERSE),
)


@dataclass(frozen=True)
class Accident:
    """A passage of the text, in thousandths of it, that stands a second time somewhere."""

    kind: str
    start: int
    size: int
    place: int
    between: str

    def happen(self, text: str) -> str:
        if self.kind == "whole":
            return text + self.between + text
        start = len(text) * self.start // 1000
        passage = text[start : start + self.size]
        place = start + len(passage) if self.kind == "tandem" else len(text) * self.place // 1000
        return text[:place] + self.between + passage + text[place:]


_ACCIDENT = st.builds(
    Accident,
    st.sampled_from(["tandem", "tandem", "far", "whole"]),
    st.integers(0, 999),
    st.integers(10, 200),
    st.integers(0, 1000),
    st.sampled_from(["", "", "\n", "\n\n", " ", "　", "\n第三章 渡口\n", "第三章 渡口"]),
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    text = ""
    for part in draw(st.lists(_BLOCK, max_size=9)):
        text += part + draw(st.sampled_from(BREAKS[:3]) if part[:1] not in "“" else st.sampled_from(BREAKS))
    for accident in draw(st.lists(_ACCIDENT, max_size=3)):
        text = accident.happen(text)
    return text + draw(st.sampled_from(["", "\n"]))


def documents() -> st.SearchStrategy[Document]:
    return st.builds(Document, texts(), st.sampled_from(Kind))


@st.composite
def strange(draw: st.DrawFn, text: str) -> str:
    """Plant what nobody types at some places; the same at several, so that copies of it meet."""
    pieces = draw(st.lists(st.sampled_from(STRANGE), min_size=1, max_size=3))
    for place in sorted(draw(st.lists(st.integers(0, len(text)), min_size=1, max_size=8)), reverse=True):
        text = text[:place] + draw(st.sampled_from(pieces)) + text[place:]
    return text


@st.composite
def several_systems(draw: st.DrawFn, text: str) -> str:
    """Give a text the line ends of one system, but for a few of others."""
    text = text.replace("\n", draw(st.sampled_from(["\r\n", "\r\n", "\n", "\r"])))
    ends = [match.span() for match in re.finditer("\r\n?|\n", text)]
    for at in sorted(draw(st.sets(st.integers(0, max(0, len(ends) - 1)), max_size=5)), reverse=True) if ends else ():
        text = text[: ends[at][0]] + draw(st.sampled_from(["\r", "\n", "\r\n"])) + text[ends[at][1] :]
    return text


@st.composite
def marked(draw: st.DrawFn, text: str) -> str:
    """Plant marks in a text: mostly on lines of their own, at times in the middle of one."""
    for mark in draw(st.lists(st.sampled_from(MARKS), min_size=1, max_size=5)):
        breaks = [match.start() for match in re.finditer("\n", text)]
        own = draw(st.integers(0, 4))
        if own and breaks:
            place = draw(st.sampled_from(breaks))
            text = text[:place] + draw(st.sampled_from(["\n", "\n\n"])) + mark + text[place:]
        else:
            place = draw(st.integers(0, len(text)))
            text = text[:place] + mark + text[place:]
    return text


@st.composite
def noisy(draw: st.DrawFn, passage: str) -> str:
    """Plant blanks, half-width marks, doubled commas or stray marks between characters, never beside a digit."""
    copy = passage
    for kind in draw(st.lists(st.sampled_from(("blank", "width", "doubled", "stray")), min_size=1, max_size=3)):
        gaps = [i for i in range(5, len(copy) - 5) if is_han(copy[i - 1]) and is_han(copy[i])]
        at = draw(st.sampled_from(gaps))
        if kind == "width":
            copy = copy.translate(HALF_WIDTH)
        elif kind == "doubled":
            copy = copy.replace("，", "，，", 1) if "，，" not in copy else copy
        else:
            copy = copy[:at] + ("　" if kind == "blank" else "■") + copy[at:]
    return copy
