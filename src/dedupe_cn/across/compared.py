"""Compare two passages of two files: as two of one file, but for marks of emphasis, which mislead no reader."""

from __future__ import annotations

from dataclasses import replace

from dedupe_cn.compare.comparison import Comparison
from dedupe_cn.compare.differences import compare, likeness_of

#: Marks with which Markdown sets words in bold, in italics or as code.
_EMPHASIS = frozenset("*_`")


def compare_files(removed: str, kept: str) -> Comparison:
    """Compare two passages of two files."""
    return spared(compare(removed, kept))


def spared(comparison: Comparison) -> Comparison:
    """Give a comparison in which marks of emphasis are dropped or stray ones; within a file they are more."""
    if comparison.likeness != "meaning":
        return comparison
    differences = tuple(
        replace(d, kind="dropped-mark") if d.kind == "mark" and _EMPHASIS.issuperset(d.kept + d.removed) else d
        for d in comparison.differences
    )
    likeness = likeness_of({difference.kind for difference in differences})
    return comparison._replace(differences=differences, likeness=likeness)
