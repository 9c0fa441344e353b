"""The examples of both pages on undo do what they show.

The blocks of a section share a folder with the samples. ``…`` stands for what differs from run to run.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pages import DOCS, ROOT, environment, needs_shell, read

PAGES = [DOCS / "undo.md", DOCS / "undo.zh-CN.md"]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sections(page: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the commands of each section with what they print."""
    found = []
    for section in read(page).split("\n## ")[1:]:
        commands = []
        for block in BLOCK.findall(section):
            for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = example.partition("\n")
                commands.append((command, output))
        if commands:
            found.append((section.partition("\n")[0], commands))
    return found


CASES = [(page, title, commands) for page in PAGES for title, commands in sections(page)]


@needs_shell
@pytest.mark.parametrize(("page", "title", "commands"), CASES, ids=[f"{p.name}-{t}" for p, t, _ in CASES])
def test_the_examples_of_a_section(
    tmp_path: Path, page: Path, title: str, commands: list[tuple[str, str]]
) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    for command, output in commands:
        done = subprocess.run(
            ["bash", "-c", f"dedupe-cn() {{ '{sys.executable}' -m dedupe_cn \"$@\"; }}; {command}"],
            cwd=tmp_path,
            env=environment("en", DEDUPE_CN_STATE_DIR=str(tmp_path / "state")),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
            check=False,
        )
        pattern = re.escape(output).replace("…", "[^\n]*")
        assert re.fullmatch(pattern, done.stdout.decode()), f"{command}\n{done.stdout.decode()}"


def test_the_pages_show_the_same_commands_and_name_every_option() -> None:
    from dedupe_cn.settings import JOURNAL_BYTES, JOURNAL_RUNS

    for page in PAGES:
        text = read(page)
        assert len(sections(page)) == 4
        options = ("--anywhere", "--force", "--no-journal", "--backup", "DEDUPE_CN_STATE_DIR")
        for word in ("undo --list", "undo --diff", *options):
            assert word in text.replace(" --lang zh", ""), (page.name, word)
        assert str(JOURNAL_RUNS) in text
        assert f"{JOURNAL_BYTES // 10**9} GB" in text
