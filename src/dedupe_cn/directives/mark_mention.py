"""The test that a text without marks pays for."""

from __future__ import annotations

from dedupe_cn.regex import regex

#: Matches the end of the name. Case is written out and the search begins at the hyphen: re.IGNORECASE, or any other
#: beginning, costs twenty times as much as a plain search for a string, this the same.
MENTION = regex(r"-[Cc][Nn](?<=[Dd][Ee][Dd][Uu][Pp][Ee]-[Cc][Nn])")


def mentions_marks(text: str) -> bool:
    """Tell whether a text can hold a mark (see :mod:`dedupe_cn.directives.marks`).

    >>> mentions_marks("<!-- Dedupe-CN: off -->"), mentions_marks("没有标记")
    (True, False)
    """
    return MENTION.search(text) is not None
