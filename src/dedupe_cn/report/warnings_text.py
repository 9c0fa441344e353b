"""What each warning about a text means and what to do about it, in both languages. None of them changes the text."""

from __future__ import annotations

from typing import NamedTuple

from dedupe_cn.rule import Pair


class WarningText(NamedTuple):
    """A warning explained: what was found, and what to do."""

    what: Pair
    hint: Pair


#: By name, in the order in which they are listed. They are no rules: they cannot be switched off.
WARNINGS: dict[str, WarningText] = {
    "replacement-char": WarningText(
        ("U+FFFD: characters that were lost when the text was decoded.", "U+FFFD：文字在解码时已丢失的字符。"),
        (
            "Nothing brings them back from this file; look for the file it was made from.",
            "从这个文件已无法恢复，请找回转换之前的原文件。",
        ),
    ),
    "mojibake-marks": WarningText(
        (
            "锟斤拷, 烫烫烫 or 屯屯屯: text that was lost before it came here.",
            "锟斤拷、烫烫烫、屯屯屯：此前已丢失的文字。",
        ),
        (
            "Nothing brings it back from this file; look for the file it was made from, or delete the marks.",
            "从这个文件已无法恢复，请找回原文件，或删去这些字。",
        ),
    ),
    "mojibake-text": WarningText(
        (
            "Most of the text was read in a wrong encoding before it came here.",
            "大部分文字在到这里之前就被按错误的编码读取过（乱码）。",
        ),
        (
            "See with --select mojibake --diff what can be brought back; for the rest look for the original file.",
            "先用 --select mojibake --diff 看看能恢复哪些；其余的请找回原文件。",
        ),
    ),
    "private-use": WarningText(
        ("Characters that only one font knows.", "只有某种字体认识的私用字符。"),
        (
            "See what they are in the font that the text was written with, and put common characters in their place.",
            "请用写这篇文字时的字体查看是什么字，再换成通用的字。",
        ),
    ),
    "bidi": WarningText(
        ("Controls that show text in another order than it has.", "让文字以另一种顺序显示的方向控制符。"),
        (
            "Delete them unless the text has Arabic or Hebrew in it: they can hide what a text really says.",
            "文中没有阿拉伯文或希伯来文就请删去：它们会掩盖文字的真实内容。",
        ),
    ),
    "misread-passages": WarningText(
        (
            "UTF-8 that a converter has read as Latin-1 (æ­£å¸¸ for 正常), in some passages.",
            "有些段落的 UTF-8 被转换程序按 Latin-1 读过（正常 成了 æ­£å¸¸）。",
        ),
        (
            "Convert the original file anew; nothing of it is changed here.",
            "请用原文件重新转换；这里不作任何改动。",
        ),
    ),
    "hard-blanks": WarningText(
        (
            "\\h: the hard blank of .ass, which a converter has left as text.",
            "\\h：转换程序留在文字里的 .ass 硬空格。",
        ),
        ("Convert the original file anew, or put blanks in their place.", "请用原文件重新转换，或换成空格。"),
    ),
    "cut-characters": WarningText(
        (
            "Controls in the text: what is left of characters that were cut to one byte.",
            "文字中的控制字符：被截成一个字节的字留下的残余。",
        ),
        (
            "Nothing brings them back from this file; convert the original anew.",
            "从这个文件已无法恢复，请用原文件重新转换。",
        ),
    ),
    "chapter-order": WarningText(
        ("Chapters that are out of order.", "章节次序不对。"),
        (
            "See whether some were put in the wrong place, or numbered wrongly.",
            "请看看是不是放错了位置，或编错了号。",
        ),
    ),
    "conflict-markers": WarningText(
        (
            "Markers of a merge conflict; the file is left alone until somebody resolves it.",
            "合并冲突的标记；冲突解决之前不改动该文件。",
        ),
        ("Resolve the conflict, then run again.", "请先解决冲突，再重新运行。"),
    ),
    "unused-mark": WarningText(
        ("A mark in the text that holds nothing back.", "文中没有起作用的标记。"),
        ("Delete it, or see why it does nothing.", "请删去，或查明为何不起作用。"),
    ),
    "unknown-mark": WarningText(
        ("A mark in the text that names something unknown.", "文中含有未知名称的标记。"),
        ("Mend the word or the name of the rule.", "请改正其中的词或规则名。"),
    ),
    "shifted-mark": WarningText(
        (
            "A change that was left out because marks would say something else after it.",
            "因会改变标记的含义而未作的改动。",
        ),
        ("Move the mark to a line of its own.", "请把标记移到单独一行。"),
    ),
}
