"""What the suffix of a file says of how it is read, and which formats are refused."""

from __future__ import annotations

import os
from collections.abc import Callable

from dedupe_cn.model import Kind
from dedupe_cn.shape import ARCHIVES, TIMED

MARKDOWN = frozenset({".md", ".markdown", ".mdx"})
TEXT = frozenset({".txt", ".text"})
#: Containers: their text comes out of another reader. They are read when they are named, or a glob does.
CONTAINERS = frozenset(f".{form}" for form in TIMED | ARCHIVES)
#: Formats that are refused, and the code of the words that say where to go instead.
REFUSED = {
    **dict.fromkeys((".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".gz", ".zst"), "refused-records"),
    **dict.fromkeys((".lrc", ".ssa", ".sub"), "refused-subtitles"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xml", ".svg"), "refused-markup"),
    **dict.fromkeys((".pdf", ".doc", ".docm", ".odt", ".rtf", ".mobi", ".xls", ".xlsx"), "refused-office"),
}
#: Prose in a markup that nobody here reads: as plain text, if somebody says so.
_PROSE = """
    .rst .rest .adoc .asciidoc .asc .org .tex .ltx .latex
    .textile .wiki .mediawiki .creole .pod .texi .texinfo .typ
"""
#: Code, settings, translations and other lines for programs, in which layout and equal lines mean something.
_SOURCE = """
    .py .pyi .pyx .ipynb .rb .pl .pm .php .lua .tcl .r .rmd .qmd .jl .js .mjs .cjs .jsx .ts .mts .cts .tsx .vue
    .svelte .astro .coffee .c .h .cc .cpp .cxx .hh .hpp .hxx .m .mm .cs .fs .vb .java .kt .kts .scala .groovy
    .gradle .clj .cljs .go .rs .swift .dart .zig .nim .d .hs .ml .mli .ex .exs .erl .hrl .el .lisp .scm .rkt .pas
    .f .f90 .asm .s .v .vhd .sh .bash .zsh .fish .ksh .bat .cmd .ps1 .psm1 .awk .sed .vim .mk .mak .cmake .ninja
    .bzl .nix .tf .hcl .css .scss .sass .less .styl .j2 .jinja .jinja2 .njk .ejs .erb .hbs .mustache .liquid .tmpl
    .tpl .pug .haml .jsp .xsl .sql .graphql .gql .proto .thrift .yaml .yml .toml .ini .cfg .conf .config .env
    .properties .plist .reg .json5 .jsonc .lock .po .pot .mo .xlf .xliff .resx .strings .arb .diff .patch .rej
    .ics .vcf .geojson .gpx .kml .rss .atom .xsd .dtd .sty .cls .bib .dot .puml .mmd .editorconfig .gitignore
    .gitattributes .dockerignore
"""
_UNREAD = {
    **dict.fromkeys(_SOURCE.split(), "refused-source"),
    **dict.fromkeys(_PROSE.split(), "refused-prose"),
}
#: Files without a suffix that everybody knows to be for programs, in small letters.
_NAMES = frozenset(
    {
        *("makefile", "gnumakefile", "dockerfile", "containerfile", "jenkinsfile", "vagrantfile"),
        *("gemfile", "rakefile", "procfile", "pipfile", "justfile"),
    }
)


def suffix_of(name: str) -> str:
    """Give the suffix of a file name in small letters.

    >>> suffix_of("文章.MD"), suffix_of(".md"), suffix_of("README")
    ('.md', '', '')
    """
    return os.path.splitext(name)[1].lower()


def kind_of(name: str) -> Kind:
    """Tell Markdown from plain text by the suffix.

    >>> kind_of("文章.MD").value, kind_of("-").value
    ('markdown', 'text')
    """
    return Kind.MARKDOWN if suffix_of(name) in MARKDOWN else Kind.TEXT


def form_of(name: str) -> str:
    """Give the form of a container by the suffix, empty for what is text itself.

    >>> form_of("书.EPUB"), form_of("a.txt")
    ('epub', '')
    """
    suffix = suffix_of(name)
    return suffix[1:] if suffix in CONTAINERS else ""


def why_refused(name: str, told: Callable[[], Kind | None]) -> tuple[str, str]:
    """Give the code of the words by which a file is refused, and what they are about; both empty when it is read.

    ``told`` says as what it is to be read if somebody said so. That holds for source code and its like; markup of prose
    is read as plain text alone, and other formats never.

    >>> why_refused("a/setup.PY", lambda: None), why_refused("a.rst", lambda: Kind.TEXT)
    (('refused-source', '.py'), ('', ''))
    """
    base = os.path.basename(name).lower()
    suffix = suffix_of(name) or base
    if suffix in REFUSED:
        return REFUSED[suffix], suffix
    code = "refused-source" if base in _NAMES else _UNREAD.get(suffix, "")
    if not code:
        return "", ""
    kind = told()
    read = kind is Kind.TEXT or (kind is not None and code == "refused-source")
    return ("", "") if read else (code, suffix)
