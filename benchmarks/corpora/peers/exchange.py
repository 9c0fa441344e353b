"""How a script reads the corpus and writes what is left of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

SHINGLE = 5


def read() -> list[str]:
    """Read the texts."""
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def write(gone: Iterable[tuple[int, int | None]]) -> None:
    """Write the documents that stay, and the numbers of those that go with the one each went for, if it is known."""
    left = dict(gone)
    out = Path(sys.argv[2])
    with Path(sys.argv[1]).open("rb") as file, (out / "kept.jsonl").open("wb") as kept:
        kept.writelines(line for number, line in enumerate(file) if number not in left)
    with (out / "removed.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"id": number, "kept_id": left[number]}) + "\n" for number in sorted(left))


def shingles(text: str) -> list[str]:
    """Cut a text into all its shingles."""
    return [text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)]
