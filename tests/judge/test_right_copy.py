"""Of two copies the right one stays: without misread characters, radicals or lost marks; the fuller one before all."""

from __future__ import annotations

from examples import DOME, LAST, NETS, SOY, STANDARD, WIND, Example, check, each, parts

from dedupe_cn.model import Kind, Level

MILL = "磨坊的水车转了整个下午。"
#: What is right and how it was misread.
LOOK_ALIKES = (
    ("调音师说他自己先听空弦，再请两位学徒轮流按住琴键，直到杂音不再从木板里冒出来为止。", "自己", "自已"),
    ("这架旧琴的弦槌尚未换完，要等南方的羊毛毡寄到，由师傅用热胶挨个粘好才能够开始试音。", "尚未", "尚末"),
    ("站在山顶看去，星星比灯火还密，守夜的人说这样的夜里今天和明天之间没有界线可以分。", "今天", "今夭"),
    ("屋前的土墙被雨水泡软了，师傅用木板夹住，一层一层夯实，晾上一个夏天才敢往上盖瓦。", "土墙", "士墙"),
    ("门口的人越聚越多，有的踮脚，有的爬上石阶，都想看看新到的那匹白马究竟有没有斑点。", "的人越", "的入越"),
    ("货栈里的陶罐已全部装车，押车的人数过一遍，把封条贴在后挡板上，天亮以前就要赶到渡口。", "陶罐已", "陶罐己"),
    ("日出以前要把露水擦干，叶片朝上摆好，镜头离开花心半尺，快门按下去的时候屏住呼吸。", "日出", "曰出"),
)
RADICALS = (
    (
        "山上的水先流进石头水池，再沿着竹管一路走到厨房，用水的人轻轻拨开木塞就可以接满。",
        ("山", "⼭"),
        ("水", "⽔"),
        ("石", "⽯"),
    ),
    (
        "老人用手掌量了量门框的高低，又用脚步量了院子，然后蹲在地上画出新房子将来的样子。",
        ("人", "⼈"),
        ("手", "⼿"),
        ("高", "⾼"),
    ),
)


def pair(name: str, right: str, wrong: str, likeness: str = "noise", kind: Kind = Kind.TEXT) -> tuple[Example, ...]:
    """Give the right copy first and second, directly behind one another and at a distance."""
    return (
        Example(
            f"{name}, the right one first",
            parts(right, wrong, LAST),
            parts(right, LAST),
            STANDARD,
            "tandem",
            likeness,
            "level",
            kind,
        ),
        Example(
            f"{name}, the right one second",
            parts(wrong, right, LAST),
            parts(right, LAST),
            STANDARD,
            "tandem",
            likeness,
            "level",
            kind,
        ),
        Example(
            f"{name}, further on, the right one first",
            parts(right, WIND, MILL, wrong, LAST),
            parts(right, WIND, MILL, LAST),
            STANDARD,
            "repeated-block",
            likeness,
            "level",
            kind,
        ),
        Example(
            f"{name}, further on, the right one second",
            parts(wrong, WIND, MILL, right, LAST),
            parts(WIND, MILL, right, LAST),
            STANDARD,
            "repeated-block",
            likeness,
            "level",
            kind,
        ),
    )


def radicals(text: str, *pairs: tuple[str, str]) -> str:
    for character, radical in pairs:
        text = text.replace(character, radical)
    return text


EXAMPLES = (
    *(e for right, good, bad in LOOK_ALIKES for e in pair(f"{bad} for {good}", right, right.replace(good, bad))),
    *(e for text, *pairs in RADICALS for e in pair(f"radicals for {pairs[0][0]}", text, radicals(text, *pairs))),
    *pair(
        "two misread characters",
        LOOK_ALIKES[0][0] + LOOK_ALIKES[1][0],
        (LOOK_ALIKES[0][0] + LOOK_ALIKES[1][0]).replace("自己", "自已").replace("尚未", "尚末"),
    ),
    *pair("a lost comma", SOY, SOY.replace("，慢了", "慢了")),
    *pair("a lost full stop in the middle", DOME + SOY, (DOME + SOY).replace("。酱", "酱")),
    *pair("a doubled comma", DOME, DOME.replace("扫掉，", "扫掉，，")),
    *pair("a stray mark of a scan", DOME, DOME.replace("棉袄", "棉·袄")),
    *pair("a sentence less at the end", DOME + SOY + NETS, DOME + SOY, "contained")[2:],
    *pair("a sentence less in the middle", DOME + NETS + SOY, DOME + SOY, "contained"),
)


@each(EXAMPLES)
def test_the_right_copy_stays(example: Example, level: Level) -> None:
    check(example, level)
