"""Recognise EUC-TW, for which Python has no codec.

Its characters are those of CNS 11643: plane 1 in two bytes, the others in four. Plane 1 holds the 5,401 hanzi of
Big5's first level in nearly the same order (RFC 1922 lists the few that moved), which is enough to judge whether the
bytes read as Chinese. Nothing here is good enough to convert a text.
"""

from __future__ import annotations

import re
from functools import cache

from dedupe_cn.encoding import frequencies, likelihood
from dedupe_cn.encoding.candidate import Candidate
from dedupe_cn.encoding.candidates import NOISE, SAMPLE_BYTES, sample_lines
from dedupe_cn.regex import regex

NAME = "euc-tw"
#: Nats for an encoding that hardly any text is in.
SELDOM = 6.0
#: Rows of symbols (A1-A8, C2) and of hanzi (C4-FD), and four bytes for the other planes. Hardly any GBK text of some
#: length does without the rows between them, which hold its commonest hanzi.
_GRAMMAR = regex(
    rb"(?:[\x00-\x7f]++|(?:[\xa1-\xa8\xc2\xc4-\xfd][\xa1-\xfe])++|\x8e[\xa1-\xb0][\xa1-\xfe]{2})*+[\x8e\xa1-\xfe]{0,3}\Z"
)
_FIRST_HANZI = 0xC4  # lead byte of the first hanzi of plane 1
#: Where plane 1 leaves the order of Big5: ranges of Big5 (first, last) in the order of plane 1 (RFC 1922, appendix).
_ORDER = (
    (0xA440, 0xACFD), (0xAD40, 0xAFCF), (0xACFE, 0xACFE), (0xAFD0, 0xBBC7), (0xBE52, 0xBE52), (0xBBC8, 0xBE51),
    (0xBE53, 0xC1AA), (0xC2CB, 0xC2CB), (0xC1AB, 0xC2CA), (0xC2CC, 0xC360), (0xC456, 0xC456), (0xC361, 0xC3B8),
    (0xC3BA, 0xC3BA), (0xC3B9, 0xC3B9), (0xC3BB, 0xC455), (0xC457, 0xC67E),
)  # fmt: skip


@cache
def plane_one() -> str:
    """Give the hanzi of plane 1 in order."""
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    codes = [lead << 8 | trail for lead in range(0xA4, 0xC7) for trail in trails]
    ordered = [code for first, last in _ORDER for code in codes if first <= code <= last]
    return b"".join(code.to_bytes(2, "big") for code in ordered).decode("big5")


def weigh_euc_tw(data: bytes) -> Candidate | None:
    """Score the data as EUC-TW, comparable with the other candidates; None when its grammar does not fit."""
    sample = data if len(data) <= SAMPLE_BYTES else sample_lines(data)
    if not _GRAMMAR.match(sample):
        return None
    text = approximate(sample)
    codes = frequencies.code_points(text)
    foreign = codes[codes > 0x7F]
    if not len(foreign):
        return None
    score = likelihood.log_likelihood(codes, "hant") - SELDOM
    mean = likelihood.mean(foreign, "hant")
    return Candidate(
        NAME, score, "hant", score + NOISE * len(sample), mean, len(foreign), likelihood.count_kinds(foreign)
    )


def approximate(data: bytes) -> str:
    """Read EUC-TW well enough to judge it: hanzi of plane 1 and the commonest marks right, a filler for the rest."""
    hanzi = plane_one()
    marks = {b"\xa1\xa1": "　", b"\xa1\xa2": "，", b"\xa1\xa3": "、", b"\xa1\xa4": "。"}

    def read(match: re.Match[bytes]) -> str:
        pair = match[0]
        if len(pair) == 4:
            return "\u9fa5"
        index = (pair[0] - _FIRST_HANZI) * 94 + pair[1] - 0xA1
        if 0 <= index < len(hanzi):
            return hanzi[index]
        return marks.get(pair, "─" if pair[0] <= 0xA7 else "\ue000")

    parts: list[str] = []
    end = 0
    for match in re.finditer(rb"\x8e[\xa1-\xb0][\xa1-\xfe]{2}|[\xa1-\xfe]{2}", data):
        parts += (data[end : match.start()].decode("ascii", "ignore"), read(match))
        end = match.end()
    return "".join(parts) + data[end:].decode("ascii", "ignore")
