"""Tell NumPy, before it is loaded, how to use the processor: what it would choose itself is slower for this program."""

from __future__ import annotations

import os
import warnings
from collections.abc import MutableMapping
from contextlib import suppress
from io import FileIO

#: NumPy's names for what needs AVX-512: since 2.4, and before.
_AVX512 = "X86_V4 AVX512_ICL", "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL"
#: Enough of the list of processors for the first one.
_FIRST = 4096


def prepare(environment: MutableMapping[str, str] = os.environ) -> None:
    """Set the variables NumPy reads when it is loaded, where nobody has set them.

    Nothing here multiplies matrices: the threads it would start for that cost time, and forking wants none.
    """
    environment.setdefault("OPENBLAS_NUM_THREADS", "1")
    with suppress(OSError), FileIO("/proc/cpuinfo") as file:
        if sorts_slowly(file.read(_FIRST).decode("ascii", "replace")):
            environment.setdefault("NPY_DISABLE_CPU_FEATURES", " ".join(_AVX512))
            # It tells developers which of the names are not of its own version.
            warnings.filterwarnings("ignore", ".*NPY_DISABLE_CPU_FEATURES", ImportWarning)


def sorts_slowly(processors: str) -> bool:
    """Tell whether NumPy sorts slowly with AVX-512 here: on AMD's family 25 (Zen 4).

    There the instruction that its sort is made of, a compressed store, takes more than a hundred cycles: 37 ns a value
    of 80,000 in the place of 7.5 with AVX2 (numpy/x86-simd-sort issue 6; OpenJDK leaves it out there too, pull request
    24053). ``processors`` is the beginning of Linux's ``/proc/cpuinfo``.
    """
    first = processors.partition("\n\n")[0]
    fields = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in first.splitlines())}
    family = fields.get("vendor_id"), fields.get("cpu family")
    return family == ("AuthenticAMD", "25") and "avx512f" in fields.get("flags", "").split()
