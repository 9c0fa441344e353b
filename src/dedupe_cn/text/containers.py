"""Find the containers of a text: what an opener and a closer of the same name stand around.

Openers and closers are matched by name with a stack; an opener without a closer is none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dedupe_cn.regex import regex
from dedupe_cn.text.branches import branches
from dedupe_cn.text.code_spans import code_spans
from dedupe_cn.text.html_lines import BLOCK_TAG, BOOK_TAG, COLONS, COLUMNS, COMMENT, SHORTCODE, TAG, TEMPLATE, VOID
from dedupe_cn.text.tree_parts import Container, Leaf, Token, squashed

_TOKEN = regex("|".join((COMMENT, TAG, TEMPLATE, SHORTCODE, BLOCK_TAG, BOOK_TAG, COLUMNS, COLONS)))
_SIGNS = regex(r"<|\{[{%]|:::|_tab:")
_SUMMARY = regex(r"\s*<summary(?:\s[^<>]*)?>((?:[^<]++|<(?!/?summary))*)", re.IGNORECASE)
#: Leaves in which nothing opens or closes.
_CLOSED = frozenset({"code", "math", "front-matter"})
#: Elements in whose leaf only their own tags count.
_SEALED = regex(r"\s*<(pre|script|style|textarea)\b", re.IGNORECASE)
#: Containers in each other; deeper ones are none. A bound on the work, no measure.
_DEEPEST = 60
#: Code points of a name, so that names do not make the text over again.
_LONGEST_NAME = 300
_WORD = regex(r"[\w.]+")
_ENDS = regex(
    r"(?:(?:end|stop|close)(?:[-_:：\s]+|(?=\w)|$)|/\s*|#\s*end\s*)(?P<before>.*)|(?P<behind>.*?)[-_:：\s](?:end|stop|close)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_BEGINS = regex(
    r"(?:start|begin|open)(?:[-_:：\s]+(?P<before>.*)|$)|(?P<behind>.*?)[-_:：\s](?:start|begin|open)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_SWITCHES = {"off": "on", "disable": "enable"}


def tokens(flat: str, leaves: Iterable[Leaf]) -> Iterator[Token]:
    """Give the openers and closers in leaves, but for those in code."""
    sign = -1  # the first place of one in the leaf or behind it
    for leaf in leaves:
        if sign < leaf.start:
            hit = _SIGNS.search(flat, leaf.start)
            sign = hit.start() if hit else len(flat)
        if leaf.kind in _CLOSED or sign >= leaf.end:
            continue
        code = iter(code_spans(flat, leaf.start, leaf.end)) if leaf.kind != "html" else iter(())
        span = next(code, None)
        sealed = _SEALED.match(flat, leaf.start, leaf.end) if leaf.kind == "html" else None
        for match in _TOKEN.finditer(flat, leaf.start, leaf.end):
            while span is not None and span.end <= match.start():
                span = next(code, None)
            if span is not None and span.start < match.end() and span.start <= match.start():
                continue
            if sealed and (match["tag"] or "").lower() != sealed[1].lower():
                continue
            if match.start() and flat[match.start() - 1] == "\\":
                continue
            found = _token(match)
            if found is not None:
                yield found


def _token(match: re.Match[str]) -> Token | None:
    start, end = match.span()
    name = squashed(match[0][:_LONGEST_NAME])
    if match["tag"] is not None:
        tag = match["tag"]
        if match["void"] or tag.lower() in VOID:
            return None
        kind = "jsx" if tag[0].isupper() else "html"
        return Token(kind, f"<{tag.lower()}>", bool(match["slash"]), False, start, end, name)
    if match["comment"] is not None:
        return _comment(squashed(match["comment"][:_LONGEST_NAME]), start, end)
    if match["template"] is not None:
        return _template("{%", match["template"].strip(), start, end, name)
    if match["code"] is not None:
        code = match["code"].strip()
        return None if code.endswith("/") else _template("{{<", code, start, end, name)
    if match["block"] is not None:
        block = match["block"]
        if block[0] in "#/^":
            return _template("{{#", block.lstrip("#^"), start, end, name)
        key = "{{else" if block.startswith("else") else "{{"
        return Token("template", key, block.startswith("end"), False, start, end, name)
    if match["columns"] is not None:
        return Token("template", "<--->", False, False, start, end, name)
    if match["book"] is not None:
        return Token("template", ":tab:", match["book"] == "end_tab", True, start, end, name)
    title = squashed(match["colons"][:_LONGEST_NAME])
    if title.endswith(":::"):
        return None
    sign = match[0].strip(" \t>")
    size = len(sign) - len(sign.lstrip(":"))
    return Token("directive", f":{size}", not title, True, start, end, f"::: {title}")


def _template(sign: str, inside: str, start: int, end: int, name: str) -> Token | None:
    closes = inside.startswith("/") or bool(re.match(r"end(?=[\w_])", inside))
    bare = inside.removeprefix("end").lstrip("_") if closes else inside
    bare = inside.lstrip("/ ") if inside.startswith("/") else bare
    word = _WORD.match(bare)
    if word is None:
        return None
    return Token("template", f"{sign}{word[0].lower()}", closes, False, start, end, name)


def _comment(inside: str, start: int, end: int) -> Token | None:
    """Read a comment that may open or close a region: `tab 甲` … `endtab`, `start x` … `end x`, `x:start` … `x:end`."""
    if not inside:
        return None
    words = [word.lower() for word in inside.replace(":", " ").replace("-", " ").split()]
    for opening, closing in _SWITCHES.items():
        if opening in words or closing in words:
            known = opening if opening in words else closing
            key = " ".join(words[: words.index(known)])
            return Token("comment", f"<!--{key} {opening}", closing in words, True, start, end, inside)
    ends, begins = _ENDS.match(inside), _BEGINS.match(inside)
    if ends is not None:
        key = ends["before"] if ends["before"] is not None else ends["behind"]
        return Token("comment", f"<!--{_first(key)}", True, False, start, end, inside)
    if begins is not None:
        key = begins["before"] or begins["behind"] or ""
        return Token("comment", f"<!--{_first(key)}", False, True, start, end, inside)
    return Token("comment", f"<!--{_first(inside.lstrip('#'))}", False, False, start, end, inside)


def _first(words: str) -> str:
    word = _WORD.search(words)
    return word[0].lower() if word else ""


def net(found: Iterable[Token]) -> Counter[str]:
    """Count openers less closers by name; no name has 0. What has no closer anywhere counts as an opener too."""
    counts: Counter[str] = Counter()
    for token in found:
        counts[token.key if token.kind != "directive" else ":::"] += -1 if token.closes else 1
    return Counter({name: count for name, count in counts.items() if count})


class _Open(NamedTuple):
    place: int
    token: Token


def paired(found: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Pair openers and closers of one name; what was opened between the two and not closed is dropped."""
    closed = {token.key for token in found if token.closes}
    stack: list[Token] = []
    where: dict[str, list[_Open]] = defaultdict(list)

    def latest(key: str) -> _Open | None:
        waiting = where[key]
        while waiting and not (waiting[-1].place < len(stack) and stack[waiting[-1].place] is waiting[-1].token):
            waiting.pop()
        return waiting[-1] if waiting else None

    for token in found:
        keys = _keys(token)
        if not token.closes:
            if token.sure or token.key in closed:
                for key in keys:
                    where[key].append(_Open(len(stack), token))
                stack.append(token)
            continue
        hits = [hit for hit in map(latest, keys) if hit is not None]
        if hits:
            opener = max(hits)
            del stack[opener.place :]
            yield opener.token, token


