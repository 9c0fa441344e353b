"""The examples in the docstrings hold."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import dedupe_cn.tidy

MODULES = (
    "dedupe_cn.text.characters",
    *(module.name for module in pkgutil.walk_packages(dedupe_cn.tidy.__path__, "dedupe_cn.tidy.")),
)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
