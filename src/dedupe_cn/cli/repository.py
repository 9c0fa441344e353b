"""The rest of a repository beside the files that were named: its passages are looked for in an index of them."""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dedupe_cn.cli.cleaning import FailedError, Plan, decode_data
from dedupe_cn.io.git import GitError, Repository, repository_of
from dedupe_cn.io.git_blobs import Staged, contents, staged
from dedupe_cn.io.suffixes import kind_of
from dedupe_cn.settings import Settings

if TYPE_CHECKING:
    from dedupe_cn.across.file_text import FileText
    from dedupe_cn.across.samples import Samples
    from dedupe_cn.cli.console import Console
    from dedupe_cn.cli.inputs import Input
    from dedupe_cn.io.passage_index import Grams, PassageIndex

#: The folder of the index within that of git, and within the state folder.
FOLDER = "dedupe-cn"
#: Grams that two files share at least before they are compared, and files that are compared with one that was named.
_LEAST, _MOST = 2, 64
#: Contents that no file has any more, beside each that one has, from which on the index is made anew; and at least.
_STALE, _FEW = 2, 1_000


class Rest(NamedTuple):
    """The files of a repository that nobody named, as far as some of the named ones may hold passages of them.

    ``texts`` are those files by their names in reports; ``shared`` gives for each named file (by its number) the names
    of those that may share passages with it, and how many files hold each gram that more than a few do.
    """

    texts: dict[str, FileText]
    samples: dict[str, Samples]
    shared: dict[int, list[str]]
    files: dict[int, int]


NOTHING = Rest({}, {}, {}, {})


def look_into(
    items: Sequence[Input], samples: Sequence[Samples], wanted: Callable[[str], bool], console: Console
) -> Rest:
    """Find what of a repository may share passages with the files that were named.

    ``wanted`` tells by its path whether a file is to be told of. What stands in the way is told in one line, and the
    check goes on without.
    """
    from dedupe_cn.io.passage_index import BusyError

    try:
        repository = _repository(items)
    except GitError:
        repository = None
    if repository is None:
        console.note(console.say("across-no-repository"))
        return NOTHING
    try:
        return _look(repository, items, samples, wanted)
    except GitError:
        console.note(console.say("across-no-git"), "warning")
    except BusyError:
        console.note(console.say("across-busy"), "warning")
    except OSError as problem:
        console.note(console.say("across-no-index", detail=problem.strerror or str(problem)), "warning")
    return NOTHING


def _repository(items: Sequence[Input]) -> Repository | None:
    """Give the working tree in which all files lie; None where they lie in none, or in several."""
    folders = {Path(os.path.realpath(item.source.path)).parent for item in items if item.source is not None}
    found = {repository_of(folder) for folder in folders}
    return found.pop() if len(found) == 1 else None


def _look(
    repository: Repository, items: Sequence[Input], samples: Sequence[Samples], wanted: Callable[[str], bool]
) -> Rest:
    named = {os.path.realpath(item.source.path) for item in items if item.source is not None}
    top = f"{repository.top}{os.sep}"
    rest = [file for file in staged(repository) if f"{top}{file.name}" not in named]
    index = _open(repository)
    try:
        _update(index, repository, rest)
        return _shared(index, repository, rest, samples, wanted)
    finally:
        index.close()


def _open(repository: Repository) -> PassageIndex:
    """Open the index in git's own folder, or in the state folder where nothing can be written there."""
    from dedupe_cn.io.passage_index import PassageIndex

    try:
        return PassageIndex(repository.common / FOLDER)
    except OSError:
        from hashlib import blake2b

        from dedupe_cn.io import state

        name = blake2b(os.fsencode(repository.common), digest_size=8).hexdigest()
        return PassageIndex(state.writable().folder / "across" / name)


def _update(index: PassageIndex, repository: Repository, rest: Sequence[Staged]) -> None:
    """Put in what is not there; with too much that no file has any more it is made anew."""
    known = index.known()
    files = {_key(file): file for file in rest}
    anew = len(known) > _FEW + (1 + _STALE) * len(files)
    if anew or files.keys() - known.keys():
        index.add(lambda held: _grams(repository, {key: file for key, file in files.items() if key not in held}), anew)


