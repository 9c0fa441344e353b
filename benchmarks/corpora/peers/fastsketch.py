"""fastsketchlsh by its fastest way: shingles hashed with NumPy, sketched as one array, looked up in one step.

Arguments: bands, and ``drop`` to take out what is flagged, or ``compare`` to compare a flagged document with its
candidates by their sketches and keep the first.
"""

from __future__ import annotations

import sys

import numpy as np
from FastSketchLSH import LSH, FastSimilaritySketch

from corpora.peers.exchange import read, write
from corpora.peers.hashing import blocks

texts = read()
sketcher = FastSimilaritySketch(size=128, seed=42)
sketches = np.concatenate(
    [sketcher.batch_csr(hashes, offsets, prehashed=True, num_threads=1) for hashes, offsets in blocks(texts)]
)
index = LSH(num_perm=128, num_bands=int(sys.argv[3]), num_threads=1)
if sys.argv[4] == "drop":
    flags = index.insert_and_query_duplicates(sketches)
    write((number, None) for number in np.flatnonzero(flags).tolist())
else:
    index.insert(sketches)
    flags = index.duplicates(sketches)
    gone: dict[int, int | None] = {}
    for number in np.flatnonzero(flags).tolist():
        for other in sorted(index.query(sketches[number])):
            if other < number and other not in gone and np.mean(sketches[number] == sketches[other]) >= 0.8:
                gone[number] = other
                break
    write(gone.items())
