"""Check the values of a configuration against the table of keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from dedupe_cn.errors import DedupeError
from dedupe_cn.io.configuration_keys import BY_NAME, EXTEND, FILES, PER_FILE, Form, Key, Scope, Type, Value
from dedupe_cn.io.globs import compile_globs


class Fault(NamedTuple):
    """What is wrong with a value: a code of the words, their values, what may have been meant, and which item."""

    code: str
    values: Mapping[str, object] = MappingProxyType({})
    nearest: str = ""
    item: int | None = None


def fault_of_name(name: str, per_file: bool = False) -> Fault | None:
    """Say what is wrong with a name of a key, None when it is one."""
    if name in BY_NAME:
        if per_file and BY_NAME[name].scope is not Scope.FILE:
            return Fault("config-not-per-file")
        return None
    known = [key for key in BY_NAME if not per_file or BY_NAME[key].scope is Scope.FILE]
    return Fault("config-unknown-key", nearest=nearest(name, [*known, *((FILES,) if per_file else (EXTEND, PER_FILE))]))


def fault_of_value(key: Key, value: object) -> Fault | None:
    """Say what is wrong with the value of a key, None when it may be."""
    if not _has_type(key.type, value):
        return Fault(f"config-type-{key.type}")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _fault_of_number(key, value)
    if isinstance(value, list):
        faults = ((n, _fault_of_string(key, item)) for n, item in enumerate(value))
        return next((Fault(f.code, f.values, f.nearest, n) for n, f in faults if f), None)
    return _fault_of_string(key, value) if isinstance(value, str) else None


def freeze(value: object) -> Value:
    """Turn a checked value into one that cannot be changed."""
    if isinstance(value, list):
        return tuple(map(str, value))
    assert isinstance(value, (str, int, float, bool))
    return value


def nearest(name: str, known: Iterable[str]) -> str:
    """Give the known name most like this one, or nothing.

    >>> nearest("min_chars", ["min-chars", "level"]), nearest("x", ["level"])
    ('min-chars', '')
    """
    from difflib import get_close_matches

    return next(iter(get_close_matches(name.lower(), known, n=1)), "")


def _has_type(kind: Type, value: object) -> bool:
    match kind:
        case Type.BOOLEAN:
            return isinstance(value, bool)
        case Type.INTEGER:
            return isinstance(value, int) and not isinstance(value, bool)
        case Type.NUMBER:
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case Type.STRING:
            return isinstance(value, str)
        case Type.ARRAY:
            return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _fault_of_number(key: Key, value: float) -> Fault | None:
    low = key.least is not None and not value >= key.least  # so that NaN is refused
    high = key.most is not None and not value <= key.most
    if not low and not high:
        return None
    if key.most is None:
        return Fault("config-least", {"value": value, "least": key.least})
    return Fault("config-range", {"value": value, "least": key.least, "most": key.most})


def _fault_of_string(key: Key, value: str) -> Fault | None:
    if key.choices and value not in key.choices:
        close = nearest(value, key.choices)
        if key.type is Type.ARRAY:
            return Fault("config-rule", {"value": value}, close)
        return Fault("config-choice", {"value": value, "choices": ", ".join(key.choices)}, close)
    match key.form:
        case Form.GLOB:
            return fault_of_glob(value)
        case Form.FILE if not value:
            return Fault(f"config-type-{Type.STRING}")
        case Form.ENCODING if value.lower() != "auto":
            from dedupe_cn.encoding.encodings import canonical

            try:
                canonical(value)
            except DedupeError:
                return Fault("config-encoding", {"value": value})
    return None


def fault_of_glob(glob: str) -> Fault | None:
    """Say what is wrong with a glob: nothing, a comment, or no pattern at all."""
    try:
        patterns = compile_globs([glob], "").patterns.patterns
    except ValueError:
        patterns = []
    means = any(pattern.include is not None for pattern in patterns)
    return None if means else Fault("config-glob", {"value": glob})
