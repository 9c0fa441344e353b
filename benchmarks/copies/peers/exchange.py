"""What every script says about every text: one row of JSON a line.

A row has ``name``, and ``text`` (the text that is left; null where the program changes none), ``named`` (half-open
ranges of code points that it names as standing twice, both places of each; null where it tells nothing) or ``error``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple


class Answer(NamedTuple):
    """What a cleaner makes of one text."""

    text: str | None = None
    named: list[tuple[int, int]] | None = None
    error: str = ""


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Give the names and the texts of a folder."""
    for path in sorted(folder.iterdir()):
        yield path.name, path.read_bytes().decode("utf-8")


def write(out: Path, rows: Iterable[tuple[str, Answer]]) -> None:
    """Write the answers."""
    with out.open("w", encoding="utf-8") as file:
        for name, answer in rows:
            file.write(json.dumps({"name": name, **answer._asdict()}, ensure_ascii=False) + "\n")


def load(out: Path) -> dict[str, Answer]:
    """Read the answers."""
    rows = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    return {row.pop("name"): Answer(**row) for row in rows}


def serve(answer: Callable[[Path, str], Answer], jobs: int = 1) -> None:
    """Ask for each text of the folder named first on the command line, and write to the file named second."""
    folder, out = map(Path, sys.argv[1:3])

    def ask(item: tuple[str, str]) -> tuple[str, Answer]:
        try:
            return item[0], answer(folder / item[0], item[1])
        except Exception as error:
            return item[0], Answer(error=f"{type(error).__name__}: {error}"[:300])

    with ThreadPoolExecutor(jobs) as pool:
        write(out, pool.map(ask, texts(folder)))


def lines_left(text: str, goes: Callable[[list[str]], list[bool]], least: int = 20) -> str:
    """Drop the lines that a cleaner of lines drops; it is shown those of ``least`` characters and more."""
    lines = text.splitlines(keepends=True)
    shown = [n for n, line in enumerate(lines) if len(line.strip()) >= least]
    gone = {n for n, away in zip(shown, goes([lines[n].strip() for n in shown]), strict=True) if away}
    return "".join(line for n, line in enumerate(lines) if n not in gone)


def grams(line: str, size: int = 5) -> list[str]:
    """Give the pieces of ``size`` characters of a line."""
    return [line[at : at + size] for at in range(max(1, len(line) - size + 1))]
