"""Make Word documents, books and subtitles with real programs, each with one paragraph or cue that stands twice."""

from __future__ import annotations

import html
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

PLANTED = "渡口的船工说，上个月发大水的时候，对岸的堤坝塌了一段，到今天也没有人来修，过河的人只好绕到下游的石桥去。"
STORY = (
    "他把账本合上，望着窗外的雨，很久没有说话，也没有起身去点灯。第二天天还没有亮，他就沿着河岸往北走。",
    "这座桥建于一九三五年，长一百二十米，是全城最老的桥。桥头有一家小店，卖些针线和旧书，掌柜的姓孟。",
    "姐姐把晒干的草药一捆一捆扎好，放进竹篮里，又在上面盖了一层油纸，说是怕路上下雨，湿了就卖不出好价钱。",
    "学校放假的那几天，操场上长满了野草，看门的老人每天傍晚拿一把镰刀割上一阵，割下来的草就堆在围墙下面。",
)
#: Places of the planted paragraph among the others.
PLACES = (1, 2, 3, 4)


def passages(place: int) -> list[str]:
    """Give the paragraphs of a text in which the planted one stands twice in a row."""
    return [*STORY[:place], PLANTED, PLANTED, *STORY[place:]]


def convert(folder: Path, sources: Sequence[Path], form: str) -> None:
    """Have LibreOffice write files in a form."""
    with tempfile.TemporaryDirectory() as profile:
        call = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", form]
        call += ["--outdir", str(folder), *map(str, sources)]
        subprocess.run(call, capture_output=True, check=True, timeout=400)


def make_documents(folder: Path) -> list[Path]:
    """Make Word documents by python-docx, pandoc and LibreOffice."""
    made = [*_by_python_docx(folder), *_by_pandoc(folder, "docx"), *_by_libreoffice(folder)]
    made += _with_hidden_parts(folder)
    return [path for path in made if path.exists()]


def _by_python_docx(folder: Path) -> Iterator[Path]:
    from docx import Document
    from docx.enum.text import WD_BREAK

    for number, place in enumerate(PLACES * 2):
        document = Document()
        document.add_heading("第一章 雨夜", 1)
        if number % 2:
            document.add_paragraph("目录", style="Title")
            document.add_paragraph("桥头", style="List Bullet")
        for text in passages(place):
            paragraph = document.add_paragraph()
            paragraph.add_run(text[:9]).bold = number % 3 == 0
            paragraph.add_run(text[9:])
        if number > 3:
            table = document.add_table(2, 2)
            table.cell(0, 0).text, table.cell(1, 1).text = "甲", "乙"
            document.add_paragraph("见下页").add_run().add_break(WD_BREAK.PAGE)
            document.sections[0].header.paragraphs[0].text = "页眉"
        document.add_heading("第二章 桥", 1)
        document.add_paragraph("末段到此为止，后面再没有别的话了。")
        path = folder / f"python-docx-{number}.docx"
        document.save(str(path))
        yield path


#: What a paragraph holds beside its text, for which no program here makes a file; ``{}`` differs in the two of a pair.
_HIDDEN = {
    "insertion": '<w:ins w:id="{0}" w:author="甲{0}"><w:r><w:t>另有约定</w:t></w:r></w:ins>',
    "deletion": '<w:del w:id="{0}" w:author="甲"><w:r><w:delText>第{0}条</w:delText></w:r></w:del>',
    "ruby": "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>qiao{}</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>桥</w:t></w:r></w:rubyBase></w:ruby></w:r>",
    "field": '<w:fldSimple w:instr="REF 第{}节"><w:r><w:t>三</w:t></w:r></w:fldSimple>',
    "text-box": '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:90pt;height:20pt">'
    "<v:textbox><w:txbxContent><w:p><w:r><w:t>盒{}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
    "</w:pict></w:r>",
    "formula": '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x+{}</m:t></m:r>'
    "</m:oMath>",
}


