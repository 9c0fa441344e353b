"""Archives that cannot be read, or should not be: one clear line in both languages, and nothing is opened outside."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from archive_files import STORY, book, book_entries, cleaned, packed, texts, word, word_entries, xhtml

from dedupe_cn.errors import InputError
from dedupe_cn.library import open_archive

ONE, TWO = STORY[:2]
CHAPTER = "OEBPS/text/c0.xhtml"
PAGE = xhtml(f"<p>{ONE}</p>")


def refused(data: bytes, form: str, most: int = 1 << 28) -> str:
    with pytest.raises(InputError) as raised:
        open_archive(data, form, most)
    english, chinese = raised.value.words("en"), raised.value.words("zh")
    assert all(english)
    assert all(chinese)
    assert english[0].isascii()
    assert "\n" not in "".join((*english, *chinese))
    return raised.value.code


def chapter(content: str | bytes, others: dict[str, str] | None = None) -> bytes:
    return packed({**book_entries([PAGE]), CHAPTER: content, **(others or {})})


def encrypted(data: bytes) -> bytes:
    """Set the flag of the first entry that says that a password is needed."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + struct.pack("<H", 1) + data[at + 2 :]


def badly_named(data: bytes) -> bytes:
    """Give an entry a name in GBK, without the bit that says UTF-8."""
    return data.replace("注记".encode() + b"x", "注记章".encode("gbk") + b"x")


BOMB = xhtml(f"<p>{'天' * (1 << 23)}</p>")
CASES = {
    "a password": ("docx", encrypted(word(texts(ONE))), "zip-password"),
    "old office": ("docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "zip-password"),
    "no archive": ("epub", b"PK no", "zip-damaged"),
    "nothing": ("epub", b"", "zip-damaged"),
    "cut off": ("epub", book(PAGE)[:-40], "zip-damaged"),
    "cut in the middle": ("docx", word(texts(*STORY * 9))[300:], "zip-damaged"),
    "a bomb": ("epub", chapter(BOMB), "zip-bomb"),
    "a name in GBK": ("epub", badly_named(chapter(PAGE, {"OEBPS/注记x": ""})), "zip-name"),
    "no book": ("epub", packed({"a.txt": "甲"}), "zip-part"),
    "no document": ("docx", packed({"a.txt": "甲"}), "docx-none"),
    "a book as a document": ("docx", book(PAGE), "docx-none"),
    "a part that is missing": (
        "epub",
        packed({name: content for name, content in book_entries([PAGE]).items() if name != CHAPTER}),
        "zip-part",
    ),
    "UTF-16": ("epub", chapter(PAGE.replace("utf-8", "utf-16").encode("utf-16")), "xml-encoding"),
    "declared GBK": ("epub", chapter(PAGE.replace("utf-8", "gbk").encode("gbk")), "xml-encoding"),
    "declared UTF-8, but GBK": ("epub", chapter(PAGE.encode("gbk")), "xml-damaged"),
    "declared GBK, but UTF-8": ("epub", chapter(PAGE.replace("utf-8", "gb2312")), "xml-encoding"),
    "not well-formed": ("epub", chapter(PAGE.replace("</p>", "")), "xml-damaged"),
    "an unknown entity": ("epub", chapter(PAGE.replace("<p>", "<p>&foo;")), "xml-damaged"),
    "an entity of its own": (
        "epub",
        chapter('<!DOCTYPE html [<!ENTITY a "甲">]>' + PAGE.split("\n", 1)[1].replace("<p>", "<p>&a;")),
        "xml-entities",
    ),
    "a billion laughs": (
        "docx",
        packed(
            {
                **word_entries(""),
                "word/document.xml": '<!DOCTYPE w [<!ENTITY a "哈"><!ENTITY b "&a;&a;">]><w:document/>',
            }
        ),
        "xml-entities",
    ),
    "an external entity": (
        "epub",
        chapter('<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + PAGE.split("\n", 1)[1]),
        "xml-entities",
    ),
    "rights": ("epub", chapter(PAGE, {"META-INF/rights.xml": "<rights/>"}), "epub-drm"),
    "encryption": (
        "epub",
        chapter(
            PAGE,
            {
                "META-INF/encryption.xml": '<e xmlns="u"><EncryptionMethod '
                'Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></e>'
            },
        ),
        "epub-drm",
    ),
    "another packing": ("docx", None, "zip-method"),
}


def _bzip2() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as archive:
        for name, content in word_entries(texts(ONE)).items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(("form", "data", "code"), CASES.values(), ids=CASES.keys())
def test_what_cannot_be_read_is_refused(form: str, data: bytes | None, code: str) -> None:
    assert refused(data if data is not None else _bzip2(), form) == code


def test_the_size_is_bounded() -> None:
    data = book(f"<p>{ONE}</p>" * 900)
    assert refused(data, "epub", 20_000) == "zip-bomb"
    assert open_archive(data, "epub", 1 << 20).text


def test_a_size_that_lies_is_damage() -> None:
    data = bytearray(word(texts(*STORY)))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 50)
    assert refused(bytes(data), "docx") == "zip-damaged"


def test_fonts_that_are_mixed_up_are_no_protection() -> None:
    told = '<e xmlns="u"><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></e>'
    assert open_archive(chapter(PAGE, {"META-INF/encryption.xml": told}), "epub").text == f"{ONE}\n"


def test_a_name_in_utf_8_without_its_bit_is_read() -> None:
    body = xhtml(f"<p>{ONE}</p>\n<p>{ONE}</p>\n<p>{TWO}</p>")
    entries = book_entries([body])
    entries = {name.replace("c0", "章一"): content for name, content in entries.items()}
    package = str(entries["OEBPS/content.opf"]).replace("text/c0.xhtml", "text/%E7%AB%A0%E4%B8%80.xhtml")
    data = bytearray(packed({**entries, "OEBPS/content.opf": package}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + at + 1] &= ~0x08 & 0xFF
            place = data.find(sign, place + 1)
    done = cleaned(bytes(data), "epub")
    assert done.outcome.text == f"{ONE}\n{TWO}\n"
    assert "章一".encode() in done.data


def test_no_file_outside_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*arguments: object, **named: object) -> None:
        raise AssertionError(arguments)

    monkeypatch.setattr("builtins.open", never)
    declaration = '<?xml version="1.0"?>\n<!DOCTYPE html SYSTEM "file:///etc/passwd">\n'
    assert open_archive(chapter(xhtml(f"<p>{ONE}</p>", "", declaration)), "epub").text == f"{ONE}\n"
