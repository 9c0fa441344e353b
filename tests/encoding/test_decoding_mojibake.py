from __future__ import annotations

from collections.abc import Callable

import decoding_samples as samples
import pytest

from dedupe_cn.encoding.mojibake import repair_edits


def western(data: bytes) -> str:
    """Read bytes as a Western editor does: cp1252, and latin-1 where that has no character."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)


def repaired(text: str) -> str:
    for edit in reversed(repair_edits(text)):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


@pytest.mark.parametrize(
    ("text", "misread"),
    [
        (samples.SIMPLIFIED, lambda text: text.encode().decode("latin-1")),
        (samples.SIMPLIFIED, lambda text: western(text.encode())),
        (samples.TRADITIONAL, lambda text: western(text.encode())),
        (samples.SIMPLIFIED, lambda text: text.encode("gbk").decode("latin-1")),
        (samples.SIMPLIFIED, lambda text: western(text.encode("gbk"))),
        (samples.TRADITIONAL, lambda text: western(text.encode("cp950"))),
        (samples.TRADITIONAL, lambda text: text.encode("cp950").decode("gb18030")),
        ("今天天气很好我们出去走走\n老人已经把木板摆好了\n", lambda text: text.encode().decode("gb18030")),
    ],
)
def test_what_lost_nothing_is_repaired(text: str, misread: Callable[[str], str]) -> None:
    assert repaired(misread(text)) == text


def test_a_title_amid_sound_chinese_is_repaired_in_its_place() -> None:
    broken = western("春天的信".encode())
    text = f"作者：{broken}（编）\n第二行没有问题。\n"
    edits = repair_edits(text)
    assert repaired(text) == "作者：春天的信（编）\n第二行没有问题。\n"
    assert [(edit.start, edit.end) for edit in edits] == [(3, 3 + len(broken))]


@pytest.mark.parametrize(
    "text",
    [
        samples.SIMPLIFIED,
        samples.TRADITIONAL,
        samples.JAPANESE,
        samples.KOREAN,
        samples.FRENCH,
        samples.GERMAN,
        samples.RUSSIAN,
        samples.POLISH,
        samples.MARKDOWN,
        "锟斤拷锟斤拷\n",
        "烫烫烫烫\n",
        "lost: \ufffd\ufffd\ufffd\n",
        "Señor Müller çédille: café, naïve, ÄÖÜ\n",
        "±5 °C · 20 µm × 3 «ja»\n",
        "",
    ],
)
def test_sound_text_and_lost_text_stay(text: str) -> None:
    assert repair_edits(text) == []
