"""Write subtitles in the shapes that tests need, and clean them without a command."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dedupe_cn.encoding.decoding import decode
from dedupe_cn.library import CleanedBytes, clean_decoded, open_captions
from dedupe_cn.model import Kind, Level
from dedupe_cn.settings import Settings

#: Begin and end in milliseconds, and the lines of a cue.
Cue = tuple[int, int, str]


def time(ms: int, mark: str) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}{mark}{ms % 1000:03}"


def srt(cues: Iterable[Cue], end: str = "\n") -> str:
    blocks = (
        f"{number}\n{time(begin, ',')} --> {time(until, ',')}\n{said}\n\n"
        for number, (begin, until, said) in enumerate(cues, 1)
    )
    return "".join(blocks).replace("\n", end)


def vtt(cues: Iterable[Cue], head: str = "WEBVTT\n\n", settings: str = "") -> str:
    blocks = (f"{time(begin, '.')} --> {time(until, '.')}{settings}\n{said}\n\n" for begin, until, said in cues)
    return head + "".join(blocks)


def ass(cues: Iterable[Cue], columns: str = "Layer, Start, End, Style, Text") -> str:
    def row(begin: int, until: int, said: str) -> str:
        fields = {
            "Layer": "0",
            "Start": time(begin, ".")[1:-1],
            "End": time(until, ".")[1:-1],
            "Style": "Default",
            "Text": said,
        }
        return "Dialogue: " + ",".join(fields[name.strip()] for name in columns.split(","))

    head = "[Script Info]\n; 说明\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,黑体\n\n"
    return head + f"[Events]\nFormat: {columns}\n" + "".join(f"{row(*cue)}\n" for cue in cues)


def spoken(lines: Sequence[str], each: int = 2000, gap: int = 0, start: int = 1000) -> list[Cue]:
    """Give cues of one length in a row, so many milliseconds apart."""
    return [(start + n * (each + gap), start + n * (each + gap) + each, line) for n, line in enumerate(lines)]


def cleaned(
    data: str | bytes, form: str = "srt", level: Level = Level.STANDARD, renumber: bool = False
) -> CleanedBytes:
    raw = data.encode() if isinstance(data, str) else data
    decoded = open_captions(raw, decode(raw), form, renumber)
    return clean_decoded(decoded, Settings(level=level), kind=Kind.TEXT, data=raw)


def left(data: str, form: str = "srt", level: Level = Level.STANDARD) -> str:
    return cleaned(data, form, level).data.decode()
