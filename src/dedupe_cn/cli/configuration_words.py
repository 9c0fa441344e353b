"""The words of the configuration: its errors, its commands, and what each key does: key -> (English, Chinese)."""

from __future__ import annotations

CONFIGURATION: dict[str, tuple[str, str]] = {
    # errors
    "config-unknown-key": ("this key is unknown", "没有这个键"),
    "config-not-per-file": (
        "this key cannot stand in [[per-file]]; move it to the top of the file",
        "这个键不能放在 [[per-file]] 中；请移到文件开头",
    ),
    "config-no-files": (
        '[[per-file]] needs files = ["GLOB"]',
        '[[per-file]] 需要 files = ["GLOB"]',
    ),
    "config-type-boolean": ("must be true or false", "必须是 true 或 false"),
    "config-type-integer": ("must be a whole number", "必须是整数"),
    "config-type-number": ("must be a number", "必须是数字"),
    "config-type-string": ("must be a text in quotes", "必须是带引号的文字"),
    "config-type-array": ('must be a list of texts, as ["one", "two"]', '必须是文字列表，如 ["one", "two"]'),
    "config-type-table": ("must be a table of keys", "必须是由键组成的表"),
    "config-type-tables": ("must be tables, each under its own [[per-file]]", "必须是表，各自写在 [[per-file]] 之下"),
    "config-choice": ("{value} is unknown, use one of {choices}", "没有 {value} 这个值，可用：{choices}"),
    "config-rule": ("no rule or group is named {value}", "没有名为 {value} 的规则或组"),
    "config-encoding": (
        "{value} is no encoding known here; use auto or a name such as gb18030",
        "无法识别编码 {value}；请用 auto 或 gb18030 之类的名称",
    ),
    "config-glob": ('"{value}" is no glob that can match', "“{value}” 不是可以匹配的通配模式"),
    "config-range": ("{value} is not from {least} to {most}", "{value} 不在 {least} 到 {most} 之间"),
    "config-least": ("{value} is less than {least}", "{value} 小于 {least}"),
    "config-circle": ("{value} extends this file in turn", "{value} 又反过来 extend 了本文件"),
    "config-no-file": ("no such file: {value}", "没有这个文件：{value}"),
    "config-no-table": ("holds no [tool.dedupe-cn]", "没有 [tool.dedupe-cn]"),
    "config-not-utf-8": ("is not UTF-8; save it as UTF-8", "不是 UTF-8；请另存为 UTF-8"),
    "config-not-toml": ("cannot be read as TOML: {what}", "不是正确的 TOML：{what}"),
    "config-wide-marks": (
        'cannot be read as TOML: {what}; {marks} is full-width, TOML needs " = [ ] , #',
        '不是正确的 TOML：{what}；{marks} 是全角符号，TOML 要用半角的 " = [ ] , #',
    ),
    "config-unreadable": ("cannot be read: {detail}", "无法读取：{detail}"),
    "config-exists": ("exists already; edit it, or name another file", "已存在；请直接编辑，或换一个文件名"),
    "config-shadows": (
        "{other} beside it holds [tool.dedupe-cn] and would no longer count; edit that one",
        "旁边的 {other} 已有 [tool.dedupe-cn]，新文件会让它失效；请编辑那一个",
    ),
    # commands
    "cmd-config": (
        "Show, write or describe the configuration.",
        "查看、生成或说明配置。",
    ),
    "cmd-config-show": (
        "Show what holds for a file or folder, and where each value comes from.",
        "显示对某个文件或目录生效的配置，以及每个值的来源。",
    ),
    "cmd-config-init": (
        "Write a dedupe-cn.toml with every key explained.",
        "生成 dedupe-cn.toml，逐项说明每个键。",
    ),
    "cmd-config-schema": (
        "Print the JSON Schema of dedupe-cn.toml, for editors.",
        "输出 dedupe-cn.toml 的 JSON Schema，供编辑器使用。",
    ),
    "cmd-completion": (
        "Print the completion script of a shell.\n\nWhat to do with it stands in its first line.",
        "输出某种 shell 的补全脚本。\n\n用法见脚本第一行。",
    ),
    "completion-bash": (
        "# dedupe-cn completion for bash: save as ~/.local/share/bash-completion/completions/dedupe-cn",
        "# dedupe-cn 的 bash 补全：保存为 ~/.local/share/bash-completion/completions/dedupe-cn",
    ),
    "completion-zsh": (
        "# dedupe-cn completion for zsh: save as _dedupe-cn in a folder of $fpath",
        "# dedupe-cn 的 zsh 补全：保存为 $fpath 中某个目录下的 _dedupe-cn",
    ),
    "completion-fish": (
        "# dedupe-cn completion for fish: save as ~/.config/fish/completions/dedupe-cn.fish",
        "# dedupe-cn 的 fish 补全：保存为 ~/.config/fish/completions/dedupe-cn.fish",
    ),
    "opt-config-json": ("Write JSON.", "输出 JSON。"),
    "config-none": ("no configuration file", "没有配置文件"),
    "config-by-default": ("default", "默认"),
    "config-by-command-line": ("command line", "命令行"),
    "config-written": ("wrote {path}", "已写入 {path}"),
    "config-head": (
        "Configuration of dedupe-cn. The nearest such file to a text holds for it. "
        "Every key is shown with its default; take the # in front of a key away to set it.",
        "dedupe-cn 的配置。离文件最近的一份配置对它生效。以下列出每个键及其默认值，去掉行首的 # 即可设置。",
    ),
    "config-values": ("Values: {choices}.", "可用的值：{choices}。"),
    "config-unset": ("Not set by default; for example:", "默认不设；例如："),
    "config-extend": (
        "Start from another file; what stands here goes over it. The way to it counts from this file.",
        "以另一个文件为基础，这里的设置覆盖它。路径相对于本文件。",
    ),
    "config-per-file": (
        "Other settings for some files. Globs are those of .gitignore, from the folder of this file; later tables go "
        "over earlier ones.",
        "为部分文件另行设置。通配模式与 .gitignore 相同，从本文件所在目录算起；后面的表覆盖前面的。",
    ),
    # what each key does
    "key-level": (
        "How much evidence a removal needs: safe takes only what nobody writes on purpose.",
        "删除需要多少证据：safe 只删除没有人会有意写出的重复。",
    ),
    "key-threshold": (
        "Similarity from which two passages count as near-duplicates.",
        "两段文字相似到多少才算近似重复。",
    ),
    "key-min-chars": (
        "Characters a repeated paragraph needs to be removed; otherwise that grows with the document.",
        "重复段落至少多少字才删除；不设则随文档增长。",
    ),
    "key-keep": ("Which copy stays.", "保留哪一份。"),
    "key-select": (
        "Only these rules or groups; on-request rules are added.",
        "只用这些规则或组；按需规则则是追加。",
    ),
    "key-disable": ("Without these rules or groups.", "不用这些规则或组。"),
    "key-kind": (
        "Read as Markdown or plain text; auto goes by the suffix.",
        "按 Markdown 或纯文本读取；auto 看后缀。",
    ),
    "key-encoding": (
        "Encoding of the files; auto finds it out, per-line reads each line by itself.",
        "文件的编码；auto 自动识别，per-line 逐行识别。",
    ),
    "key-output-encoding": (
        "Write UTF-8, or keep the encoding of the input.",
        "输出 UTF-8，或保持输入的编码。",
    ),
    "key-eol": (
        "Line ends; keep turns mixed ones into the dominant one.",
        "换行符；keep 在混用时统一为占多数者。",
    ),
    "key-include": (
        "Which files of a folder are read: Markdown and plain text that match, and what a glob names by its suffix "
        "(*.log).",
        "读取目录中的哪些文件：匹配的 Markdown 和纯文本，以及通配模式以后缀点名的文件（*.log）。",
    ),
    "key-exclude": (
        "What is passed over in folders; globs of the command line are added.",
        "目录中跳过什么；命令行的模式会追加在后。",
    ),
    "key-gitignore": (
        "Pass over what .gitignore lists. (.dedupe-cn-ignore always counts.)",
        "跳过 .gitignore 所列的文件（.dedupe-cn-ignore 始终有效）。",
    ),
    "key-force-exclude": (
        "Apply exclude and ignore files to files that are named as well.",
        "对直接点名的文件也应用 exclude 和忽略文件。",
    ),
    "key-decisions": (
        "File of verdicts on repeats, from the folder of this file; one of that name beside it is used anyway.",
        "对重复所作裁定的文件，路径从本文件所在目录算起；旁边若有同名文件，不设也会使用。",
    ),
    "key-journal": ("Keep former bytes, so that a run can be undone.", "保留改动前的内容，以便撤销。"),
    "key-backup": (
        "Also keep each former file beside the new one, under its name with this suffix.",
        "另外把改动前的文件以此后缀保留在旁边。",
    ),
    "key-jobs": ("Processes to use; otherwise as many as the work is worth.", "使用的进程数；不设则视工作量而定。"),
}
