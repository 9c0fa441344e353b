"""rensa as its documentation shows it: RMinHashDeduplicator over shingles as strings."""

from __future__ import annotations

from rensa import RMinHashDeduplicator

from corpora.peers.exchange import read, shingles, write

index = RMinHashDeduplicator(threshold=0.8, num_perm=128, use_lsh=True)
stays = index.add_pairs((str(number), shingles(text)) for number, text in enumerate(read()))
write((number, None) for number, stay in enumerate(stays) if not stay)
