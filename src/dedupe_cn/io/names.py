"""Which names are text for readers: what a walk through a folder reads, and what the hooks hand over."""

from __future__ import annotations

import os

from dedupe_cn.regex import regex

#: Text for programs and law, not for readers. The same stands in .pre-commit-hooks.yaml, which a test compares.
_NOT_PROSE = regex(
    r"""(?x)(^|/)(
      (UN)?LICEN[CS]ES?([-._][^/]*)?|
      (un)?licen[cs]e(\.(txt|md))?|
      (COPYING|COPYRIGHT|NOTICE|PATENTS|AUTHORS|CONTRIBUTORS|MAINTAINERS)([-._][^/]*)?|
      [^/]*(requirements|constraints)[^/]*\.txt|
      requirements/[^/]*\.txt|
      (robots|humans|ads|app-ads|security|llms|llms-full)\.txt|
      (CMakeLists|CMakeCache|meson_options|conanfile)\.txt|
      (dependency_links|entry_points|requires|SOURCES|top_level)\.txt
    )$"""
)


def is_prose(path: str) -> bool:
    """Tell whether a file is for readers, by its name and that of its folder.

    >>> is_prose("/a/通知.txt"), is_prose("/a/LICENSE.md"), is_prose("requirements/base.txt")
    (True, False, False)
    """
    return _NOT_PROSE.search(path.replace(os.sep, "/")) is None
