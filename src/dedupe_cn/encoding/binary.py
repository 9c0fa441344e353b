"""Tell text from data that no text editor could show."""

from __future__ import annotations

#: Bytes looked at: as much as git reads to decide the same question, and some more.
WINDOW = 32 * 1024
#: Control bytes that text has: BEL to CR, SUB (the end mark of old files), ESC, and SO and SI of ISO 2022.
_PRINTED = bytes(b for b in range(0x100) if (b >= 0x20 and b != 0x7F) or 0x07 <= b <= 0x0F or b in (0x1A, 0x1B))
#: Share of other control bytes that text may have. Random bytes have 8 %, Chinese text in any encoding none.
CONTROLS = 0.02
#: NUL bytes per byte that a text may have (a stray one in a long file); fewer than in any executable.
NULS = 0.001


def has_binary_bytes(data: bytes) -> bool:
    """Tell whether there are more control and NUL bytes than a text in a one-byte or multi-byte encoding has."""
    window = data[:WINDOW]
    if not window:
        return False
    odd = window.translate(None, _PRINTED)
    return len(odd) > CONTROLS * len(window) or odd.count(0) > NULS * len(window)
