"""``dedupe-cn decide``: list the repeats nobody has decided on, and record what is to become of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from dedupe_cn.cli.group import Command
from dedupe_cn.cli.options import comma_list, console_of, decisions_option, global_options, option
from dedupe_cn.model import Kind, Level


@click.command(cls=Command, name="decide", help="cmd-decide")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@option("--keep", "keep_ids", multiple=True, callback=comma_list, metavar="ID,…", help="opt-decide-keep")
@option("--remove", "remove_ids", multiple=True, callback=comma_list, metavar="ID,…", help="opt-decide-remove")
@option("--accept-current", "accept", is_flag=True, help="opt-accept")
@option("--prune", is_flag=True, help="opt-prune")
@option("--json", "as_json", is_flag=True, help="opt-decide-json")
@option("--level", type=click.Choice([level.value for level in Level]), help="opt-level")
@option("--threshold", type=float, metavar="N", help="opt-threshold")
@option("--min-chars", type=int, metavar="N", help="opt-min-chars")
@option("--select", multiple=True, callback=comma_list, metavar="RULE,…", help="opt-select")
@option("--disable", multiple=True, callback=comma_list, metavar="RULE,…", help="opt-disable")
@option("--kind", type=click.Choice(["auto", *(kind.value for kind in Kind)]), default="auto", help="opt-kind")
@option("--encoding", default="auto", metavar="auto|NAME", help="opt-encoding")
@decisions_option
@global_options
@click.pass_context
def command(context: click.Context, /, paths: tuple[str, ...], **values: Any) -> int:
    """Look at every input, record what was asked for, or list what is open."""
    from dedupe_cn.cli.clean import encoding_of, settings_of
    from dedupe_cn.cli.decisions import bad_file, decisions_file, gone, load_decisions, shown, unmatched
    from dedupe_cn.cli.inputs import STDIN, gather
    from dedupe_cn.cli.open_repeats import choose, list_open, look_at, open_json, refuse_files
    from dedupe_cn.cli.work import Plan, failure
    from dedupe_cn.errors import InputError, UsageError
    from dedupe_cn.io import decisions as io
    from dedupe_cn.report.run import Run

    console = console_of(context.meta)
    say = console.say
    writes = bool(values["keep_ids"] or values["remove_ids"] or values["accept"] or values["prune"])
    paths = paths or (".",)
    if STDIN in paths:
        raise UsageError(say("decide-stdin"))
    file = decisions_file(values["decisions"])
    named = values["decisions"] if file.exists() or not writes else None
    plan = Plan(
        settings=settings_of(values),
        kind=None if values["kind"] == "auto" else Kind(values["kind"]),
        encoding=encoding_of(values["encoding"]),
        decisions=load_decisions(named, say) or io.Decisions(file),
    )
    assert plan.decisions is not None
    named_ids = bool(values["keep_ids"] or values["remove_ids"])
    results, failed = look_at(gather(paths, None, console), plan, console, deep=named_ids)
    chosen = {
        io.KEEP: choose(values["keep_ids"], results, plan.decisions, say),
        io.REMOVE: choose(values["remove_ids"], results, plan.decisions, say),
    }
    refuse_files(chosen[io.REMOVE], results, say)
    if both := chosen[io.KEEP] & chosen[io.REMOVE]:
        raise UsageError(say("id-both", id=min(both)))

    def change(before: io.Decisions) -> Iterable[io.Entry]:
        from dedupe_cn.cli import record

        after = before
        if values["prune"]:
            stale = unmatched(results, before, paths, plan.settings)
            after = record.prune(after, results, stale, gone(before, paths))
        if values["accept"]:
            after = record.accept(after, results)
        for verdict, ids in chosen.items():
            after = record.decide(after, results, ids, verdict)
        return after.entries

    if writes:
        try:
            after = io.update(file, change)
        except io.BadDecisionsError as problem:
            raise bad_file(file, problem, say) from problem
        except OSError as problem:
            why = failure(problem, "unwritable").words(say)
            raise InputError(say("at", path=shown(file), what=why)) from problem
        _tell(plan.decisions.entries, after.entries, shown(file), console)
    if values["as_json"] or not writes:
        verdicts = after if writes else plan.decisions
        run = Run(plan.settings.level, tuple(results), preview=True)
        text = open_json(run, verdicts) if values["as_json"] else list_open(run, verdicts, console)
        console.report(text, to_stderr=False)
    return 2 if failed else 0


def _tell(before: Iterable[Any], after: Iterable[Any], path: str, console: Any) -> None:
    """Say how many verdicts were recorded, and how many were dropped."""
    old, new = set(before), set(after)
    recorded = len(new - old)
    dropped = len({(e.path, e.id) for e in old} - {(e.path, e.id) for e in new})
    if recorded:
        console.note(console.say("recorded", path=path, n=recorded))
    if dropped:
        console.note(console.say("pruned", path=path, n=dropped))
    if not recorded and not dropped:
        console.note(console.say("nothing-recorded", path=path))
