"""Copies between the files of a run: gather samples while the files are cleaned, then compare what they point to."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, overload

from dedupe_cn.cli.processes import choose_processes
from dedupe_cn.errors import InputError
from dedupe_cn.io.decisions import KEEP
from dedupe_cn.io.spool import Spool
from dedupe_cn.model import FileResult, Kind, Removal

if TYPE_CHECKING:
    from dedupe_cn.across.chains import Stretch
    from dedupe_cn.across.classes import Found
    from dedupe_cn.across.file_text import FileText
    from dedupe_cn.across.links import Gathered
    from dedupe_cn.across.samples import Samples
    from dedupe_cn.cli.cleaning import Plan
    from dedupe_cn.cli.console import Console
    from dedupe_cn.cli.inputs import Input
    from dedupe_cn.cli.repository import Rest
    from dedupe_cn.settings import Settings

#: Characters of files that were read again which are held, and bytes of findings.
_HELD, _IN_MEMORY = 4_000_000, 16_000_000
#: Files whose samples are held as they came: with no more nothing need be loaded for many.
_FEW = 200
#: So much work is comparing a character, in bytes of a file that is cleaned.
_WORK = 20


class Task(NamedTuple):
    """Two files and their stretches that may say the same."""

    first: int
    second: int
    stretches: tuple[Stretch, ...]


class Copies:
    """Gathers the samples of the files of a run, in their order, and finds the copies between them."""

    def __init__(self, plans: Mapping[str, Plan]) -> None:
        self._plans = plans
        self._items: list[Input] = []
        self._few: list[Samples] = []  # of the first files, for which nothing is loaded yet
        self._gathered: Gathered | None = None

    def add(self, item: Input, samples: Samples) -> None:
        """Add a file. Raises OSError when the disk for samples is full."""
        self._items.append(item)
        self._few.append(samples)
        if len(self._few) > _FEW:
            self._gather()

    def _gather(self) -> Gathered:
        if self._gathered is None:
            from dedupe_cn.across.links import Gathered
            from dedupe_cn.io.partitions import Partitions

            self._gathered = Gathered(Partitions())
        for samples in self._few:
            self._gathered.add(samples)
        self._few = []
        return self._gathered

    def told(
        self,
        results: Sequence[FileResult],
        jobs: int | None,
        console: Console,
        wanted: Callable[[str], bool] | None = None,
    ) -> Sequence[FileResult]:
        """Give the results of a run with what was found between its files. Raises InputError when a disk is full.

        ``wanted`` is given where the rest of the repository counts too, and tells which files of it (by their paths).
        """
        try:
            return self._told(results, jobs, console, wanted)
        except OSError as problem:
            raise InputError(console.say("spool-full", detail=problem.strerror or problem)) from problem

    def _told(
        self,
        results: Sequence[FileResult],
        jobs: int | None,
        console: Console,
        wanted: Callable[[str], bool] | None,
    ) -> Sequence[FileResult]:
        from dedupe_cn.across.classes import findings
        from dedupe_cn.cli.repository import NOTHING, look_into
        from dedupe_cn.compare.differences import compare

        rest = NOTHING
        if wanted is not None and self._gathered is None:
            rest = look_into(self._items, self._few, wanted, console)
        first = len(rest.texts)
        found = [*self._found_in(rest), *(_behind(pair, first) for pair in self._found(jobs))]
        by_file: dict[str, list[Removal]] = {}
        for number, removal in findings(found, compare, first):
            by_file.setdefault(self._items[number - first].name, []).append(removal)
        return WithCopies(results, by_file, self._plans) if by_file else results

    def _found_in(self, rest: Rest) -> Iterator[Found]:
        """Compare the files with those of the rest of the repository, which come first in number."""
        if not rest.shared:
            return
        from dedupe_cn.across.chains import link, stretches

        numbers = {name: number for number, name in enumerate(sorted(rest.texts))}
        for at, names in sorted(rest.shared.items()):
            item = self._items[at]
            own = read_again(item, self._plans[item.name])
            if own is None or len(own.layout.codes) != self._few[at].size:
                continue
            for name in sorted(names):
                first, second = numbers[name], len(numbers) + at
                links = link(first, second, rest.samples[name], self._few[at], rest.files)
                task = Task(first, second, tuple(stretches(links)))
                yield from compare_two(task, rest.texts[name], own, self._plans[item.name].settings)

    def _found(self, jobs: int | None) -> Iterator[Found]:
        """Compare every two files that share something, in the order of the second."""
        if len(self._items) < 2:
            return
        from dedupe_cn.across.chains import stretches

        gathered = self._gather()
        pairs = ((links.first, links.second, tuple(stretches(links))) for links in gathered.links())
        tasks = [Task(*pair) for pair in pairs if pair[2]]
        sizes = [_WORK * sum(s.first_end - s.first for s in task.stretches) for task in tasks]
        used = {number for task in tasks for number in task[:2]}
        files = {number: (self._items[number], gathered.sizes[number]) for number in used}
        plans = {item.name: self._plans[item.name] for item, _ in files.values()}
        work = Comparing(files, plans)
        processes = choose_processes(sizes, jobs)
        if processes == 1:
            for found in work(tasks):
                yield from found
            return
        from dedupe_cn.cli import workers

        for came in workers.in_order(work, tasks, sizes, processes, lambda: None):
            if not isinstance(came, workers.Lost):
                yield from came


class Comparing:
    """Compares the stretches of files, which are read again; one that is no longer what it was is passed over.

    A process holds some of the texts from one batch of tasks to the next.
    """

    def __init__(self, files: Mapping[int, tuple[Input, int]], plans: Mapping[str, Plan]) -> None:
        self._plans = plans
        self._texts = _Texts(files, plans)

    def __call__(self, tasks: Sequence[Task]) -> Iterator[list[Found]]:
        """Give what is found in each pair of files, in their order."""
        for task in tasks:
            one, other = self._texts.of(task.first), self._texts.of(task.second)
            if one is None or other is None:
                yield []
            else:
                yield compare_two(task, one, other, self._plans[other.path].settings)


def compare_two(task: Task, one: FileText, other: FileText, settings: Settings) -> list[Found]:
    """Compare the stretches of two files."""
    from dedupe_cn.across.classes import Found
    from dedupe_cn.across.passages import twins

    return [
        Found(
            task.first,
            task.second,
            one.standing(twin.first),
            other.standing(twin.second),
            one.text[twin.first.start : twin.first.end],
            other.text[twin.second.start : twin.second.end],
            twin,
        )
        for twin in twins(one, other, task.stretches, settings)
    ]


def _behind(pair: Found, count: int) -> Found:
    """Number the files of a pair behind so many others."""
    return pair._replace(first=pair.first + count, second=pair.second + count) if count else pair


class _Texts:
    """The texts of files, read again when they are asked for; some are held."""

    def __init__(self, files: Mapping[int, tuple[Input, int]], plans: Mapping[str, Plan]) -> None:
        self._files, self._plans = files, plans
        self._held: OrderedDict[int, FileText | None] = OrderedDict()
        self._room = _HELD

    def of(self, number: int) -> FileText | None:
        """Give the text of a file, None where it cannot be read any more or has changed since it was sampled."""
        if number not in self._held:
            item, size = self._files[number]
            read = read_again(item, self._plans[item.name])
            self._held[number] = read if read is not None and len(read.layout.codes) == size else None
            self._room -= size
            while self._room < 0 and len(self._held) > 2:
                old, _ = self._held.popitem(last=False)
                self._room += self._files[old][1]
        self._held.move_to_end(number)
        return self._held[number]


def read_again(item: Input, plan: Plan) -> FileText | None:
    """Read a file as it was read to be cleaned."""
    from dedupe_cn.across.file_text import FileText
    from dedupe_cn.across.samples import marks_in
    from dedupe_cn.cli.modes import Mode
    from dedupe_cn.cli.one import Done, take

    taken = take(item, Mode.CHECK, plan, None)
    if isinstance(taken, Done):
        return None
    text = taken.decoded.text
    kind = Kind.TEXT if taken.decoded.shape is not None else taken.kind
    file = FileText(item.name, text, kind, *marks_in(text, kind))
    file.shape = taken.decoded.shape
    return file


class WithCopies(Sequence[FileResult]):
    """The results of a run, with what was found between its files; those on which a verdict was passed are settled."""

    def __init__(
        self, results: Sequence[FileResult], found: Mapping[str, Sequence[Removal]], plans: Mapping[str, Plan]
    ) -> None:
        self._results, self._plans = results, plans
        self._found: Spool[list[Removal]] = Spool(_IN_MEMORY)
        self._numbers: dict[str, int] = {}
        for path, removals in found.items():
            self._numbers[path] = len(self._numbers)
            self._found.append(list(removals), sum(_weight(removal) for removal in removals))

    def __len__(self) -> int:
        return len(self._results)

    def __iter__(self) -> Iterator[FileResult]:
        return map(self._joined, self._results)

    @overload
    def __getitem__(self, index: int) -> FileResult: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[FileResult]: ...
    def __getitem__(self, index: int | slice) -> FileResult | Sequence[FileResult]:
        found = self._results[index]
        return self._joined(found) if isinstance(found, FileResult) else list(map(self._joined, found))

    def _joined(self, result: FileResult) -> FileResult:
        number, outcome = self._numbers.get(result.path), result.outcome
        if number is None or outcome is None:
            return result
        found = self._found[number]
        decisions = self._plans[result.path].decisions
        entries = decisions.of_file(result.path) if decisions is not None else {}
        kept = {r.id: r.count for r in found if r.id in entries and entries[r.id].verdict == KEEP}
        settled = {id: count for id, count in kept.items() if entries[id].count >= count}
        told = [removal for removal in found if removal.id not in settled]
        removals = sorted([*outcome.removals, *told], key=lambda r: (r.span.start, r.span.end, r.rule))
        counts = tuple(sorted([*outcome.settled, *settled.items()]))
        return result._replace(outcome=replace(outcome, removals=tuple(removals), settled=counts))


def _weight(removal: Removal) -> int:
    between = removal.between
    return 2 * (len(between.text) + len(between.kept_text)) if between is not None else 0
