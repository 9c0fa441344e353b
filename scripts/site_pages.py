"""What mkdocs needs beside the pages in docs/: those that lie elsewhere in the repository, and links that lead there.

mkdocs calls on_files and on_page_markdown. Links are written for readers of the repository; on the site they lead to
the page of the same file, and what is no page (a sample, a script) is named without a link.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
#: Pages outside of docs/ -> their names on the site.
ELSEWHERE = {
    "README.md": "index.md",
    "README.zh-CN.md": "index.zh-CN.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "benchmarks/RESULTS.md": "RESULTS.md",
    "benchmarks/copies/README.md": "copies.md",
}
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")


def on_files(files: Any, config: Any) -> Any:
    """Add the pages that lie elsewhere."""
    from mkdocs.structure.files import File

    for path, name in ELSEWHERE.items():
        files.append(File.generated(config, name, content=(ROOT / path).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, **more: Any) -> str:
    """Lead the links of a page to the site."""
    return led(markdown, page.file.src_uri)


def led(markdown: str, name: str) -> str:
    """Give the text of the page of this name on the site with its links leading to pages of the site."""
    here = next((path for path, there in ELSEWHERE.items() if there == name), f"docs/{name}")

    def lead(found: re.Match[str]) -> str:
        mark, text, link = found.groups()
        path, _, anchor = link.partition("#")
        if "://" in link or not path:
            return found[0]
        there = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
        target = ELSEWHERE.get(there, there.removeprefix("docs/") if there.startswith("docs/") else "")
        if not target:
            return text
        to = posixpath.relpath(target, posixpath.dirname(name) or ".")
        return f"{mark}[{text}]({to}{'#' + anchor if anchor else ''})"

    pieces = re.split(r"(^(`{3,}).*?^\2$)", markdown, flags=re.MULTILINE | re.DOTALL)
    # The expression has two groups: of three pieces the first is text, the second a fence, the third its mark.
    return "".join(_LINK.sub(lead, piece) if n % 3 == 0 else piece for n, piece in enumerate(pieces) if n % 3 < 2)
