"""The words of the help pages: key -> (English, Chinese)."""

from __future__ import annotations

HELP: dict[str, tuple[str, str]] = {
    "commands": ("Commands", "命令"),
    "cmd-main": (
        "Clean Chinese and mixed text, and remove what was pasted twice by accident. Nothing is lost: every "
        "removal names the text that was kept in its place.",
        "清理中文和中英混排文本，删除误贴了两次的内容。不会丢失任何内容：每一处删除都会指出保留的那一份在哪里。",
    ),
    "cmd-clean": (
        "Clean files: tidy the layout and remove accidental repeats within each.\n\n"
        "One file or a pipe: the cleaned text goes to standard output. Several files or a folder: a preview; "
        "--write changes them.\n\n"
        "Exit code: 0 nothing to do or done, 1 would change (--check, --diff, preview), 2 error, "
        "130 interrupted.",
        "清理文件：整理版面，并删除每个文件内部误贴的重复。\n\n"
        "输入是一个文件或管道时，结果写到标准输出；多个文件或目录时只预览，加 --write 才改动。\n\n"
        "退出码：0 无需改动或已完成，1 将有改动（--check、--diff、预览），2 出错，130 被中断。",
    ),
    "cmd-detect": (
        "Tell the encoding of each file, how sure that is, and what else it could be.",
        "识别每个文件的编码，说明把握大小以及其他可能。",
    ),
    "opt-detect-json": ("Write JSON.", "输出 JSON。"),
    "opt-borderline": (
        "Show the N pairs of paragraphs whose similarity is nearest to the threshold.",
        "列出相似度最接近阈值的 N 对段落。",
    ),
    "opt-allow-lossy": (
        "Write a file even if some of its bytes could not be decoded (they become U+FFFD).",
        "即使有字节无法解码也写入（这些字节变为 U+FFFD）。",
    ),
    "cmd-rules": (
        "List the rules, or explain one with an example and its measured risk.",
        "列出规则，或用示例和实测风险说明其中一条。",
    ),
    "opt-version": ("Show the version and leave.", "显示版本后退出。"),
    "opt-help": ("Show this help and leave.", "显示本帮助后退出。"),
    "opt-quiet": ("Say only errors.", "只显示错误。"),
    "opt-verbose": (
        "Say more: repeats that were kept and why, what was skipped.",
        "显示更多：保留的重复及理由、跳过的文件。",
    ),
    "opt-color": ("Colour: auto looks at the terminal and NO_COLOR.", "颜色：auto 看终端和 NO_COLOR。"),
    "opt-lang": (
        "Language of messages; else DEDUPE_CN_LANG or the locale.",
        "消息语言；否则看 DEDUPE_CN_LANG 或系统区域设置。",
    ),
    "opt-write": ("Write the result back to the files, where it differs.", "有改动时写回原文件。"),
    "opt-output": (
        "Write to this file, or for several inputs or a folder below this folder.",
        "写到这个文件；输入为多个文件或目录时写到这个目录之下。",
    ),
    "opt-check": (
        "Write nothing; report, and exit 1 if something would change.",
        "不写入，只报告；若有改动则退出码为 1。",
    ),
    "opt-diff": ("Write nothing; show the changes as a unified diff.", "不写入，以 unified diff 显示改动。"),
    "opt-level": (
        "How much evidence a removal needs: safe, standard (default) or aggressive.",
        "删除需要多少证据：safe（保守）、standard（默认）、aggressive（激进）。",
    ),
    "opt-threshold": (
        "Similarity from which passages count as near-duplicates (default 0.90).",
        "近似重复的相似度下限（默认 0.90）。",
    ),
    "opt-min-chars": (
        "Characters a repeated paragraph needs to be removed (default: grows with the document).",
        "重复段落至少多少字才删除（默认随文档增长）。",
    ),
    "opt-keep": ("Which copy stays (default first).", "保留哪一份（默认 first，即第一份）。"),
    "opt-select": (
        "Only these rules or groups (repeats, tidy); on-request rules are added.",
        "只用这些规则或组（repeats、tidy）；按需规则则是追加。",
    ),
    "opt-disable": ("Without these rules or groups.", "不用这些规则或组。"),
    "opt-eol": (
        "Line ends: keep (mixed ones become the dominant one), lf or crlf.",
        "换行符：keep（混用时统一为占多数者）、lf 或 crlf。",
    ),
    "opt-kind": (
        "Read as Markdown or plain text; auto goes by the suffix.",
        "按 Markdown 或纯文本读取；auto 看后缀。",
    ),
    "opt-encoding": ("Encoding of the input; auto finds it out.", "输入的编码；auto 自动识别。"),
    "opt-output-encoding": (
        "Write UTF-8, or keep the encoding of the input.",
        "输出 UTF-8，或保持输入的编码。",
    ),
    "opt-stdin-filename": (
        "Name for standard input, in reports and for its kind.",
        "标准输入的文件名，用于报告和判断类型。",
    ),
    "opt-report": (
        "Report as text, json, jsonl, github, gitlab or sarif, to FILE if named; repeatable.",
        "报告格式：text、json、jsonl、github、gitlab 或 sarif，可写到 FILE；可重复。",
    ),
    "opt-report-file": ("File of the last --report.", "最后一个 --report 的文件。"),
    "opt-jobs": (
        "Processes to use [default: one for each core, a single one for little work].",
        "使用的进程数 [默认：每个核心一个，工作量小时只用一个]。",
    ),
    "opt-exit": ("Exit 1 when something was changed.", "有改动时退出码为 1。"),
    "opt-include": (
        "Read only files of a folder that match; *.log also takes files that are not Markdown or plain text.",
        "只读取目录中匹配的文件；*.log 这样的模式也会读取 Markdown 和纯文本以外的文件。",
    ),
    "opt-exclude": (
        "Pass over what matches in folders, in addition to the configuration.",
        "跳过目录中匹配的内容，追加在配置之后。",
    ),
    "opt-force-exclude": (
        "Apply excludes and ignore files to files that are named as well (for hooks).",
        "对直接点名的文件也应用排除和忽略规则（用于钩子）。",
    ),
    "opt-gitignore": ("Pass over what .gitignore lists (default).", "跳过 .gitignore 所列的文件（默认）。"),
    "opt-files-from": (
        "Read names of files from FILE or standard input, one a line or ended by NUL.",
        "从 FILE 或标准输入读取文件名，每行一个，或以 NUL 分隔。",
    ),
    "opt-config": (
        "Use this configuration file, no other; its globs count from the working folder.",
        "只用这个配置文件；其中的通配模式从当前目录算起。",
    ),
    "opt-isolated": ("Use no configuration file.", "不使用任何配置文件。"),
}