def _keys(token: Token) -> list[str]:
    """Give the names under which an opener waits, or under which a closer looks for one."""
    if token.kind == "directive":
        return [":::"]
    if token.key == "<!--" or (token.kind == "comment" and token.sure and not token.closes):
        return [token.key, "<!--*"] if token.key != "<!--" else ["<!--*"]
    return [token.key]


def containers(flat: str, read: Sequence[Token], made: Sequence[Container]) -> list[Container]:
    """Give all containers in the order of their starts, by the openers and closers; ``made`` are those of lines."""
    pairs = list(paired(read))
    every = [*made, *branches(read, pairs)]
    for opener, closer in pairs:
        name = opener.name
        if opener.key == "<details>":
            summary = _SUMMARY.match(flat, opener.end, closer.start)
            name = f"{name} {squashed(summary[1][:_LONGEST_NAME])}" if summary else name
        every.append(Container(opener.kind, name, opener.start, opener.end, closer.start, closer.end, -1))
    every.sort(key=lambda container: (container.start, -container.end))
    found: list[Container] = []
    above: list[int] = []
    for container in every:
        while above and found[above[-1]].end <= container.start:
            above.pop()
        parents = [index for index in above if found[index].end >= container.end]
        if len(above) < _DEEPEST:
            found.append(container._replace(parent=parents[-1] if parents else -1))
            above.append(len(found) - 1)
    return found
