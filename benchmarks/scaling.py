"""Clean one text of growing size, and texts made to slow the program down, with the real command.

    python benchmarks/scaling.py [--content FOLDER] [--sizes 12,25,50,100] [--hostile 1] [--repeat 1] [--only NAME]

The first table is about one Markdown text, made up or joined from the files of a folder: MB/s, the CPU time against
that of the size before, and the peak memory against the size of the file. The second one is about the texts of
``hostile.py`` at 1 × and 4 × their size (``--hostile 0.1`` makes all ten times smaller): time ratio, peak memory, and
whether the result is right. One process does the work, and its CPU seconds are what counts: the time it takes on a core
of its own, whatever else the machine does. Exit code 1 when a result is wrong, takes more than five times the time for
four times the text, or more than ten times its size of memory.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import chain, count
from pathlib import Path

from folder import texts
from hostile import CASES, Case
from measure import OURS, Cost, machine, measure

#: How many times as long four times a text may take, with room for the machine; memory by its size, and on top of what
#: an empty run needs, in MB.
MOST_TIME, MOST_MEMORY, EMPTY = 5.0, 10.0, 100.0


def main() -> None:
    """Measure, print, and give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--content", type=Path, help="folder of Markdown files to build from")
    parser.add_argument("--sizes", default="12,25,50,100", help="MB of the growing text; empty for none")
    parser.add_argument("--hostile", type=float, default=1.0, help="scale of the hostile texts, 0 for none")
    parser.add_argument("--only", default="", help="the hostile texts whose name holds this")
    parser.add_argument("--repeat", type=int, default=1, help="runs of which the quickest counts")
    options = parser.parse_args()
    print(machine() + "\n")
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        sizes = [float(size) for size in options.sizes.split(",") if size]
        if sizes:
            grow(Path(place), options.content, sizes, options.repeat)
        right = True
        if options.hostile:
            print("\n| text | MB | CPU s | 4 ×: CPU s | ratio | peak MB | 4 ×: peak MB | peak / size | result |")
            print("|---|---|---|---|---|---|---|---|---|")
            for name in CASES:
                if options.only in name:
                    right &= hostile(Path(place), name, options.hostile, options.repeat)
    sys.exit(0 if right else 1)


def grow(place: Path, content: Path | None, sizes: list[float], repeat: int) -> None:
    """Print the table of one text at several sizes."""
    print("| MB | time s | CPU s | MB/s of CPU | CPU / one before | peak MB | peak / size |")
    print("|---|---|---|---|---|---|---|")
    # A folder is taken once: a text that consists of its own copies would say nothing of real ones.
    rounds = (texts(content, seed) for seed in ([0] if content else count()))
    pieces = chain.from_iterable(rounds)
    path, data, before = place / "text.md", bytearray(), 0.0
    for size in sizes:
        while len(data) < size * 1e6:
            piece = next(pieces, None)
            if piece is None:
                print(f"(the content ends at {len(data) / 1e6:.1f} MB)")
                return
            data += piece[1].encode()
        path.write_bytes(data[: int(size * 1e6)].decode("utf-8", "ignore").encode())
        cost = _cleaned(path, place / "out.md", repeat)
        ratio = f"{cost.cpu / before:.2f}" if before else "–"
        before = cost.cpu
        print(
            f"| {size:.0f} | {cost.wall:.2f} | {cost.cpu:.2f} | {size / cost.cpu:.1f} | {ratio} | {cost.memory:.0f} "
            f"| {cost.memory / size:.1f} |",
            flush=True,
        )


def hostile(place: Path, name: str, scale: float, repeat: int) -> bool:
    """Print the row of one hostile text; tell whether it is as it should be."""
    costs: list[Cost] = []
    right = True
    megabytes = 0.0
    for times in (1, 4):
        case = CASES[name](scale * times)
        path, result = place / ("case.md" if case.markdown else "case.txt"), place / "result.txt"
        path.write_bytes(case.text.encode())
        megabytes = path.stat().st_size / 1e6
        costs.append(_cleaned(path, result, repeat))
        right &= costs[-1].code == 0 and _is_right(case, result, place)
    one, four = costs
    ratio = four.cpu / one.cpu
    heavy = four.memory > MOST_MEMORY * megabytes + EMPTY
    verdict = "WRONG" if not right else "SLOW" if ratio > MOST_TIME else "HEAVY" if heavy else "right"
    print(
        f"| {name} | {megabytes / 4:.0f} | {one.cpu:.2f} | {four.cpu:.2f} | {ratio:.2f} | {one.memory:.0f} "
        f"| {four.memory:.0f} | {four.memory / megabytes:.1f} | {verdict} |",
        flush=True,
    )
    return verdict == "right"


def _is_right(case: Case, result: Path, place: Path) -> bool:
    def again(text: str) -> str:
        path = place / f"again{'.md' if case.markdown else '.txt'}"
        path.write_bytes(text.encode())
        _cleaned(path, place / "twice.txt", 1)
        return (place / "twice.txt").read_bytes().decode()

    return case.is_right(result.read_bytes().decode(), again)


def _cleaned(path: Path, result: Path, repeat: int) -> Cost:
    """Clean a file into another one; give the cost of the quickest run."""
    result.unlink(missing_ok=True)
    command = (*OURS, "clean", str(path), "-o", str(result), "--level", "standard", "--max-bytes", "2G")
    return min((measure(command) for _ in range(repeat)), key=lambda cost: cost.cpu)


if __name__ == "__main__":
    main()
