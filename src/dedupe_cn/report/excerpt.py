"""Show pieces of a text on one line: escaped, shortened, and as wide as they look."""

from __future__ import annotations

import re
import unicodedata

#: What a terminal might obey, or a reader could not see: C0, DEL, C1, bidirectional controls, line
#: separators, zero-width marks, tags and lone surrogates.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
_NAMES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def escape(text: str, keep: str = "") -> str:
    r"""Write control and invisible characters as escapes, so that text never gives orders to a terminal.

    >>> escape("红\x1b[31m\n")
    '红\\x1b[31m\\n'
    """
    return _UNSAFE.sub(lambda m: m[0] if m[0] in keep else _escaped(m[0]), text)


def _escaped(character: str) -> str:
    code = ord(character)
    if character in _NAMES:
        return _NAMES[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def width(text: str) -> int:
    """Count the columns a terminal needs: 2 for wide characters, 0 for combining ones.

    >>> width("中文ab")
    6
    """
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, columns: int) -> str:
    """Fill up with blanks to a width in columns."""
    return text + " " * max(0, columns - width(text))


def shorten(text: str, columns: int = 36) -> str:
    """Show a passage by its first and last characters when it is wider than ``columns``; white space folds.

    >>> shorten("今天天气很好，我们一起去公园散步吧，晚上再回家吃饭。", 20)
    '今天天气很…家吃饭。'
    """
    # Only the two ends can show: do not fold a novel for it.
    if len(text) > 8 * columns + 8:
        text = text[: 4 * columns] + text[-4 * columns :]
        whole = False
    else:
        whole = True
    flat = escape(" ".join(text.split()))
    if whole and width(flat) <= columns:
        return flat
    room = columns - 1
    return head(flat, room - room // 2) + "…" + head(flat[::-1], room // 2)[::-1]


def head(text: str, columns: int) -> str:
    """Cut a text behind the last character that fits into a width.

    >>> head("文章.md", 5)
    '文章.'
    """
    used = 0
    for i, character in enumerate(text):
        used += width(character)
        if used > columns:
            return text[:i]
    return text
