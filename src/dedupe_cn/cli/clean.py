"""``dedupe-cn clean``: clean within each file."""

from __future__ import annotations

import time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dedupe_cn.cli.console import put_out
from dedupe_cn.cli.group import Command
from dedupe_cn.cli.options import (
    across_option,
    complete_file,
    configuration_options,
    console_of,
    decisions_option,
    file_options,
    global_options,
    input_options,
    only_decided_option,
    output_option,
    reading_options,
    report_option,
    report_options,
    running_option,
    settings_options,
    writing_options,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedupe_cn.cli.cleaning import Plan
    from dedupe_cn.cli.inputs import Inputs
    from dedupe_cn.cli.ledger import Ledger
    from dedupe_cn.cli.messages import Say
    from dedupe_cn.cli.modes import Mode
    from dedupe_cn.io.decisions import Decisions
    from dedupe_cn.model import FileResult


@click.command(cls=Command, name="clean", help="cmd-clean")
@click.argument("paths", nargs=-1, metavar="[PATH|-]...", shell_complete=complete_file)
@output_option("-w", "--write", is_flag=True, help="opt-write")
@output_option("-o", "--output", metavar="FILE|DIR", shell_complete=complete_file, help="opt-output")
@output_option("--check", is_flag=True, help="opt-check")
@output_option("--diff", is_flag=True, help="opt-diff")
@settings_options
@writing_options
@reading_options
@input_options
@file_options
@configuration_options
@report_options
@decisions_option
@only_decided_option
@across_option
@report_option("--since", metavar="REV", help="opt-since")
@report_option("--show-borderline", type=click.IntRange(min=0), default=0, metavar="N", help="opt-borderline")
@output_option("--to", type=click.Choice(["text"]), help="opt-to")
@output_option("--renumber", is_flag=True, help="opt-renumber")
@output_option("--allow-lossy", is_flag=True, help="opt-allow-lossy")
@output_option("--exit-non-zero-on-change", "exit_on_change", is_flag=True, help="opt-exit")
@running_option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="opt-jobs")
@global_options
@click.pass_context
def command(context: click.Context, /, paths: tuple[str, ...], **values: Any) -> int:
    """Read the options, go over the inputs, report, and give the exit code."""
    from dedupe_cn.cli.cleaning import level_of
    from dedupe_cn.cli.configured import configure
    from dedupe_cn.cli.decisions import tell_decisions
    from dedupe_cn.cli.inputs import gather
    from dedupe_cn.cli.modes import Mode, choose_mode, output_files, refuse_forms
    from dedupe_cn.cli.reports import is_brief, plan_reports, refuse_overwriting, write_reports
    from dedupe_cn.cli.sweep import sweep
    from dedupe_cn.cli.writing import open_writer
    from dedupe_cn.report.run import Run

    started = time.monotonic()
    console = console_of(context.meta)
    configured = configure(context, values, console.say)
    values = configured.of_run(values)
    inputs = gather(paths, values, console, configured.selection(), configured.kind)
    decisions = _load_decisions(values["decisions"], values["only_decided"], console.say)
    mode = choose_mode(inputs, values["write"], values["output"], values["check"], values["diff"], console.say)
    since = None
    if values["since"] is not None:
        from dedupe_cn.cli.since import choose_changed, with_formers

        inputs, since = choose_changed(inputs, mode, values["since"], console)
    refuse_forms(inputs, mode, values, console.say)
    across = _looks_between(values["across"], mode, "across" in configured.options, console.say)
    plans = configured.plans(inputs.items, decisions, mode.in_place, across)
    if since is not None:
        plans = with_formers(since, inputs, plans)
    targets = plan_reports(values["reports"], values["report_file"], mode.data_on_stdout, console.say)

    places = output_files(inputs, Path(values["output"]), console.say, values["to"]) if mode is Mode.OUTPUT else {}
    refuse_overwriting(targets, chain(inputs.paths.values(), places.values()), console.say)
    # A runner of hooks has started as many of us as the machine has cores.
    jobs = values["jobs"] or (1 if console.hooked else None)
    with open_writer(inputs, mode, places, console, journal=values["journal"], backup=values["backup"]) as writer:
        swept = sweep(inputs, mode, places, plans, console, writer, jobs, is_brief(targets, console))
    results: Sequence[FileResult] = swept.results
    if swept.copies is not None:
        wanted = None if inputs.folders and since is None else configured.tells_across()
        results = swept.copies.told(results, jobs, console, wanted)
    level = level_of(plans.values(), configured.plan())
    ledger = _ledger(inputs, plans, decisions, values["decisions"])
    run = Run(level, results, time.monotonic() - started, mode.preview, ledger, swept.compared or swept.changed)
    put_out(swept.data)
    if mode is Mode.DIFF:
        from dedupe_cn.cli.differences import put_differences

        put_differences(run, console)
    write_reports(run, targets, console, beside_data=mode.data_on_stdout is not None)

    if not run.compared and not swept.failed and since is None:
        console.note(console.say("nothing-compared"))
    if decisions is not None:
        tell_decisions(results, decisions, paths, configured.plan().settings, console)
    if mode is Mode.PREVIEW and swept.changed:
        console.note(console.say("nothing-written"), "warning")
    if swept.failed:
        return 2
    return int(swept.changed and (mode.preview or values["exit_on_change"]))


def _load_decisions(file: str | None, only_decided: bool, say: Say) -> Decisions | None:
    """Read the verdicts that hold for the run. Raises InputError, UsageError where they are needed and not there."""
    from dedupe_cn.cli.decisions import decisions_file, load_decisions
    from dedupe_cn.errors import UsageError
    from dedupe_cn.io.configuration import shown

    decisions = load_decisions(file, say)
    if only_decided and decisions is None:
        raise UsageError(say("only-decided-none", path=shown(decisions_file(file))))
    return decisions


def _ledger(inputs: Inputs, plans: Mapping[str, Plan], decisions: Decisions | None, file: str | None) -> Ledger:
    """Give what reports ask for the rows of the decisions file, which depend on how each file was read."""
    from dedupe_cn.cli.decisions import decisions_file
    from dedupe_cn.cli.ledger import Ledger
    from dedupe_cn.io.decisions import Decisions

    read_as = {i.name: (plans[i.name].settings, plans[i.name].kind or i.kind) for i in inputs.items if i.source}
    return Ledger(decisions or Decisions(decisions_file(file)), read_as)


def _looks_between(across: bool, mode: Mode, asked: bool, say: Say) -> bool:
    """Tell whether copies between files are looked for: where the mode only tells. Raises UsageError.

    ``asked`` says that the option was given on the command line, so that a mode that does more is a mistake.
    """
    if across and asked and not mode.preview:
        from dedupe_cn.errors import UsageError

        raise UsageError(say("across-tells"))
    return bool(across) and mode.preview
