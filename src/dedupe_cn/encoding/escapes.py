"""Seven-bit encodings that hide in ASCII: HZ, and the ISO 2022 family by its escape sequences."""

from __future__ import annotations

from dedupe_cn.encoding import frequencies, likelihood
from dedupe_cn.regex import regex

_HZ_RUN = regex(rb"~\{((?:[\x21-\x77][\x21-\x7e])+)~\}")
#: Share of the characters inside ``~{ ~}`` that must be common hanzi or marks (evidence: 40 of 40 files).
HZ_COMMON = 0.8
#: Nats by which the runs must read better as Chinese than as ASCII: two characters do not suffice, four do.
HZ_GAIN = 10.0
_ISO_2022_CN = regex(rb"\x1b\$(?:\)[AGE]|\*H|\+[I-M])")
_ISO_2022_JP = regex(rb"\x1b\$[@B]")
_ISO_2022_KR = regex(rb"\x1b\$\)C")


def reads_as_hz(data: bytes) -> bool | None:
    """Tell whether ASCII bytes are Chinese in HZ; None when so little is inside that it may be either."""
    runs = _HZ_RUN.findall(data)
    if not runs:
        return False
    packed = b"".join(runs)
    text = bytes(b | 0x80 for b in packed).decode("gb2312", "replace")
    if likelihood.common_share(text) < HZ_COMMON:
        return False
    ascii_codes = frequencies.code_points(packed.decode("ascii"))
    gain = likelihood.chinese_gain(text) - likelihood.log_likelihood(ascii_codes, "hans")
    return True if gain >= HZ_GAIN else None


def iso_2022_name(data: bytes) -> str | None:
    """Name the member of the ISO 2022 family whose escape sequences are in the data."""
    if _ISO_2022_CN.search(data) and b"\x0e" in data:
        return "iso-2022-cn"
    if _ISO_2022_JP.search(data):
        return "iso2022_jp_2"
    return "iso2022_kr" if _ISO_2022_KR.search(data) and b"\x0e" in data else None
