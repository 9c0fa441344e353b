"""Run ``clean --write`` again and again, and let one call after the other that writes fail.

    python tests/faults/inject.py ENOSPC once FOLDER

For the first call, then the second, and so on until none is left: files are made anew, a forked process runs the
command with that call failing (``once``: only that; ``on``: it and every later one), and a line of JSON says what came
of it.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: All by which this program makes, changes or removes something on a disk.
CALLS = ("open", "write", "fsync", "ftruncate", "link", "replace", "rename", "mkdir", "chmod", "chown")
#: A full disk lets these through; a read-only one does not.
FREEING = ("unlink", "rmdir")
MAKING = os.O_CREAT | os.O_WRONLY | os.O_RDWR
OLD = "河堤上的柳樹又綠了。\n\n\n\n\n他走得很慢。\n".encode()
NEW = "河堤上的柳樹又綠了。\n\n他走得很慢。\n".encode()
NAMES = ("a.txt", "b.txt")


class Fault:
    """A counter of calls that fails at one of them."""

    def __init__(self, code: int, number: int, on: bool) -> None:
        self.code, self.number, self.on = code, number, on
        self.count = 0
        self.hit = ""

    def install(self, names: tuple[str, ...]) -> None:
        for name in names:
            setattr(os, name, self.failing(name, getattr(os, name)))

    def failing(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if name == "open" and not arguments[1] & MAKING:
                return real(*arguments, **options)
            if name == "write" and arguments[0] in (1, 2):
                return real(*arguments, **options)
            self.count += 1
            if self.count == self.number or (self.on and self.count > self.number):
                self.hit = self.hit or name
                raise OSError(self.code, os.strerror(self.code), str(arguments[0]))
            return real(*arguments, **options)

        return call


def run_once(folder: Path, fault: Fault, code: int, arguments: list[str]) -> dict[str, Any]:
    """Run the command in a forked process and give what came of it."""
    said, told = folder / "said", folder / "told"
    child = os.fork()
    if not child:
        status = 70
        try:
            descriptor = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(descriptor, 2)
            from dedupe_cn.cli import run

            write = os.write
            mark = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            fault.install(CALLS + (FREEING if code == errno.EROFS else ()))
            status = run(arguments)
            write(mark, fault.hit.encode())
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    texts = folder / "texts"
    return {
        "number": fault.number,
        "call": told.read_text(),
        "code": os.waitstatus_to_exitcode(status),
        "errors": said.read_text(encoding="utf-8").splitlines(),
        "files": [path.read_bytes() == NEW if path.read_bytes() in (OLD, NEW) else None for path in named(texts)],
        "others": sorted(path.name for path in texts.iterdir() if path.name not in NAMES),
    }


def named(texts: Path) -> list[Path]:
    return [texts / name for name in NAMES]


def main() -> None:
    code, on, folder = getattr(errno, sys.argv[1]), sys.argv[2] == "on", Path(sys.argv[3])
    arguments = ["clean", "-w", str(folder / "texts"), *sys.argv[4:]]
    os.environ["DEDUPE_CN_STATE_DIR"] = str(folder / "state")
    os.environ["DEDUPE_CN_LANG"] = "en"
    os.environ.pop("PRE_COMMIT", None)
    from dedupe_cn import clean
    from dedupe_cn.cli import clean as _clean  # noqa: F401
    from dedupe_cn.cli import run

    clean(OLD.decode())
    number = 0
    while True:
        number += 1
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "texts").mkdir(parents=True)
        for path in named(folder / "texts"):
            path.write_bytes(OLD)
        result = run_once(folder, Fault(code, number, on), code, arguments)
        # A next run without faults, and everything back.
        result["next"] = run(["-q", *arguments])
        result["clean"] = [path.read_bytes() == NEW for path in named(folder / "texts")]
        result["stray"] = sorted(path.name for path in (folder / "texts").iterdir() if path.name.endswith(".tmp"))
        while any(path.read_bytes() == NEW for path in named(folder / "texts")):
            if run(["-q", "undo", "--anywhere"]):
                break
        result["back"] = [path.read_bytes() == OLD for path in named(folder / "texts")]
        sys.stdout.write(json.dumps(result) + "\n")
        if not result["call"]:
            return


if __name__ == "__main__":
    main()
