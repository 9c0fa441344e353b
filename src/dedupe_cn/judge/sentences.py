"""Whole sentences of a copy that have no counterpart in the other one: these are no other words for it."""

from __future__ import annotations

from itertools import groupby

from dedupe_cn.judge.case import Case
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import SENTENCE_END

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


def _sentences(text: str) -> list[str]:
    """Give the letters and digits of each sentence and line that has any."""
    letters = ("".join(filter(str.isalnum, match[0])) for match in _SENTENCE.finditer(text))
    return [said for said in letters if said]
