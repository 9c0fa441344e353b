"""``--since``: of the inputs those that differ from a revision, each with what it was there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dedupe_cn.cli.cleaning import Plan
from dedupe_cn.cli.console import Console
from dedupe_cn.cli.inputs import Inputs
from dedupe_cn.cli.messages import Say
from dedupe_cn.cli.modes import Mode
from dedupe_cn.errors import InputError, UsageError
from dedupe_cn.io.git import GitError, NoGitError, Repository, repository_of
from dedupe_cn.io.git_history import Changes, RevisionError, changes_since, ids_of, resolve
from dedupe_cn.io.git_rules import WorkTrees


@dataclass(frozen=True, slots=True)
class Since:
    """How the working tree differs from a revision; by inputs that do, and that do not, the names from its top."""

    repository: Repository
    changes: Changes
    names: Mapping[str, str]
    unchanged: Mapping[str, str]


def choose_changed(inputs: Inputs, mode: Mode, revision: str, console: Console) -> tuple[Inputs, Since]:
    """Leave only the inputs that differ from a revision. Raises UsageError, InputError."""
    say = console.say
    if inputs.has_stdin:
        raise UsageError(say("since-stdin"))
    if not mode.preview:
        raise UsageError(say("since-mode"))
    if not revision:
        raise UsageError(say("since-empty"))
    names, repository = _names(inputs, say)
    try:
        commit = resolve(repository, revision)
        changes = changes_since(repository, commit)
    except RevisionError as problem:
        raise UsageError(say(problem.key, **problem.values)) from problem
    except NoGitError as problem:
        raise InputError(say("since-no-git")) from problem
    except GitError as problem:
        raise InputError(say("since-git", detail=problem)) from problem
    changed = tuple(item for item in inputs.items if changes.differs(names[item.name]))
    values = {"revision": revision, "commit": (commit or "")[:8], "n": len(changed), "total": len(inputs.items)}
    console.note(say("since-changed" if commit else "since-nothing-before", **values))
    differing = {item.name: names.pop(item.name) for item in changed}
    return inputs._replace(items=changed), Since(repository, changes, differing, names)


def with_formers(since: Since, inputs: Inputs, plans: Mapping[str, Plan]) -> dict[str, Plan]:
    """Add to the plan of each input what it was, and which file that did not change it is identical to now.

    Renamed files are found by their likeness.
    """
    from dedupe_cn.cli.renamed import Renamed

    formers = {name: since.changes.formers.get(path) for name, path in since.names.items()}
    followed = Renamed(inputs, plans).follow(formers, since.changes.formers.values())
    twins = _twins(since)
    return {
        name: plan._replace(since=True, former=followed.get(name), twin=twins.get(name, ""))
        for name, plan in plans.items()
    }


def _twins(since: Since) -> dict[str, str]:
    """Give for each input the first of the unchanged ones that has its bytes, if it did not have them before."""
    first: dict[str, str] = {}
    for name, path in since.unchanged.items():
        first.setdefault(since.changes.held.get(path, ""), name)
    try:
        ids = ids_of(since.repository, since.names.values()) if first else {}
    except GitError:  # what cannot be read is told when it is cleaned
        return {}
    found: dict[str, str] = {}
    for name, path in since.names.items():
        id, former = ids.get(path), since.changes.formers.get(path)
        if id in first and (former is None or former.id != id):
            found[name] = first[id]
    return found


def _names(inputs: Inputs, say: Say) -> tuple[dict[str, str], Repository]:
    """Give each input's name from the top of the one working tree that all lie in. Raises UsageError."""
    trees = WorkTrees()
    here = Path.cwd().resolve()
    top = trees.around(str(here))
    names: dict[str, str] = {}
    for item in inputs.items:
        assert item.source is not None
        tree, name = trees.lies_in(item.source.file)
        if tree is None:
            raise UsageError(say("since-bare") if _is_bare(here) else say("since-outside", path=item.name))
        top = top or tree
        if tree != top:
            raise UsageError(say("since-other", path=item.name, top=Path(tree).as_posix()))
        names[item.name] = name
    repository = repository_of(Path(top)) if top else None
    if repository is None:
        raise UsageError(say("since-bare" if _is_bare(here) else "since-none"))
    return names, repository


def _is_bare(folder: Path) -> bool:
    """Tell whether a folder lies in a repository that has no working tree."""
    return any((place / "HEAD").is_file() and (place / "objects").is_dir() for place in (folder, *folder.parents))
