"""How far a run is: one line on a terminal, rewritten from the second second on."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType

from dedupe_cn.cli.console import STATUS, Console, is_terminal

#: A run that ends within this time, in seconds, says nothing; the line is rewritten at the second interval.
PATIENCE, INTERVAL = 1.0, 0.2
#: Set where nobody watches although stderr may be a terminal: by pre-commit, by git for its hooks, by CI services.
_HOOKS = ("PRE_COMMIT", "GIT_INDEX_FILE", "CI")


class Progress:
    """Counts what is done and shows it; does nothing where nobody watches."""

    def __init__(self, console: Console, total: int, *, watched: bool) -> None:
        self._say = console.say
        self._total = total
        self._watched = watched and not console.quiet
        self._files = self._bytes = self._removals = 0
        self._started = self._last = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watched = False
        STATUS.clear()

    def add(self, read: int, removals: int) -> None:
        """Count one input: its bytes, and the repeats removed from it."""
        self._files += 1
        self._bytes += read
        self._removals += removals

    def show(self) -> None:
        """Rewrite the line, when it is time to."""
        now = time.monotonic()
        if not self._watched or now - self._started < PATIENCE or now - self._last < INTERVAL:
            return
        self._last = now
        seconds = now - self._started
        key = "progress" if self._bytes else "progress-begun"
        STATUS.show(
            self._say(
                key,
                files=self._files,
                total=self._total,
                speed=f"{self._bytes / 1e6 / seconds:.1f}",
                removals=self._removals,
                seconds=int(seconds),
            )
        )

    @contextmanager
    def ticking(self) -> Iterator[None]:
        """Show it while this process is busy with the work itself. No process may be forked meanwhile."""
        if not self._watched:
            yield
            return
        over = threading.Event()

        def tick() -> None:
            while not over.wait(INTERVAL):
                self.show()

        thread = threading.Thread(target=tick, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def somebody_watches(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a person may be looking at stderr, and it can rewrite a line."""
    return (
        is_terminal(sys.stderr)
        and environment.get("TERM") != "dumb"
        and not any(environment.get(name) for name in _HOOKS)
    )
