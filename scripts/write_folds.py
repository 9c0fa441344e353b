"""Write the folded forms that ``repeats/screen.py`` reads: a line of characters, and a line of what each folds to.

    python scripts/write_folds.py

Run it when ``text/folding.py`` or its variants change; ``tests/test_screen.py`` tells when that is due.
"""

from __future__ import annotations

from pathlib import Path

from dedupe_cn.repeats.screen import _UNKNOWN
from dedupe_cn.text.folding import fold_table

PLACE = Path(__file__).parents[1] / "src" / "dedupe_cn" / "repeats" / "data" / "folds.txt"


def main() -> None:
    """Write the file."""
    known = sorted((chr(code), chr(target)) for code, target in fold_table().items() if not _UNKNOWN.match(chr(code)))
    PLACE.write_text("".join(f"{''.join(column)}\n" for column in zip(*known, strict=True)), encoding="utf-8")


if __name__ == "__main__":
    main()
