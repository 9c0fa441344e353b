"""Texts in the shapes in which models of speech and of scanned pages loop, and texts that look like it and are meant.

All are written for the tests. Of each loop the text is given that is left: the loop once, and nothing else gone.
"""

from __future__ import annotations

BEFORE = "主持人先介绍了今天的两位客人，然后请大家坐下。"
AFTER = "散场以后，工作人员把椅子搬回了仓库。"
ADVERT = "请大家点赞订阅转发支持一下"
THANKS = "感谢您的收看我们下期再见"
TALK = "我们接着往下看这一页的内容。"
LONG = "这一部分主要说明设备在低温环境下的启动步骤，以及启动失败时应当如何处理。"
ENGLISH = "Thank you for watching this video."
SENTENCES = (
    "渡船靠岸的时候天已经黑了。",
    "船工把缆绳系在石桩上面。",
    "岸上只有一盏马灯还亮着。",
    "我们提着行李往镇里走去。",
    "旅店的门从里面闩上了。",
    "敲了很久才有人出来开门。",
)
PAGE = (
    "设备维护手册",
    "一、每班开机前应检查油位，油位低于下线时不得启动。",
    "二、运转中听到异常响声，应立即停机，并在记录本上写明时间和部位。",
    "三、停机后先切断总电源，再清理工作台面上的碎屑和油污。",
    "四、每周末由班组长复核一次记录，发现缺项当面补齐并签字。",
    "五、备件从仓库领出后登记编号，旧件交回仓库统一处理，不得私自留用。",
)


def lines(*parts: str) -> str:
    return "".join(f"{part}\n" for part in parts)


def spoken(*parts: str) -> str:
    return f"{''.join(parts)}\n"


def growing(said: str, *sizes: int) -> tuple[str, ...]:
    return tuple(said[:size] for size in sizes)


WALK = "我们今天去看看那座修了三年的老桥。"
RAIN = "外面的雨一直下到后半夜才慢慢停了下来。"
PLAN = "第二阶段的工作从下个月的第一个星期一开始。"
NOTE = "如果水温高于六十度就先把阀门关小一半"

