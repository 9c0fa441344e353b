"""Why it is not certain how bytes are to be read, in both languages. The one place for these words."""

from __future__ import annotations

from typing import NamedTuple

#: Line numbers that are written out.
SHOWN = 5

#: code -> (English, Chinese). ``{0}``, ``{1}`` … take the values of a Doubt.
WORDS: dict[str, tuple[str, str]] = {
    "broken-place": ("1 broken place", "有 1 处损坏"),
    "broken-places": ("{0} broken places", "有 {0} 处损坏"),
    "mixed-line": ("line {0} is in another encoding than the rest ({1})", "第 {0} 行与其余各行（{1}）的编码不同"),
    "mixed-lines": ("lines {0} are in another encoding than the rest ({1})", "第 {0} 行与其余各行（{1}）的编码不同"),
    "hz-or-ascii": ("it may be HZ or ASCII", "可能是 HZ，也可能是 ASCII"),
    "no-codec": ("it looks like {0}, which cannot be read here", "看来是 {0} 编码，这里无法读取"),
    "binary": ("it looks like binary data", "看来是二进制数据"),
    "monotonous": ("it has too few different characters to tell", "不同的字太少，无法判断"),
    "either": ("it may be {0} or {1}", "可能是 {0}，也可能是 {1}"),
    "user-defined": (
        "{0} is a code that users of Big5 define themselves; it may be {1} of HKSCS",
        "{0} 在 Big5 中是用户自定义的编码，也可能是 HKSCS 的“{1}”",
    ),
    "no-text": ("{0} fits best, but it does not read like text", "最接近 {0}，但读起来不像文字"),
    "not-chinese": ("it does not read like Chinese", "读起来不像中文"),
    "perhaps": ("it may be {0}, and does not read like Chinese", "可能是 {0}，读起来不像中文"),
}


class Doubt(NamedTuple):
    """A code of :data:`WORDS` and its values."""

    code: str
    values: tuple[str, ...] = ()

    def words(self, language: str) -> str:
        """Say it in a language, ``en`` or ``zh``."""
        return WORDS[self.code][language == "zh"].format(*self.values)


def listed(numbers: tuple[int, ...]) -> str:
    """Name line numbers, rows of them by first and last, the first few only.

    >>> listed((2, 5, 6, 7)), listed((1, 3, 5, 7, 9, 11))
    ('2, 5-7', '1, 3, 5, 7, 9, …')
    """
    rows: list[tuple[int, int]] = []
    for number in numbers:
        if rows and rows[-1][1] == number - 1:
            rows[-1] = rows[-1][0], number
        else:
            rows.append((number, number))
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in rows[:SHOWN]]
    return ", ".join(shown + ["…"] * (len(rows) > SHOWN))
