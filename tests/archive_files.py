"""Make books and Word documents with the standard library alone, in shapes that programs write, and take them apart."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from dedupe_cn.library import CleanedBytes, clean_decoded, open_archive
from dedupe_cn.model import Kind, Level
from dedupe_cn.settings import Settings

STORY = (
    "他把账本合上，望着窗外的雨，很久没有说话，也没有起身去点灯。第二天天还没有亮，他就沿着河岸往北走，一路上没有遇见一个人。",
    "这座桥建于一九三五年，长一百二十米，是全城最老的桥。桥头有一家小店，卖些针线和旧书，掌柜的姓孟，耳朵不大好使。",
    "渡口的船工说，上个月发大水的时候，对岸的堤坝塌了一段，到今天也没有人来修，过河的人只好绕到下游的石桥去。",
    "姐姐把晒干的草药一捆一捆扎好，放进竹篮里，又在上面盖了一层油纸，说是怕路上下雨，湿了就卖不出好价钱了。",
    "学校放假的那几天，操场上长满了野草，看门的老人每天傍晚拿一把镰刀割上一阵，割下来的草就堆在围墙下面喂兔子。",
)
CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def packed(entries: Mapping[str, str | bytes], stored: Sequence[str] = ("mimetype",)) -> bytes:
    """Pack entries in order; the ``stored`` ones as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name, (2024, 5, 6, 7, 8, 10))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def streamed(entries: Mapping[str, str]) -> bytes:
    """Pack entries as a program does that cannot go back: sizes stand behind the contents."""

    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.parts: list[bytes] = []

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.parts.append(bytes(data))  # type: ignore[call-overload]
            return len(self.parts[-1])

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return b"".join(stream.parts)


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def raw_entries(data: bytes) -> dict[str, bytes]:
    """Give local header and packed bytes of each entry, as they stand in the archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
        ends = [*(info.header_offset for info in infos[1:]), archive.start_dir]
        return {info.filename: data[info.header_offset : end] for info, end in zip(infos, ends, strict=True)}


def xhtml(body: str, head: str = "", declaration: str = '<?xml version="1.0" encoding="utf-8"?>\n') -> str:
    return (
        f'{declaration}<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>书</title>{head}</head>\n<body>\n{body}\n</body></html>\n"
    )


def book_entries(chapters: Sequence[str], others: Mapping[str, str] | None = None) -> dict[str, str | bytes]:
    items = "".join(
        f'<item id="c{n}" href="text/c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters))
    )
    refs = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x</dc:identifier>'
        "<dc:title>书</dc:title><dc:language>zh</dc:language>"
        '<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>'
        f'<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>{items}'
        f"</manifest><spine>{refs}</spine></package>"
    )
    links = "".join(f'<li><a href="text/c{n}.xhtml#h{n}">第{n}章</a></li>' for n in range(len(chapters)))
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/content.opf": package,
        "OEBPS/nav.xhtml": xhtml(f'<nav epub:type="toc"><ol>{links}</ol></nav>'),
        **{f"OEBPS/text/c{n}.xhtml": chapter for n, chapter in enumerate(chapters)},
        **(others or {}),
    }


def book(*bodies: str) -> bytes:
    return packed(book_entries([xhtml(body) for body in bodies]))


def word_entries(body: str, others: Mapping[str, str] | None = None, relations: str = "") -> dict[str, str | bytes]:
    kinds = "http://schemas.openxmlformats.org/package/2006/relationships"
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{kinds}"><Relationship Id="rId1" '
        f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<?xml version="1.0"?><Relationships xmlns="{kinds}">{relations}'
        "</Relationships>",
        "word/document.xml": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<w:document xmlns:w="{_W}" xmlns:r="{_R}" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>",
        **(others or {}),
    }


def word(body: str, others: Mapping[str, str] | None = None, relations: str = "") -> bytes:
    return packed(word_entries(body, others, relations), stored=())


def run(text: str, looks: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}<w:t>{text}</w:t></w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    about = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p w:rsidR="00A1{sum(map(len, runs)):04X}">{about}{"".join(runs)}</w:p>'


def texts(*passages: str) -> str:
    return "".join(paragraph(run(passage)) for passage in passages)


def cleaned(data: bytes, form: str, level: Level = Level.STANDARD, most: int = 1 << 28) -> CleanedBytes:
    return clean_decoded(open_archive(data, form, most), Settings(level=level), kind=Kind.TEXT, data=data)


def changed_entries(before: bytes, after: bytes) -> dict[str, tuple[bytes, bytes]]:
    """Give the contents of the entries that differ; all others are the same to the byte, headers too."""
    old, new = unpacked(before), unpacked(after)
    assert list(old) == list(new)
    differing = {name: (old[name], new[name]) for name in old if old[name] != new[name]}
    raw_old, raw_new = raw_entries(before), raw_entries(after)
    assert {name for name in old if raw_old[name] != raw_new[name]} == set(differing)
    return differing
