"""Measure how fast bytes become text, beside plain decoding and charset-normalizer.

    python benchmarks/decoding.py [MEGABYTES]

Each row is the best of three runs in one process. Goals: valid UTF-8 within twice the time of ``bytes.decode``, GBK no
slower than charset-normalizer. The text is made of a few sentences in random order; the speed hardly depends on it.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

from charset_normalizer import from_bytes

from dedupe_cn.encoding.decoding import decode

SENTENCES = (
    "春天来了，院子里的杏树一夜之间全开了花。",
    "他把账本合上，望着窗外的雨，很久没有说话。",
    "这座桥建于一九三五年，长一百二十米，是全城最老的桥。",
    "「你先走，」她说，「我还要等一个人。」",
    "会议决定：自下月起，图书馆每周六延长开放两小时。",
    "The parser reads one line at a time.",
)


def make_text(size: int) -> str:
    """Make about ``size`` bytes (UTF-8) of Chinese paragraphs with some ASCII lines."""
    rng = random.Random(7)
    lines: list[str] = []
    made = 0
    while made < size:
        lines.append("".join(rng.choices(SENTENCES, k=rng.randrange(1, 8))))
        made += len(lines[-1].encode())
    return "\n".join(lines)


def best_of(call: Callable[[], object], runs: int = 3) -> float:
    """Give the shortest time of some calls, in seconds."""
    times: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print the table."""
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    text = make_text(int(megabytes * 1e6))
    print(f"{'encoding':12}{'MB':>8}{'decode()':>12}{'plain':>12}{'charset-normalizer':>22}  (ms)")
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        data = text.encode(encoding)
        while encoding != "utf-16-le" and len(data) < megabytes * 1e6:
            data += data[: int(megabytes * 1e6) - len(data)]
        data = data if encoding == "utf-16-le" else data[: data.rindex(b"\n", 0, int(megabytes * 1e6))]
        assert decode(data).certain, encoding
        ours = best_of(lambda data=data: decode(data))  # type: ignore[misc]
        plain = best_of(lambda data=data, encoding=encoding: data.decode(encoding))  # type: ignore[misc]
        other = best_of(lambda data=data: str(from_bytes(data).best()), 1)  # type: ignore[misc]
        print(f"{encoding:12}{len(data) / 1e6:8.1f}{ours * 1e3:12.1f}{plain * 1e3:12.1f}{other * 1e3:22.1f}")


if __name__ == "__main__":
    main()
