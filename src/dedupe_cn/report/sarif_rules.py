"""The rules as SARIF describes them: what each does, an example and its measured risk."""

from __future__ import annotations

from typing import Any

from dedupe_cn.report.excerpt import escape
from dedupe_cn.report.findings import ENCODING
from dedupe_cn.report.run import OF_SEVERAL
from dedupe_cn.report.warnings_text import WARNINGS as TEXTS_OF_WARNINGS
from dedupe_cn.report.words import Say
from dedupe_cn.rule import Pair, RuleText
from dedupe_cn.rules_text import TEXTS
from dedupe_cn.settings import REPEAT_RULES, RULES

#: What is found in a text and only reported, under names that are no rules.
WARNINGS: dict[str, Pair] = {
    name: (f"{text.what[0]} {text.hint[0]}", f"{text.what[1]}{text.hint[1]}")
    for name, text in TEXTS_OF_WARNINGS.items()
}
OTHERS = WARNINGS | {ENCODING: ("The file is written in another encoding.", "文件将以另一种编码写出。")}


def known_rules() -> dict[str, int]:
    """Give the place of every rule in the list of a log."""
    return {name: number for number, name in enumerate((*RULES, *OTHERS))}


def describe(name: str, say: Say) -> dict[str, Any]:
    """Give the descriptor of a rule; of a name that nothing is known of, its name."""
    text = TEXTS.get(name)
    what = _pick(text.what if text else OTHERS.get(name, (name, name)), say)
    removes = name in REPEAT_RULES
    level = "warning" if name in WARNINGS or (name in REPEAT_RULES and name not in OF_SEVERAL) else "note"
    return {
        "id": name,
        "shortDescription": {"text": _first_sentence(what)},
        "fullDescription": {"text": what},
        "help": _help(text, what, say) if text else {"text": what, "markdown": what},
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["duplicate-text" if removes else "text-layout" if name in RULES else "text-encoding"],
            "problem.severity": "warning" if level == "warning" else "recommendation",
        },
    }


def _help(text: RuleText, what: str, say: Say) -> dict[str, str]:
    """Explain a rule in plain text, and in Markdown with the example as code."""
    risk = _pick(text.risk, say)
    plain, marked = [what], [what]
    for title, sample in ((say("rule-before"), text.before), (say("rule-after"), text.after)):
        if sample:
            shown = escape(sample, keep="\n").rstrip("\n")
            plain.append(f"{title}:\n{shown}")
            marked.append(f"**{title}**\n\n```text\n{shown}\n```")
    plain.append(f"{say('rule-risk')}: {risk}")
    marked.append(f"**{say('rule-risk')}** {risk}")
    return {"text": "\n\n".join(plain), "markdown": "\n\n".join(marked)}


def _first_sentence(text: str) -> str:
    """Cut behind the first sentence."""
    ends = [place + len(mark) for mark in (". ", "。") if (place := text.find(mark)) >= 0]
    return text[: min(ends)].rstrip() if ends else text


def _pick(pair: Pair, say: Say) -> str:
    return pair[say.language == "zh"]
