"""Books, Word documents and subtitles through the real command: every mode, and files that are named or found."""

from __future__ import annotations

import json

import pytest
from archive_files import STORY, book, cleaned, paragraph, run, texts, unpacked, word
from caption_files import srt, vtt
from real_command import Cli

ONE, TWO, THREE = STORY[:3]
LINE = "今天我们来看看这座老桥的由来。"
CUES = [(1000, 3000, LINE), (3000, 5200, LINE), (6000, 7000, "好。")]
FILES = {
    "书.epub": book(f"<h1>雨夜</h1><p>{ONE}</p><p>{ONE}</p><p>{TWO}</p>"),
    "报告.docx": word(texts(ONE, ONE, TWO)),
    "片.srt": srt(CUES).encode("gb18030"),
    "片.vtt": vtt(CUES).encode(),
}
PLACES = {
    "书.epub": ("雨夜 ¶3", "雨夜 ¶2"),
    "报告.docx": ("¶2", "¶1"),
    "片.srt": ("#2 00:00:03", "#1 00:00:01"),
    "片.vtt": ("#2 00:00:03", "#1 00:00:01"),
}


@pytest.fixture
def files(cli: Cli) -> Cli:
    for name, data in FILES.items():
        (cli.folder / name).write_bytes(data)
    return cli


@pytest.mark.parametrize("name", FILES)
def test_written_undone_and_clean_then(files: Cli, name: str) -> None:
    path = files.folder / name
    assert files("clean", "--check", name).code == 1
    assert path.read_bytes() == FILES[name]
    done = files("clean", "--write", name)
    assert (done.code, done.err) == (0, "")
    assert path.read_bytes() != FILES[name]
    assert files("clean", "--check", name).code == 0
    assert files("undo").code == 0
    assert path.read_bytes() == FILES[name]


@pytest.mark.parametrize("name", FILES)
def test_places_are_those_of_the_program_that_shows_it(files: Cli, name: str) -> None:
    here, kept = PLACES[name]
    assert f"{name}:{here} tandem would be removed, same as {kept} " in files("clean", "--check", name).text
    assert f"{name}:{here} tandem 将删除，与 {kept} 相同" in files("--lang", "zh", "clean", "--check", name).text
    (removal,) = (
        r for r in json.loads(files("clean", "--check", "--report", "json", name).text)["files"][0]["removals"]
        if r["applied"]
    )
    assert (removal["place"], removal["kept"]["place"]) == (here, kept)
    assert here in files("clean", "--check", "--report", "sarif", name).text
    assert here in files("decide", name).text


@pytest.mark.parametrize("name", FILES)
def test_text_and_differences(files: Cli, name: str) -> None:
    said = files("clean", "--to", "text", name)
    assert said.code == 0
    assert said.text.count(ONE if name[-1] in "bx" else CUES[0][2]) == 1
    assert "\ufffc" not in said.text
    assert "-->" not in said.text
    shown = files("clean", "--diff", name)
    assert shown.code == 1
    assert b"\n-" in shown.out
    assert files("clean", "--to", "text", name, "-o", "out.txt").code == 0
    assert (files.folder / "out.txt").read_text(encoding="utf-8") == said.text


@pytest.mark.parametrize("name", FILES)
def test_the_review_page_and_verdicts(files: Cli, name: str) -> None:
    assert files("clean", "--check", "--report", "html:page.html", name).code == 1
    page = (files.folder / "page.html").read_text(encoding="utf-8")
    assert PLACES[name][0].split()[-1] in page
    assert files("decide", "--accept-current", name).code == 0
    assert files("clean", "--check", name).code == 0
    before = (files.folder / name).read_bytes()
    assert files("clean", "--write", name).code == 0
    assert (files.folder / name).read_bytes() == before == FILES[name]