def _with_hidden_parts(folder: Path) -> Iterator[Path]:
    """Write into documents of python-docx two paragraphs whose texts are equal, and that differ in what they hold."""
    import zipfile

    for (name, hidden), source in zip(_HIDDEN.items(), _by_python_docx(folder), strict=False):
        path = folder / f"hidden-{name}.docx"
        said = "甲乙双方就修桥的工期和用料分别议定，此处所记以双方签字的那一份为准，其余各份只供查阅。"
        pair = "".join(f"<w:p><w:r><w:t>{said}</w:t></w:r>{hidden.format(n)}</w:p>" for n in (1, 2))
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                data = old.read(info)
                if info.filename == "word/document.xml":
                    data = data.replace(b"<w:sectPr", pair.encode() + b"<w:sectPr", 1)
                new.writestr(info, data)
        yield path


def _markdown(place: int, notes: bool) -> str:
    parts = ["# 第一章 雨夜", *passages(place), "- 一支笔\n- 一张纸"]
    parts += ["| 甲 | 乙 |\n|---|---|\n| 1 | 2 |", "# 第二章 桥"]
    if notes:
        parts += ["末段有一个注。[^1]\n\n[^1]: 注的文字。", "公式是 $x^2$，*斜体*和**粗体**各有一处。"]
    return "\n\n".join([*parts, "末段到此为止，后面再没有别的话了。"]) + "\n"


def _by_pandoc(folder: Path, form: str, extra: Sequence[str] = ()) -> Iterator[Path]:
    for number, place in enumerate(PLACES * 2):
        source = folder / "source.md"
        source.write_text(_markdown(place, number > 3), encoding="utf-8")
        path = folder / f"pandoc-{form}-{number}.{form.rstrip('23')}"
        call = ["pandoc", str(source), "-t", form, "--metadata", "title=书", "--metadata", "lang=zh", *extra]
        subprocess.run([*call, "-o", str(path)], check=True, capture_output=True)
        yield path


def _by_libreoffice(folder: Path) -> list[Path]:
    sources = folder / "sources"
    sources.mkdir(exist_ok=True)
    paths = []
    for number, place in enumerate(PLACES * 2):
        body = "".join(f"<p>{html.escape(text)}</p>" for text in passages(place))
        more = "<ol><li>一支笔</li></ol><table border=1><tr><td>甲</td></tr></table>" if number > 3 else ""
        page = f"<html><head><meta charset='utf-8'></head><body><h1>第一章 雨夜</h1>{body}{more}<h1>第二章</h1>"
        page += "<p>末段。</p>"
        source = sources / f"libreoffice-{number}.html"
        source.write_text(page, encoding="utf-8")
        paths.append(source)
    convert(sources, paths, "odt")
    convert(folder, [path.with_suffix(".odt") for path in paths], "docx:MS Word 2007 XML")
    return [folder / f"{path.stem}.docx" for path in paths]


def make_books(folder: Path) -> list[Path]:
    """Make books by ebooklib, pandoc and by hand."""
    return [*_by_ebooklib(folder), *_by_pandoc(folder, "epub2"), *_by_pandoc(folder, "epub3"), *_by_hand(folder)]


def _by_ebooklib(folder: Path) -> Iterator[Path]:
    from ebooklib import epub

    for number, place in enumerate(PLACES):
        book = epub.EpubBook()
        book.set_identifier(f"id{number}")
        book.set_title("书")
        book.set_language("zh")
        chapters = []
        for order, texts in enumerate((passages(place), ["末段到此为止，后面再没有别的话了。"])):
            chapter = epub.EpubHtml(title=f"第{order}章", file_name=f"c{order}.xhtml", lang="zh")
            chapter.content = f"<h1>第{order}章</h1>" + "".join(f"<p>{text}</p>" for text in texts)
            book.add_item(chapter)
            chapters.append(chapter)
        book.toc = tuple(chapters)
        book.add_item(epub.EpubNcx())
        book.add_item(epub.EpubNav())
        book.spine = ["nav", *chapters]
        path = folder / f"ebooklib-{number}.epub"
        epub.write_epub(str(path), book)
        yield path


_SPECIAL = (
    "<p>这个字读作<ruby>渡<rt>dù</rt></ruby>，不读别的音。</p>",
    '<p><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo>=</mo><mn>1</mn></math></p>',
    '<p><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="3"/></svg></p>',
    "<blockquote><p>远行的人没有寄信来。</p></blockquote>",
)


_OPS = ' xmlns:epub="http://www.idpf.org/2007/ops"'
_OLD = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'


