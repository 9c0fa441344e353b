"""Measure sketches against datasketch on the same paragraphs: speed and Jaccard error.

    python benchmarks/sketches.py FOLDER [--paragraphs 4000] [--seed 1]

FOLDER holds .md and .txt files. Speed is measured on paragraphs, on their clauses and on passages of several
paragraphs; both sides take turns, so that other work on the machine hits both, and the figures are medians of CPU
time. Two ratios are printed: like for like, both from the same strings to sketches; and the strict one, ours from the
strings against ``MinHash.bulk`` with each paragraph's different shingles cut and encoded beforehand. The error is
measured on the paragraphs and on copies of them in which characters were replaced at random, 0.2 to 20 % of them.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np
from datasketch import MinHash

from dedupe_cn.corpus.sketches import sketch_texts

K = 5
#: Shortest paragraph measured: near-duplicates are looked for from here on.
LEAST = 60
#: Times that each side is measured.
RUNS = 9
_CLAUSE = re.compile(r"[^。！？；，]+[。！？；，]?")


def read_lines(folder: Path) -> Iterator[str]:
    """Read the lines of a folder, without white space."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".md", ".txt") and path.is_file():
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                yield "".join(line.split())


def choose(passages: set[str], most: int, rng: random.Random) -> list[str]:
    """Choose at most so many passages at random."""
    return rng.sample(sorted(passages), min(most, len(passages)))


def join(lines: list[str], least: int) -> set[str]:
    """Join lines in a row until each passage has at least so many characters."""
    passages: set[str] = set()
    held = ""
    for line in lines:
        held += line
        if len(held) >= least:
            passages.add(held[: 2 * least])
            held = ""
    return passages


def shingle(text: str) -> list[bytes]:
    """Cut a text into its shingles as datasketch takes them."""
    return [text[i : i + K].encode() for i in range(len(text) - K + 1)]


def spoil(text: str, rng: random.Random) -> str:
    """Replace 0.2 to 20 % of the characters, at least one."""
    chars = list(text)
    for at in rng.sample(range(len(chars)), max(1, int(len(chars) * rng.choice((0.002, 0.01, 0.03, 0.08, 0.2))))):
        chars[at] = chr(rng.randrange(0x4E00, 0x9FA0))
    return "".join(chars)


def measure_speed(kind: str, passages: list[str]) -> None:
    """Print how long both take from the same strings to sketches, and datasketch from shingles cut beforehand."""
    # Each different shingle once: the least that datasketch can be given.
    shingles = [list(set(shingle(p))) for p in passages]
    steps: list[Callable[[], object]] = [
        lambda: sketch_texts(passages, K),
        lambda: [shingle(p) for p in passages],
        lambda: MinHash.bulk(shingles, num_perm=128),
    ]
    times: list[list[float]] = [[] for _ in steps]
    for _ in range(RUNS):
        for step, taken in zip(steps, times, strict=True):
            taken.append(_timed(step))
    ours, cutting, bulk = map(median, times)
    print(
        f"{kind}: {len(passages)} of {sum(map(len, passages)) / len(passages):.0f} characters, ms: sketch_texts "
        f"{1e3 * ours:.2f}, datasketch: shingles {1e3 * cutting:.0f} and MinHash.bulk {1e3 * bulk:.0f}; "
        f"{(cutting + bulk) / ours:.0f} times faster like for like, {bulk / ours:.0f} strictly"
    )


def _timed(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def measure_error(paragraphs: list[str], rng: random.Random) -> None:
    """Print the root mean square error of both estimates on the same pairs, by length of the paragraph."""
    pairs = [(p, spoil(p, rng)) for p in paragraphs]
    sketches = sketch_texts([t for pair in pairs for t in pair], K)
    errors: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for index, (one, other) in enumerate(pairs):
        mine, its = sketches.shingles_of(2 * index), sketches.shingles_of(2 * index + 1)
        exact = np.intersect1d(mine, its).size / np.union1d(mine, its).size
        ours = float(np.mean(sketches.values[2 * index] == sketches.values[2 * index + 1]))
        theirs = [MinHash(num_perm=128), MinHash(num_perm=128)]
        for minhash, text in zip(theirs, (one, other), strict=True):
            minhash.update_batch(shingle(text))
        size = "60-99" if len(one) < 100 else "100-199" if len(one) < 200 else "200-"
        for key in (size, "all"):
            errors[key].append((ours - exact, theirs[0].jaccard(theirs[1]) - exact))
    for key in ("60-99", "100-199", "200-", "all"):
        if errors[key]:
            root = np.sqrt(np.mean(np.square(np.array(errors[key])), axis=0))
            print(f"{key} characters, {len(errors[key])} pairs: error ours {root[0]:.4f}, datasketch {root[1]:.4f}")


def main() -> None:
    """Run both measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--paragraphs", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    lines = list(read_lines(options.folder))
    paragraphs = choose({line for line in lines if len(line) >= LEAST}, options.paragraphs, rng)
    clauses = {clause for line in lines for clause in _CLAUSE.findall(line) if 20 <= len(clause) <= 40}
    kinds = {
        "clauses": choose(clauses, options.paragraphs, rng),
        "paragraphs": paragraphs,
        "passages": choose(join(lines, 350), options.paragraphs // 4, rng),
    }
    for kind, passages in kinds.items():
        measure_speed(kind, passages)
    measure_error(paragraphs[:1500], rng)


if __name__ == "__main__":
    main()
