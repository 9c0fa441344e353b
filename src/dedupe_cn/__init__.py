"""Clean Chinese and mixed text, and remove what was pasted twice by accident; nothing is lost.

>>> from dedupe_cn import clean
>>> clean("今天天气很好。  \\n").text
'今天天气很好。\\n'

The names below are loaded when they are first used, so that ``import dedupe_cn`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dedupe_cn.encoding.decoding import Decoded as Decoded
    from dedupe_cn.encoding.decoding import decode as decode
    from dedupe_cn.errors import DecodingError as DecodingError
    from dedupe_cn.errors import DedupeError as DedupeError
    from dedupe_cn.errors import InputError as InputError
    from dedupe_cn.errors import LawError as LawError
    from dedupe_cn.errors import UsageError as UsageError
    from dedupe_cn.library import CleanedBytes as CleanedBytes
    from dedupe_cn.library import clean as clean
    from dedupe_cn.library import clean_bytes as clean_bytes
    from dedupe_cn.model import Difference as Difference
    from dedupe_cn.model import Document as Document
    from dedupe_cn.model import Edit as Edit
    from dedupe_cn.model import Kind as Kind
    from dedupe_cn.model import Level as Level
    from dedupe_cn.model import Outcome as Outcome
    from dedupe_cn.model import Removal as Removal
    from dedupe_cn.model import Span as Span
    from dedupe_cn.reasons import Reason as Reason
    from dedupe_cn.settings import Settings as Settings

    __version__: str

_HOMES = {
    "DecodingError": "errors",
    "DedupeError": "errors",
    "InputError": "errors",
    "LawError": "errors",
    "UsageError": "errors",
    "CleanedBytes": "library",
    "clean": "library",
    "clean_bytes": "library",
    "Difference": "model",
    "Document": "model",
    "Edit": "model",
    "Kind": "model",
    "Level": "model",
    "Outcome": "model",
    "Removal": "model",
    "Span": "model",
    "Reason": "reasons",
    "Settings": "settings",
    "Decoded": "encoding.decoding",
    "decode": "encoding.decoding",
}

__all__ = [
    "CleanedBytes",
    "Decoded",
    "DecodingError",
    "DedupeError",
    "Difference",
    "Document",
    "Edit",
    "InputError",
    "Kind",
    "LawError",
    "Level",
    "Outcome",
    "Reason",
    "Removal",
    "Settings",
    "Span",
    "UsageError",
    "__version__",
    "clean",
    "clean_bytes",
    "decode",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    value: Any
    if name == "__version__":
        # Not from the installed metadata: importlib.metadata takes as long as click.
        from dedupe_cn.version import VERSION

        value = VERSION
    elif name in _HOMES:
        value = getattr(import_module(f"dedupe_cn.{_HOMES[name]}"), name)
    else:
        raise AttributeError(f"module 'dedupe_cn' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
