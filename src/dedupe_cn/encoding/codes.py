"""Read codes that Python's codecs do not read, or read otherwise than other converters do.

GB 18030: a lone byte 80 is the euro sign of Windows' code page 936, which Python's GBK does not know. Nineteen codes
stood for private use in the first edition of the standard; later editions gave them characters. All of this reads as
iconv (glibc 2.36: CP936 and GB18030), Node 20 (TextDecoder, ICU 78) and Java 17 (x-mswin-936 and GB18030) read it.

Big5: a dozen symbols that Python's two codecs read differently read alike here, so that no symbol depends on what
else is in the file.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import NamedTuple

#: The codec by which all of GB 2312, GBK and GB 18030 is read.
GB = "gb18030"
EURO, EURO_BYTE = "€", 0x80
_HANDLER = "dedupe_cn.euro"
#: Edition -> code and character of GB 18030 where Python still has private use. Found by reading all 2,068 two-byte
#: codes that it maps there with the three converters named above: at these all three agree. Beyond them iconv alone
#: has characters at A3A0, FE51, FE52, FE53, FE6C, FE76 and FE91; those stay private. So do four-byte codes: at the
#: former ones of these characters (84318236 is FE10 in Python and Node, private in Java, nothing in iconv) they differ.
EDITIONS = {
    2005: "A8BC 1E3F",
    2022: "A6D9 FE10 A6DA FE12 A6DB FE11 A6DC FE13 A6DD FE14 A6DE FE15 A6DF FE16 A6EC FE17 A6ED FE18 A6F3 FE19 "
    "FE59 9FB4 FE61 9FB5 FE66 9FB6 FE67 9FB7 FE6D 9FB8 FE7E 9FB9 FE90 9FBA FEA0 9FBB",
}
#: What Python's Big5 codecs make of a symbol, and what it is read as. At A145, A14E, A1C2, A1E3, A1F2, A1F3, A244,
#: A246, A247 and F9FE Windows, iconv (BIG5, CP950) and Node have what cp950 has: most files come from there, and the
#: interpunct and the full-width tilde are what Chinese writes. At A241 and A242 these have a division slash and a small
#: reverse solidus, which hardly any text means; converters of HKSCS write the full-width ones there.
BIG5_SYMBOLS = {
    "big5hkscs": ("•､‾∼♁☉¥¢£￭", "‧﹑¯～⊕⊙￥￠￡▓"),
    "cp950": ("∕﹨", "／＼"),
}


class Edition(NamedTuple):
    """The year of the edition of GB 18030 that a file needs, and the codes (in hexadecimal) that need it."""

    year: int
    codes: tuple[str, ...]


@cache
def _private() -> dict[str, str]:
    """Give the assigned character for each private one that Python's codec makes of a code of :data:`EDITIONS`."""
    words = " ".join(EDITIONS.values()).split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return {bytes.fromhex(code).decode(GB): chr(int(character, 16)) for code, character in pairs}


@cache
def _table(codec: str) -> dict[str, str]:
    """Give what is to be read in the place of what Python's codec makes of some codes; empty for most codecs."""
    return _private() if codec == GB else dict(zip(*BIG5_SYMBOLS.get(codec, ("", "")), strict=True))


@cache
def _pattern(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{characters}]")


def _translate(text: str, table: dict[str, str]) -> str:
    """Put other characters in the place of some; most texts have none of them."""
    return _pattern("".join(table)).sub(lambda found: table[found[0]], text) if table else text


def mend(text: str, codec: str) -> str:
    """Give what Python's codec made of bytes as it is to be read; no offset changes."""
    return _translate(text, _table(codec))


def is_euro(error: UnicodeDecodeError) -> bool:
    """Tell whether what Python's codec stumbled over is the euro sign."""
    return error.encoding == GB and error.object[error.start] == EURO_BYTE


def _read_euro(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError) and is_euro(error):
        return EURO, error.start + 1
    raise error


codecs.register_error(_HANDLER, _read_euro)


def read_as(data: bytes, codec: str) -> str:
    """Decode bytes. Raises UnicodeError."""
    return mend(data.decode(codec, _HANDLER if codec == GB else "strict"), codec)


def write_as(text: str, codec: str) -> bytes:
    """Encode a text so that :func:`read_as` gives it again, where that is possible: look. Raises UnicodeError."""
    return _translate(text, {new: old for old, new in _table(codec).items() if codec != "cp950"}).encode(codec)


class Decoder:
    """Decodes bytes that come in pieces as :func:`read_as` does those of a whole, each character with its last byte."""

    def __init__(self, codec: str) -> None:
        self._codec = codec
        self._decoder = codecs.getincrementaldecoder(codec)()
        self._begin = self._decoder.getstate()

    @property
    def between(self) -> bool:
        """Tell whether no character is half read and no shift in force: what comes next can be read by itself."""
        return self._decoder.getstate() == self._begin

    def decode(self, data: bytes, final: bool = False) -> str:
        """Give the characters that these bytes complete. Raises UnicodeError."""
        if self._codec != GB or EURO_BYTE not in data:
            return mend(self._decoder.decode(data, final), self._codec)
        parts: list[str] = []
        begin = 0
        while (at := data.find(EURO_BYTE, begin)) >= 0:
            parts.append(self._decoder.decode(data[begin:at]))
            parts.append(EURO if self.between else self._decoder.decode(data[at : at + 1]))
            begin = at + 1
        parts.append(self._decoder.decode(data[begin:], final))
        return mend("".join(parts), self._codec)


def edition(data: bytes) -> Edition | None:
    """Tell which edition of GB 18030 a file in it needs for the codes of :data:`EDITIONS`; None when it has none."""
    private = _pattern("".join(_private()))
    found = set(private.findall(data.decode(GB, "ignore")))
    codes = {character.encode(GB).hex().upper() for character in found}
    for year in sorted(EDITIONS, reverse=True):
        if needed := codes.intersection(EDITIONS[year].split()[::2]):
            return Edition(year, tuple(sorted(needed)))
    return None
