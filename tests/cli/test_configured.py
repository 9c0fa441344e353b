"""What the configuration of the working folder gives to a whole run."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from dedupe_cn.cli.configured import configure
from dedupe_cn.cli.messages import Say
from dedupe_cn.io.configuration_keys import KEYS


@click.command()
@click.option("--decisions")
@click.option("--journal/--no-journal", default=True)
@click.option("--backup")
@click.option("--jobs", type=int)
@click.pass_context
def command(context: click.Context, /, **values: object) -> None:
    context.meta["filled"] = configure(context, values, Say("en")).of_run(values)


def filled(*arguments: str) -> dict[str, object]:
    with command.make_context("x", list(arguments)) as context:
        command.invoke(context)
        value = context.meta["filled"]
    assert isinstance(value, dict)
    return value


def test_the_run_takes_what_the_command_line_leaves_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    assert filled() == {"decisions": None, "journal": True, "backup": None, "jobs": None}
    (tmp_path / "dedupe-cn.toml").write_text(
        'decisions = "verdicts.json"\njournal = false\nbackup = ".orig"\njobs = 3', encoding="utf-8"
    )
    # A file in the configuration counts from its folder, one on the command line from the working folder.
    verdicts = str(tmp_path / "verdicts.json")
    assert filled() == {"decisions": verdicts, "journal": False, "backup": ".orig", "jobs": 3}
    assert filled("--decisions", "mine.json", "--journal", "--jobs", "1") == {
        "decisions": "mine.json",
        "journal": True,
        "backup": ".orig",
        "jobs": 1,
    }
    assert {"decisions", "journal", "backup", "jobs"} <= {key.name for key in KEYS}
