"""A hook on one changed file in a repository of 10,000: what looking for copies in the rest of it costs.

    python benchmarks/across_hook.py [FOLDER ...] [--files 10000] [--runs 5]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from across import write
from folder import CONTENT
from measure import OURS, Cost, machine, measure, middle
from plant import collect


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[CONTENT / "clean", CONTENT / "dirty"])
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    texts = collect(chosen.folders, chosen.files)
    print(machine())
    print(f"{len(texts)} files, {sum(len(text.encode()) for text in texts.values()) / 1e6:.1f} MB")
    with tempfile.TemporaryDirectory() as place:
        write(Path(place), texts)
        os.chdir(place)
        for command in (("init", "-q"), ("add", "-A"), ("-c", "gc.auto=0", *_COMMIT)):
            subprocess.run(["git", *command], check=True)
        name = sorted(texts, key=lambda name: (len(texts[name]), name))[len(texts) // 2]
        hook = [*OURS, "clean", "--check", "--isolated", "-q", name]
        whole = _cost([*OURS, "clean", "--check", "--isolated", "-q", "--jobs", "1", "."], 1)
        builds = []
        for _ in range(chosen.runs):
            shutil.rmtree(".git/dedupe-cn", ignore_errors=True)
            builds.append(measure([*hook, "--across"]))
        built = middle(builds)
        print(f"building the index: {built.cpu:.2f} s CPU; a plain check of all: {whole.cpu:.2f} s; "
              f"{built.cpu / whole.cpu:.2f} of it; {Path('.git/dedupe-cn/passages.db').stat().st_size / 1e6:.0f} MB")
        plain, across = _cost(hook, chosen.runs), _cost([*hook, "--across"], chosen.runs)
        print(f"hook on one file: {plain.wall:.2f} s, {plain.cpu:.2f} s CPU; with --across {across.wall:.2f} s, "
              f"{across.cpu:.2f} s CPU: {across.cpu / plain.cpu:.2f} times")


_COMMIT = ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "all")


def _cost(command: Sequence[str], runs: int) -> Cost:
    return middle([measure(command) for _ in range(runs)])


if __name__ == "__main__":
    main()
