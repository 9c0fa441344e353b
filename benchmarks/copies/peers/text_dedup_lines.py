"""text-dedup's MinHash over the lines of a text, with its check of false positives.

Its own functions, joined in memory, for its command takes a data set and some seconds for each text. It cuts words at
what is no letter, and a Chinese clause is one word to it; with a blank between the characters its 5-grams are of
characters. It has no mode for the parts of a document.
"""

from __future__ import annotations

from collections import defaultdict

from text_dedup.config import MinHashAlgorithmConfig
from text_dedup.utils.jaccard import jaccard_similarity

from copies.peers.exchange import Answer, lines_left, serve

_CONFIG = MinHashAlgorithmConfig(
    algorithm_name="minhash", text_column="text", num_perm=128, threshold=0.8, ngram_size=5, min_length=1, seed=42
)
_EMBED, _GRAMS = _CONFIG.get_embed_func(), _CONFIG.get_ngrams_func()


def goes(lines: list[str]) -> list[bool]:
    """Tell which lines share a band with an earlier one and are as similar as the threshold."""
    spaced = [" ".join(line) for line in lines]
    bands: defaultdict[tuple[int, bytes], list[int]] = defaultdict(list)
    gone = set()
    for n, line in enumerate(spaced):
        row = _EMBED([line], [n])
        for key in zip(row["__band_idx__"], row["__band_val__"], strict=True):
            for other in bands[key]:
                if jaccard_similarity(set(_GRAMS(line)), set(_GRAMS(spaced[other]))) >= _CONFIG.threshold:
                    gone.add(n)
            bands[key].append(n)
    return [n in gone for n in range(len(lines))]


if __name__ == "__main__":
    serve(lambda path, text: Answer(lines_left(text, goes)))
