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
