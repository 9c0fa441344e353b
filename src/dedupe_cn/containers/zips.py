"""Zip archives read and written by their bytes: entries that nobody changes are copied as they are, headers too.

A library's writer would set flags, times and the order of entries anew. The layout is that of PKWARE's APPNOTE 6.3.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from typing import NamedTuple

from dedupe_cn.errors import InputError

_END, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
#: What the files of old Office begin with, and new ones behind a password.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _DESCRIPTOR, _UTF_8 = 0x1 | 0x40 | 0x2000, 0x8, 0x800
_LARGE_2, _LARGE_4 = 0xFFFF, 0xFFFFFFFF
#: The extra field of archives beyond 4 GB.
_ZIP64 = 1
#: Bytes unpacked of one packed from which on, and from which size on, an entry is no text: markup that was measured
#: packs to a twentieth, a page pasted three hundred times to a four-hundredth.
_RATIO, _RATIO_FROM = 600, 1 << 24


class Entry(NamedTuple):
    """An entry: its name, where its local header and its record in the directory stand, and how it is packed."""

    name: str
    local: int
    record: int
    record_end: int
    flags: int
    method: int
    crc: int
    packed: int
    size: int


class Zip:
    """An archive in memory of which at most so many bytes may be unpacked. Raises InputError for what is none."""

    def __init__(self, data: bytes, most: int) -> None:
        self.data = data
        self._left = self._most = most
        self._counted: set[str] = set()
        if data.startswith(_OLE):
            raise InputError.of("zip-password")
        self._end = data.rfind(_END, max(0, len(data) - _LARGE_2 - 22))
        if self._end < 0 or len(data) < self._end + 22:
            raise InputError.of("zip-damaged")
        _, disk, first, here, total, size, offset, _ = struct.unpack_from("<4s4H2LH", data, self._end)
        if _LARGE_2 in (here, total) or _LARGE_4 in (size, offset):
            raise InputError.of("zip-large")
        self._directory = self._end - size
        #: What stands in front of the archive, from which its offsets count.
        self._front = self._directory - offset
        if disk or first or here != total or self._front < 0:
            raise InputError.of("zip-damaged")
        self.entries: dict[str, Entry] = {}
        at = self._directory
        for _ in range(total):
            entry = self._entry(at)
            if entry.name in self.entries:
                raise InputError.of("zip-damaged")
            self.entries[entry.name] = entry
            at = entry.record_end
        if at > self._end:
            raise InputError.of("zip-damaged")

    def _entry(self, at: int) -> Entry:
        data = self.data
        if data[at : at + 4] != _CENTRAL or at + 46 > self._end:
            raise InputError.of("zip-damaged")
        flags, method = struct.unpack_from("<2H", data, at + 8)
        crc, packed, size, name_size, extra, comment = struct.unpack_from("<3L3H", data, at + 16)
        (offset,) = struct.unpack_from("<L", data, at + 42)
        if flags & _ENCRYPTED:
            raise InputError.of("zip-password")
        if _LARGE_4 in (packed, size, offset):
            raise InputError.of("zip-large")
        name = data[at + 46 : at + 46 + name_size]
        local = self._front + offset
        if data[local : local + 4] != _LOCAL or local + 30 > self._directory:
            raise InputError.of("zip-damaged")
        try:
            written = name.decode()  # also without the bit that says so, as many tools write it
        except UnicodeDecodeError:
            raise InputError.of("zip-name") from None
        end = at + 46 + name_size + extra + comment
        return Entry(written, local, at, end, flags, method, crc, packed, size)

    def _body(self, entry: Entry) -> bytes:
        """Give the packed bytes of an entry."""
        name_size, extra = struct.unpack_from("<2H", self.data, entry.local + 26)
        start = entry.local + 30 + name_size + extra
        body = self.data[start : start + entry.packed]
        if len(body) != entry.packed or start + entry.packed > self._directory:
            raise InputError.of("zip-damaged")
        return body

    def read(self, name: str) -> bytes:
        """Unpack an entry. Raises InputError where it is missing, damaged, or more than is allowed."""
        entry = self.entries.get(name)
        if entry is None:
            raise InputError.of("zip-part", name=name)
        if name not in self._counted:  # what is read once more is let go of before
            self._counted.add(name)
            self._left -= entry.size
        if self._left < 0 or (entry.size > _RATIO_FROM and entry.size > _RATIO * entry.packed):
            raise InputError.of("zip-bomb", name=name, n=f"{self._most >> 20}")
        body = self._body(entry)
        if entry.method == _DEFLATED:
            unpacking = zlib.decompressobj(-15)
            try:
                body = unpacking.decompress(body, entry.size + 1)
            except zlib.error:
                raise InputError.of("zip-damaged") from None
        elif entry.method != _STORED:
            raise InputError.of("zip-method", name=name)
        if len(body) != entry.size or zlib.crc32(body) != entry.crc:
            raise InputError.of("zip-damaged")
        return body

    def beside(self, data: bytes) -> Zip:
        """Read another archive within the same bounds."""
        return Zip(data, self._most)

    def packed(self, name: str) -> tuple[int, int]:
        """Give the check sum and size of an entry, by which equal ones are told; zeros where there is none."""
        entry = self.entries.get(name)
        return (entry.crc, entry.size) if entry is not None else (0, 0)

    def replace(self, changes: Mapping[str, bytes]) -> bytes:
        """Give the archive with other contents of some entries; all else is copied byte for byte."""
        order = sorted(self.entries.values(), key=lambda entry: entry.local)
        parts = [self.data[: order[0].local if order else self._directory]]
        size = len(parts[0])
        records: dict[str, bytes] = {}
        for number, entry in enumerate(order):
            end = order[number + 1].local if number + 1 < len(order) else self._directory
            record = bytearray(self.data[entry.record : entry.record_end])
            struct.pack_into("<L", record, 42, size - self._front)
            if entry.name in changes:
                written = self._anew(entry, changes[entry.name], record)
            else:
                written = self.data[entry.local : end]
            parts.append(written)
            size += len(written)
            records[entry.name] = bytes(record)
        directory = b"".join(records[name] for name in self.entries)
        tail = bytearray(self.data[self._end :])
        struct.pack_into("<2L", tail, 12, len(directory), size - self._front)
        return b"".join([*parts, directory, bytes(tail)])

    def _anew(self, entry: Entry, content: bytes, record: bytearray) -> bytes:
        """Pack an entry anew, with the header it had but for sizes and check sum, and note these in its record."""
        data, at = self.data, entry.local
        body = content
        if entry.method == _DEFLATED:
            packing = zlib.compressobj(6, zlib.DEFLATED, -15)
            body = packing.compress(content) + packing.flush()
        sums = zlib.crc32(content), len(body), len(content)
        header = bytearray(data[at : at + 30])
        flags = entry.flags & ~_DESCRIPTOR
        name_size, extra_size = struct.unpack_from("<2H", header, 26)
        name = data[at + 30 : at + 30 + name_size]
        extra = _without(data[at + 30 + name_size : at + 30 + name_size + extra_size], _ZIP64)
        struct.pack_into("<H", header, 6, flags)
        struct.pack_into("<3L2H", header, 14, *sums, name_size, len(extra))
        struct.pack_into("<H", record, 8, flags)
        struct.pack_into("<3L", record, 16, *sums)
        return bytes(header) + name + extra + body


def _without(extra: bytes, unwanted: int) -> bytes:
    """Take an extra field out of all extra fields of a header."""
    parts: list[bytes] = []
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind != unwanted:
            parts.append(extra[at : at + 4 + size])
        at += 4 + size
    return b"".join([*parts, extra[at:]])
