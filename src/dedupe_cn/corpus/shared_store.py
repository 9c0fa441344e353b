"""The documents of a shared index: their bands in datasketch's tables on the server, their texts beside them.

A band is found by the 64-bit key that our signatures give it, so a ``LeanMinHash`` of an index carries one value for
each band: a fourth of the memory of the values that the key is joined from, and the same candidates. A document is
known by a number that the server gave to this run alone; it is written as decimal digits, for sets of numbers take
little room on the server. What is sent is batched, and may be sent twice.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.shared_scripts import REMOVE
from dedupe_cn.corpus.shared_server import Server
from dedupe_cn.corpus.sketches import SEED

if TYPE_CHECKING:
    from numpy.typing import NDArray

T = TypeVar("T")

#: Documents of a pipeline, and commands of one that asks.
_BATCH = 200
_ASKED = 10_000
#: In front of the id and the form of a document: fingerprint (two), shingles, characters, bytes of the id.
_HEAD = struct.Struct("<QQqqI")


class Kept(NamedTuple):
    """A document that stays: its id as JSON, fingerprint, number of shingles, characters, and the form compared."""

    id: str
    prints: tuple[int, int]
    shingles: int
    length: int
    form: str

    def pack(self) -> bytes:
        """Write it as the server keeps it."""
        name = self.id.encode()
        return _HEAD.pack(*self.prints, self.shingles, self.length, len(name)) + name + self.form.encode()


def unpack(data: bytes) -> Kept:
    """Read what :meth:`Kept.pack` wrote."""
    first, second, count, length, size = _HEAD.unpack_from(data)
    text = data[_HEAD.size :]
    return Kept(text[:size].decode(), (first, second), count, length, text[size:].decode())


def keys_of(bands: NDArray[np.uint64], prints: NDArray[np.uint64], counts: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Give the values of the sketches: the bands, or the fingerprint where a text is shorter than a shingle.

    datasketch wants two bands at least.
    """
    keys = np.where(counts[:, None] > 0, bands, prints[:, :1])
    return keys if keys.shape[1] > 1 else np.repeat(keys, 2, axis=1)


