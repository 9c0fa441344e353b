"""What NumPy is told of the processor before it is loaded."""

from __future__ import annotations

import pytest

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
