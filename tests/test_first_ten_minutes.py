"""Small files made by hand, run through the real command; see first_ten_minutes/README.md for their form."""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from warm import Done, run_command

from dedupe_cn.library import clean_bytes
from dedupe_cn.reasons import WORDS

ROOT = Path(__file__).parent / "first_ten_minutes"
LEVELS = ("safe", "standard", "aggressive")
NAMES = tuple(sorted(p.parent.name for p in ROOT.glob("*/case.toml")))
ENVIRONMENT = {**os.environ, "DEDUPE_CN_LANG": "en", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
CLOSING = re.compile(r"(\d+) repeats? kept(?:.*?--level (standard|aggressive) removes (\d+))?")

Row = dict[str, Any]


@cache
def load(name: str) -> Row:
    return tomllib.loads((ROOT / name / "case.toml").read_text(encoding="utf-8"))


def cases() -> list[Any]:
    return [pytest.param(name, level, id=f"{name}-{level}") for name in NAMES for level in LEVELS]


@pytest.fixture
def copy(tmp_path: Path) -> Any:
    """Give a function that copies the input of a case to an empty folder, away from any configuration."""

    def make(name: str) -> Path:
        (source,) = (ROOT / name).glob("input.*")
        target = tmp_path / source.name
        shutil.copyfile(source, target)
        return target

    return make


def run(*arguments: str, cwd: Path) -> Done:
    return run_command(("clean", *arguments), cwd, ENVIRONMENT)


def rows(removals: list[Row], text: str) -> list[Row]:
    """Bring removals of the report into the form of a case; copies that follow each other are one."""
    found: list[Row] = []
    for r in removals:
        if found and r["applied"]:
            last = found[-1]
            same = last["rule"] == r["rule"] and last["kept_line"] == r["kept"]["line"]
            if same and not text[last["end"] : r["start"]].strip():
                last["chars"] += r["chars"]
                last["end"] = r["end"]
                continue
        found.append(
            {
                "rule": r["rule"],
                "line": r["line"],
                "kept_line": r["kept"]["line"],
                "chars": r["chars"],
                "reason": r["reason"],
                "end": r["end"],
            }
        )
    return found


def matches(found: list[Row], expected: list[Row]) -> bool:
    if len(found) != len(expected):
        return False
    for row, wanted in zip(found, expected, strict=True):
        for key, value in wanted.items():
            if key == "reason":
                pattern = re.sub(r"\\\{\d\\\}", ".+", re.escape(WORDS[value][0]))
                if not re.fullmatch(pattern, row[key]):
                    return False
            elif row[key] != value:
                return False
    return True


@pytest.mark.parametrize(("name", "level"), cases())
def test_output_and_report(name: str, level: str, copy: Any, tmp_path: Path) -> None:
    case, wanted = load(name), load(name)[level]
    source = copy(name)
    report = tmp_path / "report.json"
    done = run("--level", level, "--report", f"json:{report.name}", source.name, cwd=tmp_path)
    assert done.code == 0, done.err
    expected = (ROOT / name / wanted["output"]).read_bytes()
    assert done.text == expected.decode(), case["why"]
    assert done.out == expected
    (file,) = json.loads(report.read_text(encoding="utf-8"))["files"]
    text = source.read_bytes().decode(case.get("encoding", "utf-8"))
    removed = rows([r for r in file["removals"] if r["applied"]], text)
    kept = rows([r for r in file["removals"] if not r["applied"]], text)
    if "removed" in wanted:
        assert matches(removed, wanted["removed"]), f"{case['why']}\n{wanted['removed']}\n{removed}"
    if "kept" in wanted:
        assert matches(kept, wanted["kept"]), f"{case['why']}\n{wanted['kept']}\n{kept}"


@pytest.mark.parametrize(("name", "level"), cases())
def test_check(name: str, level: str, copy: Any, tmp_path: Path) -> None:
    wanted = load(name)[level]
    source = copy(name)
    before = source.read_bytes()
    done = run("--check", "--level", level, source.name, cwd=tmp_path)
    said = done.text + done.err
    assert done.code == wanted["exit"], said
    assert source.read_bytes() == before
    if "closing" not in wanted:
        return
    closing = CLOSING.search(said)
    assert bool(closing) == wanted["closing"], said
    if closing:
        assert int(closing[1]) == len(wanted["kept"]), said
        way_on = closing[2] or "aggressive"
        kind = "markdown" if source.suffix == ".md" else "text"
        here, there = (len(clean_bytes(before, name, kind=kind).outcome.applied) for name in (level, way_on))
        if closing[2]:
            assert int(closing[3]) == there - here, said


def test_the_table_is_complete() -> None:
    """Every case has its sentence, its bytes and all three levels; exit codes agree with the bytes."""
    assert len(NAMES) >= 24
    for name in NAMES:
        case = load(name)
        assert case["title"]
        assert case["why"]
        assert len(list((ROOT / name).glob("input.*"))) == 1, name
        files = {case[level]["output"] for level in LEVELS}
        assert {p.name for p in (ROOT / name).iterdir()} == {*files, "case.toml", *input_name(name)}, name
        for level in LEVELS:
            wanted = case[level]
            assert wanted["exit"] in (0, 1), name
            output = (ROOT / name / wanted["output"]).read_bytes()
            assert (wanted["exit"] == 1) == (source_bytes(name) != output), name
            assert not {r["reason"] for r in wanted.get("kept", []) if "reason" in r} - set(WORDS), name
            if "kept" in wanted:
                assert wanted["closing"] == bool(wanted["kept"]), name


def input_name(name: str) -> set[str]:
    return {p.name for p in (ROOT / name).glob("input.*")}


def source_bytes(name: str) -> bytes:
    (source,) = (ROOT / name).glob("input.*")
    return source.read_bytes()
