"""Every default, once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pkgutil import iter_modules
from typing import Any

import dedupe_cn
from dedupe_cn.errors import UsageError
from dedupe_cn.model import Level

#: The shapes of a copy, in order of precedence.
SHAPES = ("whole-document", "section", "tandem", "loop", "repeated-block")
#: No rule of its own, but the name under which copies of any shape that are not exact are switched on and off.
INEXACT = "near-duplicate"
#: Rules that delete, in order of precedence; the last two only tell, of whole files and of copies between files.
REPEAT_RULES = (*SHAPES, INEXACT, "running-line", "duplicate-file", "across")
#: Tidy-ups that are on unless disabled.
TIDY_DEFAULT = (
    "bom",
    "control-chars",
    "line-ends",
    "trailing-space",
    "indent",
    "blank-lines",
    "final-newline",
)
#: Tidy-ups that change more than layout: each only on request, by its own name, which is that of its file.
TIDY_ON_REQUEST = tuple(
    sorted(file.name.replace("_", "-") for file in iter_modules([f"{dedupe_cn.__path__[0]}/tidy/on_request"]))
)
GROUPS: dict[str, tuple[str, ...]] = {"repeats": REPEAT_RULES, "tidy": TIDY_DEFAULT}
RULES = REPEAT_RULES + TIDY_DEFAULT + TIDY_ON_REQUEST
KEEPS = ("first", "last", "longest")
EOLS = ("keep", "lf", "crlf")
#: Runs that can be undone: weeks of daily work. Older ones go.
JOURNAL_RUNS = 100
#: Bytes the journal may take (the last run always stays): the former bytes of more than 2 GB of text.
JOURNAL_BYTES = 1_000_000_000
#: Bytes of one input: cleaning takes about ten times as much memory, and input that never ends must end somewhere.
MAX_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """What changes the outcome of cleaning one document, with every default.

    ``rules`` are the rules in force. ``min_chars`` fixes the length a ``repeated-block`` needs (characters of the
    exact form); None lets it grow with the document. ``threshold`` is the similarity (0-1) from which two passages
    that differ are copies. ``eol`` rewrites line ends (``keep`` only unifies mixed ones). With ``only_decided`` nothing
    is removed on which there is no verdict to remove it.
    """

    level: Level = Level.STANDARD
    min_chars: int | None = None
    threshold: float = 0.90
    keep: str = "first"
    rules: frozenset[str] = frozenset(REPEAT_RULES + TIDY_DEFAULT)
    eol: str = "keep"
    only_decided: bool = False

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "level", Level(self.level))
        except ValueError:
            raise UsageError.of("choice", name="level", value=self.level, known=", ".join(Level)) from None
        if self.keep not in KEEPS:
            raise UsageError.of("choice", name="keep", value=self.keep, known=", ".join(KEEPS))
        if self.eol not in EOLS:
            raise UsageError.of("choice", name="eol", value=self.eol, known=", ".join(EOLS))
        if self.min_chars is not None and self.min_chars < 1:
            raise UsageError.of("count", name="min_chars", value=self.min_chars, least=1)
        if not 0.5 <= self.threshold <= 1:
            raise UsageError.of("number", name="threshold", value=self.threshold, least=0.5, most=1)

    def looks_for(self, rule: str, likeness: str = "exact") -> bool:
        """Tell whether copies of a shape and likeness are in force.

        Without ``near-duplicate`` only exact ones are. With it and no shape, those of any shape that are not exact.
        """
        if likeness == "exact":
            return rule in self.rules
        return INEXACT in self.rules and (rule in self.rules or self.rules.isdisjoint(SHAPES))

    def with_options(self, **changes: Any) -> Settings:
        """Give a copy with some values changed."""
        return replace(self, **changes)


def expand(names: Iterable[str]) -> frozenset[str]:
    """Turn rule and group names into rule names; ``all`` is every default rule.

    Raises UsageError with the nearest name for one that is unknown.
    """
    rules: set[str] = set()
    for name in names:
        if name == "all":
            rules.update(REPEAT_RULES + TIDY_DEFAULT)
        elif name in GROUPS:
            rules.update(GROUPS[name])
        elif name in RULES:
            rules.add(name)
        else:
            from difflib import get_close_matches

            near = get_close_matches(name, [*RULES, *GROUPS, "all"], n=1)
            raise UsageError.of("rule-near" if near else "rule", value=name, near="".join(near))
    return frozenset(rules)


def choose_rules(select: Iterable[str] = (), disable: Iterable[str] = ()) -> frozenset[str]:
    """Work out the rules in force.

    Selecting default rules or groups narrows the run to them; on-request rules are added to what holds otherwise.
    Disabling is applied last.
    """
    chosen = expand(select)
    default = frozenset(REPEAT_RULES + TIDY_DEFAULT)
    narrowed = chosen & default
    return ((narrowed or default) | (chosen - default)) - expand(disable)
