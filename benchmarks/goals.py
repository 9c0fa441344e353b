"""Print what was asked of speed, memory and size, beside what is reached.

    python benchmarks/goals.py [--earlier FOLDER] [--content FOLDER] [--jscpd PROGRAM] [--environment FOLDER]

``--earlier`` is a checkout of commit 3699bc6, ``--content`` a folder of real Markdown, ``--environment`` a virtual
environment into which the program was installed for a hook, and nothing else. What is not named is left out. All
commands of a row run in turns, ``--repeat`` times, and the least CPU time of each counts, for others may be at work on
the machine. ``--scale 0.1`` makes all texts ten times smaller, to try it out.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, count
from pathlib import Path
from random import Random
from typing import NamedTuple

from folder import build, texts
from measure import OURS, SOURCE, Cost, machine, measure
from size import count as count_lines
from startup import make_text

CHECK = ("clean", "--check", "--level", "standard", "--max-bytes", "2G")
DECIDING = {"check": ("clean", "--check", "text.txt"), "decide": ("decide", "--json", "text.txt")}
#: Characters of a made-up paragraph, and copies among those that decisions are made on.
PARAGRAPH, COPIES = 50, 40


class Row(NamedTuple):
    """What was asked: its words, what is reached, the same for the earlier commit, and the goal."""

    what: str
    now: str
    before: str
    asked: str


class Bench:
    """What is compared, and where the texts lie."""

    def __init__(self, options: argparse.Namespace, place: Path) -> None:
        self.place, self.repeat, self.scale = place, options.repeat, options.scale
        self.content: Path | None = options.content
        self.earlier: Path | None = options.earlier
        self.jscpd: str | None = options.jscpd
        self.environment: Path | None = options.environment

    def least(self, commands: Mapping[str, Sequence[str]], at: Path | None = None) -> dict[str, Cost]:
        """Run commands in turns; give the cheapest run of each. Those named ``before`` run the earlier commit."""
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        for _ in range(self.repeat):
            for name, command in commands.items():
                source = self.earlier / "src" if self.earlier and name.startswith("before") else SOURCE
                costs[name].append(measure(command, source, at or self.place))
                if costs[name][-1].code > 1 and name != "jscpd":
                    raise SystemExit(f"{' '.join(command)}: ended with {costs[name][-1].code}")
        return {name: min(runs, key=lambda cost: cost.cpu) for name, runs in costs.items()}

    def both(self, *arguments: str) -> tuple[Cost, Cost | None]:
        """Run our command, and that of the earlier commit where there is one."""
        command = (*OURS, *arguments)
        costs = self.least({"now": command} | ({"before": command} if self.earlier else {}))
        return costs["now"], costs.get("before")


def rows(bench: Bench) -> Iterator[Row]:
    """Measure row by row."""
    yield from folder(bench)
    yield from large(bench)
    if bench.content:
        yield joined(bench)
    yield from small(bench)
    yield from decided(bench)
    if bench.environment:
        size = sum(path.stat().st_size for path in bench.environment.rglob("*") if path.is_file())
        yield Row("environment of a hook, MiB", f"{size / 2**20:.0f}", "", "<= 130")
    ours = count_lines(SOURCE.parent)["both"]
    theirs = count_lines(bench.earlier)["both"] if bench.earlier else 0
    yield Row("lines of code in src/", *_compared(ours, theirs, "{:,.0f}"), "<= 0.8 × before")


def folder(bench: Bench) -> Iterator[Row]:
    """Check a folder on two cores."""
    place = bench.place / "folder"
    build(place, bench.content, int(36e6 * bench.scale), 0)
    now, before = bench.both(*CHECK, "--jobs", "2", str(place))
    what = f"CPU s of --check on {36 * bench.scale:.0f} MB in files"
    yield Row(what, *_compared(now.cpu, before.cpu if before else 0), "<= 0.55 × before")
    if bench.jscpd:
        peer = bench.least({"jscpd": (bench.jscpd, str(place), "--reporters", "silent")})["jscpd"]
        told = f"{now.cpu / peer.cpu:.2f} ×", f"{before.cpu / peer.cpu:.2f} ×" if before else ""
        yield Row(f"the same, beside jscpd ({peer.cpu:.2f} s)", *told, "<= 0.40 ×")


def large(bench: Bench) -> Iterator[Row]:
    """Check one long text on one core."""
    size = int(100e6 * bench.scale)
    path = _joined(bench.place / "large.md", (texts(None, seed) for seed in count()), size)
    now, before = bench.both(*CHECK, "--jobs", "1", str(path))
    what = f"one text of {size / 1e6:.0f} MB, MB/s of one core"
    yield Row(what, *_compared(size / 1e6 / now.cpu, size / 1e6 / before.cpu if before else 0), ">= 2.5 × before")
    needed, earlier = (f"{cost.memory / size * 1e6:.1f} ×" if cost else "" for cost in (now, before))
    yield Row("its peak memory, by its size", needed, earlier, "<= 4 ×")


def joined(bench: Bench) -> Row:
    """Check real documents that were put into one text."""
    path = _joined(bench.place / "joined.md", iter([texts(bench.content, 0)]), int(25e6 * bench.scale))
    size = path.stat().st_size / 1e6
    now, before = bench.both(*CHECK, "--jobs", "1", str(path))
    what = f"{size:.0f} MB of real documents joined, MB/s of one core"
    return Row(what, *_compared(size / now.cpu, size / before.cpu if before else 0), ">= 3 × before")


def small(bench: Bench) -> Iterator[Row]:
    """Start, beside importing click alone; these runs are short, so there are more of them."""
    page, doubled = bench.place / "page.md", bench.place / "doubled.txt"
    page.write_text(make_text(3000), encoding="utf-8")
    doubled.write_text(make_text(3000) * 2, encoding="utf-8")
    commands: dict[str, Sequence[str]] = {"click": (sys.executable, "-c", "import click")}
    for name, path in (("3", page), ("6", doubled)):
        commands |= {name: (*OURS, "clean", str(path))}
        commands |= {f"before {name}": (*OURS, "clean", str(path))} if bench.earlier else {}
    repeat, bench.repeat = bench.repeat, 5 * bench.repeat
    costs = bench.least(commands, bench.place)
    bench.repeat = repeat
    for name, what, asked in (("6", "6 KB with a copy", "<= 2.2 ×"), ("3", "3 KB without", "")):
        now, before = (costs[key].cpu / costs["click"].cpu if key in costs else 0 for key in (name, f"before {name}"))
        yield Row(f"clean of {what}, by import click", f"{now:.2f} ×", f"{before:.2f} ×" if before else "", asked)


def decided(bench: Bench) -> Iterator[Row]:
    """Decide on a long text, and check it with a baseline that knows a file which is gone."""
    place = bench.place / "decided"
    place.mkdir()
    told: dict[str, list[str]] = {"decide": [], "baseline": []}
    rng = Random(3)
    han = list(map(chr, range(0x4E00, 0x9F00)))
    paragraphs = ["".join(rng.choices(han, k=PARAGRAPH)) + "。" for _ in range(int(12e6 * bench.scale / PARAGRAPH / 3))]
    for _ in range(COPIES):
        paragraphs.insert(rng.randrange(len(paragraphs)), rng.choice(paragraphs))
    whole = "\n\n".join(paragraphs) + "\n"
    some = "\n\n".join(paragraphs[:40] + paragraphs[5:9] + paragraphs[40:50]) + "\n"
    sources = {"now": SOURCE} | ({"before": bench.earlier / "src"} if bench.earlier else {})
    for name, source in sources.items():  # each with the file of decisions that it has written itself
        folder = place / name
        folder.mkdir()
        folder.joinpath("text.txt").write_text(whole, encoding="utf-8")
        folder.joinpath("gone.txt").write_text(some, encoding="utf-8")
        runs = bench.least({f"{name} {word}": (*OURS, *command) for word, command in DECIDING.items()}, folder)
        measure((*OURS, "decide", "--accept-current", "."), source, folder)
        folder.joinpath("gone.txt").unlink()
        runs |= bench.least({f"{name} baseline": (*OURS, *DECIDING["check"])}, folder)
        for word in ("decide", "baseline"):
            told[word].append(f"{runs[f'{name} {word}'].cpu / runs[f'{name} check'].cpu:.2f} ×")
    for word, what in (
        ("decide", f"decide --json on {12 * bench.scale:.0f} MB, by plain --check"),
        ("baseline", "a baseline with one file that is gone, by the same"),
    ):
        now, before = [*told[word], ""][:2]
        yield Row(what, now, before, "<= 1.2 ×")


def _compared(now: float, before: float, form: str = "{:.2f}") -> tuple[str, str]:
    """Write a figure and, beside it, that of the earlier commit with the ratio."""
    if not before:
        return form.format(now), ""
    return f"{form.format(now)} = {now / before:.2f} × before", form.format(before)


def _joined(path: Path, rounds: Iterator[Iterator[tuple[str, str]]], size: int) -> Path:
    """Put texts together up to a size in bytes."""
    data = bytearray()
    for _, text in chain.from_iterable(rounds):
        data += text.encode()
        if len(data) >= size:
            break
    path.write_bytes(data[:size].decode("utf-8", "ignore").encode())
    return path


def main() -> None:
    """Print the table row by row."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--earlier", type=Path, help="checkout of commit 3699bc6")
    parser.add_argument("--content", type=Path, help="folder of Markdown files")
    parser.add_argument("--jscpd", help="the program, of PyPI's jscpd 5.4")
    parser.add_argument("--environment", type=Path, help="virtual environment of a hook")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args()
    print(f"{machine()}, least of {options.repeat}\n\n| what | now | 3699bc6 | asked |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        for row in rows(Bench(options, Path(place))):
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
