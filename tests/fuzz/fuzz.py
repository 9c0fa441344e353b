"""Look for texts that break a law: by chance over documents of real shapes, and led by the coverage of the code.

    python tests/fuzz/fuzz.py                                        about a minute
    python tests/fuzz/fuzz.py --examples 200000 --seconds 600        long

The first half runs every property of the tests (Hypothesis) with more examples, drawn by chance, until there were as
many; the second runs each target of guided.py for so many seconds (atheris: pip install 'dedupe-cn[fuzz]'). Leaves
with 1 when something was found, with 2 when a half cannot run. What is found becomes a test; an input that the second
half found is kept below --folder.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parent
sys.path.insert(0, str(TESTS))
from budget import FACTOR  # noqa: E402

TARGETS = ("decode", "markup", "clean")
#: Examples of a process, in multiples of what the tests draw: large enough that starting costs nothing.
MOST = 10
#: Seconds after which a process of the second half is followed by another: it grows by up to 30 MB a second.
SLICE = 60
_PASSING = re.compile(r"(\d+) passing(?: examples|, )")


def chance_round(factor: int, seed: int) -> tuple[int, str]:
    """Run all properties once; give how many examples held, and what pytest said if one did not."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-m",
        "hypothesis",
        "--hypothesis-show-statistics",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run(
        [*command, f"--hypothesis-seed={seed}", str(TESTS)],
        cwd=TESTS.parent,
        env={**os.environ, FACTOR: str(factor)},
        capture_output=True,
        text=True,
        check=False,
    )
    words = done.stdout.partition("= Hypothesis Statistics =")[0] + done.stderr
    return sum(map(int, _PASSING.findall(done.stdout))), "" if done.returncode == 0 else words


def by_chance(examples: int, jobs: int, chance: random.Random) -> bool:
    """Draw examples until there were so many; tell whether all held."""
    held = 0
    factor = 1
    with ThreadPoolExecutor(jobs) as pool:
        while held < examples:
            seeds = [chance.randrange(1 << 32) for _ in range(jobs)]
            rounds = pool.map(chance_round, [factor] * jobs, seeds)
            for seed, (count, words) in zip(seeds, rounds, strict=True):
                held += count
                if words:
                    sys.stdout.write(f"{words}\nFOUND with seed {seed}, {FACTOR}={factor}, after {held} examples\n")
                    return False
            sys.stdout.write(f"{held} examples held\n")
            sys.stdout.flush()
            factor = min(MOST, max(1, factor * (examples - held) // max(1, held)))
    return True


def by_coverage(runs: int | None, seconds: int, folder: Path) -> bool:
    """Run each target for so many inputs, the same every time, or so many seconds; tell whether none found anything."""
    fine = True
    for target in TARGETS:
        found = folder / target
        (found / "corpus").mkdir(parents=True, exist_ok=True)
        done, covered = 0, "0"
        for bounds in [[f"-runs={runs}", "-seed=1"]] if runs else _slices(seconds):
            command = [sys.executable, str(HERE / "guided.py"), target, str(found / "corpus"), *bounds]
            run = subprocess.run(
                [*command, "-timeout=20", "-max_len=4096", "-rss_limit_mb=4096", f"-artifact_prefix={found}/"],
                capture_output=True,
                text=True,
                errors="replace",
                check=False,
            )
            count = re.search(r"Done (\d+) runs", run.stderr)
            if run.returncode or not count:
                sys.stdout.write(f"{run.stdout[-4000:]}\n{run.stderr[-4000:]}\nFOUND by {target}, kept in {found}\n")
                fine = False
                break
            done += int(count[1])
            covered = re.findall(r"cov: (\d+)", run.stderr)[-1]
        else:
            sys.stdout.write(f"{target}: {done} runs, {covered} places covered, nothing found\n")
        sys.stdout.flush()
    return fine


def _slices(seconds: int) -> Iterator[list[str]]:
    """Split a long time: every process goes on from the inputs the one before kept, and instrumented code leaks."""
    for begin in range(0, seconds, SLICE):
        yield [f"-max_total_time={min(SLICE, seconds - begin)}"]


def main() -> int:
    """Read the options and run both halves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=10_000, help="examples by chance (default 10000; 0: none)")
    parser.add_argument("--seconds", type=int, default=10, help="seconds for each target (default 10; 0: none)")
    parser.add_argument("--runs", type=int, help="inputs for each target in the place of seconds, the same every time")
    parser.add_argument("--jobs", type=int, default=1, help="processes of the first half (default 1)")
    parser.add_argument("--seed", type=int, help="of the first half (default: by chance; it is printed)")
    parser.add_argument(
        "--folder", type=Path, help="where what the second half finds is kept (default: a temporary one)"
    )
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(1 << 32) if options.seed is None else options.seed
    fine = True
    if options.examples:
        sys.stdout.write(f"by chance, seed {seed}\n")
        fine = by_chance(options.examples, options.jobs, random.Random(seed))
    if options.runs or options.seconds:
        if importlib.util.find_spec("atheris") is None:
            sys.stderr.write("needs atheris: pip install 'dedupe-cn[fuzz]', or --seconds 0 to leave this half out\n")
            return 2
        folder = options.folder or Path(tempfile.mkdtemp(prefix="dedupe-cn-fuzz-"))
        fine = by_coverage(options.runs, options.seconds, folder) and fine
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
