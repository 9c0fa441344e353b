"""Go over the inputs: have each cleaned, put the result where the mode says, and collect what happened."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_cn.cli.cleaning import BINARY, FailedError, Plan, clean_text, decode_data
from dedupe_cn.cli.console import Console
from dedupe_cn.cli.inputs import Input, Inputs
from dedupe_cn.cli.messages import Say
from dedupe_cn.cli.modes import Mode
from dedupe_cn.cli.one import Done, clean_taken, take
from dedupe_cn.cli.processes import choose_processes, forks
from dedupe_cn.cli.progress import Progress, somebody_watches
from dedupe_cn.cli.writing import Writer
from dedupe_cn.errors import InputError
from dedupe_cn.io.spool import Spool
from dedupe_cn.model import FileResult, Kind, Removal, Span
from dedupe_cn.reasons import Reason
from dedupe_cn.report.run import DUPLICATE_FILE
from dedupe_cn.settings import Settings

if TYPE_CHECKING:
    from dedupe_cn.io.git_history import FormerFiles

_ENGLISH, _CHINESE = Say("en"), Say("zh")
#: Bytes of results (mostly texts of changed files) held in memory until the reports are written; more go to a file,
#: but for a single input: its texts took more room while they were cleaned.
_IN_MEMORY = 64_000_000
#: What makes a process load all it needs before it forks: repeats, near-duplicates, tidy-ups.
_WARM_UP = (
    "他把账本合上，望着窗外的雨，很久没有说话，也没有起身去点灯。 \n\n他把账本台上，望着窗外的雨，很久没有说话，"
    "也没有起身去点灯。\n\n这座桥建于一九三五年，长一百二十米，是全城最老的桥。\n\n"
    "这座桥建于一九三五年，长一百二十米，是全城最老的桥。\n"
)
#: The first file of each content, by the digest of its exact form: its path, and its length in code points.
First = dict[bytes, tuple[str, int]]


class Swept:
    """What came of the inputs: a result for each, the bytes for stdout, and what the exit code depends on."""

    def __init__(self, results: Spool[FileResult]) -> None:
        self.results = results
        self.data = b""
        self.failed = self.changed = self.compared = False


def sweep(
    inputs: Inputs,
    mode: Mode,
    places: dict[str, Path],
    plans: Mapping[str, Plan],
    console: Console,
    writer: Writer,
    jobs: int | None = None,
    brief: bool = False,
) -> Swept:
    """Clean every input by its plan, in ``jobs`` processes; one that fails does not stop the others.

    What fails is told on stderr. The results are those of one process, in the order of the inputs: workers only read
    and clean, the rest is done here. ``jobs`` None takes what the amount of work is worth. A ``brief`` report tells no
    passages but those that are removed. Raises InputError when the journal cannot be written: then nothing more may be.
    """
    swept = Swept(Spool(sys.maxsize if len(inputs.items) == 1 else _IN_MEMORY))
    seen: First = {}
    known: dict[str, bytes] = {}
    for name, problem in inputs.failures:
        _fail(swept, name, problem, console)
    sizes = [item.source.size if item.source else 0 for item in inputs.items]
    watched = not inputs.has_stdin and somebody_watches()
    with Progress(console, len(sizes), watched=watched) as progress:
        work = partial(clean_several, mode=mode, plans=plans, console=console, several=inputs.several, brief=brief)

        def finish(item: Input, done: Done) -> None:
            try:
                result = _finish(swept, item, done, mode, places.get(item.name), console, writer)
            except FailedError as problem:
                if problem.key == BINARY and not item.explicit:
                    console.note(console.say("skipped", path=item.name, why=console.say("binary")))
                else:
                    _fail(swept, item.name, problem, console)
                progress.add(done.read, 0)
                return
            progress.add(done.read, len(result.outcome.applied) if result.outcome else 0)
            plan = plans[item.name]
            if plan.twin and result.size:
                seen.setdefault(result.size.digest, (plan.twin, result.size.length))
            result = mark_duplicate(result, seen, told=DUPLICATE_FILE in plan.settings.rules)
            if done.before:
                result = _without_known(result, done.before, known)
            if plan.decisions is not None:
                from dedupe_cn.cli.decisions import settle_file

                result = settle_file(result, plan.decisions)
            _keep(swept, result, console)

        with closing(_work(work, inputs.items, sizes, jobs, progress)) as results:
            for item in inputs.items:
                # Handed on without a name, so that its texts are gone before the next ones come.
                finish(item, next(results))
    return swept


def clean_several(
    items: Sequence[Input],
    mode: Mode,
    plans: Mapping[str, Plan],
    console: Console,
    several: bool,
    brief: bool = False,
) -> Iterator[Done]:
    """Read and clean inputs, each by the plan of its name; give what came of each, in order.

    One of ``several`` lets go of texts that no report needs; the items may be a part of them. A ``brief`` report tells
    no passages but those that are removed, and counts those that stay.
    """
    with _former_files(plans[item.name] for item in items) as formers:
        for item in items:
            taken = take(item, mode, plans[item.name], formers)
            yield taken if isinstance(taken, Done) else clean_taken(taken, mode, console, several, brief)
            del taken  # of a huge file nothing must stay when it is done


def _former_files(plans: Iterable[Plan]) -> AbstractContextManager[FormerFiles | None]:
    """Give what reads what files were, where a plan asks for that."""
    if not any(plan.former for plan in plans):
        return nullcontext()
    from dedupe_cn.io.git_history import FormerFiles

    return FormerFiles()


def _work(
    work: Callable[[Sequence[Input]], Iterator[Done]],
    items: Sequence[Input],
    sizes: Sequence[int],
    jobs: int | None,
    progress: Progress,
) -> Generator[Done]:
    """Have the inputs cleaned and give what came of each, in order."""
    own = sum(item.source is None for item in items)  # standard input comes first and belongs to this process
    processes = choose_processes(sizes[own:], jobs)
    with progress.ticking():
        yield from work(items if processes == 1 else items[:own])
    if processes == 1:
        return
    from dedupe_cn.cli import workers

    if forks():
        with suppress(FailedError):
            plan = Plan(Settings(), encoding="utf-8")
            decoded = decode_data(_WARM_UP.encode(), plan)
            clean_text("-", decoded, Kind.MARKDOWN, plan)
    for done in workers.in_order(work, items[own:], sizes[own:], processes, progress.show):
        if isinstance(done, workers.Lost):
            yield Done(problem=FailedError("lost-worker", code=done.exit_code))
        else:
            yield done


def _finish(
    swept: Swept, item: Input, done: Done, mode: Mode, place: Path | None, console: Console, writer: Writer
) -> FileResult:
    """Write or keep what came of an input, and tell the notes on it. Raises FailedError."""
    if done.problem is not None:
        raise done.problem
    result = done.result
    assert result is not None
    if done.data is not None:
        if mode is Mode.STDOUT:
            swept.data = done.data
        elif place is not None:
            result = result._replace(written=writer.write(place, done.data))
        elif item.source is not None:
            result = result._replace(written=writer.write(item.source.path, done.data, done.stamp))
    for text, role in done.notes:
        console.note(text, role)
    return result


def _keep(swept: Swept, result: FileResult, console: Console) -> None:
    """Keep a result for the reports. Raises InputError when the disk for large ones is full."""
    swept.changed |= result.changed
    texts = (result.outcome.original, result.outcome.text) if result.outcome else ("", "")
    swept.compared |= bool(result.size.before) if result.size else bool(texts[0]) and not texts[0].isspace()
    try:
        swept.results.append(result, sum(map(len, texts)) * 2 + sum(map(len, result.data or ())))
    except OSError as problem:
        raise InputError(console.say("spool-full", detail=problem.strerror or problem)) from problem


def mark_duplicate(result: FileResult, seen: First, told: bool) -> FileResult:
    """Report a file whose exact form equals that of an earlier one, if that is to be ``told``; it is left as it is.

    ``seen`` remembers the first file of each content.
    """
    outcome, size = result.outcome, result.size
    if outcome is None or size is None or not size.digest or DUPLICATE_FILE in outcome.ignored:
        return result
    path, length = seen.setdefault(size.digest, (result.path, size.length))
    if not told or path == result.path:
        return result
    removal = Removal(
        rule=DUPLICATE_FILE,
        span=Span(0, size.length),
        kept=Span(0, length),
        chars=size.before,
        why=Reason("duplicate-file", (path,)),
        applied=False,
        kept_path=path,
        id=size.digest.hex()[:16],
    )
    return result._replace(outcome=replace(outcome, removals=(removal, *outcome.removals)))


def _without_known(result: FileResult, before: bytes, known: dict[str, bytes]) -> FileResult:
    """Take out the report that a file is identical to another that it was identical to before.

    ``known`` are the digests of what the files said before.
    """
    known[result.path] = before
    outcome = result.outcome
    if outcome is None or not outcome.removals or outcome.removals[0].rule != DUPLICATE_FILE:
        return result
    first, *others = outcome.removals
    if known.get(first.kept_path or "") != before:
        return result
    return result._replace(outcome=replace(outcome, removals=tuple(others)))


def _fail(swept: Swept, name: str, problem: FailedError, console: Console) -> None:
    console.error(problem.words(console.say), path=name)
    swept.failed = True
    words = problem.words(_ENGLISH), problem.words(_CHINESE)
    swept.results.append(FileResult(name, error=words[0], errors=words), 0)
