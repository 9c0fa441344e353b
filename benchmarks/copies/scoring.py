"""Score what a cleaner made of a case. White space, controls and zero-width characters never count.

=========  ============================================================================================================
whole      the copy is gone, and nothing else: the text is what the cleaner makes of the text without the copy
other      the copy that was to stay is gone instead
stayed     both stand as they stood
torn       anything else: a part went and a part stayed, or more than one copy went
failed     the cleaner gave no answer
=========  ============================================================================================================
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from copies.layout import Source, Span, visible
from copies.peers.exchange import Answer
from copies.planted import GOES, LEVELS, OPEN, STAYS, Case, with_more, without

WHOLE, OTHER, STAYED, TORN, FAILED = "whole", "other", "stayed", "torn", "failed"


def outcome(case: Case, answer: Answer, reference: Answer) -> str:
    """Tell what became of a case; ``reference`` is the answer to the text without the copy.

    A cleaner that changes no text leaves all as it stood.
    """
    if answer.error or reference.error:
        return FAILED
    if answer.text is None or reference.text is None:
        return STAYED
    got, wanted = visible(answer.text), visible(reference.text)
    clean, whole = visible(case.clean), visible(case.text)
    if with_more(got, wanted, visible(case.rest)):
        return WHOLE
    if wanted == clean and got == visible(without(case.text, case.originals)):
        return OTHER
    if got == whole or (wanted != clean and len(got) - len(wanted) == len(whole) - len(clean)):
        return STAYED
    return TORN


def covers(text: str, spans: Iterable[Span], named: Iterable[Span]) -> bool:
    """Tell whether what was named lies over half of the visible characters of some spans, or more."""
    wanted = [at for start, end in spans for at in range(start, end) if visible(text[at])]
    seen = {at for start, end in named for at in range(start, end)}
    return 2 * sum(at in seen for at in wanted) >= len(wanted)


class Score(NamedTuple):
    """The figures of one cleaner: counts with what they are out of; None where it does not do such a thing.

    ``undone``: copies made by accident that went whole. ``kept``: repeats that are meant and stayed whole. ``torn``: of
    all cases. ``named``: accidents that its report names, half of the copy or more. ``noise``: texts without a copy in
    which it changes or names something.
    """

    undone: tuple[int, int] | None
    kept: tuple[int, int] | None
    torn: tuple[int, int] | None
    named: tuple[int, int] | None
    noise: tuple[int, int]
    other: int
    failed: int


Answers = Mapping[str, Answer]


class Bench(NamedTuple):
    """The cases, and the texts without a copy by their names; ``own`` are the names of those that nobody changed."""

    cases: list[Case]
    clean: dict[str, str]
    own: list[str]

    def files(self) -> dict[str, str]:
        """Give all texts that a cleaner is given, by name."""
        return {**self.clean, **{case.name: case.text for case in self.cases}}


def bench(texts: Sequence[Source], cases: list[Case]) -> Bench:
    """Put cases and texts together."""
    names = {source.text: f"text.{source.name}" for source in texts}
    own = list(names.values())
    for case in cases:
        names.setdefault(case.clean, f"clean.{case.name}")
    return Bench(cases, {name: text for text, name in names.items()}, own)


def score(material: Bench, answers: Answers) -> Score:
    """Score the answers to all texts of the benchmark, by their names."""
    names = {text: name for name, text in material.clean.items()}
    ends: Counter[tuple[str, str]] = Counter()
    told = accidents = 0
    changes = any(answer.text is not None for answer in answers.values())
    tells = any(answer.named is not None for answer in answers.values())
    for case in material.cases:
        answer = answers[case.name]
        ends[case.truth, outcome(case, answer, answers[names[case.clean]])] += 1
        if case.truth == GOES:
            accidents += 1
            told += covers(case.text, case.copies, answer.named or ())
    total = {truth: sum(n for (t, _), n in ends.items() if t == truth) for truth in (GOES, STAYS, OPEN)}
    torn = sum(n for (_, end), n in ends.items() if end == TORN)
    noisy = sum(_noisy(answers[name], material.clean[name]) for name in material.own)
    return Score(
        (ends[GOES, WHOLE], total[GOES]) if changes else None,
        (ends[STAYS, STAYED], total[STAYS]) if changes else None,
        (torn, len(material.cases)) if changes else None,
        (told, accidents) if tells else None,
        (noisy, len(material.own)),
        sum(n for (_, end), n in ends.items() if end == OTHER),
        sum(n for (_, end), n in ends.items() if end == FAILED),
    )


def _noisy(answer: Answer, text: str) -> bool:
    return bool(answer.named) or (answer.text is not None and visible(answer.text) != visible(text))


class Promised(NamedTuple):
    """What a level does of what it promises: copies that went whole, repeats that stayed, and those that were torn."""

    went: tuple[int, int]
    stayed: tuple[int, int]
    torn: tuple[int, int]


def promised(material: Bench, level: str, answers: Answers) -> Promised:
    """Ask a level of dedupe-cn for no more than it promises."""
    names = {text: name for name, text in material.clean.items()}
    ends: Counter[tuple[str, str]] = Counter()
    for case in material.cases:
        wanted = case.kind.promise[LEVELS.index(level)]
        ends[wanted, outcome(case, answers[case.name], answers[names[case.clean]])] += 1
    total = {want: sum(n for (w, _), n in ends.items() if w == want) for want in (GOES, STAYS)}
    torn = sum(n for (_, end), n in ends.items() if end == TORN)
    return Promised((ends[GOES, WHOLE], total[GOES]), (ends[STAYS, STAYED], total[STAYS]), (torn, len(material.cases)))
