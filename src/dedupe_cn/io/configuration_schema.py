"""The JSON Schema of ``dedupe-cn.toml``, made from the table of keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dedupe_cn.io.configuration_keys import EXTEND, FILES, KEYS, PER_FILE, Form, Key, Scope, Type

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(words: Callable[[str], str]) -> dict[str, Any]:
    """Describe the file. ``words`` says what a key of the words means."""
    properties = _properties(KEYS, words)
    properties[EXTEND] = {"type": "string", "minLength": 1, "description": words("config-extend")}
    per_file = _properties((key for key in KEYS if key.scope is Scope.FILE), words)
    globs = {"type": "array", "items": _glob(), "minItems": 1}
    properties[PER_FILE] = {
        "type": "array",
        "description": words("config-per-file"),
        "items": {
            "type": "object",
            "properties": {FILES: globs, **per_file},
            "required": [FILES],
            "additionalProperties": False,
        },
    }
    return {
        "$schema": DIALECT,
        "title": "dedupe-cn.toml",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def _properties(keys: Iterable[Key], words: Callable[[str], str]) -> dict[str, Any]:
    return {key.name: _property(key, words) for key in keys}


def _property(key: Key, words: Callable[[str], str]) -> dict[str, Any]:
    value: dict[str, Any] = {"description": words(key.words), "type": key.type.value}
    if key.default is not None:
        value["default"] = list(key.default) if isinstance(key.default, tuple) else key.default
    if key.least is not None:
        value["minimum"] = key.least
    if key.most is not None:
        value["maximum"] = key.most
    if key.form is Form.FILE:
        value["minLength"] = 1
    if key.type is Type.ARRAY:
        items: dict[str, Any] = _glob() if key.form is Form.GLOB else {"type": "string"}
        value["items"] = items | ({"enum": list(key.choices)} if key.choices else {})
    elif key.choices:
        value["enum"] = list(key.choices)
    return value


def _glob() -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "pattern": r"^(?!#).*[^\s/!]"}
