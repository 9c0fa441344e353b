"""Measure what a book and a Word document cost, beside their text alone and the unpacking.

    python benchmarks/containers.py [--repeat 3] [--book 10] [--pages 500] [--keep FOLDER] [--command PYTHON]

Made are an EPUB of so many MB as ebooklib writes it, and a document of so many pages in two ways: as python-docx writes
it, and as Word does, which parts paragraphs into runs and notes fonts and sessions with each. This needs ebooklib and
python-docx; ``--command`` names a Python that has the program, where this one does not. The made-up text stands in a
.txt beside each, and ten paragraphs in it twice.

Times are CPU seconds, the least of all runs in turns; memory is the peak of the whole process, nothing taken off for
Python itself. Goals: at most 2 x the time of the text alone and of unpacking, and at most 6 x the bytes of the unpacked
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

from measure import Cost, machine, measure

#: Characters of a page of a novel as Word prints it on A4, and of a chapter.
PAGE, CHAPTER = 650, 4000
#: Bytes of the archive for each character, which ebooklib and zlib make of this text.
PACKED = 2.0
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
        said = ""
        for _ in range(rng.randrange(1, 6)):
            said += "".join(rng.choices(letters, cum_weights=weights, k=rng.randrange(8, 40))) + rng.choice("，。！？")
        made.append(said[:-1] + "。")
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
    looks = f'<w:rPr>{_FONTS}<w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr>'
    about = '<w:pPr><w:spacing w:line="360" w:lineRule="auto"/><w:ind w:firstLine="480"/>'
    about += f"<w:rPr>{_FONTS}</w:rPr></w:pPr>"
    body: list[str] = []
    for said in paragraphs:
        session = f"00{rng.randrange(1 << 24):06X}"
        runs, at = [], 0
        while at < len(said):
            size = rng.randrange(5, 80)
            runs.append(f'<w:r w:rsidR="{session}">{looks}<w:t>{said[at : at + size]}</w:t></w:r>')
            at += size
        body.append(f'<w:p w:rsidR="{session}" w:rsidRDefault="{session}">{about}{"".join(runs)}</w:p>')
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                text = data.decode()
                begin, end = text.index("<w:body>") + len("<w:body>"), text.rindex("<w:sectPr")
                data = (text[:begin] + "".join(body) + text[end:]).encode()
            new.writestr(info, data)


def row(python: str, path: Path, text: Path, repeat: int) -> str:
    """Clean a file, then its text alone, and unpack it, in turns; give the row of the table."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts if part.filename.endswith(("xhtml", "document.xml")))
    program = (python, "-m", "dedupe_cn", "clean", "--isolated", "-q", "--jobs", "1", "-o")
    commands = {
        "file": (*program, str(path.with_stem(f"{path.stem}-clean")), str(path)),
        "text": (*program, str(text.with_stem(f"{text.stem}-clean")), str(text)),
        "unpack": (python, "-c", _UNPACK, str(path)),
        "nothing": (python, "-c", "import sys, zipfile"),
    }
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(repeat):
        for name, command in commands.items():
            costs[name].append(measure(command))
            if costs[name][-1].code:
                raise SystemExit(f"{' '.join(command)}: ended with {costs[name][-1].code}")
    cpu = {name: min(cost.cpu for cost in runs) for name, runs in costs.items()}
    memory = {name: max(cost.memory for cost in runs) for name, runs in costs.items()}
    beside = cpu["text"] + cpu["unpack"] - cpu["nothing"]
    return (
        f"| {path.name} | {path.stat().st_size / 1e6:.1f} | {unpacked / 1e6:.1f} | {text.stat().st_size / 1e6:.1f} "
        f"| {cpu['file']:.2f} | {beside:.2f} | {cpu['file'] / beside:.2f} "
        f"| {memory['file']:.0f} | {memory['text']:.0f} "
        f"| {memory['file'] * 1e6 / unpacked:.1f} | {memory['text'] * 1e6 / unpacked:.1f} |"
    )


def main() -> None:
    """Make the files, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--book", type=float, default=10.0)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--command", default=sys.executable)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        folder: Path = options.keep or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        book = write_paragraphs(int(options.book * 1e6 / PACKED))
        pages = write_paragraphs(options.pages * PAGE)
        for name, paragraphs in (("book", book), ("pages", pages)):
            (folder / f"{name}.txt").write_text("\n".join(paragraphs) + "\n", encoding="utf-8")
        write_book(folder / "book.epub", book)
        write_document(folder / "python-docx.docx", pages)
        as_word(folder / "word.docx", folder / "python-docx.docx", pages)
        print(f"{machine()}, least of {options.repeat}\n")
        print("| file | MB | unpacked MB | text MB | CPU s | text and unpacking, s | ratio ", end="")
        print("| peak MB | that of the text | by unpacked | that of the text |\n" + "|---" * 11 + "|")
        for name, text in (("book.epub", "book"), ("python-docx.docx", "pages"), ("word.docx", "pages")):
            print(row(options.command, folder / name, folder / f"{text}.txt", options.repeat), flush=True)


if __name__ == "__main__":
    main()
