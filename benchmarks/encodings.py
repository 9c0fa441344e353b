"""Measure how often texts of several scripts, and files of several encodings, are read wrong.

    python benchmarks/encodings.py [COUNT]

Every row is so many made-up texts: short lists in which Chinese stands beside kana, Cyrillic, Greek, zhuyin or pinyin,
the same lists in the encodings of Japan and Taiwan, and files whose halves were written by two programs. A text is
*right* when it is read as it was written, *unsure* when the program says that it does not know, else *wrong*: a file of
two encodings can only be unsure or wrong. Of these, *named* have the lines of one
half named and no others; *per line* are read as they were written by ``--encoding per-line``.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress

from dedupe_cn.encoding.decoding import decode
from dedupe_cn.errors import DecodingError

#: Words in Japanese, in Chinese of both scripts, in Russian, Greek, zhuyin and pinyin.
WORDS = (
    ("ねこ", "猫", "貓", "кошка", "γατα", "ㄇㄠ", "māo"),
    ("いぬ", "狗", "狗", "собака", "σκυλος", "ㄍㄡˇ", "gǒu"),
    ("りんご", "苹果", "蘋果", "яблоко", "μηλο", "ㄆㄧㄥˊ ㄍㄨㄛˇ", "píng guǒ"),
    ("たべる", "吃", "吃", "есть", "τρωω", "ㄔ", "chī"),
    ("のむ", "喝", "喝", "пить", "πινω", "ㄏㄜ", "hē"),
    ("うみ", "大海", "大海", "море", "θαλασσα", "ㄉㄚˋ ㄏㄞˇ", "dà hǎi"),
    ("やま", "山", "山", "гора", "βουνο", "ㄕㄢ", "shān"),
    ("テレビ", "电视", "電視", "телевизор", "τηλεοραση", "ㄉㄧㄢˋ ㄕˋ", "diàn shì"),
    ("カメラ", "照相机", "照相機", "фотоаппарат", "μηχανη", "ㄓㄠˋ ㄒㄧㄤˋ ㄐㄧ", "zhào xiàng jī"),
    ("ともだち", "朋友", "朋友", "друг", "φιλος", "ㄆㄥˊ ㄧㄡˇ", "péng yǒu"),
    ("せんせい", "老师", "老師", "учитель", "δασκαλος", "ㄌㄠˇ ㄕ", "lǎo shī"),
    ("ありがとう", "谢谢", "謝謝", "спасибо", "ευχαριστω", "ㄒㄧㄝˋ ㄒㄧㄝˋ", "xiè xiè"),
    ("さようなら", "再见", "再見", "до свидания", "αντιο", "ㄗㄞˋ ㄐㄧㄢˋ", "zài jiàn"),
    ("あした", "明天", "明天", "завтра", "αυριο", "ㄇㄧㄥˊ ㄊㄧㄢ", "míng tiān"),
)
#: Lines of songs and films: Japanese, Chinese, traditional, Russian, Greek, zhuyin, pinyin.
LINES = (
    ("ゆきがふるまちで", "在下雪的街上", "在下雪的街上", "в городе идёт снег", "χιονιζει στην πολη",
     "ㄒㄧㄚˋ ㄒㄩㄝˇ ㄌㄜ˙", "xià xuě le"),
    ("君をずっと待っていた", "一直等着你", "一直等著你", "я долго ждал тебя", "σε περιμενα πολυ",
     "ㄧ ㄓˊ ㄉㄥˇ ㄋㄧˇ", "yì zhí děng nǐ"),
    ("かぜのうたがきこえる", "听见风的歌声", "聽見風的歌聲", "слышна песня ветра", "ακουω το τραγουδι",
     "ㄊㄧㄥ ㄐㄧㄢˋ ㄈㄥ", "tīng jiàn fēng"),
    ("もういちどだけあいたい", "只想再见你一面", "只想再見你一面", "хочу увидеть тебя снова", "θελω να σε δω ξανα",
     "ㄒㄧㄤˇ ㄗㄞˋ ㄐㄧㄢˋ", "xiǎng zài jiàn"),
    ("それはゆめのつづき", "那是梦的后续", "那是夢的後續", "это продолжение сна", "ειναι η συνεχεια",
     "ㄇㄥˋ ㄉㄜ˙ ㄏㄡˋ ㄒㄩˋ", "mèng de hòu xù"),
    ("さくらさくころ", "樱花盛开的时候", "櫻花盛開的時候", "когда цветёт вишня", "οταν ανθιζει η κερασια",
     "ㄧㄥ ㄏㄨㄚ ㄎㄞ", "yīng huā kāi"),
    ("ずっといっしょにいよう", "永远在一起吧", "永遠在一起吧", "будем вместе всегда", "μαζι για παντα",
     "ㄧㄥˇ ㄩㄢˇ ㄗㄞˋ ㄧ ㄑㄧˇ", "yǒng yuǎn zài yì qǐ"),
)  # fmt: skip
JAPANESE, SIMPLIFIED, TRADITIONAL, RUSSIAN, GREEK, ZHUYIN, PINYIN = range(7)
#: Chinese prose for the halves of files, simplified and traditional.
PROSE = (
    ("桥头的茶摊每天清早就支起来了。", "橋頭的茶攤每天清早就支起來了。"),
    ("船老大说水涨了三寸，今天不能过河。", "船老大說水漲了三寸，今天不能過河。"),
    ("邮差把信放在窗台上，没有敲门。", "郵差把信放在窗臺上，沒有敲門。"),
    ("她数了数篮子里的鸡蛋，一共二十七个。", "她數了數籃子裡的雞蛋，一共二十七個。"),
    ("晒谷场上的人都回家了，只剩下一只狗。", "曬穀場上的人都回家了，只剩下一隻狗。"),
    ("火车晚点四十分钟，站台上挤满了人。", "火車晚點四十分鐘，月臺上擠滿了人。"),
)
ASCII = ("started\n", "ok 200 index.html\n", "build 17: done, 0 errors\n", "finished in 3.2 s\n")
UNICODE_16 = ("utf-16-le", "utf-16-be")


def lyrics(rng: random.Random, other: int, own: int) -> str:
    """Make a song: each line and what it means."""
    lines = rng.sample(LINES, rng.randint(2, 6))
    return "".join(f"{line[other]}\n{line[own]}\n" for line in lines)


def vocabulary(rng: random.Random, other: int, own: int) -> str:
    """Make a list of words: each and what it means."""
    words = rng.sample(WORDS, rng.randint(3, 12))
    sign = rng.choice((" ", "\t", " - ", "="))
    return "".join(f"{word[other]}{sign}{word[own]}\n" for word in words)


def subtitles(rng: random.Random, other: int, own: int) -> str:
    """Make subtitles of two languages."""
    lines = rng.sample(LINES, rng.randint(2, 6))
    return "".join(
        f"{i}\n00:00:{i:02},000 --> 00:00:{i + 1:02},500\n{line[other]}\n{line[own]}\n\n"
        for i, line in enumerate(lines, 1)
    )


def beside(rng: random.Random, other: int, own: int) -> str:
    """Make three lines of another script below one or two of Chinese."""
    own_lines = [pair[own == TRADITIONAL] for pair in rng.sample(PROSE, rng.randint(1, 2))]
    return "".join(f"{line}\n" for line in own_lines + [line[other] for line in rng.sample(LINES, 3)])


LISTS: tuple[Callable[[random.Random, int, int], str], ...] = (lyrics, vocabulary, subtitles, beside)


def encodable(text: str, encoding: str) -> bool:
    """Tell whether an encoding holds a text."""
    try:
        return text.encode(encoding).decode(encoding) == text
    except UnicodeError:
        return False


def lists(count: int) -> Iterator[tuple[str, list[tuple[bytes, str]]]]:
    """Yield each row of lists: its name, and texts as bytes and as they should be read."""
    scripts = {
        "kana": JAPANESE, "Cyrillic": RUSSIAN, "Greek": GREEK, "zhuyin": ZHUYIN, "pinyin": PINYIN,
    }  # fmt: skip
    rows = [(name, script, "gbk", SIMPLIFIED) for name, script in scripts.items()]
    rows += [("kana", JAPANESE, "big5hkscs", TRADITIONAL), ("Cyrillic", RUSSIAN, "big5hkscs", TRADITIONAL)]
    rows += [("zhuyin", ZHUYIN, "cp950", TRADITIONAL)]
    rows += [("Japanese alone", JAPANESE, codec, JAPANESE) for codec in ("euc_jp", "cp932", "gbk")]
    for name, script, codec, own in rows:
        for make in LISTS:
            if own == JAPANESE and make is beside:
                continue
            rng = random.Random(f"{name} {codec} {make.__name__}")
            texts = [make(rng, script, own) for _ in range(count)]
            yield f"{name}, {make.__name__}, {codec}", [(t.encode(codec), t) for t in texts if encodable(t, codec)]


def half(rng: random.Random, codec: str) -> tuple[bytes, str]:
    """Make what one program wrote: its bytes and its text."""
    if codec.startswith("ascii"):
        text = "".join(rng.sample(ASCII, rng.randint(1, 3)))
        return text.encode(codec.removeprefix("ascii ")), text
    pairs = rng.sample(PROSE, rng.randint(1, 4))
    text = "".join(pair[codec in ("cp950", "big5hkscs")] + "\n" for pair in pairs)
    return text.encode(codec), text


def mixed(count: int) -> Iterator[tuple[str, list[tuple[tuple[bytes, str], tuple[bytes, str]]]]]:
    """Yield each row of files of two encodings."""
    singles = ("ascii", "utf-8", "utf-8-sig", "gbk", "cp950", *UNICODE_16, "utf-16", "ascii utf-16-le")
    same = {"ascii": ("utf-8", "gbk", "cp950", "utf-8-sig"), "utf-8": ("utf-8-sig",), "utf-16-le": ("utf-16",)}
    for first in singles:
        for second in singles:
            if first == second or second in same.get(first, ()) or first in same.get(second, ()):
                continue
            if {first, second} <= {"utf-16-le", "utf-16", "ascii utf-16-le"}:
                continue
            rng = random.Random(f"{first} {second}")
            yield f"{first} >> {second}", [(half(rng, first), half(rng, second)) for _ in range(count)]


def verdict(data: bytes, truth: str) -> str:
    """Judge one answer."""
    found = decode(data)
    if not found.legible:
        return "unsure"
    return "right" if found.text == truth and found.certain else "wrong"


def verdicts(first: tuple[bytes, str], second: tuple[bytes, str]) -> Counter[str]:
    """Judge what is said of a file of two encodings."""
    data, text = first[0] + second[0], first[1] + second[1]
    found = decode(data)
    cut, last = first[1].count("\n"), text.count("\n")
    halves = tuple(range(1, cut + 1)), tuple(range(cut + 1, last + 1))
    counts = Counter(["wrong" if found.legible else "unsure"])
    counts["named"] += found.mixed in halves
    with suppress(DecodingError):
        counts["per line"] += decode(data, "per-line").text == text
    return counts


def main() -> None:
    """Print the tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    for heads, rows in ((("right", "unsure", "wrong"), lists), (("unsure", "wrong", "named", "per line"), mixed)):
        total: Counter[str] = Counter()
        print(f"{'':40}{'n':>6}" + "".join(f"{head:>10}" for head in heads))
        for name, texts in rows(count):
            counts: Counter[str] = Counter(n=len(texts))
            for pair in texts:
                counts += Counter([verdict(*pair)]) if rows is lists else verdicts(*pair)
            total += counts
            print(f"{name:40}{counts['n']:6}" + "".join(f"{counts[head]:10}" for head in heads))
        print(f"{'all':40}{total['n']:6}" + "".join(f"{total[head]:10}" for head in heads) + "\n")


if __name__ == "__main__":
    main()
