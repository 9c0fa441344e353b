"""Measure every cleaner on the same cases and print the table as Markdown."""

from __future__ import annotations

import argparse
import datetime
import json
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from copies.accidents import HOME, cases, rebuild, references
from copies.layout import Source, sources
from copies.peers.exchange import Answer
from copies.planted import LEVELS, Case
from copies.planting import plant
from copies.scoring import Bench, Promised, Score, bench, outcome, promised, score
from copies.systems import SYSTEMS, System, UnavailableError, run

_ROOT = Path(__file__).resolve().parents[2]
_READMES = {"en": _ROOT / "README.md", "zh": _ROOT / "README.zh-CN.md"}
_HEADS = {
    "en": ("cleaner", "undone", "kept", "torn", "named", "noise"),
    "zh": ("工具", "撤去", "保留", "撕开", "指出", "误扰"),
}
_PROMISES = {
    "en": ("asked only for what it promises", "went whole", "stayed", "torn"),
    "zh": ("只按承诺计算", "整份删去", "保留", "撕开"),
}
_EXPLAIN = {
    "en": "{date}, dedupe-cn {version}, seed {seed}: {cases} cases in {texts} texts.",
    "zh": "{date}，dedupe-cn {version}，种子 {seed}：{texts} 篇文本，{cases} 例。",
}
_EXPLAIN_REAL = {
    "en": "{date}, dedupe-cn {version}: {cases} real accidents.",
    "zh": "{date}，dedupe-cn {version}：{cases} 处真实的误贴。",
}
_AWAY = {"en": "Not measured: {name} ({why}).", "zh": "未测：{name}（{why}）。"}


def main(arguments: list[str] | None = None) -> None:
    """Plant, run, score, print. What goes on is told on the standard error."""
    options = _options(arguments)
    texts: list[Source] = []
    if options.accidents:
        material = bench(texts, _accidents(options.accidents, options.source))
    else:
        texts = sources()
        material = bench(texts, plant(texts, options.seed, options.each))
    if not material.cases:
        raise SystemExit("there is nothing to measure")
    systems = [s for s in SYSTEMS if not options.only or any(name in s.english for name in options.only)]
    scores: dict[System, Score] = {}
    promises: dict[str, Promised] = {}
    away: dict[System, str] = {}
    with tempfile.TemporaryDirectory(prefix="copies-") as place:
        folder = Path(place) / "texts"
        folder.mkdir()
        for name, text in material.files().items():
            (folder / name).write_bytes(text.encode())
        for system in systems:
            print(f"{system.english} …", file=sys.stderr, flush=True)
            try:
                answers = run(system, folder, Path(place) / "answers.jsonl", options.cache)
            except UnavailableError as error:
                away[system] = str(error)
                continue
            scores[system] = score(material, answers)
            if system.script == "ours" and not options.accidents:
                promises[system.arguments[0]] = promised(material, system.arguments[0], answers)
            _tell(system, scores[system], material, answers, options.show)
        for command in options.command:
            system = System(f"`{command}`", f"`{command}`", "")
            scores[system] = score(material, _by_command(command, folder, material))
    said = {"cases": len(material.cases), "texts": len(texts), "seed": options.seed}
    for language in options.lang.split(","):
        parts = _markdown(language, scores, promises, away, said)
        print("\n\n".join(parts.values()) + "\n")
        if options.readme:
            _write(_READMES[language], parts)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python benchmarks/copies/run.py", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=5, help="cases of each kind")
    parser.add_argument("--accidents", type=Path, help="measure real accidents instead, rebuilt in this folder")
    parser.add_argument("--from", dest="source", default=HOME, help="where their {repository} is fetched from")
    parser.add_argument("--only", action="append", default=[], help="only cleaners with this in their name")
    parser.add_argument(
        "--command", action="append", default=[],
        help="measure this command too: {file} is a file, and its standard output the cleaned text",
    )  # fmt: skip
    parser.add_argument("--lang", default="en,zh", help="languages of the table, with commas")
    parser.add_argument("--readme", action="store_true", help="write the tables into the READMEs too")
    parser.add_argument("--show", action="store_true", help="name the cases that went wrong")
    default = Path.home() / ".cache" / "dedupe-cn-benchmark"
    parser.add_argument("--cache", type=Path, default=default, help=f"folder of the environments ({default})")
    return parser.parse_args(arguments)


