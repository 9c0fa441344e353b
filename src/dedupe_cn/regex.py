"""Regular expressions that are compiled when first used: all of them take 90 ms, and a run needs one in ten."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, AnyStr

_METHODS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "flags", "groups")


class _Uncompiled:
    """Stands where a compiled expression does, and has what that has."""

    def __init__(self, pattern: str | bytes, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Compile at the first look for a method; from then on Python finds all of them without asking here."""
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return getattr(compiled, name)


if TYPE_CHECKING:

    def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """Give an expression as ``re.compile`` does; what is wrong with it is said when it is first used."""
        raise NotImplementedError

else:
    regex = _Uncompiled
