"""``dedupe-cn corpus``: remove what is similar between the documents of a corpus."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dedupe_cn.cli.console import Console, is_terminal
from dedupe_cn.cli.group import Command
from dedupe_cn.cli.messages import Say
from dedupe_cn.cli.options import (
    console_of,
    global_options,
    output_option,
    reading_option,
    removal_option,
    running_option,
)
from dedupe_cn.errors import UsageError

if TYPE_CHECKING:
    from dedupe_cn.corpus.plan import CorpusPlan
    from dedupe_cn.corpus.run import Progress, Request, Result
    from dedupe_cn.corpus.shared_place import SharedPlace

#: Seconds between two lines of progress.
_PAUSE = 0.5


@click.command(cls=Command, name="corpus", help="cmd-corpus")
@click.argument("inputs", nargs=-1, metavar="INPUT...")
@output_option("-o", "--output", metavar="OUT", help="opt-corpus-output")
@output_option("--removed", metavar="FILE", help="opt-removed")
@output_option("--left-out", metavar="FILE", help="opt-left-out")
@removal_option("--unit", type=click.Choice(["document", "paragraph"]), default="document", help="opt-unit")
@removal_option("--threshold", type=float, metavar="N", help="opt-corpus-threshold")
@removal_option("--keep", default="first", metavar="first|longest|priority:FIELD", help="opt-corpus-keep")
@reading_option("--text-field", default="text", metavar="NAME", help="opt-text-field")
@reading_option("--id-field", metavar="NAME", help="opt-id-field")
@reading_option("--encoding", default="auto", metavar="auto|NAME", help="opt-corpus-encoding")
@removal_option("--shingle", default="auto", metavar="auto|chars:N|words:N", help="opt-shingle")
@removal_option("--fold", type=click.Choice(["space", "full"]), default="space", help="opt-fold")
@removal_option("--min-chars", type=int, metavar="N", help="opt-paragraph-chars")
@removal_option("--min-docs", type=int, metavar="N", help="opt-min-docs")
@output_option("--index", metavar="FILE|URL", help="opt-index")
@output_option("--against", metavar="FILE|URL", help="opt-against")
@running_option("--engine", type=click.Choice(["local", "spark"]), default="local", help="opt-engine")
@running_option("--master", metavar="URL", help="opt-master")
@running_option("--partitions", type=click.IntRange(min=1), metavar="N", help="opt-partitions")
@running_option("--memory", default="2GB", metavar="SIZE", help="opt-memory")
@running_option("-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="opt-corpus-jobs")
@running_option("--max-removal", metavar="SHARE", help="opt-max-removal")
@reading_option("--on-error", type=click.Choice(["stop", "skip"]), default="stop", help="opt-on-error")
@output_option("--dry-run", is_flag=True, help="opt-dry-run")
@global_options
@click.pass_context
def command(context: click.Context, /, inputs: tuple[str, ...], **values: Any) -> int:
    """Run the engine and report; exit 1 when something would go or too much would, 2 on an error."""
    console = console_of(context.meta)
    if not inputs:
        raise UsageError(*console.say("corpus-no-input").split("|"))
    if values["engine"] == "local" and (values["master"] or values["partitions"]):
        raise UsageError(*console.say("corpus-needs-spark").split("|"))
    if values["index"] and values["against"]:
        raise UsageError(console.say("exclusive", first="--index", second="--against"))
    request = _request(inputs, values, console.say)
    if console.verbose and request.plan.unit == "document":
        _explain(request.plan, console)
    started = time.monotonic()
    meter = _Meter(console) if is_terminal(sys.stderr) and not console.quiet else None
    progress: Progress = meter if meter is not None else (lambda stage, done, whole: None)
    try:
        if values["dry_run"]:
            from dedupe_cn.corpus.estimate import estimate

            _say_estimate(request, estimate(request, progress), console)
            return 0
        if values["engine"] == "spark":
            from dedupe_cn.corpus.spark import run as run_spark

            places = (inputs, values["output"], values["removed"])
            result = run_spark(request, progress, *places, values["master"], values["partitions"])
        else:
            from dedupe_cn.corpus.local import run

            result = run(request, progress)
    finally:
        if meter is not None:
            meter.clear()
    _report(request, result, time.monotonic() - started, console)
    return 1 if result.removed and not result.written else 0


def _for_other_unit(name: str, unit: str, say: Say) -> UsageError:
    return UsageError(*say("corpus-unit", option=f"--{name.replace('_', '-')}", unit=unit).split("|"))


def _request(inputs: tuple[str, ...], values: dict[str, Any], say: Say) -> Request:
    from dedupe_cn.corpus.plan import CorpusPlan, parse_keep, parse_share, parse_shingle, parse_size
    from dedupe_cn.corpus.records import Fields
    from dedupe_cn.corpus.run import Request
    paragraph = values["unit"] == "paragraph"
    for name in ("threshold",) if paragraph else ("min_chars", "min_docs"):
        if values[name] is not None:
            raise _for_other_unit(name, "document" if paragraph else "paragraph", say)
    for name in ("index", "against", "dry_run"):
        if paragraph and values[name]:
            raise _for_other_unit(name, "document", say)
    keep = parse_keep(values["keep"])
    given = {name: values[name] for name in ("threshold", "min_chars", "min_docs") if values[name] is not None}
    shingle = parse_shingle(values["shingle"])
    return Request(
        inputs=tuple(map(Path, inputs)),
        plan=CorpusPlan(keep=keep, shingle=shingle, fold=values["fold"], unit=values["unit"], **given),
        fields=Fields(values["text_field"], values["id_field"], keep.field),
        output=Path(values["output"]) if values["output"] else None,
        removed=Path(values["removed"]) if values["removed"] else None,
        on_error=values["on_error"],
        memory=parse_size(values["memory"]),
        jobs=values["jobs"] or _cores(),
        max_removal=parse_share(values["max_removal"]) if values["max_removal"] else None,
        index=_index(values["index"]),
        against=_index(values["against"]),
        left_out=Path(values["left_out"]) if values["left_out"] else None,
        encoding=_encoding(values["encoding"]),
    )


def _index(text: str | None) -> Path | SharedPlace | None:
    """Read the place of an index: a file, or the address of a server. Raises CorpusError."""
    from dedupe_cn.corpus.shared_place import is_shared, parse_place

    if not text:
        return None
    return parse_place(text) if is_shared(text) else Path(text)


def _encoding(name: str) -> str:
    """Give the codec that was named, empty for auto. Raises CorpusError, DecodingError."""
    from dedupe_cn.corpus.problems import CorpusError
    from dedupe_cn.encoding.decoding import canonical

    codec = "" if name.lower() == "auto" else canonical(name)
    if codec == "per-line":
        raise CorpusError("encoding-unfit", encoding=name)
    return codec


def _cores() -> int:
    """Count the cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _explain(plan: CorpusPlan, console: Console) -> None:
    bands, rows = plan.bands
    chances = ", ".join(
        f"{similarity:.2f}: {100 * plan.misses(similarity):.3g} %"
        for similarity in (plan.threshold, min(1, plan.threshold + 0.05), min(1, plan.threshold + 0.1))
    )
    console.note(console.say("corpus-bands", bands=bands, rows=rows, chances=chances))


