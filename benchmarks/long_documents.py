"""Write a corpus of long documents with edited copies, for measuring ``dedupe-cn corpus`` against other tools.

    python benchmarks/long_documents.py FOLDER OUT.jsonl [--documents 20000] [--characters 4000] [--copies 0.05]

The documents are put together from the lines of the .md and .txt files in FOLDER; a copy differs from its original in
0 to 2 % of its characters. A line of OUT has ``id``, ``text`` and, for a copy, ``of``.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

#: Lengths of the lines that are used, in characters.
SHORTEST, LONGEST = 40, 400


def read_lines(folder: Path) -> list[str]:
    """Read the lines of middling length, each once."""
    lines: set[str] = set()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".md", ".txt") and path.is_file():
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                if SHORTEST <= len(line.strip()) <= LONGEST:
                    lines.add(line.strip())
    return sorted(lines)


def write_document(lines: list[str], characters: int, rng: random.Random) -> str:
    """Put lines together until the document is long enough."""
    text = ""
    while len(text) < characters:
        text += rng.choice(lines) + "\n"
    return text


def edit(text: str, share: float, rng: random.Random) -> str:
    """Replace a share of the characters."""
    characters = list(text)
    for at in rng.sample(range(len(characters)), int(len(characters) * share)):
        characters[at] = chr(rng.randrange(0x4E00, 0x9FA0))
    return "".join(characters)


def main() -> None:
    """Write the corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--characters", type=int, default=4_000)
    parser.add_argument("--copies", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    lines = read_lines(options.folder)
    recent: list[tuple[int, str]] = []
    with options.out.open("w", encoding="utf-8") as file:
        for number in range(options.documents):
            record: dict[str, object] = {"id": number}
            if recent and rng.random() < options.copies:
                record["of"], original = rng.choice(recent)
                record["text"] = edit(original, rng.choice((0.0, 0.002, 0.01, 0.02)), rng)
            else:
                text = write_document(lines, options.characters, rng)
                recent = [*recent[-999:], (number, text)]
                record["text"] = text
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
