"""Which kernel is at work: the compiled one where it can be loaded, and the reference anywhere else."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from kernels import PACKAGE, compiled_only

from dedupe_cn import kernel
from dedupe_cn.kernel import interface, library

ROOT = Path(__file__).parents[2]


def copy_package(folder: Path) -> Path:
    """Copy the package without its library; give where the library would stand."""
    library = interface.library_name()
    shutil.copytree(PACKAGE, folder / "dedupe_cn", ignore=shutil.ignore_patterns("__pycache__", library))
    return folder / "dedupe_cn" / "kernel" / library


def ask(folder: Path, *arguments: str) -> str:
    """Run the command line of a copy."""
    return subprocess.run(
        [sys.executable, "-m", "dedupe_cn", *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


def test_the_name_is_that_of_the_kernel_at_work() -> None:
    room = f"dedupe_cn.kernel.{kernel.NAME}."
    assert ("compiled" if library.find() else "reference") == kernel.NAME
    assert {getattr(kernel, name).__module__.startswith(room) for name in kernel.__all__ if name != "NAME"} == {True}


def test_both_rooms_hold_the_same_functions() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        getattr(kernel, "nonsense")  # noqa: B009
    assert set(kernel.__all__) == {"NAME", *kernel._PLACES}
    for name, module in kernel._PLACES.items():
        for room in ("compiled", "reference"):
            found = importlib.import_module(f"dedupe_cn.kernel.{room}.{module}")
            assert callable(getattr(found, name)), (room, name)


@pytest.mark.parametrize("broken", [None, b"", b"not a library"])
def test_without_a_library_that_loads_the_reference_is_at_work(tmp_path: Path, broken: bytes | None) -> None:
    place = copy_package(tmp_path)
    if broken is not None:
        place.write_bytes(broken)
    assert ask(tmp_path, "--version", "-v", "--lang", "en").splitlines()[1].startswith("kernel: reference")
    assert ask(tmp_path, "-v", "--version", "--lang", "zh").splitlines()[1].startswith("内核：参考实现")
    assert len(ask(tmp_path, "--version").splitlines()) == 1
    (tmp_path / "a.txt").write_text("今天天气很好。  \n", encoding="utf-8")
    assert ask(tmp_path, "clean", "-q", "a.txt") == "今天天气很好。\n"


@compiled_only
def test_a_library_of_another_table_is_not_called(tmp_path: Path) -> None:
    place = copy_package(tmp_path)
    shutil.copy(PACKAGE / "kernel" / place.name, place)
    assert ask(tmp_path, "--version", "-v", "--lang", "en").splitlines()[1] == "kernel: compiled"
    table = tmp_path / "dedupe_cn" / "kernel" / "interface.py"
    words = table.read_text(encoding="utf-8").replace('"hash_runs": "r4', '"hash_runs": "r8')
    table.write_text(words, encoding="utf-8")
    assert ask(tmp_path, "--version", "-v", "--lang", "en").splitlines()[1].startswith("kernel: reference")


@compiled_only
@pytest.mark.skipif(not list(PACKAGE.glob("kernel/*.c")), reason="installed without the C files")
def test_the_library_was_built_from_the_files_beside_it() -> None:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    built = f"-DKERNEL_SOURCES={library.sources()}u"
    assert built in hook.definitions(ROOT), "a C file was changed since: python hatch_build.py"
