"""Lines that saved pages carry go where that is asked for, and each is told."""

from __future__ import annotations

import json

from real_command import Cli

TEXT = "点击上方蓝字关注我们\n雨夜\n第二天一早，他们沿着河堤走到镇上。\n责任编辑：王小明\n"


def test_each_line_is_told_and_can_be_had_back(cli: Cli) -> None:
    for name in ("a.txt", "b.txt"):
        (cli.folder / name).write_text(TEXT + name, encoding="utf-8")
    assert cli("clean", "--check", "a.txt", "b.txt", "--disable", "tidy").code == 0
    done = cli("clean", "--write", "--select", "furniture", "--disable", "tidy", "a.txt", "b.txt")
    assert done.code == 0
    for name in ("a.txt", "b.txt"):
        assert f'{name}:1:1 furniture taken out: "点击上方蓝字关注我们"' in done.text
        assert f'{name}:4:1 furniture taken out: "责任编辑：王小明"' in done.text
        assert (cli.folder / name).read_text(encoding="utf-8") == f"雨夜\n第二天一早，他们沿着河堤走到镇上。\n{name}"
    assert cli("undo").code == 0
    assert (cli.folder / "a.txt").read_text(encoding="utf-8") == TEXT + "a.txt"


def test_in_json(cli: Cli) -> None:
    (cli.folder / "a.txt").write_text(TEXT, encoding="utf-8")
    done = cli("clean", "--check", "--select", "furniture", "--report", "json", "a.txt")
    (file,) = json.loads(done.text)["files"]
    told = [(line["line"], line["text"]) for line in file["taken"]]
    assert told == [(1, "点击上方蓝字关注我们"), (4, "责任编辑：王小明")]
