"""Measure ``dedupe-cn corpus`` beside its peers on the same files, and hold all of them against the exact answer.

    python benchmarks/corpus_peers.py FOLDER WORK [--repeat 3] [--only NAME] [--cache FOLDER]

Three corpora are put together in WORK from the .md and .txt files of FOLDER: ``laws`` (whole texts and revisions of
them), ``short`` (documents of three to six paragraphs) and ``long`` (of 4,000 characters), the latter two with edited
copies. A run is the whole way: read the file, sketch, find what is similar, write what stays and the list of what goes.
Peers are installed at pinned versions into environments of their own under ~/.cache/dedupe-cn-benchmark; one that
cannot be had is named with the reason. The slow ones are given the first tenth of each corpus.

Printed are MB of input for each second of the processor (all processes), seconds by the clock, peak memory of all
processes, and precision, recall and F1 of the removed documents, by the exact Jaccard similarity of 5 characters (0.8).
dedupe-cn ignores white space and is scored by the pairs without it, peers by those of the texts as they are. Runs take
turns; the run with the least processor time counts. The last lines are the sketches alone.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import unicodedata
from pathlib import Path

import numpy as np
from copies.systems import UnavailableError
from corpora import making
from corpora.exact import Pairs, similar_pairs
from corpora.scoring import score
from corpora.systems import SYSTEMS, Run, System, run, sketches_alone
from measure import machine

#: Name, maker and number of documents of each corpus.
CORPORA = (("laws", making.laws, 3_500), ("short", making.short, 100_000), ("long", making.long, 20_000))
_THRESHOLD = 0.8
#: Categories of Unicode that dedupe-cn does not compare: spaces, controls, what has no width.
_UNSEEN = {"Zs", "Zl", "Zp", "Cc", "Cf"}
_HEAD = "| system | documents | MB for each CPU s | CPU s | s | memory, MB | removed | precision | recall | F1 |"


def main() -> None:
    """Write the corpora, run everything, print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", help="only this one")
    parser.add_argument("--only", default="", help="only systems whose names begin so")
    parser.add_argument("--limit", type=float, default=600, help="seconds after which a run is given up")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "dedupe-cn-benchmark")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    texts = making.read_texts(options.folder)
    print(machine())
    for name, make, count in CORPORA:
        if options.corpus in (None, name):
            corpus = options.work / f"{name}-{options.seed}.jsonl"
            if not corpus.exists():
                making.write(make(texts, count, random.Random(options.seed)), corpus)
            _measure(name, corpus, options)


def _measure(name: str, corpus: Path, options: argparse.Namespace) -> None:
    """Print the table of a corpus."""
    answers = {seen: _exact(corpus, seen) for seen in (True, False)}
    count = answers[True].documents
    print(f"\n**{name}**: {count:,} documents, {corpus.stat().st_size / 1e6:.0f} MB, ", end="")
    print(f"{answers[True].first.size:,} similar pairs, {answers[False].first.size:,} without white space\n\n{_HEAD}")
    print("|---|" + "---:|" * (_HEAD.count("|") - 2))
    systems = [system for system in SYSTEMS if system.name.startswith(options.only)]
    best: dict[System, tuple[Run, set[int]]] = {}
    skipped: dict[System, str] = {}
    for _ in range(options.repeat):
        for system in systems:
            if system in skipped:
                continue
            out = options.work / "out"
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
            try:
                cost = run(system, _part(corpus, round(count * system.share)), out, options.cache, options.limit)
            except UnavailableError as problem:
                skipped[system] = str(problem)
                continue
            with (out / "removed.jsonl").open(encoding="utf-8") as file:
                gone = {int(json.loads(line)["id"]) for line in file}
            if system not in best or cost.cpu < best[system][0].cpu:
                best[system] = cost, gone
    for system, (cost, gone) in best.items():
        documents = round(count * system.share)
        found = score(answers[system.environment is not None], documents, gone)
        size = _part(corpus, documents).stat().st_size / 1e6
        print(
            f"| {system.name} | {documents:,} | {size / cost.cpu:.1f} | {cost.cpu:.2f} | {cost.wall:.1f} | "
            f"{cost.memory:.0f} | {found.removed:,} | {found.precision:.4f} | {found.recall:.4f} | {found.f1:.4f} |"
        )
    for system, reason in skipped.items():
        print(f"\nskipped: {system.name}: {reason}")
    try:
        alone = sketches_alone(corpus, options.cache)
        print(f"\nSketches alone, CPU s (ours, fastsketchlsh with hashing, without): {alone}", flush=True)
    except UnavailableError as problem:
        print(f"\nskipped: sketches alone: {problem}", flush=True)


def _part(corpus: Path, count: int) -> Path:
    """Give a corpus of the first documents."""
    place = corpus.with_name(f"{corpus.stem}-{count}.jsonl")
    if not place.exists():
        with corpus.open("rb") as file, place.open("wb") as part:
            part.writelines(line for _, line in zip(range(count), file, strict=False))
    return place


def _exact(corpus: Path, seen: bool) -> Pairs:
    """Give the similar pairs, of the texts as they are or without what is not ``seen``; kept beside the corpus."""
    place = corpus.with_suffix(".exact.npz" if seen else ".exact-bare.npz")
    if not place.exists():
        with corpus.open(encoding="utf-8") as file:
            texts = [json.loads(line)["text"] for line in file]
        if not seen:
            unseen = {ord(c): None for c in set().union(*texts) if c.isspace() or unicodedata.category(c) in _UNSEEN}
            texts = [text.translate(unseen) for text in texts]
        found = similar_pairs(texts, _THRESHOLD)
        np.savez(place, first=found.first, second=found.second, score=found.score, documents=found.documents)
    with np.load(place) as held:
        return Pairs(held["first"], held["second"], held["score"], int(held["documents"]))


if __name__ == "__main__":
    main()
