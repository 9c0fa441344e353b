"""Entries of a series, each with its name: ``A text, B text, B other text`` holds no copy made by accident."""

from __future__ import annotations

from collections.abc import Iterator

from examples import BEES, DOME, RAIL, SAFE, SNOW, SOY, STANDARD, Example, check, each, parts

from dedupe_cn.model import Kind, Level

#: Three names of one form, of which the last two stand before what follows.
NAMES = (
    ("老秦：", "老谢：", "老谢："),
    ("小陶 14:02", "小邵 14:05", "小邵 14:05"),
    ("腊月初八", "腊月初九", "腊月初九"),
    ("**东窑**", "**西窑**", "**西窑**"),
    ("三、", "四、", "四、"),
    ("### 头班\n", "### 晚班\n", "### 晚班\n"),
    ("![](kiln.jpg)\n", "![](kiln2.jpg)\n", "![](kiln2.jpg)\n"),
)
#: What stands around a text and names it, again.
AROUND = (
    (":::note", ":::tip", ":::"),
    ("> [!NOTE]", "> [!TIP]", ""),
    ('<TabItem value="a">\n', '<TabItem value="b">\n', "\n</TabItem>"),
    ("{% note info %}", "{% note danger %}", "{% endnote %}"),
    ("<details><summary>东窑</summary>\n", "<details><summary>西窑</summary>\n", "\n</details>"),
)


BETWEEN = (
    ("{% if early %}", "{% else %}", "{% endif %}"),
    ("{% if early %}", "{% elsif late %}", "{% endif %}"),
    ("{% case day %}", "{% when 'b' %}", "{% endcase %}"),
    ("{{#if early}}", "{{else}}", "{{/if}}"),
    ("{{ if .Early }}", "{{ else }}", "{{ end }}"),
    ("{{- range .Early -}}", "{{- else -}}", "{{- end -}}"),
    ("<!-- if early -->", "<!-- else -->", "<!-- endif -->"),
    ("{{< columns >}}", "<--->", "{{< /columns >}}"),
)
BEHIND = ("档号：甲-17", "（小陶）", "——小陶", "窑工　小陶")


def _stay() -> Iterator[Example]:
    for one, two, three in NAMES:
        for kind in Kind:
            text = f"{one}\n{BEES}\n\n{two}\n{BEES}\n\n{three}\n{DOME}\n"
            yield Example(f"what {two.strip()} says is not lost, in {kind.value}", text, kind=kind)
    one, two, three = NAMES[0]
    text = f"{one}{BEES}\n\n{two}{BEES}\n\n{three}{DOME}\n"
    yield Example("nor where the name stands in the line", text)
    text = f"- [x] {BEES}\n- [ ] {BEES}\n- [ ] {DOME}\n"
    yield Example("nor that of a task", text, kind=Kind.MARKDOWN)
    for name in BEHIND:
        other = name.replace("17", "18").replace("小陶", "小邵")
        text = f"{DOME}\n{name}\n\n{BEES}\n{name}\n\n{BEES}\n{other}\n"
        yield Example(f"nor where {name} stands behind", text)
    for one, two, close in AROUND:
        quote = "> " if one[0] == ">" else ""
        boxes = ((one, BEES), (two, BEES), (two, SOY))
        text = "\n\n".join(f"{opener}\n{quote}{said}\n{close}" for opener, said in boxes) + "\n"
        yield Example(f"nor in {two.strip()}", text, kind=Kind.MARKDOWN)
    for opener, between, closer in BETWEEN:
        text = parts(RAIL, opener, BEES, between, BEES, closer, SOY)
        yield Example(f"no branch is emptied: {between}", text, kind=Kind.MARKDOWN)
        yield Example(f"nor without blank lines: {between}", text.replace("\n\n", "\n"), kind=Kind.MARKDOWN)


def _go() -> Iterator[Example]:
    text = parts("### 头班", SNOW, "### 晚班", BEES, "### 晚班", BEES, "### 夜班", SOY)
    left = parts("### 头班", SNOW, "### 晚班", BEES, "### 夜班", SOY)
    yield Example("a heading pasted with its text goes", text, left, SAFE, "tandem", kind=Kind.MARKDOWN)
    text = "- 沙河南街的公共汽车站出口处\n- 清河北街的公共汽车站出口处\n- 清河北街的公共汽车站出口处\n- 亮马河\n"
    left = text.replace("- 清河北街的公共汽车站出口处\n", "", 1)
    yield Example("an item that stands twice goes", text, left, STANDARD, "tandem", kind=Kind.MARKDOWN)


EXAMPLES = (*_stay(), *_go())


@each(EXAMPLES)
def test_what_goes_and_what_stays(example: Example, level: Level) -> None:
    check(example, level)