def _key(file: Staged) -> str:
    """Name contents as they are read: the same bytes are other text in Markdown than in plain text."""
    return f"{file.id}.{kind_of(file.name).value}"


def _grams(repository: Repository, missing: Mapping[str, Staged]) -> Iterator[Grams]:
    from dedupe_cn.io.passage_index import SHARE, Grams

    by_id: dict[str, list[str]] = {}
    for key, file in missing.items():
        by_id.setdefault(file.id, []).append(key)
    for id, data in contents(repository, list(by_id)):
        for key in by_id.get(id, ()):
            read = _read(missing[key].name, data)
            grams = array("q", read[1].hashes) if read is not None else ()
            yield Grams(key, {gram for gram in grams if gram % SHARE == 0})


def _read(name: str, data: bytes) -> tuple[FileText, Samples] | None:
    """Read contents as a file of that name, and sample them; None where they are no text."""
    from dedupe_cn.across.file_text import FileText
    from dedupe_cn.across.samples import marks_in

    try:
        decoded = decode_data(data, Plan(Settings()))
    except FailedError:
        return None
    kind = kind_of(name)
    file = FileText(name, decoded.text, kind, *marks_in(decoded.text, kind))
    return file, file.sampled()


def _shared(
    index: PassageIndex,
    repository: Repository,
    rest: Sequence[Staged],
    samples: Sequence[Samples],
    wanted: Callable[[str], bool],
) -> Rest:
    """Ask the index which contents share passages with the files, and read these."""
    from dedupe_cn.across.samples import MANY

    by_number: dict[int, list[Staged]] = {}
    known = index.known()
    for file in rest:
        if (number := known.get(_key(file))) is not None:
            by_number.setdefault(number, []).append(file)
    files: dict[int, int] = {}
    chosen: dict[int, list[Staged]] = {}
    for at, own in enumerate(samples):
        hits: Counter[int] = Counter()
        for gram, blobs in _holders(index, own, by_number).items():
            files[gram] = 1 + sum(len(by_number[blob]) for blob in blobs)
            hits.update(sorted(blobs, key=lambda blob: by_number[blob][0].name)[: 1 if len(blobs) >= MANY else None])
        some = [blob for blob, n in hits.most_common(_MOST) if n >= _LEAST]
        told = ([file for file in by_number[blob] if wanted(str(repository.top / file.name))] for blob in some)
        chosen[at] = [found[0] for found in told if found]
    texts, sampled = _texts(repository, chosen.values())
    shown = {at: [_shown(repository, file) for file in some_files] for at, some_files in chosen.items()}
    shared = {at: read for at, names in shown.items() if (read := [name for name in names if name in texts])}
    return Rest(texts, sampled, shared, files)


def _holders(index: PassageIndex, own: Samples, known: Container[int]) -> dict[int, list[int]]:
    """Give for the grams of a file the numbers of the known contents that hold them."""
    from dedupe_cn.io.passage_index import SHARE

    holders: dict[int, list[int]] = {}
    for gram, blob in index.holders(sorted({gram for gram in array("q", own.hashes) if gram % SHARE == 0})):
        if blob in known:
            holders.setdefault(gram, []).append(blob)
    return holders


def _texts(
    repository: Repository, chosen: Iterable[Sequence[Staged]]
) -> tuple[dict[str, FileText], dict[str, Samples]]:
    """Read staged files, by their names; those that are no text are left out."""
    files = {_shown(repository, file): file for some in chosen for file in some}
    data = dict(contents(repository, sorted({file.id for file in files.values()})))
    texts: dict[str, FileText] = {}
    sampled: dict[str, Samples] = {}
    for name, file in files.items():
        if file.id in data and (read := _read(file.name, data[file.id])) is not None:
            read[0].path = name
            texts[name], sampled[name] = read
    return texts, sampled


def _shown(repository: Repository, file: Staged) -> str:
    """Name a file from the working folder, as it would be named in a report."""
    try:
        return Path(os.path.relpath(repository.top / file.name)).as_posix()
    except ValueError:  # another drive
        return (repository.top / file.name).as_posix()
