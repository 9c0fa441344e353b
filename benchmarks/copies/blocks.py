"""A paragraph again: behind itself, further on, wrapped at another width, disturbed, revised."""

from __future__ import annotations

from random import Random

from copies.disturb import MIXED, NOISE, Change
from copies.layout import Block, Source, chinese, paragraphs, visible
from copies.pages import same
from copies.planted import (
    CUT_OFF,
    DOUBTFUL,
    EVERYWHERE,
    FAR_APART,
    FROM_STANDARD,
    NEVER,
    REPLACED_WORD,
    Kind,
    Planted,
    Planter,
    behind,
)  # fmt: skip
from copies.revise import MEANING, REPLACED

#: Visible characters: of a paragraph behind itself, and of one further on.
_TANDEM, _FAR = 40, 60


def paragraph(change: Change, far: bool, least: int = _TANDEM, most: int = 1500) -> Planter:
    """Put a paragraph again right behind itself, or (``far``) behind a later one."""

    def plant(source: Source, chance: Random) -> Planted | None:
        found = paragraphs(source, least, most)
        for block in chance.sample(found, len(found)):
            copy = change(source.of(block), chance)
            at = _further(source, block, chance) if far else block.end
            if copy is not None and at is not None:
                return behind(source, at, "\n\n", copy, (block.start, block.end))
        return None

    return plant


def _further(source: Source, block: Block, chance: Random) -> int | None:
    later = source.blocks[source.blocks.index(block) + 2 :]
    ends = [b.end for b in later if b.kind == "prose" and len(visible(source.of(b))) >= 15]
    return chance.choice(ends) if ends else None


def indented(text: str, chance: Random) -> str:
    """Indent the first line of a paragraph otherwise."""
    return chance.choice(("\u3000\u3000", "\u3000", "  ")) + text.lstrip()


def _on_the_line(source: Source, chance: Random) -> Planted | None:
    found = paragraphs(source, _TANDEM)
    if not found:
        return None
    block = chance.choice(found)
    return behind(source, block.end, "", source.of(block).lstrip(), (block.start, block.end))


def _doubled(source: Source, chance: Random) -> Planted | None:
    """Double each of three to six neighbouring paragraphs: a a b b c c."""
    wanted = chance.randint(3, 6)
    once = set(paragraphs(source, _TANDEM + 5))
    rows = [source.blocks[n : n + wanted] for n in range(len(source.blocks) - wanted + 1)]
    rows = [row for row in rows if once.issuperset(row)]
    if not rows:
        return None
    text, at = "", 0
    copies, originals = [], []
    for block in chance.choice(rows):
        text += source.text[at : block.end]
        size = block.end - block.start
        originals.append((len(text) - size, len(text)))
        copies.append((len(text) + 2, len(text) + 2 + size))
        text += "\n\n" + source.of(block)
        at = block.end
    return Planted(text + source.text[at:], tuple(copies), tuple(originals))


def rewrapped(text: str, chance: Random) -> str | None:
    """Break the lines of a paragraph at another width."""
    width = chance.randint(18, 45)
    seen = visible(text)
    lines = [seen[at : at + width] for at in range(0, len(seen), width)]
    plain = chinese(text) >= 0.8 and not any(line[0] in "-+*>#|0123456789" for line in lines)
    return "\n".join(lines) if plain and len(lines) > 1 else None


def both(first: Change, second: Change) -> Change:
    """Make one change of two."""

    def change(text: str, chance: Random) -> str | None:
        changed = first(text, chance)
        return second(changed, chance) if changed is not None else None

    return change


def kinds() -> list[Kind]:
    """Give all kinds of paragraphs."""
    found = [
        Kind("adjacent", "blank", "exact", EVERYWHERE, paragraph(same, far=False)),
        Kind("adjacent", "indent", "exact", EVERYWHERE, paragraph(indented, far=False)),
        Kind("adjacent", "inner-blanks", "exact", EVERYWHERE, paragraph(NOISE["spaces"], far=False)),
        Kind("adjacent", "same-line", "exact", EVERYWHERE, _on_the_line),
        Kind("adjacent-short", "12-30", "exact", DOUBTFUL, paragraph(same, far=False, least=12, most=30)),
        Kind("doubled", "3-6", "exact", EVERYWHERE, _doubled),
        Kind("rewrapped", "adjacent", "exact", EVERYWHERE, paragraph(rewrapped, far=False, least=_FAR)),
        Kind("rewrapped", "far", "exact", FAR_APART, paragraph(rewrapped, far=True, least=_FAR)),
        Kind("far", "paragraph", "exact", FAR_APART, paragraph(same, far=True, least=_FAR)),
    ]
    for name, change in NOISE.items():
        near = {"spaces": EVERYWHERE, "zero-width": CUT_OFF}.get(name, FROM_STANDARD)
        found.append(Kind("disturbed-adjacent", name, "noise", near, paragraph(change, far=False, least=_FAR)))
        found.append(Kind("disturbed-far", name, "noise", FAR_APART, paragraph(change, far=True, least=_FAR)))
    for name, change in MEANING.items():
        promise = REPLACED_WORD if name in REPLACED else NEVER
        found.append(Kind("revised-adjacent", name, "meaning", promise, paragraph(change, far=False, least=_FAR)))
        found.append(Kind("revised-far", name, "meaning", promise, paragraph(change, far=True, least=_FAR)))
        disturbed = paragraph(both(change, MIXED), far=True, least=_FAR)
        found.append(Kind("revised-and-disturbed", name, "meaning", promise, disturbed))
    return found
