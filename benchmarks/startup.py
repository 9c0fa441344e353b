"""Measure how long it takes to start, beside importing click alone.

    python benchmarks/startup.py [RUNS]

All commands run in turns, ten times unless told otherwise; figures are medians. Goals: ``--version`` within 1.5 times
of ``import click``, ``clean`` on 3 KB of UTF-8 without repeats within 4 times, on 6 KB with a copy within 2.2.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from measure import OURS, machine, measure, middle


def make_text(size: int) -> str:
    """Make about ``size`` bytes of paragraphs of which nothing occurs twice."""
    rng = random.Random(3)
    paragraphs: list[str] = []
    while sum(len(p.encode()) + 2 for p in paragraphs) < size:
        paragraphs.append("".join(map(chr, rng.sample(range(0x4E00, 0x9F00), 50))) + "。")
    return "\n\n".join(paragraphs) + "\n"


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        small, report = Path(place) / "small.md", Path(place) / "small.txt"
        small.write_text(make_text(3000), encoding="utf-8")
        report.write_text(make_text(3000) * 2, encoding="utf-8")
        commands: dict[str, tuple[str, ...]] = {
            "python -c pass": (sys.executable, "-c", "pass"),
            "python -c 'import click'": (sys.executable, "-c", "import click"),
            "dedupe-cn --version": (*OURS, "--version"),
            "dedupe-cn --help": (*OURS, "--help"),
            "clean, 3 KB Markdown": (*OURS, "clean", str(small)),
            "clean, 6 KB text, a copy": (*OURS, "clean", str(report)),
            "python -c 'import numpy'": (sys.executable, "-c", "import numpy"),
        }
        costs = {name: [measure(command)] for name, command in commands.items()}
        for _ in range(runs - 1):
            for name, command in commands.items():
                costs[name].append(measure(command))
    base = middle(costs["python -c 'import click'"])
    print(f"{machine()}, {runs} runs\n\n| command | time ms | × click | CPU ms | × click |\n|---|---|---|---|---|")
    for name, all_runs in costs.items():
        cost = middle(all_runs)
        print(
            f"| {name} | {1e3 * cost.wall:.0f} | {cost.wall / base.wall:.2f} | {1e3 * cost.cpu:.0f} "
            f"| {cost.cpu / base.cpu:.2f} |"
        )


if __name__ == "__main__":
    main()
