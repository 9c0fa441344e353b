"""Copies between files: are they named, is what differs classed rightly, and what does it cost?

    python benchmarks/across.py [FOLDER ...] [--files 2000] [--planted 200] [--jscpd PATH] [--runs 3]

Makes so many files of the folders, looks for copies between them, plants sections (see plant.py) and looks again.
jscpd (PyPI or npm, 5.4) is scored beside it where its path is given.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from folder import CONTENT
from measure import OURS, SOURCE, Cost, machine, measure, middle
from plant import Planted, collect, plant

#: Share of a planted section that a finding of it covers.
_COVERED = 0.8
#: Lines of jscpd, tokens, and lines between the pieces of a copy.
_JSCPD = ("-l", "1", "-k", "20", "--max-gap-lines", "3", "--silent")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[CONTENT / "clean", CONTENT / "dirty"])
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--planted", type=int, default=200)
    parser.add_argument("--seed", type=int, default=26)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--jscpd")
    parser.add_argument("--show", type=int, default=0, help="list so many that were missed or classed wrongly")
    chosen = parser.parse_args()
    texts = collect(chosen.folders, chosen.files)
    changed, planted = plant(texts, chosen.planted, chosen.seed)
    print(machine())
    print(f"{len(texts)} files, {sum(len(t.encode()) for t in texts.values()) / 1e6:.1f} MB, {len(planted)} planted")
    with tempfile.TemporaryDirectory() as place:
        before, after = Path(place) / "before", Path(place) / "after"
        write(before, texts)
        write(after, changed)
        had, has = list(findings(before)), list(findings(after))
        score(had, has, planted, changed, chosen.show)
        if chosen.jscpd:
            score_jscpd(chosen.jscpd, before, after, planted, changed)
        plain = _cost([*OURS, "clean", "--check", "--isolated", "-q", str(after)], chosen.runs)
        ours = _cost([*OURS, "clean", "--check", "--across", "--isolated", "-q", str(after)], chosen.runs)
        print(f"CPU: plain --check {plain.cpu:.2f} s, with --across {ours.cpu:.2f} s: {ours.cpu / plain.cpu:.2f}")
        if chosen.jscpd:
            theirs = _cost([chosen.jscpd, *_JSCPD, str(after)], chosen.runs)
            print(f"CPU: jscpd {theirs.cpu:.2f} s; ours is {ours.cpu / theirs.cpu:.2f} of it, "
                  f"what --across adds {(ours.cpu - plain.cpu) / theirs.cpu:.2f}")


def _cost(command: Sequence[str], runs: int) -> Cost:
    return middle([measure(command) for _ in range(runs)])


def write(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())


def findings(folder: Path) -> Iterator[dict[str, Any]]:
    """Give the findings between files, with the name of the file in which each is told."""
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.json"
        command = [*OURS, "clean", "--check", "--across", "--isolated", "-q", "--report", f"json:{report}", "."]
        environment = {**os.environ, "PYTHONPATH": str(SOURCE), "LC_ALL": "C.UTF-8"}
        measured = subprocess.run(command, cwd=folder, check=False, capture_output=True, env=environment)
        assert measured.returncode in (0, 1), measured.stderr.decode()
        value = json.loads(report.read_bytes())
    for file in value["files"]:
        for removal in file["removals"]:
            if removal["rule"] == "across":
                yield {"path": file["path"], **removal}


def score(
    had: Sequence[Mapping[str, Any]],
    has: Sequence[Mapping[str, Any]],
    planted: Sequence[Planted],
    texts: Mapping[str, str],
    show: int,
) -> None:
    """Print how many planted copies are named, how many are classed rightly, and what else was found."""
    named: Counter[str] = Counter()
    right: Counter[str] = Counter()
    of_planted: set[int] = set()
    for copy in planted:
        found = [number for number, finding in enumerate(has) if _tells(finding, copy, texts)]
        named[copy.sort] += bool(found)
        of_planted |= set(found)
        fits = any(_is_right(has[number], copy) for number in found)
        right[copy.sort] += fits
        if show and not fits:
            show -= 1
            told = [(has[n]["likeness"], has[n]["differences"]) for n in found]
            what = f"  classed {told}" if found else "  missed"
            print(what, copy.sort, set(copy.classes), copy.donor, copy.target)
    for sort in ("exact", "noise", "meaning"):
        count = sum(copy.sort == sort for copy in planted)
        print(f"{sort}: {named[sort]} of {count} named, {right[sort]} classed rightly")
    print(f"named {100 * named.total() / len(planted):.1f} %, right {100 * right.total() / len(planted):.1f} %")
    print(f"findings: {len(had)} before, {len(has)} after, {len(has) - len(had)} more; planted: {len(of_planted)}")


def _tells(finding: Mapping[str, Any], copy: Planted, texts: Mapping[str, str]) -> bool:
    """Tell whether a finding names a planted section: most of it, and the file it was taken from."""
    start = texts[copy.target].rindex(copy.text)
    places = [{**finding}, finding["kept"], *finding["places"]]
    inside = [_common(p, start, start + len(copy.text)) for p in places if p["path"] == copy.target]
    enough = max(inside, default=0) >= _COVERED * len(copy.text)
    return enough and any(place["path"] == copy.donor for place in places)


def _common(place: Mapping[str, Any], start: int, end: int) -> int:
    return min(int(place["end"]), end) - max(int(place["start"]), start)


def _is_right(finding: Mapping[str, Any], copy: Planted) -> bool:
    """Tell whether a finding says of a planted section what was done to it, and nothing else."""
    kinds = {difference["class"] for difference in finding["differences"]}
    if copy.sort == "meaning":
        return finding["likeness"] == "meaning" and bool(kinds & copy.classes) and len(kinds) == 1
    return finding["likeness"] in ("exact", "noise") and kinds <= copy.classes


def score_jscpd(
    command: str, before: Path, after: Path, planted: Sequence[Planted], texts: Mapping[str, str]
) -> None:
    """Print how many planted copies jscpd names: most lines of the planted one, beside a place in the donor's file."""
    had, has = (_clones(command, folder) for folder in (before, after))
    named: Counter[str] = Counter()
    for copy in planted:
        first = texts[copy.target].count("\n", 0, texts[copy.target].rindex(copy.text)) + 1
        lines = copy.text.count("\n") + 1
        covered: set[int] = set()
        for clone in has:
            sides = {clone[side]["name"]: clone[side] for side in ("firstFile", "secondFile")}
            if set(sides) == {copy.donor, copy.target}:
                covered |= set(range(sides[copy.target]["start"], sides[copy.target]["end"] + 1))
        named[copy.sort] += len(covered & set(range(first, first + lines))) >= _COVERED * lines
    told = ", ".join(f"{sort} {named[sort]}" for sort in ("exact", "noise", "meaning"))
    print(f"jscpd: named {100 * named.total() / len(planted):.1f} % ({told}); {len(has) - len(had)} more findings, "
          f"{len(had)} before; none says what differs")


def _clones(command: str, folder: Path) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as place:
        given = [command, *_JSCPD, "-r", "json", "-o", place, "."]
        subprocess.run(given, cwd=folder, check=False, capture_output=True)
        clones: list[dict[str, Any]] = json.loads((Path(place) / "jscpd-report.json").read_bytes())["duplicates"]
    return clones


if __name__ == "__main__":
    main()
