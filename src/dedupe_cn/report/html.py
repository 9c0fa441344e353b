"""The review page: one HTML file that shows every repeat, takes verdicts on them and gives them back.

It needs no network and asks for none: style and script are in it, allowed by their hashes and nothing else. All that
comes from files is in one block of JSON and reaches the page as text.
"""

from __future__ import annotations

from importlib.resources import files
from string import Template

from dedupe_cn.report.excerpt import UNSAFE
from dedupe_cn.report.findings import fingerprint
from dedupe_cn.report.html_payload import payload
from dedupe_cn.report.json import dump_for_pages
from dedupe_cn.report.run import Run
from dedupe_cn.report.text import summary_line
from dedupe_cn.report.words import Say

#: The script in order; each part uses those before it.
SCRIPTS = (
    *("words.js", "verdicts.js", "plots.js", "cards.js", "list.js", "filters.js", "documents.js"),
    *("steps.js", "keys.js", "page.js"),
)


def render(run: Run, say: Say, version: str) -> str:
    """Write the page; ``say`` gives the language it opens in, the reader may change it."""
    style = _part("page.css")
    script = '(() => {\n"use strict";\n' + "\n".join(_part(name) for name in SCRIPTS) + "})();\n"
    value = payload(run, say.language, version)
    # Verdicts of a visit wait for the same page, not for another one in the same folder.
    value["fingerprint"] = fingerprint(dump_for_pages(value["repeats"]), dump_for_pages(value["ledger"]))
    return Template(_part("page.html")).substitute(
        language="zh-CN" if say.language == "zh" else "en",
        summary=_text(summary_line(run, say)),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        data=_harmless(dump_for_pages(value).rstrip()),
    )


def _harmless(data: str) -> str:
    """Escape what cannot be seen too: verdicts of the decisions file go through the page as they are."""
    import json

    return UNSAFE.sub(lambda found: json.dumps(found[0])[1:-1], data)


def _part(name: str) -> str:
    return files("dedupe_cn.report").joinpath("page", name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """Name a block of style or script for the policy of the page: what begins behind the tag, to its end."""
    from base64 import b64encode
    from hashlib import sha256

    return b64encode(sha256(content.encode()).digest()).decode()


def _text(words: str) -> str:
    from html import escape

    return escape(words)
