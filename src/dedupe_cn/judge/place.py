"""Place is meaning: what stands above and beside both copies, and what would break without one of them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from dedupe_cn.compare.word_tables import NUMERALS
from dedupe_cn.judge.case import Case, Page
from dedupe_cn.judge.names import differ_little, is_short, shown_title
from dedupe_cn.judge.pieces import torn_piece
from dedupe_cn.judge.torn import torn
from dedupe_cn.reasons import Reason
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import ends_sentence, is_han, squash
from dedupe_cn.text.folding import fold_text

if TYPE_CHECKING:
    from dedupe_cn.copies.found import Range
    from dedupe_cn.model import Span
    from dedupe_cn.text.tree import Leaf, Tree

_NUMBER = regex(rf"[\d{''.join(NUMERALS)}]+")
#: Blocks up to a label before, at most.
_SERIES = 64
#: Characters of a title or lead line, at most, and how much longer the text is that takes it up.
_TITLE, _GOES_ON = 100, 1.2
#: Characters below which the end of a line that the next one begins with is such a title.
_LEAD = 40
#: The name of a part in front of it, in one line.
_PART = regex(r"[^\s：:，。]{1,8}[：:]")
#: Marks that may be doubled.
_SENTENCE_MARKS = frozenset(",.;:!?\"'()…-")
#: Marks of Markdown that stand in pairs inside of a line.
_PAIRS = ("[]", "()", "（）", "“”", "‘’", "「」", "『』", "《》", "【】", "**", "__", "~~", "==", "*", "`")
_SENTENCE_ENDS = regex(r"[。！？!?…]")


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
    if one == other and case.rule != "section":
        one, other = (_numbered_before(tree, span.start) for span in (theirs, ours))
        one, other = (one, other) if one and other and one[0] != other[0] and one[1] == other[1] else ((), ())
    if one == other:
        return None
    apart = next((pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]), None)
    told = apart or ((one[len(other) :] or ("∅",))[0], (other[len(one) :] or ("∅",))[0])
    return Reason("other-place", (shown_title(told[0]), shown_title(told[1])))


def _numbered_before(tree: Tree, at: int) -> tuple[str, ...]:
    """Give the label before one that begins at a place, with and without its number.

    Where it is one of a series (主歌一, 副歌, 主歌二, 副歌), the other belongs to it.
    """
    number = tree.leaf_at(at)
    if number not in tree.labels:
        return ()
    before = next((tree.labels[n] for n in range(number - 1, max(-1, number - _SERIES), -1) if n in tree.labels), None)
    return (before.name, _NUMBER.sub("", before.name)) if before is not None else ()


def _parents(page: Page, number: int) -> tuple[str, ...]:
    """Give the headings and containers above a section."""
    sections, titles = page.tree.sections, []
    at = sections[number].start if number >= 0 else 0
    while number >= 0 and (number := sections[number].parent) >= 0:
        titles.append(sections[number].title)
    around = [box.name for box in page.tree.containers if box.start < at < box.end]
    return (*reversed(titles), *around)


def other_label(case: Case, anywhere: bool = False) -> Reason | None:
    """Say that lines that belong to both texts, directly before or behind them, differ.

    Where copies may stand ``anywhere``, several paragraphs are more than what a label names.
    """
    run = anywhere and len(case.leaves) > 1
    if case.copy.in_a_row:
        return None
    for step in (-1, 1):
        one, other = (beside(case.page, stretch, step) for stretch in (case.kept, case.removed))
        if step < 0 and not run and (label := _own_label(case.page, one, other)) is not None:
            return label
        if one is None or other is None:
            continue
        ours, theirs = (case.page.tree.text[leaf.start : leaf.end].strip() for leaf in (one, other))
        if squash(ours) == squash(theirs):
            continue
        short = is_short(case.page, one, ours) and is_short(case.page, other, theirs)
        if short or differ_little(ours, theirs) or _translate(case, ours, theirs) or _answer(case, ours, theirs):
            return Reason("other-label", (shown_title(ours), shown_title(theirs)))
    return None


def _own_label(page: Page, kept: Leaf | None, removed: Leaf | None) -> Reason | None:
    """Say that a label stands directly before the copy that would go, and another one or none before the other."""
    told = ["", ""]
    for number, leaf in enumerate((kept, removed)):
        if leaf is not None and leaf.start not in page.heads:
            label = page.tree.labels.get(page.tree.leaf_at(leaf.start))
            told[number] = squash(page.tree.text[leaf.start : leaf.end]) if label is not None and label.alone else ""
    if not told[1] or told[0] == told[1]:
        return None
    return Reason("other-label", (shown_title(told[0] or "∅"), shown_title(told[1])))


def beside(page: Page, stretch: Range, step: int) -> Leaf | None:
    """Give the leaf directly before (``step`` -1) or behind (1) a stretch."""
    tree = page.tree
    span = page.layout.span(*stretch)
    number = tree.leaf_at(span.start) - 1 if step < 0 else tree.leaf_at(span.end - 1) + 1
    return tree.leaves[number] if 0 <= number < len(tree.leaves) else None


def _translate(case: Case, one: str, other: str) -> bool:
    """Tell whether two lines beside both copies are in another script than these: they translate them."""
    scripts = [any(map(is_han, line)) for line in (one, other, case.text)]
    return scripts[0] == scripts[1] != scripts[2] and all(any(map(str.isalpha, line)) for line in (one, other))


def _answer(case: Case, one: str, other: str) -> bool:
    """Tell whether two lines beside both copies answer to these in the same part of a series: 问：…, 答：…."""
    names = [found[0] if (found := _PART.match(line.strip())) else "" for line in (one, other, case.text)]
    return all(names) and names[0] == names[1] != names[2]


def recurring_headings(case: Case) -> bool:
    """Tell whether a heading recurs as one of a set: more often than the copy."""
    page = case.page
    number = page.tree.section_of(page.layout.span(*case.removed).start)
    return number >= 0 and page.titles[page.tree.sections[number].title] > 2


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


def signs_before(case: Case) -> Reason | None:
    """Say that signs that are counted stand before the first copy and go on in it: ``￥￥￥`` is not ``￥``."""
    folded, start = case.page.reader.folded, min(case.kept[0], case.removed[0])
    sign = folded[start : start + 1]
    if case.page.reader.is_edge(start):  # the sign before it ends another line, as the mark of an empty line in a quote
        return None
    if start and folded[start - 1] == sign and not sign.isalnum() and sign not in _SENTENCE_MARKS:
        return Reason("differs", (sign * 2, sign, "mark"))
    return None


def other_kind(case: Case) -> Reason | None:
    """Say that one of two copies in a row is a list item or a quote, the other none, or quotes other lines of it."""
    one, other = case.kept_leaves[0], case.leaves[0]
    same = one.start == other.start or one.kind == other.kind
    if not same and {one.kind, other.kind} != {"paragraph", "verse"}:
        return Reason("other-kind", (one.kind, other.kind))
    quoted = [_quoted(case.page, stretch) for stretch in (case.kept, case.unit_range)]
    return Reason("differs", (">", "∅", "mark")) if all(quoted) and quoted[0] != quoted[1] else None


def _quoted(page: Page, stretch: Range) -> set[bool]:
    """Tell of the lines that begin in a stretch whether they begin with the mark of a quote: both where some do."""
    starts, exact = page.reader.starts, page.layout.exact
    low, high = (bisect_left(starts, at) for at in stretch)
    return {exact[at] == ">" for at in starts[low:high]}


def whole_leaves(case: Case) -> bool:
    """Tell whether the removed stretch is whole blocks, or several with the first glued to another sentence."""
    span = case.page.layout.span(*case.removed)
    text = case.page.tree.text
    first, last = case.leaves[0], case.leaves[-1]
    before = text[first.start : span.start].strip()
    begins = not before or (case.copy.lines and len(case.leaves) > 1 and ends_sentence(before))
    return begins and not text[span.end : last.end].strip()


def broken(case: Case) -> Reason | None:
    """Say what would break without the removed stretch: the structure around it, or a copy that reaches further.

    Without one of two copies in a row the text is what it was before the accident, wherever in the period it is cut; so
    of these only the result is looked at.
    """
    if (torn_apart := torn_piece(case)) is not None:
        return torn_apart
    page = case.page
    span = page.layout.span(*case.removed)
    if any(page.tree.text[max(0, at - 1) : at + 1] == "##" for at in (span.start, span.end)):
        return Reason("differs", ("##", "#", "mark"))  # the heading of one copy is of another level
    apart = not case.copy.in_a_row and case.rule != "whole-document" and not case.copy.title
    if apart or any(leaf.kind == "heading" for leaf in case.leaves):
        found = _breach(case, span)
        if found is not None and (apart or found.code == "heading-linked"):
            return found
    if case.rule in ("section", "running-line"):
        return None  # what stands beside them are other sections, and other pages
    if case.rule in ("whole-document", "loop"):
        return _unbalanced(case, span)
    one_of_many = case.row or case.part or case.copy.title
    return (None if one_of_many else torn(case)) or (None if apart else _unbalanced(case, span))


def _breach(case: Case, span: Span) -> Reason | None:
    """Say what the tree would lose; page furniture names nothing."""
    from dedupe_cn.text.structure import breach

    tree = case.page.tree
    found = breach(tree, span.start, span.end)
    if found is None:
        return None
    if found.code == "linked-heading":
        return Reason("heading-linked")
    named = tree.labels.get(tree.leaf_at(span.start)) is not None
    if case.rule == "running-line" and found.code == "label-alone" and named:
        return None
    return Reason(found.code, found.values)


def _unbalanced(case: Case, span: Span) -> Reason | None:
    """Say that what was balanced is so no more: tags, directives, fences; emphasis where the copies differ in it."""
    from dedupe_cn.text.enclosing import balance

    tree = case.page.tree
    first, last = tree.leaves[max(0, tree.leaf_at(span.start))], tree.leaves[max(0, tree.leaf_at(span.end - 1))]
    left = tree.text[first.start : span.start] + tree.text[span.end : last.end]
    # The rest of the text opens and closes what it did. To read it again for each copy would take a time that grows
    # with the square of the text; the laws read it once a pass.
    half = [name for name in balance(tree.text[span.start : span.end], tree.kind) if not case.page.balance[name]]
    if half and (half != ["**"] or balance(left, tree.kind)["**"]):
        return Reason("container-half")
    gone = [pair for pair in _PAIRS if _odd(tree.text[span.start : span.end], pair)]
    if case.copy.in_a_row:  # of a quotation that both leave open, the one that stays is what stood there before
        folded = case.page.reader.folded
        said = folded[slice(*case.removed)], folded[slice(*case.kept)]
        gone = [
            pair
            for pair in gone
            if pair[0] == pair[-1] or len({tuple(map(text.count, fold_text(pair))) for text in said}) > 1
        ]
    if not gone:
        return None
    whole = tree.text[first.start : last.end]
    return Reason("inline-pair") if any(_odd(left, pair) and not _odd(whole, pair) for pair in gone) else None


def _odd(text: str, pair: str) -> bool:
    """Tell whether a mark that comes in pairs has no partner."""
    if pair[0] != pair[-1]:
        return text.count(pair[0]) != text.count(pair[1])
    if pair == "*":
        text = text.replace("**", "")
    return bool(text.count(pair) % 2)
