from __future__ import annotations

import sys
from types import ModuleType

import pytest
from tidying import no_zones, tidied

from dedupe_cn.model import Edit
from dedupe_cn.settings import TIDY_DEFAULT


def test_repairs_are_asked_for_only_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    repairs = ModuleType("dedupe_cn.text.mojibake")
    found = {"Ã¤文\n": [Edit(0, 2, "ä")]}
    monkeypatch.setattr(repairs, "repair_edits", lambda text: found.get(text, []), raising=False)
    monkeypatch.setitem(sys.modules, "dedupe_cn.text.mojibake", repairs)
    assert tidied("Ã¤文\n", "mojibake", zones=no_zones) == "ä文\n"
    assert tidied("Ã¤文\n", *TIDY_DEFAULT) == "Ã¤文\n"
