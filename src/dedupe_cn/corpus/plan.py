"""The plan of a corpus run: everything that decides which documents go, checked once.

The answer depends on the plan and on the documents in their order, on nothing else: not on the engine, the number of
processes or the memory. The parameters that an index must share are in :meth:`CorpusPlan.parameters`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dedupe_cn.corpus.bands import VALUES, choose_bands
from dedupe_cn.errors import UsageError

#: Version of the signatures: raised when the same text gets other shingles, sketches or bands.
SIGNATURES = 1
UNITS = ("document", "paragraph")
FOLDS = ("space", "full")
#: Tokens of a shingle unless the plan says otherwise: five code points, or five words (design section 8).
_TOKENS = 5


@dataclass(frozen=True, slots=True)
class Shingle:
    """How a text is cut: ``kind`` auto, chars or words, and how many of them make a shingle.

    ``auto`` cuts a document that is mostly Latin letters into words, any other into code points.
    """

    kind: str = "auto"
    size: int = _TOKENS

    def __str__(self) -> str:
        return "auto" if self.kind == "auto" else f"{self.kind}:{self.size}"


@dataclass(frozen=True, slots=True)
class Keep:
    """The keep order: which of two similar documents is the earlier one. ``field`` only for ``priority``."""

    kind: str = "first"
    field: str = ""

    def __str__(self) -> str:
        return f"priority:{self.field}" if self.kind == "priority" else self.kind


@dataclass(frozen=True, slots=True)
class CorpusPlan:
    """What decides which documents (or paragraphs) go.

    ``threshold`` is the exact Jaccard similarity of shingles from which a document is removed (0.5-1). ``min_chars``
    (characters of the exact form) and ``min_docs`` are for paragraphs only.
    """

    threshold: float = 0.8
    keep: Keep = Keep()
    shingle: Shingle = Shingle()
    fold: str = "space"
    unit: str = "document"
    min_chars: int = 20
    min_docs: int = 2

    def __post_init__(self) -> None:
        if not 0.5 <= self.threshold <= 1:
            raise UsageError.of("number", name="threshold", value=self.threshold, least=0.5, most=1)
        if self.fold not in FOLDS:
            raise UsageError.of("choice", name="fold", value=self.fold, known=", ".join(FOLDS))
        if self.unit not in UNITS:
            raise UsageError.of("choice", name="unit", value=self.unit, known=", ".join(UNITS))
        for name, value, least in (("--min-chars", self.min_chars, 1), ("--min-docs", self.min_docs, 2)):
            if value < least:
                raise UsageError.of("count", name=name, value=value, least=least)

    @property
    def bands(self) -> tuple[int, int]:
        """Give bands and rows of the sketches: pairs that share a band are compared exactly."""
        return choose_bands(self.threshold)

    def misses(self, similarity: float) -> float:
        """Give the chance that two documents of a similarity share no band, so that they are never compared."""
        bands, rows = self.bands
        return float((1 - similarity**rows) ** bands)

    def parameters(self) -> dict[str, str | int | float]:
        """Name what two runs must share to use the same signatures (an index stores and checks them)."""
        bands, rows = self.bands
        return {
            "signatures": SIGNATURES,
            "values": VALUES,
            "threshold": self.threshold,
            "bands": bands,
            "rows": rows,
            "shingle": str(self.shingle),
            "fold": self.fold,
        }


def parse_shingle(text: str) -> Shingle:
    """Read ``auto``, ``chars:N`` or ``words:N`` (full-width colon accepted). Raises UsageError."""
    if text == "auto":
        return Shingle()
    found = re.fullmatch(r"(chars|words)[:：](\d{1,3})", text)
    if not found or int(found[2]) < 1:
        raise UsageError.of("form", name="--shingle", value=text, known="auto, chars:5, words:5")
    return Shingle(found[1], int(found[2]))


def parse_keep(text: str) -> Keep:
    """Read ``first``, ``longest`` or ``priority:FIELD`` (full-width colon accepted). Raises UsageError."""
    kind, _, field = text.replace("：", ":", 1).partition(":")
    if (kind in ("first", "longest") and not field) or (kind == "priority" and field):
        return Keep(kind, field)
    raise UsageError.of("form", name="--keep", value=text, known="first, longest, priority:FIELD")


def parse_share(text: str) -> float:
    """Read a share such as ``30%``, ``30％`` or ``0.3``. Raises UsageError."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([%％]?)\s*", text)
    share = float(found[1]) / (100 if found[2] else 1) if found else -1.0
    if not 0 <= share <= 1:
        raise UsageError.of("form", name="--max-removal", value=text, known="30%, 0.3")
    return share


def parse_size(text: str) -> int:
    """Read an amount of memory such as ``2GB`` or ``512 MB`` as bytes. Raises UsageError."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]?)I?B?\s*", text.upper())
    size = int(float(found[1]) * 1024 ** " KMGT".index(found[2] or " ")) if found else 0
    if size < 256 * 1024**2:
        raise UsageError.of("memory", value=text)
    return size
