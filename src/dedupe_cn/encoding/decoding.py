"""Turn bytes into text, or say that the encoding is not certain.

A wrong encoding destroys a text, so every guess must be better than its best rival by a margin and must read like
text of its language in absolute terms. What is not certain still comes back with its candidates, marked as such.
The order: byte order mark; ASCII and what hides in it; strict UTF-8; then the candidates of candidates.py.
"""

from __future__ import annotations

from codecs import BOM_UTF16_LE
from typing import TYPE_CHECKING, NamedTuple

from dedupe_cn.encoding.binary import has_binary_bytes
from dedupe_cn.encoding.candidate import Candidate, offered
from dedupe_cn.encoding.codes import read_as
from dedupe_cn.encoding.damage import Loss, count_cuts, decode_lossy
from dedupe_cn.encoding.doubts import Doubt, listed
from dedupe_cn.encoding.encodings import (
    BOMS,
    BY_LINE,
    GB_18030_MARK,
    NO_CODEC,
    PER_LINE,
    WIDER,
    canonical,
    is_wide,
    split_mark,
)
from dedupe_cn.errors import DecodingError
from dedupe_cn.regex import regex

if TYPE_CHECKING:
    from dedupe_cn.encoding.lines import Part
    from dedupe_cn.shape import Container, Shape

__all__ = ["NO_CODEC", "Decoded", "canonical", "decode", "decode_as", "require_certain"]

#: Bytes up to which text that is valid UTF-8 may be so by chance.
SHORT = 1024
#: Broken sequences per character up to which a byte order mark is believed.
TRUSTED_DAMAGE = 0.02
_BEYOND_TWO_BYTES = regex("[^\x00-\u07ff]")
_UNUSUAL = regex("[^\\x00-\u017f\u0384-\u03ce\u0400-\u045f\u0490\u0491\u05d0-\u05ea\u060c-\u065f\u06cc]")


class Decoded(NamedTuple):
    """A text and how it was read.

    ``encoding`` is Python's name of the codec (``utf-8`` for ASCII too), ``confidence`` a number from 0 to 1 that
    follows the margin. ``legible`` says that the encoding is beyond doubt; ``certain`` that the text is, too: a cut
    first or last character may be missing, nothing inside. ``errors`` are the places that were lost (U+FFFD in the
    text), ``mixed`` the lines (from 1) that are in another encoding, ``doubt`` says why it is not certain. ``parts``
    are the encodings by line of a text that was read line by line; ``odd`` says that lines in it hardly read like text.
    ``hinted`` says that the bytes left the encoding open, and a hint has settled it. ``container`` is what the text
    came out of, where it is not the file itself.
    """

    text: str
    encoding: str
    certain: bool
    confidence: float
    candidates: tuple[Candidate, ...] = ()
    bom: bool = False
    errors: tuple[Loss, ...] = ()
    legible: bool = True
    mixed: tuple[int, ...] = ()
    doubt: Doubt | None = None
    parts: tuple[Part, ...] = ()
    odd: bool = False
    hinted: bool = False
    container: Container | None = None

    @property
    def shape(self) -> Shape | None:
        """Give the pieces of a text that came out of a container."""
        return self.container.shape if self.container is not None else None

    @property
    def reason(self) -> str:
        """Say in English why it is not certain; empty when it is."""
        return self.doubt.words("en") if self.doubt else ""

    @property
    def lossy(self) -> bool:
        """Tell whether bytes were lost: writing this text back would destroy them."""
        return bool(self.errors)

    @property
    def reversible(self) -> bool:
        """Tell whether the text gives the very bytes again that it was read from, so that nobody need keep them."""
        return self.encoding == "utf-8" and not self.bom and not self.errors and self.container is None


def decode(data: bytes, encoding: str | None = None, hint: str = "") -> Decoded:
    """Decode a text whose encoding is named or has to be found.

    With ``encoding`` the bytes must be valid in it (GB 2312 and GBK are read as GB 18030): DecodingError names the
    place otherwise. ``per-line`` reads each line by itself. Without a name nothing is raised, whatever the bytes are.
    ``hint`` is an encoding that git's attributes name, say: the answer where the bytes leave it open, and are valid.
    """
    if encoding is not None and encoding != "auto":
        return decode_as(data, encoding)
    decoded = _find_out(data)
    if not (decoded.mixed or _is_of_one_kind(data, decoded)):
        from dedupe_cn.encoding.lines import other_lines

        decoded = _doubt_lines(decoded, *other_lines(data, decoded.encoding))
    if decoded.legible or decoded.mixed or not hint:
        return decoded
    return _take_hint(data, decoded, hint)


