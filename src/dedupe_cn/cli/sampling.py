"""The samples of a file, by which copies between files are found: taken while it is cleaned, or for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe_cn.model import Document, Kind, Outcome
from dedupe_cn.report.run import ACROSS

if TYPE_CHECKING:
    from dedupe_cn.across.samples import Samples
    from dedupe_cn.cli.cleaning import Plan
    from dedupe_cn.cli.one import Taken
    from dedupe_cn.work import Look


def sampler(plan: Plan, sampled: list[Samples | None]) -> Look | None:
    """Give what puts the samples of a text into a list: cleaning has made the forms of it anyhow."""
    if not plan.across or ACROSS not in plan.settings.rules:
        return None
    from dedupe_cn.across.samples import sample

    return lambda reader: sampled.append(sample(reader))


def sampled_of(taken: Taken, sampled: list[Samples | None], outcome: Outcome) -> Samples | None:
    """Give the samples of a file, made now where cleaning made none."""
    if not taken.plan.across or taken.item.source is None:
        return None
    document = Document(outcome.original, taken.kind, shape=outcome.shape)
    return sampled[-1] if sampled else sample_file(document, taken.plan, outcome)


def sample_file(document: Document, plan: Plan, outcome: Outcome | None) -> Samples | None:
    """Sample a file in which copies between files are told; None where the rule is off."""
    if outcome is None or ACROSS not in plan.settings.rules - outcome.ignored:
        return None
    from dedupe_cn.across.file_text import FileText
    from dedupe_cn.across.samples import marks_in

    kind = Kind.TEXT if document.shape is not None else document.kind
    return FileText("", document.text, kind, *marks_in(document.text, kind)).sampled()
