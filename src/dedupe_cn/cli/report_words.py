"""The words of the reports for other programs, of what all share, and of choosing them: key -> (English, Chinese)."""

from __future__ import annotations

REPORTS: dict[str, tuple[str, str]] = {
    "further": ("also line{n:s} {list}", "另有 {n} 处在第 {list} 行"),
    "further-more": (" and {n} more", "等（其余 {n} 处未列出）"),
    "kept-whys": (" ({list})", "（{list}）"),
    "kept-why": ("{n} {why}", "{why} {n} 处"),
    "layout-files": ("{n} file{n:s}: {rule}", "{n} 个文件：{rule}"),
    "finding-suspicious": ("suspicious: {rule}, {n} time{n:s}", "可疑：{rule}，共 {n} 处"),
    "github-more": (
        "{n} more of this kind stand in the log; GitHub shows {shown} for each step",
        "另有 {n} 条见日志；GitHub 每一步只显示 {shown} 条",
    ),
    "rule-before": ("Before", "之前"),
    "rule-after": ("After", "之后"),
    "rule-risk": ("Risk", "风险"),
    "report-same-file": (
        "two reports would be written to {path}; give each a file of its own",
        "有两份报告都要写到 {path}；请分别指定文件",
    ),
}
