"""Rows of data, tables, code, links and images never go by themselves; with a section or a page they do."""

from __future__ import annotations

from examples import BEES, LAST, NETS, SAFE, SNOW, SOY, STANDARD, WIND, Example, check, each, lines, parts

from dedupe_cn.model import Kind, Level

MARKDOWN = Kind.MARKDOWN
NOTE = "封面缺了左上角，内页有铅笔写的批注，修补的时候请用薄一些的棉纸"
JSON = '{"图":"画面里的人站在哪里，手上拿着什么，身后的招牌写了几行字，天色是早还是晚","答":"略"}'
SQL = "INSERT INTO hives (name, place, keeper) VALUES ('三号箱', '东坡的花田旁边', '何大成');"
PRINT = "print('先把所有的箱子编上号再按照位置从东到西排好顺序然后一起写进登记表里不要漏掉')"
CODE = f"```py\n{PRINT}\n\n{PRINT}\n```"
STEPS = "```\n打开账本\n\n把每个箱子的编号和位置读出来\n把读出来的内容写进登记表里去\n```"
CELLS = "| 三号 | 东坡花田旁边靠近水渠的位置 |"
TABLE = f"| 箱 | 位置 |\n| - | - |\n{CELLS}\n{CELLS}\n| 四号 | 西坡 |"
PAGE = parts("# 册", SOY, TABLE, SNOW, STEPS)
CLOSED = parts("# 写法", "<br>像这样：\n```py\nopen()\n\nclose()\n```", BEES)
NAME = "名: 先把所有的箱子编上号再按照位置从东到西排好顺序然后写进登记表"
IN_LIST = f"2. 再写：\n\n   ```yaml\n   ---\n   {NAME}\n\n   {NAME}\n   ```"
BADGE = f"[![状态](https://ci.example.org/hives/{'long/' * 9}status.svg)](https://ci.example.org/hives)"
LINK = f"[册]: https://example.org/hives/{'long/' * 9}"
ROW = "甲七,靠北墙的格子,山歌集,小开本,两册,"


def of(name: str, text: str, kind: Kind = Kind.TEXT, why: str = "protected-kind") -> Example:
    return Example(name, text, kind=kind, why=why)


STAYS = (
    of(
        "rows of commas",
        lines("编号,柜位,书名,开本,册数,备注", ROW + NOTE, ROW + NOTE, "甲八,靠南墙的格子,棋谱,大开本,一册,无"),
    ),
    of(
        "rows of bars",
        lines(*(f"甲{number}|靠北墙|山歌集|小开本|两册|{NOTE}" for number in "七七八")),
        why="protected-kind differs",
    ),
    of("rows of tabs", lines("书名\t情形", f"山歌集\t{NOTE}", f"山歌集\t{NOTE}", "棋谱\t完好")),
    of("a line of JSON twice", lines(JSON, JSON, '{"图":"别的","答":"略"}')),
    of("a line of SQL twice", lines(SQL, SQL, SQL.replace("三号箱", "四号箱")), why="protected-kind differs"),
    of("rows of a table", parts("# 箱", TABLE, WIND), MARKDOWN),
    of("the same table under two headings", parts("## 春", WIND, TABLE, "## 秋", NETS, TABLE), MARKDOWN),
    of("lines inside of code", parts("# 写法", CODE, LAST), MARKDOWN),
    of("rows of values below SQL", f"INSERT INTO hives VALUES\n('{NOTE}', 3),\n('{NOTE}', 3),\n('东坡', 4);\n"),
    of("fields between semicolons", f"箱;位置;说明;数\n三号;东坡;{NOTE};二\n三号;东坡;{NOTE};二\n四号;西坡;无;一\n"),
    of("JSON in Markdown", f"# 语料\n\n{JSON}\n{JSON}\n" + JSON.replace("略", "无") + "\n", MARKDOWN),
    of(
        "cells of a table between blank lines",
        parts("<table>\n<tr><td>", BEES, "</td><td>", BEES, "</td></tr>\n</table>", LAST),
        MARKDOWN,
    ),
    of("code in a list item", parts("# 写法", "1. 先看。", IN_LIST, LAST), MARKDOWN),
    of("code behind an element in a line", f"# 写法\n\n<br>像这样：\n{CODE}\n\n{LAST}\n", MARKDOWN),
    of("two equal blocks of code in a row", parts("# 写法", STEPS, STEPS, LAST), MARKDOWN),
    of("the same code under two headings", parts("## 春", WIND, STEPS, "## 秋", NETS, STEPS), MARKDOWN),
    of(
        "an image under two headings",
        parts("## 春", WIND, "![蜂箱](hive.png)", "## 秋", NETS, "![蜂箱](hive.png)"),
        MARKDOWN,
        why="",
    ),
    of("a badge with a long address", parts("# 册", BADGE, WIND, BADGE, NETS), MARKDOWN, why=""),
    of(
        "link definitions",
        parts(WIND, LINK, NETS, LINK),
        MARKDOWN,
        why="",
    ),
    of("a rule between paragraphs", parts(WIND, "---", NETS, "---", LAST), MARKDOWN, why=""),
    of("a formula twice", parts(WIND, "$$\na^2 + b^2 = c^2\n$$", NETS, "$$\na^2 + b^2 = c^2\n$$"), MARKDOWN, why=""),
    of("values of the front matter", f"---\ntitle: {NOTE}\nname: {NOTE}\n---\n\n{WIND}\n", MARKDOWN, why=""),
)
GONE = (
    Example("prose behind code goes as ever", CLOSED + "\n" + BEES + "\n", CLOSED, SAFE, "tandem", kind=MARKDOWN),
    Example(
        "a section with a table and code",
        parts("# 册", "## 酿酱", SOY, TABLE, STEPS, "## 其他", NETS, "## 酿酱", SOY, TABLE, STEPS),
        parts("# 册", "## 酿酱", SOY, TABLE, STEPS, "## 其他", NETS),
        STANDARD,
        "section",
        why="level protected-kind",
        kind=MARKDOWN,
    ),
    Example("a page with a table and code", PAGE + "\n" + PAGE, PAGE, SAFE, "whole-document", kind=MARKDOWN),
)
EXAMPLES = (*STAYS, *GONE)


@each(EXAMPLES)
def test_data_stays(example: Example, level: Level) -> None:
    check(example, level)
