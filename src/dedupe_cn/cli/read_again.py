"""The files of a run read again, to compare their passages: as they are, or as they were at a revision."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from dedupe_cn.cli.cleaning import FailedError, decode_data
from dedupe_cn.cli.modes import Mode
from dedupe_cn.cli.one import Done, take
from dedupe_cn.io.git import GitError
from dedupe_cn.io.suffixes import form_of
from dedupe_cn.model import Kind

if TYPE_CHECKING:
    from dedupe_cn.across.file_text import FileText
    from dedupe_cn.cli.cleaning import Plan
    from dedupe_cn.cli.inputs import Input
    from dedupe_cn.encoding.decoding import Decoded
    from dedupe_cn.io.git_history import FormerFiles

#: Characters of files that were read again which are held.
_HELD = 4_000_000


class Texts:
    """The texts of files, read again when they are asked for; some are held."""

    def __init__(
        self, files: Mapping[int, tuple[Input, int]], plans: Mapping[str, Plan], formers: FormerFiles | None
    ) -> None:
        self._files, self._plans, self._formers = files, plans, formers
        self._held: OrderedDict[int, FileText | None] = OrderedDict()
        self._room = _HELD

    def of(self, number: int) -> FileText | None:
        """Give the text of a file, None where it cannot be read any more or has changed since it was sampled."""
        if number not in self._held:
            item, size = self._files[number]
            read = read_again(item, self._plans[item.name], self._formers)
            self._held[number] = read if read is not None and len(read.layout.codes) == size else None
            self._room -= size
            while self._room < 0 and len(self._held) > 2:
                old, _ = self._held.popitem(last=False)
                self._room += self._files[old][1]
        self._held.move_to_end(number)
        return self._held[number]


def read_again(item: Input, plan: Plan, formers: FormerFiles | None = None) -> FileText | None:
    """Read a file as it was read to be cleaned, or what it was at a revision; None where that cannot be."""
    from dedupe_cn.across.file_text import FileText
    from dedupe_cn.across.samples import marks_in

    if formers is not None:
        decoded = _then(item, plan, formers)
    else:
        taken = take(item, Mode.CHECK, plan, None)
        decoded = None if isinstance(taken, Done) else taken.decoded
    if decoded is None:
        return None
    kind = Kind.TEXT if decoded.shape is not None else plan.kind or item.kind
    file = FileText(item.name, decoded.text, kind, *marks_in(decoded.text, kind))
    file.shape = decoded.shape
    return file


def _then(item: Input, plan: Plan, formers: FormerFiles) -> Decoded | None:
    """Read what a file was; None for one that was not there, or that cannot be read."""
    try:
        return decode_data(formers.read(plan.former), plan, form_of(item.name)) if plan.former else None
    except (GitError, FailedError):
        return None
