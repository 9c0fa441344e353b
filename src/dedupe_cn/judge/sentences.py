"""Whole sentences of a copy that have no counterpart in the other one: these are no other words for it."""

from __future__ import annotations

from itertools import groupby

from dedupe_cn.judge.case import Case
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import SENTENCE_END, ends_sentence
from dedupe_cn.text.verse import MAX_WRAP, MIN_WRAP

#: Similarity (0-1) of the letters of two sentences from which one may be another wording of the other.
_WORDING = 0.5
#: Pairs of sentences that are compared between two that are equal, at most: more differ than other words explain.
_PAIRS = 10_000
_SENTENCE = regex(rf"[^\n{SENTENCE_END}]+")


def loses_sentence(case: Case) -> bool:
    """Tell whether a sentence of the removed stretch stands in no wording at its place of the kept one."""
    from rapidfuzz.distance import Indel, Levenshtein

    ours, theirs = (_sentences(case.page.layout.slice(*stretch)) for stretch in (case.shown, case.shown_kept))
    for equal, steps in groupby(Levenshtein.opcodes(ours, theirs), key=lambda step: step.tag == "equal"):
        if equal:
            continue
        run = list(steps)
        one = ours[run[0].src_start : run[-1].src_end]
        other = theirs[run[0].dest_start : run[-1].dest_end]
        if len(one) * len(other) > _PAIRS:
            return True
        if any(all(Indel.normalized_similarity(said, told) < _WORDING for told in other) for said in one):
            return True
    return False


def cuts_sentence(case: Case) -> bool:
    """Tell whether a stretch begins or ends inside of a sentence of its block, where something is missing in it.

    What is the same to the letter may be cut at any character; where words are missing, as many other words would go.
    """
    span, text = case.page.layout.span(*case.removed), case.page.tree.text
    before = text[case.leaves[0].start : span.start]
    if any(map(str.isalnum, before)) and not ends_sentence(before.rstrip()):
        return True
    behind = text[span.end : case.leaves[-1].end]
    return any(map(str.isalnum, behind)) and not ends_sentence(text[span.start : span.end].rstrip())


def is_part_of_wrapped(case: Case) -> bool:
    """Tell whether lines are a part of a paragraph that is broken at a width: no mark ends the line beside them.

    A title is shorter than the paragraph below it, and a line that goes on is no longer than the one before.
    """
    reader, exact = case.page.reader, case.page.layout.exact
    start, end = case.removed
    for at in (start, end):
        if not 0 < at < reader.size or not exact[at - 1].isalnum():
            continue
        above, below = reader.line(at - 1), reader.line(at)
        width = above[1] - above[0]
        touch = "\n\n" not in case.page.layout.slice(above[0], below[1]).replace("\r", "").replace(" ", "")
        if touch and MIN_WRAP <= width <= MAX_WRAP and below[1] - below[0] <= width + 1:
            return True
    return False


def _sentences(text: str) -> list[str]:
    """Give the letters and digits of each sentence and line that has any."""
    letters = ("".join(filter(str.isalnum, match[0])) for match in _SENTENCE.finditer(text))
    return [said for said in letters if said]
