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


#: What an outcome may not do: code -> the law and its breach.
LAWS = {
    "kept-goes": "law 2 is broken: a kept passage would be removed too",
    "copy-differs": "law 2 is broken: a removed passage differs from the kept one",
    "unnamed": "law 2 is broken: characters are missing that no removal names",
    "kept-gone": "law 2 is broken: nothing is left of a passage that was kept in the place of another",
    "block-cut": "law 3 is broken: a protected block would be cut",
    "mark-changed": "law 3 is broken: a mark, or what a mark protects, would be changed",
    "reads-back": "law 4 is broken: the bytes do not decode to the text that was meant",
}


class LawError(DedupeError):
    """An outcome that breaks one of the laws: the file stays as it was. ``code`` is one of LAWS."""

    def __init__(self, code: str) -> None:
        super().__init__(
            LAWS[code], "the file was left as it was; please report this with the text that caused it"
        )
        self.code = code


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
