"""After a deletion every opener has its closer, every mark its partner, every heading and label what it names."""

from __future__ import annotations

from examples import (
    BEES,
    DOME,
    LAST,
    NETS,
    RAIL,
    SAFE,
    SNOW,
    SOY,
    STANDARD,
    WIND,
    Example,
    check,
    each,
    parts,
)

from dedupe_cn.model import Kind, Level

MARKDOWN = Kind.MARKDOWN
BOTH = (SAFE, STANDARD)


def of(name: str, text: str, left: str = "", at: Level | None = None, **more: object) -> Example:
    more.setdefault("rule", "tandem")
    more.setdefault("why", None)
    return Example(name, text, left, at, kind=MARKDOWN, **more)  # type: ignore[arg-type]


def boxes(opener: str, closer: str, second: str = "", one: str = WIND, other: str = NETS) -> str:
    """Write two containers that begin with the same paragraph and go on with different ones."""
    inner = [(opener, BEES, one, closer), (second or opener, BEES, other, closer)]
    return parts("# 册子", *inner[0], LAST, *inner[1], SNOW)


def alone(opener: str, closer: str, second: str) -> str:
    """Write two containers with the same paragraph and nothing else."""
    return parts("# 册子", opener, BEES, closer, second, BEES, closer, LAST)


CONTAINERS = (
    of(
        "two details of other summaries",
        alone("<details>\n<summary>东坡</summary>", "</details>", "<details>\n<summary>西坡</summary>"),
        why=("differs", "differs", "other-label"),
    ),
    of(
        "two details of other summaries without blank lines",
        parts("# 册子", *(f"<details><summary>{where}</summary>\n{BEES}\n</details>" for where in ("东坡", "西坡"))),
        why=("differs", "differs", "other-label"),
    ),
    of(
        "two columns",
        alone('<div class="east">', "</div>", '<div class="west">'),
        why=("differs", "differs", "other-label"),
    ),
    of(
        "two elements of another kind",
        alone('<Note kind="tip">', "</Note>", '<Note kind="risk">'),
        why=("differs", "differs", "other-label"),
    ),
    of(
        "two tabs",
        alone('<TabItem value="东">', "</TabItem>", '<TabItem value="西">'),
        why=("differs", "differs", "other-label"),
    ),
    of("two directives of other kinds", alone("::: tip", ":::", "::: warning"), why="protected-kind"),
    of(
        "two template tags of other names",
        alone('{{< tab "东" >}}', "{{< /tab >}}", '{{< tab "西" >}}'),
        why=("differs", "differs", "other-label"),
    ),
    of(
        "two blocks of a template language",
        alone("{% if east %}", "{% endif %}", "{% if west %}"),
        why="protected-kind",
    ),
    of(
        "two admonitions",
        f'# 册子\n\n!!! note "东坡"\n    {BEES}\n\n!!! note "西坡"\n    {BEES}\n\n{LAST}\n',
        why=("differs", "differs", "other-label"),
    ),
    of(
        "two regions between comments",
        alone("<!-- 东坡 开始 -->", "<!-- 结束 -->", "<!-- 西坡 开始 -->"),
        why=("differs", "differs", "other-label"),
    ),
    of(
        "openers with the same paragraph and others behind it",
        boxes("<details>\n<summary>展开</summary>", "</details>"),
        why="protected-kind",
    ),
    of("directives with the same paragraph and others behind it", boxes("::: tip", ":::"), why="protected-kind"),
    of("elements with the same paragraph and others behind it", boxes("<Steps>", "</Steps>"), why="protected-kind"),
    of(
        "a quote and a paragraph",
        parts("# 册子", f"> {BEES}", WIND, BEES, LAST),
        why=("level", "other-kind", "other-kind"),
    ),
    of(
        "a container directly behind itself",
        parts("# 册子", "::: tip", BEES, ":::", "::: tip", BEES, ":::", LAST),
        parts("# 册子", "::: tip", BEES, ":::", LAST),
        SAFE,
    ),
    of(
        "an element directly behind itself",
        parts("# 册子", "<div>", BEES, "</div>", "<div>", BEES, "</div>", LAST),
        parts("# 册子", "<div>", BEES, "</div>", LAST),
        SAFE,
    ),
    of(
        "a paragraph twice in one container",
        parts("# 册子", "<details>", BEES, BEES, WIND, "</details>", LAST),
        parts("# 册子", "<details>", BEES, WIND, "</details>", LAST),
        SAFE,
        why="level",
    ),
)
MARKS = (
    of("a passage in bold and again without", f"请看：**{SOY}**{SOY}\n", why="container-half"),
    of("a passage in italics", f"*{BEES}{BEES}* 这是信里的话。\n", f"*{BEES}* 这是信里的话。\n", SAFE),
    of("a passage that is struck out", f"~~{SOY}{SOY}~~ 此条不再使用。\n", f"~~{SOY}~~ 此条不再使用。\n", SAFE),
    of("a passage in bold", f"**{SOY}{SOY}** 请照办。\n", f"**{SOY}** 请照办。\n", SAFE),
    of("a bold passage that stands again in bold", f"**{SOY}** **{SOY}** 请照办。\n", f"**{SOY}** 请照办。\n", SAFE),
    of("a passage in brackets", f"（{DOME}{DOME}）{LAST}\n", f"（{DOME}）{LAST}\n", SAFE),
    of(
        "a code word in a doubled passage",
        f"先运行 `make all`，{DOME}先运行 `make all`，{DOME}{LAST}\n",
        f"先运行 `make all`，{DOME}{LAST}\n",
        SAFE,
    ),
    of(
        "a link in a doubled passage",
        f"{WIND}见[册子](a.md)，{DOME}见[册子](a.md)，{DOME}{LAST}\n",
        f"{WIND}见[册子](a.md)，{DOME}{LAST}\n",
        SAFE,
    ),
)
NAMED = (
    of(
        "a heading with nothing else beneath it",
        parts("# 册子", "## 东坡", BEES, "## 西坡", BEES, "## 码头", NETS),
        rule="repeated-block",
        why=("level", "other-label", "other-label"),
    ),
    of(
        "a heading that is linked to",
        parts("# 册子", "[看东坡](#东坡-1)", "## 东坡", BEES, "## 码头", NETS, "## 东坡", BEES),
        rule="section",
        why=("level", "heading-linked", "heading-linked"),
    ),
    of(
        "the same heading twice in a row",
        parts("# 册子", "### 给旧钢琴调音之前的准备工作", "### 给旧钢琴调音之前的准备工作", NETS),
        parts("# 册子", "### 给旧钢琴调音之前的准备工作", NETS),
        STANDARD,
        why="short",
    ),
    of("bold text typed again behind what opens it", f"- {NETS}__{BEES}__{BEES}\n- {LAST}\n", why="inline-pair"),
    of(
        "two headings whose paragraphs change places",
        parts("# 册子", "## 东坡", BEES, "## 西坡", RAIL, "## 南坡", RAIL, "## 北坡", BEES),
        rule="repeated-block",
    ),
)
EXAMPLES = (*CONTAINERS, *MARKS, *NAMED)


@each(EXAMPLES)
def test_structure_stays_whole(example: Example, level: Level) -> None:
    check(example, level)
