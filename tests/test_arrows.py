"""The import arrows of docs/architecture.md, read off the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path

import dedupe_cn

PACKAGE = Path(dedupe_cn.__file__).parent
#: Room -> the rooms it may import from; every room may import from itself.
BASE = {"model", "reasons", "errors", "settings", "edits", "shape"}
#: What any room may import.
EVERYWHERE = {"regex"}
ARROWS: dict[str, set[str]] = {
    "model": {"between", "reasons", "shape"},
    "between": set(),
    "shape": set(),
    "regex": set(),
    "reasons": set(),
    "errors": set(),
    "settings": {"model", "errors", "__init__"},
    "edits": {"model"},
    "rule": {"model"},
    "rules_text": {"rule", "settings", "tidy"},
    "version": set(),
    "kernel": set(),
    "text": BASE | {"kernel"},
    "encoding": BASE | {"text"},
    "directives": BASE | {"text"},
    "tidy": BASE | {"rule", "text", "encoding"},
    "compare": BASE | {"text"},
    "copies": BASE | {"text", "compare", "kernel"},
    "judge": BASE | {"text", "compare", "copies", "directives"},
    "laws": BASE | {"text", "judge", "directives", "encoding"},
    "across": BASE | {"between", "text", "compare", "copies", "judge", "kernel", "directives"},
    "containers": BASE | {"text", "encoding"},
    "kept": BASE | {"text", "kernel"},
    "work": BASE | {"text", "tidy", "copies", "judge", "laws", "directives"},
    "timed": BASE | {"judge", "laws", "work"},
    "pipeline": BASE | {"text", "tidy", "copies", "laws", "kept", "work", "timed"},
    "library": BASE | {"text", "tidy", "laws", "pipeline", "work", "encoding", "containers"},
    "corpus": BASE | {"text", "encoding", "kernel"},
    "report": BASE | {"between", "text", "rule", "rules_text"},
    "io": BASE | {"text", "encoding"},
    "cli": BASE
    | {"across", "text", "rule", "rules_text", "pipeline", "work", "library", "report", "io", "corpus"}
    | {"encoding", "kernel", "compare"},
    "__init__": BASE | {"text", "library", "version", "encoding"},
    "__main__": {"cli"},
    "spark_submit": {"cli"},
}
#: Rooms that know files, processes and the terminal; the others are pure.
OUTER = {"cli", "io", "corpus", "spark_submit", "__main__"}
WORLD = {"click", "io", "os", "pathlib", "shutil", "signal", "socket", "subprocess", "tempfile"}
STREAMS = {"stdin", "stdout", "stderr", "argv", "exit"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Name every import, those inside functions and for types too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            if node.module == "dedupe_cn":
                yield from (f"dedupe_cn.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def test_arrows() -> None:
    rooms = {room(path) for path in modules()}
    assert rooms <= ARROWS.keys(), "give the new room its arrows here and in docs/architecture.md"
    back = {
        (str(path.relative_to(PACKAGE)), name)
        for path in modules()
        for name in imports(path)
        if name.startswith("dedupe_cn.")
        and name.split(".")[1] not in ARROWS[room(path)] | {room(path)} | EVERYWHERE
    }
    assert back == set()


def module(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def needed(node: ast.AST, known: Set[str]) -> Iterator[str]:
    """Name the modules that code imports when it runs, inside functions too; what only types need is left out."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            whole = (f"{child.module}.{alias.name}" for alias in child.names)
            yield from (name if name in known else child.module or "" for name in whole)
        yield from needed(child, known)


def test_no_module_needs_itself() -> None:
    files = {module(path): path for path in modules()}
    needs = {name: set(needed(tree(path), files.keys())) & files.keys() - {name} for name, path in files.items()}
    while free := [name for name, others in needs.items() if not others & needs.keys()]:
        for name in free:
            del needs[name]
    assert not needs, f"among these modules are some that import each other in a circle: {sorted(needs)}"


def test_the_core_knows_no_file_and_no_terminal() -> None:
    for path in modules():
        if room(path) in OUTER:
            continue
        assert {name.split(".")[0] for name in imports(path)} & WORLD == set(), path
        nodes = list(ast.walk(tree(path)))
        calls = {n.func.id for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        used = {n.attr for n in nodes if isinstance(n, ast.Attribute) and ast.unparse(n.value) == "sys"}
        assert used & STREAMS == set(), path
        assert calls & {"open", "print", "input", "breakpoint"} == set(), path


def test_a_file_is_read_at_a_sitting() -> None:
    lines = {str(path.relative_to(PACKAGE)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: number for name, number in lines.items() if number > 310} == {}, "divide these by subjects"


def test_click_stays_in_its_room() -> None:
    assert {room(path) for path in modules() if "click" in set(imports(path))} == {"cli"}


def test_every_file_says_what_it_is() -> None:
    for path in modules():
        assert ast.get_docstring(tree(path)) or not path.read_text(encoding="utf-8"), path


def test_the_page_draws_the_same_rooms() -> None:
    page = (Path(__file__).parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
    for name in ARROWS:
        assert f"`{name}" in page, name
