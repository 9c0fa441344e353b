"""The decisions file in a run: read it, honour it for whole files, and tell what it kept and what is stale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from dedupe_cn.cli.cleaning import failure
from dedupe_cn.cli.console import Console
from dedupe_cn.cli.messages import Say
from dedupe_cn.errors import InputError
from dedupe_cn.io.configuration import shown
from dedupe_cn.io.decisions import ENCODING, KEEP, NAME, BadDecisionsError, Decisions, Entry, find_root, load
from dedupe_cn.model import FileResult, Level
from dedupe_cn.report.run import DUPLICATE_FILE, OF_SEVERAL
from dedupe_cn.settings import TIDY_DEFAULT, Settings


def decisions_file(option: str | None) -> Path:
    """Give the decisions file: the named one, or that in the root of the project around the working folder."""
    return Path(option) if option is not None else find_root(Path.cwd()) / NAME


def load_decisions(option: str | None, say: Say) -> Decisions | None:
    """Read the decisions that hold for a run; None when no file was named and there is none. Raises InputError."""
    file = decisions_file(option)
    if option is None and not file.exists():
        return None
    try:
        return load(file)
    except (OSError, BadDecisionsError) as problem:
        raise bad_file(file, problem, say) from problem


def bad_file(file: Path, problem: Exception, say: Say, key: str = "unreadable") -> InputError:
    """Say in one line what is wrong with a decisions file."""
    if isinstance(problem, BadDecisionsError):
        what = say(problem.key, **problem.values)
    else:
        what = failure(problem, key).words(say)
    return InputError(say("at", path=shown(file), what=what))


def settle_file(result: FileResult, decisions: Decisions | None) -> FileResult:
    """Take out the report that a file is identical to another, where that was decided to stay."""
    outcome = result.outcome
    if outcome is None or decisions is None or not outcome.removals or outcome.removals[0].rule != DUPLICATE_FILE:
        return result
    first, *others = outcome.removals
    entry = decisions.of_file(result.path).get(first.id)
    if entry is None or entry.verdict != KEEP:
        return result
    settled = tuple(sorted([*outcome.settled, (first.id, 1)]))
    return result._replace(outcome=replace(outcome, removals=tuple(others), settled=settled))


def tell_decisions(
    results: Iterable[FileResult], decisions: Decisions, names: Sequence[str], settings: Settings, console: Console
) -> None:
    """Say what verdicts kept (with -v), and how many of those in view match nothing any more."""
    results = [r for r in results if r.outcome is not None]
    kept = 0
    for result in results:
        verdicts = decisions.of_file(_name(result))
        settled = result.outcome.settled if result.outcome else ()
        kept += sum(n for id, n in settled if id in verdicts and verdicts[id].verdict == KEEP)
    path = shown(decisions.file)
    if kept and console.verbose:
        console.note(console.say("decided-kept", n=kept, path=path))
    stale = unmatched(results, decisions, names, settings)
    if stale:
        console.note(console.say("stale", n=len(stale), path=path))


def unmatched(
    results: Iterable[FileResult], decisions: Decisions, names: Sequence[str], settings: Settings
) -> list[Entry]:
    """Give the verdicts in view that match nothing.

    In view are those on files that were compared, by rules in force, and those on files that are gone from a folder
    that was named.
    """
    seen: dict[str, set[str]] = {}
    used_elsewhere: set[str] = set()
    for result in results:
        if result.outcome is None or result.path == "-":
            continue
        path = decisions.path_of(result.path)
        seen[path] = {id for id, _ in result.outcome.settled}
        used_elsewhere |= seen[path] - decisions.by_path.get(path, {}).keys()
    here = [e for e in decisions.entries if e.path in seen and e.id not in seen[e.path] and _looked_for(e, settings)]
    return here + [entry for entry in gone(decisions, names) if entry.id not in used_elsewhere]


def gone(decisions: Decisions, names: Sequence[str]) -> list[Entry]:
    """Give the verdicts on files that are gone from the folders among ``names``: deleted, or renamed."""
    folders = [decisions.path_of(name) for name in names if name != "-" and Path(name).is_dir()]
    lost = [entry for entry in decisions.entries if entry.path in decisions.gone]
    return [entry for entry in lost if any(_below(entry.path, folder) for folder in folders)]


def _looked_for(entry: Entry, settings: Settings) -> bool:
    """Tell whether a run could have met what a verdict is on. Identical files are met only where both are named."""
    if entry.rule in OF_SEVERAL:
        return False
    if entry.id == ENCODING:
        return not settings.rules.isdisjoint(TIDY_DEFAULT)
    if entry.rule == "running-line" and settings.level is Level.SAFE:
        return False
    return not entry.rule or entry.rule in settings.rules


def _below(path: str, folder: str) -> bool:
    return not path.startswith("../") if folder == "." else path.startswith(f"{folder}/")


def _name(result: FileResult) -> str | None:
    return None if result.path == "-" else result.path
