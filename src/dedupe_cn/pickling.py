"""How the values that workers send are pickled."""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import Any


def by_constructor(value: Any) -> tuple[type, tuple[Any, ...]]:
    """Pickle a frozen value of several fields by its constructor (as ``__reduce__``).

    A folder has many of them, and the way of dataclasses with slots takes three times as long.
    """
    kind: Any = type(value)
    return kind, _fields_of(kind)(value)


@cache
def _fields_of(kind: Any) -> attrgetter[tuple[Any, ...]]:
    return attrgetter(*kind.__slots__)
