"""Describe a file for a person: its encoding and the rivals, line ends, lost places and what looks suspicious."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dedupe_cn.encoding.binary import has_binary_bytes
from dedupe_cn.encoding.candidate import Candidate
from dedupe_cn.encoding.codes import GB, Edition, edition
from dedupe_cn.encoding.damage import Loss
from dedupe_cn.encoding.decoding import decode
from dedupe_cn.encoding.doubts import Doubt
from dedupe_cn.encoding.encodings import is_wide
from dedupe_cn.model import Warning as Finding


@dataclass(frozen=True, slots=True)
class Detection:
    """What is known of the bytes of a file.

    ``newline`` is ``lf``, ``crlf``, ``cr``, ``mixed`` or ``none``. ``mixed_lines`` (from 1) are in another encoding
    than the rest. ``losses`` are the byte sequences without meaning, ``doubt`` says why something is not certain.
    ``edition`` is that of GB 18030 whose codes the file holds, where it holds any that the first one lacks.
    ``hinted`` says that the bytes left the encoding open, and a hint has settled it.
    """

    encoding: str
    certain: bool
    legible: bool
    confidence: float
    candidates: tuple[Candidate, ...]
    bom: bool
    newline: str
    binary: bool
    mixed_lines: tuple[int, ...]
    losses: tuple[Loss, ...]
    suspicious: tuple[Finding, ...]
    doubt: Doubt | None
    edition: Edition | None
    hinted: bool

    @property
    def reason(self) -> str:
        """Say in English why something is not certain; empty when nothing is."""
        return self.doubt.words("en") if self.doubt else ""


def describe(
    data: bytes, hint: str = "", look: Callable[[str], tuple[Finding, ...]] | None = None
) -> Detection:
    """Describe bytes. ``look`` finds what is suspicious in a text; it sees only text whose encoding is beyond doubt.

    ``hint`` is as for :func:`~dedupe_cn.encoding.decoding.decode`.
    """
    decoded = decode(data, hint=hint)
    binary = not (decoded.legible or decoded.mixed) and looks_binary(data)
    return Detection(
        encoding=decoded.encoding,
        certain=decoded.certain,
        legible=decoded.legible,
        confidence=decoded.confidence,
        candidates=decoded.candidates,
        bom=decoded.bom,
        newline=newline_style(decoded.text) if decoded.legible else "none",
        binary=binary,
        mixed_lines=decoded.mixed,
        losses=decoded.errors,
        suspicious=look(decoded.text) if look and decoded.legible else (),
        doubt=decoded.doubt,
        edition=edition(data) if decoded.legible and decoded.encoding == GB else None,
        hinted=decoded.hinted,
    )



def looks_binary(data: bytes) -> bool:
    """Tell whether data is no text at all: more control bytes than text has, and not UTF-16 or UTF-32, even in part."""
    if not has_binary_bytes(data):
        return False
    decoded = decode(data)
    return not decoded.mixed and not (decoded.legible and is_wide(decoded.encoding))


def newline_style(text: str) -> str:
    """Name the line ends of a text: ``lf``, ``crlf``, ``cr``, ``mixed``, or ``none`` when there is no line end."""
    crlf = text.count("\r\n")
    counts = {"crlf": crlf, "lf": text.count("\n") - crlf, "cr": text.count("\r") - crlf}
    used = [name for name, number in counts.items() if number]
    return "none" if not used else used[0] if len(used) == 1 else "mixed"
