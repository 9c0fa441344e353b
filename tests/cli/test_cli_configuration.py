"""Configuration through the real command: what holds, what wins, and what is refused."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from real_command import Cli

#: Removed at standard, only reported at safe.
PARAGRAPH = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥豆子。"
BETWEEN = "第二天一早，他们沿着河堤走到镇上，在老茶馆里坐了一个上午。"
REPEATED = f"{PARAGRAPH}\n\n{BETWEEN}\n\n{PARAGRAPH}\n"


def put(cli: Cli, name: str, text: str) -> Path:
    path = cli.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_configuration_holds_and_the_command_line_wins(cli: Cli) -> None:
    put(cli, "a.md", REPEATED)
    assert cli("clean", "--check", "a.md").code == 1
    put(cli, "dedupe-cn.toml", 'level = "safe"')
    assert cli("clean", "--check", "a.md").code == 0
    assert cli("clean", "--check", "a.md", "--level", "standard").code == 1
    assert cli("clean", "--check", "a.md", "--isolated").code == 1
    other = put(cli, "other.toml", 'disable = ["repeats"]')
    assert cli("clean", "--check", "a.md", "--config", other.name).code == 0


def test_each_path_has_its_own_settings(cli: Cli) -> None:
    for name in ("a.md", "poems/b.md", "old/c.md", "old/d.txt"):
        put(cli, name, REPEATED)
    put(cli, "dedupe-cn.toml", '[[per-file]]\nfiles = ["poems/"]\ndisable = ["repeats"]')
    table = '[[tool.dedupe-cn.per-file]]\nfiles = ["*.txt"]\nlevel = "standard"'
    put(cli, "old/pyproject.toml", f'[tool.dedupe-cn]\nlevel = "safe"\n{table}')
    done = cli("clean", "--check", ".", "--report", "json")
    value = json.loads(done.text)
    changed = {file["path"]: file["changed"] for file in value["files"]}
    assert changed == {"a.md": True, "old/c.md": False, "old/d.txt": True, "poems/b.md": False}
    assert value["level"] == "standard"
    duplicates = [
        file["path"] for file in value["files"] if any(r["rule"] == "duplicate-file" for r in file["removals"])
    ]
    assert duplicates == ["old/c.md", "old/d.txt"]


def test_standard_input_goes_by_its_name_or_the_working_folder(cli: Cli) -> None:
    put(cli, "dedupe-cn.toml", 'level = "safe"')
    put(cli, "sub/dedupe-cn.toml", "")
    data = REPEATED.encode()
    assert cli("clean", "-", stdin=data).out == data
    assert cli("clean", "-", "--stdin-filename", "sub/x.md", stdin=data).out != data


def test_several_levels_report_that_of_the_working_folder(cli: Cli) -> None:
    put(cli, "a/a.md", REPEATED)
    put(cli, "a/dedupe-cn.toml", 'level = "safe"')
    put(cli, "b.md", BETWEEN)
    assert json.loads(cli("clean", "a", "--check", "--report", "json").text)["level"] == "safe"
    assert json.loads(cli("clean", ".", "--check", "--report", "json").text)["level"] == "standard"


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ('\nlevle = "safe"', "en", "error: sub/dedupe-cn.toml:2: levle: this key is unknown; did you mean level?"),
        ('\nlevle = "safe"', "zh", "错误：sub/dedupe-cn.toml:2：levle：没有这个键；是不是 level？"),
        ("level = safe", "en", "error: sub/dedupe-cn.toml:1:9: cannot be read as TOML: Invalid value"),
        ("level = “safe”", "zh", "错误：sub/dedupe-cn.toml:1:9：不是正确的 TOML：Invalid value；“ ” 是全角符号"),
    ],
)
@pytest.mark.parametrize("command", ["clean", "detect", "config"])
def test_a_bad_file_stops_the_run_before_anything_is_written(
    cli: Cli, command: str, text: str, language: str, said: str
) -> None:
    before = put(cli, "a.md", REPEATED)
    put(cli, "sub/b.md", REPEATED)
    put(cli, "sub/dedupe-cn.toml", text)
    arguments = {"clean": ("clean", "-w", "."), "detect": ("detect", "."), "config": ("config", "show", "sub/b.md")}
    done = cli(*arguments[command], "--lang", language)
    assert (done.code, done.out, len(done.errors)) == (2, b"", 1)
    assert done.err.startswith(said)
    assert before.read_text(encoding="utf-8") == REPEATED


def test_options_that_cannot_be(cli: Cli) -> None:
    put(cli, "a.md", REPEATED)
    put(cli, "x.toml", "")
    for arguments, said in (
        (("--config", "missing.toml"), "missing.toml: no such file"),
        (("--config", "x.toml", "--isolated"), "exclude each other"),
        (("--exclude", "#"), "--exclude:"),
        (("--files-from", "missing"), "--files-from missing: no such file"),
        (("-", "--files-from", "-"), "standard input cannot be both"),
    ):
        done = cli("clean", "a.md", *arguments)
        assert (done.code, done.out, len(done.errors)) == (2, b"", 1), arguments
        assert said in done.err


def test_show_tells_where_each_value_comes_from(cli: Cli) -> None:
    put(cli, "dedupe-cn.toml", '# ours\nlevel = "safe"\n[[per-file]]\nfiles = ["poems/"]\nkeep = "last"\n')
    rows = {line.split()[0]: line for line in cli("config", "show", "poems/a.md", "--eol", "lf").text.splitlines()}
    assert rows["level"].split()[1:] == ['"safe"', "dedupe-cn.toml:2"]
    assert rows["keep"].split()[1:] == ['"last"', "dedupe-cn.toml:5"]
    assert rows["eol"].split()[1:] == ['"lf"', "command", "line"]
    assert rows["threshold"].split()[1:] == ["0.9", "default"]
    assert rows["min-chars"].split()[1:] == ["-", "default"]
    value = json.loads(cli("config", "show", "--json", "--lang", "zh").text)
    assert (value["file"], value["root"]) == ("dedupe-cn.toml", str(cli.folder))
    assert value["values"]["level"] == {"value": "safe", "source": "file", "file": "dedupe-cn.toml", "line": 2}
    assert value["values"]["keep"]["source"] == "default"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_init_writes_a_file_that_changes_nothing(cli: Cli, language: str) -> None:
    done = cli("config", "init", "--lang", language)
    assert (done.code, done.out) == (0, b"")
    path = cli.folder / "dedupe-cn.toml"
    text = path.read_text(encoding="utf-8")
    assert tomllib.loads(text) == {}
    assert ("删除需要多少证据" in text) == (language == "zh")
    assert cli("config", "show").code == 0
    again = cli("config", "init")
    assert (again.code, len(again.errors)) == (2, 1)
    assert "dedupe-cn.toml: exists already" in again.err
    assert path.read_text(encoding="utf-8") == text


def test_init_does_not_put_another_file_out_of_force(cli: Cli) -> None:
    put(cli, "pyproject.toml", '[tool.dedupe-cn]\nlevel = "safe"')
    done = cli("config", "init")
    assert (done.code, len(done.errors)) == (2, 1)
    assert not (cli.folder / "dedupe-cn.toml").exists()


def test_schema_is_printed_and_refuses_what_the_command_refuses(cli: Cli) -> None:
    schema = json.loads(cli("config", "schema").text)
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    assert validator.is_valid({"level": "safe", "per-file": [{"files": ["*.md"], "keep": "last"}]})
    assert not validator.is_valid({"level": "sage"})


def test_config_alone_shows_its_commands(cli: Cli) -> None:
    done = cli("config", "--lang", "zh")
    assert done.code == 0
    assert all(name in done.text for name in ("show", "init", "schema", "逐项说明"))
    wrong = cli("config", "shw")
    assert (wrong.code, len(wrong.errors)) == (2, 1)
    assert wrong.err.rstrip().endswith("dedupe-cn config --help")