def _take_hint(data: bytes, decoded: Decoded, hint: str) -> Decoded:
    """Read what is not certain as a hint says, unless that does not fit, is no text, or leaves the byte order open."""
    try:
        name = canonical(hint)
        if name in ("utf-16", "utf-32", PER_LINE) or (has_binary_bytes(data) and not is_wide(name)):
            return decoded
        named = decode_as(data, name)
    except DecodingError:
        return decoded
    return named._replace(confidence=decoded.confidence, candidates=decoded.candidates, hinted=True)


def _find_out(data: bytes) -> Decoded:
    """Decode a text whose encoding is not named, as if it had one alone."""
    for mark, codec in BOMS:
        if data.startswith(mark):
            return _decode_marked(data, mark, codec)
    if data.isascii():
        return _decode_ascii(data)
    text = _strict_utf_8(data)
    if text is None:
        return _guess(data)
    if has_binary_bytes(data) or (len(data) <= SHORT and _may_be_double_byte(text)):
        return _guess(data, valid_utf_8=True)
    return Decoded(text, "utf-8", True, 1.0)


def _is_of_one_kind(data: bytes, decoded: Decoded) -> bool:
    """Tell whether nothing hints at a second encoding, UTF-16 among them, so that no line need be looked at."""
    if decoded.encoding in ("utf-16-le", "utf-16-be"):
        return False
    if decoded.legible and not decoded.odd:
        return decoded.encoding not in BY_LINE or not (decoded.errors or b"\0" in data)
    return decoded.encoding in NO_CODEC or is_wide(decoded.encoding)


def _doubt_lines(decoded: Decoded, own: str, mixed: tuple[int, ...]) -> Decoded:
    """Mark a text as uncertain in which lines are in another encoding than its ``own``, if there are any."""
    if not mixed:
        return decoded
    doubt = Doubt("mixed-lines" if len(mixed) > 1 else "mixed-line", (listed(mixed), own))
    return decoded._replace(certain=False, legible=False, mixed=mixed, doubt=doubt)


