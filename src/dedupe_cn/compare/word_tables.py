"""The tables that tell noise from meaning, read from ``data`` when first used (origins: ``data/ORIGIN.md``)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import combinations

from dedupe_cn.compare.lexicon import Lexicon
from dedupe_cn.text.tables import read_table

#: Characters that count: Chinese numerals, plain and as written on cheques.
NUMERALS = frozenset("一二三四五六七八九十百千万亿兆两〇零半廿卅壹贰叁肆伍陆柒捌玖拾佰仟")
#: Characters that deny or forbid.
NEGATIONS = frozenset("不未非无没否勿莫毋弗别甭")
#: The commonest surnames.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
#: Characters of which given names are made; a few hundred hold nearly all.
GIVEN_NAMES = frozenset(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红娥玲芬燕彬斌春菊兰凤洁梅琳素云莲真雪荣爱香月莺媛瑞凡佳嘉琼勤珍贞莉璐晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁纨仪荷丹蓉眉君琴"
    "蕊薇菁梦岚苑筠柔竹霭凝晓欢枫芸菲寒欣滢伊宜姬舒影枝思清飞栋维启克伦翔旭鹏泽晨辰士建家树炎德泰盛雄琛钧冠策腾楠榕航弘义兴良海山仁波宁贵福生龙元国胜学祥才发武新利顺信昌成康星光天达安岩"
    "茂进坚彪博诚先敬震振壮会群豪心邦承乐绍功松善厚庆民友裕河哲江浩亮政谦亨奇固轮翰朗伯宏言若鸣朋梁立文小东永志俊峰锋玮炜峻骏晴睛辉晖珲昊昱昕莹盈蕾雷淑惠慧美贤亚可风时叶"
)
#: The strongest class a look-alike pair is listed under wins.
_STRENGTH = {"word": 0, "close": 1, "shape": 2, "guard": 3}


def _rows(name: str) -> list[str]:
    data = read_table("compare", name).decode()
    return [line for line in data.splitlines() if line and not line.startswith("#")]


@cache
def simplified_only() -> frozenset[str]:
    """Give the characters that only simplified text has: each stands for one traditional form other than itself."""
    return frozenset("".join(_rows("simplified.txt")))


@cache
def look_alikes() -> Mapping[tuple[str, str], str]:
    """Give for each pair of characters that print alike, the lower one first, its class.

    ``shape``: in nearly every place one of the two is no word; ``word``: both are everyday characters; ``close``: so
    are these, but a stroke apart, and the commonest misreadings;
    ``guard``: one is a numeral or a negation, or the two are opposites. Two numerals are never look-alikes.
    """
    table: dict[tuple[str, str], str] = {}
    telling = NUMERALS | NEGATIONS
    for row in _rows("look_alikes.tsv"):
        kind, group = row.split("\t")
        for pair in combinations(sorted(group), 2):
            one, other = pair[0] in telling, pair[1] in telling
            if one and other:
                continue
            strength = "guard" if one or other else kind
            known = table.get(pair)
            if known is None or _STRENGTH[strength] > _STRENGTH[known]:
                table[pair] = strength
    return table


@cache
def antonyms() -> Mapping[str, frozenset[str]]:
    """Give for each word those that say the opposite."""
    table: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows("antonyms.tsv"):
        first, second = row.split("\t")
        table[first].add(second)
        table[second].add(first)
    return {word: frozenset(others) for word, others in table.items()}


@cache
def opposed_words() -> Lexicon:
    """Give the words that have opposites."""
    return Lexicon(antonyms())


@cache
def names() -> Lexicon:
    """Give well-known names: places, offices, persons, products."""
    return Lexicon(word for row in _rows("names.txt") for word in row.split())


@cache
def harmless_words() -> Lexicon:
    """Give words and names that hold a numeral, a negation or 有 without counting or denying (四川, 八戒, 非常)."""
    return Lexicon(word for row in _rows("harmless_words.txt") for word in row.split())


@cache
def measure_words() -> frozenset[str]:
    """Give what may follow a number: measure words and units."""
    return frozenset(char for row in _rows("measure_words.txt") for char in row.split())


@cache
def units() -> frozenset[str]:
    """Give units of measure and money written in Chinese characters or signs."""
    return frozenset(word for row in _rows("units.txt") for word in row.split())


@cache
def limiting_words() -> re.Pattern[str]:
    """Give words that limit, allow, forbid, offer a choice, set a condition or a time."""
    return re.compile("|".join(word for row in _rows("limiting_words.txt") for word in row.split()))
