"""What gives a report its words and its colours."""

from __future__ import annotations

from typing import Protocol

from dedupe_cn.model import Removal
from dedupe_cn.reasons import CLASSES


class Say(Protocol):
    """Give the words of a key in the reader's language."""

    @property
    def language(self) -> str: ...

    def __call__(self, key: str, **values: object) -> str: ...


class Paint(Protocol):
    """Colour a piece of a line by its role: ``place``, ``rule``, ``dim``, ``good``."""

    def __call__(self, role: str, text: str) -> str: ...


def plain(role: str, text: str) -> str:
    """Leave a piece without colour."""
    return text


def likeness(removal: Removal, say: Say) -> str:
    """Say how alike the passages are; nothing when they are the same."""
    return "" if removal.likeness == "exact" else CLASSES[removal.likeness][say.language == "zh"]
