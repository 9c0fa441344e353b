"""The names of encodings, their byte order marks, and the codecs that read them."""

from __future__ import annotations

import codecs

from dedupe_cn.errors import DecodingError

#: Byte order marks, longest first, and the codec behind each.
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: The mark of GB 18030 is so rare that it proves nothing by itself; it is dropped when the rest is GB 18030.
GB_18030_MARK = b"\x84\x31\x95\x33"
#: Encodings read by a wider one of the same family, in the order in which they are tried.
WIDER = {
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "big5": ("cp950", "big5hkscs", "big5"),
    "big5hkscs": ("big5hkscs", "cp950"),
    "euc_kr": ("cp949",),
    "shift_jis": ("cp932",),
    "ascii": ("utf-8",),
    "iso8859-1": ("cp1252", "iso8859-1"),
}
#: Encodings that are recognised although Python has no codec for them.
NO_CODEC = ("euc-tw", "iso-2022-cn")
#: Encodings in which a line feed is one byte that nothing else uses.
BY_LINE = frozenset(("gb18030", "cp950", "big5hkscs", "utf-8"))
#: No encoding, but the manner to read each line by itself (see lines.py).
PER_LINE = "per-line"
#: Names that a mistyped one is compared with.
_SUGGESTED = ("utf-8", "gb18030", "gbk", "gb2312", "big5", "cp950", "big5hkscs", "hz", "utf-16", "utf-32", "shift_jis")


def is_wide(encoding: str) -> bool:
    """Tell whether NUL bytes are nothing unusual in an encoding."""
    return encoding.startswith(("utf-16", "utf-32"))


def split_mark(data: bytes, codec: str) -> tuple[bytes, bool, str]:
    """Drop the byte order mark of an encoding, which says the byte order where the name does not."""
    for mark, name in (*BOMS, (GB_18030_MARK, "gb18030")):
        if data.startswith(mark) and name.startswith(codec.removesuffix("-sig")):
            return data[len(mark) :], True, name
    return data, False, {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}.get(codec, codec)


def canonical(encoding: str) -> str:
    """Give Python's name of an encoding; DecodingError with the nearest name when there is none."""
    if encoding.lower() == PER_LINE:
        return PER_LINE
    try:
        info = codecs.lookup(encoding)
        "".encode(encoding)
    except (LookupError, ValueError):
        if encoding.lower() in NO_CODEC:
            raise DecodingError.of("encoding-no-codec", value=encoding, name=encoding.upper()) from None
        from difflib import get_close_matches

        near = get_close_matches(encoding.lower(), (*_SUGGESTED, PER_LINE), n=1, cutoff=0.4)
        raise DecodingError.of("encoding-near" if near else "encoding", value=encoding, near="".join(near)) from None
    return info.name
