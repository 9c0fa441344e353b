"""A file whose encoding git's attributes name keeps it: git takes what was written, and the patch."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from real_command import Cli, cli

__all__ = ["cli"]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


TEXT = "渡口的老人每天清早都要把缆绳检查一遍。 \n\n\n\n到了傍晚，他又坐回门前的石阶上。\n"
CLEAN = "渡口的老人每天清早都要把缆绳检查一遍。\n\n到了傍晚，他又坐回门前的石阶上。\n"
ATTRIBUTES = """\
*.gbk.txt working-tree-encoding=GBK
*.le.md working-tree-encoding=UTF-16LE
*.bom.md working-tree-encoding=UTF-16
*.utf.md working-tree-encoding=UTF-8
*.off.txt -working-tree-encoding
"""
#: The bytes of a text in each file.
ENCODED: dict[str, Callable[[str], bytes]] = {
    "旧.gbk.txt": lambda text: text.encode("gbk"),
    "无标记.le.md": lambda text: text.encode("utf-16-le"),
    "有标记.bom.md": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "章/旧.gbk.txt": lambda text: ("附：" + text).encode("gbk"),
}


def _git(cli: Cli, *arguments: str) -> str:
    own = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.autocrlf=false")
    done = subprocess.run(["git", *own, *arguments], cwd=cli.folder, capture_output=True, check=True)
    return done.stdout.decode()


def _repository(cli: Cli, attributes: str = ATTRIBUTES) -> None:
    (cli.folder / ".gitattributes").write_text(attributes, encoding="utf-8")
    (cli.folder / "章").mkdir()
    for name, encode in ENCODED.items():
        (cli.folder / name).write_bytes(encode(TEXT))
    _git(cli, "init", "-q")
    _git(cli, "add", "-A")
    _git(cli, "commit", "-q", "-m", "a")


def _is_clean(cli: Cli) -> None:
    for name, encode in ENCODED.items():
        assert (cli.folder / name).read_bytes() == encode(CLEAN), name


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_write_keeps_the_encoding_and_git_takes_it(cli: Cli, jobs: str) -> None:
    _repository(cli)
    assert cli("clean", ".", "-w", "--jobs", jobs).code == 0
    _is_clean(cli)
    _git(cli, "add", "-A")
    for name in ENCODED:
        assert _git(cli, "show", f":{name}").endswith(CLEAN)
    assert cli("clean", ".", "--check").code == 0


def test_the_hook(cli: Cli) -> None:
    _repository(cli)
    arguments = ("clean", "--write", "--level", "safe", "--force-exclude", "--exit-non-zero-on-change")
    git = {"PRE_COMMIT": "1", "GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/index"}
    assert cli(*arguments, *ENCODED, env=git).code == 1
    _is_clean(cli)
    assert cli(*arguments, *ENCODED, env=git).code == 0


def test_git_applies_the_patch(cli: Cli) -> None:
    _repository(cli)
    done = cli("clean", ".", "--diff")
    assert done.code == 1
    (cli.folder.parent / "patch").write_bytes(done.out)
    _git(cli, "apply", str(cli.folder.parent / "patch"))
    # Of UTF-16 git chooses the byte order itself.
    for name, encode in ENCODED.items():
        codec = "utf-16" if "bom" in name else "utf-16-le" if name.endswith(".md") else "gbk"
        assert (cli.folder / name).read_bytes().decode(codec).encode() == encode(CLEAN).decode(codec).encode()


def test_verbose_says_so(cli: Cli) -> None:
    _repository(cli)
    said = "旧.gbk.txt: stays gb18030: .gitattributes says working-tree-encoding=GBK"
    assert said in cli("clean", "旧.gbk.txt", "--check", "-v").errors
    assert said not in cli("clean", "旧.gbk.txt", "--check").err
    done = cli("clean", "旧.gbk.txt", "-w", "-v", env={"DEDUPE_CN_LANG": "zh"})
    assert "旧.gbk.txt：保持 gb18030 编码：.gitattributes 规定 working-tree-encoding=GBK" in done.errors


def test_what_asks_for_something_else_gets_it(cli: Cli) -> None:
    _repository(cli)
    assert cli("clean", "旧.gbk.txt").out == CLEAN.encode()
    assert cli("clean", "旧.gbk.txt", "-w", "--output-encoding", "utf-8").code == 0
    assert (cli.folder / "旧.gbk.txt").read_bytes() == CLEAN.encode()


def test_a_file_that_is_utf_8_already_stays_so(cli: Cli) -> None:
    _repository(cli)
    (cli.folder / "旧.gbk.txt").write_bytes(TEXT.encode())
    done = cli("clean", "旧.gbk.txt", "-w", "-v")
    assert (cli.folder / "旧.gbk.txt").read_bytes() == CLEAN.encode()
    assert "stays" not in done.err


@pytest.mark.parametrize("attributes", ["*.txt working-tree-encoding=UTF-8\n", "*.txt -working-tree-encoding\n", ""])
def test_without_such_an_encoding_it_becomes_utf_8(cli: Cli, attributes: str) -> None:
    _repository(cli, attributes)
    assert cli("clean", "旧.gbk.txt", "-w").code == 0
    assert (cli.folder / "旧.gbk.txt").read_bytes() == CLEAN.encode()


#: What keeps git from saying anything: it is not there, or takes the repository for that of somebody else.
SILENT = {"PATH": os.devnull, "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}


@pytest.mark.parametrize("why", SILENT)
def test_what_git_does_not_say_may_be_so(cli: Cli, why: str) -> None:
    _repository(cli)
    done = cli("clean", "旧.gbk.txt", "章/旧.gbk.txt", "-w", env={why: SILENT[why]})
    said = "旧.gbk.txt: stays gb18030: .gitattributes names encodings, and git does not say which holds here ("
    assert [line.partition(said)[:2] for line in done.errors] == [("", said), ("章/", said)]
    for name in ("旧.gbk.txt", "章/旧.gbk.txt"):
        assert (cli.folder / name).read_bytes() == ENCODED[name](CLEAN)
    assert cli("clean", "旧.gbk.txt", "-w", "--output-encoding", "utf-8", env={why: SILENT[why]}).err == ""


@pytest.mark.parametrize("why", SILENT)
def test_where_no_encoding_is_named_git_has_nothing_to_say(cli: Cli, why: str) -> None:
    _repository(cli, "*.txt text\n")
    assert cli("clean", "旧.gbk.txt", "-w", env={why: SILENT[why]}).code == 0
    assert (cli.folder / "旧.gbk.txt").read_bytes() == CLEAN.encode()


def test_what_a_link_leads_to(cli: Cli, tmp_path_factory: pytest.TempPathFactory) -> None:
    _repository(cli)
    outside = tmp_path_factory.mktemp("outside")
    (outside / "all").symlink_to(cli.folder)
    (outside / "one.md").symlink_to(cli.folder / "旧.gbk.txt")
    assert cli("clean", str(outside / "one.md"), str(outside / "all" / "章"), "-w").code == 0
    for name in ("旧.gbk.txt", "章/旧.gbk.txt"):
        assert (cli.folder / name).read_bytes() == ENCODED[name](CLEAN)


def test_standard_input_has_the_attributes_of_its_name(cli: Cli) -> None:
    _short(cli, SHORT["GBK"], "GBK")
    assert cli("clean", "-", "--stdin-filename", "not-there.txt", stdin=SHORT["GBK"]).text == "缆绳\n"
    assert cli("clean", "-", "--stdin-filename", "not-there.md", stdin=SHORT["GBK"]).code == 2


@pytest.mark.parametrize("name", ["BIG5", "GBK"])  # GBK is read as GB 18030, which has all characters
def test_what_the_encoding_cannot_hold_is_not_written(cli: Cli, name: str) -> None:
    text = "渡口的老人每天清早都要到船埠走一遍，旁人都不明白&#128512;。\n".encode(name)
    (cli.folder / ".gitattributes").write_text(f"*.txt working-tree-encoding={name}\n", encoding="utf-8")
    (cli.folder / "a.txt").write_bytes(text)
    _git(cli, "init", "-q")
    done = cli("clean", "a.txt", "-w", "--select", "html-entities")
    assert (done.code, Path(cli.folder / "a.txt").read_bytes()) == (2, text)
    assert f"and .gitattributes says working-tree-encoding={name}; change that first" in done.err


#: What alone could be several encodings: the bytes, and the attribute's name that settles it.
SHORT = {"GBK": "缆绳".encode("gbk"), "Big5": "纜繩".encode("big5"), "CP936": b"\xc2\xc3\xb7\xd1\x8012"}


def _short(cli: Cli, data: bytes, name: str) -> None:
    (cli.folder / "a.txt").write_bytes(data)
    _git(cli, "init", "-q")
    assert cli("detect", "a.txt").code == 2
    (cli.folder / ".gitattributes").write_text(f"*.txt working-tree-encoding={name}\n", encoding="utf-8")


@pytest.mark.parametrize("name", SHORT)
def test_it_settles_what_the_bytes_leave_open(cli: Cli, name: str) -> None:
    _short(cli, SHORT[name], name)
    text = SHORT[name].decode("gbk" if name == "GBK" else "big5") if name != "CP936" else "旅费€12"
    done = cli("detect", "a.txt")
    assert (done.code, f"(as .gitattributes says: working-tree-encoding={name}, " in done.text) == (0, True)
    assert cli("clean", "a.txt").text == f"{text}\n"
    assert cli("decide", "a.txt").code == 0
    assert cli("clean", "a.txt", "-w").code == 0
    assert (cli.folder / "a.txt").read_bytes() == SHORT[name] + b"\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (SHORT["GBK"] + b"\xff", "GBK"),  # does not fit
        (SHORT["GBK"], "UTF-16"),  # fits in either byte order
        (SHORT["GBK"], "no-such-encoding"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\r", "latin1"),  # no text
        ("渡口的老人每天清早\n".encode() + "都要把缆绳检查一遍\n".encode("gbk"), "GB18030"),  # two encodings
    ],
)
def test_it_settles_nothing_else(cli: Cli, data: bytes, name: str) -> None:
    _short(cli, data, name)
    assert cli("detect", "a.txt").code == 2
    assert cli("clean", "a.txt", "-w").code == 2
    assert (cli.folder / "a.txt").read_bytes() == data


def test_what_a_person_names_comes_first(cli: Cli) -> None:
    _short(cli, SHORT["GBK"], "EUC-JP")
    assert cli("clean", "a.txt", "--encoding", "gbk").text == "缆绳\n"


def test_git_applies_the_patch_also_where_keeping_was_asked_for(cli: Cli) -> None:
    _repository(cli)
    (cli.folder.parent / "patch").write_bytes(cli("clean", "旧.gbk.txt", "--diff", "--output-encoding", "keep").out)
    _git(cli, "apply", str(cli.folder.parent / "patch"))
    assert (cli.folder / "旧.gbk.txt").read_bytes() == CLEAN.encode("gbk")


def test_a_baseline_accepts_no_change_of_an_encoding_that_stays(cli: Cli) -> None:
    _repository(cli)
    assert cli("decide", "旧.gbk.txt", "--accept-current").code == 0
    assert "encoding" not in (cli.folder / ".dedupe-cn-decisions.json").read_text(encoding="utf-8")
    assert cli("clean", ".", "--check", "-q", "--disable", "tidy").code == 0
