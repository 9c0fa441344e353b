"""Read the cues of subtitles: where each stands in its file, when it is shown, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from dedupe_cn.errors import InputError
from dedupe_cn.regex import regex

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = regex(rf"[ \t]*({_TIME})[ \t]*-->[ \t]*({_TIME})(?P<settings>(?:[ \t][^\r\n]*)?)")
#: A line that means to tell times: nothing but digits and marks stands before its arrow.
_MEANT = regex(r"[ \t]*+(?:[\d:：.．,，;；。]++[ \t]*+)?-+->")
#: Two times with another sign between them, which tell times at the head of a cue; in its text they are words.
_FIELD = r"[ \t]*+\d++(?:[:：]\d++){1,2}(?:[.．,，;；]\d++)?[ \t]*+"
_MEANT_AT_HEAD = regex(rf"{_FIELD}(?:[-=–—]++[>＞]?|[→~～]){_FIELD}")
_LINE = regex(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_NUMBER = regex(r"[ \t\ufeff]*(\d+)[ \t]*")
_VOICE = regex(r"<v[.\w]*+[ \t][^<>]*+>")
_TAGS = {
    "srt": regex(r"</?(?:[bius]|font)(?:[ \t][^<>]*)?>|\{\\[^{}]*\}", re.IGNORECASE),
    "vtt": regex(r"<[^<>\n]*>"),
    "ass": regex(r"\{[^{}]*\}"),
}
#: What places a caption on the screen or draws it: such a caption is another one elsewhere.
_PLACING = regex(r"\{\\[^{}]*\}")
_ASS_TIME = regex(r"[ \t]*(\d+):(\d{1,2}):(\d{1,2})[.:](\d{1,3})[ \t]*")
_HEADS = ("NOTE", "STYLE", "REGION")


class Line(NamedTuple):
    """A line of a cue: from where to where it reaches in the file, its line end included, and what it says."""

    start: int
    end: int
    text: str


class Time(NamedTuple):
    """A time in the file: where it is written, and what it is in milliseconds."""

    start: int
    end: int
    ms: int


@dataclass(slots=True)
class Cue:
    """A cue: what of the file would be cut with it, its number (or its place among the cues), times and lines.

    ``label`` is where its number is written (equal offsets for none). ``seal`` is what else shows or places it.
    """

    start: int
    end: int
    number: int
    begins: Time
    until: Time
    lines: list[Line] = field(default_factory=list)
    seal: str = ""
    label: tuple[int, int] = (0, 0)


def read_cues(text: str, form: str) -> list[Cue]:
    """Read the cues of a file. Raises InputError for times that cannot be read, and a text without any cue."""
    cues = list(_ass(text) if form == "ass" else _blocks(text, form))
    if not cues and text.strip().strip("\ufeff") not in ("", "WEBVTT"):
        raise InputError.of("cues-none", form=f".{form}")
    return cues


def _milliseconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    """Read a time; -1 for one with more than 59 seconds, or more than 59 minutes behind hours."""
    if int(seconds) > 59 or (hours and int(minutes) > 59):
        return -1
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int((fraction or "").ljust(3, "0")[:3])


def _broken(text: str, at: int) -> InputError:
    return InputError.of("cues-times", line=len(re.findall(r"\r\n|\r|\n", text[:at])) + 1)


class _Rows(NamedTuple):
    """The lines of .srt or .vtt: where each stands, what it says without its end, and those that tell times."""

    form: str
    places: list[tuple[int, int]]
    bare: list[str]
    timings: dict[int, re.Match[str]]


def _rows(text: str, form: str) -> _Rows:
    """Read the lines. Raises InputError where one means to tell times and does not."""
    places = [found.span() for found in _LINE.finditer(text) if found.end() > found.start()]
    bare = [text[start:end].rstrip("\r\n") for start, end in places]
    timings: dict[int, re.Match[str]] = {}
    inside = False  # a NOTE or a STYLE, in which arrows tell no times
    for number, line in enumerate(bare):
        if form == "vtt":
            inside = bool(line) and (inside or line.startswith(_HEADS))
        if inside:
            continue
        found = _TIMING.fullmatch(line) if "-->" in line else None
        if found is not None and "-->" not in found["settings"]:
            timings[number] = found
        elif _MEANT.match(line) or (_MEANT_AT_HEAD.fullmatch(line) and _may_begin(bare, number)):
            raise _broken(text, places[number][0])
    return _Rows(form, places, bare, timings)


def _may_begin(bare: list[str], at: int) -> bool:
    """Tell whether a cue may begin with a line, or with the number above it."""
    return at == 0 or not bare[at - 1].strip() or _NUMBER.fullmatch(bare[at - 1]) is not None


def _blocks(text: str, form: str) -> Iterator[Cue]:
    """Read .srt and .vtt: a line of times, what names the cue above it, and lines of text up to a blank one."""
    rows = _rows(text, form)
    timings = list(rows.timings)
    for order, number in enumerate(timings):
        head, label = _head(rows.bare, number, form)
        last = _said_until(rows, number, timings[order + 1] if order + 1 < len(timings) else len(rows.bare))
        stop = last
        while stop < len(rows.bare) and not rows.bare[stop].strip():
            stop += 1
        begins, until = _times(rows, number)
        if not 0 <= begins.ms <= until.ms:
            raise _broken(text, rows.places[number][0])
        cue = Cue(rows.places[head][0], rows.places[stop - 1][1], label or order + 1, begins, until)
        told = _NUMBER.fullmatch(rows.bare[head]) if label is not None else None
        if told is not None:
            cue.label = rows.places[head][0] + told.start(1), rows.places[head][0] + told.end(1)
        said = rows.bare[number + 1 : last]
        cue.lines = [Line(*rows.places[number + 1 + at], _said(line, form)) for at, line in enumerate(said)]
        settings = rows.timings[number]["settings"].strip()
        cue.seal = " ".join([settings, *(tag for line in said for tag in _marks(line, form))]).strip()
        yield cue


def _said_until(rows: _Rows, timing: int, below: int) -> int:
    """Give the line behind the text of a cue; ``below`` is the next line of times, or the end.

    In .vtt a blank line ends it; in .srt one may stand in it, but not at its end.
    """
    behind = _head(rows.bare, below, rows.form)[0] if below < len(rows.bare) else below
    last = timing + 1
    if rows.form == "vtt":
        while last < behind and rows.bare[last]:
            last += 1
        return last
    while behind > last and not rows.bare[behind - 1].strip():
        behind -= 1
    return max(last, behind)


def _times(rows: _Rows, number: int) -> tuple[Time, Time]:
    """Read the two times of a line."""
    found, begin = rows.timings[number], rows.places[number][0]
    fields = found.groups()
    begins, until = (
        Time(begin + found.start(group), begin + found.end(group), _milliseconds(*fields[group : group + 4]))
        for group in (1, 6)
    )
    return begins, until


def _head(bare: list[str], timing: int, form: str) -> tuple[int, int | None]:
    """Give the line with which the cue of a line of times begins, and its number if it has one."""
    if timing == 0 or not bare[timing - 1].strip():
        return timing, None
    told = _NUMBER.fullmatch(bare[timing - 1])
    if told is not None:
        return timing - 1, int(told[1])
    named = form == "vtt" and (timing == 1 or not bare[timing - 2].strip()) and "WEBVTT" not in bare[timing - 1]
    return (timing - 1 if named else timing), None


def _said(line: str, form: str) -> str:
    shown = _TAGS[form].sub("", line)
    if form == "vtt" and "&" in shown:  # the one form that has escapes; none of them makes a line
        shown = " ".join(unescape(shown).splitlines())
    return shown.strip()


def _marks(line: str, form: str) -> list[str]:
    return _VOICE.findall(line) if form == "vtt" else _PLACING.findall(line)


def _ass(text: str) -> Iterator[Cue]:
    """Read .ass: lines ``Dialogue:`` of the section [Events], in the order of columns that its ``Format:`` names."""
    inside, columns, order = False, list[str](), 0
    for found in _LINE.finditer(text):
        line = found[0].rstrip("\r\n")
        bare = line.strip("\ufeff \t")
        if bare.startswith("["):
            inside = bare.lower() == "[events]"
        elif inside and bare.lower().startswith("format:"):
            columns = [name.strip().lower() for name in bare.partition(":")[2].split(",")]
        elif inside and bare.lower().startswith("dialogue:") and columns:
            order += 1
            yield _dialogue(text, found.start(), found.end(), columns, order)


def _dialogue(text: str, start: int, end: int, columns: list[str], order: int) -> Cue:
    at = text.index(":", start) + 1
    stop = len(text[start:end].rstrip("\r\n")) + start
    places: dict[str, tuple[int, int]] = {}
    for number, name in enumerate(columns):
        comma = text.find(",", at, stop) if number + 1 < len(columns) else stop
        if comma < 0:
            raise _broken(text, start)
        places[name] = at, comma
        at = comma + 1
    times = []
    for name in ("start", "end"):
        told = _ASS_TIME.fullmatch(text, *places[name]) if name in places else None
        if told is None:
            raise _broken(text, start)
        times.append(Time(told.start(1), told.end(4), _milliseconds(*told.groups())))
    if not 0 <= times[0].ms <= times[1].ms or "text" not in places:
        raise _broken(text, start)
    said = text[slice(*places["text"])]
    others = (text[slice(*places[name])].strip() for name in columns if name not in ("start", "end", "text"))
    seal = ",".join([*others, *_TAGS["ass"].findall(said)])
    lines = _ass_lines(text, *places["text"]) or [Line(start, end, _shown(said))]
    return Cue(start, end, order, times[0], times[1], lines, seal)


def _ass_lines(text: str, start: int, end: int) -> list[Line]:
    """Give the lines of a caption that ``\\N`` parts, each with the break behind it.

    None where it has one line, or where something in their middle styles what follows: such a caption is one piece.
    """
    while (tag := _TAGS["ass"].match(text, start, end)) is not None:
        start = tag.end()
    parts = text[start:end].split("\\N")
    if len(parts) < 2 or "{" in text[start:end]:
        return []
    lines: list[Line] = []
    for part in parts:
        behind = min(end, start + len(part) + 2)
        lines.append(Line(start, behind, _shown(part)))
        start = behind
    return lines


def _shown(said: str) -> str:
    """Give what a part of a caption of .ass shows."""
    plain = _TAGS["ass"].sub("", said)
    return plain.replace("\\N", " ").replace("\\n", " ").replace("\\h", " ").strip()
