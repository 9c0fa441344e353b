"""The runs that add to a shared index at the same time: who is under way, who waits for whom, who was lost.

A run is given a block of numbers, and earlier numbers are earlier documents. It shows the bands of its documents
first and asks then, so that of two runs with a copy each at least one sees the other's; where an earlier run has a
document that may be similar, the later one waits until that run has decided. Numbers only ever wait for lower ones, so
no two runs wait for each other. A run that gives no sign of life for the lease is given up: its documents do not count
from then on, and are taken out.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.shared_scripts import GIVE_UP, REGISTER, STATE
from dedupe_cn.corpus.shared_store import SharedStore

#: Signs of life within a lease, and seconds between two looks at the runs under way.
_SIGNS = 6
_LOOK = 0.2
#: States of a run under way: it is showing its documents, it has shown them all.
_SHOWING, _READY = "p", "r"


@dataclass(frozen=True, slots=True)
class Block:
    """The numbers of a run: ``base`` up to ``base + count``; ``value`` is what the server holds about it."""

    base: int
    count: int
    state: str
    value: bytes

    def __contains__(self, number: int) -> bool:
        return self.base <= number < self.base + self.count


class SharedRuns:
    """The runs of an index, and this one among them once it has begun. Every method may raise CorpusError."""

    def __init__(self, store: SharedStore) -> None:
        self._store = store
        self._server = store.server
        self._lease = int(1000 * store.server.place.lease)
        client = store.server.client
        self._register, self._state, self._give_up = map(client.register_script, (REGISTER, STATE, GIVE_UP))
        self._open, self._dead, self._alive = (store.key(name) for name in ("open", "dead", "alive:"))
        self._own: Block | None = None
        self._ended = threading.Event()

    def under_way(self) -> list[Block]:
        """List the runs that have not decided, the earliest first."""
        found: dict[bytes, bytes] = self._server.steadily(lambda: self._hash(self._open))
        blocks = []
        for base, value in found.items():
            _, state, count = value.decode().split(":")
            blocks.append(Block(int(base), int(count), state, value))
        return sorted(blocks, key=lambda block: block.base)

    def given_up(self) -> list[Block]:
        """List the runs that were lost."""
        found: dict[bytes, bytes] = self._server.steadily(lambda: self._hash(self._dead))
        return [Block(int(base), int(count), "", b"") for base, count in found.items()]

    def _hash(self, name: bytes) -> Any:
        return self._server.client.hgetall(name)

    def begin(self, count: int) -> int:
        """Enter this run, with so many documents; gives its first number. It gives signs of life from now on."""
        token = uuid.uuid4().hex
        keys = [self._store.key("next"), self._open, self._alive]
        # Given twice, it leaves a run behind that shows nothing and is given up after the lease.
        base = int(self._server.steadily(lambda: self._register(keys=keys, args=[token, count, self._lease])))
        self._own = Block(base, count, _SHOWING, f"{token}:{_SHOWING}:{count}".encode())
        threading.Thread(target=self._live, args=(base,), daemon=True).start()
        return base

    def _live(self, base: int) -> None:
        from redis import Redis
        from redis.exceptions import RedisError

        pool = self._server.connections()
        client = Redis(connection_pool=pool)
        name = self._alive + str(base).encode()
        while not self._ended.wait(self._lease / 1000 / _SIGNS):
            try:
                client.set(name, "1", px=self._lease)
            except RedisError:
                pool.disconnect()
        pool.disconnect()

    def shown(self) -> None:
        """Say that all documents of this run are shown."""
        own = self._own
        assert own is not None
        ready = Block(own.base, own.count, _READY, own.value.replace(f":{_SHOWING}:".encode(), f":{_READY}:".encode()))
        self._move(own, ready.value)
        self._own = ready

    def commit(self) -> None:
        """End this run: what it left on the server counts from now on, all of it at once."""
        assert self._own is not None
        self._move(self._own, b"")
        self._own = None
        self._ended.set()

    def _move(self, own: Block, value: bytes) -> None:
        attempts = 0

        def send() -> bool:
            nonlocal attempts
            attempts += 1
            if self._state(keys=[self._open, self._alive], args=[own.base, own.value, value]):
                return True
            # The answer to a first attempt may have been lost. After a restart that forgot us, the number is free.
            there = self._server.client.hget(self._open, str(own.base))
            dead = self._server.client.hexists(self._dead, str(own.base))
            return attempts > 1 and there == (value or None) and not dead

        if not self._server.steadily(send):
            self._own = None
            self._ended.set()
            raise CorpusError("shared-given-up", path=str(self._server.place))

    def wait(self, matters: Callable[[Block], bool], tell: Callable[[], None]) -> None:
        """Wait until no earlier run that matters is under way."""
        assert self._own is not None
        while True:
            self.clean()
            waiting = [block for block in self.under_way() if block.base < self._own.base and matters(block)]
            if not waiting:
                return
            tell()
            time.sleep(_LOOK)

    def wait_for_shown(self, tell: Callable[[], None]) -> None:
        """Wait until all earlier runs have shown their documents."""
        self.wait(lambda block: block.state == _SHOWING, tell)

    def clean(self) -> None:
        """Give up the runs without a sign of life, and take their documents out."""
        client = self._server.client
        for block in self.under_way():
            name = self._alive + str(block.base).encode()
            if self._server.steadily(partial(client.exists, name)):
                continue
            args = [block.base, block.value, block.count]
            if self._server.steadily(partial(self._give_up, keys=[self._open, self._dead, self._alive], args=args)):
                self._take_out(block)

    def drop(self) -> None:
        """Take this run and its documents out, if it has begun and not ended.

        A server without room takes things out, and writes nothing: not even who was given up.
        """
        own, self._own = self._own, None
        try:
            if own is not None:
                self._take_out(own)
                args = [own.base, own.value, ""]
                self._server.steadily(partial(self._state, keys=[self._open, self._alive], args=args))
        finally:
            self._ended.set()

    def _take_out(self, block: Block) -> None:
        self._store.take_out(range(block.base, block.base + block.count))