#: Name, text, and what is left of it.
LOOPED: tuple[tuple[str, str, str], ...] = (
    ("a sentence forty times", spoken(BEFORE, TALK * 40, AFTER), spoken(BEFORE, TALK, AFTER)),
    ("a sentence twelve times", spoken(BEFORE, TALK * 12, AFTER), spoken(BEFORE, TALK, AFTER)),
    ("a sentence six times", spoken(BEFORE, TALK * 6, AFTER), spoken(BEFORE, TALK, AFTER)),
    ("a long sentence five times", spoken(BEFORE, LONG * 5, AFTER), spoken(BEFORE, LONG, AFTER)),
    ("a line forty times", lines(BEFORE, *[LONG] * 40, AFTER), lines(BEFORE, LONG, AFTER)),
    ("a line nine times", lines(BEFORE, *[LONG] * 9, AFTER), lines(BEFORE, LONG, AFTER)),
    (
        "a paragraph seven times",
        "\n".join([BEFORE, "", *[LONG, ""] * 7, AFTER, ""]),
        "\n".join([BEFORE, "", LONG, "", AFTER, ""]),
    ),
    ("an advertisement without marks", spoken(BEFORE, ADVERT * 20, AFTER), spoken(BEFORE, ADVERT, AFTER)),
    ("thanks without marks", spoken(BEFORE, THANKS * 10), spoken(BEFORE, THANKS)),
    ("thanks at the end that break off", spoken(BEFORE, THANKS * 8, THANKS[:5]), spoken(BEFORE, THANKS, THANKS[:5])),
    (
        "clauses with commas",
        spoken(BEFORE, "然后我们再往前走一点，" * 40, AFTER),
        spoken(BEFORE, "然后我们再往前走一点，", AFTER),
    ),
    (
        "a question again and again",
        spoken(BEFORE, "这个地方大家能听明白吗？" * 31, AFTER),
        spoken(BEFORE, "这个地方大家能听明白吗？", AFTER),
    ),
    (
        "a unit of two sentences",
        spoken(BEFORE, (SENTENCES[0] + SENTENCES[1]) * 9, AFTER),
        spoken(BEFORE, SENTENCES[0], SENTENCES[1], AFTER),
    ),
    ("a unit of two lines", lines(BEFORE, *[LONG, PAGE[1]] * 8, AFTER), lines(BEFORE, LONG, PAGE[1], AFTER)),
    ("a unit of three lines", lines(BEFORE, *PAGE[1:4] * 6, AFTER), lines(BEFORE, *PAGE[1:4], AFTER)),
    ("English in a Chinese text", lines(BEFORE, " ".join([ENGLISH] * 20), AFTER), lines(BEFORE, ENGLISH, AFTER)),
    ("English lines", lines(BEFORE, *[ENGLISH] * 12, AFTER), lines(BEFORE, ENGLISH, AFTER)),
    ("every sentence twice", spoken(*(s * 2 for s in SENTENCES)), spoken(*SENTENCES)),
    (
        "every sentence twice, in a longer text",
        spoken(BEFORE, *(s * 2 for s in SENTENCES[:4]), AFTER),
        spoken(BEFORE, *SENTENCES[:4], AFTER),
    ),
    ("every line twice", lines(*(line for line in PAGE[1:] for _ in "12")), lines(*PAGE[1:])),
    ("every long sentence twice", spoken(*(s * 2 for s in (LONG, BEFORE, AFTER))), spoken(LONG, BEFORE, AFTER)),
    ("a page twice with its header", lines(*PAGE, *PAGE), lines(*PAGE)),
    ("a page three times with its header", lines(*PAGE, *PAGE, *PAGE), lines(*PAGE)),
    (
        "a page twice before another one",
        lines(*PAGE, *PAGE, "安全守则", LONG, AFTER),
        lines(*PAGE, "安全守则", LONG, AFTER),
    ),
    (
        "a page twice behind another one",
        lines("安全守则", LONG, AFTER, *PAGE, *PAGE),
        lines("安全守则", LONG, AFTER, *PAGE),
    ),
    ("a page five times", lines(*PAGE * 5), lines(*PAGE)),
    ("a line that grows", lines(BEFORE, *growing(WALK, 1, 2, 4, 8, 12), WALK, AFTER), lines(BEFORE, WALK, AFTER)),
    (
        "a line that grows by one",
        lines(BEFORE, *growing(RAIN, *range(1, len(RAIN))), RAIN, AFTER),
        lines(BEFORE, RAIN, AFTER),
    ),
    ("a line that grows by words", lines(*growing(PLAN, 4, 7, 10, 15), PLAN, AFTER), lines(PLAN, AFTER)),
    (
        "two lines that grow",
        lines(*growing(WALK, 2, 4, 7, 9), WALK, *growing(RAIN, 3, 6, 9, 11), RAIN),
        lines(WALK, RAIN),
    ),
    ("a line that grows at the end", lines(BEFORE, *growing(RAIN, 2, 5, 9, 13), RAIN), lines(BEFORE, RAIN)),
    (
        "a long line without a mark that grows",
        lines(BEFORE, *growing(NOTE, 3, 6, 10, 14), NOTE, AFTER),
        lines(BEFORE, NOTE, AFTER),
    ),
    (
        "a unit with figures",
        spoken(BEFORE, "第三台机器的温度是八十五度。" * 9, AFTER),
        spoken(BEFORE, "第三台机器的温度是八十五度。", AFTER),
    ),
    ("a unit between blanks", spoken(BEFORE, f"{THANKS} " * 12, AFTER), f"{BEFORE}{THANKS} {AFTER}\n"),
    (
        "a traditional sentence",
        spoken("開場以後，", "請大家先把手機調成靜音模式。" * 10, "謝謝。"),
        spoken("開場以後，", "請大家先把手機調成靜音模式。", "謝謝。"),
    ),
    (
        "a quoted line",
        spoken(BEFORE, "他说这件事情以后再慢慢谈，" * 10, AFTER),
        spoken(BEFORE, "他说这件事情以后再慢慢谈，", AFTER),
    ),
    (
        "one hundred times",
        spoken(BEFORE, "接下来我们来看下一个例子。" * 100, AFTER),
        spoken(BEFORE, "接下来我们来看下一个例子。", AFTER),
    ),
    ("two loops", spoken(BEFORE, TALK * 9, AFTER, LONG * 6, "完。"), spoken(BEFORE, TALK, AFTER, LONG, "完。")),
    ("a loop and a page twice", lines(TALK * 9, *PAGE, *PAGE), lines(TALK, *PAGE)),
    ("a loop that is all there is", spoken(LONG * 12), spoken(LONG)),
)

