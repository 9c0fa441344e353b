"""``--across`` through the real command: every report, verdicts, configuration, bad input."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from real_command import Cli

ROAD = (
    "从码头上来先往左拐，过了石桥再走三百米就能看见那家磨坊，门口挂着一块旧木牌，上面写着当天磨的是哪一种麦子。"
    "磨坊的主人每天清早五点开门，下午三点收工，遇到下雨就歇着，来的人最好先打个电话问一声。"
)
BREAD = (
    "面团揉好以后要盖上湿布静置四十分钟，等它涨到原来的两倍大，再用手背把里面的气轻轻压出去，分成八份搓圆，"
    "码在抹了油的烤盘里。"
)
TALK = "那天的集市上来了一个说书的，讲的是修桥的故事，从午饭一直说到天黑，围着听的人谁也不肯先走，灯都点上了。"
TEXTS = {
    "a.md": f"# 甲\n\n春天化雪的时候北边的山路最难走，骡子也要停。\n\n## 去磨坊\n\n{ROAD}\n\n## 做面包\n\n{BREAD}\n",
    "b.md": f"# 乙\n\n晒谷场去年翻修过，四周种上了柳树，孩子们都爱去。\n\n## 去磨坊\n\n{ROAD.replace('三百', '300')}\n",
    "c.md": f"# 丙\n\n老邮局的墙上还留着那年的水位线，比门框高出一截。\n\n{BREAD}\n",
}
CHECK = ("clean", ".", "--check", "--across", "--lang", "en")


@pytest.fixture
def folder(cli: Cli) -> Path:
    for name, text in TEXTS.items():
        (cli.folder / name).write_text(text, encoding="utf-8")
    return cli.folder


def rows(out: bytes) -> list[dict[str, Any]]:
    files = json.loads(out)["files"]
    return [{"in": file["path"], **row} for file in files for row in file["removals"] if row["rule"] == "across"]


def test_the_text_report_tells_drift_first(cli: Cli, folder: Path) -> None:
    done = cli(*CHECK)
    first, second, total, summary = done.text.splitlines()
    assert done.code == 0
    assert first.startswith("b.md:5:1 across meaning section like a.md:5 (")
    assert "三百" in first
    assert "300" in first
    assert second.startswith("c.md:5:1 across the same passage as a.md:11 ")
    assert total == "between files: 2 findings, 1 of them differing in meaning"
    assert summary == "3 files: nothing changed"
    assert "across" not in cli("clean", ".", "--check").text
    chinese = cli("clean", ".", "--check", "--across", "--lang", "zh").text
    assert "章节与 a.md:5 相近" in chinese
    assert "与 a.md:11 的段落相同" in chinese


def test_json_holds_all_of_it(cli: Cli, folder: Path) -> None:
    drift, same = rows(cli(*CHECK, "--report", "json").out)
    assert (drift["in"], drift["unit"], drift["likeness"], drift["drift"], drift["applied"]) == (
        *("b.md", "section", "meaning", True, False),
    )
    text = TEXTS["b.md"]
    assert text[drift["start"] : drift["end"]] == drift["text"]
    kept = drift["kept"]
    assert TEXTS[kept["path"]][kept["start"] : kept["end"]].startswith("## 去磨坊")
    assert (same["in"], same["unit"], same["likeness"], same["places"]) == ("c.md", "passage", "exact", [])
    assert "drift" not in same


def test_the_reports_for_other_programs(cli: Cli, folder: Path) -> None:
    lines = cli(*CHECK, "--report", "github").text.splitlines()
    assert any(line.startswith("::warning file=b.md,line=5,") and "a.md:5" in line for line in lines)
    assert any(line.startswith("::notice file=c.md,line=5,") for line in lines)
    issues = json.loads(cli(*CHECK, "--report", "gitlab").out)
    assert [(i["check_name"], i["severity"], i["location"]["path"]) for i in issues] == [
        ("across", "minor", "b.md"),
        ("across", "info", "c.md"),
    ]
    results = json.loads(cli(*CHECK, "--report", "sarif").out)["runs"][0]["results"]
    (related,) = results[0]["relatedLocations"]
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "a.md"
    assert related["physicalLocation"]["region"]["startLine"] == 5
    assert "fixes" not in results[0]
    lines = cli(*CHECK, "--report", "jsonl").text.splitlines()
    assert [json.loads(line).get("path") for line in lines][1:4] == ["a.md", "b.md", "c.md"]
    html = cli(*CHECK, "--report", "html").text
    data = json.loads(re.findall(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', html, re.DOTALL)[0])
    assert [(repeat["rule"], repeat["other"]) for repeat in data["repeats"]] == [("across", "a.md")] * 2


def test_jobs_make_no_difference(cli: Cli, folder: Path) -> None:
    one, two = (rows(cli(*CHECK, "--report", "json", "--jobs", jobs).out) for jobs in ("1", "2"))
    assert one == two
    assert len(one) == 2


def test_verdicts_and_the_baseline_hold(cli: Cli, folder: Path) -> None:
    listed = cli("decide", ".", "--across", "--lang", "en").text
    assert "b.md:5:1" in listed
    assert "across" in listed
    (id,) = {row["id"] for row in rows(cli(*CHECK, "--report", "json").out) if row["in"] == "c.md"}
    assert cli("decide", ".", "--across", "--remove", id).code == 2
    assert cli("decide", ".", "--across", "--keep", id).code == 0
    assert [row["in"] for row in rows(cli(*CHECK, "--report", "json").out)] == ["b.md"]
    assert cli("decide", ".", "--across", "--accept-current").code == 0
    assert rows(cli(*CHECK, "--report", "json").out) == []
    (folder / "d.md").write_text(f"# 丁\n\n{TALK}\n\n{BREAD}\n", encoding="utf-8")
    assert [row["in"] for row in rows(cli(*CHECK, "--report", "json").out)] == ["c.md"]


def test_the_configuration_asks_for_it_and_holds_files_out(cli: Cli, folder: Path) -> None:
    (folder / "dedupe-cn.toml").write_text(
        'across = true\n[[per-file]]\nfiles = ["c.md"]\ndisable = ["across"]\n', encoding="utf-8"
    )
    assert [row["in"] for row in rows(cli("clean", ".", "--check", "--report", "json").out)] == ["b.md"]
    assert rows(cli("clean", ".", "--check", "--no-across", "--report", "json").out) == []
    assert cli("clean", ".", "--write").code == 0
    assert (folder / "b.md").read_text(encoding="utf-8") == TEXTS["b.md"]


def test_identical_files_are_not_told_twice(cli: Cli, folder: Path) -> None:
    (folder / "a2.md").write_text(TEXTS["a.md"], encoding="utf-8")
    files = json.loads(cli(*CHECK, "--report", "json").out)["files"]
    (only,) = next(file["removals"] for file in files if file["path"] == "a2.md")
    assert only["rule"] == "duplicate-file"
    places = [place for file in files for row in file["removals"] for place in row.get("places", [])]
    assert all(place["path"] != "a2.md" for place in places)


def test_a_mark_for_the_file_and_the_rules_page(cli: Cli, folder: Path) -> None:
    (folder / "b.md").write_text(f"<!-- dedupe-cn: ignore-file across -->\n\n{TEXTS['b.md']}", encoding="utf-8")
    done = cli(*CHECK, "--report", "json")
    assert [row["in"] for row in rows(done.out)] == ["c.md"]
    assert "unused" not in done.err
    assert "--across" in cli("rules", "across").text


def test_it_only_tells(cli: Cli, folder: Path) -> None:
    done = cli("clean", ".", "--write", "--across", "--lang", "en")
    assert done.code == 2
    assert "use it with --check" in done.err
    assert len(done.err.splitlines()) == 1
    assert cli("clean", "a.md", "--across").code == 2


def test_names_that_a_terminal_would_obey(cli: Cli, folder: Path) -> None:
    (folder / "a.md").rename(folder / "a\x1b[31m.md")
    text = cli(*CHECK).text
    assert "\x1b" not in text
    assert "a\\x1b[31m.md:5" in text


def test_other_encodings_are_compared_as_text(cli: Cli, folder: Path) -> None:
    (folder / "c.md").write_bytes(TEXTS["c.md"].encode("gb18030"))
    assert [row["in"] for row in rows(cli(*CHECK, "--report", "json").out)] == ["b.md", "c.md"]
