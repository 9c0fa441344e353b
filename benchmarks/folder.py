"""Build a folder of Chinese Markdown of a wanted size, the same for the same seed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: Where content is looked for when none is named: beside the project.
CONTENT = ROOT.parent / "shared" / "data" / "content"
_GAP = re.compile(r"\n{2,}")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")


def build(folder: Path, content: Path | None, size: int, seed: int) -> int:
    """Fill ``folder`` with about ``size`` bytes of Markdown; give the number of bytes.

    The files of ``content`` are copied again and again under other names, their paragraphs in another order each time
    (as they are when ``seed`` is 0, the first time); without content, texts are made of the project's samples.
    """
    written = number = 0
    while written < size:
        before = written
        for name, text in texts(content, seed + number):
            if seed + number:
                text = _shuffled(text, f"{seed + number} {name}")
            place = folder / f"copy{number}" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            data = text.encode()
            place.write_bytes(data)
            written += len(data)
            if written >= size:
                break
        number += 1
        if written == before:
            raise SystemExit(f"{content}: no Markdown there; name a folder with --content")
    return written


def texts(content: Path | None, seed: int) -> Iterator[tuple[str, str]]:
    """Give (name, text) of every Markdown file in the order of the names, or of made ones without content."""
    if content is None:
        yield from _made(seed)
        return
    for path in sorted(content.rglob("*.md")):
        if path.is_file():
            yield path.relative_to(content).as_posix(), path.read_bytes().decode("utf-8", "replace")


def _shuffled(text: str, seed: str) -> str:
    paragraphs = _GAP.split(text.strip("\n"))
    random.Random(seed).shuffle(paragraphs)
    return "\n\n".join(paragraphs) + "\n"


def _made(seed: int, count: int = 400) -> Iterator[tuple[str, str]]:
    """Make articles of the sentences of the samples: 1 to 60 KB, as in a content repository."""
    rng = random.Random(seed)
    sentences = sorted(
        {
            sentence.strip()
            for path in sorted((ROOT / "samples").glob("*.*"))
            for sentence in _SENTENCE.findall(path.read_bytes().decode("utf-8", "ignore"))
            if len(sentence.strip()) > 8 and "dedupe-cn" not in sentence  # a text with marks is another matter
        }
    )
    letters = sorted(set("".join(sentences)))
    for number in range(count):
        paragraphs = [f"# 第 {seed}-{number} 篇"]
        for part in range(int(4 * 60 ** rng.random())):
            words = "".join(rng.choices(letters, k=rng.randrange(20, 90)))
            paragraphs.append(f"{part}，{words}。{rng.choice(sentences)}")
        yield f"{number:04}.md", "\n\n".join(paragraphs) + "\n"
