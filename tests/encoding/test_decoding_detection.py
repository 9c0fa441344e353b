from __future__ import annotations

import decoding_samples as samples
import pytest

from dedupe_cn.encoding.binary import CONTROLS, NULS, has_binary_bytes
from dedupe_cn.encoding.detection import describe, looks_binary, newline_style
from dedupe_cn.model import Warning as Finding


def test_a_certain_file_is_described() -> None:
    found = describe(samples.SIMPLIFIED.replace("\n", "\r\n").encode("gbk"))
    assert (found.encoding, found.certain, found.legible, found.binary) == ("gb18030", True, True, False)
    assert (found.newline, found.bom, found.reason) == ("crlf", False, "")
    assert found.candidates[0].encoding == "gb18030"
    assert found.confidence > 0.9
    assert (found.mixed_lines, found.losses) == ((), ())


def test_a_damaged_file_is_described_with_its_lossy_places() -> None:
    data = samples.SIMPLIFIED.encode()
    found = describe(data[:30] + b"\xff" + data[30:])
    assert (found.encoding, found.certain, found.legible) == ("utf-8", False, True)
    assert [(loss.offset, loss.position) for loss in found.losses] == [(30, 10)]
    assert found.reason == "1 broken place"


def test_the_rivals_of_an_uncertain_file_are_named() -> None:
    found = describe("为为为为".encode("gbk"))
    assert not found.certain
    assert {"gb18030", "utf-8"} <= {candidate.encoding for candidate in found.candidates}


def test_suspicious_characters_are_looked_for_in_legible_text_only() -> None:
    def look(text: str) -> tuple[Finding, ...]:
        return (Finding("private-use", text.count("\ue000"), text.find("\ue000")),)

    assert describe("一\ue000\n".encode(), look=look).suspicious == (Finding("private-use", 1, 1),)
    assert describe(bytes(range(256)), look=look).suspicious == ()


@pytest.mark.parametrize(
    ("text", "style"),
    [("一", "none"), ("一\n二\n", "lf"), ("一\r\n二\r\n", "crlf"), ("一\r二\r", "cr"), ("一\r\n二\n", "mixed")],
)
def test_newline_styles(text: str, style: str) -> None:
    assert newline_style(text) == style


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x06\x00\x00\x00",
        b"\x7fELF\x02\x01\x01" + bytes(60),
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(200)),
        bytes(range(256)) * 3,
        b"name\x00value\x00" * 20,
    ],
)
def test_binary_data_is_recognised(data: bytes) -> None:
    assert looks_binary(data)
    assert describe(data).binary


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain text\n",
        b"\x1b[1mbold\x1b[0m\x07\n",
        samples.SIMPLIFIED.encode("gbk"),
        samples.TRADITIONAL.encode("big5"),
        samples.SIMPLIFIED.encode("utf-16-le"),
        samples.SIMPLIFIED.encode("utf-16"),
        samples.CODE.encode("utf-16-be"),
        samples.SIMPLIFIED.encode("utf-32-le"),
        samples.FRENCH.encode("cp1252"),
    ],
)
def test_text_is_not_binary(data: bytes) -> None:
    assert not looks_binary(data)


@pytest.mark.parametrize("odd", [b"\x00", b"\x01", b"\x7f", b"\x00\x01"])
def test_so_many_controls_are_binary(odd: bytes) -> None:
    for count in range(60):
        data = odd * count + "正文。\n".encode() * 100
        nuls, controls = data.count(0), sum(data.count(byte) for byte in (0, 1, 0x7F))
        assert has_binary_bytes(data) == (nuls > NULS * len(data) or controls > CONTROLS * len(data))
