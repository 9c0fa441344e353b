"""What NumPy is told of the processor before it is loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from real_command import environment

from dedupe_cn.cli import processor
from dedupe_cn.cli.processor import prepare, sorts_slowly

LIST = """processor\t: 0
vendor_id\t: {vendor}
cpu family\t: {family}
model\t\t: 17
flags\t\t: fpu vme sse2 avx avx2 {flags} avx512vl
bogomips\t: 5192.25

processor\t: 1
vendor_id\t: AuthenticAMD
cpu family\t: 25
flags\t\t: avx512f
"""


@pytest.mark.parametrize(
    ("vendor", "family", "flags", "slowly"),
    [
        pytest.param("AuthenticAMD", "25", "avx512f", True, id="Zen 4"),
        pytest.param("AuthenticAMD", "25", "sse4a", False, id="Zen 3 has no AVX-512"),
        pytest.param("AuthenticAMD", "26", "avx512f", False, id="Zen 5"),
        pytest.param("GenuineIntel", "6", "avx512f", False, id="Intel"),
    ],
)
def test_only_one_family_sorts_slowly(vendor: str, family: str, flags: str, slowly: bool) -> None:
    assert sorts_slowly(LIST.format(vendor=vendor, family=family, flags=flags)) is slowly


@pytest.mark.parametrize("text", ["", "\n\n", "Processor : ARMv7\n", "cpu family : 25", "\x00: :\n:"])
def test_an_unknown_list_changes_nothing(text: str) -> None:
    assert not sorts_slowly(text)


def test_what_somebody_has_set_stays() -> None:
    mine = {"OPENBLAS_NUM_THREADS": "4", "NPY_DISABLE_CPU_FEATURES": "FMA3"}
    prepare(mine)
    assert mine == {"OPENBLAS_NUM_THREADS": "4", "NPY_DISABLE_CPU_FEATURES": "FMA3"}
    fresh: dict[str, str] = {}
    prepare(fresh)
    assert fresh["OPENBLAS_NUM_THREADS"] == "1"


def test_numpy_knows_what_it_is_told() -> None:
    """It warns of names that it does not know, which some make an error."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import dedupe_cn.cli, numpy"],
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_build_of_somebodys_own_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may need what would be switched off, and then is not loaded at all."""
    folder, wheel = tmp_path / "numpy", tmp_path / "numpy-2.4.1.dist-info" / "WHEEL"
    folder.mkdir()
    wheel.parent.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "version.py").write_text('"""Version."""\nversion = "2.4.1"\n')
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(processor, "sorts_slowly", lambda processors: True)
    for tag, told in (("cp311-cp311-linux_x86_64", None), ("cp311-cp311-manylinux_2_27_x86_64", "X86_V4 AVX512_ICL")):
        wheel.write_text(f"Wheel-Version: 1.0\nTag: {tag}\n")
        fresh: dict[str, str] = {}
        prepare(fresh)
        assert fresh.get("NPY_DISABLE_CPU_FEATURES") == told
    wheel.unlink()
    none: dict[str, str] = {}
    prepare(none)
    assert "NPY_DISABLE_CPU_FEATURES" not in none
