"""A breach of a law stops at the file: the command says which law, leaves the file, and asks for a report."""

from __future__ import annotations

import pytest
from real_command import Cli, Done, environment
from warm import run_command

from dedupe_cn.errors import LawError

PASSAGE = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，"
DIRTY = f"# 秋\n\n{PASSAGE}{PASSAGE}抬头看见他，笑了。\n"

#: What is wrong with the program -> the law that notices.
FAULTS = {
    "cuts a character too much": (
        "from dedupe_cn.judge import cuts\nreal = cuts.cut\n"
        "cuts.cut = lambda case, marked=None: replace(real(case), end=real(case).end + 1)",
        "unnamed",
    ),
    "takes more than was found": (
        "from dedupe_cn.judge import decide\nfrom dedupe_cn.judge.case import Case\nreal = decide.decide\n"
        "def grow(c):\n"
        "    return Case(c.page, c.rule, c.copy._replace(removed=(c.removed[0], c.removed[1] + 1)))\n"
        "decide.decide = lambda *a, **k: [d._replace(case=grow(d.case)) for d in real(*a, **k)]",
        "copy-differs",
    ),
    "takes the copy that stays": (
        "from dedupe_cn.judge import decide\nfrom dedupe_cn.judge.case import Case\nreal = decide.decide\n"
        "def swap(c):\n"
        "    return Case(c.page, c.rule, c.copy._replace(kept=c.removed))\n"
        "decide.decide = lambda *a, **k: [d._replace(case=swap(d.case)) for d in real(*a, **k)]",
        "kept-goes",
    ),
    "loses what it said of a removal": (
        "from dedupe_cn import work\nfrom dedupe_cn.model import Span\nreal = work.Work._removal\n"
        "def forget(self, here, decision):\n"
        "    removal = real(self, here, decision)\n"
        "    return replace(removal, kept=removal.span)\n"
        "work.Work._removal = forget",
        "kept-gone",
    ),
    "names less than it cuts": (
        "from dedupe_cn import work\nfrom dedupe_cn.model import Span\nreal = work.Work._removal\n"
        "def forget(self, here, decision):\n"
        "    removal = real(self, here, decision)\n"
        "    return replace(removal, span=Span(removal.span.start + 1, removal.span.end))\n"
        "work.Work._removal = forget",
        "unnamed",
    ),
    "encodes something else": (
        "from dedupe_cn import library\nreal = library.encode\n"
        "library.encode = lambda *a, **k: real(*a, **k)[:-2] + '，'.encode()",
        "reads-back",
    ),
}


def run_with(fault: str, cli: Cli, *arguments: str) -> Done:
    program = f"from dataclasses import replace\n{fault}"
    return run_command(arguments, cli.folder, environment({"DEDUPE_CN_STATE_DIR": str(cli.state)}), fault=program)


@pytest.mark.parametrize(("fault", "code"), FAULTS.values(), ids=FAULTS)
def test_a_breach_leaves_the_file_and_asks_for_a_report(cli: Cli, fault: str, code: str) -> None:
    for name in ("a.md", "b.md"):
        (cli.folder / name).write_text(DIRTY, encoding="utf-8")
    done = run_with(fault, cli, "clean", "-w", "a.md", "b.md")
    assert done.code == 2
    assert len(done.errors) == 2, done.err
    law = LawError.of(code)
    assert law.message.startswith("law ")
    assert done.errors[0] == f"error: a.md: {law}"
    assert "please report it" in done.errors[0]
    assert [(cli.folder / name).read_text(encoding="utf-8") for name in ("a.md", "b.md")] == [DIRTY] * 2
    assert list(cli.state.iterdir()) == []
    chinese = run_with(fault, cli, "--lang", "zh", "clean", "a.md")
    assert (chinese.code, chinese.out) == (2, b"")
    assert chinese.errors[0].startswith(f"错误：a.md：违反守则 {law.message.split()[1]}")
    assert "未改动" in chinese.errors[0]
    assert "报告" in chinese.errors[0]


def test_a_tidied_file_with_nothing_removed_is_checked_too(cli: Cli) -> None:
    (cli.folder / "a.txt").write_text("一行。  \n\n\n\n又一行。\n", encoding="utf-8")
    fault = (
        "import dedupe_cn.tidy.trailing_space as t\nfrom dedupe_cn import tidy\nreal = tidy.trailing_space\n"
        "tidy.trailing_space = lambda text, kind: [replace(e, start=e.start - 1) for e in real(text, kind)]\n"
        "tidy._steps.cache_clear()"
    )
    done = run_with(fault, cli, "clean", "-w", "a.txt")
    assert (done.code, LawError.of("unnamed").message in done.err) == (2, True)
    assert (cli.folder / "a.txt").read_text(encoding="utf-8") == "一行。  \n\n\n\n又一行。\n"
