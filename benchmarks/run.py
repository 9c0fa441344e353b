"""Check a folder of Chinese Markdown and compare with others that go over the same files.

    python benchmarks/run.py [--content FOLDER] [--size 36] [--repeat 3] [--jscpd PATH] [--autocorrect PATH] …

One run measures everything in turns, so that all share the mood of the machine, and each turn in another order, for
what ran before plays a part (a core that was idle is slower at first: 8 % between two neighbours). Figures are medians.
CPU seconds are those of the whole process tree. Peers that are not installed are left out, and said so. The second
table checks one, two and four such folders: the time should grow alike.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from random import Random

from folder import CONTENT, build
from measure import OURS, Cost, machine, measure, middle

#: Reading and decoding alone: what no program that looks at text can do without.
_PLAIN = (
    "import os,sys\nn=0\nfor d,_,fs in os.walk(sys.argv[1]):\n for f in fs:\n"
    "  n+=len(open(os.path.join(d,f),'rb').read().decode('utf-8','replace'))\nprint(n)"
)
_CHECK = (*OURS, "clean", "--check", "--level", "standard")
#: name -> (program, arguments behind the folder). jscpd leaves large files out unless told otherwise.
_PEERS = {
    "jscpd": ("jscpd", ("--reporters", "silent")),
    "jscpd, no limits": (
        "jscpd",
        ("--reporters", "silent", "--max-size", "20mb", "--max-lines", "10000000", "--no-gitignore"),
    ),
    "autocorrect --lint": ("autocorrect", ("--lint",)),
    "codespell": ("codespell", ()),
}


def main() -> None:
    """Build the folders, measure, print."""
    options = _options()
    content = options.content or (CONTENT if CONTENT.is_dir() else None)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        folders = [Path(place) / f"part{number}" for number in range(4)]
        wanted = int(options.size * 1e6)
        sizes = [build(folder, content, wanted, 1000 * number) for number, folder in enumerate(folders)]
        files = sum(path.is_file() for path in folders[0].rglob("*"))
        print(f"{machine()}\n{sizes[0] / 1e6:.1f} MB in {files} files, {'from content' if content else 'generated'}\n")
        commands = {
            "dedupe-cn": (*_CHECK, str(folders[0])),
            "dedupe-cn --jobs 1": (*_CHECK, "--jobs", "1", str(folders[0])),
            **_peers(options, folders[0]),
            "plain decode": (sys.executable, "-c", _PLAIN, str(folders[0])),
        }
        _table(commands, sizes[0], options.repeat)
        print("\nitself at 1, 2 and 4 × the size:\n")
        growing = {f"{n} ×": (*_CHECK, *map(str, folders[:n])) for n in (1, 2, 4)}
        _growth(growing, options.repeat)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--content", type=Path, help="folder of Markdown files to build from")
    parser.add_argument("--size", type=float, default=36, help="MB of the folder")
    parser.add_argument("--repeat", type=int, default=3)
    for program in ("jscpd", "autocorrect", "codespell"):
        parser.add_argument(f"--{program}", help=f"where {program} is, when not on the PATH")
    return parser.parse_args()


def _peers(options: argparse.Namespace, folder: Path) -> dict[str, tuple[str, ...]]:
    """Give the commands of the peers that are there; name the others."""
    found: dict[str, tuple[str, ...]] = {}
    for name, (program, arguments) in _PEERS.items():
        path = shutil.which(getattr(options, program) or program)
        if path is None:
            print(f"{name}: {program} is not installed, left out")
        else:
            found[name] = (path, str(folder), *arguments)
    return found


def _table(commands: dict[str, tuple[str, ...]], size: int, repeat: int) -> None:
    costs = _in_turns(commands, repeat)
    ours = middle(costs["dedupe-cn"])
    print("| tool | time s | CPU s | CPU, ours = 1 | peak MB | MB/s | exit |\n|---|---|---|---|---|---|---|")
    for name, runs in costs.items():
        cost = middle(runs)
        print(
            f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.cpu / ours.cpu:.2f} | {cost.memory:.0f} "
            f"| {size / 1e6 / cost.wall:.1f} | {cost.code} |"
        )


def _growth(commands: dict[str, tuple[str, ...]], repeat: int) -> None:
    costs = {name: middle(runs) for name, runs in _in_turns(commands, repeat).items()}
    first = costs["1 ×"]
    print("| size | time s | CPU s | time ratio | CPU ratio | peak MB |\n|---|---|---|---|---|---|")
    for name, cost in costs.items():
        print(
            f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.wall / first.wall:.2f} | {cost.cpu / first.cpu:.2f} "
            f"| {cost.memory:.0f} |"
        )


def _in_turns(commands: dict[str, tuple[str, ...]], repeat: int) -> dict[str, list[Cost]]:
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    order = list(commands)
    shuffle = Random(0).shuffle  # the same orders in every run
    for _ in range(repeat):
        shuffle(order)
        for name in order:
            costs[name].append(measure(commands[name]))
    return costs


if __name__ == "__main__":
    main()
