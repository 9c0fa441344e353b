"""Find running lines: page headers and footers, watermarks, and the lines an editor or a site puts everywhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from dedupe_cn.repeats.blocks import stand_in
from dedupe_cn.repeats.found import Repeat
from dedupe_cn.text.characters import ends_sentence, letter_share
from dedupe_cn.text.segments import Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: A running line has 4 to 40 characters and stands three times or more (design section 4).
SHORTEST, LONGEST, TIMES = 4, 40, 3

_FURNITURE = re.compile(
    r"责任编辑|责编|编辑[：:]|来源[：:]|作者[：:]|扫码|扫一扫|二维码|关注|公众号|微信|版权|转载|订阅|点击|下载|水印|广告"
    r"|第\s*\d+\s*页|共\s*\d+\s*页|https?://|www\.|©|all rights reserved|page \d",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(
    r"[：:，,、]$|^[“「『\"(（【〔［《]|^第[一二三四五六七八九十百零〇\d]+[章回节卷篇条]|^[一二三四五六七八九十\d]{1,3}[、.．)）]|^[①-⑳]"
)


def running_lines(layout: Layout, hashes: NDArray[np.uint64], keep: str) -> Iterator[Repeat]:
    """Give every occurrence of a running line but the kept one, which is the first, or the last for ``keep`` last.

    A running line is a paragraph of its own at three places that do not touch. It reads like furniture: it names a
    site, an editor or a page, or it is no sentence and leads to nothing.
    """
    lengths = layout.ends - layout.starts
    fits = np.flatnonzero(layout.prose & (lengths >= SHORTEST) & (lengths <= LONGEST))
    said = np.sort(hashes[fits])
    often = said[TIMES - 1 :][said[TIMES - 1 :] == said[: 1 - TIMES]]
    if not often.size:
        return
    fits = fits[stand_in(often, hashes[fits])]
    groups: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for index in fits.tolist():
        groups[int(hashes[index]), int(lengths[index])].append(index)
    for places in groups.values():
        if len(places) < TIMES or any(b - a == 1 for a, b in pairwise(places)):
            continue
        stays = places[-1] if keep == "last" else places[0]
        start, end = int(layout.starts[stays]), int(layout.ends[stays])
        if not _reads_like_furniture(layout.slice(start, end)):
            continue
        for index in places:
            if index == stays:
                continue
            here = (int(layout.starts[index]), int(layout.ends[index]))
            yield Repeat("running-line", (start, end), here, end - start, len(places), 1, 1)


def _reads_like_furniture(line: str) -> bool:
    line = line.strip()
    if not letter_share(line):
        return False
    return bool(_FURNITURE.search(line)) or not (ends_sentence(line[-1]) or _LEADS_ON.search(line))
