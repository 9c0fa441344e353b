"""Tidy the layout of a text: named rules in a fixed order, each a pure function from a text to edits.

What is asked for by name comes first, because it may leave white space for the default rules to trim. Then marks and
controls go, line ends are unified, lines are trimmed, blank lines are counted, and the end is put right.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from dedupe_cn.edits import apply
from dedupe_cn.model import Edit, Kind
from dedupe_cn.settings import TIDY_ON_REQUEST
from dedupe_cn.tidy.blank_lines import blank_lines
from dedupe_cn.tidy.controls import control_chars, leading_mark, stray_marks
from dedupe_cn.tidy.first_look import idle_rules
from dedupe_cn.tidy.line_ends import final_newline, line_ends
from dedupe_cn.tidy.steps import Step
from dedupe_cn.tidy.trailing_space import trailing_space
from dedupe_cn.tidy.zones import Spare, Zones, outside, spared

__all__ = ["tidy"]


#: Rules after which nearly every block is still the block it was, at another place; the next round reads them anew.
_LAYOUT = frozenset({"trailing-space", "blank-lines", "final-newline"})


def tidy(
    text: str,
    kind: Kind,
    rules: frozenset[str],
    eol: str,
    zones: Callable[[str], Zones],
    spare: Callable[[str, list[Edit]], list[Edit]] | None = None,
    change: Callable[[str, list[Edit]], str] = apply,
    ragged: bool = True,
) -> tuple[str, list[list[Edit]]]:
    """Apply the rules that are in force until none has anything to do.

    Gives the final text and one list of edits for each change made, sorted and in offsets of the text before that
    change. ``eol`` is ``keep``, ``lf`` or ``crlf``; the last two rewrite line ends whatever the rules. ``zones`` is
    only called for a text in which a rule found something to do outside the always allowed. ``spare`` takes a text
    and the edits of one rule, and keeps those that the marks in the text allow. ``change`` carries edits out.
    ``ragged`` is what is known of the first text (see :func:`~dedupe_cn.tidy.first_look.idle_rules`).

    The rules are run again after a change, because one can make work for another: without its controls a line may
    be blank, or begin a block of code. Every rule shortens the text or brings it nearer to one fixed spelling, so
    this ends, in practice with the first or second round.
    """
    steps = _steps(kind, eol, rules)
    changes: list[list[Edit]] = []
    while True:
        before = len(changes)
        current: Zones | None = None
        behind: list[list[Edit]] = []  # changes since the current zones were read
        nothing: frozenset[str] | None = None  # what the present text gives no work
        whole = True  # whether only rules of layout found anything, and nothing of it was spared
        for step in steps:
            if nothing is None:
                nothing = idle_rules(text, eol, ragged)
            if step.rule in nothing:
                continue
            edits = found = step.find(text)
            if edits and _may_touch_blocks(text, kind, step.spare, edits[-1].end):
                current = current or zones(text)
                while behind:
                    current = current.after(behind.pop(0))
                edits = outside(edits, spared(text, kind, current, step.spare))
            edits = _that_change(text, edits)
            if edits and spare is not None:
                edits = spare(text, edits)
            whole = whole and (not found or (step.rule in _LAYOUT and len(edits) == len(found)))
            if edits:
                nothing, ragged = None, True
                text = change(text, edits)
                changes.append(edits)
                if step.rule not in _LAYOUT:
                    current = None
                    behind.clear()
                elif current:
                    behind.append(edits)
        if len(changes) == before or (whole and _is_settled(text, rules)):
            return text, changes


def _that_change(text: str, edits: list[Edit]) -> list[Edit]:
    return [edit for edit in edits if text[edit.start : edit.end] != edit.replacement]


def _may_touch_blocks(text: str, kind: Kind, spare: Spare, end: int) -> bool:
    """Tell whether edits may lie in blocks that the rule leaves alone; ``end`` is that of the last one.

    A verbatim block of Markdown is known by its first line, so what stands below the edits plays no part.
    """
    if spare is not Spare.VERBATIM or kind is not Kind.MARKDOWN:
        return spare is not Spare.NOTHING
    from dedupe_cn.text.markdown import may_hold_verbatim

    line_end = text.find("\n", end)
    return may_hold_verbatim(text, line_end if line_end >= 0 else None)


def _is_settled(text: str, rules: frozenset[str]) -> bool:
    """Tell whether no rule has work in a text for which only layout was changed, and all of it that any rule found.

    Then no line ends in white space but before a break that Markdown wants, and text below it stays below it. Blank
    lines are fewer, but stay between the same lines. The end is put right, and neither a visible character nor the
    indent of a line has changed. With other line breaks than LF, or rules on request, nothing is said; nor without one
    of the three: a last line of blanks, untrimmed, becomes a blank line with its break.
    """
    return rules >= _LAYOUT and "\r" not in text and not rules.intersection(TIDY_ON_REQUEST)


@cache
def _steps(kind: Kind, eol: str, rules: frozenset[str]) -> tuple[Step, ...]:
    """Give the steps in their order, for the rules in force only."""
    steps = [
        Step("bom", leading_mark, Spare.NOTHING),
        Step("bom", stray_marks),
        Step("control-chars", partial(control_chars, kind=kind, eol=eol)),
        Step("line-ends", partial(line_ends, eol=eol, kind=kind), Spare.NOTHING),
        Step("trailing-space", partial(trailing_space, kind=kind)),
        Step("blank-lines", partial(blank_lines, kind=kind)),
        Step("final-newline", partial(final_newline, eol=eol), Spare.NOTHING),
    ]
    if kind is Kind.TEXT:
        from dedupe_cn.tidy.indent import indent

        steps.insert(-2, Step("indent", indent, Spare.PROTECTED))
    if requested := rules.intersection(TIDY_ON_REQUEST):
        from dedupe_cn.tidy.on_request import load

        steps = [*(rule.step(name, kind) for name, rule in load(requested)), *steps]
    return tuple(step for step in steps if step.rule in rules or (step.rule == "line-ends" and eol != "keep"))
