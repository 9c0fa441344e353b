"""The real command in a process of its own, forked from one that has loaded the program already.

To start Python and load the program takes ten times as long as most of what the tests ask of it. So one process beside
each worker of the tests loads it once and forks for each command. Such a command has its own folder, environment,
streams and exit code, and all that it leaves behind in memory ends with it. What the start itself does is tested by
processes that start cold (``tests/test_startup.py``, ``tests/cli/test_cli_streams.py``), and where nothing can fork
all do.
"""

from __future__ import annotations

import atexit
import json
import os
import runpy
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: Seconds after which a command has failed.
PATIENCE = 60
#: What Python, the loader and the C library read when they start: a command with other values starts cold.
_READ_AT_THE_START = ("PYTHON", "LC_", "LANG", "LD_", "TZ", "_DEDUPE_CN_COMPLETE")
_LOCALE = ("LC_", "LANG")
#: What commands on a corpus load, if it is there; PyArrow starts a thread when it is loaded, which no fork takes along.
_HEAVY = ("numpy", "rapidfuzz", "duckdb")
_NUMBER = struct.Struct("=i")
#: What the process that forks has cleaned: copies with a difference, so that whatever compares them is loaded.
_TEXT = "河堤上的柳樹又綠了，他提著燈籠走得很慢。\n\n第二天下雨。\n\n河堤上的柳樹又綠了，他提着燈籠走得很慢。\n"


@dataclass(frozen=True)
class Done:
    """What a finished command said."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def errors(self) -> list[str]:
        return self.err.splitlines()


def run_command(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], stdin: bytes = b"", fault: str = ""
) -> Done:
    """Run ``dedupe-cn`` with these arguments in a folder, with this environment and no other.

    ``fault`` is code that is run before, and puts something wrong into the program.
    """
    if hasattr(os, "fork") and _at_the_start(environment) == _at_the_start(os.environ):
        return _forked(arguments, folder, environment, stdin, fault)
    program = ["-c", f"{fault}\nfrom dedupe_cn.cli import main\nmain()"] if fault else ["-m", "dedupe_cn"]
    command = [sys.executable, *program, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, input=stdin, capture_output=True, timeout=PATIENCE, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr.decode())


def _at_the_start(environment: Mapping[str, str]) -> dict[str, str]:
    """Give what a start reads: of locales only those that are not UTF-8, which all others mean to Python."""
    return {
        name: value
        for name, value in {"PYTHONIOENCODING": "utf-8", **environment}.items()
        if name.startswith(_READ_AT_THE_START)
        and not (name.startswith(_LOCALE) and value.lower().replace("-", "").endswith("utf8"))
    }


def _forked(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], stdin: bytes, fault: str
) -> Done:
    server = _server(threading.get_ident())
    request = json.dumps([[*arguments], os.fspath(folder), dict(environment), fault]).encode()
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        socket.send_fds(server, [_NUMBER.pack(len(request))], [given.fileno(), out.fileno(), err.fileno()])
        server.sendall(request)
        child = _number(server)
        try:
            code = _number(server)
        except TimeoutError:
            os.kill(child, signal.SIGKILL)
            _number(server)
            raise
        out.seek(0)
        err.seek(0)
        return Done(code, out.read(), err.read().decode())


def _number(connection: socket.socket) -> int:
    return int(_NUMBER.unpack(connection.recv(_NUMBER.size, socket.MSG_WAITALL))[0])


@cache
def _server(thread: int) -> socket.socket:
    """Start the process that forks for one thread, and give the socket on which it is asked; it ends with that."""
    ours, theirs = socket.socketpair()
    ours.settimeout(PATIENCE)
    with theirs:
        command = [sys.executable, __file__, str(theirs.fileno())]
        variables = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=variables, stdin=subprocess.DEVNULL)
    atexit.register(process.wait)
    atexit.register(ours.close)
    return ours


def _serve(connection: socket.socket) -> None:
    """Fork for each request: give the number of the child, and its exit code when it has ended."""
    while True:
        head, streams, _, _ = socket.recv_fds(connection, _NUMBER.size, 3)
        if not head:
            return
        request = connection.recv(_NUMBER.unpack(head)[0], socket.MSG_WAITALL)
        child = os.fork()
        if not child:
            connection.close()
            _become(streams, *json.loads(request))
            return
        for stream in streams:
            os.close(stream)
        connection.sendall(_NUMBER.pack(child))
        _, status = os.waitpid(child, 0)
        connection.sendall(_NUMBER.pack(os.waitstatus_to_exitcode(status)))


def _become(
    streams: Sequence[int], arguments: list[str], folder: str, environment: Mapping[str, str], fault: str
) -> None:
    """Make of this process what ``python -m dedupe_cn`` is."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[1:] = arguments
    exec(fault, {})
    runpy.run_module("dedupe_cn", run_name="__main__", alter_sys=True)


def _load() -> None:
    import gc
    from importlib import import_module
    from pkgutil import iter_modules

    import dedupe_cn.cli

    for module in iter_modules(dedupe_cn.cli.__path__):
        if module.name != "__main__":
            import_module(f"dedupe_cn.cli.{module.name}")
    dedupe_cn.clean(_TEXT)
    for heavy in _HEAVY:
        with suppress(ModuleNotFoundError):
            import_module(heavy)
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    del sys.path[0]  # this folder, where ``python -m`` has the working folder
    _load()
    _serve(socket.socket(fileno=int(sys.argv[1])))
