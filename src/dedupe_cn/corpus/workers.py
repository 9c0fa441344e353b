"""Worker processes: what is computed for a block, and a pool that keeps only a few blocks under way."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dedupe_cn.corpus.plan import CorpusPlan
from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.reading import read_block
from dedupe_cn.corpus.records import Fields, Records
from dedupe_cn.corpus.sources import CorpusFile
from dedupe_cn.corpus.streams import Chunk, blocks

if TYPE_CHECKING:
    from concurrent.futures import Future

    import numpy as np
    from numpy.typing import NDArray

    from dedupe_cn.corpus.signatures import Signatures

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class WorkerSetting:
    """What every worker knows: the plan, the files with their headers, the fields."""

    plan: CorpusPlan
    sources: tuple[CorpusFile, ...]
    headers: tuple[tuple[str, ...], ...]
    fields: Fields

    def read(self, block: Chunk) -> Records:
        """Read the documents of a block."""
        return read_block(block, self.sources[block.source], self.fields, self.headers[block.source])

    def blocks(self) -> Iterator[Chunk]:
        """Cut all files into blocks."""
        return blocks(self.sources, self.fields.columns, self.headers)


@dataclass(frozen=True, slots=True)
class Signed:
    """The documents of a block without their texts, and their signatures."""

    source: int
    records: Records = field(repr=False)
    signatures: Signatures = field(repr=False)


@dataclass(frozen=True, slots=True)
class Parted:
    """The documents of a block without their texts, their lengths, and a row for each long enough paragraph.

    The columns of ``paragraphs``: number of the document, first and last code point of the span, fingerprint (two).
    """

    source: int
    records: Records = field(repr=False)
    lengths: NDArray[np.int64] = field(repr=False)
    paragraphs: NDArray[np.uint64] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of shingle sets in a file: place and number of 64-bit hashes of each."""

    path: Path
    places: NDArray[np.int64] = field(repr=False)
    sizes: NDArray[np.int64] = field(repr=False)
    first: NDArray[np.int64] = field(repr=False)
    second: NDArray[np.int64] = field(repr=False)


def sign_block(setting: WorkerSetting, block: Chunk) -> Signed:
    """Read and sign the documents of a block."""
    from dedupe_cn.corpus.signatures import sign

    records = setting.read(block)
    signatures = sign(records.texts, setting.plan)
    records.texts = []
    return Signed(block.source, records, signatures)


def form_block(setting: WorkerSetting, block: Chunk) -> list[str]:
    """Give the texts of a block as an index keeps them: without invisible characters, white space as one blank.

    They are compared as the texts themselves would be.
    """
    from dedupe_cn.text.characters import squash

    return [" ".join(filter(None, map(squash, text.split()))) for text in setting.read(block).texts]


def part_block(setting: WorkerSetting, block: Chunk) -> Parted:
    """Read the documents of a block and find their paragraphs."""
    from dedupe_cn.corpus.paragraphs import part

    records = setting.read(block)
    found = part(records.texts, setting.plan)
    records.texts = []
    return Parted(block.source, records, *found)


def shingle_block(
    setting: WorkerSetting, block: Chunk | tuple[str, ...]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Give the exact shingles of chosen documents, joined, and how many each has."""
    import numpy as np

    from dedupe_cn.corpus.shingles import shingle_sets

    texts = setting.read(block).texts if isinstance(block, Chunk) else block
    sets = shingle_sets(texts, setting.plan)
    sizes = np.fromiter(map(len, sets), np.int64, len(sets))
    return (np.concatenate(sets) if sets else np.zeros(0, np.uint64)), sizes


def compare_pairs(setting: WorkerSetting, pairs: Pairs) -> NDArray[np.float64]:
    """Give the exact similarity of pairs, 0 where the sizes alone rule it out.

    The first and second document of a pair are places in ``places`` and ``sizes``.
    """
    import numpy as np

    from dedupe_cn.corpus.shingles import jaccard, may_reach

    with pairs.path.open("rb") as file:
        sets = [
            np.frombuffer(os.pread(file.fileno(), 8 * size, 8 * place), np.uint64)
            for place, size in zip(pairs.places.tolist(), pairs.sizes.tolist(), strict=True)
        ]
    limit = setting.plan.threshold
    return np.array(
        [
            jaccard(sets[i], sets[j]) if may_reach(limit, sets[i].size, sets[j].size) else 0.0
            for i, j in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
        ],
        np.float64,
    )


_setting: WorkerSetting | None = None


def _begin(setting: WorkerSetting) -> None:
    global _setting
    _setting = setting
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process tells
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End this process when the main one is gone: killed, it cannot tell its workers."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _call(work: Callable[[WorkerSetting, T], R], item: T) -> R:
    assert _setting is not None
    return work(_setting, item)


class Pool:
    """Processes that do one kind of work after another, in order; with one job everything happens here."""

    def __init__(self, setting: WorkerSetting, jobs: int) -> None:
        self.setting = setting
        self._jobs = jobs
        self._executor = None
        if jobs > 1:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context

            # Not forked: DuckDB and the libraries under NumPy have threads.
            self._executor = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (setting,))

    def map(self, work: Callable[[WorkerSetting, T], R], items: Iterable[T]) -> Iterator[R]:
        """Do ``work`` on every item and give the results in order; at most two items a process are under way.

        Raises CorpusError when a process is lost.
        """
        if self._executor is None:
            yield from (work(self.setting, item) for item in items)
            return
        from concurrent.futures.process import BrokenProcessPool

        under_way: deque[Future[R]] = deque()
        try:
            for item in items:
                under_way.append(self._executor.submit(_call, work, item))
                if len(under_way) >= 2 * self._jobs:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        except BrokenProcessPool as problem:
            raise CorpusError("interrupted-worker") from problem

    def close(self) -> None:
        """End the processes."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
