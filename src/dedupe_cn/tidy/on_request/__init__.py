"""The rules that run only when they are asked for: each file here declares one as ``RULE``, and its name is the file's.

Nothing else lists them: ``settings`` takes their names from the files, everything else from the declarations.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from dedupe_cn.tidy.steps import OnRequest


def load(names: Iterable[str]) -> list[tuple[str, OnRequest]]:
    """Load the rules of these names, in the order in which they run."""
    rules = [(name, import_module(f"{__name__}.{name.replace('-', '_')}").RULE) for name in names]
    return sorted(rules, key=lambda named: named[1].order)
