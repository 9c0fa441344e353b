"""Compare the HTML of Markdown before and after tidying.

    python benchmarks/same_html.py FOLDER [--show 10]

Reads every Markdown file below a folder, tidies it with no repeat removed, and renders both texts with markdown-it as
CommonMark and as GitHub does. White space does not count but inside of ``<pre>``, nor do characters that tidying drops:
control characters and U+FEFF. Files that cannot be decoded for certain are counted and left out. Prints the files whose
HTML differs, with the place, and the counts; exit code 1 if any does. Nothing is written.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from dedupe_cn import clean
from dedupe_cn.encoding.decoding import decode
from dedupe_cn.io.suffixes import MARKDOWN, suffix_of
from dedupe_cn.model import Kind

RENDERERS = {
    "commonmark": MarkdownIt("commonmark", {"html": True}),
    "gfm-like": MarkdownIt("gfm-like", {"html": True, "linkify": False}),
}
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL | re.IGNORECASE)
#: What tidying drops wherever it stands; VT and FF become white space, which does not count.
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffd]")
#: Characters shown on each side of the first difference.
_AROUND = 40


def folded(html: str) -> str:
    """Give HTML without dropped characters, and with one blank for white space but inside of ``<pre>``.

    White space beside a tag does not count, nor the line ends of a text that ends in code which is never closed: it
    ends with one.
    """
    html = re.sub(r"\s+((?:</[^<>]*>\s*)+)\Z", r"\1", _DROPPED.sub("", html))
    parts = _PRE.split(html)
    parts[::2] = [re.sub(r" ?(<[^<>]*>) ?", r"\1", re.sub(r"\s+", " ", part)) for part in parts[::2]]
    return "".join(parts).strip()


def differences(before: str, after: str) -> Iterator[tuple[str, str, str]]:
    """Give, for each renderer that makes different HTML of two texts, its name and both sides of the difference."""
    for name, renderer in RENDERERS.items():
        old, new = folded(renderer.render(before)), folded(renderer.render(after))
        if old != new:
            pairs = enumerate(zip(old, new, strict=False))
            at = next((n for n, (one, other) in pairs if one != other), min(len(old), len(new)))
            here = slice(max(0, at - _AROUND), at + _AROUND)
            yield name, old[here], new[here]


def main() -> int:
    """Print the differences and the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=10, help="differences that are printed")
    options = parser.parse_args()
    seen = changed = unread = differ = 0
    for path in sorted(options.folder.rglob("*")):
        if suffix_of(path.name) not in MARKDOWN or not path.is_file():
            continue
        decoded = decode(path.read_bytes())
        if not decoded.legible or not decoded.certain:
            unread += 1
            continue
        seen += 1
        after = clean(decoded.text, kind=Kind.MARKDOWN, disable=["repeats"]).text
        if after == decoded.text:
            continue
        changed += 1
        found = list(differences(decoded.text, after))
        differ += bool(found)
        for name, old, new in found if differ <= options.show else ():
            print(f"{path.relative_to(options.folder)} ({name})\n  - {old!r}\n  + {new!r}")
    print(f"{seen} Markdown files, {changed} changed, the HTML of {differ} differs; {unread} not read")
    return int(differ > 0)


if __name__ == "__main__":
    sys.exit(main())
