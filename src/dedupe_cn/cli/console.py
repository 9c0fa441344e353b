"""The terminal: data to stdout as exact bytes, messages to stderr, colour, closed pipes that stay quiet."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple, TextIO

from dedupe_cn.cli.messages import Say
from dedupe_cn.errors import DedupeError

#: The variable that lets an internal error show where it comes from.
DEBUG = "DEDUPE_CN_DEBUG"
#: The variable that pre-commit sets for its hooks.
HOOK = "PRE_COMMIT"
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


class Console:
    """Where a command speaks: its language, how much it says, and which streams are coloured.

    ``hooked`` says that a runner of hooks started it, with a part of the files and more processes beside this one.
    """

    def __init__(
        self, say: Say, verbose: bool = False, quiet: bool = False, colour: str = "auto", hooked: bool = False
    ) -> None:
        self.say, self.verbose, self.quiet, self.colour, self.hooked = say, verbose, quiet, colour, hooked

    @property
    def terse(self) -> bool:
        """Tell whether only changes and warnings are worth a line: under a runner of hooks, unless -v asks for more."""
        return self.hooked and not self.verbose

    def error(self, what: str, path: str = "", hint: str = "") -> None:
        """Write an error to stderr: always, whatever -q says."""
        text = self.say("hint", what=what, hint=hint) if hint else what
        if path:
            text = self.say("at", path=path, what=text)
        self._message(self._paint_for(sys.stderr)("error", self.say("error", what=_escape(text))))

    def note(self, text: str, role: str = "dim") -> None:
        """Write a note to stderr, unless quiet."""
        if not self.quiet and not (self.terse and role == "dim"):
            self._message(self._paint_for(sys.stderr)(role, _escape(text)))

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
        STATUS.give_way(text + end)


class StatusLine:
    """The line at the foot of a terminal that is rewritten; it gives way to whatever else is said."""

    def __init__(self) -> None:
        self._shown = False
        self._lock = threading.Lock()

    def show(self, text: str) -> None:
        """Show a text in the place of the one before, cut to the width of the terminal."""
        from dedupe_cn.report.excerpt import head

        with self._lock:
            # One column stays free: some terminals break the line behind the last.
            _put_err("\r" + head(_escape(text), _columns(sys.stderr) - 1) + _TO_END)
            self._shown = True

    def clear(self) -> None:
        """Take the line away."""
        self.give_way("")

    def give_way(self, text: str) -> None:
        """Take the line away and write a text in its place, in one step: a thread may show the line at any time."""
        with self._lock:
            if self._shown:
                text = "\r" + _TO_END + text
                self._shown = False
            if text:
                _put_err(text)


#: Erases from the cursor to the end of the line.
_TO_END = "\x1b[K"
STATUS = StatusLine()


def _escape(text: str) -> str:
    from dedupe_cn.report.excerpt import escape

    return escape(text)


def _put_err(text: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.flush()
        _binary(sys.stderr).write(text.encode(_encoding(sys.stderr), "backslashreplace"))
        _binary(sys.stderr).flush()
    except (OSError, ValueError):
        pass  # nobody listens


def _columns(stream: TextIO) -> int:
    """Give the width of a terminal; one that does not tell (0) counts as 80."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


class Painter(NamedTuple):
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
    STATUS.clear()
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


def take_in(limit: int) -> bytes:
    """Read stdin to its end as bytes, but not beyond ``limit``. Raises OSError, TooLargeError when there is more."""
    from dedupe_cn.io.files import drain

    return drain(_binary(sys.stdin).fileno(), limit) if sys.stdin is not None else b""


def open_streams() -> None:
    """Give the three standard streams something to stand on where they were closed.

    Otherwise the next file that is opened takes such a number, and whoever writes to that stream writes into it.
    """
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


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
