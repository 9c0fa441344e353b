"""What the review page gives back is what ``decide`` would have written: the rows in it are those of the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from real_command import Cli

NAME = ".dedupe-cn-decisions.json"
PASSAGE = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，"
CLAUSE = "本册所有照片均由当地居民提供，未经书面同意不得转载，也不得用于商业用途。"
HALL = "第一展厅的开放时间为上午九点至下午五点，逢周一闭馆，参观者请提前预约。"
BETWEEN = ("河边的旧码头在下雨，摆渡的老人把船拴好。", "山脚下的茶园到了四月里最忙。", "城南的老书店换了三次招牌。")
TEXT = "\n\n".join(
    [
        f"{PASSAGE}{PASSAGE}抬头看见他，笑了。",
        CLAUSE,
        BETWEEN[0],
        CLAUSE,
        HALL,
        BETWEEN[1],
        CLAUSE,
        HALL.replace("一", "二", 1),
    ]
)
RUN = "\n\n".join([BETWEEN[0], BETWEEN[1], CLAUSE, HALL])


@pytest.fixture
def project(cli: Cli) -> Path:
    """Write a project with repeats of many kinds, one of them a run of paragraphs."""
    (cli.folder / ".git").mkdir()
    (cli.folder / "文集").mkdir()
    (cli.folder / "文集" / "甲.md").write_text(TEXT + "\n", encoding="utf-8")
    (cli.folder / "文集" / "乙.md").write_text(f"{RUN}\n\n{BETWEEN[2]}\n\n{RUN}\n", encoding="utf-8")
    (cli.folder / "丙.md").write_text(f"{RUN}\n\n{BETWEEN[2]}\n\n{RUN}\n", encoding="utf-8")
    return cli.folder


def data_of(cli: Cli, *arguments: str) -> Any:
    page = cli("clean", "--check", "--report", "html", *arguments).text
    return json.loads(page.partition('type="application/json" id="data">')[2].partition("</script>")[0])


def rows_of(data: Any) -> list[dict[str, Any]]:
    """Put the rows of a page together as its script does."""
    documents = data["documents"]
    found = [{"path": documents[r["d"]]["name"], **r["row"]} for r in data["repeats"] if "row" in r]
    return sorted(found, key=lambda row: (row["path"], row["id"]))


def verdicts(folder: Path, name: str = NAME) -> list[dict[str, Any]]:
    rows = json.loads((folder / name).read_text(encoding="utf-8"))["verdicts"]
    assert isinstance(rows, list)
    return rows


def same(row: dict[str, Any], other: dict[str, Any]) -> bool:
    return list(row.items()) == list(other.items())


def test_the_rows_are_those_that_decide_writes(cli: Cli, project: Path) -> None:
    rows = rows_of(data_of(cli, "."))
    assert {row["rule"] for row in rows} >= {"tandem", "repeated-block", "duplicate-file"}
    assert any("kept" in row for row in rows)
    assert {row["verdict"] for row in rows} == {"keep"}
    assert max(row["count"] for row in rows) == 2
    ids = ",".join(row["id"] for row in rows)
    assert cli("decide", "--keep", ids, ".").code == 0
    written = verdicts(project)
    assert [row["id"] for row in written] == [row["id"] for row in rows]
    assert all(map(same, rows, written))
    # And with them nothing is open any more, at any level.
    for level in ("safe", "standard", "aggressive"):
        assert data_of(cli, "--level", level, ".")["repeats"] == []


def test_paths_count_from_the_decisions_file(cli: Cli, project: Path) -> None:
    (project / "other").mkdir()
    assert cli("decide", "--accept-current", "--decisions", "other/own.json", "丙.md").code == 0
    (project / "other" / "own.json").write_text('{"version": 1, "verdicts": []}', encoding="utf-8")
    data = data_of(cli, "--decisions", "other/own.json", "丙.md")
    assert data["ledger"] == {"name": "other/own.json", "version": 1, "rows": []}
    rows = rows_of(data)
    assert {row["path"] for row in rows} == {"../丙.md"}
    assert cli("decide", "--accept-current", "--decisions", "other/own.json", "丙.md").code == 0
    assert verdicts(project, "other/own.json") == rows


def test_one_more_copy_is_open_again_and_counts_with_those_kept(cli: Cli, project: Path) -> None:
    assert cli("decide", "--accept-current", ".").code == 0
    held = verdicts(project)
    (note,) = [
        row for row in held if row["path"] == "文集/甲.md" and row["text"][:5] == CLAUSE[:5] and "kept" not in row
    ]
    note["note"] = "和作者说好了"
    (project / NAME).write_text(json.dumps({"version": 1, "verdicts": held}), encoding="utf-8")
    path = project / note["path"]
    path.write_text(path.read_text(encoding="utf-8") + f"\n{CLAUSE}\n", encoding="utf-8")
    data = data_of(cli, ".")
    assert data["ledger"]["rows"] == held
    rows = rows_of(data)
    changed = [row for row in rows if (row["path"], row["id"]) == (note["path"], note["id"])]
    assert changed == [{**note, "count": note["count"] + 1}]
    assert cli("decide", "--accept-current", ".").code == 0
    written = {(row["path"], row["id"]): row for row in verdicts(project)}
    assert all(written[row["path"], row["id"]] == row for row in rows)


def test_text_without_a_name_has_no_rows(cli: Cli) -> None:
    done = cli("clean", "-", "--report", "html:page.html", stdin=f"{PASSAGE}{PASSAGE}抬头看见他。\n".encode())
    assert done.code == 0
    page = (cli.folder / "page.html").read_text(encoding="utf-8")
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    (repeat,) = data["repeats"]
    assert "row" not in repeat
    assert "id" not in repeat
    assert data["ledger"]["name"] == NAME


def test_pairs_asked_for_come_first(cli: Cli) -> None:
    farther = HALL.replace("上午九点至下午五点", "上午十点到下午四点半").replace("请提前", "须提早")
    line = PASSAGE[:-1] + "。"
    text = "\n\n".join([HALL, line, BETWEEN[0], line, BETWEEN[1], farther])
    (cli.folder / "a.md").write_text(text + "\n", encoding="utf-8")
    plain = data_of(cli, "a.md")["repeats"]
    asked = data_of(cli, "--show-borderline", "3", "a.md")["repeats"]
    assert ["near" in repeat for repeat in plain] == [False]
    assert [("near" in r, r.get("pair", False), r["rule"]) for r in asked] == [
        (True, True, "repeated-block"),
        (False, False, "repeated-block"),
    ]
    assert asked[0]["score"] < 0.9
    # In one process of several too, where a file without findings lets go of its text.
    (cli.folder / "b.md").write_text("\n\n".join([HALL, BETWEEN[1], farther]) + "\n", encoding="utf-8")
    both = data_of(cli, "--show-borderline", "3", "--jobs", "2", "a.md", "b.md")
    pairs = [repeat for repeat in both["repeats"] if "pair" in repeat]
    assert sorted(both["documents"][repeat["d"]]["path"] for repeat in pairs) == ["a.md", "b.md"]
    assert all(repeat["copy"] and repeat["kept"] for repeat in pairs)
