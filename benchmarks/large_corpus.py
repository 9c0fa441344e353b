"""Write a corpus of made-up Chinese documents with known copies, of any size, and hold ``dedupe-cn corpus`` to it.

    python benchmarks/large_corpus.py FOLDER [--size 10GB] [--memory 2GB] [--kill-after SECONDS] [--keep]

FOLDER takes the corpus, the run's own files and the output: about three times the size. For each gigabyte there are
2 million short documents (120 bytes and more) and 50,000 long ones (10 KB); 2 % are equal to an earlier document, 2 %
have a few words replaced, and a third of the longer ones end in one of fifty footers. The similarity of each pair is
computed while it is written, from all its shingles. With ``--kill-after`` the run is killed once by a signal that it
cannot see, and started again.

Prints what the run cost (all processes together) and how many of the copies it found.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from measure import OURS, SOURCE, machine

#: Words of the vocabulary, each of two characters (six bytes); a twelfth of them end in a mark.
_WORDS, _MARKED = 24_000, 12
#: Words made at once.
_BLOCK = 4_000_000
#: Words of short and long documents (the mean beyond the least), and how many short ones come for a long one.
_SHORT, _SHORT_MEAN, _LONG, _LONG_MEAN, _SHARE = 20, 19, 800, 850, 40
#: Earlier documents that may be copied, short and long, and the share of documents that are equal or near copies.
_RESERVOIR, _EXACT, _NEAR = (100_000, 4_000), 0.02, 0.02
_FOOTERS, _FOOTER, _FOOTED = 50, 12, 80
_SHINGLE, _THRESHOLD = 5, 0.8
_UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9}
#: Seconds between two looks at the memory of the processes.
_LOOK = 0.5


@dataclass(slots=True)
class Written:
    """What was written: documents, bytes, and for each copy the document it was made of and their similarity (0-1)."""

    documents: int = 0
    size: int = 0
    copies: dict[int, tuple[int, float]] = field(default_factory=dict)


class Writer:
    """Documents one after the other, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._numbers = np.random.default_rng(seed)
        self._random = random.Random(seed)
        characters = self._numbers.choice(np.arange(0x4E00, 0x4E00 + 6_000), (_WORDS, 2))
        marks = np.array([ord("，"), ord("。")])
        characters[::_MARKED, 1] = marks[self._numbers.integers(0, 2, len(characters[::_MARKED]))]
        joined = "".join(map(chr, characters.reshape(-1).tolist()))
        self._table = np.frombuffer(joined.encode(), np.uint8).reshape(_WORDS, 6)
        self._block, self._at = b"", 0
        self._footers = [self._words(_FOOTER) for _ in range(_FOOTERS)]
        self._seen: tuple[list[tuple[int, bytes]], ...] = ([], [])

    def _words(self, count: int) -> bytes:
        """Give so many words, common ones more often, as in real text: the chance falls with the rank."""
        need = 6 * count
        if self._at + need > len(self._block):
            ranks = _WORDS ** self._numbers.random(_BLOCK) - 1
            self._block, self._at = self._table[ranks.astype(np.int64)].tobytes(), 0
        self._at += need
        return self._block[self._at - need : self._at]

    def documents(self, size: int, written: Written) -> Iterator[bytes]:
        """Give lines of JSON of so many bytes, and note the copies among them."""
        chance = self._random
        while written.size < size:
            number, long = written.documents, written.documents % (_SHARE + 1) == _SHARE
            seen, kind = self._seen[long], chance.random()
            if kind < _EXACT + _NEAR and seen:
                earlier, text = chance.choice(seen)
                similarity = 1.0
                if kind >= _EXACT:
                    text, similarity = self._near(text)
                written.copies[number] = earlier, similarity
            else:
                least, mean = (_LONG, _LONG_MEAN) if long else (_SHORT, _SHORT_MEAN)
                words = least + int(chance.expovariate(1 / mean))
                text = self._words(words)
                if words >= _FOOTED and chance.random() < 1 / 3:
                    text += chance.choice(self._footers)
                if len(seen) < _RESERVOIR[long]:
                    seen.append((number, text))
                elif chance.random() < 0.2:
                    seen[chance.randrange(len(seen))] = number, text
            line = b'{"id": %d, "text": "%s"}\n' % (number, text)
            written.documents += 1
            written.size += len(line)
            yield line

    def _near(self, text: bytes) -> tuple[bytes, float]:
        """Replace a few words, and give the text with its similarity to the one before."""
        changed = bytearray(text)
        words = len(text) // 6
        for _ in range(max(1, round(words * self._random.uniform(0.002, 0.07)))):
            at = 6 * self._random.randrange(words)
            changed[at : at + 6] = self._words(1)
        return bytes(changed), similarity_of(text.decode(), changed.decode())


def similarity_of(one: str, other: str) -> float:
    """Give the Jaccard similarity of all shingles of two texts, as ``dedupe-cn corpus`` defines it."""
    sets = [{text[at : at + _SHINGLE] for at in range(len(text) - _SHINGLE + 1)} for text in (one, other)]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


