"""The words of messages, reports and errors: key -> (English, Chinese).

A number ``{n}`` is written with thousands marks; ``{n:s}`` is the English plural s.
"""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "plain": ("{what}", "{what}"),
    "comma": (", ", "，"),
    "semicolon": ("; ", "；"),
    # findings
    "removed": ("removed, same as {there}", "已删除，与{there}相同"),
    "would-remove": ("would be removed, same as {there}", "将删除，与{there}相同"),
    "similar-removed": ("removed, like {there} ({score} %)", "已删除，与{there}相近（{score}%）"),
    "similar-would-remove": (
        "would be removed, like {there} ({score} %)",
        "将删除，与{there}相近（{score}%）",
    ),
    "same": ("same as {there}", "与{there}相同"),
    "similar": ("like {there} ({score} %)", "与{there}相近（{score}%）"),
    "like": ("like {there}", "与{there}相近"),
    "line": ("line {line}", "第 {line} 行"),
    "there": ("{place}", " {place} "),
    "identical": ("identical to {path}, left as it is ({n} char{n:s})", "与 {path} 完全相同，保留不动（{n} 字）"),
    "passage": ('"{text}" ({n} char{n:s})', "“{text}”（{n} 字）"),
    "because": (": {why}", "：{why}"),
    "tidied": ("tidied: {list}", "整理：{list}"),
    "would-tidy": ("would be tidied: {list}", "将整理：{list}"),
    "taken": ('taken out: "{text}"', "已去掉：“{text}”"),
    "would-take": ('would be taken out: "{text}"', "将去掉：“{text}”"),
    "converted": ("{before} to {after}", "{before} 转为 {after}"),
    # warnings about a text
    "warning": (
        "{path}:{place} warning: {rule}, {n} time{n:s}",
        "{path}:{place} 警告：{rule}，共 {n} 处",
    ),
    "warning-explained": ("  {what} {hint}", "  {what}{hint}"),
    "warning-why": (
        "{path}:{place} warning: {rule}: {why}",
        "{path}:{place} 警告：{rule}：{why}",
    ),
    "borderline": (
        '{path}:{place} {score} % like {kept} (threshold {limit} %): {why} "{text}" / "{other}"',
        "{path}:{place} 与{kept}相似 {score}%（阈值 {limit}%）：{why} “{text}” / “{other}”",
    ),
    "keeps-encoding": (
        "{path}: stays {encoding}: .gitattributes says working-tree-encoding={name}",
        "{path}：保持 {encoding} 编码：.gitattributes 规定 working-tree-encoding={name}",
    ),
    "keeps-untold": (
        "{path}: stays {encoding}: .gitattributes names encodings, and git does not say which holds here ({why}); "
        "--output-encoding decides",
        "{path}：保持 {encoding} 编码：.gitattributes 规定了编码，而 git 没有说明此处适用哪一种（{why}）；"
        "可用 --output-encoding 决定",
    ),
    # closing lines
    "kept": ("{n} repeat{n:s} kept", "保留了 {n} 处重复"),
    "level-removes": ("--level {level} removes {n}", "--level {level} 会删除 {n} 处"),
    "summary": (
        "{files} file{files:s}: {changed} changed, {removals} repeat{removals:s} removed ({chars} char{chars:s})",
        "{files} 个文件：{changed} 个有改动，删除 {removals} 处重复（{chars} 字）",
    ),
    "summary-would": (
        "{files} file{files:s}: {changed} would change, {removals} repeat{removals:s} to remove "
        "({chars} char{chars:s})",
        "{files} 个文件：{changed} 个将改动，将删除 {removals} 处重复（{chars} 字）",
    ),
    "summary-clean": ("{files} file{files:s}: nothing to change", "{files} 个文件：无需改动"),
    "summary-left": ("{files} file{files:s}: nothing changed", "{files} 个文件：没有改动"),
    "summary-errors": ("{n} error{n:s}", "{n} 个错误"),
    "summary-time": ("{seconds} s", "{seconds} 秒"),
    "nothing-written": ("nothing written: add --write", "没有写入任何文件：加 --write 才会写入"),
    "nothing-compared": ("nothing was compared: the input holds no text", "没有可比较的内容：输入中没有文字"),
    # notes on what was passed over
    "skipped": ("skipped {path}: {why}", "跳过 {path}：{why}"),
    "skipped-many": ("skipped {n}: {why} (-v lists them)", "跳过 {n} 项：{why}（-v 可列出）"),
    "to-write": (
        "--to text would replace the file by its text; use -o FILE, or nothing for stdout",
        "--to text 会用纯文本覆盖原文件；请用 -o FILE，或不加以输出到 stdout",
    ),
    "output-other-form": (
        "{path} would hold a {form} file; name it so, or add --to text for the plain text",
        "{path} 里将是 {form} 文件；请用该后缀命名，或加 --to text 输出纯文本",
    ),
    "bytes-to-terminal": (
        "{path} is no text that a terminal can show; add --check, --diff, --write, -o FILE or --to text",
        "{path} 不是终端能显示的文本；请加 --check、--diff、--write、-o FILE 或 --to text",
    ),
    "hidden": ("hidden", "隐藏文件或目录"),
    "binary": ("binary, not text", "二进制文件，不是文本"),
    "link": ("symbolic link inside a folder", "目录中的符号链接"),
    "same-file": ("the same file as {detail}", "与 {detail} 是同一个文件"),
    "ignored": ("listed in an ignore file", "列在忽略文件中"),
    "excluded": ("excluded", "已排除"),
    "not-prose": ("for programs or law, not for readers", "供程序使用或属法律文本，不是读物"),
    "other-kind": ("neither Markdown nor plain text", "既不是 Markdown 也不是纯文本"),
    "pruned": ("a folder of other people's or generated files", "存放第三方或生成文件的目录"),
    # errors
    "error": ("error: {what}", "错误：{what}"),
    "hint": ("{what}; {hint}", "{what}；{hint}"),
    "at": ("{path}: {what}", "{path}：{what}"),
    "missing": ("no such file or folder", "没有这个文件或目录"),
    "unreadable": ("cannot be read: {detail}", "无法读取：{detail}"),
    "unwritable": ("cannot be written: {detail}", "无法写入：{detail}"),
    "unwritable-at": ("{path} cannot be written: {detail}", "无法写入 {path}：{detail}"),
    "changed-meanwhile": (
        "changed while it was being cleaned; left as it is, run again",
        "清理期间文件被改动；未写入，请重新运行",
    ),
    "no-text": (
        "no text in this folder (looked for {detail})",
        "该目录中没有文本文件（查找的后缀：{detail}）",
    ),
    "binary-error": ("binary, not text", "是二进制文件，不是文本"),
    "refused-records": (
        "{detail} holds records, not one text; clean between records with 'dedupe-cn corpus'",
        "{detail} 存放的是多条记录，不是一篇文本；记录之间去重请用 dedupe-cn corpus",
    ),
    "refused-subtitles": (
        "{detail} is timed text that cannot be read here; convert it to .srt, .vtt or .ass first",
        "{detail} 是这里不读的带时间轴文本；请先转成 .srt、.vtt 或 .ass",
    ),
    "refused-markup": (
        "{detail} is markup; turn it into Markdown or plain text first (for example with pandoc)",
        "{detail} 是标记语言；请先转成 Markdown 或纯文本（例如用 pandoc）",
    ),
    "refused-office": (
        "{detail} is not plain text; save it as .txt or .md first",
        "{detail} 不是纯文本；请先另存为 .txt 或 .md",
    ),
    "refused-source": (
        "{detail} is neither Markdown nor prose: layout and equal lines mean something; --kind text reads it anyway",
        "{detail} 既不是 Markdown 也不是文章，其中的版面和相同的行都有意义；确要处理请加 --kind text",
    ),
    "refused-prose": (
        "{detail} is markup that cannot be read as such; only --kind text reads it, as plain text",
        "{detail} 是这里不解析的标记格式；只有加 --kind text 才会读取，并当作纯文本",
    ),
    "cannot-hold-attribute": (
        "{encoding} cannot hold {characters}, and .gitattributes says working-tree-encoding={name}; change that first",
        "{encoding} 无法表示 {characters}，而 .gitattributes 规定 working-tree-encoding={name}；请先修改该属性",
    ),
    "internal": (
        "internal error ({what}); the input is left as it is; set DEDUPE_CN_DEBUG=1 to see where",
        "内部错误（{what}）；输入未改动；设置 DEDUPE_CN_DEBUG=1 可查看出错位置",
    ),
    "no-memory": (
        "not enough memory for it; left as it is, split it or free memory",
        "内存不足；未改动，请拆分该文件或释放内存",
    ),
    "lost-worker": (
        "the process at work on it was killed (exit code {code}; out of memory?); left as it is, try --jobs 1",
        "处理它的进程被终止（退出码 {code}，可能是内存不足）；未改动，请试 --jobs 1",
    ),
    "spool-full": (
        "results cannot be kept in the folder for temporary files: {detail}; free space there or set TMPDIR",
        "结果无法存入临时目录：{detail}；请在那里腾出空间，或用 TMPDIR 另行指定",
    ),
    "progress-begun": ("{files} of {total} file{total:s}, {seconds} s", "{files}/{total} 个文件，{seconds} 秒"),
    "progress": (
        "{files} of {total} file{total:s}, {speed} MB/s, {removals} repeat{removals:s}",
        "{files}/{total} 个文件，{speed} MB/s，{removals} 处重复",
    ),
    "interrupted": ("interrupted", "已中断"),
    "no-input": (
        "nothing to read: name a file or a folder, or pipe text in",
        "没有输入：请给出文件或目录，或用管道传入文本",
    ),
    "files-from-twice": (
        "standard input cannot be both a text and the list of --files-from",
        "标准输入不能既是文本又是 --files-from 的清单",
    ),
    "exclusive": ("{first} and {second} exclude each other", "{first} 与 {second} 不能同时使用"),
    "write-stdin": (
        "standard input cannot be written back; leave --write away or use -o FILE",
        "标准输入无法写回；请去掉 --write，或用 -o FILE",
    ),
    "output-is-folder": (
        "-o {path} is a folder, but there is one input; name a file, such as {example}",
        "-o {path} 是目录，但输入只有一个；请给出文件名，例如 {example}",
    ),
    "output-is-file": (
        "-o {path} is a file, but there are several inputs; name a folder",
        "-o {path} 是文件，但输入有多个；请给出目录",
    ),
    "output-collides": (
        "{first} and {second} would both be written to {path}",
        "{first} 与 {second} 都会写到 {path}",
    ),
    "report-format": (
        "report format {name} is unknown; use {known}",
        "没有 {name} 这种报告格式；可用：{known}",
    ),
    "report-stdout": (
        "a {format} report and {data} cannot both go to standard output; write --report {format}:FILE",
        "{format} 报告与{data}不能同时写到标准输出；请用 --report {format}:FILE",
    ),
    "report-twice": (
        "only one report can go to standard output; give the others a file, --report FORMAT:FILE",
        "只能有一份报告写到标准输出；其余请给出文件，--report FORMAT:FILE",
    ),
    "data-text": ("the cleaned text", "清理后的文本"),
    "data-diff": ("the diff", "差异"),
    "stdout-full": ("cannot write to standard output: {detail}", "无法写到标准输出：{detail}"),
    "command-missing": (
        "{path} is no command; to clean it: dedupe-cn clean {path}",
        "{path} 不是命令；要清理它请用：dedupe-cn clean {path}",
    ),
    # corpus
    "corpus-no-input": (
        "nothing to read: name a folder or files of documents|for example: dedupe-cn corpus news.jsonl -o clean.jsonl",
        "没有输入：请给出存放文档的目录或文件|例如：dedupe-cn corpus news.jsonl -o clean.jsonl",
    ),
    "corpus-needs-spark": (
        "--master and --partitions are for the Spark engine|add --engine spark",
        "--master 和 --partitions 只用于 Spark 引擎|请加 --engine spark",
    ),
    "corpus-unit": ("{option} is for --unit {unit}|leave it out", "{option} 只用于 --unit {unit}|请去掉它"),
    "corpus-bands": (
        "sketches: {bands} bands of {rows}; chance that a pair is never compared, by similarity: {chances}",
        "指纹：{bands} 段，每段 {rows} 个值；各相似度下漏比的概率：{chances}",
    ),
    "corpus-example": ("{id}: like {kept} ({score} %)", "{id}：与 {kept} 相似（{score}%）"),
    "corpus-example-paragraph": ("{id}: {text}, also in {kept}", "{id}：{text}，{kept} 中也有"),
    "corpus-more": (
        "… and {n} more (--removed FILE lists them all)",
        "……还有 {n} 个（--removed FILE 可全部列出）",
    ),
    "corpus-skipped": ("left out: {what}", "已略去：{what}"),
    "corpus-skipped-more": (
        "left out: {n} more record{n:s} (--left-out FILE lists all)",
        "已略去：另有 {n} 条记录（--left-out 文件 可全部列出）",
    ),
    "corpus-renamed": (
        "{n} document{n:s} named by place, because the id is missing or not unique",
        "{n} 篇文档以位置命名，因为 id 缺失或不唯一",
    ),
    "corpus-empty": ("{n} document{n:s} without text kept", "保留了 {n} 篇没有文字的文档"),
    "corpus-known": ("{n} document{n:s} in the index already", "{n} 篇文档已在索引中"),
    "corpus-nothing-compared": (
        "nothing was compared: fewer than two documents with text; check --text-field and the input",
        "没有可比较的内容：有文字的文档不足两篇；请检查 --text-field 和输入",
    ),
    "corpus-summary": (
        "{n} of {all} document{all:s} removed ({share} %) in {seconds} s",
        "共 {all} 篇文档，删除 {n} 篇（{share}%），用时 {seconds} 秒",
    ),
    "corpus-summary-would": (
        "{n} of {all} document{all:s} would be removed ({share} %), {seconds} s",
        "共 {all} 篇文档，将删除 {n} 篇（{share}%），用时 {seconds} 秒",
    ),
    "corpus-summary-paragraphs": (
        "{all} document{all:s}: {n} paragraph{n:s} removed, {paragraphs} different, in {seconds} s",
        "共 {all} 篇文档：删除 {n} 个段落（不同的有 {paragraphs} 种），用时 {seconds} 秒",
    ),
    "corpus-summary-would-paragraphs": (
        "{all} document{all:s}: {n} paragraph{n:s} would be removed, {paragraphs} different, {seconds} s",
        "共 {all} 篇文档：将删除 {n} 个段落（不同的有 {paragraphs} 种），用时 {seconds} 秒",
    ),
    "corpus-added": ("{n} document{n:s} added to {path}", "已将 {n} 篇文档加入 {path}"),
    "corpus-nothing-written": ("nothing written: add -o OUT", "没有写入任何文件：加 -o OUT 才会写入"),
    "corpus-estimate": (
        "from a sample of {sampled} of about {documents} documents: {low} to {high} would be removed, "
        "about {seconds} s; nothing written",
        "抽样 {sampled} 篇（全部约 {documents} 篇）：将删除 {low} 至 {high} 篇，约需 {seconds} 秒；没有写入任何文件",
    ),
    "corpus-over": (
        "that may be more than --max-removal allows",
        "可能超过 --max-removal 允许的比例",
    ),
    "stage-sign": ("reading, {rate} MB/s", "读取 {rate} MB/秒"),
    "stage-index": ("index, {rate} documents/s", "索引 {rate} 篇/秒"),
    "stage-wait": ("waiting for an earlier run on the index", "等待索引上更早的运行"),
    "stage-pair": ("pairing, {rate} bands/s", "配对 {rate} 段/秒"),
    "stage-shingle": ("reading candidates, {rate} documents/s", "读取候选 {rate} 篇/秒"),
    "stage-compare": ("comparing, {rate} pairs/s", "比较 {rate} 对/秒"),
    "stage-decide": ("deciding, {rate} pairs/s", "判定 {rate} 对/秒"),
    "stage-write": ("writing, {rate} files/s", "写入 {rate} 个文件/秒"),
    "stage-spark": ("Spark, {rate} stages/s", "Spark {rate} 阶段/秒"),
    "stage-share": ("{stage}, {share} %, {left} s to go", "{stage}，{share}%，还需 {left} 秒"),
    # rules
    "rules-head": ("Rules (dedupe-cn rules NAME explains one)", "规则（dedupe-cn rules 名称 查看说明）"),
    "rules-repeats": ("repeats: what is removed, and from which level on", "repeats：删除什么，从哪一级开始"),
    "rules-tidy": ("tidy: on by default", "tidy：默认启用"),
    "rules-request": ("on request: --select NAME", "按需启用：--select 名称"),
    "rules-warnings": ("warnings: told, nothing is changed", "warnings：只提醒，不改动"),
    "rules-what-to-do": ("What to do", "怎么办"),
    "rules-before": ("before", "之前"),
    "rules-after": ("after", "之后"),
    "rules-example": ("Example", "示例"),
    "rules-risk": ("Risk", "风险"),
    "rules-levels": ("Levels", "级别"),
    "rules-unknown": ("rule {name} is unknown", "没有 {name} 这条规则"),
    "did-you-mean": ("did you mean {name}?", "是不是 {name}？"),
    "see-rules": ("see 'dedupe-cn rules'", "见 dedupe-cn rules"),
    "remove": ("removed", "删除"),
    "report": ("reported", "报告"),
    "-": ("-", "-"),
}
