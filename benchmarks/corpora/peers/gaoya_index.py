"""gaoya with its own shingles of characters; what its index finds it has compared by its sketches of 64-bit hashes."""

from __future__ import annotations

from gaoya.minhash import MinHashStringIndex

from corpora.peers.exchange import SHINGLE, read, write

texts = read()
index = MinHashStringIndex(
    64, 0.8, num_bands=32, band_size=4, analyzer="char", ngram_range=(SHINGLE, SHINGLE), id_container="smallvec"
)
gone: dict[int, int | None] = {}
for number, text in enumerate(texts):
    found = index.query(text)
    if found:
        gone[number] = min(found)
    else:
        index.insert_document(number, text)
write(gone.items())