@dataclass(slots=True)
class Watch:
    """The peak of the memory of all processes of a group and of the disk under a folder, both in bytes."""

    folder: Path
    memory: int = 0
    disk: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def follow(self, process: subprocess.Popen[bytes], limit: float | None) -> int | None:
        """Watch a process, the first of its session, to its end; give its exit code, None if it was killed."""
        watcher = threading.Thread(target=self.look, args=(process.pid,))
        watcher.start()
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return None
        finally:
            self.over.set()
            watcher.join()

    def look(self, group: int) -> None:
        """Look again and again until it is over."""
        rounds = 0
        while not self.over.wait(_LOOK):
            self.memory = max(self.memory, sum(map(_memory_of, _members(group))))
            if rounds % 10 == 0:
                self.disk = max(self.disk, _size_of(self.folder))
            rounds += 1


def _members(group: int) -> Iterator[Path]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group:
                yield folder
        except OSError:
            continue


def _memory_of(folder: Path) -> int:
    """Give the memory of a process, of what it shares with others its part."""
    try:
        lines = (folder / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _size_of(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size
        except OSError:
            continue
    return total


def run(command: list[str], watch: Watch, kill_after: float | None) -> float:
    """Run a command to its end and give its seconds; one that was killed is started again."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    code = watch.follow(process, kill_after)
    seconds = time.perf_counter() - started
    if code is None:
        print(f"killed after {seconds:.0f} s, and started again", flush=True)
        watch.over.clear()
        return seconds + run(command, watch, None)
    if code:
        raise SystemExit(f"the run ended with {code}")
    return seconds


def check(corpus: Path, removed: Path, written: Written, out: Path) -> list[str]:
    """Hold the list of removals against what was written; give what did not hold."""
    rows = [json.loads(line) for line in removed.open(encoding="utf-8")]
    gone = {row["id"]: row for row in rows}
    wrong: list[str] = []
    if any(row["kept_id"] in gone or row["kept_id"] >= row["id"] for row in rows):
        wrong.append("a document went for one that did not stay")
    exact = [number for number, (_, similarity) in written.copies.items() if similarity == 1]
    near = [number for number, (_, similarity) in written.copies.items() if _THRESHOLD <= similarity < 1]
    found = [sum(number in gone for number in numbers) for numbers in (exact, near)]
    print(f"exact copies: {found[0]:,} of {len(exact):,}; near copies: {found[1]:,} of {len(near):,}")
    if found[0] < len(exact):
        wrong.append("an exact copy stayed")
    if found[1] < 0.998 * len(near):
        wrong.append("more than 0.2 % of the near copies stayed")
    others = [row for row in rows if written.copies.get(row["id"], (0, 0.0))[1] < _THRESHOLD]
    chosen = {row["id"]: row for row in (*others[:2000], *random.Random(1).sample(rows, min(2000, len(rows))))}
    needed = {number for row in chosen.values() for number in (row["id"], row["kept_id"])}
    texts = {}
    with corpus.open("rb") as file:
        for number, line in enumerate(file):
            if number in needed:
                texts[number] = json.loads(line)["text"]
    low = sum(similarity_of(texts[row["id"]], texts[row["kept_id"]]) < _THRESHOLD for row in chosen.values())
    print(f"removals looked at again: {len(chosen):,}, {len(others):,} of all were not planted, {low} are too unlike")
    if low:
        wrong.append("a document went that is not similar")
    with out.open("rb") as file:
        left = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 24), b""))
    if left + len(rows) != written.documents:
        wrong.append(f"{written.documents:,} documents came in, {left:,} stay, {len(rows):,} went")
    return wrong


def main() -> int:
    """Write, run, check, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", default="1GB")
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--kill-after", type=float, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="leave the corpus and the output in the folder")
    options = parser.parse_args()
    size = int(float(options.size[:-2]) * _UNITS[options.size[-2:].upper()])
    work = options.folder / f"large-corpus-{options.seed}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    corpus, out, removed = work / "corpus.jsonl", work / "out.jsonl", work / "removed.jsonl"
    written, started = Written(), time.perf_counter()
    with corpus.open("wb", 1 << 20) as file:
        file.writelines(Writer(options.seed).documents(size, written))
    print(f"{machine()}\n{written.documents:,} documents, {written.size / 1e9:.2f} GB", end=", ")
    print(f"{len(written.copies):,} copies, written in {time.perf_counter() - started:.0f} s", flush=True)
    watch, before = Watch(work), os.times()
    command = [*OURS, "corpus", str(corpus), "-o", str(out), "--removed", str(removed), "--memory", options.memory]
    seconds = run(command, watch, options.kill_after)
    used = os.times()
    cpu = used.children_user + used.children_system - before.children_user - before.children_system
    extra = watch.disk - written.size
    print(f"{seconds:.0f} s, {cpu:.0f} CPU s ({written.size / 1e6 / cpu:.1f} MB for each; what was killed", end=" ")
    print(f"is not counted), memory {watch.memory / 1e9:.2f} GB, disk beside the input {extra / 1e9:.1f} GB")
    wrong = check(corpus, removed, written, out)
    for problem in wrong:
        print(f"DOES NOT HOLD: {problem}")
    if not options.keep:
        shutil.rmtree(work)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
