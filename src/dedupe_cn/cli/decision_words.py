"""The words about decisions: key -> (English, Chinese)."""

from __future__ import annotations

DECISIONS: dict[str, tuple[str, str]] = {
    # help
    "cmd-decide": (
        "List the repeats that nobody has decided on, or record what is to become of them.\n\n"
        "A repeat that is kept is neither removed nor reported any more, as often as it stands in the file now; one "
        "more copy is new and shows. A repeat that is to be removed goes at every level. --accept-current keeps all "
        "there are: from then on 'clean --check' fails only on what is new.\n\n"
        "Exit code: 0 done, 2 error, 130 interrupted.",
        "列出尚未裁定的重复，或记录对它们的裁定。\n\n"
        "裁定保留的重复不再删除也不再报告，以文件中现有的份数为限；再多一份就是新的，会显示出来。"
        "裁定删除的重复在任何级别都会删除。--accept-current 保留现有的全部重复："
        "此后 clean --check 只在出现新的重复时失败。\n\n"
        "退出码：0 已完成，2 出错，130 被中断。",
    ),
    "opt-only-decided": (
        "Remove no repeat but those that were decided to go; layout is tidied as ever.",
        "只删除已裁定删除的重复，其他重复一律不删；版式照常整理。",
    ),
    "only-decided-none": (
        "there is no decisions file ({path}), so nothing was decided; 'dedupe-cn decide' makes one",
        "没有裁定文件（{path}），也就没有任何裁定；可用 dedupe-cn decide 生成",
    ),
    "opt-decisions": (
        "File of verdicts on repeats (default: .dedupe-cn-decisions.json in the project's root, when there is one).",
        "对重复的裁定所在的文件（默认：项目根目录的 .dedupe-cn-decisions.json，如果有）。",
    ),
    "opt-decide-keep": (
        "Keep these repeats; the beginning of an id will do.",
        "保留这些重复；写出编号的开头几位即可。",
    ),
    "opt-decide-remove": (
        "Remove these repeats with the next clean, at every level.",
        "下次 clean 时删除这些重复，不论级别。",
    ),
    "opt-decide-first": (
        "Remove them so that the first copy stays, by place.",
        "删除这些重复，留下位置在前的那一份。",
    ),
    "opt-decide-last": (
        "Remove them so that the last copy stays.",
        "删除这些重复，留下位置在后的那一份。",
    ),
    "opt-accept": ("Keep every repeat there is now (a baseline).", "保留现有的全部重复（作为基线）。"),
    "opt-prune": (
        "Drop the verdicts that match nothing any more, and follow renamed files.",
        "去掉已无对应内容的裁定，并跟随改名的文件。",
    ),
    "opt-decide-json": ("Write JSON.", "输出 JSON。"),
    # listing
    "open-goes": ("would be removed", "将删除"),
    "open-stays": ("stays", "不删除"),
    "open-copies": ("{n} copies", "共 {n} 份"),
    "open-kept": ('    line {line} has "{text}"', "    第 {line} 行为“{text}”"),
    "open-summary": (
        "{n} repeat{n:s} without a verdict, {going} of them would be removed at {level}",
        "{n} 处重复尚未裁定，其中 {going} 处在 {level} 级将删除",
    ),
    "open-how": (
        "decide with --keep ID,… or --remove ID,…; --accept-current keeps them all",
        "用 --keep 编号,… 或 --remove 编号,… 裁定；--accept-current 全部保留",
    ),
    "open-none": ("no repeat without a verdict", "没有尚未裁定的重复"),
    "recorded": ("{path}: {n} verdict{n:s} recorded", "{path}：已记录 {n} 条裁定"),
    "decisions-pruned": ("{path}: {n} verdict{n:s} dropped or mended", "{path}：去掉或更正了 {n} 条裁定"),
    "nothing-recorded": ("{path}: nothing to record", "{path}：没有可记录的内容"),
    # notes of clean
    "decided-kept": ("{n} repeat{n:s} kept by {path}", "按 {path} 保留了 {n} 处重复"),
    "stale": (
        "{path}: nothing matches {n} verdict{n:s} any more; 'dedupe-cn decide --prune' drops what is stale",
        "{path}：有 {n} 条裁定已无对应内容；可用 dedupe-cn decide --prune 去掉",
    ),
    # errors
    "id-unknown": (
        "no repeat in these files has the id {id}; 'dedupe-cn decide' lists them",
        "这些文件中没有编号为 {id} 的重复；可用 dedupe-cn decide 列出",
    ),
    "id-many": ("{id} could be {list}; write more of it", "{id} 可能是 {list}；请多写几位"),
    "id-both": ("{id} can have one verdict only", "{id} 只能有一项裁定"),
    "id-file": (
        "{id} is a whole file ({path}); files are never deleted, so it can only be kept",
        "{id} 是整个文件（{path}）；程序从不删除文件，只能裁定保留",
    ),
    "decide-stdin": (
        "verdicts are on files; name a file or a folder",
        "裁定针对文件；请给出文件或目录",
    ),
    "decisions-conflict": (
        "line {line} is a mark of an unresolved merge; resolve the conflict (lines of both sides may stay)",
        "第 {line} 行是未解决的合并冲突标记；请先解决冲突（两边的行都可以保留）",
    ),
    "decisions-not-utf-8": (
        "not UTF-8 at byte {offset}; mend or delete it",
        "第 {offset} 字节不是 UTF-8；请修复或删除该文件",
    ),
    "decisions-not-json": (
        "line {line} is not JSON ({detail}); mend it",
        "第 {line} 行不是合法的 JSON（{detail}）；请修复",
    ),
    "decisions-shape": (
        'not a decisions file: it needs {{"version": 1, "verdicts": […]}}',
        '不是裁定文件：应为 {{"version": 1, "verdicts": […]}}',
    ),
    "decisions-version": (
        "version {found} is unknown (this program knows {known}); update dedupe-cn",
        "不认识版本 {found}（本程序认识 {known}）；请升级 dedupe-cn",
    ),
    "decisions-row": ("verdict {number} is not an object; mend it", "第 {number} 条裁定不是对象；请修复"),
    "decisions-key": (
        "verdict {number}: key {name} is unknown; delete it",
        "第 {number} 条裁定：不认识键 {name}；请去掉",
    ),
    "decisions-key-near": (
        "verdict {number}: key {name} is unknown; did you mean {near}?",
        "第 {number} 条裁定：不认识键 {name}；是不是 {near}？",
    ),
    "decisions-value": (
        "verdict {number}: {name} cannot be {value}; mend it",
        "第 {number} 条裁定：{name} 不能是 {value}；请修复",
    ),
    "decisions-lacks": ("verdict {number} has no {name}; add it", "第 {number} 条裁定缺少 {name}；请补上"),
    "decisions-both": (
        "verdict {number} contradicts an earlier one on {id} in {path}; delete one of them",
        "第 {number} 条裁定与前面关于 {path} 中 {id} 的裁定矛盾；请删去其中一条",
    ),
}
