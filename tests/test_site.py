"""The pages as a site: links are turned, the navigation knows every page, and it builds where mkdocs is installed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pages import DOCS, ROOT, read
from test_pictures import script

CONFIGURATION = ROOT / "mkdocs.yml"


@pytest.mark.parametrize(
    ("page", "link", "led"),
    [
        ("index.md", "[a](docs/rules.md#loop)", "[a](rules.md#loop)"),
        ("index.zh-CN.md", "[a](README.md)", "[a](index.md)"),
        ("index.md", "![a](docs/pictures/rooms.svg)", "![a](pictures/rooms.svg)"),
        ("index.md", "[a](#limits)", "[a](#limits)"),
        ("corpus.md", "[a](../benchmarks/RESULTS.md)", "[a](RESULTS.md)"),
        ("decisions/README.md", "[a](../architecture.md)", "[a](../architecture.md)"),
        ("decisions/x.md", "[a](../../benchmarks/RESULTS.md)", "[a](../RESULTS.md)"),
        ("copies.md", "[a](../../scripts/versions.py)", "a"),
        ("using.md", "| a | `b \\| c <d>` |", "| a | <code>b &#124; c &lt;d&gt;</code> |"),
        ("rules.md", "[a](https://example.org/b.md)", "[a](https://example.org/b.md)"),
        ("rules.md", "```\n[a](../README.md)\n```\n[a](../README.md)", "```\n[a](../README.md)\n```\n[a](index.md)"),
    ],
)
def test_links_lead_to_pages_of_the_site(page: str, link: str, led: str) -> None:
    assert script("site_pages").led(link, page) == led


def test_the_navigation_knows_every_page() -> None:
    named = set(re.findall(r"^      - .*: (\S+)$", read(CONFIGURATION), re.MULTILINE))
    pages = {path.name for path in DOCS.glob("*.md")} | set(script("site_pages").ELSEWHERE.values())
    assert named == pages | {"decisions/README.md"}


def test_nothing_is_loaded_from_the_net() -> None:
    text = read(CONFIGURATION)
    assert "font: false" in text
    assert "https://" not in text
    assert "iframe-worker" in read(DOCS / "assets" / "iframe-worker.js")


def test_it_builds(tmp_path: Path) -> None:
    pytest.importorskip("material", reason="needs the extra docs")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)
    assert (tmp_path / "site" / "search" / "search_index.js").exists()
    home = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert 'src="assets/iframe-worker.js"' in home
    assert "unpkg.com" not in home
