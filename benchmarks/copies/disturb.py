"""What happens to a copy on its way without changing what it says: scans, converters, other keyboards.

Each function takes a text and a source of chance and gives the disturbed text, or None where the text has
no place for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random
from typing import NamedTuple

from copies.layout import chinese, is_han, visible

Change = Callable[[str, Random], str | None]

#: Characters that scanners take for each other; the first row is what they most often do. Numerals (人 八, 干 千) and
#: negations (末 未) are not among them: nobody could say whether such a copy was misread or revised.
_SCAN = ("己已巳", "日曰")
_SCAN_MORE = (
    "人入", "土士", "天夫", "间问", "往住", "待侍", "特持", "今令", "贝见", "晴睛", "折拆", "拨拔",
    "官宫", "免兔", "乌鸟", "戊戌", "徙徒", "洒酒", "治冶", "候侯", "茶荼", "栽裁", "请清", "西酉", "白自", "目且",
)  # fmt: skip
_SIMPLE = (
    "这为时来个们会说国过还开关对应东车门间问书长马鸟见贝页风飞饭馆灯楼桥"
    "树样机场坏块声头买卖读写词语调话记许论设证试该谁谢议订让认识"
)
_FULLER = (
    "這為時來個們會說國過還開關對應東車門間問書長馬鳥見貝頁風飛飯館燈樓橋"
    "樹樣機場壞塊聲頭買賣讀寫詞語調話記許論設證試該誰謝議訂讓認識"
)
_TRADITIONAL = dict(zip(_SIMPLE, _FULLER, strict=True))
_NARROW = dict(zip("，。：；！？（）“”", ",.:;!?()\"\"", strict=True))
_STRAY = "丨■□~^"


class Put(NamedTuple):
    """At an offset of the text, ``old`` becomes ``new``."""

    at: int
    old: str
    new: str


def put(text: str, changes: Iterable[Put]) -> str:
    """Carry out changes that do not overlap."""
    for change in sorted(changes, reverse=True):
        text = text[: change.at] + change.new + text[change.at + len(change.old) :]
    return text


def _some(text: str, places: list[Put], chance: Random, least: int = 1) -> str | None:
    """Carry out as many of the places as 1 to 5 % of the text."""
    if len(places) < least:
        return None
    wanted = max(least, round(len(visible(text)) * chance.uniform(0.01, 0.05)))
    return put(text, chance.sample(places, min(wanted, len(places))))


def _alike(text: str, groups: tuple[str, ...], chance: Random) -> list[Put]:
    table = {char: group.replace(char, "") for group in groups for char in group}
    return [Put(at, char, chance.choice(table[char])) for at, char in enumerate(text) if char in table]


def _gaps(text: str) -> list[int]:
    return [at for at in range(1, len(text)) if is_han(text[at - 1]) and is_han(text[at])]


def scanned(text: str, chance: Random) -> str | None:
    """Misread 己 已 巳, 日 曰."""
    return _some(text, _alike(text, _SCAN, chance), chance)


def scanned_more(text: str, chance: Random) -> str | None:
    """Misread other look-alikes, two at least."""
    return _some(text, _alike(text, _SCAN_MORE, chance), chance, 2)


def narrowed(text: str, chance: Random) -> str | None:
    """Write some full-width marks in half width, two at least."""
    return _some(text, [Put(at, c, _NARROW[c]) for at, c in enumerate(text) if c in _NARROW], chance, 2)


def traditional(text: str, chance: Random) -> str | None:
    """Write single characters in the traditional form, two at least."""
    return _some(text, [Put(at, c, _TRADITIONAL[c]) for at, c in enumerate(text) if c in _TRADITIONAL], chance, 2)


def mispunctuated(text: str, chance: Random) -> str | None:
    """Drop or double one to three commas or full stops between Han characters."""
    inner = range(1, len(text) - 1)
    at = [i for i in inner if text[i] in "，。、；" and is_han(text[i - 1]) and is_han(text[i + 1])]
    if not at:
        return None
    chosen = chance.sample(at, min(len(at), chance.randint(1, 3)))
    return put(text, [Put(i, text[i], chance.choice(("", text[i] * 2))) for i in chosen])


def spaced(text: str, chance: Random) -> str | None:
    """Put white space between Han characters."""
    return _some(text, [Put(at, "", chance.choice(" \u3000")) for at in _gaps(text)], chance)


def invisible(text: str, chance: Random) -> str | None:
    """Put characters without width between Han characters."""
    return _some(text, [Put(at, "", chance.choice("\u200b\u2060\ufeff")) for at in _gaps(text)], chance)


def stained(text: str, chance: Random) -> str | None:
    """Put one or two specks of a scan between Han characters."""
    gaps = _gaps(text)
    if len(gaps) < 3:
        return None
    return put(text, [Put(at, "", chance.choice(_STRAY)) for at in chance.sample(gaps, chance.randint(1, 2))])


def mixed(text: str, chance: Random) -> str | None:
    """Do two or three of these on one text."""
    done = 0
    for change in chance.sample([scanned, narrowed, traditional, spaced, mispunctuated], 5):
        changed = change(text, chance)
        if changed is not None and done < 3:
            text, done = changed, done + 1
    return text if done >= 2 else None


MIXED: Change = mixed
NOISE: dict[str, Change] = {
    "scan": scanned, "scan-more": scanned_more, "width": narrowed, "traditional": traditional,
    "punctuation": mispunctuated, "spaces": spaced, "zero-width": invisible, "specks": stained, "mixed": mixed,
}  # fmt: skip
#: What a page is disturbed by as a whole.
NOISE_OF_PAGES = ("scan", "scan-more", "width", "traditional", "punctuation", "mixed")


def here_and_there(change: Change) -> Change:
    """Make of a disturbance one of a page: it strikes one paragraph, or a few of them."""

    def disturb(text: str, chance: Random) -> str | None:
        lines = text.split("\n")
        fit = [n for n, line in enumerate(lines) if len(visible(line)) >= 20 and chinese(line) >= 0.6]
        fit = [n for n in fit if lines[n][0] not in "#>|-*+`"]
        wanted = max(1, round(len(visible(text)) * chance.uniform(0.001, 0.006)))
        struck = 0
        for n in chance.sample(fit, len(fit)):
            changed = change(lines[n], chance) if struck < wanted else None
            if changed is not None:
                lines[n], struck = changed, struck + 1
        return "\n".join(lines) if struck else None

    return disturb
