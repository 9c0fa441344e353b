"""Show pieces of a text on one line: escaped, shortened, and as wide as they look."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import takewhile

from dedupe_cn.regex import regex

#: What a terminal might obey, or a reader could not see: C0, DEL, C1, soft hyphens, bidirectional controls, line
#: separators, zero-width marks, interlinear notes, tags and lone surrogates.
UNSAFE = regex(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    r"\U000e0000-\U000e007f]"
)
_NAMES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
#: Columns of a passage in a line of a report.
COLUMNS = 36


def escape(text: str, keep: str = "") -> str:
    r"""Write control and invisible characters as escapes, so that text never gives orders to a terminal.

    >>> escape("红\x1b[31m\n")
    '红\\x1b[31m\\n'
    """
    return UNSAFE.sub(lambda m: m[0] if m[0] in keep else _escaped(m[0]), text)


def _escaped(character: str) -> str:
    code = ord(character)
    if character in _NAMES:
        return _NAMES[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def reveal(text: str) -> str:
    r"""Write control and invisible characters by their code points, line feeds excepted: for a page.

    >>> reveal("红\u202e黑\n")
    '红⟨U+202E⟩黑\n'
    """
    return UNSAFE.sub(lambda m: m[0] if m[0] == "\n" else f"⟨U+{ord(m[0]):04X}⟩", text)


def escape_name(path: str) -> str:
    """Write the name of a file at the start of a line: a log of GitHub or GitLab must not take it for a command.

    >>> escape_name("::error::x.md")
    './::error::x.md'
    """
    name = escape(path)
    return f"./{name}" if name.lstrip().startswith(("::", "##[")) else name


def width(text: str) -> int:
    """Count the columns a terminal needs: 2 for wide characters, 0 for those that join the one before.

    >>> width("中文ab")
    6
    """
    return len(text) if text.isascii() else sum(map(_width, text))


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff":
        return 0  # marks, joiners, and the vowels and ends of Korean syllables
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int) -> str:
    """Fill up with blanks to a width in columns."""
    return text + " " * max(0, columns - width(text))


def excerpt(text: str, start: int, end: int, columns: int = COLUMNS) -> str:
    """Show the passage ``text[start:end]`` as ``shorten`` does, without a copy of a long one."""
    return shorten(ends(text, start, end, columns), columns)


def ends(text: str, start: int, end: int, columns: int = COLUMNS) -> str:
    """Give so much of a passage that it is shown as the whole would be, in ``columns`` or fewer."""
    if end - start <= 16 * columns:
        return text[start:end]
    return text[start : start + 8 * columns] + text[end - 8 * columns : end]


def shorten(text: str, columns: int = COLUMNS) -> str:
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
    return head(flat, room - room // 2) + "…" + tail(flat, room // 2)


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


def tail(text: str, columns: int) -> str:
    """Cut a text before the first character from which on it fits into a width.

    >>> tail("文章.md", 5)
    '章.md'
    """
    used = 0
    for i in range(len(text) - 1, -1, -1):
        used += width(text[i])
        if used > columns:
            rest = text[i + 1 :]
            # A mark goes with the character it stands on.
            return rest[sum(1 for _ in takewhile(lambda c: not _width(c), rest)) :]
    return text
