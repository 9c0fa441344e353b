"""What the system says of a file that cannot be read or written, in both languages: its own words are English."""

from __future__ import annotations

import errno

#: Number of an error -> code of ``problems.WORDS``. Errors that are not among them keep the system's words.
_CODES = {
    errno.ENOENT: "system-missing",
    errno.EACCES: "system-access",
    errno.EPERM: "system-access",
    errno.ENOSPC: "system-full",
    errno.EDQUOT: "system-quota",
    errno.EROFS: "system-read-only",
    errno.EISDIR: "system-folder",
    errno.ENOTDIR: "system-no-folder",
    errno.EEXIST: "system-exists",
    errno.ENOTEMPTY: "system-not-empty",
    errno.EIO: "system-device",
    errno.EMFILE: "system-open-files",
    errno.ENFILE: "system-open-files",
    errno.EFBIG: "system-large",
    errno.ENAMETOOLONG: "system-name",
    errno.EBUSY: "system-busy",
    errno.ESTALE: "system-gone",
    errno.ELOOP: "system-links",
    errno.EXDEV: "system-device-other",
}

WORDS: dict[str, tuple[str, str]] = {
    "system-missing": ("there is no such file or folder", "没有这个文件或目录"),
    "system-access": ("permission denied", "没有权限"),
    "system-full": ("no space is left on the disk", "磁盘空间已满"),
    "system-quota": ("the disk quota is used up", "磁盘配额已用完"),
    "system-read-only": ("the disk is read-only", "磁盘是只读的"),
    "system-folder": ("it is a folder", "它是目录"),
    "system-no-folder": ("a part of the path is no folder", "路径中有一部分不是目录"),
    "system-exists": ("something of that name exists", "同名的文件或目录已存在"),
    "system-not-empty": ("the folder is not empty", "目录不为空"),
    "system-device": ("the disk fails to read or write", "磁盘读写出错"),
    "system-open-files": ("too many files are open", "打开的文件过多"),
    "system-large": ("the file would be too large for this disk", "文件超出该磁盘允许的大小"),
    "system-name": ("the name is too long", "名称过长"),
    "system-busy": ("it is in use", "正被使用"),
    "system-gone": ("the network folder is gone", "网络目录已失效"),
    "system-links": ("its links lead in a circle", "链接循环"),
    "system-device-other": ("it lies on another disk", "位于另一个磁盘"),
}


def of_system(problem: OSError) -> str | tuple[str, ...]:
    """Say what the system says: a code of :data:`WORDS`, else its own words."""
    code = _CODES.get(problem.errno or 0)
    return (code,) if code else problem.strerror or str(problem)
