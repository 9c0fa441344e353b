"""Score the encodings a text could be in by how likely the characters are that each of them makes of the bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dedupe_cn.encoding import frequencies, likelihood
from dedupe_cn.encoding.alike import level
from dedupe_cn.encoding.candidate import Candidate
from dedupe_cn.encoding.damage import TooDamagedError, count_cuts, decode_marked
from dedupe_cn.regex import regex

#: Bytes that are read to judge an encoding: more does not change a verdict, less makes damage weigh too much.
SAMPLE_BYTES = 48 * 1024
#: Nats for a broken sequence: about three characters of the wrong kind (evidence, section 2).
BROKEN = 30.0
#: Nats for characters cut off at the two ends of the data, where a cut is nothing unusual.
CUT = 8.0
#: Nats for leaving out the first byte: more than a rare hanzi in front could gain by falling apart.
SKIPPED = 14.0
#: Broken sequences a candidate may have before it is given up: this many, and this share of the bytes.
BROKEN_LEAST, BROKEN_SHARE = 24, 0.02

#: Nats for encodings that text is rarely found in: UTF-16 and UTF-32 without a byte order mark.
RARELY = 3.0
#: Nats that a random byte carries: log(256).
NOISE = 5.545
#: Nats by which a reading must be likelier than random bytes: these pass one time in 160,000 (exp(-12)).
NOISE_MARGIN = 12.0
#: The same for the non-ASCII characters alone, at two bytes each: one common hanzi amid ASCII proves nothing (ÄÖ is 哪
#: in GBK), two are enough.
FOREIGN_MARGIN = 6.0
#: Mean log probability of a non-ASCII character below which nothing is running text of its language (nats), for 8 and
#: fewer and for 32 and more characters. Measured on windows of 8: prose -6.5, one in a thousand -9.6; of 32: prose
#: -6.5, old poems full of rare hanzi down to -10.4. Random pairs of high bytes have -10.5, but as good rivals.
PLAUSIBLE, PLAUSIBLE_LONG = -9.4, -10.6
#: Different non-ASCII characters that a judgement needs: 为为为为 in GBK is ΪΪΪΪ in UTF-8, and nothing tells which.
KINDS = 4
#: Broken sequences per non-ASCII character that a plausible reading may have.
PLAUSIBLE_DAMAGE = 0.02
#: So many sound multi-byte characters prove UTF-8 in any language: hardly anything else fits its pattern.
UTF_8_PROOF = 10

ALL = frequencies.LANGUAGES


@dataclass(frozen=True, slots=True)
class Codec:
    """An encoding that is tried: its Python name, the languages it is used for, bytes per smallest unit."""

    name: str
    languages: tuple[str, ...]
    unit: int = 1


#: GB 2312, GBK and GB 18030 are one family; big5hkscs reads nearly all that cp950 reads (see decoding.py for which).
#: A handful of Western code pages stand for all of them: who of them it is says charset-normalizer.
CODECS: tuple[Codec, ...] = (
    Codec("gb18030", ("hans", "hant")),
    Codec("big5hkscs", ("hant",)),
    Codec("utf-8", ALL),
    Codec("cp932", ("ja",)),
    Codec("euc_jp", ("ja",)),
    Codec("cp949", ("ko",)),
    Codec("cp1252", ("latin",)),
    Codec("cp1250", ("latin",)),
    Codec("cp1251", ("script",)),
    Codec("koi8-r", ("script",)),
    Codec("iso8859-2", ("latin",)),
    Codec("cp1253", ("script",)),
    Codec("cp1255", ("script",)),
    Codec("cp1256", ("script",)),
    Codec("cp874", ("script",)),
    Codec("cp866", ("script",)),
)
#: Without a byte order mark. Every character of UTF-32 has a NUL byte; UTF-16 has one in every ASCII character.
UTF_16: tuple[Codec, ...] = (Codec("utf-16-le", ALL, 2), Codec("utf-16-be", ALL, 2))
UTF_32: tuple[Codec, ...] = (Codec("utf-32-le", ALL, 4), Codec("utf-32-be", ALL, 4))
#: Codecs that lose their step when the first character is cut in the middle, and find it again only at an ASCII byte.
STEPPED = frozenset(("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "utf-16-le", "utf-16-be"))


def rank_encodings(data: bytes) -> list[Candidate]:
    """Give the encodings that the data could be in, the best first.

    Encodings with too many broken sequences are left out. Data with NUL bytes is tried as UTF-16 and UTF-32 too,
    and so is all that fits the sample (Chinese without an ASCII character has no NUL in UTF-16).
    """
    wide = len(data) <= SAMPLE_BYTES or b"\0" in data[:SAMPLE_BYTES]
    sample = data[:SAMPLE_BYTES] if wide else sample_lines(data)
    whole = len(data) <= SAMPLE_BYTES
    codecs = CODECS + (UTF_16 if wide else ()) + (UTF_32 if b"\0" in sample else ())
    found = [weigh(sample, codec, whole=whole) for codec in codecs]
    ranked = _best_first(found)
    if sample[:1] >= b"\x40" and not (ranked and is_plausible(ranked[0])):
        found += [weigh(sample, codec, skip=1, whole=whole) for codec in codecs if codec.name in STEPPED]
        ranked = _best_first(found)
    return level(ranked, sample)


def _best_first(found: Iterable[Candidate | None]) -> list[Candidate]:
    """Sort candidates by score and keep the best of each encoding."""
    ranked: dict[str, Candidate] = {}
    for candidate in sorted((c for c in found if c is not None), key=lambda c: -c.score):
        ranked.setdefault(candidate.encoding, candidate)
    return list(ranked.values())


def weigh(sample: bytes, codec: Codec, skip: int = 0, whole: bool = True) -> Candidate | None:
    """Score a sample read in one encoding, or give None when too much of it is broken.

    ``whole`` says that the sample ends where the data ends, so that a character cut there costs little.
    """
    read = sample[skip:]
    if not whole and codec.unit > 1:
        read = read[: len(read) - len(read) % codec.unit]
    limit = BROKEN_LEAST + int(len(sample) * BROKEN_SHARE)
    try:
        text, places = decode_marked(read, codec.name, limit)
    except TooDamagedError:
        return None
    codes = frequencies.code_points(text)
    score, language = likelihood.best_language(codes, codec.languages)
    front, back = count_cuts(read, codec.name, places)
    if skip:
        front = 0  # what is left of the first character was skipped
    inside = len(places) - front - back
    cuts = bool(front) + back
    price = BROKEN * inside * max(1, codec.unit // 2) + CUT * cuts + SKIPPED * skip
    foreign = codes[(codes > 0x7F) & (codes != frequencies.MARK)]
    score -= price + (RARELY if codec.unit > 1 else 0)
    gain = score + NOISE * len(read)
    mean = likelihood.mean(foreign, language)
    kinds = likelihood.count_kinds(foreign)
    return Candidate(codec.name, score, language, gain, mean, len(foreign), kinds, inside, cuts + skip, skip)


def is_monotonous(candidate: Candidate) -> bool:
    """Tell whether a reading consists of so few different characters that frequencies prove nothing."""
    return candidate.kinds < min(KINDS, candidate.foreign)


def is_plausible(candidate: Candidate) -> bool:
    """Tell whether a reading could be text at all, however bad its rivals are."""
    if candidate.broken > 1 + PLAUSIBLE_DAMAGE * candidate.foreign or candidate.cut > candidate.foreign:
        return False
    if is_monotonous(candidate):
        return False
    if candidate.foreign == 0 or (candidate.encoding == "utf-8" and candidate.foreign >= UTF_8_PROOF):
        return True
    foreign_gain = candidate.foreign * (candidate.mean + 2 * NOISE)
    length = min(max(candidate.foreign - 8, 0) / 24, 1.0)
    least = PLAUSIBLE + (PLAUSIBLE_LONG - PLAUSIBLE) * length
    return candidate.mean >= least and candidate.gain >= NOISE_MARGIN and foreign_gain >= FOREIGN_MARGIN


_FOREIGN = regex(rb"[\x80-\xff]")


def sample_lines(data: bytes) -> bytes:
    """Collect lines with non-ASCII bytes from the front, the middle and the end of long data, 48 KB at most."""
    share = SAMPLE_BYTES // 3
    pieces: list[bytes] = []
    done = 0
    for start in (0, len(data) // 2, len(data) - 2 * share):
        position = max(done, start)
        if position:
            position = _line_start(data, position)
        size = 0
        while size < share:
            found = _FOREIGN.search(data, position)
            if found is None:
                break
            first = max(data.rfind(b"\n", position, found.start()) + 1, position)
            end = data.find(b"\n", found.start(), first + share)
            end = first + share if end < 0 else end + 1
            pieces.append(data[first:end])
            size += end - first
            position = done = end
    return b"".join(pieces)


def _line_start(data: bytes, position: int) -> int:
    """Find a place behind ``position`` where a character begins: a new line, or else behind ASCII below 0x30."""
    end = data.find(b"\n", position, position + SAMPLE_BYTES)
    if end >= 0:
        return end + 1
    found = re.compile(rb"[\t\r -/]").search(data, position, position + SAMPLE_BYTES)
    return found.end() if found else position
