"""What .gitignore says is what git says: asked of git in a work tree, read as git reads it in other folders."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from real_command import Cli, cli

from dedupe_cn.io.configurations import Configurations
from dedupe_cn.io.discover import Here, discover
from dedupe_cn.io.git_rules import IgnoreQueries, WorkTrees
from dedupe_cn.io.selection import Selection

__all__ = ["cli"]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


#: Patterns that read otherwise by characters than by bytes, and those around them.
PATTERNS = """\
???.txt
第?章.md
草稿[一二].md
稿[!一]件.md
版本[0-9].txt
备份[[:digit:]][[:digit:]].md
[[:upper:]]x*.txt
a[[:punct:]]b.txt
s[[:space:]]t.txt
n[^[:alpha:]]m.txt
z[[:nosuch:]]z.txt
尾\u3000
尾二\u00a0
尾三\\ \n尾四  \n目录/
/根.txt
深/**/叶.md
*.log.txt
!留.log.txt
\\#井.txt
\\!叹.txt
# 说明
[]q].txt
[[x].txt
b\\*c.txt
码\u2028行.txt
中 间.txt
p[a-c]q.md
e[\\]]f.txt
r[一-三].txt
**/任意/里.md
/前/*
!/前/要.md
Icon\r\r
""".encode() + b"\xb2\xdd\xb8\xe5?.txt\r\n"

_STEMS = ["一", "二", "ab", "abc", "留", "根", "井", "#井", "!叹", "叹", "中 间", "码\u2028行", "b*c", "bxc", "q", "]"]
NAMES = [
    *(f"{stem}{suffix}" for stem in _STEMS for suffix in (".txt", ".log.txt", ".md")),
    *(f"第{number}章.md" for number in ("", "1", "一", "12", "十一")),
    *(f"草稿{number}.md" for number in "一二三12"),
    *(f"稿{number}件.md" for number in "一二三x"),
    *(f"版本{number}.txt" for number in ("1", "9", "a", "１", "10")),
    *(f"备份{number}.md" for number in ("12", "1", "１２", "1a", "123")),
    *(f"{first}x{rest}.txt" for first in "AZaz大" for rest in ("", "y", "大")),
    *(f"a{mark}b.txt" for mark in "-_.,!c大，~^"),
    *(f"s{mark}t.txt" for mark in " \t\u3000_"),
    *(f"n{mark}m.txt" for mark in "1ax-大"),
    "zzz.txt", "z[:nosuch:]z.txt", "z[z.txt",
    *(f"尾{rest}" for rest in ("", "\u3000", "二", "二\u00a0", "三", "三 ", "四", "四  ")),
    *(f"目录/{name}" for name in ("甲.md", "下/乙.md")),
    *(f"别/{name}" for name in ("目录.md", "目录/丙.md", "根.txt", "深/叶.md")),
    *(f"深/{name}" for name in ("叶.md", "一/叶.md", "一/二/叶.md", "一/枝.md")),
    *(f"任意/{name}" for name in ("里.md", "外.md")), "别/任意/里.md",
    *(f"前/{name}" for name in ("要.md", "不.md", "下/要.md")),
    *(f"p{mark}q.md" for mark in "abcdB"), *(f"e{mark}f.txt" for mark in "]\\x"),
    *(f"r{mark}.txt" for mark in "一二三四丁1"),
    *(f"{first}{rest}.txt" for first in ("é", "aa", "甲", "，") for rest in ("", "a", "乙", "ab", "é", "🙂", "\u3000")),
    *(f"册{number}/第{chapter}章.md" for number in "上中下" for chapter in ("1", "一", "十一", "a1")),
    "Icon\r", "Icon\r\r", "Icon", "[.txt", "[x.txt", "x.txt", "说明", "长长.txt", "é.txt", "aé.txt", "🙂.txt",
]
BYTES = [b"\xb2\xdd\xb8\xe5\xd2.txt", b"\xb2\xdd\xb8\xe5\xd2\xbb.txt"]


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    own = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.excludesFile=/dev/null")
    return subprocess.run(["git", *own, *arguments], cwd=folder, input=given, capture_output=True, check=True).stdout


def _fill(folder: Path) -> list[str]:
    made = []
    for raw in [*map(os.fsencode, NAMES), *BYTES]:
        path = folder / os.fsdecode(raw)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.write_text("文。\n", encoding="utf-8")
        except OSError:  # a file system that does not take the name
            continue
        made.append(os.fsdecode(raw))
    (folder / ".gitignore").write_bytes(PATTERNS)
    return made


@pytest.fixture(autouse=True)
def _no_global_ignores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")


def _read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(folder)
    selection = Selection(Configurations(isolated=True), include=["*.txt", "*.md", "尾*", "Icon*", "说明"])
    return sorted(source.file for source in discover([Path()], selection).sources)


def test_both_ways_say_what_git_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree, plain = tmp_path / "tree", tmp_path / "plain"
    made = _fill(tree)
    _fill(plain)
    assert len(made) >= 200
    _git(tree, "init", "-q")
    listed = _git(tree, "ls-files", "-co", "--exclude-standard", "-z").split(b"\0")
    stays = {os.fsdecode(name) for name in listed} - {"", ".gitignore"}
    assert 60 < len(stays) < len(made) - 60
    for folder in (tree, plain):
        monkeypatch.chdir(folder)
        selection = Selection(Configurations(isolated=True))
        inside = selection.below(str(folder))

        def ignored(name: str, folder: Path = folder, inside: Callable[[str], Here] = inside) -> bool:
            return inside(str((folder / name).parent)).why_not(Path(name).name, (folder / name).is_dir()) == "ignored"

        wrong = [
            name
            for name in made
            if any(ignored(str(part)) for part in (Path(name), *Path(name).parents[:-1])) == (name in stays)
        ]
        selection.close()
        assert wrong == []
    wanted = [name for name in stays if name.endswith((".txt", ".md"))]
    assert set(_read(tree, monkeypatch)) >= set(wanted)
    assert _read(tree, monkeypatch) == _read(plain, monkeypatch)


def test_the_command_says_nothing_of_python(cli: Cli) -> None:
    _fill(cli.folder)
    done = cli("clean", ".", "--check", "--isolated", env={"PYTHONWARNINGS": "default"})
    assert "Warning" not in done.err
    read = cli("clean", ".", "--check", "--isolated", "--report", "json").text
    _git(cli.folder, "init", "-q")
    assert cli("clean", ".", "--check", "--isolated", "--report", "json").text.partition('"elapsed')[0] == (
        read.partition('"elapsed')[0]
    )


def test_what_is_listed_is_left_alone_where_it_is_tracked_too(cli: Cli) -> None:
    (cli.folder / ".gitignore").write_text("out/\n*.log.txt\n!kept.log.txt\n", encoding="utf-8")
    names = ("out/made.md", "a.log.txt", "kept.log.txt", "b.txt")
    for name in names:
        (cli.folder / name).parent.mkdir(exist_ok=True)
        (cli.folder / name).write_text("一段文字。 \n", encoding="utf-8")
    _git(cli.folder, "init", "-q")
    _git(cli.folder, "add", "-f", "-A")
    for paths in (["."], [*names, "--force-exclude"]):
        done = cli("clean", "--check", *paths, "--report", "json")
        assert [name for name in names if f'"path": "{name}"' in done.text] == ["kept.log.txt", "b.txt"]


def test_nested_work_trees_and_our_own_list(cli: Cli) -> None:
    for name in ("outer.md", "sub/inner.md", "sub/kept.md", "drafts/a.md"):
        (cli.folder / name).parent.mkdir(exist_ok=True)
        (cli.folder / name).write_text("一段文字。 \n", encoding="utf-8")
    (cli.folder / ".gitignore").write_text("kept.md\ndrafts/\n", encoding="utf-8")
    (cli.folder / "sub" / ".gitignore").write_text("inner.md\n", encoding="utf-8")
    (cli.folder / ".dedupe-cn-ignore").write_text("!drafts/\nouter.md\n", encoding="utf-8")
    for folder in (cli.folder, cli.folder / "sub"):
        _git(folder, "init", "-q")
    done = cli("clean", ".", "--check", "--report", "json")
    assert [name for name in ("outer.md", "inner.md", "kept.md", "a.md") if name in done.text] == ["kept.md", "a.md"]


def test_one_process_answers_for_a_work_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text("*1.md\n", encoding="utf-8")
    started = []
    start = subprocess.Popen

    def count(*arguments: object, **named: object) -> object:
        started.append(arguments)
        return start(*arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", count)
    queries = IgnoreQueries()
    names = [f"{'长' * 60}{number}.md" for number in range(3000)]
    for folder in (tmp_path, tmp_path / "none" / "below"):
        assert queries.ask(str(folder), names) == [name.endswith("1.md") for name in names]
    queries.close()
    assert len(started) == 1


def test_without_git_the_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = tmp_path / "tree"
    _fill(tree)
    _git(tree, "init", "-q")
    asked = _read(tree, monkeypatch)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert _read(tree, monkeypatch) == asked
    # What git refuses it does not say: a folder behind a link, a name with a line end is no trouble.
    monkeypatch.undo()
    (tree / "link").symlink_to(tmp_path, target_is_directory=True)
    queries = IgnoreQueries()
    assert queries.ask(str(tree / "link" / "tree"), ["一.txt"]) is not None
    (tmp_path / "elsewhere").mkdir()
    assert queries.ask(str(tree / "link" / "elsewhere"), ["一.txt"]) is None
    assert queries.ask(str(tree), ["a\nb.md", ":(x).md", "一.txt"]) == [False, False, True]
    queries.close()
    assert WorkTrees().around("/") is None
