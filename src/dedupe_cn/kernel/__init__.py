"""The hot loops, twice with equal results: in C, and in plain NumPy to be read and where nothing was compiled.

``reference/`` is what the functions do; ``compiled/`` calls the C files beside this one (``library.py``). Each public
function stands in a module of the same name in both, and the first use chooses: the compiled one if the library is
there. ``NAME`` says which it is. A new function is a C function, its line in ``interface.py``, a function in both
rooms, and its line below.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dedupe_cn.kernel.reference.finder import (
        align_chains,
        equal_neighbours,
        find_chains,
        find_sentence_ends,
        find_sentences,
        read_forms,
        recurring_parts,
        tell_alone,
        widen,
    )
    from dedupe_cn.kernel.reference.forms import hash_runs
    from dedupe_cn.kernel.reference.groups import find_groups
    from dedupe_cn.kernel.reference.reading import exact_places, find_classes, read_text
    from dedupe_cn.kernel.reference.shingles import shingle_sets
    from dedupe_cn.kernel.reference.signatures import sign
    from dedupe_cn.kernel.reference.sketches import sketch

    #: "compiled" or "reference".
    NAME: str

__all__ = [
    "NAME",
    "align_chains",
    "equal_neighbours",
    "exact_places",
    "find_chains",
    "find_classes",
    "find_groups",
    "find_sentence_ends",
    "find_sentences",
    "hash_runs",
    "read_forms",
    "read_text",
    "recurring_parts",
    "shingle_sets",
    "sign",
    "sketch",
    "tell_alone",
    "widen",
]

#: Public function -> the module that holds it, in ``compiled/`` as in ``reference/``.
_PLACES = {
    "align_chains": "finder",
    "equal_neighbours": "finder",
    "find_chains": "finder",
    "find_sentence_ends": "finder",
    "find_sentences": "finder",
    "hash_runs": "forms",
    "read_forms": "finder",
    "recurring_parts": "finder",
    "tell_alone": "finder",
    "widen": "finder",
    "find_groups": "groups",
    "exact_places": "reading",
    "find_classes": "reading",
    "read_text": "reading",
    "shingle_sets": "shingles",
    "sign": "signatures",
    "sketch": "sketches",
}


def __getattr__(name: str) -> object:
    """Choose the kernel when it is first used."""
    if name != "NAME" and name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from dedupe_cn.kernel.library import find

    room = "compiled" if find() else "reference"
    found = room if name == "NAME" else getattr(import_module(f"{__name__}.{room}.{_PLACES[name]}"), name)
    globals()[name] = found
    return found