def test_warnings_furniture_and_copies_between_files_are_told_by_place(cli: Cli) -> None:
    (cli.folder / "a.docx").write_bytes(word(texts(ONE, "责任编辑：王小明")))
    spoiled = TWO.encode().decode("latin-1")
    (cli.folder / "b.epub").write_bytes(book(f"<h1>雨夜</h1><p>{THREE}</p><p>{ONE}</p><p>{spoiled}</p>"))
    done = cli("clean", "--check", "--across", "--select", "all,furniture", "a.docx", "b.epub")
    assert "b.epub:雨夜 ¶4 warning: misread-passages" in done.err
    assert "a.docx:¶2 furniture would be taken out" in done.text
    assert "b.epub:雨夜 ¶3 across the same passage as a.docx:¶1" in done.text
    told = json.loads(cli("clean", "--check", "--across", "--report", "json", "a.docx", "b.epub").text)
    (between,) = (r for file in told["files"] for r in file["removals"] if r["rule"] == "across")
    assert between["kept"]["place"] == "¶1"


def test_files_that_differ_in_what_their_text_does_not_show_are_not_identical(cli: Cli) -> None:
    for name, looks in (("a", ""), ("b", "<w:strike/>"), ("c", "<w:b/>")):
        (cli.folder / f"{name}.docx").write_bytes(word(paragraph(run(ONE, looks))))
    told = cli("clean", "--check", "a.docx", "b.docx", "c.docx").text
    assert "c.docx:1:1 duplicate-file identical to a.docx" in told
    assert "b.docx" not in told


def test_bytes_go_through_a_pipe(cli: Cli) -> None:
    data = FILES["报告.docx"]
    done = cli("clean", "-", "--stdin-filename", "报告.docx", stdin=data)
    assert done.out == cleaned(data, "docx").data
    assert unpacked(done.out)


def test_a_folder_gives_none_of_them_unless_a_glob_does(files: Cli) -> None:
    (files.folder / "a.md").write_text("一段话。\n", encoding="utf-8")
    assert json.loads(files("clean", "--check", "--report", "json", ".").text)["summary"]["files"] == 1
    globbed = files("clean", "--check", "--report", "json", "--include", "*.docx", ".")
    assert [file["path"] for file in json.loads(globbed.text)["files"]] == ["报告.docx"]


def test_many_at_once_and_in_several_processes(files: Cli) -> None:
    for number in range(8):
        (files.folder / f"{number}.docx").write_bytes(FILES["报告.docx"])
        (files.folder / f"{number}.txt").write_text(f"第{number}段。\n{ONE}\n", encoding="utf-8")
    names = sorted(path.name for path in files.folder.iterdir())
    one = files("clean", "--jobs", "1", "-o", "one", *names)
    two = files("clean", "--jobs", "2", "-o", "two", *names)
    assert (one.code, one.text) == (two.code, two.text)
    for name in names:
        assert (files.folder / "one" / name).read_bytes() == (files.folder / "two" / name).read_bytes()
    texts = files("clean", "--to", "text", "-o", "texts", "书.epub", "报告.docx", "0.txt")
    assert texts.code == 0
    assert sorted(path.name for path in (files.folder / "texts").iterdir()) == ["0.txt", "书.epub.txt", "报告.docx.txt"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "text", "--write", "书.epub"), "would replace the file"),
        (("报告.docx", "-o", "报告.txt"), "name it so, or add --to text"),
    ],
)
def test_what_cannot_be_meant_is_refused(files: Cli, arguments: tuple[str, ...], said: str) -> None:
    done = files("clean", *arguments)
    assert (done.code, done.out, len(done.errors)) == (2, b"", 1)
    assert said in done.err
    assert (files.folder / "书.epub").read_bytes() == FILES["书.epub"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"PK", "damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "password"),
        ("a.epub", word("")[:-9], "damaged"),
        ("a.srt", "1\n00:00:05,000 --> 00:00:01,000\n甲\n".encode(), "line 2"),
        ("a.vtt", b"\x00\x01\x02" * 99, "binary"),
    ],
)
def test_bad_files_are_one_clear_line(cli: Cli, name: str, data: bytes, said: str) -> None:
    (cli.folder / name).write_bytes(data)
    for language in ("en", "zh"):
        done = cli("--lang", language, "clean", "--write", name)
        assert (done.code, done.out, len(done.errors)) == (2, b"", 1)
        assert name in done.err
        assert language == "zh" or said in done.err
    assert (cli.folder / name).read_bytes() == data


def test_times_numbered_anew(files: Cli) -> None:
    assert files("clean", "--write", "--renumber", "片.srt").code == 0
    told = [(1000, 5200, CUES[0][2]), CUES[2]]
    assert (files.folder / "片.srt").read_bytes() == srt(told).encode("gb18030")
