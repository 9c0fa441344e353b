"""Copy sections between the files of a folder, exact, with noise or with one change of meaning, and note where.

The noise and the changes are made here, by rules that know nothing of the program: marks of another width, traditional
signs, spaces, misread signs; another number, a denial, an opposite, 有 and 无.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import pairwise
from pathlib import Path

#: Han characters of a section that is planted.
LEAST, MOST = 80, 600
_HEADING = re.compile(r"^(#{2,5}) \S[^\n]*$", re.MULTILINE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BLANK, _LINE = re.compile(r"(?<=\n\n)(?!\n)"), re.compile(r"^", re.MULTILINE)
#: What no planted section holds: code, tables, HTML, images, front matter, comments.
_NO_PROSE = re.compile(r"```|~~~|^\s*\||<[a-zA-Z!/]|!\[|^---$|^\s{4,}", re.MULTILINE)
_WIDTH = {"，": ",", "。": ".", "：": ":", "；": ";", "（": "(", "）": ")", "！": "!", "？": "?"}
_TRADITIONAL = dict(zip("们这来时国会过对进长", "們這來時國會過對進長", strict=True))
_MISREAD = {"己": "已", "未": "末", "日": "曰", "入": "人", "土": "士", "千": "干", "天": "夭"}
_OPPOSITES = (
    ("增加", "减少"), ("提高", "降低"), ("允许", "禁止"), ("开启", "关闭"), ("最大", "最小"), ("成功", "失败"),
    ("以上", "以下"), ("同步", "异步"), ("之前", "之后"), ("优点", "缺点"), ("左", "右"), ("快", "慢"), ("高", "低"),
)  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.])\d{1,4}(?![\w.])")
_VERB = re.compile(r"(?<![不未没无])(需要|可以|会|能够|应当|必须|支持|包含)")
_HAVE = re.compile(r"(?<![没所拥具含享持固])有(?![效关的些时人])")


#: The text of a copy and the classes that would be right; None where it cannot be made.
Made = tuple[str, frozenset[str]] | None


@dataclass(frozen=True, slots=True)
class Planted:
    """One section that was copied: both files, what stands there, and what was done to it.

    ``sort`` is ``exact``, ``noise`` or ``meaning``; ``classes`` are those of the difference that would be right, none
    for exact copies.
    """

    donor: str
    target: str
    text: str
    sort: str
    classes: frozenset[str]


def collect(folders: Sequence[Path], count: int) -> dict[str, str]:
    """Read so many texts; where there are fewer files the longest are parted at headings or blank lines."""
    texts: dict[str, str] = {}
    for number, folder in enumerate(folders):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".md", ".txt") and path.is_file():
                try:
                    texts[f"{number}/{path.relative_to(folder).as_posix()}"] = path.read_bytes().decode()
                except UnicodeDecodeError:
                    continue
    longest = [(-len(text), name) for name, text in texts.items()]
    heapify(longest)
    while len(texts) < count and longest:
        _, name = heappop(longest)
        parts = _halves(texts[name])
        if parts is not None:
            stem, dot, suffix = name.rpartition(".")
            del texts[name]
            for letter, part in zip("ab", parts, strict=True):
                texts[f"{stem}-{letter}{dot}{suffix}"] = part
                heappush(longest, (-len(part), f"{stem}-{letter}{dot}{suffix}"))
    return dict(sorted(texts.items())[:count])


def _halves(text: str) -> tuple[str, str] | None:
    for ends in (_HEADING, _BLANK, _LINE):
        places = [found.start() for found in ends.finditer(text)]
        inner = [at for at in places if len(text) // 4 < at < 3 * len(text) // 4]
        inner = [at for at in inner if text.count("```", 0, at) % 2 == 0]
        if inner:
            break
    if not inner or len(text) < 600:
        return None
    at = min(inner, key=lambda at: abs(at - len(text) // 2))
    return text[:at], text[at:]


def plant(texts: dict[str, str], count: int, seed: int) -> tuple[dict[str, str], list[Planted]]:
    """Copy ``count`` sections, a third of each sort; give the texts with them, and what was planted."""
    chance = random.Random(seed)
    changed = dict(texts)
    planted: list[Planted] = []
    donors = [(name, section) for name in texts for section in _sections(name, texts[name])]
    chance.shuffle(donors)
    # What is planted into one of two identical files tells of the other file too.
    times = Counter("".join(text.split()) for text in texts.values())
    targets = [name for name in texts if name.endswith(".md") and times["".join(texts[name].split())] == 1]
    chance.shuffle(targets)
    sorts = ("exact", "noise", "meaning")
    used: set[str] = set()
    for donor, section in donors:
        if len(planted) == count or not targets:
            break
        sort = sorts[len(planted) % 3]
        made = _made(section, sort, chance)
        if donor in used or made is None:
            continue
        target = targets.pop()
        if target == donor:
            targets.insert(0, target)
            continue
        text, classes = made
        changed[target] = _put(changed[target], text)
        planted.append(Planted(donor, target, text, sort, classes))
        used |= {donor}
    return changed, planted


def _sections(name: str, text: str) -> Iterator[str]:
    if not name.endswith(".md"):
        return
    places = [found.start() for found in _HEADING.finditer(text)] + [len(text)]
    for start, end in pairwise(places):
        section = text[start:end].strip("\n")
        if LEAST <= len(_HAN.findall(section)) <= MOST and not _NO_PROSE.search(section) and "](" not in section:
            yield section


def _put(text: str, section: str) -> str:
    """Put a section at the end of a text, under a heading of the target's own if there is any."""
    return f"{text.rstrip(chr(10))}\n\n{section}\n"


