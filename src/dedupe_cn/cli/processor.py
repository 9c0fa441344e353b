"""Tell NumPy, before it is loaded, how to use the processor: what it would choose itself is slower for this program."""

from __future__ import annotations

import os
import re
from collections.abc import MutableMapping
from contextlib import suppress
from importlib.machinery import PathFinder
from io import FileIO

#: What NumPy calls the parts of its code that need AVX-512: since 2.4, and before. It warns of names it does not know.
_SINCE_2_4, _BEFORE = "X86_V4 AVX512_ICL", "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL"
#: Enough of the list of processors for the first one, and of NumPy's ``version.py`` for the number.
_FIRST = 4096
_VERSION = re.compile(rb'(?<=version = ")(\d+)\.(\d+)[^"]*')


def prepare(environment: MutableMapping[str, str] = os.environ) -> None:
    """Set the variables NumPy reads when it is loaded, where nobody has set them.

    Nothing here multiplies matrices: the threads it would start for that cost time, and forking wants none.
    """
    environment.setdefault("OPENBLAS_NUM_THREADS", "1")
    with suppress(OSError):
        if sorts_slowly(_beginning("/proc/cpuinfo").decode("ascii", "replace")) and (names := _names()):
            environment.setdefault("NPY_DISABLE_CPU_FEATURES", names)


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


def _names() -> str:
    """Give the names that the NumPy which will be loaded knows; nothing where it is not one of NumPy's own wheels.

    A build for one machine may need AVX-512, and is not loaded at all where that is switched off. Raises OSError.
    """
    spec = PathFinder.find_spec("numpy")
    for folder in (spec and spec.submodule_search_locations) or ():
        found = _VERSION.search(_beginning(f"{folder}/version.py"))
        if found and b"manylinux" in _beginning(f"{folder}-{found[0].decode()}.dist-info/WHEEL"):
            return _SINCE_2_4 if (int(found[1]), int(found[2])) >= (2, 4) else _BEFORE
    return ""


def _beginning(path: str) -> bytes:
    """Read the beginning of a file. Raises OSError."""
    with FileIO(path) as file:
        return file.read(_FIRST) or b""
