"""Sketches alone, ours and fastsketchlsh's in one process: CPU seconds from the same texts, least of five in turns.

Prints ours, theirs with the hashing of shingles by NumPy, and theirs from hashes at hand.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from FastSketchLSH import FastSimilaritySketch

from corpora.peers.exchange import read
from corpora.peers.hashing import blocks
from dedupe_cn.corpus.sketches import sketch_texts

texts = read()[:20_000]
parts = [texts[at : at + 500] for at in range(0, len(texts), 500)]
sketcher = FastSimilaritySketch(size=128, seed=42)
hashed = list(blocks(texts))


def _timed(step: Callable[[], object]) -> float:
    begun = time.process_time()
    step()
    return time.process_time() - begun


steps = (
    lambda: [sketch_texts(part) for part in parts],
    lambda: [sketcher.batch_csr(hashes, ends, prehashed=True, num_threads=1) for hashes, ends in blocks(texts)],
    lambda: [sketcher.batch_csr(hashes, ends, prehashed=True, num_threads=1) for hashes, ends in hashed],
)
taken = [[_timed(step) for step in steps] for _ in range(5)]
print(*(f"{min(column):.3f}" for column in zip(*taken, strict=True)))
