"""Draw the rooms of the house and who imports from whom: docs/pictures/rooms.svg.

    python scripts/draw_rooms.py

The arrows are those that tests/test_arrows.py holds. A room stands one floor above the highest room that it imports
from; arrows that a longer way tells anyhow are left out.
"""

from __future__ import annotations

import sys
from functools import cache
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "pictures" / "rooms.svg"
#: Rooms that know files, processes or the terminal; files that only start the program, or that every room has.
OUTER = {"cli", "io", "corpus"}
LEFT_OUT = {"__main__", "spark_submit", "version", "regex"}
#: Pixels: a box, the gaps between boxes and between floors, the margin.
WIDE, HIGH, GAP, FLOOR, MARGIN = 92, 30, 16, 62, 20
STYLE = """
  text { font: 13px "DejaVu Sans Mono", Menlo, Consolas, monospace; text-anchor: middle; fill: #1f2328 }
  rect { fill: #eef4ff; stroke: #8fa7cf } .outer { fill: #fff1e0; stroke: #d3a76a }
  .way { fill: #e3f6e8; stroke: #7fb391 }
  line { stroke: #8b95a1; stroke-width: 1 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } rect { fill: #17233a; stroke: #4c6796 } .outer { fill: #3a2a15; stroke: #8f6c3b }
    .way { fill: #14301d; stroke: #47805a } line { stroke: #6e7681 }
  }"""
#: The way of a text, as docs/architecture.md tells it.
WAY = {"library", "pipeline", "work", "tidy", "text", "copies", "judge", "laws", "kept", "encoding"}


def arrows() -> dict[str, set[str]]:
    """Read the arrows that the test holds."""
    sys.path.insert(0, str(ROOT / "tests"))
    from test_arrows import ARROWS

    return {room: set(to) - LEFT_OUT for room, to in ARROWS.items() if room not in LEFT_OUT}


def draw() -> str:
    """Draw the picture as the text of an SVG file."""
    known = arrows()

    @cache
    def floor(room: str) -> int:
        # What the package gives as its own names is the door, not a floor below settings.
        return max((floor(other) + 1 for other in known[room] if other != "__init__"), default=0)

    @cache
    def reached(room: str) -> frozenset[str]:
        return frozenset(known[room]).union(*(reached(other) for other in known[room] if other != "__init__"))

    rooms = sorted(room for room in known if room != "__init__")
    floors = [[room for room in rooms if floor(room) == n] for n in range(max(map(floor, rooms)) + 1)]
    width = max(map(len, floors)) * (WIDE + GAP) - GAP + 2 * MARGIN
    height = len(floors) * FLOOR - (FLOOR - HIGH) + 2 * MARGIN
    places: dict[str, tuple[float, float]] = {}
    for n, row in enumerate(reversed(floors)):
        left = (width - len(row) * (WIDE + GAP) + GAP) / 2
        places.update({room: (left + k * (WIDE + GAP), MARGIN + n * FLOOR) for k, room in enumerate(row)})
    lines = []
    for room in rooms:
        others = known[room] - {"__init__"}
        for other in sorted(o for o in others if not any(o in reached(third) for third in others - {o})):
            (x, y), (to_x, to_y) = places[room], places[other]
            ends = f'x1="{x + WIDE / 2:g}" y1="{y + HIGH:g}" x2="{to_x + WIDE / 2:g}" y2="{to_y:g}"'
            lines.append(f"<line {ends}/>")
    boxes = []
    for room, (x, y) in places.items():
        look = "outer" if room in OUTER else "way" if room in WAY else ""
        kind = f' class="{look}"' if look else ""
        boxes.append(f'<rect{kind} x="{x:g}" y="{y:g}" width="{WIDE}" height="{HIGH}" rx="6"/>')
        boxes.append(f'<text x="{x + WIDE / 2:g}" y="{y + 20:g}">{escape(room)}</text>')
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'role="img" aria-labelledby="title describe">',
            '<title id="title">The rooms of dedupe-cn and who imports from whom</title>',
            '<desc id="describe">Each room imports from rooms below it only. Green: the way of a text. Orange: rooms '
            "that know files, processes or the terminal.</desc>",
            f"<style>{STYLE}\n</style>",
            *lines,
            *boxes,
            "</svg>\n",
        ]
    )


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(draw(), encoding="utf-8")


if __name__ == "__main__":
    main()
