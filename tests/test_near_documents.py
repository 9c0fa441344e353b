"""Planted near-duplicates in whole documents: noise is undone, a changed digit never costs a text."""

from __future__ import annotations

from budget import budget
from documents import HALF_WIDTH, noisy
from hypothesis import given
from hypothesis import strategies as st

from dedupe_cn.model import Document, Kind, Level
from dedupe_cn.pipeline import clean
from dedupe_cn.settings import REPEAT_RULES, Settings

PASSAGES = (
    "镇上的老剧场从去年秋天开始修缮，木椅一排一排拆下来编号晾晒，工人说等到明年开春，台口的雕花也会照原样补齐。",
    "观测队在湖边搭了三顶帐篷，白天记录候鸟的数目，夜里把当天的照片整理好，第二天清早再由骑摩托的信使带回县城。",
    "食堂把午饭时间往后推了半个小时，师傅说这样蒸笼可以多上一屉，来得晚的人也能吃到热的，大家都说这个办法好。",
)
FILLERS = (
    "渡口旁边新开了一家卖豆腐的小店，天不亮就有人排队，店主是个话不多的年轻人。",
    "山上的信号塔前天被雷打坏了，修理的人背着工具爬了两个钟头才到，下山时天已经全黑。",
)


def outcome_of(paragraphs: list[str], level: Level) -> str:
    text = "\n\n".join(paragraphs) + "\n"
    return clean(Document(text, Kind.MARKDOWN), Settings(level=level, rules=frozenset(REPEAT_RULES))).text


@budget(60)
@given(data=st.data(), passage=st.sampled_from(PASSAGES))
def test_a_noisy_copy_goes_and_the_clean_one_stays(data: st.DataObject, passage: str) -> None:
    copy = data.draw(noisy(passage))
    expected = "\n\n".join([passage, *FILLERS]) + "\n"
    assert outcome_of([passage, FILLERS[0], copy, FILLERS[1]], Level.STANDARD) == expected


@budget(60)
@given(
    data=st.data(),
    passage=st.sampled_from(PASSAGES),
    numbers=st.lists(st.integers(min_value=1, max_value=9999), min_size=2, max_size=2, unique=True),
    level=st.sampled_from(list(Level)),
    with_noise=st.booleans(),
)
def test_a_changed_number_never_costs_a_text(
    data: st.DataObject, passage: str, numbers: list[int], level: Level, with_noise: bool
) -> None:
    head, _, tail = passage.partition("，")
    one, other = (f"{head}，共花费{number}元，{tail}" for number in numbers)
    if with_noise:
        other = other.translate(HALF_WIDTH)
    paragraphs = [one, FILLERS[0], other, FILLERS[1]]
    assert outcome_of(paragraphs, level) == "\n\n".join(paragraphs) + "\n"


def test_what_stays_is_told_by_the_level_that_would_take_it() -> None:
    """A line may be a repeated block that is too short to go, and a page footer that a higher level takes."""
    footer = "关注本站公众号"
    pages = ["窗外下着雨，他把账本合上。", "集市散了，石板路上只剩菜叶。", "桥下的水一直向东流去。"]
    text = "\n\n".join(f"{page}\n\n{footer}" for page in pages) + "\n"
    (told,) = clean(Document(text, Kind.MARKDOWN), Settings(level=Level.STANDARD)).reported
    assert (told.rule, told.level) == ("running-line", Level.AGGRESSIVE)
    assert outcome_of([text.strip()], Level.AGGRESSIVE) == "\n\n".join([pages[0], footer, *pages[1:]]) + "\n"
