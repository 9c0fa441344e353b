"""datasketch as its documentation shows it: MinHash of 128 permutations, MinHashLSH, the first one kept.

Argument: ``found`` takes what the index finds for a copy, ``compare`` what the sketches estimate at the threshold too.
"""

from __future__ import annotations

import sys

from datasketch import MinHash, MinHashLSH

from corpora.peers.exchange import read, shingles, write

index = MinHashLSH(threshold=0.8, num_perm=128)
kept: dict[int, MinHash] = {}
gone: dict[int, int | None] = {}
for number, text in enumerate(read()):
    sketch = MinHash(num_perm=128)
    sketch.update_batch([shingle.encode("utf-8", "surrogatepass") for shingle in set(shingles(text))])
    found = index.query(sketch)
    if sys.argv[3] == "compare":
        found = [other for other in found if sketch.jaccard(kept[other]) >= 0.8]
    if found:
        gone[number] = min(found)
    else:
        index.insert(number, sketch)
        if sys.argv[3] == "compare":
            kept[number] = sketch
write(gone.items())
