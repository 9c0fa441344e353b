"""Decide what a level deletes: shape x likeness x place, in one table (docs/how-it-decides.md)."""

from __future__ import annotations

from collections.abc import Callable

from dedupe_cn.compare.comparison import GUARDED
from dedupe_cn.judge import own, place, refrains, spoken
from dedupe_cn.judge.case import FEW_BLOCKS, Case
from dedupe_cn.judge.entries import other_entry
from dedupe_cn.judge.names import are_signatures, inner_label
from dedupe_cn.judge.sentences import cuts_sentence, is_part_of_wrapped, loses_sentence
from dedupe_cn.judge.shapes import TANDEM
from dedupe_cn.judge.two_pages import TITLE
from dedupe_cn.model import Level
from dedupe_cn.reasons import NOISE, Reason
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import ends_sentence, is_han, squash

SAFE, STANDARD, AGGRESSIVE = Level

#: The lowest level at which a copy of a shape and likeness goes, when nothing below speaks against it.
TABLE: dict[str, dict[str, Level]] = {
    "whole-document": {"exact": SAFE, "noise": STANDARD, "contained": STANDARD, "meaning": AGGRESSIVE},
    "section": {"exact": STANDARD, "noise": STANDARD, "contained": STANDARD, "meaning": AGGRESSIVE},
    "tandem": {"exact": SAFE, "noise": STANDARD, "contained": STANDARD, "meaning": AGGRESSIVE},
    "loop": {"exact": STANDARD},
    "repeated-block": {"exact": STANDARD, "noise": STANDARD, "contained": STANDARD, "meaning": AGGRESSIVE},
    "running-line": {"exact": AGGRESSIVE},
}
#: Words that a section's body, and a tandem in mid-line, hold at least; Latin letters in the place of words.
SECTION_WORDS, TANDEM_WORDS, LATIN_LETTERS = 40, 30, 80
#: Characters of a tandem in mid-line at aggressive; characters and words of whole lines.
TANDEM_SHORT, LINES, LINES_WORDS = 15, 12, 6
#: Words of a repeated block: in a document of up to 20 blocks, from 200 on, and at aggressive.
BLOCK_FEW, BLOCK_MOST, MANY_BLOCKS, BLOCK_AGGRESSIVE = 30, 60, 200, 15
#: Similarity (0-1) of a copy and of one that lacks a third of it: further on, less than that is no copy.
MOST = 0.8
#: Words for each place in which another word stands, where such a copy may go: below that it is a pattern.
MEANING_WORDS = 30
#: Signs that number persons and things.
_PARTIES = frozenset("甲乙丙丁")
#: Kinds that never go by themselves, with the row of a tandem or as a block.
PROTECTED = frozenset(
    {"code", "row", "record", "rule", "front-matter", "link-definition", "math", "html", "tag", "directive"}
)
PROSE = frozenset({"paragraph", "quote", "heading", "item"})
#: Characters from which on an enumerated clause is too long to be a formula.
_LONG = 60

_NUMBERED = regex(
    r"\s*(?:[（(]\s*[一二三四五六七八九十百零〇\dA-Za-z]{1,4}\s*[）)]|[①-⑳⑴-⒇⒈-⒛㈠-㈩]|\d{1,3}\s*[.．、)）])"
)
_ARTICLE = regex(
    r"\s*(?:[一二三四五六七八九十百]{1,4}\s*[、．.]|第[一二三四五六七八九十百千零〇\d]{1,6}[条款项章节])"
)
#: The number, date or the like that a passage begins with.
numbered = regex(rf"{_NUMBERED.pattern}|{_ARTICLE.pattern}|\s*(?:[-*+]\s+)?[#\d][\d./年月日\s#-]*")
#: What an item or an answer to choose begins with.
_OPTION = regex(rf"{_NUMBERED.pattern}|\s*[A-Za-z]\s*[.．、)）]")
_POINTS_BACK = regex(
    r"前[两三]?[款项条]|上[述列款]|本[条款项]|前述|(?<![应活])该(?=[\u4e00-\u9fff])|此[条款项类种]"
)
_LATIN, _SENTENCE = regex(r"[A-Za-z]"), regex(r"[，。！？；,.!?;]")
#: Tags of the cells and rows of a table.
_CELL = regex(r"(?i)</?t(?:[dhr]|head|body)\b")

