"""What click refuses is said in both languages, in one line, with exit 2."""

from __future__ import annotations

import pytest
from real_command import Cli

REFUSED = {
    ("clean", "--nosuch"): ("there is no option --nosuch", "没有 --nosuch 这个选项"),
    ("clean", "--levl", "safe"): ("did you mean --level", "是不是 --level"),
    ("clean", "--level", "bogus"): ("--level must be one of safe, standard", "--level 只能是 safe，standard"),
    ("clean", "--jobs", "0"): ("--jobs must be a number from 1", "--jobs 必须是不小于 1 的数"),
    ("clean", "--threshold", "half"): ("--threshold must be a number", "--threshold 必须是数字"),
    ("decide", "--min-chars", "x"): ("--min-chars must be a whole number", "--min-chars 必须是整数"),
    ("clean", "--level"): ("--level needs a value", "--level 后面要有一个值"),
    ("clean", "--check=3"): ("--check takes no value", "--check 后面不能带值"),
    ("nosuch",): ("there is no command nosuch", "没有 nosuch 这个命令"),
    ("it's",): ("there is no command it's", "没有 it's 这个命令"),
    ("rules", "tandem", "more"): ("too many arguments: more", "多余的参数：more"),
    ("completion",): ("is missing", "缺少"),
    ("clean", "--threshold", "7"): ("use a number from 0.5 to 1", "请用 0.5 到 1 之间的数"),
    ("clean", "--select", "nosuch", "-"): ("rule 'nosuch' is unknown", "没有名为 nosuch 的规则"),
    ("corpus", "--shingle", "x", "y"): ("cannot be read", "无法理解 --shingle x"),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.items(), ids=map(" ".join, REFUSED))
def test_refusals(cli: Cli, arguments: tuple[str, ...], said: tuple[str, str]) -> None:
    for language, words in zip(("en", "zh"), said, strict=True):
        done = cli("--lang", language, *arguments)
        assert (done.code, done.out) == (2, b"")
        assert len(done.errors) == 1
        assert words in done.errors[0]
