"""Count character frequencies for the encoding detector and write its table.

    python scripts/count_characters.py -o src/dedupe_cn/text/data/frequencies.txt.gz \
        zh=FOLDER zh=FOLDER ja=FILE ko=FILE hans:3=ranked:scripts/common_characters/hans.txt

Each argument is LANGUAGE[:WEIGHT]=PATH. A folder is read with everything below it; files that are not UTF-8 are left
out unless a ``manifest.tsv`` beside them names their encoding; message catalogues (``.mo``) are read too. ``zh``
sorts each file into simplified (hans) and traditional (hant) by the characters it uses. ``ranked:`` reads a list of
characters, the most frequent first, as a Zipf distribution. Within a language every argument counts by its weight
(1 unless said otherwise), whatever its size. Only log probabilities leave this script, never texts.
"""

from __future__ import annotations

import argparse
import csv
import gettext
import gzip
import math
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

#: Steps of the table per nat: a quarter of a nat is far below what a decision turns on (6 nats).
STEPS = 4
#: Characters below this probability are left to the classes in frequencies.py (nats).
FLOOR = -13.0
#: Zipf-Mandelbrot offset of a ranked list: makes rank 1 about 4 % as in running text.
RANK_OFFSET = 2.7
LANGUAGES = ("hans", "hant", "ja", "ko")


def read_manifest(folder: Path) -> dict[Path, str]:
    """Map the files that a manifest names to their encodings."""
    manifest = folder / "manifest.tsv"
    if not manifest.is_file():
        return {}
    with manifest.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {
        folder / row["path"]: row["true_encoding"]
        for row in rows
        if "true_encoding" in row and row["note"].endswith("zh")
    }


def read_catalogue(path: Path) -> str:
    """Give the translations of a message catalogue."""
    with path.open("rb") as handle:
        catalogue = gettext.GNUTranslations(handle)._catalog  # type: ignore[attr-defined]
    return "\n".join(text for key, text in catalogue.items() if key and isinstance(text, str))


def read_texts(path: Path, half: int | None) -> Iterator[str]:
    """Yield the texts below a path; ``half`` (0 or 1) leaves out the other half of the files for a held-out test."""
    encodings = read_manifest(path) if path.is_dir() else {}
    for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
        if half is not None and path.is_dir() and zlib.crc32(file.name.encode()) % 2 != half:
            continue
        try:
            yield (
                read_catalogue(file) if file.suffix == ".mo" else file.read_bytes().decode(encodings.get(file, "utf-8"))
            )
        except (UnicodeDecodeError, LookupError):
            continue


def is_traditional(text: str) -> bool:
    """Tell whether more of the hanzi are missing from GB 2312 than from Big5."""
    hanzi = [c for c in text[:20_000] if "\u4e00" <= c <= "\u9fff"]
    lost = [sum(not c.encode(codec, "ignore") for c in hanzi) for codec in ("gb2312", "big5")]
    return lost[0] > lost[1]


def rank_counts(path: Path) -> dict[str, Counter[str]]:
    """Turn a ranked list into counts."""
    characters = dict.fromkeys("".join(path.read_text(encoding="utf-8").split()))
    return {"": Counter({c: int(1e7 / (rank + 1 + RANK_OFFSET)) for rank, c in enumerate(characters)})}


def count(language: str, path: Path, half: int | None) -> dict[str, Counter[str]]:
    """Count the non-ASCII characters of the texts below a path, by language."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in read_texts(path, half):
        name = ("hant" if is_traditional(text) else "hans") if language == "zh" else language
        counts[name].update(c for c in text if "\x7f" < c < "\U00010000")
    return counts


def mix(parts: list[tuple[float, Counter[str]]]) -> dict[str, float]:
    """Average distributions by their weights."""
    total = sum(weight for weight, _ in parts)
    mixed: defaultdict[str, float] = defaultdict(float)
    for weight, counter in parts:
        size = counter.total()
        for character, number in counter.items():
            mixed[character] += weight / total * number / size
    return mixed


def write_table(languages: dict[str, dict[str, float]], path: Path) -> None:
    """Write one line per language and step: its name, the step and the characters that have it."""
    lines: list[str] = []
    for name in LANGUAGES:
        levels: defaultdict[int, list[str]] = defaultdict(list)
        for character, probability in languages.get(name, {}).items():
            value = math.log(probability)
            if (value >= FLOOR and character != "\ufffd" and not character.isspace()) or character == "\u3000":
                levels[round(-value * STEPS)].append(character)
        lines += [f"{name}\t{level}\t{''.join(sorted(levels[level]))}" for level in sorted(levels)]
    path.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))


def main() -> int:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="LANGUAGE[:WEIGHT]=[ranked:]PATH")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--half", type=int, choices=(0, 1), help="count only one half of the files")
    options = parser.parse_args()
    parts: defaultdict[str, list[tuple[float, Counter[str]]]] = defaultdict(list)
    for source in options.sources:
        head, _, place = source.partition("=")
        language, _, weight = head.partition(":")
        ranked = place.startswith("ranked:")
        path = Path(place.removeprefix("ranked:"))
        counted = rank_counts(path) if ranked else count(language, path, options.half)
        for name, counter in counted.items():
            if counter.total():
                parts[name or language].append((float(weight or 1), counter))
                sys.stderr.write(f"{name or language}\t{counter.total():>9}\t{path.name}\n")
    write_table({name: mix(found) for name, found in parts.items()}, options.output)
    sys.stderr.write(f"{options.output.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
