"""Every rule of tidying against its golden file: what stays as it is, and what it changes.

A golden file has the name of its rule; ``stays`` are texts, ``changes`` texts and what they become, each with a kind.
"""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tidying import MARKDOWN, TEXT, fences, no_zones, tidied

from dedupe_cn.model import Kind, Span
from dedupe_cn.settings import TIDY_DEFAULT, TIDY_ON_REQUEST
from dedupe_cn.tidy.line_ends import line_end
from dedupe_cn.tidy.zones import Zones

GOLDEN = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "rules").glob("*.toml"))
}
#: Rules that change protected blocks too, so that nobody has to read them.
BLIND = {"line-ends", "final-newline", "mojibake"}


def rows(section: str) -> list[Any]:
    return [
        pytest.param(rule, row, id=f"{rule}-{row['case']}")
        for rule, golden in GOLDEN.items()
        for row in golden.get(section, [])
    ]


def run(rule: str, row: dict[str, str]) -> str:
    return tidied(row["text"], rule, kind=Kind(row["kind"]), zones=no_zones if rule in BLIND else fences)


@pytest.mark.parametrize("rule", TIDY_DEFAULT + TIDY_ON_REQUEST)
def test_every_rule_has_a_golden_file(rule: str) -> None:
    assert GOLDEN[rule]["stays"]
    assert GOLDEN[rule]["changes"]


@pytest.mark.parametrize(("rule", "row"), rows("stays"))
def test_stays(rule: str, row: dict[str, str]) -> None:
    assert run(rule, row) == row["text"]


@pytest.mark.parametrize(("rule", "row"), rows("changes"))
def test_changes(rule: str, row: dict[str, str]) -> None:
    assert run(rule, row) == row["becomes"] != row["text"]


def test_repairs_of_mojibake_are_asked_for_by_name() -> None:
    text = GOLDEN["mojibake"]["changes"][0]["text"]
    assert tidied(text, *TIDY_DEFAULT) == text


def test_the_first_mark_goes_without_a_look_at_the_blocks() -> None:
    assert tidied("\ufeff文\n", "bom", kind=MARKDOWN, zones=no_zones) == "文\n"


def test_a_kept_break_does_not_ask_for_the_blocks() -> None:
    assert tidied("一  \n二\n", "trailing-space", kind=MARKDOWN, zones=no_zones) == "一  \n二\n"


def test_with_both_rules_no_indent_is_left() -> None:
    assert tidied("\t　　甲。\n", "ideographic-indent", "indent") == "甲。\n"


def test_protected_blocks_keep_their_indents() -> None:
    verse = "    春眠不觉晓，\n    处处闻啼鸟。"
    zones = Zones((), (Span(0, len(verse)),))
    assert tidied(f"{verse}\n\n    这是孟浩然的诗。\n", "indent", zones=lambda text: zones) == (
        f"{verse}\n\n这是孟浩然的诗。\n"
    )


@pytest.mark.parametrize(
    ("eol", "text", "expected"),
    [
        pytest.param("lf", "一\r\n二\r\n", "一\n二\n", id="CR LF becomes LF"),
        pytest.param("crlf", "一\n二\n", "一\r\n二\r\n", id="LF becomes CR LF"),
        pytest.param("crlf", "一\r二\r", "一\r\n二\r\n", id="CR becomes CR LF"),
        pytest.param("crlf", "一\r\r\n二\r\n", "一\r\n二\r\n", id="CR CR LF becomes CR LF"),
        pytest.param("crlf", "一\r\n二\r\n", "一\r\n二\r\n", id="what is right stays"),
    ],
)
def test_a_forced_line_end_does_not_need_the_rule(eol: str, text: str, expected: str) -> None:
    assert tidied(text, "bom", eol=eol, zones=no_zones) == expected


def test_the_end_of_the_text_takes_the_line_end_that_holds() -> None:
    assert tidied("一", "final-newline", eol="crlf", zones=no_zones) == "一\r\n"
    assert line_end("一") == "\n"


@given(st.text(st.characters() | st.sampled_from("eか\u0301\u0323\u3099\u1112\u1161\u11ab中（\n豈")))
def test_chunks_of_nfc_give_what_the_whole_gives(text: str) -> None:
    plain = text.replace("`", "")
    assert tidied(plain, "nfc", kind=TEXT) == unicodedata.normalize("NFC", plain)
