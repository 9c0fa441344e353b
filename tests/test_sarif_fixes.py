"""The fixes of a SARIF report, carried out by a reader, take out what the program takes out."""

from __future__ import annotations

import json
from typing import Any

from budget import budget
from documents import texts
from hypothesis import given

from dedupe_cn import clean
from dedupe_cn.cli.messages import Say
from dedupe_cn.model import FileResult, Kind, Level
from dedupe_cn.report import sarif
from dedupe_cn.report.run import Run
from dedupe_cn.text.characters import squash


def fixed(text: str, results: list[dict[str, Any]]) -> str:
    """Carry out the fixes of all results together: whatever one of them deletes goes."""
    gone: set[int] = set()
    for result in results:
        for fix in result.get("fixes", ()):
            for change in fix["artifactChanges"]:
                for replacement in change["replacements"]:
                    assert "insertedContent" not in replacement
                    start = replacement["deletedRegion"]["charOffset"]
                    gone.update(range(start, start + replacement["deletedRegion"]["charLength"]))
    return "".join(character for i, character in enumerate(text) if i not in gone)


@budget(300)
@given(texts())
def test_fixes_make_the_outcome(text: str) -> None:
    outcome = clean(text, kind=Kind.MARKDOWN, disable=["tidy"])
    run = Run(Level.STANDARD, (FileResult("a.md", outcome, "utf-8", changed=outcome.changed),))
    results = json.loads(sarif.render(run, Say("en"), "1.0.0"))["runs"][0]["results"]
    assert squash(fixed(text, results)) == squash(outcome.text)
    assert len([r for r in results if "fixes" in r]) == len(outcome.applied)
