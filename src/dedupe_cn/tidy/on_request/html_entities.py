"""Replace HTML entities by their characters."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import partial
from html.entities import html5

from dedupe_cn.model import Edit, Kind
from dedupe_cn.regex import regex
from dedupe_cn.rule import RuleText
from dedupe_cn.text.characters import squash
from dedupe_cn.tidy.steps import OnRequest
from dedupe_cn.tidy.zones import Spare

_ENTITY = regex(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|([A-Za-z][A-Za-z0-9]{1,31}));")
# As far as characters of entities touch, one replaced entity could complete another.
_RUN = regex(r"&[&#;0-9A-Za-z]++")
_UNWANTED = regex("[\x00-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")


def html_entities(text: str, kind: Kind) -> list[Edit]:
    """Replace well-formed entities (``&nbsp;``, ``&#20013;``, ``&#x4e2d;``) by the characters they stand for.

    Left as they are: entities that are unknown or stand for controls and line breaks; those whose replacement would
    make a new entity (``&amp;lt;``), so that a text about entities survives; and in Markdown those for ASCII
    characters, which are written to keep a character from being markup.

    >>> html_entities("天&#22320;", Kind.TEXT)
    [Edit(start=1, end=9, replacement='地', rule='html-entities')]
    """
    if "&" not in text or ";" not in text:
        return []
    edits = []
    characters = partial(_character, kind=kind)
    for run in _RUN.finditer(text):
        if ";" not in run[0]:
            continue
        result = _ENTITY.sub(characters, run[0])
        folded = unicodedata.normalize("NFKC", squash(result))
        if result == run[0] or _ENTITY.sub(characters, folded) != folded:
            continue
        for entity in _ENTITY.finditer(run[0]):
            character = characters(entity)
            if character != entity[0]:
                start = run.start() + entity.start()
                edits.append(Edit(start, start + len(entity[0]), character, "html-entities"))
    return edits


def _character(entity: re.Match[str], kind: Kind) -> str:
    """Give what an entity stands for, or itself if it is to stay."""
    if entity[1] and f"{entity[1]};" not in html5:
        return entity[0]
    character = html.unescape(entity[0])
    if not character or _UNWANTED.search(character) or (kind is Kind.MARKDOWN and character.isascii()):
        return entity[0]
    return character


RULE = OnRequest(
    order=20,
    find=html_entities,
    spare=Spare.INLINE,
    text=RuleText(
        ("HTML entities become the characters they stand for.", "HTML 实体换成它们代表的字符。"),
        ("In 6.9 % of 4,410 files &nbsp; is layout on purpose.", "4,410 个文件中 6.9% 有意用 &nbsp; 排版。"),
        "甲&amp;乙\n",
        "甲&乙\n",
    ),
)
