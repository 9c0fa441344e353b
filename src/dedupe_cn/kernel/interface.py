"""The functions of the compiled kernel that Python calls, one a line, and the checksum of this table.

hatch_build.py runs this file by itself, so it imports nothing of the package.
"""

from __future__ import annotations

import sys
import zlib

#: Name (in C with ``kernel_`` in front) -> its arguments: ``r4`` a buffer of elements of 4 bytes that is read, ``w8``
#: one of elements of 8 bytes that is written, ``n`` a number. In C a buffer is two arguments, an address and the number
#: of its elements (size_t); a number is an int64_t. All give an int64_t: a count, or an error below 0.
FUNCTIONS = {
    "sketch": "r4 r8 r8 n w4 w4 w8",
    "read_text": "r4 r4 r4 r4 n w4 w4 w4 w4 w4 w4 w4 w1 w1 w8",
    "find_groups": "r1 r4 r4 w4 w4 w1",
    "exact_places": "r4 r4 w4",
    "find_classes": "r4 r1 n n n n",
    "read_forms": "r4 r4 r4 w4 w4 w4 w4",
    "find_sentences": "r4 r4 r8 w8",
    "find_sentence_ends": "r4 r4 r4 r8 w8",
    "equal_neighbours": "r4 r8 w8",
    "recurring_parts": "r4 r8 n n n w8",
    "find_chains": "r4 r4 n w8 w8 w8",
    "tell_alone": "r4 r4 r4 r8 r8 r8 r8 w1",
    "align_chains": "r4 r4 r4 r8 r8 r8 r8 r8 w4 w8 w8 w8",
    "widen": "r4 r4 r4 r8 r8 r8 r8 w8",
    "sign": "r4 r8 r1 r4 n n n n w8 w8 w8 w8",
    "shingle_sets": "r4 r8 r1 r4 n n w8 w8",
    "hash_runs": "r4 r8 w8",
}


def library_name() -> str:
    """Name the file of the compiled library, which stands beside this one."""
    return "kernel.dll" if sys.platform == "win32" else "kernel.so"


def stamp() -> int:
    """Give the checksum of the table; a library that was built from another table is not called."""
    return zlib.crc32(repr(sorted(FUNCTIONS.items())).encode())
