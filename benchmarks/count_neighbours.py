"""Count which characters follow one another, for ``compare/data/neighbours.tsv.gz``.

    python benchmarks/count_neighbours.py FOLDER... [--words FILE] | gzip -9n > neighbours.tsv.gz

FOLDERs hold .md and .txt files. FILE has a word and how often it was counted on each line (jieba's dict.txt); what
stands inside the words counts with a fifth of that. The text is counted in its folded form, with one sign for all
characters of a class (``dedupe_cn.compare.neighbours``). Pairs seen less often than five times are left out.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

from dedupe_cn.compare.neighbours import STEPS, sign
from dedupe_cn.text.characters import squash
from dedupe_cn.text.folding import fold_text

LEAST = 5
#: Weight of the words' counts beside those of running text.
SHARE = 0.2


def count(folders: list[Path]) -> tuple[Counter[str], Counter[str]]:
    """Count characters and pairs of neighbours, white space dropped."""
    characters: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".md", ".txt")):
            text = fold_text(squash(path.read_text(encoding="utf-8", errors="replace")))
            signs = [sign(""), *map(sign, text), sign("")]
            characters.update(signs)
            pairs.update(map("".join, pairwise(signs)))
    return characters, pairs


def add_words(words: Path, characters: Counter[str], pairs: Counter[str]) -> None:
    """Count what stands inside words."""
    inside: defaultdict[str, float] = defaultdict(float)
    alone: defaultdict[str, float] = defaultdict(float)
    for line in words.read_text(encoding="utf-8").splitlines():
        word, number, *_ = line.split(" ")
        signs = list(map(sign, fold_text(word)))
        for char in signs:
            alone[char] += SHARE * int(number)
        for pair in map("".join, pairwise(signs)):
            inside[pair] += SHARE * int(number)
    characters.update({char: round(number) for char, number in alone.items()})
    pairs.update({pair: round(number) for pair, number in inside.items()})


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--words", type=Path)
    options = parser.parse_args()
    characters, pairs = count(options.folders)
    if options.words:
        add_words(options.words, characters, pairs)
    rows: defaultdict[str, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pair, number in pairs.items():
        if number >= LEAST:
            rows[pair[0]][round(STEPS * math.log2(number))].append(pair[1])
    print("# character\tits count\tthe characters that follow it: log2 of the count of the pair in halves, then they")
    for char in sorted(characters):
        if char in rows or characters[char] >= LEAST:
            levels = sorted(rows[char].items(), reverse=True)
            followers = " ".join(f"{level}{''.join(sorted(chars))}" for level, chars in levels)
            print(f"{char}\t{round(STEPS * math.log2(characters[char]))}\t{followers}")


if __name__ == "__main__":
    main()
