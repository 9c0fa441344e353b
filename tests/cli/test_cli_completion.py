"""The completion scripts, run by the shells they are for."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from real_command import Cli, environment

SHELLS = ["bash", "zsh", "fish"]


def command_on_path(folder: Path) -> dict[str, str]:
    """Put a command ``dedupe-cn`` on the path that runs this source, and give the environment for it."""
    program = folder / "bin" / "dedupe-cn"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dedupe_cn "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return environment({"PATH": f"{program.parent}:{environment()['PATH']}"})


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_script_is_one_the_shell_reads(cli: Cli, shell: str, language: str) -> None:
    done = cli("completion", shell, "--lang", language)
    assert (done.code, done.err) == (0, "")
    assert f"_DEDUPE_CN_COMPLETE={shell}_complete" in done.text
    assert (shell == "zsh") == done.text.startswith("#compdef dedupe-cn\n")
    if program := shutil.which(shell):
        subprocess.run([program, "-n"], input=done.out, check=True, timeout=60)


def test_an_unknown_shell_is_an_error(cli: Cli) -> None:
    done = cli("completion", "tcsh")
    assert (done.code, done.out, len(done.errors)) == (2, b"", 1)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        (["dedupe-cn", "c"], {"clean", "config", "completion", "corpus"}),
        (["dedupe-cn", "config", ""], {"show", "init", "schema"}),
        (["dedupe-cn", "clean", "--out"], {"--output", "--output-encoding"}),
        (["dedupe-cn", "clean", "--level", "s"], {"safe", "standard"}),
        (["dedupe-cn", "completion", "z"], {"zsh"}),
        (["dedupe-cn", "rules", "tan"], {"tandem"}),
        (["dedupe-cn", "clean", "--select", "nfc,tan"], {"nfc,tandem"}),
        # Names of files are left to bash.
        (["dedupe-cn", "clean", "文"], {"-o", "default"}),
        (["dedupe-cn", "clean", "--config", ""], {"-o", "default"}),
    ],
)
def test_bash_completes(cli: Cli, typed: list[str], wanted: set[str]) -> None:
    words = " ".join(f"'{word}'" for word in typed)
    program = (
        'eval "$(dedupe-cn completion bash)"\n'
        # bash takes compopt only while somebody types
        'compopt() { printf "%s\\n" "$*"; }\n'
        f"COMP_WORDS=({words})\nCOMP_CWORD={len(typed) - 1}\n"
        'name=$(complete -p dedupe-cn); name=${name##*-F }; name=${name%% *}\n"$name" dedupe-cn\n'
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", program],
        cwd=cli.folder,
        env=command_on_path(cli.folder),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert (set(done.stdout.split()), done.stderr) == (wanted, "")


@pytest.mark.skipif(shutil.which("fish") is None, reason="needs fish")
def test_fish_completes(cli: Cli) -> None:
    program = 'dedupe-cn completion fish | source; complete -C "dedupe-cn con"'
    done = subprocess.run(
        ["fish", "--no-config", "-c", program],
        env=command_on_path(cli.folder),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split("\t")[0].strip() == "config"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_shell_shows_beside_a_name_is_in_words(cli: Cli, language: str) -> None:
    asked = {"_DEDUPE_CN_COMPLETE": "zsh_complete", "DEDUPE_CN_LANG": language}
    commands = cli(env={**asked, "COMP_WORDS": "dedupe-cn det", "COMP_CWORD": "1"})
    assert commands.text.split("\n")[1:3] == [
        "detect",
        {"zh": "识别每个文件的编码，说明把握大小以及其他可能。"}.get(
            language, "Tell the encoding of each file, how sure that is, and what else it could be."
        ),
    ]
    options = cli(env={**asked, "COMP_WORDS": "dedupe-cn clean --isol", "COMP_CWORD": "2"})
    assert "opt-" not in options.text
    assert "--isolated" in options.text
