"""The samples, cleaned by the real command, give the bytes and the report under ``samples/expected``.

To see how the program differs from them, as a unified diff of outputs and reports:

    python tests/test_samples.py [NAME...]
"""

from __future__ import annotations

import difflib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
EXPECTED = SAMPLES / "expected"
NAMES = tuple(
    sorted(p.name for p in SAMPLES.iterdir() if p.suffix in {".txt", ".md"} and p.name != "README.md")
)
ENVIRONMENT = {**os.environ, "DEDUPE_CN_LANG": "en", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}


def clean(name: str, folder: Path) -> tuple[bytes, Any]:
    """Run the command on a sample and give its output and its report, without the time it took."""
    report = folder / "report.json"
    command = [sys.executable, "-m", "dedupe_cn", "clean", "--report", f"json:{report}", f"samples/{name}"]
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    value = json.loads(report.read_text(encoding="utf-8"))
    del value["summary"]["elapsed_s"]
    return done.stdout, value


def expected_report(name: str) -> Any:
    return json.loads((EXPECTED / f"{name}.report.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_sample(name: str, tmp_path: Path) -> None:
    output, report = clean(name, tmp_path)
    expected = (EXPECTED / name).read_bytes()
    assert output.decode() == expected.decode()
    assert output == expected
    assert report == expected_report(name)


def test_every_sample_has_its_line_and_its_expectation() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    wanted = {name for n in NAMES for name in (n, f"{n}.report.json")}
    assert wanted == {p.name for p in EXPECTED.iterdir()}
    assert [n for n in NAMES if f"`{n}`" not in readme] == []


def test_the_samples_are_what_they_claim() -> None:
    pasted = (SAMPLES / "report_pasted_twice.txt").read_text(encoding="utf-8")
    assert pasted.count("\n" * 12) == 12
    assert "\n\t" in pasted
    with pytest.raises(UnicodeDecodeError):
        (SAMPLES / "notice_gbk.txt").read_bytes().decode()
    for name in ("article.md", "poem_refrain.txt"):
        assert (SAMPLES / name).read_bytes() == (EXPECTED / name).read_bytes()


def differences(name: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        output, report = clean(name, Path(folder))
    pairs = [
        (name, (EXPECTED / name).read_bytes().decode(), output.decode()),
        (
            f"{name}.report.json",
            *(json.dumps(v, ensure_ascii=False, indent=2) for v in (expected_report(name), report)),
        ),
    ]
    for label, before, after in pairs:
        lines = (before.splitlines(), after.splitlines())
        yield from difflib.unified_diff(*lines, f"expected/{label}", f"found/{label}", lineterm="")


if __name__ == "__main__":
    for chosen in sys.argv[1:] or NAMES:
        sys.stdout.writelines(f"{line}\n" for line in differences(chosen))
