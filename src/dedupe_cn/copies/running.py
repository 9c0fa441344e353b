"""Find running lines: page headers and footers, watermarks, and the lines an editor or a site puts everywhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from dedupe_cn import kernel
from dedupe_cn.copies.found import Copy
from dedupe_cn.regex import regex
from dedupe_cn.text.characters import ends_sentence, letter_share

if TYPE_CHECKING:
    from dedupe_cn.copies.reader import Reader

#: A running line has 4 to 40 characters and stands three times or more.
SHORTEST, LONGEST, TIMES = 4, 40, 3

_FURNITURE = regex(
    r"责任编辑|责编|编辑[：:]|来源[：:]|作者[：:]|扫码|扫一扫|二维码|关注|公众号|微信|版权|转载|订阅|点击|下载|水印|广告"
    r"|第\s*\d+\s*页|共\s*\d+\s*页|https?://|www\.|©|all rights reserved|page \d",
    re.IGNORECASE,
)
_LEADS_ON = regex(
    r"[：:，,、]$|^[注附]|^[“「『\"(（【〔［《]|^第[一二三四五六七八九十百零〇\d]+[章回节卷篇条]|^[一二三四五六七八九十\d]{1,3}[、.．)）]|^[①-⑳]"
)
#: What begins a line of Markdown that is no plain line.
_MARKUP = regex(r"[#>|`~+*<{-]|\d+[.)]|!\[")


def running_lines(reader: Reader, keep: str) -> Iterator[Copy]:
    """Give every occurrence of a running line but the first, or the last for ``keep`` last.

    A running line stands at three places that do not touch. It reads like furniture: it names a site, an editor or a
    page, or it is no sentence and leads to nothing.
    """
    groups: defaultdict[str, list[int]] = defaultdict(list)
    starts = reader.starts
    for number in may_run(reader):
        groups[reader.exact[starts[number] : starts[number + 1]]].append(number)
    for numbers in groups.values():
        if len(numbers) < TIMES or any(after - before == 1 for before, after in pairwise(numbers)):
            continue
        stays = numbers.pop(-1 if keep == "last" else 0)
        kept = starts[stays], starts[stays + 1]
        if not _reads_like_furniture(reader.layout.slice(*kept)):
            continue
        for number in numbers:
            yield Copy(kept, (starts[number], starts[number + 1]), lines=True, exact=True)


def may_run(reader: Reader) -> Sequence[int]:
    """Give the numbers of the lines that are as long as running lines and stand so often."""
    return kernel.recurring_parts(reader.codes, reader.text.edges, SHORTEST, LONGEST, TIMES)


def _reads_like_furniture(line: str) -> bool:
    line = line.strip()
    if not letter_share(line) or _MARKUP.match(line):
        return False
    return bool(_FURNITURE.search(line)) or not (ends_sentence(line[-1]) or _LEADS_ON.search(line))
