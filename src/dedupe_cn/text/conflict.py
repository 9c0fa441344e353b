"""Find the markers of a merge conflict that nobody has resolved, as git writes them."""

from __future__ import annotations

from dedupe_cn.regex import regex

#: What such a text holds, looked for before anything else.
_SIGN = "<<<<<<< "
_OURS = regex(r"(?<![^\r\n])<{7} [^\r\n]")
_MIDDLE = regex(r"(?<![^\r\n])={7}(?![^\r\n])")
_THEIRS = regex(r"(?<![^\r\n])>{7} [^\r\n]")


def conflicts(text: str) -> tuple[int, int]:
    """Count the conflicts of a text and give where the first one begins; -1 when there is none.

    A conflict is a line that begins with seven signs, a blank and a name, further down one of seven equals signs, and
    one that closes as the first one opens, whatever stands between.

    >>> conflicts("<<<<<<< HEAD\\n甲\\n=======\\n乙\\n>>>>>>> 分支\\n")
    (1, 0)
    """
    count, first, at = 0, -1, 0
    if _SIGN not in text:
        return count, first
    while (
        (ours := _OURS.search(text, at))
        and (middle := _MIDDLE.search(text, ours.end()))
        and (theirs := _THEIRS.search(text, middle.end()))
    ):
        first = ours.start() if first < 0 else first
        count, at = count + 1, theirs.end()
    return count, first
