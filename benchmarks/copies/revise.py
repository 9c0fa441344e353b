"""One change after which a copy says something else: both texts are to stay.

Each function takes a text and a source of chance and gives the changed text, or None where the text has
no place for it.
"""

from __future__ import annotations

import re
from random import Random

from copies.disturb import Change, Put, put
from copies.layout import visible

_NUMERALS = "一二三四五六七八九"
_COUNTED = "十百千万条款章节岁年月日次名人位倍亿元里个册台只把盏组户"
#: What is put for each other, of one kind each. No names of persons: the texts have none.
_NAMES = (
    ("设计公司", "施工公司", "检测公司"), ("青石镇", "白石镇"), ("柳河镇", "双河镇"), ("云岭县", "东岭县"),
    ("理事会", "监事会"), ("语文老师", "数学老师"), ("图书馆", "文化馆"), ("村委会", "居委会"), ("物业", "业委会"),
    ("医生", "护士"), ("奶奶", "姑姑"), ("祖父", "伯父"), ("掌柜", "伙计"), ("探长", "局长"), ("将军", "副将"),
    ("蚂蚁", "蜜蜂"), ("竹子", "芦苇"), ("老鼠", "松鼠"), ("水稻", "小麦"), ("柑橘", "枇杷"), ("柿子", "石榴"),
    ("渡口", "码头"), ("灯塔", "钟楼"), ("酱油", "香醋"), ("冬笋", "茭白"), ("酵母", "小苏打"), ("镜筒", "支架"),
    ("滴头", "喷头"), ("过滤器", "控制器"), ("硬盘", "光盘"), ("手机", "相机"), ("外胎", "内胎"), ("电梯", "扶梯"),
    ("浴巾", "毛毯"), ("面馆", "酒楼"), ("伞柄", "伞面"), ("纺车", "织机"), ("反嘴鹬", "绿翅鸭"), ("食堂", "操场"),
    ("Redis", "Kafka"), ("Windows", "Linux"), ("JSON", "XML"),
)  # fmt: skip
_OPPOSITES = (
    ("增加", "减少"), ("上涨", "下跌"), ("提高", "降低"), ("开始", "结束"), ("打开", "关闭"), ("同意", "反对"),
    ("赞成", "反对"), ("以前", "以后"), ("之前", "之后"), ("以上", "以下"), ("最大", "最小"), ("最多", "最少"),
    ("左边", "右边"), ("上游", "下游"), ("北边", "南边"), ("东边", "西边"), ("里面", "外面"), ("室内", "室外"),
    ("继续", "停止"), ("收入", "支出"), ("便宜", "昂贵"), ("容易", "困难"), ("安装", "拆除"), ("前面", "后面"),
    ("公开", "保密"), ("年轻", "年老"), ("喜欢", "讨厌"), ("允许", "禁止"), ("上升", "下降"), ("进来", "出去"),
    ("白天", "黑夜"), ("干净", "肮脏"), ("愿意", "拒绝"), ("完整", "残缺"), ("安静", "吵闹"), ("加速", "减速"),
)  # fmt: skip
_DENY = ("应当", "可以", "需要", "能够", "知道", "愿意", "收取", "影响", "接受")
_AFFIRM = (
    ("不会", "会"), ("不能", "能"), ("不得", "可以"), ("没有", "有"), ("不是", "是"), ("不要", "要"),
    ("不需要", "需要"),
    ("不应当", "应当"), ("不可", "可"), ("未经", "经"), ("从不", "常常"),
)  # fmt: skip
_HAVE = re.compile(r"(?<![没所只还都享拥占具持含])有(?=[权效关害偿责条限意利过])|无(?=[权效关害偿责条限意利过])")


def _one(text: str, places: list[Put], chance: Random) -> str | None:
    changed = put(text, [chance.choice(places)]) if places else text
    return changed if visible(changed) != visible(text) else None


