"""Turn bytes into text, or say that the encoding is not certain.

A wrong encoding destroys a text, so every guess must be better than its best rival by a margin and must read like
text of its language in absolute terms. What is not certain still comes back with its candidates, marked as such.
The order: byte order mark; ASCII and what hides in it; strict UTF-8; then the candidates of candidates.py.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from difflib import get_close_matches

from dedupe_cn.errors import DecodingError
from dedupe_cn.text.binary import has_binary_bytes
from dedupe_cn.text.candidates import Candidate
from dedupe_cn.text.damage import Loss, count_cuts, decode_lossy

#: Byte order marks, longest first, and the codec behind each.
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Encodings read by a wider one of the same family, in the order in which they are tried.
WIDER = {
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "big5": ("cp950", "big5hkscs", "big5"),
    "big5hkscs": ("big5hkscs", "cp950"),
    "euc_kr": ("cp949",),
    "shift_jis": ("cp932",),
    "ascii": ("utf-8",),
    "iso8859-1": ("cp1252", "iso8859-1"),
}
#: Bytes up to which text that is valid UTF-8 may be so by chance.
SHORT = 1024
_BEYOND_TWO_BYTES = re.compile("[\u0800-\U0010ffff]")
_UNUSUAL = re.compile("[^\\x00-\u017f\u0384-\u03ce\u0400-\u045f\u0490\u0491\u05d0-\u05ea\u060c-\u065f\u06cc]")
#: Encodings that are recognised although Python has no codec for them, and what to say.
NO_CODEC = {
    "euc-tw": "it looks like EUC-TW, which cannot be read here; convert it with iconv -f EUC-TW",
    "iso-2022-cn": "it looks like ISO-2022-CN, which cannot be read here; convert it with iconv -f ISO-2022-CN",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read.

    ``encoding`` is Python's name of the codec (``utf-8`` for ASCII too), ``confidence`` a number from 0 to 1 that
    follows the margin. ``legible`` says that the encoding is beyond doubt; ``certain`` that the text is, too: a cut
    first or last character may be missing, nothing inside. ``errors`` are the places that were lost (U+FFFD in the
    text), ``mixed`` the lines (from 1) that are in another encoding, ``reason`` says in words why it is not certain.
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
    reason: str = ""

    @property
    def lossy(self) -> bool:
        """Tell whether bytes were lost: writing this text back would destroy them."""
        return bool(self.errors)


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode a text whose encoding is named or has to be found.

    With ``encoding`` the bytes must be valid in it (GB 2312 and GBK are read as GB 18030): DecodingError names the
    place otherwise. Without it nothing is raised, whatever the bytes are.
    """
    if encoding is not None and encoding != "auto":
        return decode_as(data, encoding)
    for mark, codec in BOMS:
        if data.startswith(mark):
            return _finish(data[len(mark) :], codec, (), 1.0, bom=True)
    if data.isascii():
        return _decode_ascii(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data)
    if has_binary_bytes(data) or (len(data) <= SHORT and _may_be_double_byte(text)):
        return _guess(data, valid_utf_8=True)
    return Decoded(text, "utf-8", True, 1.0)


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
    first: UnicodeDecodeError | None = None
    for codec in WIDER.get(name, (name,)):
        body, bom, codec = _without_bom(data, codec)
        try:
            return Decoded(body.decode(codec), codec, True, 1.0, bom=bom)
        except UnicodeDecodeError as error:
            first = first or error
    assert first is not None
    broken = first.object[first.start : first.end][:4].hex(" ").upper()
    line = first.object.count(b"\n", 0, first.start) + 1
    raise DecodingError(
        f"line {line}, byte {first.start}: {broken} is not {name}",
        "use another --encoding, or leave it out to detect it",
    )


def _without_bom(data: bytes, codec: str) -> tuple[bytes, bool, str]:
    """Drop the byte order mark of an encoding, which says the byte order where the name does not."""
    for mark, name in BOMS:
        if data.startswith(mark) and name.startswith(codec.removesuffix("-sig")):
            return data[len(mark) :], True, name
    return data, False, {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}.get(codec, codec)


def canonical(encoding: str) -> str:
    """Give Python's name of an encoding; DecodingError with the nearest name when there is none."""
    try:
        info = codecs.lookup(encoding)
        "".encode(encoding)
    except (LookupError, ValueError):
        known = (
            "utf-8",
            "gb18030",
            "gbk",
            "gb2312",
            "big5",
            "cp950",
            "big5hkscs",
            "hz",
            "utf-16",
            "utf-32",
            "shift_jis",
        )
        near = get_close_matches(encoding.lower(), known, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]}?" if near else "use a name such as gb18030, big5 or utf-8"
        raise DecodingError(f"encoding {encoding!r} is unknown", NO_CODEC.get(encoding.lower(), hint)) from None
    return info.name


