"""The errors a person sees: what happened, what to do next, and the exit code."""

from __future__ import annotations


class DedupeError(Exception):
    """A failure with one clear line: ``message`` (what and where), ``hint`` (what to do next) and ``exit_code``."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class UsageError(DedupeError):
    """An option or a setting that cannot hold."""


class InputError(DedupeError):
    """A file that cannot be read or written."""


class DecodingError(DedupeError):
    """Bytes whose encoding is unknown or uncertain."""


class LawError(DedupeError):
    """An outcome that breaks one of the laws: the file stays as it was."""


class ConfigurationError(UsageError):
    """A configuration that cannot hold: where, which key, and a code of the words that say what is wrong.

    ``place`` is the file and the line if it is known, ``nearest`` what may have been meant.
    """

    def __init__(self, code: str, place: str, key: str = "", nearest: str = "", **values: object) -> None:
        said = f"{place}: {key}: {code}" if key else f"{place}: {code}"
        super().__init__(said, f"did you mean {nearest}?" if nearest else "")
        self.code = code
        self.place = place
        self.key = key
        self.nearest = nearest
        self.values = values
