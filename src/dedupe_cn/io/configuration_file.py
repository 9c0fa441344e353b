"""Write a configuration file with every key explained, for ``dedupe-cn config init``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from dedupe_cn.io.configuration_keys import KEYS, PER_FILE, Key, Value

#: Words give the sentences, ``wrap`` breaks them to lines of a readable length.
Words = Callable[..., str]
Wrap = Callable[[str], Iterator[str]]


def template(words: Words, wrap: Wrap) -> str:
    """Write the file: prose behind ``# ``, keys with their defaults behind ``#``, so that one character sets them."""
    lines = list(_prose(words("config-head"), wrap))
    for key in KEYS:
        lines += ["", *_prose(words(key.words), wrap)]
        if key.choices and not isinstance(key.default, tuple):
            lines += _prose(words("config-values", choices=", ".join(key.choices)), wrap)
        if key.default is None:
            lines += _prose(words("config-unset"), wrap)
        lines.append(f"#{key.name} = {toml(_shown(key))}")
    lines += ["", *_prose(words("config-extend"), wrap), '#extend = "../dedupe-cn.toml"']
    lines += ["", *_prose(words("config-per-file"), wrap), f"#[[{PER_FILE}]]"]
    lines += ['#files = ["poems/", "*.log.md"]', '#disable = ["repeats"]']
    return "\n".join(lines) + "\n"


def toml(value: Value) -> str:
    """Write a value as TOML; None, which TOML does not have, as an empty text.

    >>> toml(("tandem", "bom")), toml(True), toml(0.9)
    ('["tandem", "bom"]', 'true', '0.9')
    """
    if isinstance(value, tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    # A JSON string is a TOML string.
    return json.dumps("" if value is None else value, ensure_ascii=False)


def _shown(key: Key) -> Value:
    return key.sample if key.default is None else key.default


def _prose(text: str, wrap: Wrap) -> Iterator[str]:
    return (f"# {line}" for line in wrap(text))
