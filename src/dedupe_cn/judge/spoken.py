"""What is said again on purpose: emphasis, dialogue, chants and slogans."""

from __future__ import annotations

from dedupe_cn.judge.case import Case
from dedupe_cn.judge.place import beside
from dedupe_cn.judge.shapes import LOOP_UNIT, TANDEM
from dedupe_cn.reasons import Reason
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import squash

#: Characters below which a line that ends in an exclamation mark is emphasis.
EMPHASIS = 30
#: Characters up to which a phrase that a mark parts from the next, or a line end alone, is called out again and again:
#: of what directly repeats in clean texts a refrain has 12, and no cry more than 15.
REFRAIN, CRY = 12, 15
#: How often nobody calls out a phrase in writing; a model that loops does not stop there.
ENDLESS = 30
#: What is prayed and recited, as often as one likes.
_PRAYED = regex(r"南[无無]|阿[弥彌]陀佛|菩[萨薩]|唵|嘛呢|揭[谛諦]|般若|阿[门們]|哈利路[亚亞]|万岁|萬歲")
#: What speech begins with, and the name of a speaker.
_QUOTED, _SPEAKER = regex(r"\s*(?:[“「『\"‘]|[—–-]{1,2}\s?[“「『])"), regex(r"\s*[^\s：:，。]{1,6}[：:]")
#: A line that is nothing but speech behind a dash, or a speaker with one quotation.
_SPEECH = regex(
    r"[\s>]*(?:[—―─]{1,2}\s?[^—―─\s].*"
    r"|[^\s：:，。“「『\"]{1,12}(?:[：:]|[说问道喊答][，,])\s*(?:“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"]*\")[。！？!?]?\s*)"
)
_MARKS = regex(r"[，。！？；、,.!?;…]")


def on_purpose(case: Case) -> Reason | None:
    """Say that one of two copies in a row is emphasis, a chant or speech."""
    text = case.text.rstrip()
    if _is_emphasis(case):
        return Reason("emphasis")
    if _repeats_itself(case):
        return Reason("chant")
    kind = case.leaves[0].kind
    short = case.unit < TANDEM and kind == "paragraph" and is_said(case)
    speech = kind in ("paragraph", "quote") and _SPEECH.fullmatch(text)
    return Reason("dialogue") if case.copy.lines and (short or speech) else None


def is_said(case: Case) -> bool:
    """Tell whether a line is speech: in quotes, or behind a name where somebody speaks in the line before or behind.

    What else stands before a colon names a remark (说明：…).
    """
    if _QUOTED.match(case.text):
        return True
    if not _SPEAKER.match(case.text):
        return False
    both = [case.kept, case.removed]
    if case.copy.in_a_row:
        both = [(min(both)[0], max(both)[1])]
    leaves = [beside(case.page, stretch, step) for stretch in both for step in (-1, 1)]
    said = [case.page.tree.text[leaf.start : leaf.end] for leaf in leaves if leaf is not None]
    return any(_QUOTED.match(line) or _SPEAKER.match(line) for line in said)


def is_named(case: Case) -> bool:
    """Tell whether a remark of any length stands behind the name of who made it, beside remarks of others."""
    if len(case.leaves) > 1 or not _SPEAKER.match(case.text):
        return False
    for stretch in (case.kept, case.removed):
        leaves = (beside(case.page, stretch, step) for step in (-1, 1))
        if not any(leaf and _SPEAKER.match(case.page.tree.text[leaf.start : leaf.end]) for leaf in leaves):
            return False
    return True


def called(case: Case) -> Reason | None:
    """Say that what stands many times in a row, or all sentences of a run that stand twice, are called out."""
    if all(map(_is_emphasis, case.row or [case])):
        return Reason("emphasis")
    if _repeats_itself(case) or _PRAYED.search(case.text):
        return Reason("chant")
    return Reason("chant") if not case.row and case.copy.times < ENDLESS and _is_phrase(case) else None


def _is_emphasis(case: Case) -> bool:
    """Tell whether a short passage is called out: it ends in an exclamation mark, wherever in its period it is cut."""
    text = case.text.rstrip()
    return case.unit < EMPHASIS and (text[-1:] in "！!" or (case.rule == "loop" and not {"！", "!"}.isdisjoint(text)))


def _repeats_itself(case: Case) -> bool:
    """Tell whether the copy itself is nothing but a few characters again and again, fewer than a unit of a loop has."""
    text = squash(case.text)
    return any(text == text[:size] * (len(text) // size) for size in range(1, min(LOOP_UNIT, len(text))))


def _is_phrase(case: Case) -> bool:
    """Tell whether a short unit is parted from the next by a mark or a line end, as what is called out is."""
    row = case.page.layout.slice(case.copy.bounds[0], case.copy.bounds[-1])
    marked = _MARKS.search(case.text) is not None
    return case.unit <= (REFRAIN if marked else CRY) and (marked or len(row.splitlines()) > 1)
