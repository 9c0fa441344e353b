"""Record the first run in a terminal and draw it: docs/pictures/first-run.LANGUAGE.svg.

    python scripts/draw_terminal.py

The commands are run in a pseudo-terminal on a copy of the samples, and what they print is drawn as it comes, colours
and all. What depends on the hour (seconds, the number of a run, lines of progress) is left out or written as one fixed
value, so that the same program gives the same picture; tests/test_pictures.py holds that.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from html import escape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from dedupe_cn.report.excerpt import width

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
COMMANDS = (
    "clean --check samples/report_pasted_twice.txt",
    "clean --write samples/report_pasted_twice.txt",
    "undo",
)
TITLES = {
    "en": "A first run in a terminal: look, clean, take it back",
    "zh": "终端里的第一次运行：查看、清理、撤销",
}
#: Columns of the terminal; pixels of a column, of a line, and around all.
COLUMNS, EM, LINE, MARGIN = 92, 8.4, 21, 18
STYLE = """
  text { font: 14px "Sarasa Mono SC", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace }
  text { fill: #e6edf3; white-space: pre } .window { fill: #0d1117; stroke: #3d444d } .prompt { fill: #7ee787 }
  .b { font-weight: bold } .c36 { fill: #76e3ea } .c31 { fill: #ff9e95 } .c32 { fill: #7ee787 } .c33 { fill: #e3b341 }
  .d { fill: #9198a1 }"""
_CLASSES = {"1": "b", "2": "d", "31": "c31", "32": "c32", "33": "c33", "36": "c36"}


class Piece(NamedTuple):
    """Text of one look: classes of the style sheet."""

    text: str
    look: str


def recorded(language: str) -> list[tuple[str, str]]:
    """Run the commands one after another and give each with what it printed."""
    with tempfile.TemporaryDirectory(prefix="dedupe-cn-") as place:
        shutil.copytree(ROOT / "samples", Path(place) / "samples")
        dropped = ("NO_COLOR", "FORCE_COLOR", "PRE_COMMIT", "CI", "COLUMNS")
        kept = {name: value for name, value in os.environ.items() if name not in dropped}
        state = str(Path(place) / "state")
        kept |= {"TERM": "xterm-256color", "DEDUPE_CN_LANG": language, "DEDUPE_CN_STATE_DIR": state}
        return [(command, steady(_printed(command, Path(place), kept))) for command in COMMANDS]


def _printed(command: str, folder: Path, environment: dict[str, str]) -> str:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    program = [sys.executable, "-m", "dedupe_cn", *command.split()]
    process = subprocess.Popen(program, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux: the other end is closed
            break
        if not part:
            break
        said += part
    process.wait()
    os.close(ours)
    return said.decode()


def steady(said: str) -> str:
    """Take out what another hour, or a slower machine, would print otherwise."""
    lines = (line.rpartition("\x1b[K")[2].lstrip("\r") for line in said.replace("\r\n", "\n").split("\n"))
    text = "\n".join(lines).rstrip("\n")
    return re.sub(r"(?:, |，)[\d.]+ ?(?:s|秒)$", "", re.sub(r"\d{8}-\d{6}-\d+", "20261201-093000-1", text), flags=re.M)


def pieces(line: str) -> list[Piece]:
    """Cut a line with escape sequences into pieces of one look."""
    found, look = [], ""
    for part in re.split(r"(\x1b\[[\d;]*m)", line):
        code = re.fullmatch(r"\x1b\[([\d;]*)m", part)
        if code:
            look = " ".join(_CLASSES[c] for c in code[1].split(";") if c in _CLASSES)
        elif part:
            found.append(Piece(part, look))
    return found


def draw(language: str, session: list[tuple[str, str]]) -> str:
    """Draw a session as the text of an SVG file; text stays text, wide characters take two columns."""
    lines: list[list[Piece]] = []
    for command, said in session:
        lines += [[Piece("$ ", "prompt"), Piece(f"dedupe-cn {command}", "b")], *map(pieces, said.split("\n")), []]
    lines = lines[:-1]
    wide, high = round(COLUMNS * EM) + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    title = escape(TITLES[language])
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" aria-labelledby="title">',
        f'<title id="title">{title}</title>',
        f"<style>{STYLE}\n</style>",
        f'<rect class="window" x="0.5" y="0.5" width="{wide - 1}" height="{high - 1}" rx="8"/>',
    ]
    for number, line in enumerate(lines):
        rows += _row(line, MARGIN + LINE * number + 15)
    return "\n".join([*rows, "</svg>"]) + "\n"


def _row(line: list[Piece], y: int) -> list[str]:
    """Draw a line: each run of narrow, or of wide characters at its column, as long as its columns are."""
    shown, column = [], 0
    for piece in line:
        for _, run in groupby(piece.text, key=lambda char: width(char) == 2):
            text = "".join(run)
            columns = width(text)
            look = f' class="{piece.look}"' if piece.look else ""
            x, long = MARGIN + column * EM, columns * EM
            if text.strip():
                shown.append(f'<text{look} x="{x:g}" y="{y}" textLength="{long:g}">{escape(text)}</text>')
            column += columns
    return shown


def main() -> None:
    """Write the pictures."""
    for language in TITLES:
        (PICTURES / f"first-run.{language}.svg").write_text(draw(language, recorded(language)), encoding="utf-8")


if __name__ == "__main__":
    main()
