"""A heading with all beneath it again, or a few paragraphs without their heading."""

from __future__ import annotations

from random import Random

from copies.disturb import NOISE, NOISE_OF_PAGES, Change, here_and_there
from copies.layout import Source, Span, han, parents, visible
from copies.pages import same
from copies.planted import (
    CUT_OFF,
    FAR_APART,
    FROM_STANDARD,
    MEANT,
    NEVER,
    REPLACED_WORD,
    Kind,
    Planted,
    Planter,
)  # fmt: skip
from copies.revise import MEANING, MEANING_OF_PAGES, REPLACED, somewhere

#: Where a section stands again: behind itself, at the end under the same parents, or there under others.
BEHIND, END, ELSEWHERE = "behind", "end", "elsewhere"


def _level(heading: str) -> int:
    return len(heading) - len(heading.lstrip("#"))


def spans(source: Source) -> list[Span]:
    """Give the sections of Markdown below the first level that have words enough, and a heading that stands once."""
    heads = [b for b in source.blocks if b.kind == "heading" and source.markdown]
    lines = [source.of(b) for b in heads]
    found = []
    for n, block in enumerate(heads):
        level = _level(lines[n])
        later = zip(heads[n + 1 :], lines[n + 1 :], strict=True)
        end = next((other.start for other, line in later if _level(line) <= level), None)
        text = source.text[block.start : end]
        once = lines.count(lines[n]) == 1 and len(visible(lines[n].lstrip("# "))) >= 4
        if level >= 2 and once and han(text) >= 60 and 90 <= len(visible(text)) <= 3000:
            found.append((block.start, block.start + len(text.rstrip())))
    return found


def again(change: Change, place: str) -> Planter:
    """Put a section there again, its text changed or not, its heading the same."""

    def plant(source: Source, chance: Random) -> Planted | None:
        found = spans(source)
        for start, end in chance.sample(found, len(found)):
            heading, _, body = source.text[start:end].partition("\n")
            above, last = (_above(source, at, _level(heading)) for at in (start, len(source.text)))
            if (place == END and above != last) or (place == ELSEWHERE and above == last):
                continue
            changed = change(body, chance)
            if changed is None:
                continue
            copy = f"{heading}\n{changed.rstrip()}"
            at = end if place == BEHIND else len(source.text.rstrip())
            text = f"{source.text[:at]}\n\n{copy}{source.text[at:]}"
            return Planted(text, ((at + 2, at + 2 + len(copy)),), ((start, end),))
        return None

    return plant


def _above(source: Source, at: int, level: int) -> list[str]:
    return [head for head in parents(source, at) if _level(head) < level]


def run(change: Change) -> Planter:
    """Put two to six neighbouring paragraphs at the end of the text again."""

    def plant(source: Source, chance: Random) -> Planted | None:
        wanted = chance.randint(2, 6)
        blocks = source.blocks
        found = [
            (blocks[n].start, blocks[n + wanted - 1].end)
            for n in range(len(blocks) - wanted - 1)
            if all(b.kind == "prose" and len(visible(source.of(b))) >= 30 for b in blocks[n : n + wanted])
        ]
        if not found:
            return None
        start, end = chance.choice(found)
        original = source.text[start:end]
        copy = change(original, chance)
        if copy is None or len(visible(original)) < 150:
            return None
        at = len(source.text.rstrip()) + 2
        return Planted(f"{source.text.rstrip()}\n\n{copy}\n", ((at, at + len(copy)),), ((start, end),))

    return plant


def kinds() -> list[Kind]:
    """Give all kinds of sections and runs of paragraphs."""
    found = [
        Kind("section", "behind", "exact", CUT_OFF, again(same, BEHIND)),
        Kind("section", "end", "exact", FROM_STANDARD, again(same, END)),
        Kind("section-elsewhere", "exact", "exact", MEANT, again(same, ELSEWHERE)),
        Kind("run", "exact", "exact", FAR_APART, run(same)),
    ]
    for name in NOISE_OF_PAGES:
        change = here_and_there(NOISE[name])
        found.append(Kind("section-disturbed-behind", name, "noise", FROM_STANDARD, again(change, BEHIND)))
        found.append(Kind("section-disturbed-end", name, "noise", FROM_STANDARD, again(change, END)))
        found.append(Kind("run-disturbed", name, "noise", FAR_APART, run(change)))
    for name in MEANING_OF_PAGES:
        promise = REPLACED_WORD if name in REPLACED else NEVER
        change = somewhere(MEANING[name])
        found.append(Kind("section-revised", name, "meaning", promise, again(change, END)))
        found.append(Kind("run-revised", name, "meaning", promise, run(change)))
    return found
