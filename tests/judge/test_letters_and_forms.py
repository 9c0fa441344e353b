"""Names, numbers and dates at the ends of a text make two of it: letters, certificates, bylines, versions."""

from __future__ import annotations

from examples import BEES, DOME, NETS, RAIL, SAFE, SNOW, SOY, STANDARD, WIND, Example, check, each, parts

from dedupe_cn.model import Kind, Level

MARKDOWN = Kind.MARKDOWN
LETTER = BEES + SOY + RAIL + DOME + SNOW
BODY = "\n\n".join((BEES, SOY, RAIL, DOME))
BYLINE = "撰稿：[阿岚（新窗口打开）](https://example.org/people/a-lan-the-beekeeper)，蜂场资料员，在山里住了很多年，欢迎来信。"

SIGNED = """甲方（签字）：          乙方（签字）：
经手人：                经手人：
日期：    年    月    日      日期：    年    月    日"""


def stays(name: str, text: str, why: str | tuple[str, ...] = "differs", **more: object) -> Example:
    return Example(name, text, why=why, **more)  # type: ignore[arg-type]


LETTERS = (
    stays("two persons are addressed on a line", f"何大成同志：\n{LETTER}\n\n陆小满同志：\n{LETTER}\n"),
    stays("two persons are addressed at the beginning of the line", f"何大成：{LETTER}\n\n陆小满：{LETTER}\n"),
    stays("two persons are addressed in Markdown", f"何大成：{LETTER}\n\n陆小满：{LETTER}\n", kind=MARKDOWN),
    stays("two persons sign on a line", f"{LETTER}\n何大成\n\n{LETTER}\n陆小满\n"),
    stays("two persons sign at the end of the line", f"{LETTER}（何大成）\n\n{LETTER}（陆小满）\n"),
    stays("two numbers at the end", f"{LETTER}登记号：0471\n\n{LETTER}登记号：0472\n"),
    stays("two numbers at the beginning", f"第0471号\n{LETTER}\n\n第0472号\n{LETTER}\n"),
    stays("two years at the beginning", f"二〇一六年度。{LETTER}\n\n二〇一七年度。{LETTER}\n"),
    stays("two dates at the end", f"{LETTER}\n2013年8月4日\n\n{LETTER}\n2014年8月4日\n"),
    stays(
        "two persons and two dates",
        f"何大成：\n{LETTER}\n蜂场\n二〇一三年八月四日\n\n陆小满：\n{LETTER}\n蜂场\n二〇一三年八月九日\n",
    ),
    stays(
        "two dates behind the title",
        f"蜂场章程\n\n（2008年2月3日通过）\n\n{BODY}\n\n蜂场章程\n\n（2012年6月5日通过）\n\n{BODY}\n",
    ),
    stays(
        "a draft and what was adopted",
        f"蜂场章程（草案）\n\n{BODY}\n\n蜂场章程（定稿）\n\n{BODY}\n",
        why=("differs", "differs", "other-label"),
    ),
    stays(
        "another day on which it comes into force",
        "\n".join(parts("# 蜂场章程", BODY, f"本章程自{day}起施行。") for day in ("2008年2月3日", "2012年6月5日")),
        kind=MARKDOWN,
    ),
)
FURTHER = (
    stays(
        "bylines of two articles",
        parts("## 什么是分蜂", "作者", BYLINE, WIND, "## 什么是夺蜜", "作者", BYLINE, NETS),
        why=("level", "other-place", "other-place"),
        kind=MARKDOWN,
    ),
    stays(
        "the same dateline of two news",
        parts(
            "分蜂",
            "山里日报 记者 阿岚 摄影 大成 东坡三月六日电",
            WIND,
            "夺蜜",
            "山里日报 记者 阿岚 摄影 大成 东坡三月六日电",
            NETS,
        ),
        why=("short-words", "short-words", "other-label"),
    ),
    stays(
        "signature blocks of two contracts",
        parts(
            "蜂箱租借合同",
            "一、甲方把蜂箱借给乙方使用，租金按月付清。",
            SIGNED,
            "蜂箱租借的补充约定",
            "一、乙方另借摇蜜机。",
            SIGNED,
        ),
        why="short-words",
        levels=(SAFE, STANDARD),
    ),
    stays(
        "certificates with the same end",
        parts(
            "证明之一",
            "兹证明何大成参加了春季的养蜂课程。",
            "特此证明。",
            "山里蜂场办公室\n二〇一三年八月四日",
            "证明之二",
            "兹证明陆小满参加了春季的养蜂课程。",
            "特此证明。",
            "山里蜂场办公室\n二〇一三年八月四日",
        ),
        why=("short-words", "short-words", "other-label"),
    ),
    stays(
        "two speakers of one quotation",
        f"> {RAIL}\n>\n> ——老站长\n\n> {RAIL}\n>\n> ——新徒弟\n",
        why=("protected-kind", "protected-kind", "other-label"),
        kind=MARKDOWN,
    ),
    stays(
        "stems of exam questions",
        "1．阅读上面的材料，结合自己的经历，从方框里选出合适的词语补全下面的句子。\n甲题略。\n2．阅读上面的材料，结合自己的经历，从方框里选出合适的词语补全下面的句子。\n乙题略。\n",
        why="differs",
    ),
    stays(
        "a passage beside two names",
        parts("何大成", RAIL, WIND, "陆小满", RAIL, NETS),
        why=("level", "other-label", "other-label"),
    ),
    stays("a passage in front of two dates", parts(WIND, RAIL, "2013年8月4日", NETS, RAIL, "2013年8月9日")),
    stays(
        "a name that would stand above nothing",
        parts("何大成", RAIL, WIND, "何大成", RAIL, NETS),
        ("level", "label-alone", "label-alone"),
    ),
)
GONE = (
    Example(
        "the same letter to the same person twice",
        f"何大成同志：\n{LETTER}\n\n何大成同志：\n{LETTER}\n",
        f"何大成同志：\n{LETTER}\n",
        SAFE,
        "whole-document",
    ),
    Example(
        "the same signature behind both",
        f"{LETTER}\n何大成\n\n{LETTER}\n何大成\n",
        f"{LETTER}\n何大成\n",
        SAFE,
        "whole-document",
    ),
)
EXAMPLES = (*LETTERS, *FURTHER, *GONE)


@each(EXAMPLES)
def test_what_stands_at_the_ends(example: Example, level: Level) -> None:
    check(example, level)
