"""The tables of the folded and the bare form are what their script makes."""

from __future__ import annotations

import runpy
import unicodedata
from pathlib import Path

import pytest

from dedupe_cn.copies.bare import letters
from dedupe_cn.text.folding import fold_text, folds

SCRIPT = Path(__file__).parents[2] / "scripts" / "fold_tables.py"


@pytest.mark.skipif(unicodedata.unidata_version != "14.0.0", reason="another Unicode knows other characters")
def test_the_tables_are_what_the_script_makes() -> None:
    made = runpy.run_path(str(SCRIPT))
    assert folds().tolist() == made["folds"]()
    assert letters().tolist() == made["letters"]()


def test_each_character_folds_to_one() -> None:
    assert fold_text("ＡB⼀萬①，。𠀀\U0010ffff") == "ab一万①,.𠀀\U0010ffff"
    folded = "".join(map(chr, folds()))
    assert fold_text(folded) == folded
