"""Where a shared index is: the address of a Redis or Valkey server, and the name of the index on it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.regex import regex

_SCHEMES = ("redis", "rediss")
_NAME = regex(r"[\w.-]{1,64}")
#: Holds the password, so that it stands in no list of processes.
PASSWORD = "DEDUPE_CN_INDEX_PASSWORD"
#: Seconds without a sign of life from which a run counts as lost; its documents are taken out then.
_LEASE = 60.0


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """A shared index: server, number of the database, name of the index. ``secure`` speaks TLS."""

    host: str
    port: int = 6379
    database: int = 0
    name: str = "dedupe-cn"
    user: str = ""
    password: str = field(default="", repr=False)
    secure: bool = False
    lease: float = _LEASE

    def __str__(self) -> str:
        """Give the address as messages show it: without user and password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{_SCHEMES[self.secure]}://{host}:{self.port}/{self.database}?name={self.name}"


def is_shared(text: str) -> bool:
    """Tell the address of a shared index from a path."""
    return text.startswith(tuple(f"{scheme}://" for scheme in _SCHEMES))


def parse_place(text: str) -> SharedPlace:
    """Read ``redis://[user:password@]host[:port]/[database][?name=NAME&lease=SECONDS]``. Raises CorpusError.

    Without a password in the address, that of ``DEDUPE_CN_INDEX_PASSWORD`` is taken.

    >>> str(parse_place("redis://:secret@localhost/3?name=news"))
    'redis://localhost:6379/3?name=news'
    """
    try:
        parts = urlsplit(text)
        given = {key: values[-1] for key, values in parse_qs(parts.query, strict_parsing=bool(parts.query)).items()}
        lease = float(given.pop("lease", _LEASE))
        place = SharedPlace(
            parts.hostname or "",
            parts.port or 6379,
            int(parts.path.strip("/") or 0),
            given.pop("name", "dedupe-cn"),
            unquote(parts.username or ""),
            unquote(parts.password or "") or os.environ.get(PASSWORD, ""),
            parts.scheme == "rediss",
            lease,
        )
        sound = place.host and not given and not parts.fragment and place.database >= 0 and 1 <= lease <= 86400
        if not sound or _NAME.fullmatch(place.name) is None:
            raise ValueError("not an address")
    except ValueError as problem:
        # Whatever stands in front of the last @ may be part of a password, also where it is no address.
        shown = re.sub(r"//.*@", "//…@", text, flags=re.DOTALL)
        raise CorpusError("shared-address", address=shown) from problem
    return place
