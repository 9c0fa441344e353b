"""Draw the pictures of the READMEs: the report that was pasted twice, before and after.

    python scripts/draw_pictures.py

Writes docs/pictures/before-after.LANGUAGE.svg from what cleaning the sample gives. Text stays text, in the reader's own
fonts; one picture serves light and dark pages. tests/test_pictures.py holds that the files are what this makes.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

from dedupe_cn import clean
from dedupe_cn.model import Outcome
from dedupe_cn.report.excerpt import shorten, width

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "report_pasted_twice.txt"
PICTURES = ROOT / "docs" / "pictures"
WORDS = {
    "en": {
        "title": "A news report that was pasted twice, before and after dedupe-cn",
        "before": "before",
        "after": "after",
        "blank": "{n} blank lines",
        "copy": "the second copy begins here, in mid-line",
        "report": "line {line}, column {column}: whole-document, same as line 1, {chars} characters; undo puts it back",
        "describe": "On the left the report with wide gaps; its second copy begins behind the last full stop. "
        "On the right the report once, with one blank line between paragraphs.",
    },
    "zh": {
        "title": "贴了两遍的新闻稿：清理之前与之后",
        "before": "之前",
        "after": "之后",
        "blank": "{n} 个空行",
        "copy": "第二份从这里开始，在一行的中间",
        "report": "第 {line} 行第 {column} 列：whole-document，与第 1 行相同，共 {chars} 字；undo 可以恢复",
        "describe": "左边是原文，段落之间空行很多，第二份紧跟在最后一个句号之后；右边只有一份，段落之间一个空行。",
    },
}
#: Pixels: size of a character, height of a line, width of a half, margins.
EM, LINE, HALF, MARGIN = 14, 23, 470, 20
#: Columns of a line of text; two for an ideograph.
COLUMNS = (HALF - 2 * MARGIN) * 2 // EM
STYLE = """
  text { font: 14px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif }
  text { fill: #1f2328 }
  .page { fill: #ffffff; stroke: #d1d9e0 } .head { fill: #59636e; font-size: 13px }
  .gap { fill: #59636e; font-size: 12px } .gone { fill: #b3261e } .mark { fill: #ffe5e1 }
  .note { fill: #b3261e; font-size: 12px } .report { fill: #0f6b35; font-size: 13px }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .page { fill: #0d1117; stroke: #3d444d } .head, .gap { fill: #9198a1 }
    .gone, .note { fill: #ff9e95 } .mark { fill: #4a1a17 } .report { fill: #5fd38a }
  }"""


@dataclass(frozen=True)
class Line:
    """A line of a page: what stays, what goes behind it, and the class of the whole."""

    stays: str = ""
    goes: str = ""
    style: str = ""


def lines_of(text: str, cut: int, words: dict[str, str]) -> list[Line]:
    """Give the lines of a text; from the offset ``cut`` on it goes. Rows of blank lines are counted."""
    found: list[Line] = []
    start = 0
    for blank, group in groupby(text.splitlines(keepends=True), key=lambda line: not line.strip()):
        rows = list(group)
        if blank:
            name = words["blank"].format(n=len(rows))
            found.append(Line(f"⋮ {name}" if len(rows) > 1 else "", style="gap"))
            start += sum(map(len, rows))
            continue
        for row in rows:
            split = min(max(cut - start, 0), len(row))
            stays, goes = row[:split].strip(), row[split:].strip()
            if stays and goes:
                found.append(Line(tail(stays, COLUMNS // 2 - 4), shorten(goes, COLUMNS // 2), "cut"))
            else:
                found.append(Line(shorten(stays, COLUMNS), shorten(goes, COLUMNS)))
            start += len(row)
    return found


def tail(text: str, columns: int) -> str:
    """Show the end of a line."""
    while width(text) > columns - 2:
        text = text[1:]
    return f"…{text}"


def page(lines: list[Line], left: int, height: int, words: dict[str, str]) -> list[str]:
    """Draw a page with its lines."""
    shown = [f'<rect class="page" x="{left}" y="34" width="{HALF}" height="{height}" rx="8"/>']
    y = 34 + MARGIN
    for line in lines:
        y += LINE
        x = left + MARGIN
        style = ' class="gap"' if line.style == "gap" else ""
        if line.stays:
            shown.append(f'<text{style} x="{x}" y="{y}">{escape(line.stays)}</text>')
            x += width(line.stays) * EM // 2
        if line.goes:
            wide = width(line.goes) * EM // 2
            shown.append(f'<rect class="mark" x="{x}" y="{y - 16}" width="{wide}" height="{LINE - 2}" rx="3"/>')
            shown.append(f'<text class="gone" x="{x}" y="{y}" textLength="{wide}">{escape(line.goes)}</text>')
        if line.style == "cut":
            y += LINE - 4
            shown.append(f'<text class="note" x="{x}" y="{y}">↑ {escape(words["copy"])}</text>')
    return shown


def draw(language: str) -> str:
    """Draw the picture in a language, as the text of an SVG file."""
    words = WORDS[language]
    text = SAMPLE.read_text(encoding="utf-8")
    outcome: Outcome = clean(text)
    (removal,) = outcome.applied
    before = lines_of(text, removal.span.start, words)
    cut = next(number for number, line in enumerate(before) if line.style == "cut")
    before = [*before[:4], Line("⋮", style="gap"), *before[cut - 2 : cut + 4], Line("", "⋮")]
    after = lines_of(outcome.text, len(outcome.text), words)
    height = 2 * MARGIN + LINE * (max(len(before), len(after)) + 1)
    place = text.count("\n", 0, removal.span.start) + 1, removal.span.start - text.rfind("\n", 0, removal.span.start)
    report = words["report"].format(line=place[0], column=place[1], chars=removal.chars)
    right = HALF + 2 * MARGIN
    size = (right + HALF + 1, height + 34 + 40)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" width="{size[0]}" '
        f'height="{size[1]}" role="img" aria-labelledby="title describe" lang="zh-CN">',
        f'<title id="title">{escape(words["title"])}</title>',
        f'<desc id="describe">{escape(words["describe"])}</desc>',
        f"<style>{STYLE}\n</style>",
        f'<text class="head" x="{MARGIN // 2}" y="22">{escape(words["before"])}</text>',
        f'<text class="head" x="{right + MARGIN // 2}" y="22">{escape(words["after"])}</text>',
        *page(before, 1, height, words),
        *page(after, right, height, words),
        f'<text class="report" x="{MARGIN // 2}" y="{height + 34 + 26}">{escape(report)}</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def main() -> None:
    """Write the pictures."""
    PICTURES.mkdir(exist_ok=True)
    for language in WORDS:
        (PICTURES / f"before-after.{language}.svg").write_text(draw(language), encoding="utf-8")


if __name__ == "__main__":
    main()
