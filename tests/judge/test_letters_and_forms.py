"""Names, numbers and dates at the ends of a text make two of it: letters, certificates, bylines, versions."""

from __future__ import annotations

from examples import AGGRESSIVE, BEES, DOME, NETS, RAIL, SAFE, SNOW, SOY, STANDARD, WIND, Example, check, each, parts

from dedupe_cn.model import Kind, Level

MARKDOWN = Kind.MARKDOWN
LETTER = BEES + SOY + RAIL + DOME + SNOW
BODY = "\n\n".join((BEES, SOY, RAIL, DOME))
BYLINE = "文：[阿岚](https://example.org/writers/a-lan)，合唱队谱务，喜欢在旧谱的空白处画小鸟，来信请投排练厅门口的木箱。"

SIGNED = """借用人（签字）：        管理人（签字）：
联系电话：              联系电话：
归还日期：    年    月    日    经手日期：    年    月    日"""


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
        "one mail to two persons",
        parts("发件人：何大成", "收件人：孙小满", BEES, "发件人：何大成", "收件人：周立", BEES),
        ("differs", "differs", "other-label"),
    ),
    stays(
        "an answer that names itself",
        parts("Q：丢了怎么办？", "A：" + BEES, "Q：坏了怎么办？", "A：" + BEES),
        ("dialogue", "dialogue", "other-label"),
    ),
    stays("a diary of two days", parts("3月4日 晴", BEES, "3月5日 阴", BEES), ("level", "other-label", "other-label")),
    stays(
        "two messages of one minute each",
        "".join(f"[09:0{n}] 何大成：蜂箱今天要不要搬，雨停了路还是滑的\n" for n in (1, 2)),
    ),
    stays(
        "the same clause under two numbers",
        parts("第一条 " + BEES, "第二条 " + SOY, "第三条 " + BEES, "第四条 " + NETS),
    ),
    stays("the same item of a numbered list", f"# 单\n\n1. {BEES}\n2. {BEES}\n3. {WIND}\n", kind=MARKDOWN),
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
            "铁路晨报 本站通讯员 阿岚 制图 大成 南站三月六日稿",
            WIND,
            "夺蜜",
            "铁路晨报 本站通讯员 阿岚 制图 大成 南站三月六日稿",
            NETS,
        ),
        why=("short-words", "short-words", "other-label"),
    ),
    stays(
        "signature blocks of two forms",
        parts(
            "戏服借用单",
            "一、剧团向书院借戏服，用完当晚归还。",
            SIGNED,
            "戏服借用单的附页",
            "一、剧团另借铜锣。",
            SIGNED,
        ),
        why="no-sentence",
        levels=(SAFE, STANDARD),
    ),
    stays(
        "notices with the same end",
        parts(
            "通报之一",
            "现有何大成通过了乐理考核。",
            "望各团知照。",
            "合唱总会秘书处\n二〇一三年八月四日",
            "通报之二",
            "现有陆小满通过了乐理考核。",
            "望各团知照。",
            "合唱总会秘书处\n二〇一三年八月四日",
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
        "1．听下面的录音，说出吹奏的是哪种乐器，并在五线谱上标出它进入的那个小节。\n此处放录音。\n2．听下面的录音，说出吹奏的是哪种乐器，并在五线谱上标出它进入的那个小节。\n此处另放录音。\n",
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
        "an unnumbered paragraph behind two numbers",
        parts("第一章 东", "第一条 " + WIND, BEES, "第二条 " + NETS, BEES),
        parts("第一章 东", "第一条 " + WIND, BEES, "第二条 " + NETS),
        AGGRESSIVE,
        "repeated-block",
        why=("level", "other-place", ""),
    ),
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
