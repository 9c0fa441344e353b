"""Spread work over processes: results in the order of the items, none lost in silence, no child left behind.

Each worker has a pipe of its own and no thread is needed, so that forking stays safe, the death of a worker is seen at
once as the end of its pipe, and the item it died on is known. (``concurrent.futures`` breaks the whole pool then.)
"""

from __future__ import annotations

import gc
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Generic, NamedTuple, TypeVar

from dedupe_cn.cli.processes import forks

T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[Sequence[T]], Iterator[R]]

#: Most and least bytes handed to a worker at once: small files share the cost of a message, the last ones are spread.
_BATCH, _LEAST_BATCH = 2_000_000, 1_000_000
#: Most items of a batch: two such messages fit into the buffer of a pipe, so the parent never blocks on a busy worker.
_MOST_ITEMS = 1_000
#: Bytes that may be on their way or wait for their turn; beyond that a worker gets a file only when none waits.
_AHEAD = 32_000_000
#: Batches a worker has before it, so that it does not wait while the parent writes.
_QUEUE = 2
#: Most results of a message: the parent takes a tenth of a millisecond to wait for one.
_AT_ONCE = 64
#: How long the parent sleeps at most between two looks at the clock, in seconds.
_TICK = 0.2


class Lost(NamedTuple):
    """What stands for a result whose worker died: its exit code, negative for a signal."""

    exit_code: int | None


class _Crash(NamedTuple):
    """An exception nobody caught in a worker, in words."""

    what: str
    trace: str


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    batches: deque[deque[int]] = field(default_factory=deque)


def in_order(
    work: Work[T, R], items: Sequence[T], sizes: Sequence[int], jobs: int, tick: Callable[[], None]
) -> Iterator[R | Lost]:
    """Do ``work`` on every item in ``jobs`` processes; give the results in the order of the items.

    ``work`` takes some items and gives one result for each, in order. ``sizes`` are in bytes; ``tick`` is called
    several times a second. ``work`` and what it gives must be picklable.
    However the iteration ends, the workers end with it. Raises RuntimeError when ``work`` raised something.
    """
    crew = _Crew(work, items, sizes, min(jobs, len(items)))
    try:
        yield from crew.results(tick)
    finally:
        crew.stop()


class _Crew(Generic[T, R]):
    """The workers, what each is at, and the results that wait for their turn."""

    def __init__(self, work: Work[T, R], items: Sequence[T], sizes: Sequence[int], jobs: int) -> None:
        self.work, self.items, self.sizes, self.jobs = work, items, sizes, jobs
        self.workers: dict[Connection, _Worker] = {}
        self.waiting: dict[int, R | Lost] = {}
        self.given = 0  # items handed out, from the first
        self.taken = 0  # results given to the caller
        self.ahead = 0  # bytes of the items between the two
        self.left = sum(sizes)  # bytes not handed out yet
        self.again: deque[int] = deque()  # items whose worker died before it came to them

    def results(self, tick: Callable[[], None]) -> Iterator[R | Lost]:
        """Give the results in order."""
        context = get_context("fork" if forks() else "spawn")
        gc.freeze()  # what is loaded now is shared with the workers; collecting it would copy its pages
        try:
            while self.taken < len(self.items):
                self._man(context)
                self._hand_out()
                self._collect(tick)
                while self.taken in self.waiting:
                    yield self.waiting.pop(self.taken)
                    self.ahead -= self.sizes[self.taken]
                    self.taken += 1
                    self._hand_out()
        finally:
            gc.unfreeze()

    def stop(self) -> None:
        """End all workers at once: they write nothing, so nothing can be half done."""
        for worker in self.workers.values():
            worker.process.terminate()
        for worker in self.workers.values():
            worker.process.join()
            worker.pipe.close()
        self.workers.clear()

    def _man(self, context: BaseContext) -> None:
        """Start workers until there are enough; go on with fewer when the system gives no more."""
        open_items = len(self.items) - self.given + len(self.again)
        while len(self.workers) < min(self.jobs, open_items + self._busy()):
            ours, theirs = context.Pipe()
            inherited = [ours, *self.workers] if forks() else []
            process: BaseProcess = context.Process(  # type: ignore[attr-defined]
                target=_serve, args=(theirs, inherited, self.work, self.items), daemon=True
            )
            try:
                with _interrupts_held():
                    process.start()
            except OSError:
                ours.close()
                if not self.workers:
                    raise
                return
            finally:
                theirs.close()
            self.workers[ours] = _Worker(process, ours)

    def _busy(self) -> int:
        return sum(bool(worker.batches) for worker in self.workers.values())

    def _hand_out(self) -> None:
        for depth in range(_QUEUE):
            for worker in self.workers.values():
                if len(worker.batches) > depth:
                    continue
                batch = self._next_batch()
                if not batch:
                    return
                worker.batches.append(deque(batch))
                with suppress(OSError):  # a dead worker is found when its pipe is read
                    worker.pipe.send(batch)

    def _next_batch(self) -> list[int]:
        """Take the items that go out next: as many as make a batch, and none while too much waits for its turn."""
        if self.again:
            return [self.again.popleft()]
        batch: list[int] = []
        weight = 0
        most = min(_BATCH, max(_LEAST_BATCH, self.left // (3 * self.jobs)))
        while self.given < len(self.items):
            size = self.sizes[self.given]
            if batch and (weight + size > most or len(batch) == _MOST_ITEMS):
                break
            if self.ahead + size > _AHEAD and self.given - self.taken >= self.jobs:
                break
            batch.append(self.given)
            weight += size
            self.ahead += size
            self.left -= size
            self.given += 1
        return batch

    def _collect(self, tick: Callable[[], None]) -> None:
        """Wait for results, for a moment, and put them where they wait for their turn."""
        ready = connection.wait(list(self.workers), timeout=_TICK)
        tick()
        for pipe in ready:
            assert isinstance(pipe, Connection)
            worker = self.workers[pipe]
            try:
                results = pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            for result in results:
                if isinstance(result, _Crash):
                    problem = RuntimeError(result.what)
                    problem.add_note(result.trace)
                    raise problem
                self.waiting[worker.batches[0].popleft()] = result
            if not worker.batches[0]:
                worker.batches.popleft()

    def _bury(self, worker: _Worker) -> None:
        """Note the item a worker died on, and keep the others for another worker.

        Of several that it may have been at, each is done again by itself, which shows the one.
        """
        del self.workers[worker.pipe]
        worker.pipe.close()
        worker.process.join()
        if worker.batches and len(worker.batches[0]) == 1:
            self.waiting[worker.batches.popleft()[0]] = Lost(worker.process.exitcode)
        self.again.extend(index for batch in worker.batches for index in batch)
        self.again = deque(sorted(self.again))


def _serve(
    pipe: Connection, inherited: Sequence[Connection], work: Work[T, R], items: Sequence[T]
) -> None:
    """Work off batches until the pipe ends, which it also does when the parent dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and ends the workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in inherited:  # a copy of the parent's end would hide its death
        other.close()
    while True:
        try:
            results = _tried(work, [items[index] for index in pipe.recv()])
            while some := list(islice(results, _AT_ONCE)):
                pipe.send(some)
        except (EOFError, OSError):
            return


def _tried(work: Work[T, R], items: Sequence[T]) -> Iterator[R | _Crash]:
    try:
        yield from work(items)
    except Exception as problem:
        yield _Crash(f"{type(problem).__name__}: {problem}", traceback.format_exc())


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while a worker starts, so that none hears it before it can ignore it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
