"""Place is meaning: what stands above and beside both copies, and what would break without one of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from dedupe_cn.judge.case import Case, Page
from dedupe_cn.judge.torn import torn
from dedupe_cn.reasons import Reason
from dedupe_cn.text.characters import ends_sentence, squash

if TYPE_CHECKING:
    from dedupe_cn.copies.found import Range
    from dedupe_cn.model import Span
    from dedupe_cn.text.tree import Leaf

#: Words of a short line beside a copy (design section 4, principle 3).
SHORT_LINE = 20
#: Words of a longer one that is bold, or ends in a colon or a question mark.
_LONG_LABEL = 60
#: Characters of a line up to which two are compared, and the similarity (0-1) from which they differ in a word or two.
_LONGEST, _ALIKE = 400, 0.75
_ITEM = re.compile(r"[-*+]\s|\d+[.)]\s")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
#: What a line begins with that opens a container or names it.
_OPENER = re.compile(r"<(?!!--\s*$)|:::|\{[%{]|!!!|\?\?\?|===")
#: Characters of a title or lead line, at most, and how much longer the text is that takes it up.
_TITLE, _GOES_ON = 100, 1.2
#: Characters below which the end of a line that the next one begins with is such a title.
_LEAD = 40
#: By how many characters lines of verse differ, and how many of them stand beside the lines that repeat.
_EVEN, _OTHERS = 2, 2
#: Marks that may be doubled.
_SENTENCE_MARKS = frozenset(",.;:!?\"'()…-")
#: Marks of Markdown that stand in pairs inside of a line.
_PAIRS = ("[]", "()", "（）", "“”", "‘’", "「」", "『』", "《》", "【】", "**", "__", "~~", "==", "*", "`")
_SENTENCE_ENDS = re.compile(r"[。！？!?…]")
#: Kinds of leaves that may be such a line.
_LINES = frozenset({"paragraph", "verse", "quote", "item"})


def other_place(case: Case) -> Reason | None:
    """Say that both copies stand under other headings or labels, or in other containers."""
    tree, layout = case.page.tree, case.page.layout
    ours, theirs = (layout.span(*stretch) for stretch in (case.removed, case.kept))
    one, other = tree.place(theirs.start), tree.place(ours.start)
    if case.rule == "section":
        one, other = one[:-1] if one else one, other[:-1] if other else other
        own, others = tree.section_of(theirs.start), tree.section_of(ours.start)
        one, other = _parents(case.page, own), _parents(case.page, others)
    if one == other and case.rule != "section":
        one, other = tree.place(theirs.end - 1), tree.place(ours.end - 1)
    if one == other:
        return None
    apart = next((pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]), None)
    told = apart or ((one[len(other) :] or ("∅",))[0], (other[len(one) :] or ("∅",))[0])
    return Reason("other-place", (_short(told[0]), _short(told[1])))


def _parents(page: Page, number: int) -> tuple[str, ...]:
    """Give the headings and containers above a section."""
    sections, titles = page.tree.sections, []
    at = sections[number].start if number >= 0 else 0
    while number >= 0 and (number := sections[number].parent) >= 0:
        titles.append(sections[number].title)
    around = [box.name for box in page.tree.containers if box.start < at < box.end]
    return (*reversed(titles), *around)


def _short(title: str) -> str:
    return title if len(title) <= 20 else title[:19] + "…"


def other_label(case: Case, anywhere: bool = False) -> Reason | None:
    """Say that lines that belong to both texts, directly before or behind them, differ.

    Where copies may stand ``anywhere``, several paragraphs are more than what a label names.
    """
    run = anywhere and len(case.leaves) > 1
    if case.copy.in_a_row:
        return None
    for step in (-1, 1):
        one, other = (_beside(case.page, stretch, step) for stretch in (case.kept, case.removed))
        if step < 0 and not run and (label := _own_label(case.page, one, other)) is not None:
            return label
        if one is None or other is None:
            continue
        ours, theirs = (case.page.tree.text[leaf.start : leaf.end].strip() for leaf in (one, other))
        if squash(ours) == squash(theirs):
            continue
        short = _is_short(case.page, one, ours) and _is_short(case.page, other, theirs)
        if short or _alike(ours, theirs):
            return Reason("other-label", (_short(ours), _short(theirs)))
    return None


def _own_label(page: Page, kept: Leaf | None, removed: Leaf | None) -> Reason | None:
    """Say that a label stands directly before the copy that would go, and another one or none before the other."""
    told = ["", ""]
    for number, leaf in enumerate((kept, removed)):
        if leaf is not None and leaf.start not in page.heads:
            label = page.tree.labels.get(page.tree.leaf_at(leaf.start))
            told[number] = squash(page.tree.text[leaf.start : leaf.end]) if label is not None and label.alone else ""
    return Reason("other-label", (_short(told[0] or "∅"), _short(told[1]))) if told[1] and told[0] != told[1] else None


def inner_label(case: Case) -> Reason | None:
    """Say that a short line in one of two copies that is no sentence (a name, a date, a label) is not in the other."""
    ours, theirs = (
        [line.strip() for line in case.page.layout.slice(*stretch).splitlines() if line.strip()]
        for stretch in (case.kept, case.removed)
    )
    openers = [list(filter(_OPENER.match, lines)) for lines in (ours, theirs)]
    if openers[0] != openers[1]:
        both = ((openers[0], openers[1]), (openers[1], openers[0]))
        return Reason("other-label", tuple(_short(_first_other(*pair) or "∅") for pair in both))
    one, other = (_first_other(*pair, label=True) for pair in ((ours, theirs), (theirs, ours)))
    return Reason("other-label", (_short(one), _short(other))) if one and other else None


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


def _beside(page: Page, stretch: Range, step: int) -> Leaf | None:
    tree = page.tree
    span = page.layout.span(*stretch)
    number = tree.leaf_at(span.start) - 1 if step < 0 else tree.leaf_at(span.end - 1) + 1
    return tree.leaves[number] if 0 <= number < len(tree.leaves) else None


def _is_short(page: Page, leaf: Leaf, text: str) -> bool:
    if leaf.kind not in _LINES or (leaf.kind == "item" and not leaf.label) or leaf.start in page.heads:
        return False
    words = page.tree.words(leaf.start, leaf.end)
    if words > SHORT_LINE:  # a long line that names what follows says so
        return words <= _LONG_LABEL and (text[-1] in "：:？?" or (text.startswith("**") and text.endswith("**")))
    return not ends_sentence(text.rstrip("*_ "))


def _alike(one: str, other: str) -> bool:
    if max(len(one), len(other)) > _LONGEST or min(len(one), len(other)) < 4:
        return False
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(squash(one), squash(other)) >= _ALIKE


def recurring_headings(case: Case) -> bool:
    """Tell whether a heading recurs as one of a set: under several parents, or more often than the copy."""
    tree = case.page.tree
    span = case.page.layout.span(*case.removed)
    number = tree.section_of(span.start)
    if number < 0:
        return False
    same = [other for other in tree.sections if other.title == tree.sections[number].title]
    return len(same) > 2 or (len({other.parent for other in same}) > 1 and len(same) > 2)


def title_lead(case: Case) -> Reason | None:
    """Say that a title or a lead line is taken up by the text behind it."""
    reader = case.page.reader
    turned = case.kept > case.removed
    earlier, later = (case.removed, case.kept) if turned else (case.kept, case.unit_range)
    one, other = case.page.leaves(earlier), case.page.leaves(later)
    if one[0].kind == "heading" and other[0].kind != "heading":
        return Reason("title-lead")
    size = earlier[1] - earlier[0]
    goes_on = size <= _TITLE and (not reader.is_edge(later[1]) or later[1] - later[0] > _GOES_ON * size)
    text = case.page.layout.slice(*earlier).strip().strip("*_#")
    before = case.page.layout.slice(reader.line(earlier[0])[0], earlier[0])
    number = bisect_left(reader.starts, earlier[0] + 1)
    crosses = number < len(reader.starts) and reader.starts[number] < later[1]
    leads = crosses and not case.copy.lines and size < _LEAD and case.copy.in_a_row
    alone = len(one) == 1 and not _SENTENCE_ENDS.search(before)  # a title has no sentence before it in its line
    leads = leads or (alone and reader.is_edge(later[0]) and goes_on and not ends_sentence(text))
    return Reason("title-lead") if leads else None


def among_verse(case: Case) -> Reason | None:
    """Say that the lines are verse, or stand among others as short and as long as they are: a refrain."""
    reader = case.page.reader
    starts = reader.starts
    ends = min(case.kept[0], case.removed[0]), max(case.kept[1], case.removed[1])
    if case.page.is_verse(ends):
        return Reason("verse")
    low, high = (bisect_left(starts, at) for at in ends)
    sizes = [end - start for start, end in pairwise(starts[max(0, low - 2) : high + 3])]
    others = len(sizes) - (high - low)
    even = sizes and max(sizes) <= SHORT_LINE and max(sizes) - min(sizes) <= _EVEN
    return Reason("verse") if even and others >= _OTHERS else None


def beside_verse(case: Case) -> Reason | None:
    """Say that verse stands directly before or behind a line."""
    beside = (_beside(case.page, case.removed, step) for step in (-1, 1))
    return Reason("verse") if any(leaf is not None and leaf.kind == "verse" for leaf in beside) else None


def signs_before(case: Case) -> Reason | None:
    """Say that signs that are counted stand before the first copy and go on in it: ``￥￥￥`` is not ``￥``."""
    folded, start = case.page.reader.folded, min(case.kept[0], case.removed[0])
    sign = folded[start : start + 1]
    if start and folded[start - 1] == sign and not sign.isalnum() and sign not in _SENTENCE_MARKS:
        return Reason("differs", (sign * 2, sign, "mark"))
    return None


def other_kind(case: Case) -> Reason | None:
    """Say that one of two copies in a row is a list item or a quote, the other none."""
    one, other = case.kept_leaves[0], case.leaves[0]
    if one.start == other.start:
        return None
    if one.kind != other.kind and {one.kind, other.kind} != {"paragraph", "verse"}:
        return Reason("other-place", (one.kind, other.kind))
    return None


def whole_leaves(case: Case) -> bool:
    """Tell whether the removed stretch is whole blocks."""
    span = case.page.layout.span(*case.removed)
    text = case.page.tree.text
    first, last = case.leaves[0], case.leaves[-1]
    return not text[first.start : span.start].strip() and not text[span.end : last.end].strip()


def broken(case: Case) -> Reason | None:
    """Say what would break without the removed stretch: the structure around it, or a copy that reaches further.

    Without one of two copies in a row the text is what it was before the accident, wherever in the period it is cut; so
    of these only the result is looked at.
    """
    from dedupe_cn.text.structure import breach

    page = case.page
    span = page.layout.span(*case.removed)
    apart = not case.copy.in_a_row and case.rule != "whole-document"
    if apart or any(leaf.kind == "heading" for leaf in case.leaves):
        found = breach(page.tree, span.start, span.end)
        if found is not None and found.code == "linked-heading":
            return Reason("heading-linked")
        own = page.tree.labels.get(page.tree.leaf_at(span.start))
        if case.rule == "running-line" and found is not None and found.code == "label-alone" and own is not None:
            found = None  # page furniture names nothing
        if found is not None and apart:
            return Reason(found.code, found.values)
    if case.rule in ("section", "running-line"):
        return None  # what stands beside them are other sections, and other pages
    if case.rule in ("whole-document", "loop"):
        return _unbalanced(case, span)
    return (None if case.row or case.part else torn(case)) or (None if apart else _unbalanced(case, span))


def _unbalanced(case: Case, span: Span) -> Reason | None:
    """Say that what was balanced is so no more: tags, directives, fences; emphasis where the copies differ in it."""
    from dedupe_cn.text.enclosing import balance, balance_of

    tree = case.page.tree
    if any(balance(tree.text[span.start : span.end], tree.kind).values()):
        before = balance_of(tree)
        after = balance(tree.text[: span.start] + tree.text[span.end :], tree.kind)
        if any(after[name] and not before[name] for name in after):
            return Reason("container-half")
    gone = [pair for pair in _PAIRS if _odd(tree.text[span.start : span.end], pair)]
    if not gone:
        return None
    first, last = tree.leaves[max(0, tree.leaf_at(span.start))], tree.leaves[max(0, tree.leaf_at(span.end - 1))]
    left = tree.text[first.start : span.start] + tree.text[span.end : last.end]
    whole = tree.text[first.start : last.end]
    return Reason("inline-pair") if any(_odd(left, pair) and not _odd(whole, pair) for pair in gone) else None


def _odd(text: str, pair: str) -> bool:
    """Tell whether a mark that comes in pairs has no partner."""
    if pair[0] != pair[-1]:
        return text.count(pair[0]) != text.count(pair[1])
    if pair == "*":
        text = text.replace("**", "")
    return bool(text.count(pair) % 2)
