"""A Redis or Valkey server of the tests' own, on a free port of this machine, whose data outlives a restart."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

redis = pytest.importorskip("redis", reason="needs pip install 'dedupe-cn[corpus]'")
PROGRAM = shutil.which("redis-server") or shutil.which("valkey-server")
if PROGRAM is None:
    pytest.skip("needs a server: apt-get install redis-server (or valkey-server)", allow_module_level=True)


class RedisServer:
    """A server that is started, stopped and started again at one address."""

    def __init__(self, folder: Path, *options: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self._folder, self._options = folder, options
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        assert PROGRAM is not None
        command = [PROGRAM, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self._folder), "--save", ""]
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--appendonly", "yes", "--appendfsync", "always", *self._options], stdout=log, stderr=log
            )
        self.wait()

    def wait(self) -> None:
        """Wait until it answers, whatever it answers."""
        end = time.monotonic() + 120
        while time.monotonic() < end:
            try:
                self.client().ping()
            except (redis.exceptions.AuthenticationError, redis.exceptions.ResponseError):
                return
            except redis.exceptions.ConnectionError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError((self._folder / "server.log").read_text())

    def stop(self) -> None:
        """End it without a word, as a fault would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def client(self, **more: Any) -> Any:
        return redis.Redis(port=self.port, **more)

    def address(self, name: str, more: str = "", user: str = "") -> str:
        return f"redis://{user}127.0.0.1:{self.port}/0?name={name}{more}"
