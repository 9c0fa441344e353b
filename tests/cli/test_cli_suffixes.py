"""What is neither Markdown nor prose is refused with a word, whatever names it, unless somebody says how to read it."""

from __future__ import annotations

import pytest
from real_command import Cli

UNTIDY = "名称: 渡口 \n\n\n\n说明: 每天六班"
TIDY = "名称: 渡口\n\n说明: 每天六班\n"


@pytest.fixture
def files(cli: Cli) -> Cli:
    for name in ("a.md", "b.yaml", "c.rst", "d.txt", "e.py"):
        (cli.folder / name).write_text(UNTIDY, encoding="utf-8")
    return cli


def state(cli: Cli) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(cli.folder.iterdir()) if path.is_file()}


def test_of_several_files_the_others_are_done(files: Cli) -> None:
    done = files("clean", "--write", "a.md", "b.yaml", "c.rst", "d.txt", "e.py")
    assert done.code == 2
    assert state(files) == {"a.md": TIDY, "b.yaml": UNTIDY, "c.rst": UNTIDY, "d.txt": TIDY, "e.py": UNTIDY}
    for name in ("b.yaml", "c.rst", "e.py"):
        (line,) = (line for line in done.errors if name in line)
        assert "--kind text" in line


@pytest.mark.parametrize(
    ("language", "word"), [("en", "neither Markdown nor prose"), ("zh", "既不是 Markdown 也不是文章")]
)
def test_the_word_stands_in_both_languages(files: Cli, language: str, word: str) -> None:
    done = files("--lang", language, "clean", "b.yaml")
    assert (done.code, done.out, len(done.errors)) == (2, b"", 1)
    assert word in done.errors[0]


def test_a_list_and_a_name_for_standard_input_are_no_way_round(files: Cli) -> None:
    (files.folder / "list").write_text("b.yaml\n", encoding="utf-8")
    assert files("clean", "--write", "--files-from", "list").code == 2
    done = files("clean", "-", "--stdin-filename", "b.yaml", stdin=UNTIDY.encode())
    assert (done.code, done.out) == (2, b"")
    assert files("clean", "-", "--stdin-filename", "b.log", stdin=UNTIDY.encode()).text == TIDY
    assert state(files)["b.yaml"] == UNTIDY


def test_who_says_how_is_obeyed(files: Cli) -> None:
    assert files("clean", "--write", "--kind", "text", "b.yaml", "c.rst").code == 0
    assert files("clean", "--write", "--kind", "markdown", "e.py").code == 0
    assert (state(files)["b.yaml"], state(files)["c.rst"], state(files)["e.py"]) == (TIDY, TIDY, TIDY)


def test_markup_of_prose_is_no_markdown(files: Cli) -> None:
    assert files("clean", "--write", "--kind", "markdown", "c.rst").code == 2
    assert files("clean", "--write", "--kind", "auto", "b.yaml").code == 2
    assert (state(files)["b.yaml"], state(files)["c.rst"]) == (UNTIDY, UNTIDY)


def test_the_configuration_may_say_how(files: Cli) -> None:
    (files.folder / "dedupe-cn.toml").write_text(
        '[[per-file]]\nfiles = ["*.rst"]\nkind = "text"\n', encoding="utf-8"
    )
    assert files("clean", "--write", "c.rst", "b.yaml").code == 2
    assert (state(files)["b.yaml"], state(files)["c.rst"]) == (UNTIDY, TIDY)


def test_the_encoding_of_any_text_is_told(files: Cli) -> None:
    assert files("detect", "b.yaml", "e.py").code == 0
