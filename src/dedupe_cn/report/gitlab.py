"""The Code Quality report of GitLab: a JSON list that a merge request shows."""

from __future__ import annotations

from typing import Any

from dedupe_cn.report.findings import Finding, Severity, findings, fingerprint
from dedupe_cn.report.json import dump_for_pages
from dedupe_cn.report.run import Run
from dedupe_cn.report.words import Say

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(run: Run, say: Say, *, verbose: bool = False) -> str:
    """Write every finding as an issue; an empty list says that there is none."""
    return dump_for_pages(
        [_issue(finding) for result in run.results for finding in findings(result, run, say, verbose=verbose)]
    )


def _issue(finding: Finding) -> dict[str, Any]:
    """Describe a finding; GitLab shows one of several with the same fingerprint, so the path is part of it."""
    lines = {"begin": finding.region.line, "end": finding.region.end_line} if finding.region else {"begin": 1}
    # A name that is no UTF-8 cannot stand in JSON that every reader takes.
    path = finding.path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return {
        "description": finding.message,
        "check_name": finding.rule,
        "fingerprint": fingerprint(finding.path, finding.fingerprint),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": path, "lines": lines},
    }
