"""Settle which encoding bytes are in that no mark and no structure betrays, or find that it is not certain."""

from __future__ import annotations

import codecs
import math
from dataclasses import dataclass

from dedupe_cn.encoding import frequencies
from dedupe_cn.encoding.big5 import Big5, choose_big5
from dedupe_cn.encoding.binary import has_binary_bytes
from dedupe_cn.encoding.candidate import Candidate
from dedupe_cn.encoding.candidates import (
    CODECS,
    SAMPLE_BYTES,
    STEPPED,
    is_monotonous,
    is_plausible,
    rank_encodings,
    sample_lines,
    weigh,
)
from dedupe_cn.encoding.damage import decode_marked
from dedupe_cn.encoding.doubts import Doubt
from dedupe_cn.encoding.encodings import is_wide
from dedupe_cn.encoding.euc_tw import NAME as EUC_TW
from dedupe_cn.encoding.euc_tw import weigh_euc_tw
from dedupe_cn.encoding.mixture import is_mostly_utf_8

#: Nats by which the best reading must beat every other: no wrong conversion in 6,960 Chinese items (evidence, 2).
MARGIN = 6.0
#: The same for Japanese and Korean: a row of Chinese names may look like Korean by a little more than that.
FOREIGN_MARGIN = 12.0
#: Nats per non-ASCII character that the margin must have as well. Chinese prose has 2.5 and more from 32 characters on
#: (1.6 at 8, one in a hundred); tables of kanji, hanja or hangul read as Chinese have 0 to 1.3, few of 8 up to 1.8.
MARGIN_PER_CHARACTER = 1.5
#: Letters beyond ASCII that a text in a one-byte encoding needs for a verdict.
LETTERS = 8
#: The margin of a candidate without rivals (nats).
BEYOND = math.inf
#: Bytes of the first line that are looked at for a cut first character.
FIRST_LINE = 4096
#: Codecs that count as Chinese when charset-normalizer names them.
_CHINESE_NAMES = ("gb", "big5", "cp950", "hz", "cp936")


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding, whether it is beyond doubt, and the candidates it was chosen from.

    ``confidence`` (0-1) follows the margin: 0.5 without any, 0.75 at the margin that is asked for, towards 1 beyond.
    ``skip`` bytes in front belong to a cut character; ``doubt`` says why it is not sure.
    """

    encoding: str
    sure: bool
    confidence: float
    candidates: tuple[Candidate, ...]
    skip: int = 0
    doubt: Doubt | None = None


def guess(data: bytes) -> Guess:
    """Find the encoding by what reads best; a file most of whose lines are UTF-8 is UTF-8 with something else in it."""
    found = guess_whole(data)
    if found.sure or has_binary_bytes(data) or not is_mostly_utf_8(data):
        return found
    return Guess("utf-8", True, confidence(MARGIN, True), found.candidates)


def guess_whole(data: bytes) -> Guess:
    """Find the one encoding in which the whole data reads best."""
    ranked = _ranked(data)
    if ranked and is_monotonous(ranked[0]):
        ranked = tuple(sorted(ranked, key=lambda c: not c.chinese or c.encoding == EUC_TW))
        encoding = _right_big5(data, ranked[0]).codec
        return Guess(encoding, False, 0.0, ranked, ranked[0].skip, Doubt("monotonous"))
    if not ranked or (ranked[0].language in frequencies.LETTERED and ranked[0].encoding[:3] != "utf"):
        return ask_charset_normalizer(data, ranked)
    best = ranked[0]
    ahead = _lead(ranked)
    binary = not is_wide(best.encoding) and has_binary_bytes(data)
    apart = ahead >= _margin(best) and _is_clear(ranked)
    sure = apart and is_plausible(best) and not binary
    right = _right_big5(data, best)
    encoding = right.codec
    skip = best.skip or (cut_in_front(data, best) if sure else 0)
    if sure and right.doubt is not None:
        twin = [best._replace(encoding=name) for name in right.doubt.values if name == "cp950"]
        return Guess(encoding, False, confidence(0.0, False), (best, *twin, *ranked[1:]), skip, right.doubt)
    doubt = None
    if binary:
        doubt = Doubt("binary")
    elif not apart:
        doubt = Doubt("either", (best.encoding, ranked[1].encoding))
    elif not sure:
        doubt = Doubt("no-text", (encoding,))
    return Guess(encoding, sure, confidence(ahead, sure), ranked, skip, doubt)


def _ranked(data: bytes) -> tuple[Candidate, ...]:
    """Give all candidates, the best first."""
    found = [*rank_encodings(data), weigh_euc_tw(data)]
    return tuple(sorted((c for c in found if c is not None), key=lambda c: -c.score))


def _margin(best: Candidate) -> float:
    """Give the distance (nats) that a reading must have from every other."""
    mostly_alike = 2 * best.alike > best.foreign  # kana: few are left to be a row of names
    return MARGIN if best.chinese or best.encoding[:3] == "utf" or mostly_alike else FOREIGN_MARGIN


def _right_big5(data: bytes, best: Candidate) -> Big5:
    """Give the codec of the best candidate, which may stand for both readings of Big5."""
    return choose_big5(data[best.skip :]) if best.encoding == "big5hkscs" else Big5(best.encoding)


def _lead(ranked: tuple[Candidate, ...]) -> float:
    """Give the distance (nats) of the best candidate from the next one that reads something else."""
    return next((ranked[0].score - c.score for c in ranked[1:] if _differ(ranked[0], c)), BEYOND)


def _is_clear(ranked: tuple[Candidate, ...]) -> bool:
    """Tell whether the best candidate is ahead of the next one in each counted language by what they differ in."""
    best = ranked[0]
    for rival in ranked[1:]:
        if rival.language in frequencies.COUNTED and (differ := _differ(best, rival)):
            if best.score - rival.score < MARGIN_PER_CHARACTER * differ:
                return False
            if not rival.alike:
                return True
    return True


def _differ(best: Candidate, rival: Candidate) -> int:
    """Count the non-ASCII characters that two candidates do not read alike."""
    return best.foreign - (best.alike if best.alike and rival.alike else 0)


def cut_in_front(data: bytes, best: Candidate) -> int:
    """Say how many bytes (0 or 1) in front belong to a cut character, by what makes the first line read better."""
    codec = next((c for c in CODECS if c.name == best.encoding), None)
    if codec is None or codec.name not in STEPPED or data[:1] < b"\x40":
        return 0
    line = data[: min(data.find(b"\n") + 1 or len(data), FIRST_LINE)]
    straight, skipped = weigh(line, codec), weigh(line, codec, skip=1)
    if skipped is None or not is_plausible(skipped):
        return 0
    return int(straight is None or skipped.score > straight.score + MARGIN)


def confidence(ahead: float, sure: bool) -> float:
    """Turn a margin into a number from 0 to 1; what is not sure stays below 0.5."""
    value: float = 1 - 0.5 * 0.5 ** (ahead / MARGIN)
    return round(value if sure else min(value, 0.99) / 2, 3)


def ask_charset_normalizer(data: bytes, ranked: tuple[Candidate, ...]) -> Guess:
    """Let charset-normalizer judge what does not read like Chinese, Japanese or Korean.

    Two judges who read the same text are believed. One alone is not: it is named as a candidate.
    """
    sample = data if len(data) <= SAMPLE_BYTES else sample_lines(data)
    names, text = _normalized(sample)
    listed = {c.encoding for c in ranked}
    candidates = (*ranked, *(Candidate(name, 0.0) for name in names if name not in listed))
    if not names or names[0].startswith(_CHINESE_NAMES):
        name = ranked[0].encoding if ranked else "latin-1"
        return Guess(name, False, 0.0, candidates, doubt=Doubt("not-chinese"))
    doubt = Doubt("perhaps", (min(names, key=lambda name: name not in listed),))
    agreed = next((c for c in ranked if _reads_as(sample, c, text)), None)
    if agreed is None or agreed.score < ranked[0].score:
        return Guess(names[0], False, 0.0, candidates, doubt=doubt)
    near = [c for c in ranked if c.score > agreed.score - MARGIN]
    sure = agreed.foreign >= LETTERS and is_plausible(agreed) and all(_reads_as(sample, c, text) for c in near)
    rival = next((c.score for c in ranked if c not in near), agreed.score - BEYOND)
    return Guess(names[0], sure, confidence(agreed.score - rival, sure), candidates, doubt=None if sure else doubt)


def _normalized(sample: bytes) -> tuple[list[str], str]:
    """Ask charset-normalizer for the encodings that may be the right one, and what text they all give."""
    from charset_normalizer import from_bytes

    match = from_bytes(sample).best()
    return [codecs.lookup(name).name for name in match.could_be_from_charset] if match else [], str(match)


def _reads_as(sample: bytes, candidate: Candidate, text: str) -> bool:
    """Tell whether a candidate in a one-byte encoding makes the same text of the sample."""
    if candidate.language not in frequencies.LETTERED or candidate.broken:
        return False
    return decode_marked(sample, candidate.encoding, len(sample))[0] == text