def digit(text: str, chance: Random) -> str | None:
    """Change one digit."""
    found = re.finditer("[1-9]", text)
    return _one(text, [Put(m.start(), m[0], chance.choice("123456789".replace(m[0], ""))) for m in found], chance)


def numeral(text: str, chance: Random) -> str | None:
    """Change one Chinese numeral in front of what it counts."""
    found = re.finditer(f"[{_NUMERALS}](?=[{_COUNTED}])|(?<=[第十百])[{_NUMERALS}]", text)
    return _one(text, [Put(m.start(), m[0], chance.choice(_NUMERALS.replace(m[0], ""))) for m in found], chance)


def date(text: str, chance: Random) -> str | None:
    """Change the year, the month or the day of a date in digits or numerals."""
    places = []
    for m in re.finditer(r"\d{4}(?=年)|\d{1,2}(?=月|日)", text):
        other = int(m[0]) + chance.choice((-1, 1)) if len(m[0]) == 4 else int(m[0]) % 12 + 1
        places.append(Put(m.start(), m[0], str(other)))
    for m in re.finditer(f"[{_NUMERALS}](?=月)|(?<=月)[{_NUMERALS}](?=日)|(?<=星期)[一二三四五]", text):
        places.append(Put(m.start(), m[0], chance.choice("一二三四五".replace(m[0], ""))))
    return _one(text, places, chance)


def negation(text: str, chance: Random) -> str | None:
    """Put 不 in front of a verb, or take a negation away."""
    places = [
        Put(m.start(), "", "不") for word in _DENY for m in re.finditer(f"(?<![不没无非未也都就])(?={word})", text)
    ]
    places += [Put(m.start(), old, new) for old, new in _AFFIRM for m in re.finditer(f"(?<![并从毫])(?={old})", text)]
    return _one(text, places, chance)


def have_none(text: str, chance: Random) -> str | None:
    """Put 无 for 有, or the other way round."""
    return _one(text, [Put(m.start(), m[0], "无" if m[0] == "有" else "有") for m in _HAVE.finditer(text)], chance)


def _exchange(text: str, groups: tuple[tuple[str, ...], ...], chance: Random) -> str | None:
    places = [
        Put(m.start(), word, chance.choice([other for other in group if other != word]))
        for group in groups
        for word in group
        for m in re.finditer(re.escape(word), text)
    ]
    return _one(text, places, chance)


def name(text: str, chance: Random) -> str | None:
    """Put another thing, place or office for one."""
    return _exchange(text, _NAMES, chance)


def opposite(text: str, chance: Random) -> str | None:
    """Put the opposite for a word."""
    return _exchange(text, _OPPOSITES, chance)


def identifier(text: str, chance: Random) -> str | None:
    """Change an identifier between backticks."""
    places = []
    for m in re.finditer(r"`([A-Za-z_./-][\w./-]{2,40})`", text):
        at = chance.randrange(1, len(m[1]))
        other = chance.choice("bdkmrtz".replace(m[1][at].lower(), ""))
        places.append(Put(m.start(1) + at, m[1][at], other))
    return _one(text, places, chance)


MEANING: dict[str, Change] = {
    "digit": digit, "numeral": numeral, "date": date, "negation": negation, "have-none": have_none, "name": name,
    "opposite": opposite, "identifier": identifier,
}  # fmt: skip
#: What a page or a section is revised by.
MEANING_OF_PAGES = ("digit", "numeral", "date", "negation", "name", "opposite")
#: A word replaced: by the contract of the levels it keeps a copy below ``aggressive``.
REPLACED = ("name", "opposite")


def somewhere(change: Change) -> Change:
    """Make of a revision one of a page: it strikes one paragraph."""

    def revise(text: str, chance: Random) -> str | None:
        lines = text.split("\n")
        fit = [n for n, line in enumerate(lines) if len(visible(line)) >= 20 and line[0] not in "#>|-*+`"]
        for n in chance.sample(fit, len(fit)):
            changed = change(lines[n], chance)
            if changed is not None:
                return "\n".join([*lines[:n], changed, *lines[n + 1 :]])
        return None

    return revise
