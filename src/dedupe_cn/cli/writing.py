"""Replace files so that nothing is lost: the journal first, a visible copy where asked for, then the file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe_cn.cli.cleaning import FailedError, failure
from dedupe_cn.cli.console import Console
from dedupe_cn.cli.inputs import Inputs
from dedupe_cn.cli.modes import Mode
from dedupe_cn.errors import InputError
from dedupe_cn.io import files, temporary

if TYPE_CHECKING:
    from dedupe_cn.io.hidden_edits import HiddenEdits
    from dedupe_cn.io.journal import Journal


class Writer:
    """The one way by which ``clean`` and ``undo`` write to files that are there.

    ``journal`` None keeps nothing; ``backup`` is the suffix of a visible copy. Folders are made below an output folder
    (``make_folders``) only. What git holds already is not kept again where a runner of hooks asks for that (``lean``):
    a hook changes the same files again and again. ``written`` counts the files that were replaced.
    """

    def __init__(
        self,
        console: Console,
        journal: Journal | None,
        backup: str | None = None,
        make_folders: bool = False,
        lean: bool = False,
    ) -> None:
        self.console = console
        self.journal = journal
        self.backup = backup
        self.make_folders = make_folders
        self.written = 0
        self._replaced = self._journalled = 0  # of what was written, what was there before, and is in the journal
        self._replaces = self._journals = False  # what is being written
        self._lean = lean

    @cached_property
    def _hidden(self) -> HiddenEdits:
        from dedupe_cn.io.hidden_edits import HiddenEdits

        return HiddenEdits()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: object, problem: BaseException | None, trace: object) -> None:
        if self.journal:
            self.journal.close()
        if isinstance(problem, KeyboardInterrupt) and self.written:
            problem.args = (self._interrupted(),)

    def write(self, path: Path, data: bytes, stamp: files.Stamp | None = None) -> bool:
        """Write a file; with ``stamp`` it must still be in that state.

        Raises FailedError for this file, InputError when the journal cannot be written: then no file may be.
        """
        hidden = self._hidden.of(path)
        if hidden:
            raise FailedError("hidden-edits", runner=hidden.runner, place=hidden.place)
        counted = self.written
        try:
            if self.make_folders:
                path.parent.mkdir(parents=True, exist_ok=True)
            files.write(path, data, stamp, self.keep if self.journal or self.backup else None)
            self.done()
        except OSError as problem:
            raise self.problem(problem, "" if stamp else path.as_posix()) from problem
        except KeyboardInterrupt:  # which may come when the file is replaced already: the journal must stay then
            if self.written == counted and _holds(path, data):
                self.done()
            raise
        return True

    def keep(self, change: files.Change) -> None:
        """Keep what is about to be replaced. Raises FailedError, JournalError: then the file stays."""
        from dedupe_cn.io.git import holds

        self._replaces, self._journals = change.before is not None, False
        if self.backup and change.before is not None:
            self._back_up(change, change.path.with_name(change.path.name + self.backup))
        known = self._lean and change.before is not None and holds(change.path, change.before)
        if self.journal and not known:
            first = self.journal.place is None
            self.journal.keep(change)
            self._journals = True
            if first and self.journal.place is not None and self.journal.place.fallback:
                folder = self.journal.place.folder.as_posix()
                self.console.note(self.console.say("journal-elsewhere", path=folder), "warning")

    def done(self) -> None:
        """Count a file that was replaced."""
        self.written += 1
        self._replaced += self._replaces
        self._journalled += self._replaces and self._journals
        if self.journal:
            self.journal.confirm()

    def _interrupted(self) -> str:
        """Say how far a run came that was interrupted, and who has what the files were."""
        say, n = self.console.say, self.written
        if self.journal is None:
            return say("interrupted-no-journal", n=n)
        if not self._replaced:
            return say("interrupted-made", n=n)
        if self._journalled == self._replaced:
            return say("interrupted-undo", n=n)
        return say("interrupted-partly", n=n, kept=self._journalled)

    def problem(self, problem: OSError, where: str = "") -> Exception:
        """Turn an error of writing into words: about one file, or about the whole run."""
        from dedupe_cn.io.journal import JournalError

        if not isinstance(problem, JournalError):
            return failure(problem, "unwritable", where)
        say, written = self.console.say, self.journal.written if self.journal else 0
        key = "journal-stopped" if written else "journal-broken"
        return InputError(say(key, path=problem.filename, detail=problem.strerror, n=written))

    def _back_up(self, change: files.Change, copy: Path) -> None:
        """Put a copy beside the file; one that is there already stays, and must be the same."""
        assert change.before is not None
        try:
            files.create(copy, change.before, change.mode)
        except FileExistsError:
            try:
                same = files.read(copy, regular=True).data == change.before
            except OSError:
                same = False
            if not same:
                raise FailedError("backup-differs", path=copy.as_posix()) from None
        except OSError as problem:
            raise failure(problem, "unwritable", copy.as_posix()) from problem


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def open_writer(
    inputs: Inputs, mode: Mode, places: dict[str, Path], console: Console, journal: bool, backup: str | None
) -> Writer:
    """Make the writer of a run of ``clean``, and remove what killed runs left in the folders it writes to."""
    if mode not in (Mode.WRITE, Mode.OUTPUT):
        return Writer(console, None)
    from dedupe_cn.io.journal import Journal, under_hook_runner

    targets = [places.get(item.name, item.source.path if item.source else None) for item in inputs.items]
    tidy_folders(target for target in targets if target is not None)
    kept = Journal("clean") if journal else None
    folders = mode is Mode.OUTPUT and inputs.several
    return Writer(console, kept, backup, make_folders=folders, lean=under_hook_runner())


def tidy_folders(targets: Iterable[Path]) -> None:
    """Remove the stray temporary files beside files that may be written."""
    temporary.remove_strays(sorted({Path(os.path.realpath(target)).parent for target in targets}))