def _page(inside: str, old: bool) -> str:
    """Write a page of a book, as EPUB 2 or 3 wants it."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n{_OLD if old else "<!DOCTYPE html>"}\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"{"" if old else _OPS}><head><title>书</title></head>'
        f"<body>\n{inside}\n</body></html>\n"
    )


def _by_hand(folder: Path) -> Iterator[Path]:
    import zipfile

    for number, place in enumerate(PLACES * 2):
        old = number > 3
        special = "" if old else _SPECIAL[number % 4]
        body = "\n".join(f"<p>{text}</p>" for text in passages(place))
        properties = {1: ' properties="mathml"', 2: ' properties="svg"'}.get(number, "")
        items = f'<item id="c0" href="c0.xhtml" media-type="application/xhtml+xml"{properties}/>'
        items += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        if not old:
            items += '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        modified = "" if old else '<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta>'
        package = (
            f'<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="{"2.0" if old else "3.0"}" '
            'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<dc:identifier id="id">urn:uuid:x{number}</dc:identifier><dc:title>书</dc:title>'
            f"<dc:language>zh</dc:language>{modified}</metadata><manifest>{items}</manifest>"
            '<spine toc="ncx"><itemref idref="c0"/></spine></package>'
        )
        ncx = (
            '<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head>'
            f'<meta name="dtb:uid" content="urn:uuid:x{number}"/></head><docTitle><text>书</text></docTitle><navMap>'
            '<navPoint id="n" playOrder="1"><navLabel><text>雨夜</text></navLabel>'
            '<content src="c0.xhtml#h"/></navPoint>'
            "</navMap></ncx>"
        )
        path = folder / f"by-hand-{number}.epub"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo("mimetype"), "application/epub+zip")
            archive.writestr(
                "META-INF/container.xml",
                '<?xml version="1.0"?><container version="1.0" '
                'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="E/p.opf" '
                'media-type="application/oebps-package+xml"/></rootfiles></container>',
            )
            archive.writestr("E/p.opf", package)
            archive.writestr("E/c0.xhtml", _page(f'<h1 id="h">雨夜</h1>\n{body}\n{special}', old))
            archive.writestr("E/toc.ncx", ncx)
            if not old:
                links = '<nav epub:type="toc"><ol><li><a href="c0.xhtml#h">雨夜</a></li></ol></nav>'
                archive.writestr("E/nav.xhtml", _page(links, old))
        yield path


def _stamp(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"


def make_captions(folder: Path) -> list[Path]:
    """Write subtitles in the shapes of speech models, and have ffmpeg convert them."""
    import imageio_ffmpeg

    made: list[Path] = []
    for number, place in enumerate(PLACES * 2):
        lines = passages(place)
        length, gap = 4000, (0, 40)[number % 2]
        rows, at = [], 1000
        for order, line in enumerate(lines, 1):
            rows.append(f"{order}\n{_stamp(at)} --> {_stamp(at + length)}\n{line}\n\n")
            at += length + (gap if line == PLANTED else 700)
        path = folder / f"speech-{number}.srt"
        path.write_text("".join(rows), encoding="utf-8-sig" if number == 7 else "utf-8")
        made.append(path)
        for form in ("vtt", "ass"):
            converted = folder / f"ffmpeg-{number}.{form}"
            call = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-i", str(path), str(converted)]
            subprocess.run(call, check=True)
            made.append(converted)
    return made


#: Lines of speech, one a caption.
ROLLED = ("大家好欢迎收看本期", "今天去看一座老桥", "它在镇子的北头", "桥上走了一百年的人", "今年要修一修了")


def make_rolling(folder: Path) -> list[Path]:
    """Write captions of two and three lines in which each repeats the ones before, and have ffmpeg convert them."""
    import imageio_ffmpeg

    made: list[Path] = []
    for lines in (2, 3):
        rows = []
        for order in range(len(ROLLED)):
            said = "\n".join(ROLLED[max(0, order - lines + 1) : order + 1])
            rows.append(f"{order + 1}\n{_stamp(order * 2000)} --> {_stamp(order * 2000 + 2000)}\n{said}\n\n")
        made.append(folder / f"rolling-{lines}.srt")
        made[-1].write_text("".join(rows), encoding="utf-8")
        for form in ("vtt", "ass"):
            converted = folder / f"rolling-{lines}.{form}"
            call = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-i", str(folder / f"rolling-{lines}.srt")]
            subprocess.run([*call, str(converted)], check=True)
            made.append(converted)
    return made
