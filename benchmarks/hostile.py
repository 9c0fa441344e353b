"""Texts made to slow a finder of repeats down, each with what cleaning must make of it at ``standard``.

Every generator takes a scale: at 1 it makes a million lines, ten million characters and so on, and it grows in
proportion. What is expected follows from the rules alone, not from what the program does: a unit shorter than
a rule asks for stays however often it recurs, a whole line of 12 characters or more goes down to one copy from four
in a row on, a longer unit leaves one copy, and a protected block is never touched.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

#: 14 characters with its mark: long enough for a row of whole lines, too short for anything else.
LINE = "院子里的杏树一夜间全开了花。"
#: 41 characters of prose that do not hold themselves.
SHINGLE = "他把账本合上望着窗外的雨很久没有说话也没有起身去点灯只听见屋檐下的水一滴一滴落"


@dataclass(frozen=True, slots=True)
class Case:
    """A text, what must become of it (None: it stays as it is) and whether it is read as Markdown.

    ``several_right`` is for a text of which the rules leave open what stays: the result must be a part of it, and a
    fixed point.
    """

    text: str
    expected: str | None = None
    markdown: bool = False
    several_right: bool = False

    def is_right(self, result: str, again: Callable[[str], str]) -> bool:
        """Tell whether a result is right; ``again`` cleans a text."""
        if not self.several_right:
            return result == (self.text if self.expected is None else self.expected)
        rest = iter(self.text)
        return len(result) > 0 and all(char in rest for char in result) and again(result) == result


def equal_lines(scale: float) -> Case:
    """A million equal lines of 14 characters: one stays."""
    return Case(f"{LINE}\n" * _count(1_000_000, scale), f"{LINE}\n")


def one_character(scale: float) -> Case:
    """Ten million times the same character: the unit is shorter than any rule asks for."""
    return Case("啊" * _count(10_000_000, scale) + "\n")


def period_of_two(scale: float) -> Case:
    """Five million times the same two characters: as short."""
    return Case("哈嘿" * _count(5_000_000, scale) + "\n")


def period_of_a_thousand(scale: float) -> Case:
    """Ten thousand times the same thousand characters, as one line: one copy stays."""
    unit = _letters(random.Random(3), 999) + "。"
    return Case(unit * _count(10_000, scale) + "\n", unit + "\n")


def shared_shingle(scale: float) -> Case:
    """A hundred thousand lines, all different, that share one passage of 39 characters: nothing goes."""
    rng = random.Random(4)
    lines = [f"{_letters(rng, 40)}{SHINGLE}{_letters(rng, 40)}。" for _ in range(_count(100_000, scale))]
    return Case("\n".join(lines) + "\n")


def one_line(scale: float) -> Case:
    """One line of 200 MB (UTF-8) without a repeat but for one passage glued to itself in its middle."""
    rng = random.Random(5)
    half = _count(33_000_000, scale)
    head, tail = _letters(rng, half), _letters(rng, half)
    return Case(f"{head}{SHINGLE}，{SHINGLE}，{tail}。\n", f"{head}{SHINGLE}，{tail}。\n")


def nested_marks(scale: float) -> Case:
    """A hundred thousand quote marks, brackets and emphasis marks inside each other: Markdown that never closes."""
    depth = _count(100_000, scale)
    return Case(
        "> " * depth + "引文。\n\n" + "（" * depth + "字" + "）" * depth + "\n\n" + "[" * depth + "字" + "]" * depth
        + "\n\n" + "*_" * depth + "字" + "_*" * depth + "\n\n" + "「" * depth + "字" + "」" * depth + "\n",
        markdown=True,
    )


def links(scale: float) -> Case:
    """A million addresses of eight kinds behind each other, one paragraph: much recurs, and no link is cut through."""
    rng = random.Random(7)
    addresses = (f"http://{rng.choice('甲乙丙丁戊己庚辛')}" for _ in range(_count(1_000_000, scale)))
    return Case("".join(addresses) + "\n", markdown=True)


def code_fences(scale: float) -> Case:
    """A million lines that open or close code: equal blocks of code stay, code is protected."""
    return Case("```\n码\n```\n" * (_count(1_000_000, scale) // 2), markdown=True)


def fibonacci(scale: float) -> Case:
    """The Fibonacci word of two characters (ten million): full of repeats of every length, on each other's backs.

    Every place lies in many squares at once, of units of 1, 2, 3, 5, 8 … characters, so the rules leave open which of
    the long ones go first.
    """
    a, b = "甲", "甲乙"
    while len(b) < _count(10_000_000, scale):
        a, b = b, b + a
    return Case(b[: _count(10_000_000, scale)] + "\n", several_right=True)


def shuffled_copies(scale: float) -> Case:
    """Fifty thousand paragraphs, each three times, in any order: the first of each stays.

    Between any two of them stands one of its own, so that no stretch of several is a copy of another.
    """
    rng = random.Random(6)
    paragraphs = [f"{_letters(rng, 70)}。" for _ in range(_count(50_000, scale))] * 3
    rng.shuffle(paragraphs)
    own = [f"{_letters(rng, 70)}。" for _ in paragraphs]
    both = [paragraph for pair in zip(paragraphs, own, strict=True) for paragraph in pair]
    return Case("\n\n".join(both) + "\n", "\n\n".join(dict.fromkeys(both)) + "\n")


def open_tags(scale: float) -> Case:
    """Ten thousand paragraphs that stand twice in a row, each with a tag that is closed further on: all stay."""
    rng = random.Random(8)
    passages = (f"{_letters(rng, 60)}，{_letters(rng, 60)}。<b>\n\n" for _ in range(_count(10_000, scale)))
    return Case("".join(f"{passage * 2}{_letters(rng, 4)}</b></b>\n\n" for passage in passages)[:-1], markdown=True)


CASES: dict[str, Callable[[float], Case]] = {
    "10^6 equal lines": equal_lines,
    "啊 x 10^7": one_character,
    "period 2": period_of_two,
    "period 1000": period_of_a_thousand,
    "10^5 lines sharing a shingle": shared_shingle,
    "one line of 200 MB": one_line,
    "10^5 nested marks": nested_marks,
    "10^6 links in a paragraph": links,
    "10^6 code fences": code_fences,
    "Fibonacci": fibonacci,
    "paragraphs three times in any order": shuffled_copies,
    "10^4 copies that hold an open tag": open_tags,
}


def _count(number: int, scale: float) -> int:
    return max(1, round(number * scale))


def _letters(rng: random.Random, count: int) -> str:
    """Give Chinese characters at random; a million at a time, for each is an object until they are joined."""
    sizes = [1_000_000] * (count // 1_000_000) + [count % 1_000_000]
    return "".join("".join(map(chr, rng.choices(range(0x4E00, 0x9F00), k=size))) for size in sizes)
