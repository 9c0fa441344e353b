"""The pictures are what the scripts draw from the program as it is now.

    python scripts/draw_pictures.py; python scripts/draw_terminal.py; python scripts/draw_rooms.py
"""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SVG = "{http://www.w3.org/2000/svg}"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def holds(name: str, drawn: str) -> ElementTree.Element:
    """Hold that a picture is as drawn, and that its texts lie inside; give its root."""
    assert (PICTURES / name).read_text(encoding="utf-8") == drawn
    root = ElementTree.fromstring(drawn)
    wide, high = (float(root.attrib[side]) for side in ("width", "height"))
    assert root.find(f"{SVG}title") is not None
    for text in root.iter(f"{SVG}text"):
        assert 0 < float(text.attrib["x"]) + float(text.attrib.get("textLength", 0)) < wide
        assert 0 < float(text.attrib["y"]) < high
    return root


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_before_and_after(language: str) -> None:
    root = holds(f"before-after.{language}.svg", script("draw_pictures").draw(language))
    gone = [text.text for text in root.iter(f"{SVG}text") if text.attrib.get("class") == "gone"]
    assert gone[0] is not None
    assert gone[0].startswith("临江县")


@pytest.mark.skipif(sys.platform != "linux", reason="records in a pseudo-terminal as Linux has it")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_run_in_a_terminal(language: str) -> None:
    terminal = script("draw_terminal")
    root = holds(f"first-run.{language}.svg", terminal.draw(language, terminal.recorded(language)))
    prompts = [text for text in root.iter(f"{SVG}text") if text.attrib.get("class") == "prompt"]
    assert len(prompts) == len(terminal.COMMANDS)


def test_what_the_hour_changes_is_no_part_of_a_recording() -> None:
    steady = script("draw_terminal").steady
    assert steady("\r0 of 1 file, 1 s\x1b[K\r\x1b[K\x1b[1ma.txt\x1b[0m: tidied\r\n1 file, 1.06 s\r\n") == (
        "\x1b[1ma.txt\x1b[0m: tidied\n1 file"
    )
    assert steady("1 个文件，1.06 秒\r\nrun 20261201-150046-265376 undone") == (
        "1 个文件\nrun 20261201-093000-1 undone"
    )


def test_the_rooms() -> None:
    rooms = script("draw_rooms")
    root = holds("rooms.svg", rooms.draw())
    shown = {text.text for text in root.iter(f"{SVG}text")}
    assert shown == set(rooms.arrows()) - {"__init__"}
    assert re.search("rooms below it only", "".join(root.itertext()))
