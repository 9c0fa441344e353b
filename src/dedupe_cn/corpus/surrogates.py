"""Half a surrogate pair, as a program leaves it that cuts a text between the two: JSON can spell it, UTF-8 cannot."""

from __future__ import annotations

import json
import re

from dedupe_cn.regex import regex

_HALF = regex("[\ud800-\udfff]")
#: What stands for half a pair where a table takes whole characters only: a control, which no form of a text holds
#: (``text.characters.squash``), and the half moved into the private use area.
_MARK = "\x01"
_MOVED = 0xE000 - 0xD800
_HELD = regex(f"{_MARK}([\ue000-\ue7ff])")


def to_json(value: object, ascii_only: bool = False) -> str:
    """Write a value as JSON that UTF-8 can hold: halves of pairs are escaped, other characters only where asked.

    >>> to_json("一\\ud83d")
    '"一\\\\ud83d"'
    """
    return _HALF.sub(_escape, json.dumps(value, ensure_ascii=ascii_only))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def hold(form: str) -> str:
    """Turn the form of a text, which has no invisible character, into one that UTF-8 can hold."""
    return _HALF.sub(lambda found: _MARK + chr(ord(found[0]) + _MOVED), form)


def release(held: str) -> str:
    """Give the form that was held.

    >>> release(hold("一\\ud83d")) == "一\\ud83d"
    True
    """
    return _HELD.sub(lambda found: chr(ord(found[1]) - _MOVED), held) if _MARK in held else held
