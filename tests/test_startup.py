"""What starts fast stays fast: nothing heavy is imported before its step runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"numpy", "scipy", "datasketch", "rapidfuzz", "charset_normalizer", "duckdb", "pyarrow", "pyspark", "pandas"}


def loaded_by(code: str) -> set[str]:
    """Run a piece of code in a fresh interpreter and name the packages it loads."""
    program = f"import sys\n{code}\nimport json\nsys.stderr.write(chr(10) + json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60, check=True)
    names = json.loads(done.stderr.splitlines()[-1])
    return {name if name.startswith("dedupe_cn") else name.split(".")[0] for name in names}


def command(*arguments: str) -> str:
    return f"from dedupe_cn.cli import run\nrun({list(arguments)!r})"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("--help",),
        ("clean", "--help"),
        ("corpus", "--help"),
        ("corpus",),
        ("rules",),
        ("rules", "tandem"),
        ("clean", "missing"),
    ],
)
def test_what_computes_nothing_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert loaded_by(command(*arguments)) & HEAVY == set()


@pytest.mark.parametrize("arguments", [("--version",), ("--help",)])
def test_commands_are_loaded_when_they_are_called(arguments: tuple[str, ...]) -> None:
    loaded = loaded_by(command(*arguments))
    assert loaded & {"dedupe_cn.cli.clean", "dedupe_cn.cli.rules", "dedupe_cn.pipeline"} == set()


def test_the_package_itself_costs_nothing() -> None:
    before = loaded_by("")
    loaded = loaded_by("import dedupe_cn") - before
    assert {name for name in loaded if name.startswith("dedupe_cn")} == {"dedupe_cn"}
    assert loaded - {"dedupe_cn"} <= {"typing", "importlib", "__future__", "collections", "functools", "re"} | set(
        sys.stdlib_module_names
    )


def test_settings_and_level_cost_little() -> None:
    code = "from dedupe_cn import Level, Outcome, Settings, clean\nSettings(level='safe')"
    loaded = loaded_by(code)
    assert loaded & (HEAVY | {"click", "dedupe_cn.pipeline"}) == set()


def test_plain_text_needs_no_detector() -> None:
    code = "from dedupe_cn import clean\nclean('一行。')"
    assert loaded_by(code) & {"charset_normalizer", "datasketch", "scipy", "click"} == set()


def make_page() -> str:
    """Give 3 KB (UTF-8) of short and long paragraphs that share nothing."""
    codes = iter(range(0x4E00, 0x9F00))
    lengths = (20, 51, 33, 130, 18, 90, 61, 47, 200, 75, 25, 40, 88, 50)
    paragraphs = ["".join(chr(next(codes)) for _ in range(length)) + "。" for length in lengths]
    return "# 标题\n\n" + "\n\n".join(paragraphs) + "\n"


@pytest.mark.parametrize("arguments", [(), ("--check",), ("--check", "--report", "json")])
def test_a_small_file_without_candidates_needs_no_heavy_library(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    path = tmp_path / "page.md"
    path.write_text(make_page(), encoding="utf-8")
    assert 2_700 <= path.stat().st_size <= 3_300
    loaded = loaded_by(command("clean", str(path), *arguments))
    assert loaded & {"scipy", "datasketch", "rapidfuzz", "charset_normalizer", "multiprocessing"} == set()
    assert "dedupe_cn.compare.differences" not in loaded


def test_a_few_small_files_need_no_processes(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        tmp_path.joinpath(name).write_text(make_page() + name, encoding="utf-8")
    assert "multiprocessing" not in loaded_by(command("clean", str(tmp_path)))


def test_the_version_needs_no_metadata_reader() -> None:
    assert loaded_by(command("--version")) & {"email", "zipfile", "dedupe_cn.settings", "dedupe_cn.library"} == set()


def test_numpy_starts_no_threads_unless_somebody_wants_them() -> None:
    code = "import os\nimport dedupe_cn.cli\nprint(os.environ['OPENBLAS_NUM_THREADS'])"
    for wanted, told in ((None, "1"), ("4", "4")):
        variables = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
        variables |= {"OPENBLAS_NUM_THREADS": wanted} if wanted else {}
        done = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == told
