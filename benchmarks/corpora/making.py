"""Three corpora with edited copies, put together from the texts of a folder: laws, short documents, long documents.

A line has ``id`` (its number) and ``text``. The same folder and seed give the same files.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

#: Shortest whole text that is revised, in characters.
_WHOLE = 800
#: Lines of a text that are put together: their least and most characters.
_LINE = (40, 160)
#: Shares of copies among short and long documents, and of their characters that are replaced.
_COPIES, _EDITED = 0.05, (0.0, 0.005, 0.01, 0.02)
#: Paragraphs of a short document, characters of a long one.
_PARAGRAPHS, _LONG = (3, 6), 4_000
#: Share of lines that a revision replaces, drops or adds.
_REVISED = (0.0, 0.01, 0.03, 0.06, 0.1, 0.2, 0.4)
#: Earlier documents that a copy is made of.
_RECENT = 20_000


def read_texts(folder: Path) -> list[str]:
    """Read the .md and .txt files of a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".txt") and path.is_file())
    return [path.read_text(encoding="utf-8", errors="replace") for path in paths]


def write(texts: Iterator[str], out: Path) -> None:
    """Write texts as lines of JSON."""
    with out.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            file.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")


def laws(texts: list[str], count: int, rng: random.Random) -> Iterator[str]:
    """Give whole texts and revisions of them: every text comes back, other ones in between."""
    whole = [text for text in texts if len(text) >= _WHOLE]
    lines = lines_of(whole)
    for _ in range(count):
        text = rng.choice(whole).split("\n")
        share = rng.choice(_REVISED)
        for at in sorted(rng.sample(range(len(text)), round(len(text) * share)), reverse=True):
            text[at : at + 1] = rng.choice(([], [rng.choice(lines)], [text[at], rng.choice(lines)]))
        yield "\n".join(text)


def short(texts: list[str], count: int, rng: random.Random) -> Iterator[str]:
    """Give documents of a few paragraphs, some of them edited copies."""
    lines = lines_of(texts)
    return _with_copies(lambda: "\n".join(rng.choices(lines, k=rng.randint(*_PARAGRAPHS))), count, rng)


def long(texts: list[str], count: int, rng: random.Random) -> Iterator[str]:
    """Give documents of 4,000 characters, some of them edited copies."""
    lines = lines_of(texts)

    def make() -> str:
        text = ""
        while len(text) < _LONG:
            text += rng.choice(lines) + "\n"
        return text

    return _with_copies(make, count, rng)


def lines_of(texts: list[str]) -> list[str]:
    """Give the different lines of middling length."""
    found = {line.strip() for text in texts for line in text.split("\n")}
    return sorted(line for line in found if _LINE[0] <= len(line) <= _LINE[1])


def _with_copies(make: Callable[[], str], count: int, rng: random.Random) -> Iterator[str]:
    recent: list[str] = []
    for number in range(count):
        if recent and rng.random() < _COPIES:
            yield _edit(rng.choice(recent), rng.choice(_EDITED), rng)
            continue
        text = make()
        if len(recent) < _RECENT:
            recent.append(text)
        else:
            recent[number % _RECENT] = text
        yield text


def _edit(text: str, share: float, rng: random.Random) -> str:
    characters = list(text)
    for at in rng.sample(range(len(characters)), round(len(characters) * share)):
        characters[at] = rng.choice(("", chr(rng.randrange(0x4E00, 0x9FA0))))
    return "".join(characters)
