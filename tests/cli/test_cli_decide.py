"""``decide`` and ``--decisions`` through the real command, on a repository of 36 articles in two languages."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from real_command import Cli, environment
from warm import run_command

NAME = ".dedupe-cn-decisions.json"
PLACES = ("河边的旧码头", "山脚下的茶园", "城南的老书店", "铁路旁的小站", "海岛上的灯塔", "雪线下的牧场")
PEOPLE = ("摆渡的老人", "种茶的姐妹", "修书的先生")
THINGS = ("一把用了三十年的木尺", "一本记满账目的旧册子")
REFRAIN = "我们把这里的每一句话都照原样记下来，不添也不减，留给后来的人自己去读。"
CLAUSE = "本册所有照片均由当地居民提供，未经书面同意不得转载，也不得用于商业用途。"
HALL = "第一展厅的开放时间为上午九点至下午五点，逢周一闭馆，参观者请提前预约。"
ENGLISH = "Every photograph in this booklet was lent by the people who live here, and may not be printed elsewhere."


def article(number: int, place: str, person: str, thing: str) -> str:
    """Write an article; every third repeats something on purpose, and one an accident."""
    paragraphs = [
        f"# {place}的{person}",
        f"第{number + 1}次走到{place}，先看见的还是{person}，他们身边总放着{thing}。",
        REFRAIN,
        f"{person}说，{place}的风在{number + 3}月里最大，{thing}就是那时候留下来的。",
        f"In the {number + 1}th year the road to this place was closed, and nobody came for {number + 2} weeks.",
    ]
    if number % 3 == 0:
        paragraphs += ["## 附记", REFRAIN, f"附记写于第{number + 1}天的傍晚，{place}下着小雨。"]
    if number % 4 == 0:
        paragraphs += [CLAUSE, f"这一页由{person}自己校对过两遍，只改了{number + 2}个字。", CLAUSE]
    if number % 6 == 0:
        paragraphs += [HALL, f"去{place}看展的人里有{number + 5}个是第二次来。", HALL.replace("一", "二", 1)]
    if number % 9 == 0:
        paragraphs += [ENGLISH, ENGLISH]
    return "\n\n".join(paragraphs) + "\n"


@pytest.fixture
def repository(cli: Cli) -> list[Path]:
    """Write the articles into folders and give their paths."""
    (cli.folder / ".git").mkdir()
    paths = []
    for number, words in enumerate(product(PLACES, PEOPLE, THINGS)):
        suffix = "md" if number % 5 else "txt"
        path = cli.folder / "文集" / f"第{number // 12 + 1}辑" / f"{number:02}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(number, *words), encoding="utf-8")
        paths.append(path)
    assert len(paths) == 36
    return paths


def check(cli: Cli, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """Run ``clean --check`` and give its exit code and everything it removes or reports."""
    done = cli("clean", "--check", "--report", "json", *(arguments or (".",)))
    removals = [{"path": f["path"], **r} for f in json.loads(done.out)["files"] for r in f["removals"]]
    return done.code, removals


def verdicts(cli: Cli) -> list[dict[str, Any]]:
    rows = json.loads((cli.folder / NAME).read_text(encoding="utf-8"))["verdicts"]
    assert isinstance(rows, list)
    return rows


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_baseline_shows_only_what_is_new(cli: Cli, repository: list[Path]) -> None:
    code, before = check(cli)
    assert code == 1
    assert {r["rule"] for r in before} >= {"repeated-block", "tandem"}
    assert {r["likeness"] for r in before} >= {"exact", "meaning"}
    done = cli("decide", "--accept-current")
    assert (done.code, done.text) == (0, "")
    assert done.errors[-1] == f"{NAME}: {len(verdicts(cli))} verdicts recorded"
    for level in ("safe", "standard", "aggressive"):
        assert check(cli, "--level", level, ".") == (0, [])
    assert check(cli, "--select", "repeats", ".") == (0, [])

    path = repository[7]
    planted = path.read_text(encoding="utf-8").split("\n\n")[3]
    path.write_text(path.read_text(encoding="utf-8") + f"\n{planted}\n", encoding="utf-8")
    code, new = check(cli)
    assert code == 1
    assert [(r["path"], r["text"], r["applied"]) for r in new] == [
        (path.relative_to(cli.folder).as_posix(), planted, True)
    ]
    text = cli("clean", "--check", "--select", "repeats", ".").text.splitlines()
    assert len(text) == 2
    assert "would be removed, same as line 7" in text[0]
    assert text[1].startswith("36 files: 1 would change, 1 repeat to remove (")


def test_one_file_and_parallel_batches_see_the_same(cli: Cli, repository: list[Path]) -> None:
    cli("decide", "--accept-current")
    names = [path.relative_to(cli.folder).as_posix() for path in repository]
    for start in range(0, len(names), 7):
        done = cli("clean", "--check", *names[start : start + 7])
        assert (done.code, done.err) == (0, "")
    assert cli("clean", "--check", names[0]).code == 0


def test_one_more_copy_than_was_accepted_is_new(cli: Cli, repository: list[Path]) -> None:
    cli("decide", "--accept-current")
    edit(repository[0], "附记写于", f"{REFRAIN}\n\n附记写于")
    code, new = check(cli, repository[0].relative_to(cli.folder).as_posix())
    assert (code, [r["text"] for r in new]) == (1, [REFRAIN])
    # What is accepted in one file is not accepted in another.
    edit(repository[1], "他们身边", f"他们身边总是那样。\n\n{REFRAIN}\n\n他们身边")
    assert [r["text"] for r in check(cli)[1]] == [REFRAIN, REFRAIN]


def test_edits_elsewhere_and_renames_keep_what_was_decided(cli: Cli, repository: list[Path]) -> None:
    cli("decide", "--accept-current")
    for path in repository[::2]:
        path.write_text("新加的一段开场白，和别处都不一样。\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    repository[0].rename(repository[0].with_name("改名.txt"))
    (cli.folder / "文集" / "第2辑").rename(cli.folder / "文集" / "第二辑")
    assert check(cli) == (0, [])
    assert "nothing matches" not in cli("clean", "--check", ".").err
    assert cli("clean", "--check", "文集/第1辑/改名.txt").code == 0
    before = {(row["path"], row["id"]) for row in verdicts(cli)}
    assert cli("decide", "--prune").code == 0
    after = {(row["path"], row["id"]) for row in verdicts(cli)}
    assert len(after) == len(before)
    assert {id for _, id in after} == {id for _, id in before}
    assert all((cli.folder / path).exists() for path, _ in after)
    assert check(cli) == (0, [])


def test_stale_verdicts_are_told_and_pruned(cli: Cli, repository: list[Path]) -> None:
    cli("decide", "--accept-current")
    edit(repository[0], "## 附记\n\n" + REFRAIN, "## 附记")
    name = repository[0].relative_to(cli.folder).as_posix()
    note = f"{NAME}: nothing matches 1 verdict any more; 'dedupe-cn decide --prune' drops what is stale"
    assert cli("clean", "--check", ".").errors[-1] == note
    assert cli("clean", "--check", name).errors == [note]
    assert cli("clean", "--check", repository[1].relative_to(cli.folder).as_posix()).err == ""
    for rules in ("tidy", "tandem"):  # nobody looked for a repeated block
        assert "nothing matches" not in cli("clean", "--check", "--select", rules, name).err
    rows = len(verdicts(cli))
    assert cli("decide", "--prune").errors[-1] == f"{NAME}: 1 verdict dropped or mended"
    assert len(verdicts(cli)) == rows - 1
    assert "nothing matches" not in cli("clean", "--check", ".").err
    # Now it would be new.
    edit(repository[0], "## 附记", f"## 附记\n\n{REFRAIN}")
    assert [r["text"] for r in check(cli)[1]] == [REFRAIN]


def test_a_deleted_file_is_stale_only_where_its_folder_was_walked(cli: Cli, repository: list[Path]) -> None:
    cli("decide", "--accept-current")
    rows = [row for row in verdicts(cli) if row["path"] == "文集/第1辑/00.txt"]
    repository[0].unlink()
    note = f"{NAME}: nothing matches {len(rows)} verdicts any more; 'dedupe-cn decide --prune' drops what is stale"
    assert len(rows) > 1
    assert cli("clean", "--check", "文集").errors == [note]
    assert cli("clean", "--check", "文集/第3辑").err == ""
    cli("decide", "--prune", "文集/第3辑")
    assert [row for row in verdicts(cli) if row["path"] == "文集/第1辑/00.txt"] == rows
    cli("decide", "--prune")
    assert [row for row in verdicts(cli) if row["path"] == "文集/第1辑/00.txt"] == []
    assert check(cli) == (0, [])


def test_deciding_by_id(cli: Cli, repository: list[Path]) -> None:
    done = cli("decide", "文集/第1辑/00.txt")
    lines = done.text.splitlines()
    assert done.code == 0
    assert lines[-1] == "decide with --keep ID,… or --remove ID,…; --accept-current keeps them all"
    assert {line.split(" ")[2] for line in lines if line.startswith("文集")} == {"repeated-block", "tandem"}
    rows = {row["text"]: row["id"] for row in json.loads(cli("decide", "--json", "文集/第1辑/00.txt").out)["open"]}
    keep, drop = rows[CLAUSE], rows[REFRAIN]
    wide = f"［{keep[:6].upper()}］，{rows[ENGLISH][:8]}".translate(str.maketrans("［］", "[]"))
    done = cli("decide", "文集/第1辑/00.txt", "--keep", wide, "--remove", drop[:9])
    assert (done.code, done.errors) == (0, [f"{NAME}: 3 verdicts recorded"])
    assert {(row["id"], row["verdict"]) for row in verdicts(cli)} == {
        (keep, "keep"), (rows[ENGLISH], "keep"), (drop, "remove")
    }  # fmt: skip
    assert cli("clean", "--write", "--level", "safe", "文集/第1辑/00.txt").code == 0
    text = repository[0].read_text(encoding="utf-8")
    assert (text.count(REFRAIN), text.count(CLAUSE), text.count(ENGLISH)) == (1, 2, 2)
    # A verdict can be changed.
    assert cli("decide", "文集/第1辑/00.txt", "--remove", keep).code == 0
    cli("clean", "--write", "--level", "safe", "文集/第1辑/00.txt")
    assert repository[0].read_text(encoding="utf-8").count(CLAUSE) == 1


def test_a_note_made_by_hand_stays(cli: Cli, repository: list[Path]) -> None:
    cli("decide", "文集/第1辑/00.txt", "--accept-current")
    edit(cli.folder / NAME, '"count": 1', '"note": "作者要求", "count": 1')
    edit(repository[0], "附记写于", f"{REFRAIN}\n\n附记写于")
    cli("decide", "文集/第1辑", "--accept-current")
    assert [row["note"] for row in verdicts(cli) if "note" in row] == ["作者要求"]


def test_an_id_from_a_report_will_do_even_if_a_removal_brings_it_about(cli: Cli) -> None:
    a, b = "甲说" + "春天的雨落在瓦上，" * 3 + "声音很轻。", "乙说" + "秋天的风吹过稻田，" * 3 + "一直吹到河边。"
    path = cli.folder / "a.md"
    path.write_text("\n\n".join([a, b, a, a, b, "完了。"]) + "\n", encoding="utf-8")
    for removal in check(cli, "a.md")[1]:
        assert cli("decide", "a.md", "--keep", removal["id"]).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--keep", "0000"), "error: no repeat in these files has the id 0000; 'dedupe-cn decide' lists them"),
        (("--keep", "0"), "error: no repeat in these files has the id 0; 'dedupe-cn decide' lists them"),
        (("--lang", "zh", "--remove", "zzzz"), "错误：这些文件中没有编号为 zzzz 的重复；可用 dedupe-cn decide 列出"),
        (("-",), "error: verdicts are on files; name a file or a folder"),
        (("--decisions", "missing.json"), "error: missing.json: no such file or folder"),
        (("--level", "standard", "--keep", "abcd", "--decisions", "no/folder.json"), "error: no repeat"),
    ],
)
def test_what_cannot_be_decided(cli: Cli, repository: list[Path], arguments: tuple[str, ...], said: str) -> None:
    done = cli("decide", *arguments)
    assert (done.code, done.out) == (2, b"")
    assert done.errors[-1].startswith(said)
    assert not (cli.folder / NAME).exists()


def test_only_what_was_decided_goes(cli: Cli, repository: list[Path]) -> None:
    name = repository[0].relative_to(cli.folder).as_posix()
    nothing = cli("clean", "--write", "--only-decided", name)
    assert (nothing.code, nothing.errors) == (
        2,
        [f"error: there is no decisions file ({NAME}), so nothing was decided; 'dedupe-cn decide' makes one"],
    )
    rows = {row["text"]: row["id"] for row in json.loads(cli("decide", "--json", name).out)["open"]}
    cli("decide", "--remove", rows[CLAUSE], name)
    code, found = check(cli, "--only-decided", "--level", "aggressive", name)
    assert code == 1
    assert [r["text"] for r in found if r["applied"]] == [CLAUSE]
    assert cli("clean", "--write", "--only-decided", name).code == 0
    text = repository[0].read_text(encoding="utf-8")
    assert (text.count(CLAUSE), text.count(REFRAIN), text.count(ENGLISH)) == (1, 2, 2)
    assert check(cli, "--only-decided", ".")[0] == 0


def test_what_was_decided_goes_although_what_holds_it_stays(cli: Cli) -> None:
    (cli.folder / ".git").mkdir()
    other = HALL.replace("一", "二", 1)
    path = cli.folder / "a.md"
    text = "\n\n".join([CLAUSE, HALL, REFRAIN, "中间的一段。", CLAUSE, other, REFRAIN])
    path.write_text(text + "\n", encoding="utf-8")
    (row,) = json.loads(cli("decide", "--json", "a.md").out)["open"]
    assert row["likeness"] == "meaning"
    assert cli("decide", "--remove", row["id"], "a.md").code == 0
    assert cli("clean", "--write", "--only-decided", "--level", "safe", "a.md").code == 0
    assert path.read_text(encoding="utf-8").count(CLAUSE) == 1


def test_keep_and_remove_exclude_each_other(cli: Cli, repository: list[Path]) -> None:
    (row, *_) = json.loads(cli("decide", "--json", "文集/第1辑/00.txt").out)["open"]
    done = cli("decide", "--keep", row["id"], "--remove", row["id"])
    assert (done.code, done.errors[-1]) == (2, f"error: {row['id']} can have one verdict only")


@pytest.mark.parametrize("command", [("clean", "--check"), ("clean", "--write"), ("decide",), ("decide", "--prune")])
@pytest.mark.parametrize(
    ("language", "said"), [("en", "is a mark of an unresolved merge"), ("zh", "行是未解决的合并冲突标记")]
)
def test_a_file_with_a_conflict_stops_the_run(
    cli: Cli, repository: list[Path], command: tuple[str, ...], language: str, said: str
) -> None:
    cli("decide", "--accept-current")
    file = cli.folder / NAME
    file.write_bytes(file.read_bytes() + b"<<<<<<< HEAD\n")
    before = {path: path.read_bytes() for path in [file, *repository]}
    done = cli(*command, "--lang", language, ".")
    assert done.code == 2
    assert done.out == b""
    assert len([line for line in done.errors if said in line]) == 1
    assert "Traceback" not in done.err
    assert {path: path.read_bytes() for path in before} == before


def test_a_named_file_and_input_from_a_pipe(cli: Cli, repository: list[Path]) -> None:
    assert cli("decide", "--accept-current", "--decisions", "文集/裁定.json").code == 0
    assert not (cli.folder / NAME).exists()
    rows = json.loads((cli.folder / "文集" / "裁定.json").read_text(encoding="utf-8"))["verdicts"]
    assert {row["path"].partition("/")[0] for row in rows} == {"第1辑", "第2辑", "第3辑"}
    assert check(cli)[0] == 1
    assert check(cli, "--decisions", "文集/裁定.json", ".") == (0, [])
    text = repository[0].read_bytes()
    named = ("--stdin-filename", "文集/第1辑/00.txt")
    for name in (named, ()):
        assert cli("clean", "-", *name, "--decisions", "文集/裁定.json", stdin=text).out == text
    other = ("--stdin-filename", "文集/第1辑/01.md")
    assert cli("clean", "-", *other, "--decisions", "文集/裁定.json", stdin=text).out != text


def test_the_file_is_found_from_below_the_root(cli: Cli, repository: list[Path]) -> None:
    def run(*arguments: str) -> int:
        return run_command(arguments, cli.folder / "文集" / "第1辑", environment()).code

    assert run("decide", "--accept-current") == 0
    assert {row["path"].rpartition("/")[0] for row in verdicts(cli)} == {"文集/第1辑"}
    assert run("clean", "--check", "00.txt") == 0
    assert cli("clean", "--check", "文集/第1辑").code == 0
    assert cli("clean", "--check", "文集/第2辑").code == 1


def test_identical_files_can_be_kept_but_not_removed(cli: Cli, repository: list[Path]) -> None:
    (cli.folder / "副本.md").write_bytes(repository[1].read_bytes())
    cli("decide", "--accept-current", "文集")
    (row,) = json.loads(cli("decide", "--json").out)["open"]
    assert row["rule"] == "duplicate-file"
    assert cli("decide", "--remove", row["id"]).errors[-1].endswith("it can only be kept")
    assert cli("decide", "--keep", row["id"]).code == 0
    assert check(cli) == (0, [])
    # Alone it has no twin, which says nothing about the verdict.
    assert cli("clean", "--check", "副本.md").err == ""


def test_a_file_that_cannot_be_read_does_not_stop_the_others(cli: Cli, repository: list[Path]) -> None:
    repository[2].write_bytes(b"\x81\x30\x81 \xff\xfe\x00" * 9)
    done = cli("decide", "--accept-current", repository[2].relative_to(cli.folder).as_posix(), "文集")
    assert done.code == 2
    assert len(verdicts(cli)) > 10


def test_words_in_chinese(cli: Cli, repository: list[Path]) -> None:
    listed = cli("decide", "--lang", "zh", "文集/第1辑/00.txt").text
    assert "将删除，与第" in listed
    assert listed.splitlines()[-2].endswith("处在 standard 级将删除")
    done = cli("decide", "--lang", "zh", "--accept-current")
    assert done.errors[-1] == f"{NAME}：已记录 {len(verdicts(cli))} 条裁定"
    assert cli("decide", "--lang", "zh").text == "没有尚未裁定的重复\n"
    done = cli("clean", "--check", "--lang", "zh", "-v", ".")
    assert f"按 {NAME} 保留了 " in done.err


def test_ids_show_with_v_and_in_json_and_are_stable(cli: Cli, repository: list[Path]) -> None:
    (row, *_) = check(cli, "文集/第1辑/00.txt")[1]
    assert f"[{row['id'][:8]}]" in cli("clean", "--check", "-v", "文集/第1辑/00.txt").text
    assert "[" not in cli("clean", "--check", "文集/第1辑/00.txt").text
    lines = cli("clean", "--check", "--report", "jsonl", "文集/第1辑/00.txt").text.splitlines()
    assert json.loads(lines[1])["removals"][0]["id"] == row["id"]