Verdict = Reason | None


def judge(case: Case, level: Level) -> Verdict:
    """Say why a copy stays at a level, or None when it goes."""
    stays = _alone(case, level)
    if stays is None and case.row:
        if level not in case.torn:
            case.torn[level] = any(_alone(other, level) is not None for other in case.row)
        return Reason("torn") if case.torn[level] else None
    return stays


def _alone(case: Case, level: Level) -> Verdict:
    if level not in case.verdicts:
        case.verdicts[level] = _judge(case, level)
    return case.verdicts[level]


def lowest_level(case: Case) -> Level | None:
    """Give the lowest level at which a copy goes, None where it stays at all."""
    least = _least(case)
    levels = [level for level in Level if least is not None and level.rank >= least.rank]
    return next((level for level in levels if judge(case, level) is None), None)


def _least(case: Case) -> Level | None:
    """Give the lowest level that the table allows, None for none."""
    return TABLE[case.rule].get("exact" if _is_cut_off(case) else case.likeness)


def _judge(case: Case, level: Level) -> Verdict:
    if case.likeness == "meaning" and case.comparison.guarded:
        return differs(case)
    for check in (own.of_its_own,) if case.copy.of_its_own else CHECKS[case.rule]:
        reason = check(case, level)
        if reason is not None:
            return reason
    least = _least(case)
    if least is None or level.rank < least.rank:
        return differs(case) if case.likeness == "meaning" else Reason("level", (level.value,))
    return _unlike(case) or place.broken(case)


def _is_cut_off(case: Case) -> bool:
    """Tell whether a second page only breaks off, or lacks its beginning: it is the first to the letter otherwise.

    Whole lines or sentences that the first has more may be a title, which somebody gave it alone.
    """
    cut = case.rule == "whole-document" and case.likeness == "contained"
    return cut and all(
        d.kind == "cut-end" and not d.removed and (len(d.kept) > TITLE or not _is_whole(case, d.kept))
        for d in case.comparison.differences
    )


def _is_whole(case: Case, missing: str) -> bool:
    """Tell whether what is missing at an end of the kept copy may stand by itself: no sentence is cut there."""
    (start, end), missing = case.shown_kept, squash(missing)
    begins = squash(case.page.layout.slice(start, start + len(missing))) == missing
    at = start + len(missing) if begins else end - len(missing)
    beside = case.page.layout.exact[at - 1 : at + 1]
    return not (all(map(str.isalpha, beside)) and _SENTENCE.search(missing))


def _unlike(case: Case) -> Verdict:
    """Hold back what is guarded and what is not alike enough."""
    comparison, settings = case.comparison, case.page.settings
    if comparison.likeness == "contained" and case.rule == "repeated-block" and comparison.score < MOST:
        return Reason("part-of-block")
    if comparison.likeness != "meaning":
        return None
    if (label := inner_label(case)) is not None:
        return label
    if comparison.guarded or case.similarity < settings.threshold or _is_parallel(case) or loses_sentence(case):
        return differs(case)
    return None


def _is_parallel(case: Case) -> bool:
    """Tell whether two passages are made alike on purpose: the same word stands for the other again and again.

    And where every few words another one stands, the sentence is a pattern; 甲 and 乙 are two parties of one contract.
    """
    told = [(d.removed, d.kept) for d in case.comparison.differences if d.kind not in NOISE]
    if any(set() < set(one) ^ set(other) <= _PARTIES for one, other in told):
        return True
    again = len(set(told)) < len(told) or len({word for pair in told for word in pair}) < 2 * len(told) - 1
    return again or case.words < MEANING_WORDS * max(1, len(told))