class SharedStore:
    """The documents of the index of a server. Every method may raise CorpusError."""

    def __init__(self, server: Server, bands: int) -> None:
        self.server = server
        self.bands = max(2, bands)
        self._name = f"{server.place.name}:".encode()
        self._remove = server.client.register_script(REMOVE)

    def key(self, kind: str, rest: object = "") -> bytes:
        """Name a key of this index."""
        return self._name + f"{kind}{rest}".encode()

    def id_key(self, id_: str) -> bytes:
        """Name the key with the numbers of the documents under an id; ids may be long."""
        return self.key("i:") + blake2b(id_.encode(), digest_size=12).digest()

    def _lsh(self) -> Any:
        from datasketch import MinHashLSH

        config = {
            "type": "redis",
            "basename": self.key("lsh"),
            "redis": {"connection_pool": self.server.pool},
            "redis_buffer": {"transaction": False},
        }
        return MinHashLSH(num_perm=self.bands, params=(self.bands, 1), storage_config=config, prepickle=False)

    def publish(self, numbers: NDArray[np.int64], keys: NDArray[np.uint64]) -> None:
        """Put the bands of documents on the server."""

        def send() -> None:
            with self.server.client.pipeline(transaction=False) as pipe:
                # A list that was begun before the server went away would grow.
                pipe.delete(*(self.key("lsh_keys", number) for number in numbers.tolist()))
                pipe.execute()
            lsh = self._lsh()
            with lsh.insertion_session() as session:
                for number, values in zip(numbers.tolist(), keys, strict=True):
                    session.insert(str(number).encode(), _lean(values), check_duplication=False)

        if numbers.size:
            self.server.steadily(send)

    def whole(self, numbers: NDArray[np.int64], keys: NDArray[np.uint64]) -> bool:
        """Tell whether documents stand in all of their bands."""
        ready = [_buckets(own) for own in keys]

        def ask() -> bool:
            with self.server.client.pipeline(transaction=False) as pipe:
                for number, own in zip(numbers.tolist(), ready, strict=True):
                    for band, bucket in enumerate(own):
                        pipe.sismember(self._bucket(band) + bucket, str(number))
                return all(pipe.execute())

        return self.server.steadily(ask)

    def _bucket(self, band: int) -> bytes:
        """Name a table of datasketch's; a bucket of it follows."""
        return self.key("lsh_bucket_") + struct.pack(">H", band)

    def ask(self, keys: Iterable[tuple[int, NDArray[np.uint64]]]) -> set[int]:
        """Give the numbers of the documents in any of some bands, each given once: (number of the band, keys)."""
        found: set[int] = set()
        for band, values in keys:
            for part in batches(_buckets(values), _ASKED):
                found |= self._numbers([self._bucket(band) + bucket for bucket in part])
        return found

    def numbers_of(self, ids: Iterable[str]) -> set[int]:
        """Give the numbers of all documents that some ids have had."""
        found: set[int] = set()
        for part in batches(ids, _ASKED):
            found |= self._numbers([self.id_key(id_) for id_ in part])
        return found

    def _numbers(self, names: list[bytes]) -> set[int]:
        sets = self._each(names, "smembers")
        return {int(number) for members in sets for number in members}

    def _each(self, names: Sequence[bytes], command: str, *more: object) -> list[Any]:
        """Give a command for each key, in one pipeline."""

        def send() -> list[Any]:
            with self.server.client.pipeline(transaction=False) as pipe:
                for name in names:
                    getattr(pipe, command)(name, *more)
                return list(pipe.execute())

        return self.server.steadily(send)

    def put(self, documents: Sequence[tuple[int, Kept]]) -> None:
        """Write documents that stay."""

        for part in batches(documents):

            def send(part: Sequence[tuple[int, Kept]] = part) -> None:
                with self.server.client.pipeline(transaction=False) as pipe:
                    for number, kept in part:
                        pipe.set(self.key("d:", number), kept.pack())
                        pipe.sadd(self.id_key(kept.id), str(number))
                    pipe.execute()

            self.server.steadily(send)

    def get(self, numbers: Sequence[int]) -> Iterator[list[tuple[int, Kept, list[int]]]]:
        """Give those of some documents that stay, with the numbers under the id of each, in batches."""
        for part in batches(numbers):
            found = self._each([self.key("d:", number) for number in part], "get")
            kept = [(number, unpack(data)) for number, data in zip(part, found, strict=True) if data is not None]
            others = self._each([self.id_key(document.id) for _, document in kept], "smembers") if kept else []
            yield [
                (number, document, sorted(map(int, same)))
                for (number, document), same in zip(kept, others, strict=True)
            ]

    def stand(self, numbers: Sequence[int]) -> set[int]:
        """Give those of some numbers that are documents that stay."""
        found = self._each([self.key("d:", number) for number in numbers], "exists")
        return {number for number, there in zip(numbers, found, strict=True) if there}

    def buckets(self, numbers: Sequence[int]) -> NDArray[np.uint64]:
        """Give the bands of documents, a row each. Raises CorpusError when some are lost."""
        lists = self._each([self.key("lsh_keys", number) for number in numbers], "lrange", 0, -1)
        if any(len(own) < self.bands or any(len(bucket) != 8 for bucket in own) for own in lists):
            raise CorpusError("index-damaged", path=str(self.server.place), detail=("index-lost",))
        joined = b"".join(b"".join(own[: self.bands]) for own in lists)
        return np.frombuffer(joined, ">u8").astype(np.uint64).reshape(-1, self.bands)

    def take_out(self, numbers: Iterable[int]) -> None:
        """Take documents out of which nobody knows how far they came in."""
        for part in batches(numbers):
            ids = {number: kept.id for found in self.get(part) for number, kept, _ in found}
            self.remove((number, ids.get(number)) for number in part)

    def remove(self, documents: Iterable[tuple[int, str | None]]) -> None:
        """Take documents (number, and the id where it may have been written) out of the index."""
        for part in batches(documents):

            def send(part: Sequence[tuple[int, str | None]] = part) -> None:
                with self.server.client.pipeline(transaction=False) as pipe:
                    for number, id_ in part:
                        names = [self.key("lsh"), self.key("d:", number)]
                        if id_ is not None:
                            names.append(self.id_key(id_))
                        self._remove(keys=names, args=[number, self.bands], client=pipe)
                    pipe.execute()

            self.server.steadily(send)


def batches(items: Iterable[T], size: int = _BATCH) -> Iterator[list[T]]:
    """Cut items into lists."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def _lean(values: NDArray[np.uint64]) -> Any:
    """Carry the keys of bands as datasketch's sketch of 64-bit values."""
    from datasketch import LeanMinHash

    options: dict[str, Any] = {"seed": SEED, "hashvalues": values}
    try:
        return LeanMinHash(scheme="legacy", **options)
    except TypeError:  # datasketch before 2.0 knows no scheme
        return LeanMinHash(**options)


def _buckets(keys: NDArray[np.uint64]) -> list[bytes]:
    """Give the names of buckets as datasketch makes them of single values on a machine of little endian."""
    joined = keys.astype(">u8").tobytes()
    return [joined[at : at + 8] for at in range(0, len(joined), 8)]
