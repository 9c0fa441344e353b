"""The server of a shared index: the connection, what is checked on it, and its errors in our words.

A command that failed because the server was away is given again until it has been away for a minute: everything that
is sent may be sent twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from dedupe_cn.corpus.problems import CorpusError, require
from dedupe_cn.corpus.shared_place import SharedPlace

if TYPE_CHECKING:
    import redis

T = TypeVar("T")

#: Seconds: for a connection, for an answer, and how long a server that was there may be away.
_CONNECT, _ANSWER, _AWAY = 10.0, 120.0, 60.0
#: Seconds between two attempts.
_PAUSE = 0.2


class Server:
    """A connection that outlives a restart of the server. ``client`` gives commands once, ``steadily`` again."""

    def __init__(self, place: SharedPlace, writable: bool) -> None:
        """Connect and check. Raises CorpusError."""
        require("redis", "corpus")
        import redis

        self.place = place
        self.pool: redis.ConnectionPool = self.connections()
        self.client: redis.Redis = redis.Redis(connection_pool=self.pool)
        with self.in_words():
            self._check(writable)

    def connections(self) -> redis.ConnectionPool:
        """Make connections for one thread: what closes them all after a fault must not meet another one's work."""
        import redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        place = self.place
        return redis.ConnectionPool(
            connection_class=redis.SSLConnection if place.secure else redis.Connection,
            host=place.host,
            port=place.port,
            db=place.database,
            username=place.user or None,
            password=place.password or None,
            socket_connect_timeout=_CONNECT,
            socket_timeout=_ANSWER,
            # Attempts are counted here alone: the library multiplies those of a connection and of a command.
            retry=Retry(NoBackoff(), 0),
        )

    def _check(self, writable: bool) -> None:
        about: dict[str, Any] = self.client.info()
        if writable and about.get("role") == "slave":
            raise CorpusError("shared-replica", path=str(self.place))
        policy = about.get("maxmemory_policy", "noeviction")
        if policy != "noeviction":
            raise CorpusError("shared-evicts", path=str(self.place), policy=policy)

    def started(self) -> str:
        """Give what another start of the server changes."""
        about: dict[str, Any] = self.client.info("server")
        return str(about["run_id"])

    def steadily(self, work: Callable[[], T]) -> T:
        """Do what may be done twice, again until the server answers. Raises CorpusError when it stays away."""
        from redis.exceptions import AuthenticationError, AuthorizationError, ConnectionError, TimeoutError

        end = time.monotonic() + _AWAY
        with self.in_words():
            while True:
                try:
                    return work()
                except (AuthenticationError, AuthorizationError):
                    raise
                except (ConnectionError, TimeoutError):
                    if time.monotonic() > end:
                        raise
                    self.pool.disconnect()
                    time.sleep(_PAUSE)

    @contextmanager
    def in_words(self) -> Iterator[None]:
        """Turn the library's errors into ours, without a word of theirs: it could hold what was sent."""
        from redis import exceptions as wrong

        place = str(self.place)
        try:
            yield
        except (wrong.AuthenticationError, wrong.AuthorizationError, wrong.NoPermissionError) as problem:
            raise CorpusError("shared-refused", path=place) from problem
        except wrong.ReadOnlyError as problem:
            raise CorpusError("shared-replica", path=place) from problem
        except (wrong.ConnectionError, wrong.TimeoutError) as problem:
            raise CorpusError("shared-away", path=place) from problem
        except wrong.RedisError as problem:
            # The first word names the kind. Inside a pipeline the command stands in front of it.
            said = str(problem).rpartition("caused error: ")[2].split(" ")[0]
            if isinstance(problem, wrong.OutOfMemoryError) or said == "OOM":
                raise CorpusError("shared-full", path=place) from problem
            if said == "NOAUTH":
                raise CorpusError("shared-refused", path=place) from problem
            if said == "WRONGTYPE":
                raise CorpusError("index-damaged", path=place, detail=("index-other",)) from problem
            kind = said if said.isascii() and said.isupper() else type(problem).__name__
            raise CorpusError("shared-failed", path=place, detail=kind) from problem

    def close(self) -> None:
        """Close the connections."""
        self.pool.disconnect()
