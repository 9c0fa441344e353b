"""The keys of a configuration, once: checks, the JSON Schema, ``config init`` and the docs are made from here."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, TypeAlias

from dedupe_cn.io.suffixes import MARKDOWN, TEXT
from dedupe_cn.model import Kind, Level
from dedupe_cn.settings import EOLS, GROUPS, KEEPS, RULES, Settings

Value: TypeAlias = str | int | float | bool | tuple[str, ...] | None

_DEFAULT = Settings()


class Type(StrEnum):
    """The types of values, in the words of JSON Schema (``array``: of strings)."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    STRING = "string"
    ARRAY = "array"


class Scope(StrEnum):
    """For whom a key holds.

    FILE: each file by the nearest configuration and its per-file tables. FOLDER: the nearest configuration decides for
    what lies in its folder. RUN: once, by the configuration of the working folder.
    """

    FILE = "file"
    FOLDER = "folder"
    RUN = "run"


class Form(StrEnum):
    """What a string or the strings of an array must be, beyond being strings. Files count from the root."""

    ANY = "any"
    GLOB = "glob"
    ENCODING = "encoding"
    FILE = "file"


class Key(NamedTuple):
    """One key: its type, default (None: nothing is set), what its values may be, and for whom it holds.

    ``words`` is the key of its explanation in the words of the command line. ``sample`` is shown where a key without
    a default is explained.
    """

    name: str
    type: Type
    default: Value
    words: str
    scope: Scope = Scope.FILE
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    form: Form = Form.ANY
    sample: Value = None

    @property
    def parameter(self) -> str:
        """Give the name of the command's parameter for the same thing."""
        return self.name.replace("-", "_")


KEYS: tuple[Key, ...] = (
    Key("level", Type.STRING, _DEFAULT.level.value, "key-level", choices=tuple(level.value for level in Level)),
    Key("threshold", Type.NUMBER, _DEFAULT.threshold, "key-threshold", least=0.5, most=1),
    Key("min-chars", Type.INTEGER, None, "key-min-chars", least=1, sample=30),
    Key("keep", Type.STRING, _DEFAULT.keep, "key-keep", choices=KEEPS),
    Key("select", Type.ARRAY, (), "key-select", choices=(*GROUPS, "all", *RULES)),
    Key("disable", Type.ARRAY, (), "key-disable", choices=(*GROUPS, "all", *RULES)),
    Key("kind", Type.STRING, "auto", "key-kind", choices=("auto", *(kind.value for kind in Kind))),
    Key("encoding", Type.STRING, "auto", "key-encoding", form=Form.ENCODING),
    Key("output-encoding", Type.STRING, "utf-8", "key-output-encoding", choices=("utf-8", "keep")),
    Key("eol", Type.STRING, _DEFAULT.eol, "key-eol", choices=EOLS),
    Key(
        "include",
        Type.ARRAY,
        tuple(f"*{suffix}" for suffix in (*sorted(MARKDOWN), *sorted(TEXT))),
        "key-include",
        Scope.FOLDER,
        form=Form.GLOB,
    ),
    Key("exclude", Type.ARRAY, (), "key-exclude", Scope.FOLDER, form=Form.GLOB, sample=("drafts/", "*.min.md")),
    Key("gitignore", Type.BOOLEAN, True, "key-gitignore", Scope.FOLDER),
    Key("force-exclude", Type.BOOLEAN, False, "key-force-exclude", Scope.RUN),
    Key(
        "decisions", Type.STRING, None, "key-decisions", Scope.RUN, form=Form.FILE, sample=".dedupe-cn-decisions.json"
    ),
    Key("journal", Type.BOOLEAN, True, "key-journal", Scope.RUN),
    Key("backup", Type.STRING, None, "key-backup", Scope.RUN, sample=".orig"),
    Key("across", Type.BOOLEAN, False, "key-across", Scope.RUN),
    Key("jobs", Type.INTEGER, None, "key-jobs", Scope.RUN, least=1, sample=2),
)
BY_NAME: dict[str, Key] = {key.name: key for key in KEYS}
#: Keys that are no setting: another file to start from, and the tables of settings for some files.
EXTEND = "extend"
PER_FILE = "per-file"
FILES = "files"
