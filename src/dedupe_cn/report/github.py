"""Workflow commands of GitHub Actions: annotations beside the lines of a pull request."""

from __future__ import annotations

from dedupe_cn.report.excerpt import escape
from dedupe_cn.report.findings import Finding, Severity, findings
from dedupe_cn.report.run import Run
from dedupe_cn.report.text import closing_lines, summary_line
from dedupe_cn.report.words import Say

#: Annotations of one kind that GitHub shows for a step; it drops the rest without a word.
SHOWN = 10
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(run: Run, say: Say, *, verbose: bool = False) -> str:
    """Write a command a finding, the gravest first, then the closing lines of the text report.

    All findings are written, because the log shows them all; where there are more of a kind than GitHub turns into
    annotations, the last one it shows says how many more there are.
    """
    found: dict[Severity, list[str]] = {severity: [] for severity in _COMMANDS}
    for result in run.results:
        for finding in findings(result, run, say, verbose=verbose):
            found[finding.severity].append(_command(finding))
    lines: list[str] = []
    for severity, commands in found.items():
        lines += commands[: SHOWN - 1]
        if len(commands) > SHOWN:
            more = say("github-more", n=len(commands) - SHOWN + 1, shown=SHOWN)
            lines.append(f"::{_COMMANDS[severity]} title=dedupe-cn::{_data(more)}")
        lines += commands[SHOWN - 1 :]
    lines += closing_lines(run, say)
    lines.append(summary_line(run, say, verbose))
    return "".join(f"{line}\n" for line in lines)


def _command(finding: Finding) -> str:
    properties = {"file": escape(finding.path)}
    if finding.region is not None:
        region = finding.region
        properties |= {"line": str(region.line), "endLine": str(region.end_line), "col": str(region.column)}
        if region.end_line == region.line and region.end_column > region.column:
            properties["endColumn"] = str(region.end_column)
    properties["title"] = f"dedupe-cn: {finding.rule}"
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(finding.message)}"


def _data(text: str) -> str:
    """Escape what ends a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape what ends a value in front of the message too."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
