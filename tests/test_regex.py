"""Expressions are compiled when they are first used; here all of them are, so that none is wrong."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dedupe_cn
from dedupe_cn.regex import _Uncompiled, regex

PACKAGE = Path(dedupe_cn.__file__).parent
#: What needs an extra, or runs when it is imported.
LEFT_OUT = {"spark_submit", "__main__"}
FILES = [path for path in sorted(PACKAGE.rglob("*.py")) if path.stem not in LEFT_OUT]


def compiles(node: ast.AST) -> Iterator[int]:
    """Give the lines in which an expression is compiled when the module is imported."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and ast.unparse(child.func) == "re.compile":
            yield child.lineno
        if not isinstance(child, (ast.FunctionDef, ast.Lambda)):
            yield from compiles(child)


def test_none_is_compiled_at_the_start() -> None:
    for path in FILES:
        assert list(compiles(ast.parse(path.read_text(encoding="utf-8")))) == [], path


def test_all_can_be_compiled() -> None:
    found = set()
    for path in FILES:
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError:  # needs an extra
            continue
        found |= {value for value in vars(module).values() if isinstance(value, _Uncompiled)}
    for expression in found:
        re.compile(expression.pattern, expression._flags)
    assert len(found) > 100


def test_it_has_what_a_compiled_one_has() -> None:
    lazy, compiled = regex("(a)b", re.IGNORECASE), re.compile("(a)b", re.IGNORECASE)
    assert (lazy.pattern, lazy.flags, lazy.groups) == (compiled.pattern, compiled.flags, compiled.groups)
    assert lazy.sub("x", "AB-ab", count=1) == "x-ab"
    assert [found[1] for found in lazy.finditer("ABab")] == ["A", "a"]
    with pytest.raises(AttributeError):
        lazy.missing  # type: ignore[attr-defined] # noqa: B018