def _say_estimate(request: Request, found: Any, console: Console) -> None:
    console.note(
        console.say(
            "corpus-estimate",
            sampled=found.sampled,
            documents=found.documents,
            low=found.low,
            high=found.high,
            seconds=round(found.seconds),
        ),
        "plain",
    )
    if found.over:
        console.note(console.say("corpus-over"), "warning")


def _report(request: Request, result: Result, seconds: float, console: Console) -> None:
    say, note = console.say, console.note
    paragraph = request.plan.unit == "paragraph"
    if console.verbose or request.output is None:
        for example in result.examples:
            key = "corpus-example-paragraph" if paragraph else "corpus-example"
            score = f"{100 * example.score:.1f}"
            note(say(key, id=example.id, kept=example.kept_id, score=score, text=example.text), "plain")
        if result.removed > len(result.examples) > 0:
            note(say("corpus-more", n=result.removed - len(result.examples)))
    for record in result.skipped:
        note(say("corpus-skipped", what=record.words(say.language)), "warning")
    if result.problems > len(result.skipped):
        note(say("corpus-skipped-more", n=result.problems - len(result.skipped)), "warning")
    if result.renamed:
        note(say("corpus-renamed", n=result.renamed), "warning")
    if result.empty:
        note(say("corpus-empty", n=result.empty))
    if result.known:
        note(say("corpus-known", n=result.known))
    if result.compared < 2 and request.index is None and request.against is None:
        note(say("corpus-nothing-compared"), "warning")
    key = "corpus-summary" if result.written else "corpus-summary-would"
    if paragraph:
        key += "-paragraphs"
    share = f"{100 * result.removed / result.documents:.1f}" if result.documents else "0"
    note(
        say(
            key,
            n=result.removed,
            all=result.documents,
            share=share,
            seconds=f"{seconds:.1f}",
            paragraphs=result.paragraphs,
        ),
        "plain",
    )
    if result.added:
        note(say("corpus-added", n=result.added, path=str(request.index)))
    if not result.written and request.output is None:
        note(say("corpus-nothing-written"), "warning")


class _Meter:
    """One line on the terminal: stage, share, rate, time to go."""

    def __init__(self, console: Console) -> None:
        self._say = console.say
        self._stage = ""
        self._begun = self._shown = 0.0

    def __call__(self, stage: str, done: int, whole: int) -> None:
        """Show where a stage is, a few times a second at most."""
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._begun, self._shown = stage, now, 0.0
        if now - self._shown < _PAUSE:
            return
        self._shown = now
        rate = done / max(now - self._begun, 1e-3)
        unit = 1e6 if stage == "sign" else 1
        text = self._say(f"stage-{stage}", rate=f"{rate / unit:,.1f}")
        if whole:
            left = (whole - done) / rate if rate else 0
            text = self._say("stage-share", stage=text, share=f"{100 * done / whole:.0f}", left=f"{left:.0f}")
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
