"""The rules that run only when they are asked for by name, in their order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from dedupe_cn.model import Edit, Kind
from dedupe_cn.tidy.entities import html_entities
from dedupe_cn.tidy.forms import compat_ideographs, full_width, nfc
from dedupe_cn.tidy.indent import ideographic_indent
from dedupe_cn.tidy.spaces import han_spaces, typographic_spaces
from dedupe_cn.tidy.steps import Step
from dedupe_cn.tidy.zero_width import zero_width
from dedupe_cn.tidy.zones import Spare


def requested_steps(kind: Kind) -> list[Step]:
    """Give the steps on request: first what makes characters, then what folds them, then white space.

    Spaces between ideographs are columns or verse in a protected block of plain text; in Markdown they are not.
    """
    columns = Spare.PROTECTED if kind is Kind.TEXT else Spare.INLINE
    return [
        Step("mojibake", mojibake, Spare.NOTHING),
        Step("html-entities", partial(html_entities, kind=kind), Spare.INLINE),
        Step("zero-width", partial(zero_width, kind=kind), Spare.INLINE),
        Step("compat-ideographs", compat_ideographs, Spare.INLINE),
        Step("full-width", partial(full_width, kind=kind), Spare.INLINE),
        Step("nfc", nfc, Spare.INLINE),
        Step("typographic-spaces", partial(typographic_spaces, kind=kind), Spare.INLINE),
        Step("han-spaces", han_spaces, columns),
        Step("ideographic-indent", partial(ideographic_indent, kind=kind)),
    ]


def mojibake(text: str) -> list[Edit]:
    """Repair text that was read in the wrong encoding, where that can be undone without loss."""
    from dedupe_cn.text.mojibake import repair_edits

    return [replace(edit, rule="mojibake") for edit in repair_edits(text)]
