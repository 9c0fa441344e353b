"""Kill ``clean --write`` at random moments, and hold that nothing is lost.

    python tests/faults/kills.py --count 2000

Several processes at a time clean the same 200 files and are killed (SIGKILL). After each round every file must hold
exactly its old or its new bytes, a next run in the folder must remove the stray temporary files, and ``undo`` must
bring back all old bytes; now and then ``undo`` is killed as well. Processes are forked from one that has loaded
everything, so that moments of work are hit and not of starting; every 40th is a command of its own.

Leaves with 1 at the first breach, and keeps the folder then.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

#: Files of a folder, unless asked for fewer.
FILES = 200
TOGETHER = 3
OWN_COMMAND = 40
KILL_UNDO = 5
#: How much later processes are killed after a round in which they had changed nothing yet; and sooner, after all.
LATER = 1.25
#: Every so many rounds everything is done to the files; in the others the layout only, so that more time is writing.
ALL_RULES = 4
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "big5")
SENTENCES = (
    "河邊的老屋已經很久沒有人住，門前的石階長滿了青苔，只有幾隻麻雀還在屋簷下做窩。",
    "他把船繫在柳樹下，提著燈籠走上堤岸，遠處的鎮子靜悄悄的，一盞燈也沒有亮。",
    "母親說，等到秋天收了稻子，就把屋頂重新蓋一遍，再給弟弟做一件新棉襖。",
    "第二天清早下起了小雨，集市上的人比往常少了一半，賣魚的老人也沒有來。",
)


class BreachError(Exception):
    """Something was lost."""


@dataclass
class Count:
    """What the kills hit."""

    kills: int = 0
    during_undo: int = 0
    between_files: int = 0
    strays: int = 0
    put_back: int = 0


@dataclass
class Way:
    """A way to clean: its arguments, what it makes of the files, and its time to the end in seconds."""

    arguments: list[str]
    after: dict[Path, bytes]
    cleaning: float


@dataclass
class Ground:
    """The folder of files, what they hold before and after each way of cleaning, and the chance that rules the run."""

    root: Path
    chance: random.Random
    before: dict[Path, bytes] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)
    undoing: float = 1.0

    @property
    def texts(self) -> Path:
        return self.root / "texts"


def make(root: Path, chance: random.Random, files: int) -> Ground:
    """Write the files, and find out what cleaning makes of them and how long that takes."""
    ground = Ground(root, chance)
    for number in range(files):
        path = ground.texts / f"{number % 5}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        passage = "".join(chance.choices(SENTENCES, k=3)) + f"第{number}號。"
        end = chance.choice(("\n", "\r\n"))
        text = f"{passage}  {end * chance.randint(3, 9)}{passage}{end}{passage}" + "尾聲。" * chance.randint(0, 2)
        path.write_bytes(text.encode(chance.choice(ENCODINGS)))
        ground.before[path] = path.read_bytes()
    (ground.texts / "done.txt").write_text("已經乾淨。\n", encoding="utf-8")
    for rules in ([], ["--disable", "repeats"]):
        arguments = ["clean", "-w", "-q", *rules, str(ground.texts)]
        cleaning = timed(ground, *arguments)
        after = {path: path.read_bytes() for path in ground.before}
        same = [path for path, data in ground.before.items() if data == after[path]]
        if same:
            raise BreachError(f"{len(same)} files have nothing to clean")
        ground.ways.append(Way(arguments, after, cleaning))
        ground.undoing = timed(ground, "undo", "--anywhere")
    return ground


def timed(ground: Ground, *arguments: str) -> float:
    """Run a command to its end and give its duration in seconds. Raises BreachError when it fails."""
    start = time.monotonic()
    code = finish(ground, *arguments)
    if code:
        raise BreachError(f"{arguments[0]} left with {code}")
    return time.monotonic() - start


def start(ground: Ground, arguments: list[str], own: bool = False) -> int:
    """Start a command in a process of its own and give its number; its words go to a file."""
    said = ground.root / "said"
    if own:
        with said.open("ab") as file:
            return subprocess.Popen([sys.executable, "-m", "dedupe_cn", *arguments], stdout=file, stderr=file).pid
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        descriptor = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(descriptor, 1)
        os.dup2(descriptor, 2)
        from dedupe_cn.cli import run

        code = run(arguments)
    finally:
        os._exit(code)


def finish(ground: Ground, *arguments: str) -> int:
    """Run a command to its end and give its exit code."""
    _, status = os.waitpid(start(ground, list(arguments)), 0)
    return os.waitstatus_to_exitcode(status)


def kill_some(ground: Ground, arguments: list[str], number: int, own: bool, within: float) -> int:
    """Start ``number`` processes and kill each at a moment of its own; give how many were killed at work.

    ``within`` is the time in seconds they take to the end; a process that has to load everything first works later.
    """
    moments: list[tuple[float, int]] = []
    for _ in range(number):
        moment = time.monotonic() + (0.5 if own else 0.0) + ground.chance.random() * within
        moments.append((moment, start(ground, arguments, own)))
    killed = 0
    for moment, child in sorted(moments):
        time.sleep(max(0.0, moment - time.monotonic()))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
    return killed


def hold_old_or_new(ground: Ground, way: Way) -> int:
    """Check every file; give the number of those that were cleaned."""
    cleaned = 0
    for path, old in ground.before.items():
        data = path.read_bytes()
        if data not in (old, way.after[path]):
            raise BreachError(f"{path} holds neither its old nor its new bytes")
        cleaned += data != old
    return cleaned


def strays(ground: Ground) -> Iterator[Path]:
    for path in ground.texts.rglob("*"):
        if path.is_file() and path not in ground.before and path.name != "done.txt":
            yield path


def hold_no_strays(ground: Ground) -> int:
    """Check that a run that changes nothing removes what kills left; give how many there were."""
    left = list(strays(ground))
    if left:
        folders = sorted({path.parent for path in left})
        for folder in folders:
            shutil.copy(ground.texts / "done.txt", folder / "done.txt")
        finish(ground, "clean", "-w", "-q", *(str(folder / "done.txt") for folder in folders))
        for folder in folders:
            if folder != ground.texts:
                (folder / "done.txt").unlink()
        still = list(strays(ground))
        if still:
            raise BreachError(f"a next run left {still[0]}")
    return len(left)


def put_all_back(ground: Ground, way: Way, count: Count) -> None:
    """Undo run after run until all files hold their old bytes."""
    # Every killed process is a run, and so is every killed undo.
    for _ in range(4 * TOGETHER):
        if not hold_old_or_new(ground, way):
            return
        if ground.chance.randrange(KILL_UNDO) == 0:
            killed = kill_some(ground, ["undo", "--anywhere"], 1, own=False, within=ground.undoing)
            count.kills += killed
            count.during_undo += killed
            ground.undoing *= LATER if killed else 1 / LATER
            continue
        code = finish(ground, "undo", "--anywhere")
        if code != 0:
            raise BreachError(f"undo left with {code}")
        count.put_back += 1
    raise BreachError("undo did not bring back all old bytes")


def one_round(ground: Ground, count: Count, number: int) -> None:
    """Kill, look, and put everything back."""
    own = number % OWN_COMMAND == OWN_COMMAND - 1
    way = ground.ways[0 if number % ALL_RULES == 0 else 1]
    jobs = ["--jobs", "2"] if ground.chance.random() < 0.3 else []
    count.kills += kill_some(ground, [*way.arguments, *jobs], TOGETHER, own, within=way.cleaning)
    cleaned = hold_old_or_new(ground, way)
    count.between_files += 0 < cleaned < len(ground.before)
    # Several at a time are slower than the one that was measured, and on a busy machine much slower.
    way.cleaning *= LATER if not cleaned else 1 / LATER if cleaned == len(ground.before) else 1
    count.strays += hold_no_strays(ground)
    put_all_back(ground, way, count)
    count.strays += hold_no_strays(ground)


def main() -> int:
    """Read the options, kill until the count is full, and print what was seen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=2000, help="number of kills")
    parser.add_argument("--files", type=int, default=FILES, help="number of files that are cleaned")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--folder", default=None, help="where to work (default: the folder for temporary files)")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.randrange(10**6)
    root = Path(tempfile.mkdtemp(prefix="dedupe-cn-kills-", dir=options.folder))
    os.environ["DEDUPE_CN_STATE_DIR"] = str(root / "state")
    os.environ.pop("PRE_COMMIT", None)
    os.environ["DEDUPE_CN_LANG"] = "en"
    from dedupe_cn import clean
    from dedupe_cn.cli import clean as _clean  # noqa: F401
    from dedupe_cn.cli import sweep as _sweep  # noqa: F401
    from dedupe_cn.cli import undo as _undo  # noqa: F401

    clean("".join(SENTENCES) * 2)
    count, number = Count(), 0
    try:
        ground = make(root, random.Random(seed), options.files)
        while count.kills < options.count:
            one_round(ground, count, number)
            number += 1
            if number % 50 == 0:
                tell(f"{count.kills} kills so far")
    except BreachError as breach:
        tell(f"BREACH after {count.kills} kills (seed {seed}, {root}): {breach}")
        return 1
    shutil.rmtree(root)
    tell(
        f"{count.kills} kills in {number} rounds over {options.files} files ({count.during_undo} of undo, "
        f"{count.between_files} rounds left some files cleaned and some not, {count.strays} stray temporary files, "
        f"all removed; {count.put_back} runs undone): every file old or new, all old bytes brought back (seed {seed})"
    )
    return 0


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
