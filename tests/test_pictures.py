"""The pictures are what the script draws from the sample as it is cleaned now.

    python scripts/draw_pictures.py
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
SVG = "{http://www.w3.org/2000/svg}"


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("draw_pictures", ROOT / "scripts" / "draw_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_pictures_are_what_the_script_draws(language: str) -> None:
    drawn = script().draw(language)
    assert (ROOT / "docs" / "pictures" / f"before-after.{language}.svg").read_text(encoding="utf-8") == drawn
    root = ElementTree.fromstring(drawn)
    wide, high = (float(root.attrib[name]) for name in ("width", "height"))
    assert root.find(f"{SVG}title") is not None
    for text in root.iter(f"{SVG}text"):
        assert 0 < float(text.attrib["x"]) < wide
        assert 0 < float(text.attrib["y"]) < high
    gone = [text.text for text in root.iter(f"{SVG}text") if text.attrib.get("class") == "gone"]
    assert gone[0] is not None
    assert gone[0].startswith("临江县")
