"""The rules are all explained, and their examples are true."""

from __future__ import annotations

import pytest
from real_command import Cli

from dedupe_cn import clean
from dedupe_cn.rule import NONE, REMOVE, REPORT
from dedupe_cn.rules_text import TEXTS
from dedupe_cn.settings import INEXACT, REPEAT_RULES, RULES, TIDY_ON_REQUEST

EXAMPLES = [rule for rule, text in TEXTS.items() if text.before and rule != "bom"]


def test_every_rule_is_explained() -> None:
    assert tuple(TEXTS) == RULES
    for rule, text in TEXTS.items():
        assert all((*text.what, *text.risk)), rule
        assert bool(text.levels) == (rule in REPEAT_RULES)
        assert set(text.levels) <= {REMOVE, REPORT, NONE}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_examples_are_true(rule: str) -> None:
    text = TEXTS[rule]
    select = (rule,) if rule in REPEAT_RULES or rule in TIDY_ON_REQUEST else ()
    outcome = clean(text.before, text.level, kind=text.kind, select=select)
    assert outcome.text == text.after
    found = {removal.rule if removal.exact else INEXACT for removal in outcome.applied}
    assert outcome.edit_counts.get(rule, 0) or rule in found


def test_list(cli: Cli) -> None:
    done = cli("rules")
    assert done.code == 0
    for rule in RULES:
        assert f"  {rule} " in done.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_explanation(cli: Cli, language: str) -> None:
    done = cli("rules", "tandem", "--lang", language)
    assert done.code == 0
    assert done.text.startswith("tandem\n")
    assert "27,838" in done.text


def test_unknown_rule(cli: Cli) -> None:
    done = cli("rules", "tandm")
    assert (done.code, done.out) == (2, b"")
    assert done.err == "error: rule tandm is unknown; did you mean tandem?\n"
