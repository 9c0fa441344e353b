"""Subtitles on their way: what neighbouring cues repeat goes first, by their times; then their text as any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dedupe_cn.model import Document, Edit, Removal, Verdict
from dedupe_cn.settings import REPEAT_RULES, Settings
from dedupe_cn.work import Work


def work_on(document: Document, settings: Settings, verdicts: Mapping[str, Verdict]) -> Work:
    """Begin the work on a document."""
    timed = document.shape is not None and document.shape.timed
    return (TimedWork if timed else Work)(document, settings, verdicts)


class TimedWork(Work):
    """The work on the text of subtitles, whose cues have times."""

    def remove_copies(self) -> bool:
        """Take out repeated cues first, then other copies; tell whether anything went."""
        if not self.settings.rules.intersection(REPEAT_RULES):
            return False
        found = self._cues()
        cuts = [cut for removal, cut in found if removal.applied]
        if not cuts:
            went = super().remove_copies()
            if not went:
                self.left += [removal for removal, _ in found]
            return went
        self.passes.append([removal for removal, _ in found if removal.applied])
        self._cut(cuts)
        return True

    def present(self) -> list[Removal]:
        """Give every open copy of the present text, each id once with its count."""
        if not self.settings.rules.intersection(REPEAT_RULES):
            return []
        found = {removal.id: removal for removal, _ in self._cues()}
        for removal in super().present():
            found.setdefault(removal.id, removal)
        return list(found.values())

    def _cues(self) -> list[tuple[Removal, Edit]]:
        """Decide on neighbouring cues of the present text; spans of what is found are those of the original."""
        from dedupe_cn.judge.cues import cue_removals

        assert self.shape is not None
        found = cue_removals(self.text, self.shape, self.settings, self.verdicts)
        return [(replace(r, span=self._original(r.span), kept=self._original(r.kept)), cut) for r, cut in found]
