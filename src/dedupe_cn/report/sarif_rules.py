"""The rules as SARIF describes them: what each does, an example and its measured risk."""

from __future__ import annotations

from typing import Any

from dedupe_cn.report.excerpt import escape
from dedupe_cn.report.findings import ENCODING
from dedupe_cn.report.run import DUPLICATE_FILE
from dedupe_cn.report.text import Say
from dedupe_cn.rule import Pair, RuleText
from dedupe_cn.rules_text import TEXTS
from dedupe_cn.settings import REPEAT_RULES, RULES

#: What is found in a text and only reported, under names that are no rules: it cannot be switched off.
WARNINGS: dict[str, Pair] = {
    "replacement-char": (
        "U+FFFD: characters that were lost when the text was decoded.",
        "U+FFFD：文字在解码时已丢失的字符。",
    ),
    "mojibake-marks": (
        "锟斤拷, 烫烫烫 or 屯屯屯: text that was lost before it came here.",
        "锟斤拷、烫烫烫、屯屯屯：此前已丢失的文字。",
    ),
    "private-use": ("Characters that only one font knows.", "只有某种字体认识的私用字符。"),
    "bidi": (
        "Controls that show text in another order than it has.",
        "让文字以另一种顺序显示的方向控制符。",
    ),
    "conflict-markers": (
        "Markers of a merge conflict; the file is left alone until somebody resolves it.",
        "合并冲突的标记；冲突解决之前不改动该文件。",
    ),
    "unused-mark": ("A mark in the text that holds nothing back.", "文中没有起作用的标记。"),
    "unknown-mark": ("A mark in the text that names something unknown.", "文中含有未知名称的标记。"),
    "shifted-mark": (
        "A change that was left out because marks would say something else after it.",
        "因会改变标记的含义而未作的改动。",
    ),
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
    level = "warning" if name in WARNINGS or (name in REPEAT_RULES and name != DUPLICATE_FILE) else "note"
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
