"""Every word of the command line in both languages, by key. Rule names and JSON keys are never translated."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from dedupe_cn.cli.configuration_words import CONFIGURATION
from dedupe_cn.cli.decision_words import DECISIONS
from dedupe_cn.cli.encoding_words import ENCODINGS
from dedupe_cn.cli.help_words import HELP
from dedupe_cn.cli.journal_words import JOURNAL
from dedupe_cn.cli.report_words import REPORTS
from dedupe_cn.cli.since_words import SINCE
from dedupe_cn.cli.words import WORDS

LANGUAGES = ("zh", "en")

#: Every word of the command line: key -> (English, Chinese).
ALL = WORDS | ENCODINGS | HELP | CONFIGURATION | JOURNAL | DECISIONS | REPORTS | SINCE


class _Number(int):
    """A whole number that knows its English plural: ``{n:s}`` is empty for 1."""

    def __format__(self, spec: str) -> str:
        if spec == "s":
            return "" if self == 1 else "s"
        return format(int(self), spec or ",")


@dataclass(frozen=True, slots=True)
class Say:
    """The words in one language.

    >>> Say("en")("skipped-many", n=1200, why="hidden")
    'skipped 1,200: hidden (-v lists them)'
    """

    language: str

    def __call__(self, key: str, **values: object) -> str:
        """Write the words of ``key``, numbers with thousands marks."""
        english, chinese = ALL[key]
        numbers = {k: _Number(v) if isinstance(v, int) else v for k, v in values.items()}
        return (chinese if self.language == "zh" else english).format(**numbers)


def choose_language(option: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """Choose the language: the option, DEDUPE_CN_LANG, then the locale.

    >>> choose_language(None, {"LC_ALL": "", "LANG": "zh_CN.UTF-8"})
    'zh'
    """
    for value in (option, *(environment.get(n) for n in ("DEDUPE_CN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))):
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"