def differs(case: Case) -> Reason:
    """Name the weightiest difference: one that stays at every level before one that does not."""
    told = min(case.comparison.differences, key=lambda d: (d.kind not in GUARDED, d.kind in NOISE), default=None)
    if told is None:
        return Reason("level", (case.page.settings.level.value,))
    return Reason("differs", (told.kept or "∅", told.removed or "∅", told.kind))


def _words(case: Case, needed: int) -> Verdict:
    """Ask for so many words, or the letters of Latin text that are as many."""
    if case.words >= needed:
        return None
    if needed >= TANDEM_WORDS and len(_LATIN.findall(case.text)) >= LATIN_LETTERS and not any(map(is_han, case.text)):
        return None
    return Reason("short-words", (str(case.words), str(needed)))


def _kinds(case: Case, level: Level) -> Verdict:
    """Hold back what is protected by itself: tables, code, records, rules."""
    kind = next((leaf.kind for leaf in case.leaves if leaf.kind in PROTECTED), None)
    if kind == "tag" and (_CELL.search(case.text) or not case.copy.lines):
        return Reason("protected-kind", ("row",) if _CELL.search(case.text) else ("tag",))
    if kind is not None and not (case.prose_words >= SECTION_WORDS and kind in ("code", "row", "tag", "math", "html")):
        return Reason("protected-kind", (kind,))
    kinds = {leaf.kind for leaf in case.leaves} - {"heading"}
    return Reason("verse") if kinds == {"verse"} and not refrains.is_retyped(case) else None


def _only_prose(case: Case, level: Level) -> Verdict:
    prose = PROSE if level is AGGRESSIVE else PROSE - {"quote", "item"}  # which are containers of their own
    if level is AGGRESSIVE and case.words - refrains.count_sung_words(case) >= BLOCK_MOST:
        prose |= {"verse"}  # which came along with a story
    kind = next((leaf.kind for leaf in case.leaves if leaf.kind not in prose), None)
    if kind is not None:
        return Reason("verse") if kind == "verse" else Reason("protected-kind", (kind,))
    return Reason("verse") if case.page.is_verse(case.removed) else None


def _section_body(case: Case, level: Level) -> Verdict:
    if case.words < SECTION_WORDS:
        return Reason("short-words", (str(case.words), str(SECTION_WORDS)))
    if place.recurring_headings(case):
        return Reason("recurring-headings")
    return None if level is AGGRESSIVE and case.likeness != "meaning" else place.other_place(case)


def _tandem_size(case: Case, level: Level) -> Verdict:
    copy = case.copy
    short = level is AGGRESSIVE and not copy.lines and case.unit >= TANDEM_SHORT
    if short and case.likeness != "meaning":
        return _words(case, LINES_WORDS)
    needed = TANDEM if level is SAFE or not copy.lines else LINES
    size = case.page.size(case.unit_range)
    if size < needed:
        return Reason("short", (str(size), str(needed)))
    return _words(case, LINES_WORDS if copy.lines else TANDEM_WORDS)


def _tandem_text(case: Case, level: Level) -> Verdict:
    if (said := spoken.on_purpose(case)) is not None:
        return said
    if case.likeness == "contained" and cuts_sentence(case):
        return Reason("torn")
    if case.copy.lines and (verse := refrains.among_verse(case)) is not None:
        return verse
    return place.title_lead(case) or place.other_kind(case) or place.signs_before(case) or other_entry(case)


def _loop(case: Case, level: Level) -> Verdict:
    if not case.words:
        return Reason("few-letters")
    return spoken.called(case)


