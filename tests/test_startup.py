"""What starts fast stays fast: nothing heavy is imported before its step runs."""

from __future__ import annotations

import json
import subprocess
import sys

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
