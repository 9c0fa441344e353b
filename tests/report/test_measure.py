"""What reports know of a text besides its passages."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe_cn import Kind, Outcome, Settings, clean
from dedupe_cn.report.run import measure
from dedupe_cn.settings import RULES
from dedupe_cn.text.characters import squash
from dedupe_cn.text.exact import read_exact

ODD = " \t\r\n　\u00a0\u200b\ufeff\x00中文。a&amp;#\ue000\u0378"
TEXTS = st.text(st.characters() | st.sampled_from(ODD), max_size=400)


def counted(text: str) -> int:
    return len(read_exact(text).codes)


@settings(deadline=None)  # the first example loads NumPy
@given(TEXTS, st.sampled_from(Kind), st.booleans())
def test_both_sizes_are_those_of_the_exact_forms(text: str, kind: Kind, all_rules: bool) -> None:
    rules = frozenset(RULES) if all_rules else Settings().rules
    outcome = clean(text, kind=kind, settings=Settings(rules=rules))
    size = measure(outcome)
    assert (size.length, size.before, size.after) == (len(text), counted(text), counted(outcome.text))


def test_what_is_removed_or_rewritten_on_request_is_not_counted() -> None:
    twice = "他把账本合上，望着窗外的雨，很久没有说话，也没有起身去点灯，屋里只剩下钟摆的声音。\n\n" * 2
    removed = measure(clean(twice, level="aggressive", kind=Kind.MARKDOWN))
    assert removed.after < removed.before == counted(twice)
    written = measure(clean("一&amp;二。\n", select=["html-entities"]))
    assert (written.before, written.after) == (8, 4)


@given(TEXTS)
def test_the_digest_is_that_of_the_exact_form(text: str) -> None:
    exact = squash(text).encode("utf-16-le", "surrogatepass")
    wanted = sha256(exact).digest()[:16] if exact else b""
    outcome = Outcome(text, text)
    assert measure(outcome).digest == wanted
