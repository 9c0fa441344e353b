"""The terminal: data to stdout as exact bytes, messages to stderr, colour, closed pipes that stay quiet."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from dedupe_cn.cli.messages import Say
from dedupe_cn.errors import DedupeError
from dedupe_cn.report.excerpt import escape

#: The variable that lets an internal error show where it comes from.
DEBUG = "DEDUPE_CN_DEBUG"
COLOURS = ("auto", "always", "never")
_CODES = {
    "place": "1",  # bold
    "rule": "36",
    "error": "1;31",
    "warning": "33",
    "dim": "2",
    "added": "32",
    "taken": "31",
    "added-word": "7;32",  # in reverse, so that blanks are seen too
    "taken-word": "7;31",
    "hunk": "36",
}


class OutputError(DedupeError):
    """Standard output that takes no more (a full disk)."""


@dataclass(frozen=True, slots=True)
class Console:
    """Where a command speaks: its language, how much it says, and which streams are coloured."""

    say: Say
    verbose: bool = False
    quiet: bool = False
    colour: str = "auto"

    def error(self, what: str, path: str = "", hint: str = "") -> None:
        """Write an error to stderr: always, whatever -q says."""
        text = self.say("hint", what=what, hint=hint) if hint else what
        if path:
            text = self.say("at", path=path, what=text)
        self._message(self._paint_for(sys.stderr)("error", self.say("error", what=escape(text))))

    def note(self, text: str, role: str = "dim") -> None:
        """Write a note to stderr, unless quiet."""
        if not self.quiet:
            self._message(self._paint_for(sys.stderr)(role, escape(text)))

    def report(self, text: str, to_stderr: bool) -> None:
        """Write a finished report (its contents are escaped already)."""
        if to_stderr:
            self._message(text, end="")
        else:
            put_out(text.encode(_encoding(sys.stdout), "backslashreplace"))

    def painter(self, to_stderr: bool) -> Painter:
        """Give the colours of a stream."""
        return self._paint_for(sys.stderr if to_stderr else sys.stdout)

    def _paint_for(self, stream: TextIO | None) -> Painter:
        return Painter(wants_colour(self.colour, stream))

    @staticmethod
    def _message(text: str, end: str = "\n") -> None:
        if sys.stderr is None:
            return
        try:
            sys.stderr.flush()
            _binary(sys.stderr).write((text + end).encode(_encoding(sys.stderr), "backslashreplace"))
            _binary(sys.stderr).flush()
        except OSError:
            pass  # nobody listens


@dataclass(frozen=True, slots=True)
class Painter:
    """Colour a piece of a line by its role, or leave it."""

    on: bool

    def __call__(self, role: str, text: str) -> str:
        """Wrap ``text`` in the codes of ``role``."""
        return f"\x1b[{_CODES[role]}m{text}\x1b[0m" if self.on and role in _CODES else text


def wants_colour(choice: str, stream: TextIO | None, environment: Mapping[str, str] = os.environ) -> bool:
    """Decide on colour: the option, then NO_COLOR and FORCE_COLOR, then whether a terminal listens."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and environment.get("TERM") != "dumb"


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a person looks at (or types into) a stream."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def columns_of(stream: TextIO | None) -> int | None:
    """Give the width of a terminal in columns, at least 20; None when the stream is none."""
    if not is_terminal(stream):
        return None
    from shutil import get_terminal_size

    return max(20, get_terminal_size((100, 24)).columns)


def put_out(data: bytes) -> None:
    """Write bytes to stdout as they are, without translation of line ends; a closed pipe is quiet.

    Raises OutputError when they cannot all be written for another reason.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
        stream = _binary(sys.stdout)
        stream.write(data)
        stream.flush()
    except BrokenPipeError:
        _silence_stdout()
    except OSError as problem:
        _silence_stdout()
        raise OutputError(f"cannot write to standard output: {problem.strerror or problem}") from problem


def take_in() -> bytes:
    """Read stdin to its end as bytes."""
    return _binary(sys.stdin).read() if sys.stdin is not None else b""


def _silence_stdout() -> None:
    """Let what is still buffered vanish, so that Python does not complain when it shuts down."""
    try:
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, sys.stdout.fileno())
        os.close(descriptor)
    except (OSError, ValueError):
        pass


def _binary(stream: TextIO) -> BinaryIO:
    return stream.buffer


def _encoding(stream: TextIO | None) -> str:
    return (stream.encoding if stream is not None else None) or "utf-8"
