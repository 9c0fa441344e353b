from __future__ import annotations

import subprocess
import sys

import decoding_samples as samples
import pytest


def loaded(data: bytes) -> set[str]:
    """Name the heavy modules that decoding loads in a fresh interpreter."""
    script = (
        "import sys\nfrom dedupe_cn.encoding.decoding import decode\n"
        f"decode({data!r})\nprint(*({{'numpy', 'charset_normalizer'}} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "data",
    [
        b"plain ASCII\n",
        samples.SIMPLIFIED.encode(),
        samples.SIMPLIFIED.encode("utf-8-sig"),
        samples.FRENCH.encode(),
        samples.RUSSIAN.encode() * 20,
    ],
)
def test_ascii_and_unicode_load_nothing_heavy(data: bytes) -> None:
    assert loaded(data) == set()


def test_chinese_is_judged_without_charset_normalizer() -> None:
    assert loaded(samples.SIMPLIFIED.encode("gbk")) == {"numpy"}


def test_utf_16_is_looked_at_for_lines_in_another_encoding() -> None:
    assert loaded(samples.SIMPLIFIED.encode("utf-16")) == {"numpy"}


def test_what_is_not_chinese_is_judged_by_charset_normalizer() -> None:
    assert "charset_normalizer" in loaded(samples.FRENCH.encode("cp1252"))
