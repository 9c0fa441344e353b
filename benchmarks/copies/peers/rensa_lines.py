"""A script with rensa's deduplicator over lines: 128 permutations over pieces of 5 characters, threshold 0.8."""

from __future__ import annotations

from rensa import RMinHashDeduplicator

from copies.peers.exchange import Answer, grams, lines_left, serve


def goes(lines: list[str]) -> list[bool]:
    """Tell which lines are similar to an earlier one."""
    index = RMinHashDeduplicator(threshold=0.8, num_perm=128, use_lsh=True)
    stays = index.add_pairs((str(n), grams(line)) for n, line in enumerate(lines))
    return [not stay for stay in stays]


if __name__ == "__main__":
    serve(lambda path, text: Answer(lines_left(text, goes)))
