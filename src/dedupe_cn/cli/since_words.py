"""The words of ``--since``: key -> (English, Chinese)."""

from __future__ import annotations

SINCE: dict[str, tuple[str, str]] = {
    "opt-since": (
        "With --check or --diff: only what this revision does not have (HEAD, main...); files that do not differ from "
        "it are not looked at.",
        "配合 --check 或 --diff：只报告此版本（如 HEAD、main...）中没有的内容；与它没有差别的文件不看。",
    ),
    "since-changed": (
        "{n} of {total} file{total:s} differ from {revision} ({commit})",
        "{total} 个文件中有 {n} 个与 {revision}（{commit}）不同",
    ),
    "since-nothing-before": (
        "no commit yet: all of {total} file{total:s} is new",
        "还没有任何提交：{total} 个文件全部算新内容",
    ),
    "since-mode": (
        "--since only looks: which of equal copies is the new one nobody can tell; add --check or --diff, without "
        "--write and -o",
        "--since 只能查看：相同的几份中哪一份是新的无从判断；请加 --check 或 --diff，不要加 --write 和 -o",
    ),
    "since-stdin": (
        "--since compares files with a revision, and standard input has none; name a file or a folder",
        "--since 把文件与某个版本比较，而标准输入没有版本；请给出文件或目录",
    ),
    "since-empty": (
        "--since needs a revision, such as HEAD or main, and was given an empty one; see which variable has no value",
        "--since 需要一个版本，例如 HEAD 或 main，而给出的是空值；请检查哪个变量没有值",
    ),
    "since-unknown": (
        "--since: there is no revision {revision} here; see 'git log', or fetch it",
        "--since：这里没有版本 {revision}；请用 git log 查看，或先取回（git fetch）",
    ),
    "since-shallow": (
        "--since: this shallow clone does not have revision {revision}; set fetch-depth: 0 (GitHub), GIT_DEPTH: 0 "
        "(GitLab), or run 'git fetch --unshallow'",
        "--since：这个浅克隆中没有版本 {revision}；请设 fetch-depth: 0（GitHub）或 GIT_DEPTH: 0（GitLab），"
        "或运行 git fetch --unshallow",
    ),
    "since-no-git": (
        "--since needs git, and there is none on the path; install it",
        "--since 需要 git，而 PATH 中没有；请先安装",
    ),
    "since-git": ("--since: git refuses ({detail}); mend that first", "--since：git 拒绝执行（{detail}）；请先解决"),
    "since-none": (
        "--since: this folder lies in no working tree of git; run it inside of one",
        "--since：此目录不在 git 工作区中；请在工作区中运行",
    ),
    "since-bare": (
        "--since: a bare repository has no files to look at; run it in a clone or a working tree",
        "--since：裸仓库中没有可查看的文件；请在克隆或工作区中运行",
    ),
    "since-outside": (
        "--since: {path} lies in no working tree of git; leave it out",
        "--since：{path} 不在 git 工作区中；请去掉它",
    ),
    "since-other": (
        "--since: {path} belongs to another repository or a submodule ({top}); run it there, and --exclude it here",
        "--since：{path} 属于另一个仓库或子模块（{top}）；请到那里运行，在这里用 --exclude 排除",
    ),
    "since-unreadable": (
        "what it was ({path}) cannot be had from git ({detail}); see 'git fsck', or fetch it",
        "无法从 git 取得它原来的内容（{path}：{detail}）；请运行 git fsck 检查，或先取回",
    ),
}