def _accidents(folder: Path, source: str) -> list[Case]:
    """Rebuild the accidents, say which could not be had, and make cases of the others."""
    known = references()
    away = [(accident, why) for accident, why in rebuild(known, folder, source) if why]
    for accident, why in away:
        print(f"not to be had: {accident.repository} {accident.commit[:12]} {accident.path}: {why}", file=sys.stderr)
    print(f"{len(known) - len(away)} of {len(known)} accidents are there", file=sys.stderr)
    return cases(known, folder)


def _by_command(command: str, folder: Path, material: Bench) -> dict[str, Answer]:
    """Run a command for each text."""
    found = {}
    for name in material.files():
        done = subprocess.run(
            [part.replace("{file}", str(folder / name)) for part in shlex.split(command)],
            capture_output=True,
            check=False,
        )
        error = f"exit code {done.returncode}" if done.returncode else ""
        found[name] = Answer(done.stdout.decode("utf-8", "replace"), None, error)
    return found


def _tell(system: System, figures: Score, material: Bench, answers: dict[str, Answer], show: bool) -> None:
    """Say on the standard error what the table has no column for."""
    if figures.failed:
        error = next(answer.error for answer in answers.values() if answer.error)
        print(f"  {figures.failed} failed, the first: {error}", file=sys.stderr)
    if figures.other:
        print(f"  of {figures.other} copies the other one went", file=sys.stderr)
    if not show or figures.undone is None:
        return
    names = {text: name for name, text in material.clean.items()}
    wrong: Counter[str] = Counter()
    for case in material.cases:
        end = outcome(case, answers[case.name], answers[names[case.clean]])
        good = {"goes": ("whole",), "stays": ("stayed",), "open": ("whole", "stayed", "other")}[case.truth]
        if end not in good:
            wrong[f"{case.kind.name} {case.kind.variant}: {end}"] += 1
            print(f"  {json.dumps([case.name, case.source, end], ensure_ascii=False)}", file=sys.stderr)
    for name, number in wrong.most_common():
        print(f"  {number} × {name}", file=sys.stderr)


def _cell(figures: tuple[int, int] | None) -> str:
    return f"{figures[0]} / {figures[1]}" if figures and figures[1] else "–"


def _markdown(
    language: str,
    scores: dict[System, Score],
    promises: dict[str, Promised],
    away: dict[System, str],
    said: dict[str, int],
) -> dict[str, str]:
    """Give both tables of a language by the names that they have in the READMEs."""
    from dedupe_cn.version import VERSION

    def name(system: System) -> str:
        return system.english if language == "en" else system.chinese

    today = datetime.date.today().isoformat()
    explain = _EXPLAIN if said["texts"] else _EXPLAIN_REAL
    rows = [explain[language].format(date=today, version=VERSION, **said), ""]
    rows += [f"| {' | '.join(_HEADS[language])} |", f"|{'---|' * len(_HEADS[language])}"]
    rows += [f"| {' | '.join([name(system), *map(_cell, figures[:5])])} |" for system, figures in scores.items()]
    if away:
        rows += ["", *(_AWAY[language].format(name=name(system), why=why) for system, why in away.items())]
    levels = [f"| {' | '.join(_PROMISES[language])} |", "|---|---|---|---|"]
    levels += [f"| `{level}` | {' | '.join(map(_cell, promises[level]))} |" for level in LEVELS if level in promises]
    return {"copies": "\n".join(rows), **({"promises": "\n".join(levels)} if promises else {})}


def _write(page: Path, parts: dict[str, str]) -> None:
    """Put tables into a page, each between the comments of its name."""
    text = page.read_text(encoding="utf-8")
    for name, part in parts.items():
        before, opener, rest = text.partition(f"<!-- {name} -->\n")
        _, closer, behind = rest.partition(f"<!-- /{name} -->")
        text = f"{before}{opener}\n{part}\n\n{closer}{behind}" if closer else text
    page.write_text(text, encoding="utf-8")
