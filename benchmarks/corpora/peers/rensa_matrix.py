"""rensa by its fastest way: shingles hashed with NumPy, sketched and looked up as matrices. Argument: bands.

Its flags mark every member of a group, so what is flagged goes through its RMinHashDeduplicator, which keeps the first.
"""

from __future__ import annotations

import sys

from rensa import RMinHash, RMinHashDeduplicator, RMinHashLSH

from corpora.peers.exchange import read, shingles, write
from corpora.peers.hashing import blocks

bands = int(sys.argv[3])
texts = read()
index = RMinHashLSH(threshold=0.8, num_perm=128, num_bands=bands)
matrices, first = [], 0
for hashes, offsets in blocks(texts):
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(hashes, offsets, 128, 42)
    index.insert_matrix(matrix, first)
    first += len(offsets) - 1
    matrices.append(matrix)
flags = [flag for matrix in matrices for flag in index.query_duplicate_flags_matrix(matrix)]
flagged = [number for number, flag in enumerate(flags) if flag]
second = RMinHashDeduplicator(threshold=0.8, num_perm=128, use_lsh=True, num_bands=bands)
stays = second.add_pairs((str(number), shingles(texts[number])) for number in flagged)
write((number, None) for number, stay in zip(flagged, stays, strict=True) if not stay)
