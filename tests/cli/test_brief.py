"""What a report that only counts what stays is given of several inputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from dedupe_cn.cli.cleaning import Plan
from dedupe_cn.cli.console import Console
from dedupe_cn.cli.inputs import Input
from dedupe_cn.cli.messages import Say
from dedupe_cn.cli.modes import Mode
from dedupe_cn.cli.one import Done
from dedupe_cn.cli.sweep import clean_several
from dedupe_cn.io.decisions import Decisions
from dedupe_cn.io.discover import Source
from dedupe_cn.io.suffixes import kind_of
from dedupe_cn.model import NAMED, Level
from dedupe_cn.settings import Settings

BRIDGE = "这座桥建于一九三五年，长一百二十米，是全城最老的桥，每年夏天都有人来看，桥下的水一直向东流。"
RAIN = "他把账本合上，望着窗外的雨，很久没有说话，也没有起身去点灯，屋里只剩下钟摆一下一下的声音。"
MARKET = "集市散了以后，石板路上只剩几片菜叶，卖豆腐的老人把担子挑起来，沿着河岸慢慢往回走。"
PLAIN = f"# 题\n\n{BRIDGE}\n\n{RAIN}\n"
CONSOLE = Console(Say("en"))
PLAN = Plan(Settings(level=Level.STANDARD))


def items_of(folder: Path, contents: Sequence[bytes]) -> list[Input]:
    items = []
    for number, content in enumerate(contents):
        path = folder / f"{number}.md"
        path.write_bytes(content)
        items.append(Input(str(path), kind_of(path.name), Source(str(path))))
    return items


def cleaned(items: Sequence[Input], mode: Mode = Mode.OUTPUT, brief: bool = False) -> list[Done]:
    plans = {item.name: PLAN for item in items}
    return list(clean_several(items, mode, plans, CONSOLE, several=True, brief=brief))


def _with_findings(count: int) -> str:
    """Give a text in which so many passages that have nothing in common stand twice, too short to go."""
    lines = ["".join(chr(0x4E00 + 40 * number + step) for step in range(21)) + "。" for number in range(2 * count)]
    twice = [line for number in range(count) for line in (lines[number], lines[count + number])]
    return "\n\n".join([*twice, *lines[:count][::-1]]) + "\n"


def test_a_brief_report_counts_what_stays(tmp_path: Path) -> None:
    """What it counts is what the others tell, by the level at which it would go."""
    clause = "前款规定的人员应当在十日内提出申请，逾期不予受理，本条另有规定的除外。"
    others = [BRIDGE.replace("一九三五", number) for number in ("一九三六", "甲子")]
    numbered = [f"# 题\n\n{BRIDGE}\n\n{RAIN}\n\n{other}\n\n{clause}\n" for other in others]
    texts = [*numbered, f"{clause}\n\n{MARKET}\n\n{clause}\n\n短短的一句话。\n\n短短的一句话。\n", PLAIN]
    texts.append(_with_findings(5))
    items = items_of(tmp_path, [text.encode() for text in texts])
    whole, brief = (
        [done.result.outcome for done in cleaned(items, Mode.CHECK, brief) if done.result and done.result.outcome]
        for brief in (False, True)
    )
    assert any(len(outcome.reported) > NAMED for outcome in whole)
    for long, short in zip(whole, brief, strict=True):
        counted = Counter(dict(short.left))
        for removal in short.reported:
            counted[removal.level] += removal.copies
        assert counted == sum((Counter({r.level: r.copies}) for r in long.reported), Counter())
        assert short.removals == tuple(r for r in long.removals if r.applied or r in long.reported[:NAMED])
        assert not long.left


@pytest.mark.parametrize("decisions", [False, True])
def test_verdicts_are_held_against_each_repeat(decisions: bool, tmp_path: Path) -> None:
    (item,) = items_of(tmp_path, [_with_findings(NAMED + 1).encode()])
    plan = PLAN._replace(decisions=Decisions(tmp_path / "decisions.toml") if decisions else None)
    (done,) = clean_several([item], Mode.CHECK, {item.name: plan}, CONSOLE, several=True, brief=True)
    assert done.result is not None
    assert done.result.outcome is not None
    assert (len(done.result.outcome.reported) > NAMED) == decisions
    assert bool(done.result.outcome.left) != decisions
