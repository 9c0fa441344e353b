"""Run the tests on the oldest and on the newest versions of the dependencies that pyproject.toml allows.

    python scripts/versions.py [--short] [--end oldest|newest] [--python PATH]... [--spark]

Each end of each Python gets an environment of its own in a temporary folder. ``oldest`` installs every dependency at
its floor where that runs on this Python, else the next version above that does (``FROM``); pip resolves what they need
in turn. Prints a table of what was installed and what the tests said; exit 1 when something failed, 69 when a version
can be had from nowhere here.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
SUITES = ("tests/corpus", "tests/cli", "tests/encoding", "tests/text")
#: A test or two of each format, engine and way through the command line.
SHORT = (
    "tests/corpus/test_corpus_cli.py",
    "tests/corpus/test_corpus_index.py",
    "tests/corpus/test_compressed.py",
    "tests/corpus/test_rows.py",
    "tests/corpus/test_corpus_parts.py",
    "tests/corpus/test_shared_index.py",
    "tests/cli/test_cli_modes.py",
    "tests/cli/test_cli_configuration.py",
    "tests/encoding/test_decoding.py",
)
#: Of the extra ``spark``: what starts Java.
SPARK = ("tests/corpus/test_spark.py",)
#: Dependency -> Python -> its oldest version that is built for it, where the floor is not.
FROM: dict[str, dict[str, str]] = {
    "numpy": {"3.13": "2.1.0"},
    "pyarrow": {"3.13": "18.0.0"},
    "zstandard": {"3.13": "0.23.0"},
    "rapidfuzz": {"3.13": "3.10.0"},
    "charset-normalizer": {"3.13": "3.4.0"},
}


def requirements(extras: Iterable[str]) -> dict[str, str]:
    """Give the floor of every dependency of the project and of some extras, as pyproject.toml states them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    floors = {}
    for line in lines:
        found = re.fullmatch(r"([\w.-]+)>=([\w.]+)(?:,.*)?", line)
        assert found is not None, line
        floors[found[1]] = found[2]
    return floors


#: Exit code (EX_UNAVAILABLE of sysexits.h) where a package cannot be had here, and what pip says then.
UNAVAILABLE = 69
_NOT_THERE = re.compile("No matching distribution|new connection|Could not fetch|Network is unreachable|timed out")


def run(*command: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the project; its output is kept."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | settings
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def version_of(python: str | Path) -> str:
    """Name the version of a Python, such as 3.11."""
    return run(python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])").stdout.strip()


def try_end(python: str, end: str, extras: Sequence[str], tests: Sequence[str], folder: Path) -> tuple[str, int]:
    """Install one end for a Python, and run the tests. Gives a line for the table, and the exit code."""
    version = version_of(python)
    run(python, "-m", "venv", folder)
    inside = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    floors = requirements(extras)
    if end == "oldest":
        wanted = [f"{name}=={FROM.get(name, {}).get(version, floor)}" for name, floor in floors.items()]
    else:
        wanted = list(floors)
    installed = run(inside, "-m", "pip", "install", "-q", "-U", *wanted, f"{ROOT}[test]")
    if installed.returncode:
        lines = [line for line in installed.stderr.splitlines() if "ERROR" in line]
        code = UNAVAILABLE if _NOT_THERE.search(installed.stderr) else 1
        return f"| {version} | {end} | not installed: {' '.join(lines)[:300]} |", code
    shown = run(inside, "-m", "pip", "list", "--format", "freeze").stdout.split()
    versions = dict(line.split("==") for line in shown if "==" in line)
    # What the project itself is made of is the installed package; its own folder must not be in front.
    # Warnings of the versions themselves are theirs; what they make of our code is an error all the same.
    done = run(inside, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "default", *tests)
    passed = done.returncode == 0
    if not passed:
        print(done.stdout[-6000:], done.stderr[-2000:], sep="\n", file=sys.stderr)
    normal = {name.lower().replace("_", "-"): value for name, value in versions.items()}
    said = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr[-200:]
    names = " ".join(f"{name} {normal.get(name.lower(), '?')}" for name in floors)
    return f"| {version} | {end} | {names} | {'passed' if passed else said} |", int(not passed)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--short", action="store_true", help="a shorter set of tests")
    parser.add_argument("--spark", action="store_true", help="the Spark engine too (needs Java 17)")
    parser.add_argument("--end", choices=("oldest", "newest"), action="append", help="one end only")
    parser.add_argument("--python", action="append", help="a Python to use; may be given several times")
    options = parser.parse_args()
    extras = ["corpus", *(["spark"] if options.spark else [])]
    tests = [*(SHORT if options.short else SUITES), *(SPARK if options.spark and options.short else ())]
    codes = set()
    for python in options.python or [sys.executable]:
        for end in options.end or ("oldest", "newest"):
            with tempfile.TemporaryDirectory(prefix="dedupe-cn-versions-") as folder:
                Path(folder).chmod(0o755)  # a test gives up its rights, and imports from there all the same
                line, code = try_end(python, end, extras, tests, Path(folder) / "env")
            print(line, flush=True)
            codes.add(code)
    return 1 if 1 in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main())
