"""Subtitles are cut, never written anew: what stays of a file is what it was, byte for byte."""

from __future__ import annotations

import pytest
from caption_files import ass, cleaned, spoken, srt, vtt

from dedupe_cn.encoding.decoding import decode
from dedupe_cn.errors import InputError
from dedupe_cn.library import open_captions

LINE = "今天我们来看看这座老桥的由来。"
NEXT = "它建成的那一年，镇上还没有电灯。"
CUES = [(1000, 3000, LINE), (1000, 3000, LINE), (4000, 6000, NEXT)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_encoding_mark_and_line_ends_stay(encoding: str, end: str) -> None:
    text = srt(CUES, end)
    gone = text[text.index(f"2{end}00") : text.index(f"3{end}00")]
    assert cleaned(text.encode(encoding)).data == text.replace(gone, "").encode(encoding)


def test_notes_styles_ids_and_settings_stay() -> None:
    head = "WEBVTT - 老桥\nX: y\n\nNOTE\n说明 00:00 --> 00:01\n第二行\n\nSTYLE\n::cue { color: red }\n\n"
    body = (
        "开头\n00:01.000 --> 00:03.000 align:start line:0\n{0}\n\n"
        "NOTE 夹在中间\n\n"
        "7\n00:01.000 --> 00:03.000 align:start line:0\n{0}\n\n\n"
        "NOTE 末尾\n"
    ).replace("{0}", LINE)
    gone = f"7\n00:01.000 --> 00:03.000 align:start line:0\n{LINE}\n\n\n"
    assert cleaned(head + body, "vtt").data.decode() == (head + body).replace(gone, "")


@pytest.mark.parametrize(
    "columns", ["Layer, Start, End, Style, Text", "Start,End,Layer,Style,Text", "Style, End, Start, Layer, Text"]
)
def test_the_columns_of_ass_may_stand_in_any_order(columns: str) -> None:
    assert cleaned(ass(CUES, columns), "ass").data.decode() == ass(CUES[1:], columns)


def test_comments_and_fonts_of_ass_stay() -> None:
    text = ass(CUES) + "Comment: 0,0:00:01.00,0:00:03.00,Default," + LINE + "\n\n[Fonts]\nfontname: x\nAAA\n"
    assert cleaned(text, "ass").data.decode() == text.replace(ass(CUES).splitlines(keepends=True)[-2], "", 1)


def test_times_are_joined_as_the_file_writes_times() -> None:
    short = f"WEBVTT\n\n00:01.000 --> 00:03.000\n{LINE}\n\n00:03.000 --> 00:05.500\n{LINE}\n"
    assert cleaned(short, "vtt").data.decode() == f"WEBVTT\n\n00:01.000 --> 00:05.500\n{LINE}\n\n"
    text = f"1\n0:00:01,50 --> 0:00:03,0\n{LINE}\n\n2\n0:00:03,0 --> 0:00:05,5\n{LINE}\n"
    assert cleaned(text).data.decode() == f"1\n0:00:01,50 --> 0:00:05,5\n{LINE}\n\n"
    dialogue = ass([(1000, 3000, LINE), (3000, 5210, LINE)])
    assert cleaned(dialogue, "ass").data.decode() == ass([(1000, 5210, LINE)])


def test_the_last_cue_without_a_line_end() -> None:
    text = srt(CUES[:2]).rstrip("\n")
    assert cleaned(text).data.decode() == srt(CUES[:1])


def test_a_blank_line_in_a_cue_of_srt_is_a_part_of_it() -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\n甲\n\n乙\n\n2\n00:00:04,000 --> 00:00:05,000\n丙\n"
    done = cleaned(text)
    assert (done.outcome.text, done.data.decode()) == ("甲\n乙\n丙\n", text)


def test_an_arrow_in_what_is_said_tells_no_time() -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\n东门 --> 西门\n9:30:00 - 10:30:00\n\n"
    assert cleaned(text).outcome.text == "东门 --> 西门\n9:30:00 - 10:30:00\n"


def test_escapes_of_webvtt_are_what_they_stand_for() -> None:
    said = ["甲 &amp; 乙 &lt;好&gt;", "&nbsp;", "东门&#10;西门"]
    text = vtt(spoken(said))
    assert cleaned(text, "vtt").outcome.text == "甲 & 乙 <好>\n东门 西门\n"
    assert cleaned(srt(spoken(said))).outcome.text == "".join(f"{line}\n" for line in said)


@pytest.mark.parametrize(
    ("form", "text", "code"),
    [
        ("srt", "1\n00:00:01 -> 00:00:02\n甲\n", "cues-times"),
        ("srt", "没有字幕\n", "cues-none"),
        ("srt", f"{srt(CUES)}4\n00:00:0x,000 --> 00:00:09,000\n乙\n".replace("0x", ":;"), "cues-times"),
        ("srt", srt([(5000, 3000, LINE)]), "cues-times"),
        ("vtt", "WEBVTT\n\n00:01.000 --> \n甲\n", "cues-times"),
        ("srt", f"{srt(CUES)}4\n00:00:08,000 -> 00:00:09,000\n乙\n", "cues-times"),
        ("srt", f"{srt(CUES)}4\n00:00:08，000 --> 00:00:09，000\n乙\n", "cues-times"),
        ("srt", f"{srt(CUES)}4\n00:00:08,000 --> 00:00:09,000 --> 00:00:10,000\n乙\n", "cues-times"),
        ("srt", f"{srt(CUES)}4\n00:00:68,000 --> 00:01:09,000\n乙\n", "cues-times"),
        ("vtt", f"{vtt(CUES)}00:61:00.000 --> 00:62:00.000\n乙\n", "cues-times"),
        ("ass", ass(CUES).replace("0:00:04.00", "0:00:64.00"), "cues-times"),
        ("ass", ass(CUES).replace("0:00:04.00", "0-00-04"), "cues-times"),
        ("ass", ass(CUES) + "Dialogue: 0,0:00:01.00\n", "cues-times"),
    ],
)
def test_broken_times_are_an_error(form: str, text: str, code: str) -> None:
    data = text.encode()
    with pytest.raises(InputError) as raised:
        open_captions(data, decode(data), form)
    assert raised.value.code == code
    assert all(raised.value.words("zh"))
    assert all(raised.value.words("en"))


@pytest.mark.parametrize(("form", "text"), [("srt", ""), ("vtt", "WEBVTT\n"), ("srt", "\n\n")])
def test_a_file_without_cues_that_is_empty_stays(form: str, text: str) -> None:
    assert cleaned(text, form).data == text.encode()


def test_nothing_to_do_keeps_the_bytes() -> None:
    for form, text in (("srt", srt(CUES[1:])), ("vtt", vtt(CUES[1:])), ("ass", ass(spoken([LINE, NEXT])))):
        data = text.encode("utf-8-sig")
        assert cleaned(data, form).data == data
