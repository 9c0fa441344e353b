"""The targets of the run that is led by coverage; fuzz.py starts them.

    python tests/fuzz/guided.py decode|markup|clean FOLDER [options of libFuzzer]

An exception that is none of ours, a broken law, or an input that takes too long is a finding. The runs begin from the
samples and from the texts of the golden tests.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from hashlib import sha256
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["dedupe_cn"]):
    import dedupe_cn.compare
    import dedupe_cn.copies
    import dedupe_cn.judge
    import dedupe_cn.text
    import dedupe_cn.tidy

    # Most modules are imported by the step that needs them, which would be too late.
    rooms = (dedupe_cn.text, dedupe_cn.tidy, dedupe_cn.compare, dedupe_cn.copies, dedupe_cn.judge)
    for package in rooms:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    from dedupe_cn import pipeline
    from dedupe_cn.encoding.decoding import decode
    from dedupe_cn.library import clean_bytes, clean_decoded, detect, make_settings
    from dedupe_cn.model import Document, Kind, Level
    from dedupe_cn.settings import KEEPS, TIDY_ON_REQUEST
    from dedupe_cn.text.segments import blocks, protected_spans

TESTS = Path(__file__).resolve().parents[1]
#: One setting for each value of the first byte.
SETTINGS = [
    make_settings(level, keep=keep, select=select)
    for level in Level
    for keep in KEEPS
    for select in ((), ("repeats", "tidy", *TIDY_ON_REQUEST))
]
KINDS = tuple(Kind)


def decode_bytes(data: bytes) -> None:
    """Any bytes: never an exception; what is certain comes out of ``clean_bytes`` too."""
    decoded = decode(data)
    detect(data)
    if not decoded.legible:
        return
    if decoded.certain and not decoded.errors and decoded.encoding == "utf-8":
        assert decoded.text.encode() == data.removeprefix(b"\xef\xbb\xbf")
    clean_decoded(decoded, SETTINGS[0], kind=Kind.TEXT)


def read_markup(data: bytes) -> None:
    """Any text: blocks are in order and inside of the text, and so is what is protected."""
    kind = KINDS[data[0] % len(KINDS)] if data else Kind.TEXT
    text = data[1:].decode("utf-8", "replace")
    end = 0
    for block in blocks(text, kind):
        assert end <= block.start <= block.end <= len(text)
        end = block.end
    for spans in protected_spans(text, kind):
        for span in spans:
            assert 0 <= span.start <= span.end <= len(text)


def clean_text(data: bytes) -> None:
    """Any text at any setting: the laws, which the pipeline checks, and a second run that changes nothing."""
    chosen = SETTINGS[data[0] % len(SETTINGS)] if data else SETTINGS[0]
    kind = KINDS[data[0] // len(SETTINGS) % len(KINDS)] if data else Kind.TEXT
    text = data[1:].decode("utf-8", "replace")
    outcome = pipeline.clean(Document(text, kind), chosen)
    assert pipeline.clean(Document(outcome.text, kind), chosen).text == outcome.text, "a second run changes more"
    if not text.startswith("\ufeff"):  # what is a mark of the encoding in bytes
        assert clean_bytes(text.encode(), settings=chosen, kind=kind, encoding="utf-8").outcome.text == outcome.text


TARGETS = {"decode": decode_bytes, "markup": read_markup, "clean": clean_text}


def plant(folder: Path, target: str) -> None:
    """Give the run its first inputs."""
    sources = [*TESTS.parent.joinpath("samples").rglob("*"), *TESTS.joinpath("golden").rglob("*")]
    sources += TESTS.joinpath("first_ten_minutes").rglob("*")
    for source in sources:
        if source.is_file() and source.stat().st_size <= 4000:
            data = source.read_bytes()
            data = data if target == "decode" else bytes([len(data) % 256]) + data
            folder.joinpath(sha256(data).hexdigest()[:16]).write_bytes(data)


def main() -> None:
    """Plant the first inputs and start."""
    target, folder = sys.argv[1], Path(sys.argv[2])
    plant(folder, target)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
