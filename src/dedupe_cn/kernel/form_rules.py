"""By which rules the form of a document is read that is compared with others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Classes of code points: what does not count and parts nothing, white space, what counts, Latin letters (which do).
UNSEEN, SPACE, PLAIN, LATIN = range(4)
#: By what a document is compared, as the C files number it: ``auto`` by words where most is Latin letters.
KINDS = ("auto", "chars", "words")


class FormRules(NamedTuple):
    """The class of each code point, to what each folds (code points behind the end to themselves), and one of KINDS."""

    classes: NDArray[np.uint8]
    folds: NDArray[np.uint32]
    kind: str
