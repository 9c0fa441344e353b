"""Made-up texts in which much stands again: to the letter, nearly, in rows, in crowds."""

from __future__ import annotations

from random import Random

from dedupe_cn.copies.reader import Reader
from dedupe_cn.model import Kind
from dedupe_cn.text.segments import layout

WORDS = (
    "天", "地", "玄黄", "宇宙洪荒，", "日月", "盈昃。", "a", "The ", "\n", "\n\n", "# 题\n", "- ", "1", "辰宿",
    "列张！", "  ", " ", "b1c", "甲乙丙丁戊己庚辛壬癸", "“来。”", "3.14", "\U00020000",
)  # fmt: skip
#: Texts that are hard on some step.
SHAPES = (
    "", "啊", "啊" * 90, "哈嘿" * 60, "一二三四五六七八" * 20, "甲。\n" * 30,
    "春眠不觉晓。春眠不觉晓。处处闻啼鸟。处处闻啼鸟。\n",
    "# 甲\n\n" + "天地玄黄宇宙洪荒日月盈昃" * 3 + "\n\n# 乙\n\n" + "天地玄黄宇宙洪荒日月盈昃" * 3 + "\n",
    "".join(f"tree/{code}" for code in Random(11).choices("松竹梅兰荷菊桃李", k=300)) + "\n",
)  # fmt: skip


def made_up(chance: Random) -> str:
    """Make up a text of few words, parts of which are pasted again with some of them changed."""
    words = chance.sample(WORDS, chance.randint(1, len(WORDS)))

    def some(most: int) -> str:
        return "".join(chance.choice(words) for _ in range(chance.randint(1, most)))

    text = some(chance.choice((5, 30, 120)))
    for _ in range(chance.randint(0, 6)):
        start = chance.randint(0, len(text))
        copy = list(text[start : start + chance.randint(1, chance.choice((10, 60, 400)))])
        for _ in range(chance.choice((0, 0, 1, 3)) if copy else 0):
            copy[chance.randrange(len(copy))] = chance.choice(WORDS) if chance.random() < 0.6 else ""
        at = chance.choice((len(text), chance.randint(0, len(text))))
        text = text[:at] + "".join(copy) + some(chance.choice((1, 5, 20))) + text[at:]
        if len(text) > 6000:
            break
    return text


def reader_of(text: str, kind: Kind = Kind.TEXT) -> Reader:
    return Reader(layout(text, kind))