def _decode_ascii(data: bytes) -> Decoded:
    """Read ASCII bytes: plain, or with HZ, ISO 2022 or UTF-16 hidden in them."""
    text = data.decode("ascii")
    if b"\x1b$" in data:
        from dedupe_cn.text.escapes import iso_2022_name

        name = iso_2022_name(data)
        if name in NO_CODEC:
            return _refuse(text, name, NO_CODEC[name])
        if name is not None:
            return _finish(data, name, (), 1.0)
    if b"~{" in data:
        from dedupe_cn.text.escapes import reads_as_hz

        hz = reads_as_hz(data)
        if hz:
            return _finish(data, "hz", (), 1.0)
        if hz is None:
            return Decoded(
                text, "utf-8", False, 0.5, _named("utf-8", "hz"), legible=False, reason="it may be HZ or ASCII"
            )
    if has_binary_bytes(data):
        return _guess(data)
    return Decoded(text, "utf-8", True, 1.0)


def _named(*encodings: str) -> tuple[Candidate, ...]:
    """Make candidates that were not scored."""
    return tuple(Candidate(name, 0.0) for name in encodings)


def _refuse(text: str, encoding: str, reason: str) -> Decoded:
    """Answer with an encoding that is recognised but cannot be read."""
    return Decoded(text, encoding, False, 0.0, _named(encoding), legible=False, reason=reason)


def _guess(data: bytes, valid_utf_8: bool = False) -> Decoded:
    """Find the encoding by what reads best, and decode by it. Valid UTF-8 stays so unless Chinese reads much better."""
    from dedupe_cn.text.candidates import is_monotonous
    from dedupe_cn.text.guessing import MARGIN, guess
    from dedupe_cn.text.mixture import mixed_lines

    found = guess(data)
    if valid_utf_8 and not has_binary_bytes(data):
        best = found.candidates[0]
        own = next(c.score for c in found.candidates if c.encoding == "utf-8")
        needed = 0 if _UNUSUAL.search(data.decode("utf-8")) or is_monotonous(best) else MARGIN
        if not best.chinese or best.score < own + needed:
            return Decoded(data.decode("utf-8"), "utf-8", True, 1.0, found.candidates)
    if found.encoding in NO_CODEC:
        refused = _refuse(data.decode("ascii", "replace"), found.encoding, NO_CODEC[found.encoding])
        return replace(refused, candidates=found.candidates)
    decoded = _finish(data, found.encoding, found.candidates, found.confidence, skip=found.skip)
    if found.sure:
        mixed = mixed_lines(data, decoded.text, decoded.encoding)
        if not mixed:
            return decoded
        reason = f"line {_list(mixed)} is in another encoding than the rest, {decoded.encoding}"
        return replace(decoded, certain=False, legible=False, mixed=mixed, reason=reason)
    return replace(decoded, certain=False, legible=False, reason=found.reason)


def _list(numbers: tuple[int, ...]) -> str:
    """Name the first few numbers."""
    return ", ".join(map(str, numbers[:5])) + (", …" if len(numbers) > 5 else "")


def _finish(
    data: bytes, codec: str, candidates: tuple[Candidate, ...], confidence: float, bom: bool = False, skip: int = 0
) -> Decoded:
    """Decode everything in an encoding that is settled, and note what was lost."""
    text, errors = decode_lossy(data[skip:], codec)
    if skip:
        text = "\ufffd" + text
        errors = (Loss(0, data[:skip], 0), *(Loss(e.offset + skip, e.data, e.position + 1) for e in errors))
    front, back = count_cuts(data, codec, [(e.offset, e.offset + len(e.data)) for e in errors])
    inside = len(errors) - front - back
    reason = f"{len(errors)} broken places" if inside else ""
    return Decoded(text, codec, not inside, confidence, candidates or _named(codec), bom, errors, reason=reason)


def require_certain(decoded: Decoded, where: str = "input", lossless: bool = False) -> Decoded:
    """Give the text back when its encoding is beyond doubt, else raise DecodingError with the candidates named.

    With ``lossless`` a text that lost a byte is refused too: what is to be written must be whole.
    """
    hint = "use --encoding NAME"
    if not decoded.legible:
        names = list(dict.fromkeys(c.encoding for c in decoded.candidates))[:4]
        told = f" (candidates: {', '.join(names)})" if names else ""
        raise DecodingError(f"{where}: the encoding is not certain: {decoded.reason}{told}", hint)
    if lossless and decoded.lossy:
        first = decoded.errors[0]
        raise DecodingError(
            f"{where}: {len(decoded.errors)} broken places in {decoded.encoding}, first at byte {first.offset}", hint
        )
    return decoded
