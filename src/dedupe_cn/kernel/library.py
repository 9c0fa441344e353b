"""The compiled library beside this file: loaded with ctypes, called with buffers; its errors become Python's."""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from dedupe_cn.kernel.interface import FUNCTIONS, library_name, stamp

if TYPE_CHECKING:
    from array import array

    from numpy.typing import NDArray

    #: What a buffer is given as.
    Buffer = bytes | bytearray | memoryview | array[int] | NDArray[Any]

#: Error of the library (kernel.h) -> exception and words.
_ERRORS: dict[int, tuple[type[Exception], str]] = {
    -1: (BufferError, "a buffer that is written to is too small"),
    -2: (ValueError, "numbers that do not fit together or the buffers"),
    -3: (MemoryError, "no memory"),
}
#: The address of a buffer of any size.
_ADDRESS = ctypes.c_char * 0


class _Argument(NamedTuple):
    """A buffer of elements of ``width`` bytes, written to or only read; of a number the width is 0."""

    width: int
    written: bool


class _Function(NamedTuple):
    function: Any
    arguments: tuple[_Argument, ...]


def find() -> bool:
    """Tell whether there is a library that can be called."""
    return _load() is not None


def call(name: str, *arguments: Buffer | int) -> int:
    """Call a function of the table with its buffers and numbers, and give what it returns.

    A buffer that is written to is anything writable (bytearray, array, NumPy array); one that is read may also be bytes
    or a NumPy array that cannot be written to. It is in one piece, and its elements have the width that the table says,
    or one byte. Its size goes along, so the library cannot be told a wrong one. Raises BufferError when a buffer is too
    small, ValueError when what is given does not fit together, MemoryError.
    """
    loaded = _load()
    assert loaded is not None, "ask find() first"
    function, kinds = loaded[name]
    passed: list[object] = []
    for kind, argument in zip(kinds, arguments, strict=True):
        if isinstance(argument, int):
            passed.append(argument)
        else:
            passed += _passed(argument, kind)
    result: int = function(*passed)
    if result < 0:
        error, words = _ERRORS[result]
        raise error(f"{name}: {words}")
    return result


def _passed(buffer: Any, kind: _Argument) -> tuple[object, int]:
    """Give what ctypes passes as the address of a buffer, and the number of its elements."""
    view = memoryview(buffer)
    size, rest = divmod(view.nbytes, kind.width)
    if rest or view.itemsize not in (1, kind.width) or not view.c_contiguous:
        raise ValueError(f"elements of {kind.width} bytes in one piece, not of {view.itemsize}, {view.nbytes} bytes")
    if not view.readonly:
        held = _ADDRESS.from_buffer(buffer)
        address: object = held
        place = ctypes.addressof(held)
    elif kind.written:
        raise BufferError("a buffer that cannot be written to")
    elif isinstance(buffer, bytes):
        return buffer, size  # aligned for everything, by Python's own memory
    else:
        address = place = buffer.__array_interface__["data"][0]
    if size and place % kind.width:
        raise ValueError(f"elements of {kind.width} bytes must begin at a multiple of that")
    return address, size


@cache
def _load() -> dict[str, _Function] | None:
    """Load the library once; none where it is missing, cannot be loaded here or was built for another table."""
    try:
        library = _open()
        if _typed(library.kernel_stamp, ())() != stamp():
            return None
        return {name: _function(library, name, arguments) for name, arguments in FUNCTIONS.items()}
    except (OSError, AttributeError):
        return None


def sources() -> int:
    """Give the checksum of the C files that the library was built from. Raises OSError without a library."""
    result: int = _typed(_open().kernel_sources, ())()
    return result


def _open() -> ctypes.CDLL:
    return ctypes.CDLL(f"{sys.modules['dedupe_cn.kernel'].__path__[0]}/{library_name()}")


def _function(library: ctypes.CDLL, name: str, arguments: str) -> _Function:
    kinds = tuple(_Argument(int(kind[1:] or 0), kind[0] == "w") for kind in arguments.split())
    types: list[type] = []
    for kind in kinds:
        types += [ctypes.c_void_p, ctypes.c_size_t] if kind.width else [ctypes.c_int64]
    return _Function(_typed(library[f"kernel_{name}"], types), kinds)


def _typed(function: Any, types: Any) -> Any:
    """Say once what a function takes and gives; else every call works it out anew."""
    function.argtypes, function.restype = types, ctypes.c_int64
    return function
