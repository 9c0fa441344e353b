"""The pages a user reads, and how what they show is run.

After a change that is meant, write what the commands say now, and what is made from the code, into the pages:

    python tests/pages.py
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dedupe_cn.cli.messages import Say
from dedupe_cn.io.configuration_file import toml
from dedupe_cn.io.configuration_keys import KEYS, Scope, Type
from dedupe_cn.model import Kind, Level
from dedupe_cn.report.warnings_text import WARNINGS
from dedupe_cn.rules_text import TEXTS
from dedupe_cn.settings import REPEAT_RULES, TIDY_DEFAULT, TIDY_ON_REQUEST

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("README*.md")), ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
#: Pages in both languages: English first.
PAIRS = [(page, page.with_suffix(".zh-CN.md")) for page in PAGES if page.with_suffix(".zh-CN.md").exists()]
#: Pages whose commands are run one after another in one folder, by tests of their own.
IN_A_ROW = {"undo.md", "undo.zh-CN.md", "verdicts.md", "verdicts.zh-CN.md"}
CONSOLE = re.compile(r"^```console\n(\$ (?P<command>[^\n]*)\n)(?P<output>.*?)^```$", re.MULTILINE | re.DOTALL)

needs_shell = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, kind: str) -> list[str]:
    """Give the fenced blocks of a kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", read(page), re.MULTILINE | re.DOTALL)


def examples(page: Path) -> Iterator[tuple[str, str]]:
    """Give the commands of a page that are run each by itself, with what they print."""
    if page.name not in IN_A_ROW:
        yield from ((found["command"], found["output"]) for found in CONSOLE.finditer(read(page)))


def environment(language: str | None, **more: str) -> dict[str, str]:
    """Give the environment of a newcomer: our command on the path, one language, no colour, no runner of hooks."""
    dropped = ("NO_COLOR", "FORCE_COLOR", "PRE_COMMIT", "DEDUPE_CN_DEBUG", "DEDUPE_CN_LANG")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    spoken = {"DEDUPE_CN_LANG": language} if language else {}
    return kept | {"PATH": path, "PYTHONIOENCODING": "utf-8"} | spoken | more


def output_of(command: str) -> str:
    """Run a command in a folder that has the samples; it speaks English unless it says otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "samples", Path(folder) / "samples")
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment(None if "--lang" in command else "en", DEDUPE_CN_STATE_DIR=str(Path(folder) / ".state")),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
            check=False,
        )
    return done.stdout.decode()


def shell(command: str, folder: Path) -> int:
    """Run a command of a page in a folder as it stands there, and give its exit code."""
    programs = folder / ".bin"
    programs.mkdir(exist_ok=True)
    program = programs / "dedupe-cn"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m dedupe_cn "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    more = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment("en", **more), capture_output=True, timeout=60, check=False
    ).returncode


KEY_HEADS = {"en": ("key", "holds per", "default", "what it does"), "zh": ("键", "生效范围", "默认", "作用")}
SCOPES = {
    "en": {Scope.FILE: "file", Scope.FOLDER: "folder", Scope.RUN: "run"},
    "zh": {Scope.FILE: "文件", Scope.FOLDER: "目录", Scope.RUN: "运行"},
}


def table_of_keys(language: str) -> str:
    """Make the table of the keys of the configuration."""
    say = Say(language)
    rows = ["| " + " | ".join(KEY_HEADS[language]) + " |", "|---|---|---|---|"]
    for key in KEYS:
        default = "–" if key.default is None else f"`{toml(key.default)}`"
        words = say(key.words)
        if key.choices and key.type is not Type.ARRAY:
            words += (" " if language == "en" else "") + say("config-values", choices=", ".join(key.choices))
        rows.append(f"| `{key.name}` | {SCOPES[language][key.scope]} | {default} | {words} |")
    return "\n".join(rows) + "\n"


RULE_GROUPS = (("rules-repeats", REPEAT_RULES), ("rules-tidy", TIDY_DEFAULT), ("rules-request", TIDY_ON_REQUEST))
EXAMPLES = {"en": ("Before:", "After:", "Risk:"), "zh": ("之前：", "之后：", "风险：")}


def list_of_rules(language: str) -> str:
    """Make the reference of the rules."""
    say = Say(language)
    before, after, risk = EXAMPLES[language]
    lines = []
    for head, rules in RULE_GROUPS:
        lines += [f"## {say(head)}", ""]
        for rule in rules:
            text = TEXTS[rule]
            what, danger = (pair[language == "zh"] for pair in (text.what, text.risk))
            lines += [f"### {rule}", "", what, ""]
            if text.levels:
                cells = zip(Level, text.levels, strict=True)
                lines += [" · ".join(f"`{level.value}`: {say(state)}" for level, state in cells), ""]
            lines += [f"{risk} {danger}" if language == "en" else f"{risk}{danger}", ""]
            if text.before:
                kind = "markdown" if text.kind is Kind.MARKDOWN else "text"
                for name, sample in ((before, text.before), (after, text.after)):
                    shown = sample.removesuffix("\n").encode("unicode_escape", "ignore") if not shows(sample) else b""
                    body = shown.decode() or sample.removesuffix("\n")
                    lines += [name, "", f"````{kind}", body, "````", ""]
    return "\n".join(lines)


def list_of_warnings(language: str) -> str:
    """Make the list of the warnings about a text."""
    rows = (f"- `{name}`: " if language == "en" else f"- `{name}`：" for name in WARNINGS)
    said = ((text.what[language == "zh"], text.hint[language == "zh"]) for text in WARNINGS.values())
    gap = " " if language == "en" else ""
    return "".join(f"{row}{what}{gap}{hint}\n" for row, (what, hint) in zip(rows, said, strict=True))


def shows(sample: str) -> bool:
    """Tell whether all of an example can be seen on a page: what cannot is written as an escape."""
    return all(char.isprintable() or char == "\n" for char in sample) and not re.search(r"[ \u3000]$", sample, re.M)


#: What is made from the code: between <!-- NAME --> and <!-- /NAME -->.
MADE = {
    "keys": {DOCS / "configuration.md": "en", DOCS / "configuration.zh-CN.md": "zh"},
    "warnings": {DOCS / "troubleshooting.md": "en", DOCS / "troubleshooting.zh-CN.md": "zh"},
    "rules": {DOCS / "rules.md": "en", DOCS / "rules.zh-CN.md": "zh"},
}
MAKERS = {"keys": table_of_keys, "rules": list_of_rules, "warnings": list_of_warnings}


def made_part(name: str, page: Path) -> re.Match[str]:
    """Find the part of a page that is made from the code."""
    found = re.search(rf"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)", read(page), re.DOTALL)
    assert found is not None, page
    return found


def main() -> None:
    """Write into the pages what holds now."""
    from test_verdicts_pages import PAGES as VERDICTS
    from test_verdicts_pages import play

    for name, pages in MADE.items():
        for page, language in pages.items():
            part = made_part(name, page)
            page.write_text(
                part.string[: part.start()] + MAKERS[name](language) + part.string[part.end() :], encoding="utf-8"
            )
    for page in PAGES:
        if page.name not in IN_A_ROW:
            written = CONSOLE.sub(lambda m: f"```console\n{m[1]}{output_of(m['command'])}```", read(page))
            page.write_text(written, encoding="utf-8")
    for language, page in VERDICTS.items():
        page.write_text(play(read(page), language), encoding="utf-8")


if __name__ == "__main__":
    main()