def _needed(case: Case, level: Level) -> int:
    """Give the words that a repeated block needs: 30 in a document of up to 20 blocks, rising to 60 from 200 on."""
    if case.page.settings.min_chars:
        return case.page.settings.min_chars
    if level is AGGRESSIVE:
        return BLOCK_AGGRESSIVE
    blocks = max(FEW_BLOCKS, case.page.tree.count(MANY_BLOCKS))
    share = (blocks - FEW_BLOCKS) / (MANY_BLOCKS - FEW_BLOCKS)
    return round(BLOCK_FEW + (BLOCK_MOST - BLOCK_FEW) * share)


def _block(case: Case, level: Level) -> Verdict:
    if not case.copy.lines or not place.whole_leaves(case) or is_part_of_wrapped(case):
        return Reason("part-of-block")
    texts = [case.page.tree.text[leaf.start : leaf.end] for leaf in case.leaves]
    return _words(case, _needed(case, level)) or _formula(case, level, texts) or _short_passage(case, level, texts)


def _formula(case: Case, level: Level, texts: list[str]) -> Verdict:
    """Hold back short clauses with numbers, lines that lead on, and titles."""
    numbers = all(map(_NUMBERED.match, texts)) and (level is not AGGRESSIVE or case.unit < _LONG * len(texts))
    if numbers or (len(texts) == 1 and case.unit < _LONG and _ARTICLE.match(texts[0])):
        return Reason("enumerated")
    if all(text.rstrip()[-1:] in "：:" for text in texts) and case.words < BLOCK_MOST:
        return Reason("leads-on")
    if (level is not AGGRESSIVE or are_signatures(case, texts)) and not _holds_sentence(case, texts):
        return Reason("no-sentence")
    return None


def _short_passage(case: Case, level: Level, texts: list[str]) -> Verdict:
    """Hold back short passages that point back, and dialogue; also long ones beside what others said."""
    if case.unit >= _LONG:
        return Reason("dialogue") if level is not AGGRESSIVE and spoken.is_named(case) else None
    if back := _POINTS_BACK.search(case.text):
        return Reason("points-back", (back[0],))
    if len(texts) == 1 and level is not AGGRESSIVE and spoken.is_said(case):
        return Reason("dialogue")
    return None


def _holds_sentence(case: Case, texts: list[str]) -> bool:
    """Tell whether a block ends like a sentence, in one of the copies: the other may have lost its mark."""
    return any(map(_is_sentence, texts)) or _is_sentence(case.page.layout.slice(*case.kept))


def _is_sentence(text: str) -> bool:
    bare = text.rstrip().rstrip("*_`~")
    return ends_sentence(bare) or (bare[-1:] in "）)】" and any(mark in bare for mark in "。！？!?；;，"))


def _block_place(case: Case, level: Level) -> Verdict:
    if level is SAFE:
        return Reason("level", (level.value,))
    kept = place.other_kind(case) or place.other_label(case, level is AGGRESSIVE)
    anywhere = level is AGGRESSIVE and (case.likeness in ("exact", "noise") or case.words >= BLOCK_MOST)
    return kept or (None if anywhere else place.other_place(case))


def _running(case: Case, level: Level) -> Verdict:
    """Hold back what stands in verse, lists, tables and code; below aggressive all that is so short."""
    if level is not AGGRESSIVE:
        return Reason("level", (level.value,))
    kind = next((leaf.kind for leaf in case.leaves if leaf.kind != "paragraph"), None)
    if kind is not None:
        return Reason("verse") if kind == "verse" else Reason("protected-kind", (kind,))
    return Reason("numbered") if _OPTION.match(case.text) else refrains.beside_verse(case)


Check = Callable[[Case, Level], Verdict]
CHECKS: dict[str, tuple[Check, ...]] = {
    "whole-document": (),
    "section": (_section_body,),
    "tandem": (_kinds, _tandem_size, _tandem_text),
    "loop": (_kinds, _loop),
    "repeated-block": (_only_prose, _block, _block_place),
    "running-line": (_running,),
}
