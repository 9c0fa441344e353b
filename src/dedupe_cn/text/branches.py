"""The parts of a container between which a divider stands: ``{% if %} … {% else %} … {% endif %}``, and columns.

Each part is a container of its own: the same words in two branches are meant, and none of them may be left empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dedupe_cn.regex import regex
from dedupe_cn.text.tree_parts import Container, Token

#: Keys of the tokens that divide what is around them (Liquid, Jinja, Twig, Handlebars, Go, comments, columns).
_DIVIDER = regex(r"(?:\{%|\{\{#?|\{\{<|<!--)(?:else|elsif|elif|elseif|else_if|when)$|<--->$")


def branches(read: Sequence[Token], pairs: Sequence[tuple[Token, Token]]) -> Iterator[Container]:
    """Give the parts of containers that dividers part; ``read`` are all tokens in order, ``pairs`` the containers."""
    if not any(_DIVIDER.match(token.key) for token in read):
        return
    closers = {opener: closer for opener, closer in pairs if opener.kind in ("template", "comment")}
    within: list[Token] = []
    dividers: dict[Token, list[Token]] = {}
    for token in read:
        while within and closers[within[-1]].start <= token.start:
            within.pop()
        if token in closers:
            within.append(token)
        elif within and _DIVIDER.match(token.key):
            dividers.setdefault(within[-1], []).append(token)
    for opener, parted in dividers.items():
        for begin, end in zip([opener, *parted], [*parted, closers[opener]], strict=True):
            start = begin.end if begin is opener else begin.start
            yield Container(opener.kind, begin.name, start, begin.end, end.start, end.start, -1)
