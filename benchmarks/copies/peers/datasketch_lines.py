"""A script with datasketch, as its documentation shows it: drop a line that the index finds similar to an earlier one.

128 permutations over pieces of 5 characters, threshold 0.8; what the index finds is not compared again.
"""

from __future__ import annotations

from datasketch import MinHash, MinHashLSH

from copies.peers.exchange import Answer, grams, lines_left, serve

#: Bands and rows for 0.8 and 128, worked out once: the search takes longer than a text.
_FITTED = MinHashLSH(threshold=0.8, num_perm=128)


def goes(lines: list[str]) -> list[bool]:
    """Tell which lines are similar to an earlier one."""
    index = MinHashLSH(num_perm=128, params=(_FITTED.b, _FITTED.r))
    found = []
    for n, line in enumerate(lines):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([gram.encode() for gram in grams(line)])
        found.append(bool(index.query(sketch)))
        if not found[-1]:
            index.insert(n, sketch)
    return found


if __name__ == "__main__":
    serve(lambda path, text: Answer(lines_left(text, goes)))
