"""The errors of the core: every code has its words in both languages, and every call gives what they need."""

from __future__ import annotations

import ast
import pickle
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import dedupe_cn
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.encoding.decoding import decode_as
from dedupe_cn.errors import WORDS, DecodingError, DedupeError, LawError, UsageError
from dedupe_cn.library import make_settings

SOURCE = Path(dedupe_cn.__file__).parent


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def made() -> Iterator[tuple[str, set[str]]]:
    """Find every code that an error is made of, with the names of its values."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "of":
                continue
            if getattr(node.func.value, "id", "") in ("UsageError", "DecodingError", "InputError", "LawError"):
                for code in ast.walk(node.args[0]):
                    if isinstance(code, ast.Constant) and isinstance(code.value, str):
                        yield code.value, {str(keyword.arg) for keyword in node.keywords}


def test_every_code_has_words_and_every_word_a_use() -> None:
    found = list(made())
    assert {code for code, _ in found} == WORDS.keys()
    assert [code for code, given in found if fields(WORDS[code][0]) - given] == []


@pytest.mark.parametrize("code", WORDS)
def test_both_languages_say_what_happened_and_what_to_do_next(code: str) -> None:
    english, chinese = WORDS[code]
    assert fields(english) == fields(chinese)
    for text in (english, chinese):
        what, _, next_step = text.partition("|")
        assert what
        assert next_step


def test_an_error_speaks_both_languages() -> None:
    with pytest.raises(UsageError) as caught:
        make_settings(threshold=3)
    assert str(caught.value) == "threshold is 3; use a number from 0.5 to 1"
    assert caught.value.words("zh") == ("threshold 不能是 3", "请用 0.5 到 1 之间的数")
    with pytest.raises(DecodingError) as caught_too:
        decode_as(b"a\n\xff", "utf-8")
    assert caught_too.value.words("zh")[0] == "第 2 行，字节 2：FF 不是 utf-8"


@pytest.mark.parametrize(
    "problem",
    [
        UsageError.of("rule-near", value="tandm", near="tandem"),
        LawError.of("unnamed"),
        UsageError("in so many words", "as it is"),
        CorpusError("missing-extra", package="duckdb", extra="corpus"),
    ],
)
def test_an_error_is_the_same_on_the_other_side_of_a_process(problem: DedupeError) -> None:
    again = pickle.loads(pickle.dumps(problem))
    assert (type(again), str(again), again.words("zh")) == (type(problem), str(problem), problem.words("zh"))
