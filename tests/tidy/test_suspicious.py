from __future__ import annotations

import pytest

from dedupe_cn.model import Warning as Finding
from dedupe_cn.tidy.suspicious import warnings

NO_OPS = {
    "plain Chinese": "文章。\n",
    "joiners and marks that hide nothing": "👩\u200d💻 \u200e\ufeff\u200b\n",
    "two of the marks only": "太烫烫手，屯屯粮。\n",
}
FOUND = {
    "lost characters": ("一\ufffd二\ufffd\ufffd", [Finding("replacement-char", 3, 1)]),
    "UTF-8 read as GBK": ("一锟斤拷锟斤拷二锟斤拷", [Finding("mojibake-marks", 2, 1)]),
    "fresh memory read as GBK": ("烫烫烫烫，屯屯屯", [Finding("mojibake-marks", 2, 0)]),
    "private use, in every plane": ("一\ue000\U000f0000\U0010fffd", [Finding("private-use", 3, 1)]),
    "an override and an isolate": ("a\u202eb\u2066c", [Finding("bidi", 2, 1)]),
    "several, in order of place": (
        "锟斤拷\ue000\ufffd",
        [Finding("mojibake-marks", 1, 0), Finding("private-use", 1, 3), Finding("replacement-char", 1, 4)],
    ),
}


@pytest.mark.parametrize("text", NO_OPS.values(), ids=NO_OPS)
def test_nothing_is_said(text: str) -> None:
    assert warnings(text) == ()


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND)
def test_is_reported(text: str, expected: list[Finding]) -> None:
    assert warnings(text) == tuple(expected)


MEANT = "渡口的灯一直亮到天明，守夜的人说那是给晚归的船留的，风再大也不许吹灭。\n"
TRADITIONAL = "這是渡口的燈，守夜的人說不是給我留的，是給晚歸的船留的。\n"


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (MEANT, "utf-8", "latin-1"),
        (MEANT, "utf-8", "cp1252"),
        (MEANT, "utf-8", "gb18030"),
        (MEANT, "gbk", "latin-1"),
        ("我们沿着河边走了很久，谁也没有提起昨天的事情。\n", "gbk", "cp950"),
        (TRADITIONAL, "cp950", "gb18030"),
        (TRADITIONAL, "cp950", "latin-1"),
    ],
)
def test_a_text_misread_throughout_is_told(text: str, right: str, wrong: str) -> None:
    misread = text.encode(right).decode(wrong, "replace") * 3
    assert "mojibake-text" in [finding.rule for finding in warnings(misread)]


@pytest.mark.parametrize(
    "text",
    [
        MEANT,
        TRADITIONAL,
        "Le marché venait d'ouvrir, déjà à côté. ÀÉÈÊ ÇÇ\n",
        f"{MEANT}原文是“æ¸¡å\x8f£”，当时没有人看得懂。\n",
        "Ä Ö Ü ß äöü éèê ñ\n",
        "ㄅㄆㄇㄈ ㄛㄛ ﹝一﹞ 锛 銆\n",
    ],
)
def test_what_reads_as_it_is_is_no_misreading(text: str) -> None:
    assert "mojibake-text" not in [finding.rule for finding in warnings(text)]
