"""The machine-readable report by lines: ``run`` first, one ``file`` an input, ``summary`` last."""

from __future__ import annotations

from dedupe_cn.report.json import VERSION, dump, file_value, summary_value
from dedupe_cn.report.run import Run


def render(run: Run) -> str:
    """Write a JSON object a line; ``type`` tells what it is, the other keys are those of the JSON report."""
    head = {"type": "run", "version": VERSION, "tool": "dedupe-cn", "level": run.level.value}
    files = [dump({"type": "file", **file_value(result)}) for result in run.results]
    return "".join([dump(head), *files, dump({"type": "summary", **summary_value(run)})])