def _made(section: str, sort: str, chance: random.Random) -> Made:
    """Make the copy of a section and give the classes that would be right; None where that cannot be."""
    if sort == "exact":
        return section, frozenset()
    head, _, body = section.partition("\n")
    ways: list[Callable[[str, random.Random], Made]]
    ways = [_width, _traditional, _misread, _spaces] if sort == "noise" else [_number, _denial, _opposite, _have]
    chance.shuffle(ways)
    for way in ways:
        made = way(body, chance)
        if made is not None:
            return f"{head}\n{made[0]}", made[1]
    return None


def _swapped(body: str, chance: random.Random, table: dict[str, str], times: int) -> str | None:
    places = [at for at, sign in enumerate(body) if sign in table]
    if len(places) < times:
        return None
    signs = list(body)
    for at in chance.sample(places, times):
        signs[at] = table[signs[at]]
    return "".join(signs)


def _width(body: str, chance: random.Random) -> Made:
    made = _swapped(body, chance, _WIDTH, 2)
    return None if made is None else (made, frozenset({"width", "punctuation"}))


def _traditional(body: str, chance: random.Random) -> Made:
    made = _swapped(body, chance, _TRADITIONAL, 1)
    return None if made is None else (made, frozenset({"variant"}))


def _misread(body: str, chance: random.Random) -> Made:
    made = _swapped(body, chance, _MISREAD, 1)
    return None if made is None else (made, frozenset({"look-alike"}))


def _spaces(body: str, chance: random.Random) -> Made:
    """Put blanks between Han characters: white space is no difference, so the copy is exact."""
    places = [at for at in range(1, len(body)) if _HAN.match(body[at]) and _HAN.match(body[at - 1])]
    at = chance.choice(places)
    return f"{body[:at]} {body[at:]}", frozenset({"space", ""})


def _number(body: str, chance: random.Random) -> Made:
    found = list(_NUMBER.finditer(body))
    if not found:
        return None
    here = chance.choice(found)
    other = str(int(here[0]) + chance.randint(1, 9))
    return body[: here.start()] + other + body[here.end() :], frozenset({"number", "date", "amount", "identifier"})


def _denial(body: str, chance: random.Random) -> Made:
    found = list(_VERB.finditer(body))
    if not found:
        return None
    here = chance.choice(found)
    return body[: here.start()] + "不" + body[here.start() :], frozenset({"negation"})


def _opposite(body: str, chance: random.Random) -> Made:
    pairs = [pair for one, other in _OPPOSITES for pair in ((one, other), (other, one)) if pair[0] in body]
    if not pairs:
        return None
    one, other = chance.choice(pairs)
    at = body.index(one)
    return body[:at] + other + body[at + len(one) :], frozenset({"antonym", "word"})


def _have(body: str, chance: random.Random) -> Made:
    found = list(_HAVE.finditer(body))
    if not found:
        return None
    here = chance.choice(found)
    return body[: here.start()] + "无" + body[here.end() :], frozenset({"have-none", "negation"})
