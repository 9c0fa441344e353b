"""``dedupe-cn clean``: clean within each file."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from dedupe_cn.cli.console import put_out
from dedupe_cn.cli.group import Command
from dedupe_cn.cli.options import (
    console_of,
    global_options,
    option,
    reading_options,
    report_options,
    settings_options,
)
from dedupe_cn.model import Kind
from dedupe_cn.settings import Settings


@click.command(cls=Command, name="clean", help="cmd-clean")
@click.argument("paths", nargs=-1, metavar="[PATH|-]...")
@option("-w", "--write", is_flag=True, help="opt-write")
@option("-o", "--output", metavar="FILE|DIR", help="opt-output")
@option("--check", is_flag=True, help="opt-check")
@option("--diff", is_flag=True, help="opt-diff")
@settings_options
@reading_options
@report_options
@option("--show-borderline", type=click.IntRange(min=0), default=0, metavar="N", help="opt-borderline")
@option("--allow-lossy", is_flag=True, help="opt-allow-lossy")
@option("--exit-non-zero-on-change", "exit_on_change", is_flag=True, help="opt-exit")
@option("-j", "--jobs", type=click.IntRange(min=1), default=1, metavar="N", help="opt-jobs")
@global_options
@click.pass_context
def command(context: click.Context, /, paths: tuple[str, ...], **values: Any) -> int:
    """Read the options, go over the inputs, report, and give the exit code."""
    from dedupe_cn.cli.differences import put_differences
    from dedupe_cn.cli.inputs import gather, piped
    from dedupe_cn.cli.modes import Mode, choose_mode, output_files
    from dedupe_cn.cli.reports import plan_reports, write_reports
    from dedupe_cn.cli.sweep import compared_nothing, sweep
    from dedupe_cn.cli.work import Plan, mark_duplicate_files
    from dedupe_cn.report.run import DUPLICATE_FILE, Run

    started = time.monotonic()
    console = console_of(context.meta)
    plan = Plan(
        settings=_settings(values),
        kind=None if values["kind"] == "auto" else Kind(values["kind"]),
        encoding=_encoding(values["encoding"]),
        output_encoding=values["output_encoding"],
        allow_lossy=values["allow_lossy"],
        borderline=values["show_borderline"],
    )
    inputs = gather(paths or piped(console), values["stdin_filename"], console)
    mode = choose_mode(inputs, values["write"], values["output"], values["check"], values["diff"], console.say)
    targets = plan_reports(values["reports"], values["report_file"], mode.data_on_stdout, console.say)

    places = output_files(inputs, Path(values["output"]), console.say) if mode is Mode.OUTPUT else {}
    swept = sweep(inputs, mode, places, plan, console)
    results = swept.results
    if DUPLICATE_FILE in plan.settings.rules:
        results = mark_duplicate_files(results)
    run = Run(plan.settings.level, tuple(results), time.monotonic() - started, preview=mode.preview)
    put_out(swept.data)
    if mode is Mode.DIFF:
        put_differences(run, console)
    write_reports(run, targets, console, beside_data=mode.data_on_stdout is not None)

    changed = any(result.changed for result in results)
    if compared_nothing(results) and not swept.failed:
        console.note(console.say("nothing-compared"))
    if mode is Mode.PREVIEW and changed:
        console.note(console.say("nothing-written"), "warning")
    if swept.failed:
        return 2
    return 1 if changed and (mode.preview or values["exit_on_change"]) else 0


def _settings(values: dict[str, Any]) -> Settings:
    from dedupe_cn.library import make_settings

    names = ("min_chars", "threshold", "keep", "eol", "select", "disable")
    given = {name: values[name] for name in names if values[name] not in (None, ())}
    return make_settings(values["level"], None, **given)


def _encoding(name: str) -> str | None:
    """Check the name of an encoding; ``auto`` is None."""
    if name.lower() == "auto":
        return None
    from dedupe_cn.text.decoding import canonical

    canonical(name)
    return name
