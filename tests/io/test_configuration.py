"""Configuration files: what is read, what is refused and where, and the schema that says the same."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dedupe_cn.cli.messages import Say
from dedupe_cn.errors import ConfigurationError
from dedupe_cn.io.configuration import load
from dedupe_cn.io.configuration_file import template, toml
from dedupe_cn.io.configuration_keys import BY_NAME, KEYS, Scope
from dedupe_cn.io.configuration_schema import schema
from dedupe_cn.io.configurations import Configurations
from dedupe_cn.io.toml_places import lines_of
from dedupe_cn.report.wrap import wrap

SCHEMA = schema(Say("en"))
VALID = [
    "",
    'level = "safe"\nthreshold = 1\nmin-chars = 30\nkeep = "longest"',
    'select = ["tandem", "tidy", "full-width"]\ndisable = ["all"]',
    'encoding = "gb18030"\noutput-encoding = "keep"\neol = "crlf"\nkind = "markdown"',
    'include = ["content/", "*.log"]\nexclude = ["!keep.md"]\ngitignore = false\nforce-exclude = true\njobs = 2',
    '[[per-file]]\nfiles = ["*.txt"]\nlevel = "aggressive"\n[[per-file]]\nfiles = ["a/**"]',
]
#: Text, the line and key that are named, the code, and what may have been meant.
INVALID = [
    ('levle = "safe"', 1, "levle", "config-unknown-key", "level"),
    ('\n# why\nmin_chars = 3', 3, "min_chars", "config-unknown-key", "min-chars"),
    ('level = "standart"', 1, "level", "config-choice", "standard"),
    ("level = 3", 1, "level", "config-type-string", ""),
    ('gitignore = "yes"', 1, "gitignore", "config-type-boolean", ""),
    ("jobs = true", 1, "jobs", "config-type-integer", ""),
    ("jobs = 0", 1, "jobs", "config-least", ""),
    ('threshold = "0.9"', 1, "threshold", "config-type-number", ""),
    ("threshold = 0.4", 1, "threshold", "config-range", ""),
    ('select = "tandem"', 1, "select", "config-type-array", ""),
    ("select = [1]", 1, "select", "config-type-array", ""),
    ('select = [\n  "bom",\n  "tandm",\n]', 1, "select[1]", "config-rule", "tandem"),
    ('exclude = ["#x"]', 1, "exclude[0]", "config-glob", ""),
    ('[[per-file]]\nlevel = "safe"', 1, "per-file[0]", "config-no-files", ""),
    ('[[per-file]]\nfiles = "*.md"', 1, "per-file[0]", "config-no-files", ""),
    ('[[per-file]]\nfiles = ["a"]\n\njobs = 2', 4, "per-file[0].jobs", "config-not-per-file", ""),
    ('[[per-file]]\nfiles = ["a"]\n' * 2 + "keep = 1", 5, "per-file[1].keep", "config-type-string", ""),
    ('[[per-file]]\nfiles = ["a"]\nlevl = "safe"', 3, "per-file[0].levl", "config-unknown-key", "level"),
    ('[per-file]\nfiles = ["a"]', 1, "per-file", "config-type-tables", ""),
    ('decisions = ""', 1, "decisions", "config-type-string", ""),
    ("extend = 1", 1, "extend", "config-type-string", ""),
]


@pytest.mark.parametrize("text", VALID)
def test_what_is_valid_is_read_and_fits_the_schema(tmp_path: Path, text: str) -> None:
    (tmp_path / "dedupe-cn.toml").write_text(text, encoding="utf-8")
    read = load(tmp_path / "dedupe-cn.toml")
    document = tomllib.loads(text)
    assert {name: setting.value for name, setting in read.settings.items()} == {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in document.items()
        if name != "per-file"
    }
    jsonschema.Draft202012Validator(SCHEMA).validate(document)


@pytest.mark.parametrize(("text", "line", "key", "code", "near"), INVALID)
def test_what_is_invalid_is_named_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: int, key: str, code: str, near: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("dedupe-cn.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as problem:
        load(Path("dedupe-cn.toml"))
    found = problem.value
    assert (found.place, found.key, found.code, found.nearest) == (f"dedupe-cn.toml:{line}", key, code, near)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(tomllib.loads(text))


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dedupe-cn.toml").write_text('encoding = "gbq"', encoding="utf-8")
    with pytest.raises(ConfigurationError, match="config-encoding"):
        load(tmp_path / "dedupe-cn.toml")


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_written_file_shows_every_default(tmp_path: Path, language: str) -> None:
    text = template(Say(language), wrap)
    assert tomllib.loads(text) == {}
    live = "\n".join(line[1:] if line.startswith("#") and line[1:2] != " " else line for line in text.splitlines())
    document: dict[str, Any] = tomllib.loads(live)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert set(document) == {key.name for key in KEYS} | {"extend", "per-file"}
    for key in KEYS:
        assert toml(key.default if key.default is not None else key.sample) == toml(
            tuple(document[key.name]) if isinstance(document[key.name], list) else document[key.name]
        )
    assert all(len(line) < 100 for line in text.splitlines())


@pytest.mark.parametrize("name", [key.name for key in KEYS])
def test_every_key_is_an_option_of_clean(name: str) -> None:
    from dedupe_cn.cli.clean import command

    assert BY_NAME[name].parameter in {parameter.name for parameter in command.params}


def test_every_key_is_explained_and_in_the_schema() -> None:
    per_file = SCHEMA["properties"]["per-file"]["items"]["properties"]
    for key in KEYS:
        assert Say("en")(key.words) != Say("zh")(key.words)
        assert key.name in SCHEMA["properties"]
        assert (key.scope is Scope.FILE) == (key.name in per_file)


def test_the_nearest_file_holds_alone(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    (tmp_path / "dedupe-cn.toml").write_text('level = "safe"\nkeep = "last"', encoding="utf-8")
    (tmp_path / "a" / "pyproject.toml").write_text('[project]\nname = "x"', encoding="utf-8")
    (tmp_path / "a" / "b" / "pyproject.toml").write_text('[tool.dedupe-cn]\nkeep = "longest"', encoding="utf-8")
    found = Configurations()
    assert found.of_file(str(tmp_path / "a" / "x.md")).file == tmp_path / "dedupe-cn.toml"
    nearest = found.of_folder(str(deep))
    assert (nearest.file, nearest.root) == (tmp_path / "a" / "b" / "pyproject.toml", str(tmp_path / "a" / "b"))
    assert {name: setting.value for name, setting in nearest.settings.items()} == {"keep": "longest"}
    (tmp_path / "a" / "b" / "dedupe-cn.toml").touch()
    assert Configurations().of_folder(str(deep)).file == tmp_path / "a" / "b" / "dedupe-cn.toml"


def test_a_broken_pyproject_of_others_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project\n", encoding="utf-8")
    assert Configurations().of_folder(str(tmp_path)).file != tmp_path / "pyproject.toml"
    (tmp_path / "pyproject.toml").write_text("[tool.dedupe-cn\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"pyproject\.toml:1"):
        Configurations().of_folder(str(tmp_path))


def test_a_chosen_file_holds_everywhere_and_isolated_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ci").mkdir()
    (tmp_path / "dedupe-cn.toml").write_text('keep = "last"', encoding="utf-8")
    (tmp_path / "ci" / "strict.toml").write_text('level = "safe"', encoding="utf-8")
    chosen = Configurations(Path("ci/strict.toml")).of_file("deep/a.md")
    assert (chosen.file, chosen.root) == (tmp_path / "ci" / "strict.toml", str(tmp_path))
    assert Configurations(isolated=True).of_file("a.md").file is None


def test_extend_starts_from_another_file(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "base.toml").write_text(
        'level = "safe"\nkeep = "last"\n[[per-file]]\nfiles = ["*.txt"]\nlevel = "standard"\nkind = "text"',
        encoding="utf-8",
    )
    file = tmp_path / "dedupe-cn.toml"
    file.write_text(
        'extend = "shared/base.toml"\nkeep = "longest"\n[[per-file]]\nfiles = ["a.txt"]\nlevel = "aggressive"',
        encoding="utf-8",
    )
    read = load(file)
    held = read.for_file(read.tables_for(str(tmp_path / "a.txt")))
    assert {name: setting.value for name, setting in held.items()} == {
        "level": "aggressive",
        "keep": "longest",
        "kind": "text",
    }
    assert held["kind"].place.endswith("shared/base.toml:6")
    other = read.for_file(read.tables_for(str(tmp_path / "deep" / "b.txt")))
    assert other["level"].value == "standard"
    assert read.tables_for(str(tmp_path / "b.md")) == ()


@pytest.mark.parametrize(
    ("base", "code"),
    [('extend = "dedupe-cn.toml"', "config-circle"), (None, "config-no-file"), ("x", "config-not-toml")],
)
def test_extend_that_cannot_be(tmp_path: Path, base: str | None, code: str) -> None:
    (tmp_path / "dedupe-cn.toml").write_text('extend = "base.toml"', encoding="utf-8")
    if base is not None:
        (tmp_path / "base.toml").write_text(base, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=code):
        load(tmp_path / "dedupe-cn.toml")


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b'level = "safe"\nkeep = last', "config-not-toml", "dedupe-cn.toml:2:8"),
        (b"exclude = [", "config-not-toml", "dedupe-cn.toml:1:1"),
        ("level = “safe”".encode(), "config-wide-marks", "dedupe-cn.toml:1:9"),
        ("# 说明".encode("gbk"), "config-not-utf-8", "dedupe-cn.toml"),
    ],
)
def test_what_is_no_toml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, code: str, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("dedupe-cn.toml").write_bytes(data)
    with pytest.raises(ConfigurationError) as problem:
        load(Path("dedupe-cn.toml"))
    assert (problem.value.code, problem.value.place) == (code, place)


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "dedupe-cn.toml").write_text('level = "safe"', encoding="utf-8-sig")
    assert load(tmp_path / "dedupe-cn.toml").settings["level"].value == "safe"


def test_lines_of_every_way_to_write_a_key() -> None:
    text = (
        '# [a]\ntop = """\nx = 1\n[b]\n"""\n\n[a.b] # c\n"x y" = [\n  "]",\n  { z = 1 },\n]\nd.e = 1\n'
        "[[t]]\nk = 1\n[[t]]\n\nk = 2\n[t.sub]\nm = 3\n[[t.n]]\nq = 1\n[[t.n]]\nq = 2\n"
    )
    found = lines_of(text)
    assert {way: line for way, line in found.items() if way in WANTED} == WANTED
    assert lines_of(text.replace("\n", "\r\n")) == found


WANTED: dict[tuple[str | int, ...], int] = {
    ("top",): 2,
    ("a", "b"): 7,
    ("a", "b", "x y"): 8,
    ("a", "b", "x y", 1, "z"): 8,
    ("a", "b", "d", "e"): 12,
    ("t", 0): 13,
    ("t", 0, "k"): 14,
    ("t", 1, "k"): 17,
    ("t", 1, "sub", "m"): 19,
    ("t", 1, "n", 0, "q"): 21,
    ("t", 1, "n", 1, "q"): 23,
}
