"""``dedupe-cn decide``: list the repeats nobody has decided on, and record what is to become of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from dedupe_cn.cli.group import Command
from dedupe_cn.cli.options import (
    across_option,
    comma_list,
    complete_file,
    configuration_options,
    console_of,
    decisions_option,
    file_options,
    global_options,
    input_options,
    option,
)
from dedupe_cn.model import Kind, Level

if TYPE_CHECKING:
    from dedupe_cn.cli.messages import Say
    from dedupe_cn.io.decisions import Decisions, Entry
    from dedupe_cn.model import FileResult
    from dedupe_cn.settings import Settings

    View: TypeAlias = tuple[Sequence[str], Settings]


@click.command(cls=Command, name="decide", help="cmd-decide")
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=complete_file)
@option("--keep", "keep_ids", multiple=True, callback=comma_list, metavar="ID,…", help="opt-decide-keep")
@option("--remove", "remove_ids", multiple=True, callback=comma_list, metavar="ID,…", help="opt-decide-remove")
@option("--keep-first", "keep_first_ids", multiple=True, callback=comma_list, metavar="ID,…", help="opt-decide-first")
@option("--keep-last", "keep_last_ids", multiple=True, callback=comma_list, metavar="ID,…", help="opt-decide-last")
@option("--accept-current", "accept", is_flag=True, help="opt-accept")
@option("--prune", is_flag=True, help="opt-prune")
@option("--json", "as_json", is_flag=True, help="opt-decide-json")
@option("--level", type=click.Choice([level.value for level in Level]), help="opt-level")
@option("--threshold", type=float, metavar="N", help="opt-threshold")
@option("--min-chars", type=int, metavar="N", help="opt-min-chars")
@option("--select", multiple=True, callback=comma_list, metavar="RULE,…", help="opt-select")
@option("--disable", multiple=True, callback=comma_list, metavar="RULE,…", help="opt-disable")
@option("--kind", type=click.Choice(["auto", *(kind.value for kind in Kind)]), default="auto", help="opt-kind")
@option("--encoding", default="auto", metavar="auto|per-line|NAME", help="opt-encoding")
@across_option
@decisions_option
@input_options
@file_options
@configuration_options
@global_options
@click.pass_context
def command(context: click.Context, /, paths: tuple[str, ...], **values: Any) -> int:
    """Look at every input, record what was asked for, or list what is open."""
    from dedupe_cn.cli.cleaning import level_of
    from dedupe_cn.cli.configured import configure
    from dedupe_cn.cli.decisions import decisions_file, load_decisions
    from dedupe_cn.cli.inputs import STDIN, gather
    from dedupe_cn.cli.open_repeats import choose_ids, list_open, look_at, open_json, refuse_files
    from dedupe_cn.errors import UsageError
    from dedupe_cn.io import decisions as io
    from dedupe_cn.io.configuration import shown
    from dedupe_cn.report.run import Run

    console = console_of(context.meta)
    say = console.say
    prefixes = {verdict: values[f"{verdict.replace('-', '_')}_ids"] for verdict in io.VERDICTS}
    named_ids = any(prefixes.values())
    writes = bool(named_ids or values["accept"] or values["prune"])
    configured = configure(context, values, say)
    values = configured.of_run(values)
    paths = paths or (() if values["files_from"] else (".",))
    if STDIN in paths:
        raise UsageError(say("decide-stdin"))
    file = decisions_file(values["decisions"])
    named = values["decisions"] if file.exists() or not writes else None
    decisions = load_decisions(named, say) or io.Decisions(file)
    inputs = gather(paths, values, console, configured.selection(), configured.kind)
    plans = configured.plans(inputs.items, decisions, in_place=True, across=bool(values["across"]))
    settings = configured.plan().settings
    results, failed = look_at(inputs, plans, console, deep=named_ids)
    chosen = {verdict: choose_ids(begun, results, decisions, say) for verdict, begun in prefixes.items()}
    refuse_files(set().union(*(ids for verdict, ids in chosen.items() if verdict != io.KEEP)), results, say)
    _refuse_both(chosen, say)
    after = decisions
    if writes:
        view = (paths, settings) if values["prune"] else None
        after = _write(file, lambda before: _changed(before, results, chosen, values["accept"], view), say)
        _tell(decisions.entries, after.entries, shown(file), console)
    if values["as_json"] or not writes:
        run = Run(level_of(plans.values(), configured.plan()), tuple(results), preview=True)
        text = open_json(run, after) if values["as_json"] else list_open(run, after, console)
        console.report(text, to_stderr=False)
    return 2 if failed else 0


def _refuse_both(chosen: Mapping[str, set[str]], say: Say) -> None:
    """Raise UsageError for an id with two verdicts."""
    from dedupe_cn.errors import UsageError

    times = Counter(chain.from_iterable(chosen.values()))
    if both := [id for id, n in times.items() if n > 1]:
        raise UsageError(say("id-both", id=min(both)))


def _changed(
    before: Decisions, results: Sequence[FileResult], chosen: Mapping[str, set[str]], accepted: bool, view: View | None
) -> Iterable[Entry]:
    """Give the verdicts with what was asked for; those that are stale in a ``view`` (names, settings) are dropped."""
    from dedupe_cn.cli import record
    from dedupe_cn.cli.decisions import gone, unmatched

    after = before
    if view is not None:
        after = record.prune(after, results, unmatched(results, before, *view), gone(before, view[0]))
    if accepted:
        after = record.accept(after, results)
    for verdict, ids in chosen.items():
        after = record.record_verdict(after, results, ids, verdict)
    return after.entries


def _write(file: Path, change: Callable[[Decisions], Iterable[Entry]], say: Say) -> Decisions:
    """Write the verdicts anew. Raises InputError."""
    from dedupe_cn.cli.decisions import bad_file
    from dedupe_cn.io.decisions import BadDecisionsError, update

    try:
        return update(file, change)
    except (OSError, BadDecisionsError) as problem:
        raise bad_file(file, problem, say, "unwritable") from problem


def _tell(before: Iterable[Any], after: Iterable[Any], path: str, console: Any) -> None:
    """Say how many verdicts were recorded, and how many were dropped."""
    old, new = set(before), set(after)
    recorded = len(new - old)
    dropped = len({(e.path, e.id) for e in old} - {(e.path, e.id) for e in new})
    if recorded:
        console.note(console.say("recorded", path=path, n=recorded))
    if dropped:
        console.note(console.say("decisions-pruned", path=path, n=dropped))
    if not recorded and not dropped:
        console.note(console.say("nothing-recorded", path=path))
