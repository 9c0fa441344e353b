"""Count which characters follow one another, for ``repeats/data/neighbours.tsv.gz``.

    python benchmarks/count_neighbours.py FOLDER... [--words FILE] | gzip -9 > neighbours.tsv.gz

FOLDERs hold .md and .txt files. FILE has a word at the start of each line (OpenCC's STPhrases.txt): the pairs inside
the words count as seen twice at least. Pairs seen less often than three times are left out.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

HAN_RUN = re.compile("[\u4e00-\u9fff]+")
LEAST = 3


def count(folders: list[Path]) -> tuple[Counter[str], Counter[str]]:
    """Count characters and pairs of neighbours, white space dropped."""
    characters: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".md", ".txt")):
            text = "".join(path.read_text(encoding="utf-8", errors="replace").split())
            for run in HAN_RUN.findall(text):
                characters.update(run)
                pairs.update(map("".join, pairwise(run)))
    return characters, pairs


def add_words(words: Path, characters: Counter[str], pairs: Counter[str]) -> dict[str, int]:
    """Keep frequent pairs, and those of known words."""
    kept = {pair: number for pair, number in pairs.items() if number >= LEAST}
    for line in words.read_text(encoding="utf-8").splitlines():
        for run in HAN_RUN.findall(line.split("\t")[0]):
            for pair in map("".join, pairwise(run)):
                kept[pair] = max(pairs[pair], 2)
                for char in pair:
                    characters[char] = max(characters[char], 1)
    return kept


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--words", type=Path)
    options = parser.parse_args()
    characters, pairs = count(options.folders)
    if options.words:
        kept = add_words(options.words, characters, pairs)
    else:
        kept = {pair: number for pair, number in pairs.items() if number >= LEAST}
    rows: defaultdict[str, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pair, number in kept.items():
        rows[pair[0]][number.bit_length() - 1].append(pair[1])
    print("# character\tlog2 of its count\tthe characters that follow it: log2 of the count of the pair, then they")
    for char in sorted(characters):
        if char in rows or characters[char] >= 4:
            levels = sorted(rows[char].items(), reverse=True)
            followers = " ".join(f"{level}{''.join(sorted(chars))}" for level, chars in levels)
            print(f"{char}\t{characters[char].bit_length() - 1}\t{followers}")


if __name__ == "__main__":
    main()
