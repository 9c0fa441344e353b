"""The words of the help pages: key -> (English, Chinese)."""

from __future__ import annotations

HELP: dict[str, tuple[str, str]] = {
    "usage": ("Usage: ", "用法："),
    "commands": ("Commands:", "命令："),
    "options": ("Options:", "选项："),
    "options-output": ("What is written:", "写到哪里："),
    "options-removal": ("What is removed and tidied:", "删除和整理什么："),
    "options-reading": ("How the input is read:", "怎样读取："),
    "options-files": ("Which files:", "读取哪些文件："),
    "options-reports": ("Reports and verdicts:", "报告和裁定："),
    "options-running": ("How it runs:", "怎样运行："),
    "options-global": ("For every command:", "所有命令通用："),
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
    "opt-to": (
        "Put out the plain text of a .docx, .epub or of subtitles instead of a file of their kind.",
        "对 .docx、.epub 和字幕输出纯文本，而不是同类文件。",
    ),
    "opt-renumber": (
        "Number the cues of .srt anew where some go; otherwise they keep their numbers.",
        "删除字幕后给 .srt 重新编号；默认保留原编号。",
    ),
    "opt-allow-lossy": (
        "Write a file even if some of its bytes could not be decoded (they become U+FFFD).",
        "即使有字节无法解码也写入（这些字节变为 U+FFFD）。",
    ),
    "cmd-rules": (
        "List the rules, or explain one with an example and its measured risk.",
        "列出规则，或用示例和实测风险说明其中一条。",
    ),
    "opt-version": (
        "Show the version and leave; with -v also which kernel is at work.",
        "显示版本后退出；加 -v 还显示使用哪种内核。",
    ),
    "kernel-compiled": ("kernel: compiled", "内核：已编译"),
    "kernel-reference": (
        "kernel: reference (slower; no C compiler was found when it was installed)",
        "内核：参考实现（较慢；安装时没有找到 C 编译器）",
    ),
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
    "opt-encoding": (
        "Encoding of the input; auto finds it out, per-line reads each line by itself.",
        "输入的编码；auto 自动识别，per-line 逐行识别。",
    ),
    "opt-output-encoding": (
        "Write UTF-8, or keep the encoding of the input.",
        "输出 UTF-8，或保持输入的编码。",
    ),
    "opt-stdin-filename": (
        "Name for standard input, in reports and for its kind.",
        "标准输入的文件名，用于报告和判断类型。",
    ),
    "opt-report": (
        "Report as text, json, jsonl, github, gitlab, sarif or html, to FILE if named; repeatable.",
        "报告格式：text、json、jsonl、github、gitlab、sarif 或 html，可写到 FILE；可重复。",
    ),
    "opt-report-file": ("File of the last --report.", "最后一个 --report 的文件。"),
    "opt-jobs": (
        "Processes to use (default: one for each core, a single one for little work).",
        "使用的进程数（默认每核一个，工作量小时只用一个）。",
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
    "cmd-corpus": (
        "Remove what is similar between the documents of a corpus: folders, .txt, .jsonl, .csv, .tsv, .parquet, also "
        ".gz and .zst.\n\n"
        "A document goes only when it was compared exactly with an earlier one that stays. Without -o nothing is "
        "written: a report of what would go.\n\n"
        "Exit code: 0 nothing to do or done, 1 would remove (no -o) or more than --max-removal, 2 error.",
        "删除语料中相似的文档。输入可以是目录、.txt、.jsonl、.csv、.tsv、.parquet，也可带 .gz、.zst。\n\n"
        "只有与保留的某篇更早的文档逐一比对、确认相似的文档才会删除。不加 -o 时不写入任何文件，只报告将删除什么。\n\n"
        "退出码：0 无需改动或已完成，1 将有删除（没有 -o）或超过 --max-removal，2 出错。",
    ),
    "opt-corpus-output": (
        "Write what stays to this file, or for several inputs or a folder below this folder.",
        "把保留的文档写到这个文件；输入为多个文件或目录时写到这个目录之下。",
    ),
    "opt-removed": (
        "Write what goes as JSON lines: id, kept_id, score (and spans of paragraphs).",
        "把删除清单写成 JSON 行：id、kept_id、score（段落另有位置）。",
    ),
    "opt-left-out": (
        "With --on-error skip: write the records that cannot be read as JSON lines: place, reason.",
        "配合 --on-error skip：把无法读取的记录写成 JSON 行：place、reason。",
    ),
    "opt-corpus-encoding": (
        "Encoding of texts and tables, such as gbk or utf-16; auto finds it out.",
        "文本和表格的编码，如 gbk、utf-16；auto 自动识别。",
    ),
    "opt-unit": (
        "Remove documents, or paragraphs that recur across documents (default document).",
        "删除整篇文档（document，默认），或在多篇文档中重复出现的段落（paragraph）。",
    ),
    "opt-corpus-threshold": (
        "Jaccard similarity of shingles from which a document goes (default 0.8).",
        "删除文档所需的片段 Jaccard 相似度（默认 0.8）。",
    ),
    "opt-corpus-keep": (
        "Which of similar documents stays: the first (default), the longest, the one with the highest FIELD.",
        "相似文档保留哪一篇：最先出现的（first，默认）、最长的（longest）、字段值最大的（priority:FIELD）。",
    ),
    "opt-text-field": (
        "Field that holds the text (default text; a.b is b inside of a).",
        "存放正文的字段（默认 text；a.b 指 a 里的 b）。",
    ),
    "opt-id-field": (
        "Field that holds the id (default: id where there is one, else path or path:line).",
        "存放 id 的字段（默认用 id 字段，没有则用路径，或“路径:行号”）。",
    ),
    "opt-shingle": (
        "What is compared: auto (5 characters, or 5 words in Latin text), chars:N or words:N.",
        "比较的单位：auto（5 个字，拉丁文本为 5 个词）、chars:N 或 words:N。",
    ),
    "opt-fold": (
        "What does not count: space (white space, default), full (also width, case, marks, script).",
        "忽略什么：space（空白，默认）、full（另加全半角、大小写、标点、繁简）。",
    ),
    "opt-paragraph-chars": (
        "Characters a paragraph needs to be removed (default 20).",
        "段落至少多少字才删除（默认 20）。",
    ),
    "opt-min-docs": ("Documents a paragraph must stand in (default 2).", "段落至少出现在多少篇文档中（默认 2）。"),
    "opt-index": (
        "Compare with the documents of this index too, and add what stays to it; made when missing. "
        "A file, or redis://HOST:PORT/DB?name=NAME for several machines.",
        "同时与这个索引中的文档比较，并把保留的文档加入其中；没有则新建。可以是文件，或多台机器共用的 redis://主机:端口/库?name=名称。",
    ),
    "opt-against": (
        "Compare with the documents of this index too, and leave it as it is.",
        "同时与这个索引中的文档比较，不改动索引。",
    ),
    "opt-engine": ("This machine, or Spark (default local).", "用本机（local，默认）或 Spark。"),
    "opt-master": (
        "Spark master (default: that of the Spark configuration, else local[*]).",
        "Spark 的 master 地址（默认取自 Spark 配置，没有则为 local[*]）。",
    ),
    "opt-partitions": ("Partitions of the Spark run.", "Spark 的分区数。"),
    "opt-memory": ("Memory to use in all (default 2GB).", "总共可用的内存（默认 2GB）。"),
    "opt-corpus-jobs": ("Processes to use (default: one a core).", "使用的进程数（默认每核一个）。"),
    "opt-max-removal": (
        "Stop when a larger share would go (default 30%, from 100 documents on).",
        "将删除的比例超过此值时停止（默认 30%，满 100 篇起生效）。",
    ),
    "opt-on-error": (
        "A record that cannot be read: stop (default), or leave it out and say so (skip).",
        "遇到无法读取的记录：停止（stop，默认），或略去并说明（skip）。",
    ),
    "opt-dry-run": (
        "Estimate removals and time from a sample, write nothing.",
        "抽样估计将删除多少、需要多久，不写入任何文件。",
    ),
    # what click refuses
    "no-option": ("there is no option {name}", "没有 {name} 这个选项"),
    "no-option-near": ("there is no option {name}; did you mean {near}?", "没有 {name} 这个选项；是不是 {near}？"),
    "option-needs-value": ("{name} needs a value", "{name} 后面要有一个值"),
    "option-takes-none": ("{name} takes no value", "{name} 后面不能带值"),
    "missing-parameter": ("{name} is missing", "缺少 {name}"),
    "no-command": ("there is no command {name}", "没有 {name} 这个命令"),
    "extra-argument": ("too many arguments: {names}", "多余的参数：{names}"),
    "bad-value": ("{name} {why}", "{name} {why}"),
    "value-choice": ("must be one of {choices}", "只能是 {choices}"),
    "value-least": ("must be a number from {least}", "必须是不小于 {least} 的数"),
    "value-range": ("must be a number from {least} to {most}", "必须是 {least} 到 {most} 之间的数"),
    "value-whole": ("must be a whole number", "必须是整数"),
    "value-number": ("must be a number", "必须是数字"),
}