def _strict_utf_8(data: bytes) -> str | None:
    """Read valid UTF-8; None for anything else."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _decode_marked(data: bytes, mark: bytes, codec: str) -> Decoded:
    """Read what is behind a byte order mark; some programs put one in front of anything."""
    decoded = _finish(data, codec, mark=mark)
    if len(decoded.errors) <= 1 + TRUSTED_DAMAGE * len(decoded.text):
        return decoded
    if codec == "utf-32-le" and not len(data) % 2:  # the mark of UTF-16, and a first character U+0000
        return _decode_marked(data, BOM_UTF16_LE, "utf-16-le")
    guessed = _guess(data[len(mark) :])
    errors = tuple(loss._replace(offset=loss.offset + len(mark)) for loss in guessed.errors)
    return guessed._replace(bom=True, errors=errors)


def _may_be_double_byte(text: str) -> bool:
    """Tell whether valid UTF-8 could be a few GBK characters by chance: 实施诈骗 in GBK is valid UTF-8 for ʵʩթƭ.

    Only two-byte sequences can be both. Latin text has ASCII letters in between, and no letters of the rarer kinds.
    """
    if _BEYOND_TWO_BYTES.search(text):
        return False
    if _UNUSUAL.search(text):
        return True
    return sum(c > "\x7f" for c in text) > sum(c.isascii() and c.isalpha() for c in text)


def decode_as(data: bytes, encoding: str) -> Decoded:
    """Decode strictly in an encoding that a person named. A byte order mark of that encoding is dropped.

    Raises DecodingError for an unknown name, or with the line and byte of the first broken sequence.
    """
    name = canonical(encoding)
    if name == PER_LINE:
        from dedupe_cn.encoding.lines import read_lines

        text, parts = read_lines(data, decode)
        return Decoded(text, PER_LINE, True, 1.0, parts=parts)
    problem = DecodingError.of("not-encoding", encoding=name)
    for codec in WIDER.get(name, (name,)):
        body, bom, codec = split_mark(data, codec)
        try:
            return Decoded(read_as(body, codec), codec, True, 1.0, bom=bom)
        except UnicodeDecodeError as error:
            if problem.code == "not-encoding":
                at = error.start + len(data) - len(body)
                line, broken = data.count(b"\n", 0, at) + 1, body[error.start : error.end][:4].hex(" ").upper()
                problem = DecodingError.of("not-encoding-at", line=line, offset=at, data=broken, encoding=name)
        except UnicodeError:  # codecs such as punycode name no place
            continue
    if (found := decode(data)).mixed:
        raise DecodingError.of("not-encoding-alone", lines=listed(found.mixed), encoding=name)
    raise problem


def _decode_ascii(data: bytes) -> Decoded:
    """Read ASCII bytes: plain, or with HZ, ISO 2022 or UTF-16 hidden in them."""
    text = data.decode("ascii")
    if b"\x1b$" in data:
        from dedupe_cn.encoding.escapes import iso_2022_name

        name = iso_2022_name(data)
        if name in NO_CODEC:
            return _refuse(text, name)
        if name is not None:
            return _finish(data, name)
    if b"~{" in data:
        from dedupe_cn.encoding.escapes import reads_as_hz

        hz = reads_as_hz(data)
        if hz:
            return _finish(data, "hz")
        if hz is None:
            doubt = Doubt("hz-or-ascii")
            return Decoded(text, "utf-8", False, 0.5, _named("utf-8", "hz"), legible=False, doubt=doubt)
    if has_binary_bytes(data):
        return _guess(data)
    return Decoded(text, "utf-8", True, 1.0)


def _named(*encodings: str) -> tuple[Candidate, ...]:
    """Make candidates that were not scored."""
    return tuple(Candidate(name, 0.0) for name in encodings)


def _refuse(text: str, encoding: str) -> Decoded:
    """Answer with an encoding that is recognised but cannot be read."""
    doubt = Doubt("no-codec", (encoding.upper(),))
    return Decoded(text, encoding, False, 0.0, _named(encoding), legible=False, doubt=doubt)


def _guess(data: bytes, valid_utf_8: bool = False) -> Decoded:
    """Find the encoding by what reads best, and decode by it. Valid UTF-8 stays so unless Chinese reads much better."""
    from dedupe_cn.encoding.candidates import is_monotonous
    from dedupe_cn.encoding.guessing import MARGIN, guess
    from dedupe_cn.encoding.mixture import mixed_lines

    found = guess(data)
    if valid_utf_8 and not has_binary_bytes(data):
        best = found.candidates[0]
        own = next(c.score for c in found.candidates if c.encoding == "utf-8")
        needed = 0 if _UNUSUAL.search(data.decode("utf-8")) or is_monotonous(best) else MARGIN
        if not best.chinese or best.score < own + needed:
            return Decoded(data.decode("utf-8"), "utf-8", True, 1.0, found.candidates)
    if found.encoding in NO_CODEC:
        refused = _refuse(data.decode("ascii", "replace"), found.encoding)
        return refused._replace(candidates=found.candidates)
    decoded = _finish(data, found.encoding, found.candidates, found.confidence, skip=found.skip)
    if found.sure:
        odd, mixed = mixed_lines(data, decoded.text, decoded.encoding)
        return _doubt_lines(decoded._replace(odd=odd), decoded.encoding, mixed)
    return decoded._replace(certain=False, legible=False, doubt=found.doubt)


def _finish(
    data: bytes,
    codec: str,
    candidates: tuple[Candidate, ...] = (),
    confidence: float = 1.0,
    mark: bytes = b"",
    skip: int = 0,
) -> Decoded:
    """Decode everything in an encoding that is settled, and note what was lost.

    ``mark`` is the byte order mark in front, ``skip`` the number of bytes in front that belong to a cut character.
    """
    if codec == "gb18030" and data.startswith(GB_18030_MARK):
        mark = GB_18030_MARK
    start = skip or len(mark)
    text, losses = decode_lossy(data[start:], codec)
    front, back = count_cuts(data[start:], codec, [(e.offset, e.offset + len(e.data)) for e in losses])
    inside = len(losses) - front - back
    errors = tuple(Loss(e.offset + start, e.data, e.position + bool(skip)) for e in losses)
    if skip:
        text, errors = "\ufffd" + text, (Loss(0, data[:skip], 0), *errors)
    doubt = Doubt("broken-places" if len(errors) > 1 else "broken-place", (str(len(errors)),)) if inside else None
    candidates = candidates or _named(codec)
    return Decoded(text, codec, not inside, confidence, candidates, bool(mark), errors, doubt=doubt)


def require_certain(decoded: Decoded, where: str = "input") -> Decoded:
    """Give the text back when its encoding is beyond doubt, else raise DecodingError with the candidates named."""
    hint = f"use --encoding {PER_LINE}" if decoded.mixed else "use --encoding NAME"
    if decoded.encoding in NO_CODEC:
        raise DecodingError(f"{where}: {decoded.reason}", f"run iconv -f {decoded.encoding.upper()} -t UTF-8 first")
    if not decoded.legible:
        names = offered(decoded.candidates)
        told = f" (candidates: {', '.join(names)})" if names else ""
        raise DecodingError(f"{where}: the encoding is not certain: {decoded.reason}{told}", hint)
    return decoded
