"""Keep many values in order without holding them all in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, Generic, NamedTuple, TypeVar, overload

T = TypeVar("T")


class _Place(NamedTuple):
    """Where a value lies in the temporary file."""

    offset: int


class Spool(Sequence[T], Generic[T]):
    """Values that are only added to: in memory up to a limit, then in a temporary file that goes with the spool.

    Every look at a value in the file reads it anew.
    """

    def __init__(self, limit: int) -> None:
        """Set how much weight, in bytes, stays in memory."""
        self._room = limit
        self._entries: list[T | _Place] = []
        self._file: IO[bytes] | None = None

    def append(self, value: T, weight: int) -> None:
        """Add a value that weighs about so many bytes; one of weight 0 always stays in memory.

        Raises OSError when the temporary file cannot be written.
        """
        if weight <= self._room:
            self._room -= weight
            self._entries.append(value)
            return
        import pickle
        import tempfile
        import weakref

        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="dedupe-cn-")  # noqa: SIM115
            weakref.finalize(self, self._file.close)
        place = _Place(self._file.seek(0, 2))
        pickle.dump(value, self._file, pickle.HIGHEST_PROTOCOL)
        self._entries.append(place)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[T]:
        for entry in self._entries:
            yield self._fetch(entry)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self._fetch(entry) for entry in self._entries[index]]
        return self._fetch(self._entries[index])

    def _fetch(self, entry: T | _Place) -> T:
        if not isinstance(entry, _Place):
            return entry
        import pickle

        assert self._file is not None
        self._file.seek(entry.offset)
        value: T = pickle.load(self._file)
        return value
