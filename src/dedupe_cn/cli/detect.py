"""``dedupe-cn detect``: the encoding of each file, how sure that is, and what else it could be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from dedupe_cn.cli.cleaning import FailedError, failure
from dedupe_cn.cli.console import Console, put_out, take_in
from dedupe_cn.cli.group import Command
from dedupe_cn.cli.inputs import Input
from dedupe_cn.cli.one import explain
from dedupe_cn.cli.options import (
    complete_file,
    configuration_options,
    console_of,
    file_options,
    global_options,
    input_options,
    option,
)
from dedupe_cn.encoding.candidate import offered
from dedupe_cn.encoding.detection import Detection
from dedupe_cn.io import files
from dedupe_cn.io.git_rules import working_encodings
from dedupe_cn.library import detect
from dedupe_cn.model import Kind
from dedupe_cn.report.excerpt import escape

#: Rivals and lines that are named; a report with all of them is ``--json``.
_MOST = 4


@click.command(cls=Command, name="detect", help="cmd-detect")
@click.argument("paths", nargs=-1, metavar="[PATH|-]...", shell_complete=complete_file)
@option("--json", "as_json", is_flag=True, help="opt-detect-json")
@input_options
@file_options
@configuration_options
@global_options
@click.pass_context
def command(
    context: click.Context, /, paths: tuple[str, ...], as_json: bool, max_bytes: int, **values: Any
) -> int:
    """Look at every input; exit 2 when one cannot be read, is binary or uncertain."""
    from dedupe_cn.cli.configured import configure
    from dedupe_cn.cli.inputs import gather

    console = console_of(context.meta)
    choice = configure(context, values, console.say).selection()
    inputs = gather(paths, values, console, choice, lambda name: Kind.TEXT)  # the bytes alone are looked at
    named = working_encodings(item.name for item in inputs.items if item.place).named
    rows: list[dict[str, Any]] = [{"path": name, "error": p.words(console.say)} for name, p in inputs.failures]
    lines: list[str] = []
    for name, problem in inputs.failures:
        console.error(problem.words(console.say), path=name)
    unsure = bool(inputs.failures)
    for item in inputs.items:
        try:
            data = take_in(max_bytes) if item.source is None else _read(item, max_bytes)
        except OSError as error:
            failed: FailedError = failure(error, "unreadable")
            console.error(failed.words(console.say), path=item.name)
            rows.append({"path": item.name, "error": failed.words(console.say)})
            unsure = True
            continue
        found = detect(data, named.get(item.name, ""))
        unsure |= not found.certain
        if as_json:
            rows.append(_row(item.name, found, data))
        lines += _lines(item.name, found, named.get(item.name, ""), console)
    if as_json:
        put_out((json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace"))
    else:
        console.report("".join(f"{line}\n" for line in lines), to_stderr=False)
    return 2 if unsure else 0


def _read(item: Input, most: int) -> bytes:
    assert item.source is not None
    return files.read(item.source.file, most, regular=not item.explicit).data


def _row(path: str, found: Detection, data: bytes) -> dict[str, Any]:
    """Give the stable fields of one file; ``suspicious`` starts and ``losses`` positions are code points."""
    return {
        "path": path,
        "encoding": found.encoding if found.legible else None,
        "certain": found.certain,
        "confidence": round(found.confidence, 4),
        "candidates": [{"encoding": c.encoding, "score": round(c.score, 2)} for c in found.candidates],
        "bom": found.bom,
        "newline": found.newline,
        "binary": found.binary,
        "bytes": len(data),
        "mixed_lines": list(found.mixed_lines),
        "losses": [
            {"offset": loss.offset, "bytes": loss.data.hex(), "position": loss.position} for loss in found.losses
        ],
        "suspicious": [{"rule": w.rule, "count": w.count, "start": w.start} for w in found.suspicious],
        "edition": found.edition.year if found.edition else None,
        "by_attribute": found.hinted,
        "reason": found.reason,
        "error": None,
    }


def _lines(path: str, found: Detection, hint: str, console: Console) -> Iterator[str]:
    """Write one line about a file, and one for each thing that a person should look at.

    ``hint`` is the encoding that git's attributes name.
    """
    say, paint = console.say, console.painter(to_stderr=False)
    name = escape(path)
    rivals = ", ".join(
        list(dict.fromkeys(c.encoding for c in found.candidates if c.encoding != found.encoding))[:_MOST]
    )
    if found.binary:
        yield f"{paint('place', name)}: {say('binary')}"
        return
    if not found.certain:
        why = found.doubt.words(say.language) if found.doubt else ""
        if found.mixed_lines:
            yield f"{paint('place', name)}: " + say("detect-uncertain-mixed", why=why)
            return
        names = offered(found.candidates)
        yield f"{paint('place', name)}: " + say("detect-uncertain", candidates=", ".join(names) or "-")
        if why:
            yield f"  {why}"
        return
    sure = say("detect-sure", share=f"{100 * found.confidence:.0f}")
    details = [say("detect-named", name=hint) if found.hinted else sure, say(f"newline-{found.newline}")]
    if found.bom:
        details.append("BOM")
    if rivals:
        details.append(say("detect-rivals", list=rivals))
    yield f"{paint('place', name)}: {paint('rule', found.encoding)} ({say('comma').join(details)})"
    if found.edition and console.verbose:
        codes = ", ".join(found.edition.codes[:_MOST]) + (" …" if len(found.edition.codes) > _MOST else "")
        yield "  " + say("detect-edition", year=str(found.edition.year), codes=codes)
    if found.losses:
        yield "  " + say("detect-losses", n=len(found.losses), offset=found.losses[0].offset)
    for finding in found.suspicious:
        yield "  " + say("detect-suspicious", rule=finding.rule, n=finding.count)
        yield f"  {explain(finding.rule, say)}"
