"""Measure what a book and a Word document cost, beside their text alone and the unpacking.

    python benchmarks/containers.py [--repeat 3] [--book MB] [--pages N] [--keep FOLDER]

Made are an EPUB of 10 MB as ebooklib writes it, and a document of 500 pages in each of two ways: as python-docx writes
it, and as Word does, which parts paragraphs into runs and notes fonts and sessions with each. Needs ebooklib and
python-docx. The text of made-up sentences is the same that stands in the .txt beside it; ten paragraphs stand twice.

Time is CPU seconds, the least of all runs in turns; memory is the peak of the whole process, and nothing is taken off
for Python itself. The goals: at most 2 × the time of the text and of unpacking, and 6 × the bytes of the unpacked
parts that hold the text.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from measure import OURS, machine, measure

SOURCE = Path(__file__).parents[1] / "src"
#: Characters of a page of a novel as Word prints it on A4, and of a chapter.
PAGE, CHAPTER = 650, 4000
#: Paragraphs that stand twice, of all there are.
COPIES = 10
_UNPACK = "import sys, zipfile; a = zipfile.ZipFile(sys.argv[1]); [a.read(name) for name in a.namelist()]"
_FONTS = '<w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体" w:cs="Times New Roman" w:hint="eastAsia"/>'


def write_paragraphs(characters: int) -> list[str]:
    """Make up paragraphs of sentences whose characters are as unequally frequent as in a language (after Zipf)."""
    rng = random.Random(5)
    letters = list(map(chr, range(0x4E00, 0x4E00 + 4000)))
    rng.shuffle(letters)
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(letters))))
    made: list[str] = []
    while characters > 0:
        lengths = [rng.randrange(8, 40) for _ in range(rng.randrange(1, 6))]
        said = "".join(
            "".join(rng.choices(letters, cum_weights=weights, k=length)) + rng.choice("，。。！？") for length in lengths
        )
        made.append(said.rstrip("，") + "。" * (said[-1] == "，"))
        characters -= len(made[-1])
    for _ in range(COPIES):
        at = rng.randrange(len(made))
        made.insert(at, made[at])
    return made


def write_book(path: Path, paragraphs: Sequence[str]) -> None:
    """Have ebooklib write a book."""
    from ebooklib import epub

    book = epub.EpubBook()
    book.set_identifier("urn:uuid:made-up")
    book.set_title("书")
    book.set_language("zh")
    chapters = []
    for number, chapter in enumerate(chapters_of(paragraphs)):
        item = epub.EpubHtml(title=f"第{number}章", file_name=f"c{number}.xhtml", lang="zh")
        item.content = f"<h2>第{number}章</h2>" + "".join(f"<p>{said}</p>\n" for said in chapter)
        book.add_item(item)
        chapters.append(item)
    book.toc, book.spine = chapters, ["nav", *chapters]
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    epub.write_epub(str(path), book)


def chapters_of(paragraphs: Sequence[str]) -> Iterator[list[str]]:
    """Put paragraphs together to chapters."""
    chapter: list[str] = []
    for said in paragraphs:
        chapter.append(said)
        if sum(map(len, chapter)) >= CHAPTER:
            yield chapter
            chapter = []
    if chapter:
        yield chapter


def write_document(path: Path, paragraphs: Sequence[str]) -> None:
    """Have python-docx write a document."""
    from docx import Document

    document = Document()
    for number, chapter in enumerate(chapters_of(paragraphs)):
        document.add_heading(f"第{number}章", 1)
        for said in chapter:
            document.add_paragraph(said)
    document.save(str(path))


def as_word(path: Path, source: Path, paragraphs: Sequence[str]) -> None:
    """Write a document whose body is as Word leaves it: runs of some characters, each with fonts and a session."""
    rng = random.Random(6)
    body = []
    for said in paragraphs:
        session = f"00{rng.randrange(1 << 24):06X}"
        runs, at = [], 0
        while at < len(said):
            size = rng.randrange(5, 80)
            looks = f'<w:rPr>{_FONTS}<w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr>'
            runs.append(f'<w:r w:rsidR="{session}">{looks}<w:t>{said[at : at + size]}</w:t></w:r>')
            at += size
        about = f'<w:pPr><w:spacing w:line="360" w:lineRule="auto"/><w:ind w:firstLine="480"/><w:rPr>{_FONTS}</w:rPr></w:pPr>'
        body.append(f'<w:p w14:paraId="{session}" w:rsidR="{session}" w:rsidRDefault="{session}">{about}{"".join(runs)}</w:p>')
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                text = data.decode()
                head, tail = text[: text.index("<w:body>") + 8], text[text.rindex("<w:sectPr") :]
                head = head.replace("<w:document ", '<w:document xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" ', 1) if "xmlns:w14" not in head else head
                data = (head + "".join(body) + tail).encode()
            new.writestr(info, data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--book", type=float, default=10.0)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp())
    book = write_paragraphs(int(options.book * 1e6 / 2.0))
    pages = write_paragraphs(options.pages * PAGE)
    write_book(folder/"book.epub", book); (folder/"book.txt").write_text("\n".join(book))
    write_document(folder/"plain.docx", pages); (folder/"plain.txt").write_text("\n".join(pages))
    as_word(folder/"word.docx", folder/"plain.docx", pages)
main()
