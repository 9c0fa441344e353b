"""What mkdocs needs beside the pages in docs/: those that lie elsewhere in the repository, and links that lead there.

mkdocs calls on_files and on_page_markdown. Links are written for readers of the repository; on the site they lead to
the page of the same file, and what is no page (a sample, a script) is named without a link.
"""

from __future__ import annotations

import posixpath
import re
from html import escape
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
#: Code with a bar in a row of a table: in the repository only the bar is shown, by mkdocs the stroke before it too.
_BARRED = re.compile(r"`([^`\n]*\\\|[^`\n]*)`")
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

    def bar(found: re.Match[str]) -> str:
        return f"<code>{escape(found[1].replace(chr(92) + '|', '|'), quote=False).replace('|', '&#124;')}</code>"

    pieces = re.split(r"(^(`{3,}).*?^\2$)", markdown, flags=re.MULTILINE | re.DOTALL)
    # The expression has two groups: of three pieces the first is text, the second a fence, the third its mark.
    return "".join(_BARRED.sub(bar, _LINK.sub(lead, p)) if n % 3 == 0 else p for n, p in enumerate(pieces) if n % 3 < 2)
