"""The words of the journal, ``undo`` and the bounds of reading: key -> (English, Chinese)."""

from __future__ import annotations

JOURNAL: dict[str, tuple[str, str]] = {
    # help
    "cmd-undo": (
        "Put back what a run changed: the last one in this folder, or the run that is named, or only some of its "
        "files (after the name of a run, or 'last').\n\n"
        "Files outside of this folder stay, unless --anywhere says otherwise, or you when a terminal asks.\n\n"
        "A file that somebody has changed since stays, unless --force. What undo replaces can be put back too.\n\n"
        "Exit code: 0 done, 1 would put back (--diff), 2 error or a file that stayed, 130 interrupted.",
        "恢复一次运行所改动的文件：此目录中最近的一次、指定的一次，或其中的某些文件（写在运行名称或 last 之后）。\n\n"
        "此目录之外的文件保持不动，除非加 --anywhere，或在终端询问时确认。\n\n"
        "之后又被改动过的文件保持不动，除非加 --force。被 undo 替换的内容同样可以恢复。\n\n"
        "退出码：0 已完成，1 有可恢复的内容（--diff），2 出错或有文件未恢复，130 被中断。",
    ),
    "opt-undo-list": (
        "List the runs in this folder that can be undone; -v with their files.",
        "列出此目录中可以撤销的运行；-v 同时列出文件。",
    ),
    "opt-undo-anywhere": (
        "Take the last run of any folder, and put back files in any folder without asking.",
        "不限于此目录：取任意目录中最近的一次运行，并恢复其中所有目录的文件，不再询问。",
    ),
    "opt-undo-diff": ("Write nothing; show what would come back.", "不写入，显示将恢复的内容。"),
    "opt-undo-force": (
        "Put files back even if they were changed since.",
        "即使文件之后又被改动，也予以恢复。",
    ),
    "opt-journal": (
        "Keep what is replaced, so that it can be undone (default), or do not.",
        "保存被替换的内容，以便撤销（默认），或不保存。",
    ),
    "opt-no-journal": (
        "Do not keep what is replaced; it cannot be undone then.",
        "不保存被替换的内容；之后无法撤销。",
    ),
    "opt-backup": (
        "Also leave a copy of each replaced file beside it, under its name with SUFFIX.",
        "另在原处保留被替换文件的副本，文件名后加 SUFFIX。",
    ),
    "opt-max-bytes": (
        "Most bytes of one input (K, M, G for powers of 1024; default 512M).",
        "每个输入最多多少字节（K、M、G 为 1024 的幂；默认 512M）。",
    ),
    # usage
    "bad-size": (
        "{value} is no number of bytes; write for example 512M or 2G",
        "{value} 不是字节数；请写成例如 512M 或 2G",
    ),
    "bad-suffix": (
        "{value} is no end of a file name; write for example .bak",
        "{value} 不能用作文件名后缀；请写成例如 .bak",
    ),
    "suffix-of-text": (
        "a later run would clean files that end in {value}; write for example .bak",
        "以 {value} 结尾的副本会被后续运行清理；请换成例如 .bak",
    ),
    "report-over": (
        "{path} is an input or an output, a report must not be written over it; name another file",
        "{path} 是输入或输出文件，不能用报告覆盖；请换一个文件",
    ),
    "output-escapes": (
        "{path} lies outside of the folder named with -o (a symbolic link leads there)",
        "{path} 在 -o 指定的目录之外（由符号链接指向）",
    ),
    # bounds of reading
    "too-large": (
        "larger than --max-bytes allows; raise it to read this all the same",
        "超过 --max-bytes 允许的大小；如确需读取请调高该值",
    ),
    "not-regular": (
        "not a file: a pipe, a device or a link has taken its place",
        "不是普通文件：是管道、设备或符号链接",
    ),
    "nobody-writes": (
        "a named pipe that nobody writes to; pipe the text in with -",
        "没有进程写入该命名管道；请用 - 从管道传入文本",
    ),
    # writing
    "journal-broken": (
        "nothing was written: the journal for undo in {path} cannot be written ({detail}); mend that, name another "
        "folder with DEDUPE_CN_STATE_DIR, or go without it: --no-journal",
        "没有写入任何文件：无法写入 {path} 中的撤销日志（{detail}）；请解决该问题，"
        "或用 DEDUPE_CN_STATE_DIR 另指定目录，或加 --no-journal 不保存日志",
    ),
    "journal-stopped": (
        "stopped after {n} written file{n:s}: the journal for undo in {path} cannot be written any more ({detail}); "
        "mend that and run again, or go without it: --no-journal",
        "已写入 {n} 个文件后停止：无法继续写入 {path} 中的撤销日志（{detail}）；请解决后重新运行，"
        "或加 --no-journal 不保存日志",
    ),
    "journal-elsewhere": (
        "no home folder for the journal: what was replaced is kept in {path} (DEDUPE_CN_STATE_DIR names another place)",
        "没有可用的主目录：被替换的内容保存在 {path}（可用 DEDUPE_CN_STATE_DIR 另行指定）",
    ),
    "backup-differs": (
        "not written: {path} is there already and holds something else; move it away or choose another suffix",
        "未写入：{path} 已存在且内容不同；请移走它或换一个后缀",
    ),
    "hidden-edits": (
        "not written: {runner} has put aside edits of this file that are not staged, and lays them over whatever is "
        "written now; stage the whole file and commit again (when {runner} is not at work, they are still in {place})",
        "未写入：{runner} 暂时收起了此文件中尚未暂存的改动，随后会盖到现在写入的内容上；"
        "请先暂存（git add）整个文件再提交（如果 {runner} 并未运行，这些改动仍在 {place} 中）",
    ),
    # a run that was interrupted
    "interrupted-undo": (
        "interrupted; {n} file{n:s} written so far: 'dedupe-cn undo' puts back what was there",
        "已中断；此前已写入 {n} 个文件，可用 dedupe-cn undo 恢复原有内容",
    ),
    "interrupted-partly": (
        "interrupted; {n} file{n:s} written so far: 'dedupe-cn undo' puts {kept} back, git has what the others were",
        "已中断；此前已写入 {n} 个文件，dedupe-cn undo 可恢复其中 {kept} 个，其余的原内容在 git 中",
    ),
    "interrupted-made": (
        "interrupted; {n} file{n:s} made so far, nothing that was there before was written over",
        "已中断；此前已新建 {n} 个文件，没有覆盖原有的文件",
    ),
    "interrupted-no-journal": (
        "interrupted; {n} file{n:s} written so far, without a journal; see your version control for what they were",
        "已中断；此前已写入 {n} 个文件，没有日志；原来的内容请在版本控制中查找",
    ),
    # undo
    "undo-nothing": (
        "nothing to undo: no run is recorded that changed a file and was not undone",
        "没有可撤销的运行：没有记录到改动过文件且尚未撤销的运行",
    ),
    "undo-nothing-here": (
        "nothing to undo here; the last run that was not undone is {name}, which changed {path}; --anywhere puts it "
        "back",
        "这里没有可撤销的运行；最近一次尚未撤销的运行是 {name}，改动过 {path}；加 --anywhere 可恢复它",
    ),
    "undo-none-here": (
        "run {name} changed no file in this folder, but for example {path}; --anywhere puts it back all the same",
        "运行 {name} 没有改动此目录中的文件，改动的是例如 {path}；加 --anywhere 仍可恢复",
    ),
    "undo-outside": (
        "{n} file{n:s} outside of this folder left as written; --anywhere puts those back too",
        "此目录之外的 {n} 个文件保持不动；加 --anywhere 也会恢复它们",
    ),
    "undo-outside-ask": (
        "The run also changed {n} file{n:s} outside of this folder:\n{list}Put back those too? [y/N] ",
        "这次运行还改动了此目录之外的 {n} 个文件：\n{list}也恢复它们吗？[y/N] ",
    ),
    "undo-elsewhere": (
        "{n} more run{n:s} changed files in other folders only; --anywhere lists all",
        "另有 {n} 次运行只改动了其他目录的文件；加 --anywhere 列出全部",
    ),
    "undo-empty": ("no run is recorded", "没有任何运行记录"),
    "undo-unknown": (
        "there is no run {name}; see 'dedupe-cn undo --list'",
        "没有 {name} 这次运行；见 dedupe-cn undo --list",
    ),
    "undo-is-path": (
        "{name} is a path, not a run; for the last run: dedupe-cn undo last {name}",
        "{name} 是路径，不是运行；要撤销最近一次运行中的它：dedupe-cn undo last {name}",
    ),
    "undo-ambiguous": (
        "{name} could be {n} runs, the first of them {first}; write more of it",
        "{name} 可以指 {n} 次运行，其中第一个是 {first}；请写得更完整",
    ),
    "undo-going-on": (
        "run {name} is still going on; wait until it is done",
        "运行 {name} 尚未结束；请等它完成",
    ),
    "undo-not-in": ("run {name} changed no such file", "运行 {name} 没有改动过这个文件"),
    "undo-changed": (
        "changed since run {name}, left as it is; --force puts the former bytes back all the same",
        "在运行 {name} 之后又被改动，保持不动；加 --force 仍可恢复",
    ),
    "undo-damaged": (
        "left as it is: its former bytes in the journal are damaged or cut off",
        "未恢复：日志中的原有内容已损坏或不完整",
    ),
    "undo-back": ("{path}: put back", "{path}：已恢复"),
    "undo-would": (
        "{path}: would come back, now {before}, then {after}",
        "{path}：将恢复，现为 {before}，恢复后为 {after}",
    ),
    "undo-bytes": ("{n} byte{n:s} in {encoding}", "{n} 字节（{encoding}）"),
    "undo-gone": ("nothing (it was removed)", "不存在（已被删除）"),
    "undo-unreadable": ("no text", "非文本"),
    "undo-summary": ("{n} file{n:s} put back, run {name} undone", "已恢复 {n} 个文件，撤销了运行 {name}"),
    "undo-partly": ("{n} file{n:s} put back of run {name}", "已恢复运行 {name} 中的 {n} 个文件"),
    "undo-same": ("{n} file{n:s} as before run {name} already", "{n} 个文件已是运行 {name} 之前的内容"),
    "undo-row": ("{n} file{n:s}", "{n} 个文件"),
    "undo-row-undone": ("undone", "已撤销"),
    "undo-row-partly": ("{n} undone", "其中 {n} 个已撤销"),
    "undo-row-of": ("undo of {name}", "撤销 {name}"),
}
