"""Bytes that wait in parts, each to be read as a whole later: in temporary files that go with them."""

from __future__ import annotations

import weakref
from tempfile import SpooledTemporaryFile

#: Bytes of a part that stay in memory.
_IN_MEMORY = 1 << 17


class Partitions:
    """Parts that are only added to."""

    def __init__(self) -> None:
        self._files: dict[int, SpooledTemporaryFile[bytes]] = {}

    def put(self, part: int, data: bytes) -> None:
        """Add to a part. Raises OSError when the temporary file cannot be written."""
        file = self._files.get(part)
        if file is None:
            file = self._files[part] = SpooledTemporaryFile(max_size=_IN_MEMORY, prefix="dedupe-cn-")  # noqa: SIM115
            weakref.finalize(self, file.close)
        file.write(data)

    def take(self, part: int) -> bytes:
        """Give all that was added to a part, which is empty then."""
        file = self._files.pop(part, None)
        if file is None:
            return b""
        with file:
            file.seek(0)
            return file.read()
