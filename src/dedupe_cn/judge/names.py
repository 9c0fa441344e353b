"""Lines that name what stands beside them: short ones that are no sentence, openers, and lines alike but for a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dedupe_cn.reasons import Reason
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import ends_sentence, squash

if TYPE_CHECKING:
    from dedupe_cn.judge.case import Case, Page
    from dedupe_cn.text.tree import Leaf

#: Words of a short line beside a copy (principle 3 of docs/how-it-decides.md).
SHORT_LINE = 20
#: Words of a longer one that is bold, or ends in a colon or a question mark.
_LONG_LABEL = 60
#: Characters of a line up to which two are compared, and the similarity (0-1) from which they differ in a word or two.
_LONGEST, _ALIKE = 400, 0.75
_ITEM = regex(r"[-*+]\s|\d+[.)]\s")
_TAG = regex(r"</?[A-Za-z][^<>]*>")
#: What a line begins with that opens a container or names it.
_OPENER = regex(r"<(?!!--\s*$)|:::|\{[%{]|!!!|\?\?\?|===")
#: A name in front of what it is about, in one line.
_SPEAKER = regex(r"[^\s：:，。]{1,8}[：:]")
#: Kinds of leaves that may be such a line.
_LINES = frozenset({"paragraph", "verse", "quote", "item"})


def shown_title(title: str) -> str:
    """Give the beginning of a title or a line, as it is told."""
    return title if len(title) <= 20 else title[:19] + "…"


def inner_label(case: Case) -> Reason | None:
    """Say that a short line in one of two copies that is no sentence (a name, a date, a label) is not in the other."""
    ours, theirs = (
        [line.strip() for line in case.page.layout.slice(*stretch).splitlines() if line.strip()]
        for stretch in (case.kept, case.removed)
    )
    openers = [list(filter(_OPENER.match, lines)) for lines in (ours, theirs)]
    if openers[0] != openers[1]:
        both = ((openers[0], openers[1]), (openers[1], openers[0]))
        return Reason("other-label", tuple(shown_title(_first_other(*pair) or "∅") for pair in both))
    speakers = [found[0] for lines in (ours, theirs) if lines and (found := _SPEAKER.match(lines[0]))]
    if len(speakers) == 2 and speakers[0] != speakers[1]:
        return Reason("other-label", (speakers[0], speakers[1]))
    one, other = (_first_other(*pair, label=True) for pair in ((ours, theirs), (theirs, ours)))
    return Reason("other-label", (shown_title(one), shown_title(other))) if one and other else None


def _first_other(lines: list[str], others: list[str], label: bool = False) -> str:
    """Give the first line that is not among the other ones: a label, where such is asked for."""
    known = set(map(squash, others))
    return next((line for line in lines if squash(line) not in known and (not label or _is_label(line))), "")


def _is_label(line: str) -> bool:
    """Tell whether a line names what follows: short, and no sentence but for a question."""
    said = squash(_TAG.sub("", line)).strip("*_#>")
    if _ITEM.match(line):
        return False
    if not 0 < len(said) <= SHORT_LINE or said[-1] in "。！!…；，、":
        return False
    return said[-1] in "？?" or not ends_sentence(said)


def is_short(page: Page, leaf: Leaf, text: str) -> bool:
    """Tell whether a leaf is a short line that is no sentence, or a longer one that names what follows."""
    if leaf.kind not in _LINES or leaf.start in page.heads:
        return False
    if leaf.kind == "item" and not leaf.label and not _is_only_item(page, leaf):
        return False
    if not any(map(str.isalnum, text)):
        return False  # what closes a comment, or is drawn, names nothing
    words = page.tree.words(leaf.start, leaf.end)
    if words > SHORT_LINE:  # a long line that names what follows says so
        return words <= _LONG_LABEL and (text[-1] in "：:？?" or (text.startswith("**") and text.endswith("**")))
    return not ends_sentence(text.rstrip("*_ "))


def are_signatures(case: Case, texts: Sequence[str]) -> bool:
    """Tell whether several leaves are all short lines that are no sentences: names, dates, 此致, 敬礼."""
    lines = zip(case.leaves, texts, strict=True)
    return len(texts) > 1 and all(is_short(case.page, leaf, text) for leaf, text in lines)


def _is_only_item(page: Page, leaf: Leaf) -> bool:
    """Tell whether a list has one item, and is a line like others."""
    leaves, number = page.tree.leaves, page.tree.leaf_at(leaf.start)
    beside = leaves[max(0, number - 1) : number] + leaves[number + 1 : number + 2]
    return all(other.kind != "item" for other in beside)


def differ_little(one: str, other: str, least: float = _ALIKE) -> bool:
    """Tell whether two lines differ in a word or two."""
    if max(len(one), len(other)) > _LONGEST or min(len(one), len(other)) < 4:
        return False
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(squash(one), squash(other)) >= least
