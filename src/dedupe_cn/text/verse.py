"""Tell verse from prose that is broken into short lines."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import pairwise

from dedupe_cn.regex import regex
from dedupe_cn.text.characters import squash

#: Verse are four or more lines in a row of at most 20 characters each.
MAX_LINE = 20
MIN_LINES = 4
#: Narrowest and widest column that prose is wrapped to, and the fewest lines that show it.
MIN_WRAP, MAX_WRAP, MIN_WRAPPED = 14, 80, 3

#: How far the lengths of lines of one measure lie apart: so many characters, or this share of the mean.
EVEN_ANYWAY, EVEN = 2, 0.35
#: What ends a sentence inside of a line, and what may stand between it and the next one.
SENTENCE_ENDS, BETWEEN_SENTENCES = "。！？!?…", "”’」』）)"
_SENTENCE_INSIDE = regex(f"[{SENTENCE_ENDS}][{BETWEEN_SENTENCES}]*[^{SENTENCE_ENDS}{BETWEEN_SENTENCES}]")
SENTENCE_MARKS, CLOSING = frozenset("。！？!?…."), "”’」』）)\"'"
_MARK_INSIDE = regex(r"[，、；：,;:。！？](?=.)")
MARKS = frozenset("，。；！？、：,;:!?.")
#: Dialogue, forms (`发布日期：`, document numbers, dates) and the like: short lines that are not verse.
NEVER_FIRST, NEVER_LAST, NEVER_IN = "“「『\"", "”」』\"", "：:0123456789０１２３４５６７８９〔〕《》|"
#: What a date ends with.
LAST_OF_DATE = "日"
_NOT_VERSE = regex(rf"^[{NEVER_FIRST}]|[{NEVER_LAST}]$|[{NEVER_IN}]|[年月]\w{{0,3}}{LAST_OF_DATE}$")
#: Either of the two in any of several lines.
_NO_VERSE = regex(
    "|".join((_SENTENCE_INSIDE.pattern.replace("[^", r"[^\n"), _NOT_VERSE.pattern)), re.MULTILINE
)
#: A line of at most 12 Latin words (don't is two) that begins with a capital letter, and characters of the longest.
LATIN_LINE = 100
_LETTER, _NO_LETTER = "A-Za-z0-9\u00c0-\u024f", "A-Za-z0-9\u00c0-\u024f\u3040-\u30ff\u3400-\u9fff\n"
_LATIN_WORDS = regex(
    rf"[^{_NO_LETTER}]*(?=[A-Z\u00c0-\u00de])[{_LETTER}]+(?:[^{_NO_LETTER}]+[{_LETTER}]+){{0,11}}[^{_NO_LETTER}]*"
)
#: Two blanks inside a line set columns: a list of names and posts.
_COLUMNS = regex(r"\S[^\S\r\n]{2}")


def verse_runs(
    lines: Sequence[str], one_paragraph: bool = False, wrapped: Container[int] | None = None
) -> list[tuple[int, int]]:
    """Give the ranges ``[first, last)`` of lines that are verse.

    ``lines`` follow each other with single line breaks. Four or more lines of at most 20 characters, of nearly equal
    length or a third of them ending in a comma, a semicolon or no mark, are verse. A line with a sentence mark in its
    middle is wrapped prose; that, dialogue and the lines of a form end a run. ``one_paragraph`` says that the lines
    are one paragraph of Markdown: there a break behind every sentence is enough, for nobody breaks prose like that.
    ``wrapped`` are the indexes of lines known to be wrapped prose, when :func:`wrapped_runs` was asked before.

    >>> verse_runs(["床前明月光，", "疑是地上霜。", "举头望明月，", "低头思故乡。"])
    [(0, 4)]
    """
    dense = _dense(lines)
    if wrapped is None:
        wrapped = {index for run in _wrapped(dense) for index in range(*run)}
    sure = dense is lines and _NO_VERSE.search("\n".join(dense)) is None  # nothing in a line speaks against verse
    if sure and not wrapped and len(dense) >= MIN_LINES and "" not in dense and max(map(len, dense)) <= MAX_LINE:
        return [(0, len(dense))] if _reads_like_verse(dense, one_paragraph) else []
    runs: list[tuple[int, int]] = []
    first = 0
    for index in range(len(dense) + 1):
        if index < len(dense) and index not in wrapped and (
            0 < len(dense[index]) <= MAX_LINE if sure else _may_be_verse(lines[index], dense[index])
        ):
            continue
        whole = one_paragraph and index - first == len(dense)
        if index - first >= MIN_LINES and _reads_like_verse(dense[first:index], whole):
            runs.append((first, index))
        first = index + 1
    return runs


def _dense(lines: Sequence[str]) -> Sequence[str]:
    """Give the exact forms of lines, but of long ones, which are no verse; the lines themselves when they are that."""
    joined = "".join(lines)
    if joined.isprintable() and " " not in joined:
        return lines
    return [squash(line) if len(line) <= 2 * MAX_WRAP else line for line in lines]


def _may_be_verse(line: str, dense: str) -> bool:
    return (
        0 < len(dense) <= MAX_LINE
        and not _SENTENCE_INSIDE.search(dense)
        and not _NOT_VERSE.search(dense)
        and not _COLUMNS.search(line[: 4 * MAX_LINE].strip())
    )


def _reads_like_verse(lines: Sequence[str], whole_paragraph: bool) -> bool:
    if len(set(lines)) <= len(lines) - MIN_LINES + 1 and any(
        lines[i : i + MIN_LINES] == [lines[i]] * MIN_LINES for i in range(len(lines) - MIN_LINES + 1)
    ):
        return False  # a row of one line is no verse
    lengths = list(map(len, lines))
    if max(lengths) - min(lengths) <= max(EVEN_ANYWAY, EVEN * sum(lengths) / len(lengths)):
        return True
    open_ended = sum(line.rstrip(CLOSING)[-1:] not in SENTENCE_MARKS for line in lines)
    return 3 * open_ended >= len(lines) or (whole_paragraph and all(line[-1:] in MARKS for line in lines))


def is_latin_verse(lines: Sequence[str]) -> bool:
    """Tell whether lines are verse in Latin letters: four and more of at most 12 words, each of which begins anew.

    Lines of wrapped prose go on with a small letter.

    >>> is_latin_verse(["The wind is low,", "The moon is new,", "The ferry waits", "For me and you."])
    True
    """
    said = [line.strip() for line in lines]
    if len(said) < MIN_LINES or not all(map(_LATIN_WORDS.fullmatch, said)) or len(set(said)) == 1:
        return False
    open_ended = sum(line.rstrip(f"{CLOSING} ")[-1:] not in SENTENCE_MARKS for line in said)
    return 3 * open_ended >= len(said)


def wrapped_runs(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Give the ranges ``[first, last)`` of lines that are one paragraph broken at a fixed width.

    Each line is as long as the one before it, give or take a character, half of them end without a mark, and marks
    stand anywhere inside them; the shorter line behind them is their last.
    """
    return _wrapped(_dense(lines))


def _wrapped(lines: Sequence[str]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    lengths = list(map(len, lines))
    if max(lengths, default=0) < MIN_WRAP:
        return runs
    ends = [index for index, (one, next_one) in enumerate(pairwise(lengths), 1) if not -1 <= next_one - one <= 1]
    for first, index in pairwise([0, *ends, len(lines)]):
        if index - first + 1 < MIN_WRAPPED:
            continue
        body, width = lines[first:index], min(lengths[first:index])
        tail = index < len(lines) and 0 < lengths[index] < width
        if MIN_WRAP <= width <= MAX_WRAP and len(body) + tail >= MIN_WRAPPED:
            unmarked = sum(line[-1:] not in MARKS for line in body)
            if 2 * unmarked >= len(body) and any(_MARK_INSIDE.search(line) for line in body):
                runs.append((first, index + tail))
    return runs
