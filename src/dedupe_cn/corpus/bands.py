"""Into how many bands of how many rows sketches are cut, so that similar documents share a band.

A pair of similarity t shares no band with probability (1 - t**rows)**bands (Leskovec, Rajaraman and Ullman, Mining of
Massive Datasets, section 3.4).
"""

from __future__ import annotations

from functools import cache

#: Values of a sketch, as in ``kernel/reference/sketches.py``, which is not imported here because it loads NumPy.
VALUES = 128
#: Share of pairs at the very threshold that banding may miss; pairs above it are missed less.
_MISSES = 0.002
#: Bands and rows for thresholds of 0.50, 0.51 … 0.99, as :func:`search_bands` lets datasketch find them
#: (at most 0.2 % of the pairs at the very threshold missed). Kept as a table because the search loads scipy: 0.7 s.
_BANDS = (
    *((64, 2),) * 2, *((42, 3),) * 4, (39, 3), (37, 3), (35, 3), (33, 3), (31, 3), (29, 3), (28, 3), (26, 3), (42, 3),
    *((32, 4),) * 3, (31, 4), (29, 4), (27, 4), (25, 4), (23, 4), (32, 4),
    *((25, 5),) * 3, (23, 5), (21, 5), (25, 5), *((21, 6),) * 2, (20, 6), (21, 6),
    *((18, 7),) * 3, *((16, 8),) * 3, *((14, 9),) * 2, (12, 10), (11, 11), (10, 12), (9, 13), (8, 15), (7, 17), (6, 21),
    (5, 25),
)  # fmt: skip


def choose_bands(threshold: float) -> tuple[int, int]:
    """Choose bands and rows for a threshold."""
    place = round((threshold - 0.5) * 100)
    if abs(threshold * 100 - 50 - place) < 1e-9 and place < len(_BANDS):
        return _BANDS[place]
    if threshold == 1:
        return 1, VALUES
    return search_bands(threshold, VALUES)


def most_rows(threshold: float, values: int) -> tuple[int, int]:
    """Choose bands and rows: the most rows for which a pair at ``threshold`` is missed with at most 0.2 %."""
    best = (values, 1)
    for rows in range(2, values + 1):
        bands = values // rows
        if (1 - threshold**rows) ** bands <= _MISSES:
            best = (bands, rows)
    return best


@cache
def search_bands(threshold: float, values: int) -> tuple[int, int]:
    """Let datasketch search bands and rows, weighing misses more until a pair at ``threshold`` is missed with 0.2 %."""
    from datasketch import MinHashLSH

    for misses in (0.9, 0.99, 0.999):
        index = MinHashLSH(threshold=threshold, num_perm=values, weights=(round(1 - misses, 3), misses))
        if (1 - threshold**index.r) ** index.b <= _MISSES:
            return index.b, index.r
    return most_rows(threshold, values)
