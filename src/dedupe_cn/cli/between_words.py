"""The words for copies between files: key -> (English, Chinese)."""

from __future__ import annotations

BETWEEN: dict[str, tuple[str, str]] = {
    "opt-across": (
        "Also report copies between the files of the run, with what differs; none of them is removed.",
        "同时报告各文件之间的重复及其差别；只报告，不删除。",
    ),
    "key-across": (
        "Also tell copies between files under --check, --diff and in previews; nothing of them is removed.",
        "在 --check、--diff 和预览时同时报告文件之间的重复；只报告，不删除。",
    ),
    "across-no-repository": (
        "the files do not lie in one git working tree: copies are told between them alone",
        "这些文件不在同一个 git 工作区内：只报告它们彼此之间的重复",
    ),
    "across-no-git": (
        "git does not answer: copies are told between the named files alone",
        "git 没有应答：只报告所列文件彼此之间的重复",
    ),
    "across-busy": (
        "another process is writing the index of passages: this time copies are told between the named files alone",
        "另一个进程正在写段落索引：这次只报告所列文件彼此之间的重复",
    ),
    "across-no-index": (
        "the index of passages cannot be used ({detail}): copies are told between the named files alone",
        "无法使用段落索引（{detail}）：只报告所列文件彼此之间的重复",
    ),
    "across-tells": (
        "--across only tells of copies between files; use it with --check or --diff, not with what writes",
        "--across 只报告文件之间的重复；请与 --check 或 --diff 一起用，不要与写出的选项一起用",
    ),
    "id-across": (
        "{id} is a copy between files; these are never deleted, so it can only be kept",
        "{id} 是文件之间的重复；程序从不删除，只能裁定保留",
    ),
    "across-same": ("the same {unit} as {place}", "与 {place} 的{unit}相同"),
    "across-like": ("{unit} like {place} ({score} %)", "{unit}与 {place} 相近（{score}%）"),
    "across-file": ("file", "文件"),
    "across-section": ("section", "章节"),
    "across-passage": ("passage", "段落"),
    "across-differs": (": {list}", "：{list}"),
    "across-difference": ("{one} → {other} ({kind})", "{one} → {other}（{kind}）"),
    "across-also": ("also {list}", "另见 {list}"),
    "across-many": ("in {n} files in all", "共见于 {n} 个文件"),
    "across-summary": (
        "between files: {n} finding{n:s}, {drift} of them differing in meaning",
        "文件之间的重复 {n} 处，其中 {drift} 处含义有别",
    ),
}