POEM = ("床前的灯还没有吹灭", "窗外的雪已落了一层", "远行的人没有寄信来", "门前的路又长又安静")
#: Name and text: nothing of it goes.
MEANT: tuple[tuple[str, str], ...] = (
    ("laughter", spoken(BEFORE, "哈" * 60, AFTER)),
    ("laughter in twos", spoken(BEFORE, "嘻嘻哈哈" * 20, AFTER)),
    ("a cry", lines(BEFORE, *["冲啊！"] * 9, AFTER)),
    ("a slogan", spoken(BEFORE, "不达目的决不罢休！" * 6, AFTER)),
    ("a chant", spoken("众人齐声念道：", "南无阿弥陀佛" * 20, "。")),
    ("a chant of lines", lines(*["南无观世音菩萨"] * 12)),
    (
        "a sutra",
        lines("揭谛揭谛，波罗揭谛，", "波罗僧揭谛，菩提萨婆诃。", "揭谛揭谛，波罗揭谛，", "波罗僧揭谛，菩提萨婆诃。"),
    ),
    (
        "a nursery song",
        lines("两只老虎，两只老虎，", "跑得快，跑得快。", "一只没有耳朵，", "一只没有尾巴，", "真奇怪，真奇怪。"),
    ),
    ("a refrain", lines(*POEM, "啊，故乡的河", *POEM[::-1], "啊，故乡的河")),
    ("a rule of dashes", lines(BEFORE, "—" * 80, AFTER)),
    ("a rule of stars", lines(BEFORE, "＊　" * 30, AFTER)),
    ("a rule of characters", lines(BEFORE, "—〇—〇" * 20, AFTER)),
    ("a line of dots", lines("目录", "第一章" + "…" * 40 + "1", "第二章" + "…" * 40 + "20")),
    ("a table", lines(*["| 甲 | 合格 | 无 |"] * 12)),
    ("rows with tabs", lines(*["甲班\t合格\t无\t正常"] * 12)),
    ("figures", lines(*["0.00 0.00 0.00 0.00 0.00"] * 12)),
    ("code", lines("```", *["    push(stack, value);"] * 12, "```")),
    ("a form", lines("姓名：", "单位：", "电话：", "姓名：", "单位：", "电话：", "姓名：", "单位：", "电话：")),
    ("boxes", lines(*["□是　□否"] * 12)),
    ("blank lines to fill in", lines(*["________________________"] * 8)),
    ("a beat", spoken("一二三四，二二三四，三二三四，四二三四。" * 3)),
    ("dialogue", lines("“在吗？”", "“在。”", "“在吗？”", "“在。”", "“你到底在不在？”")),
    ("an empty answer", lines("第一题", *["（未作答）"] * 6)),
    ("a log", lines(*[f"2026-05-0{n} 08:00 设备自检通过" for n in range(1, 10)])),
    ("times that run on", lines(*[f"[00:0{n}] 音乐" for n in range(1, 10)])),
    ("an exercise", lines(*[f"{n}. 把这个字写五遍：永永永永永" for n in range(1, 9)])),
    ("a word again and again", spoken(BEFORE, "快" * 9, "，", "快" * 9, "！", AFTER)),
    ("rain", spoken(BEFORE, "滴答，滴答，滴答，滴答，滴答，滴答，滴答，滴答，", AFTER)),
    ("a sentence twice for weight", lines("他没有走。", "他没有走。", AFTER)),
    ("a pyramid of a poem", lines("山", "山花", "山花开", "山花开了")),
    ("entries of a glossary", lines("数据", "数据库", "数据库系统", "数据库系统概论")),
    ("places that go on", lines("浙江", "浙江省杭州", "浙江省杭州市西湖")),
    ("paths", lines("/srv", "/srv/data", "/srv/data/books", "/srv/data/books/2026.txt")),
    ("names of a family", lines("王", "王家", "王家庄", "王家庄村")),
    ("a heading and its parts", lines("第一章", "第一章第一节", "第一章第一节第一款", BEFORE)),
    ("numbers that grow", lines("1", "12", "123", "1234", "12345", "123456789012")),
    ("steps alike but for their numbers", lines(*[f"第{n}步，按住按钮三秒后松开。" for n in "一二三四五六七八"])),
    (
        "clauses alike but for a name",
        spoken(*(f"{name}说他没有看见那个人。" for name in ("老赵", "老钱", "老孙", "老李", "老周"))),
    ),
    ("questions of a form", lines(*(f"您对{what}满意吗？" for what in ("环境", "服务", "价格", "交通", "卫生")))),
    ("a prayer in a story", spoken(BEFORE, "老天保佑，老天保佑，老天保佑。", AFTER)),
)
