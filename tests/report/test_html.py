"""The review page as bytes: harmless whatever the files hold, the same every time, in both languages."""

from __future__ import annotations

import json
import re
import string
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from importlib.resources import files
from typing import Any

import pytest

from dedupe_cn import clean
from dedupe_cn.cli.messages import Say
from dedupe_cn.compare.comparison import GUARDED
from dedupe_cn.model import Difference, FileResult, Kind, Level, Outcome, Removal, Span, Warning
from dedupe_cn.reasons import NOISE, Reason
from dedupe_cn.report import html, html_payload, html_repeat
from dedupe_cn.report.dot_plot import CELLS, MOST, dot_plot
from dedupe_cn.report.html_words import KINDS, PAGE
from dedupe_cn.report.passages import WHOLE, Piece
from dedupe_cn.report.run import Run
from dedupe_cn.report.strip import PARTS, REPORTED, SOURCE, STAYS, WENT, strip

PASSAGE = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，"
TEXT = f"# 回家\n\n{PASSAGE}{PASSAGE}抬头看见他，笑了。\n"
#: What a page, a reader of JSON or a terminal could take for something else than text.
HOSTILE = "</script><script>alert(1)</script><!-- --> ]]> <img src=x onerror=alert(2)> &lt; ${x} \u2028\u2029"
HOSTILE += "\x1b[31m\x00\x07\u202e\u2066\u200b\ufeff\x85\ud800"
#: Characters that must not be in a page as they are.
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
SCRIPT = re.compile(r"<script(?P<type>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class Book:
    """A decisions file with some rows."""

    name: str = ".dedupe-cn-decisions.json"
    version: int = 1
    held: Sequence[Mapping[str, Any]] = ()
    ids: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def rows(self) -> Sequence[Mapping[str, Any]]:
        return self.held

    def open_of(self, result: FileResult) -> tuple[Removal, ...]:
        return ()

    def rows_of(self, result: FileResult) -> Mapping[str, Mapping[str, Any]]:
        return self.ids


def result_of(text: str, path: str = "a.md", **more: Any) -> FileResult:
    return FileResult(path, clean(text, "standard", kind="markdown"), "utf-8", changed=True, **more)


def page_of(*results: FileResult, language: str = "en", **more: Any) -> str:
    return html.render(Run(Level.STANDARD, results, 0.1, preview=True, **more), Say(language), "9.9")


def data_of(page: str) -> Any:
    (block,) = [m["body"] for m in SCRIPT.finditer(page) if "json" in m["type"]]
    return json.loads(block)


def words_of(pieces: Sequence[Piece]) -> str:
    return "".join(p if isinstance(p, str) else "…" if isinstance(p, int) else p[1] for p in pieces)


def test_a_repeat_with_all_a_person_needs() -> None:
    data = data_of(page_of(result_of(TEXT)))
    (repeat,) = data["repeats"]
    first = TEXT.index(PASSAGE)
    assert repeat["at"] == [first + len(PASSAGE), first + 2 * len(PASSAGE), 3, len(PASSAGE) + 1]
    assert repeat["from"] == [first, first + len(PASSAGE), 3, 1]
    assert (repeat["rule"], repeat["goes"], repeat["chars"]) == ("tandem", True, len(PASSAGE))
    assert (repeat["copy"], "kept" in repeat) == ([PASSAGE], False)
    assert repeat["around"] == ["…" + PASSAGE[-16:], "抬头看见他，笑了。", "# 回家\n", PASSAGE[:16] + "…"]
    assert data["reasons"]["tandem"] == ["the same passage follows itself directly", "同一段文字紧接着又出现一次"]
    assert data["summary"]["chars_removed"] == len(PASSAGE)
    assert data["ledger"] is None


def test_the_same_every_time() -> None:
    results = [result_of(TEXT), result_of(TEXT.replace("旧", "新"), path="b.md")]
    run = Run(Level.STANDARD, results, 0.1, preview=True)
    later = Run(Level.STANDARD, results, 9.9, preview=True)
    assert html.render(run, Say("en"), "1") == html.render(later, Say("en"), "1")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_from_a_file_is_more_than_text(language: str) -> None:
    half = f"{HOSTILE}{PASSAGE}{HOSTILE}"
    text = half * 2
    spans = Span(len(half), len(text)), Span(0, len(half))
    same = Removal("tandem", *spans, len(half), Reason("tandem"), applied=True, level=Level.SAFE, id="1" * 16)
    differences = (Difference(HOSTILE, HOSTILE, "word"),)
    why = Reason("differs", (HOSTILE,) * 3)
    like = Removal("near-duplicate", *spans, 40, why, False, score=0.9, differences=differences, id="2" * 16)
    name = f"{HOSTILE}.md".replace("\x00", "").replace("/", "_")
    results = [
        FileResult(name, Outcome(text, half, (), (same, like), (Warning("bidi", 1, 3),)), changed=True),
        FileResult("坏\udcff", error=HOSTILE),
        FileResult("c.md", clean("一。\n"), notes=(HOSTILE,)),
    ]
    row = {"path": name, "id": "x", "verdict": "keep", "count": 1, "note": HOSTILE}
    book = Book(held=[row], name=name)
    page = page_of(*results, language=language, ledger=book)
    assert RAW.findall(page) == []
    page.encode()  # no lone surrogates either
    assert len(re.findall("<script", page)) == len(re.findall("</script", page)) == 2
    assert "<!--" not in page
    assert "]]>" not in page
    assert "onerror=" not in page.replace(r"\u003cimg src=x onerror=alert(2)\u003e", "")
    data = data_of(page)
    assert data["ledger"]["rows"] == [row]  # what goes back into the file is exact
    shown = json.dumps({**data, "ledger": None}, ensure_ascii=False)
    assert RAW.findall(shown) == []
    assert "⟨U+001B⟩[31m⟨U+0000⟩⟨U+0007⟩⟨U+202E⟩⟨U+2066⟩" in shown
    assert "⟨U+DCFF⟩" in shown


def test_a_line_of_ten_million_characters_makes_a_small_page() -> None:
    half = PASSAGE * (5_000_000 // len(PASSAGE))
    text = half * 2
    spans = Span(len(half), len(text)), Span(0, len(half))
    why = Reason("tandem")
    same = Removal("tandem", *spans, len(half), why, applied=True, level=Level.SAFE, id="1" * 16)
    like = Removal("near-duplicate", *spans, len(half), why, False, score=0.95, id="2" * 16)
    page = page_of(FileResult("a.txt", Outcome(text, half, (), (same, like)), changed=True))
    assert len(page.encode()) < 100_000
    second, first = data_of(page)["repeats"]
    assert {len(words_of(p)) for p in (first["copy"], first["kept"], second["copy"])} == {WHOLE + 1}
    assert "…" in words_of(second["copy"])
    assert data_of(page)["documents"][0]["dots"] is None  # too long for them, which the page says


def test_the_policy_allows_the_page_itself_and_nothing_else() -> None:
    page = page_of(result_of(TEXT))
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    (script,) = [m["body"] for m in SCRIPT.finditer(page) if not m["type"]]
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    for kind, body in (("script-src", script), ("style-src", style)):
        assert rules[kind] == f"'sha256-{b64encode(sha256(body.encode()).digest()).decode()}'"
    assert (rules["default-src"], rules["base-uri"], rules["form-action"]) == ("'none'",) * 3
    assert rules["require-trusted-types-for"] == "'script'"
    skeleton = page.replace("http://www.w3.org/2000/svg", "").replace(json.dumps(data_of(page)), "")
    assert not re.search(r"https?:|url\(|@import|<link|<img|<iframe|\bsrc=|fetch\(|XMLHttp|WebSocket", skeleton)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", script)
    assert not re.search(r'\son\w+="|\sstyle="|javascript:', page)


def test_the_page_opens_in_the_language_of_the_run() -> None:
    english, chinese = (page_of(result_of(TEXT), language=language) for language in ("en", "zh"))
    assert ('<html lang="en">' in english, '<html lang="zh-CN">' in chinese) == (True, True)
    assert (data_of(english)["language"], data_of(chinese)["language"]) == ("en", "zh")
    assert "1 file: 1 would change, 1 repeat to remove (42 chars)" in english  # without a script
    assert "1 个文件：1 个将改动" in chinese
    assert data_of(english)["words"] == data_of(chinese)["words"]


def test_likeness_and_all_places_stand_on_the_card() -> None:
    """One card a finding, however many places it has; words of a reason are there in both languages."""
    text = f"{PASSAGE}\n\n" * 4
    step = len(PASSAGE) + 2
    spans = [Span(n * step, n * step + len(PASSAGE)) for n in range(4)]
    why = Reason("protected-kind", ("table",))
    left = Removal("repeated-block", spans[1], spans[0], 9, why, False, places=tuple(spans[2:]))
    noise = replace(left, rule="section", likeness="noise", why=Reason("copy-noise", ("width",)), places=())
    exact, other = data_of(page_of(FileResult("a.md", Outcome(text, text, (), (left, noise)))))["repeats"][::-1]
    assert (exact["rule"], "likeness" in exact, exact["places"]) == (
        "repeated-block",
        False,
        [[span.start, span.end, 2 * n + 1, 1] for n, span in enumerate(spans)][2:],
    )
    assert exact["why"] == ["protected-kind", ["a table", "表格"]]
    assert (other["rule"], other["likeness"], "places" in other) == ("section", "noise", False)
    crowd = replace(left, places=tuple(spans[2:]) * html_repeat.MOST_PLACES)
    (repeat,) = data_of(page_of(FileResult("a.md", Outcome(text, text, (), (crowd,)))))["repeats"]
    assert (len(repeat["places"]), repeat["elsewhere"]) == (html_repeat.MOST_PLACES, html_repeat.MOST_PLACES)


def test_both_languages_need_the_same_values() -> None:
    def fields(text: str) -> set[str]:
        # A plural of English alone is a format, not a value of its own.
        return {name for _, name, form, _ in string.Formatter().parse(text) if name and form != "s"}

    assert [key for key, (english, chinese) in PAGE.items() if fields(english) != fields(chinese)] == []


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    folder = files("dedupe_cn.report").joinpath("page")
    sources = "".join(folder.joinpath(name).read_text("utf-8") for name in ("page.html", *html.SCRIPTS))
    quoted = set(re.findall(r"""["'`]([a-z]+(?:-[a-z]+)*)["'`]""", sources))
    stems = set(re.findall(r"`([a-z]+-)\$\{", sources))
    unused = [key for key in PAGE if key not in quoted and not any(key.startswith(stem) for stem in stems)]
    assert unused == []
    asked = set(re.findall(r'data-word="([^"]*)"', sources)) | set(re.findall(r'\bsay\("([^"]*)"', sources))
    assert asked - PAGE.keys() == set()
    assert {path.name for path in folder.iterdir()} == {"page.html", "page.css", *html.SCRIPTS}


def test_the_classes_are_those_of_the_classifier() -> None:
    groups = {group: {name for name, (own, _, _) in KINDS.items() if own == group} for group, _, _ in KINDS.values()}
    assert groups["noise"] == NOISE
    assert groups["meaning"] == GUARDED
    assert groups.keys() == {"noise", "meaning", "words"}


def test_a_strip_shows_small_repeats_too_and_what_matters_most() -> None:
    why = Reason("tandem")
    went = Removal("tandem", Span(500_000, 500_040), Span(0, 40), 40, why, True)
    left = Removal("near-duplicate", Span(999_000, 999_999), Span(500_000, 500_040), 40, why, False)
    runs = strip(1_000_000, (went, left))
    assert sum(runs[1::2]) == PARTS
    assert runs == [SOURCE, 1, STAYS, PARTS // 2 - 1, WENT, 1, STAYS, PARTS // 2 - 2, REPORTED, 1]
    assert strip(0, ()) == [STAYS, PARTS]


def test_a_repeated_passage_is_a_diagonal_of_dots() -> None:
    half = "".join(chr(0x4E00 + i) for i in range(6_400))
    steps = dot_plot(half + "\n" * 3 + half)
    assert steps is not None
    cells = [sum(steps[: i + 1]) for i in range(len(steps))]
    rows = [divmod(cell, CELLS) for cell in cells]
    assert {y - x for y, x in rows} <= {CELLS // 2 - 1, CELLS // 2, CELLS // 2 + 1}
    assert {x for _, x in rows} == set(range(CELLS // 2))
    assert dot_plot(half) == []
    assert dot_plot("") == []
    assert dot_plot("啊" * (MOST + 1)) is None
    same = dot_plot("啊" * 100_000)
    assert same is not None
    assert len(same) == CELLS * (CELLS - 1) // 2


def test_the_doubtful_ones_come_first() -> None:
    text = "甲" * 1_000

    def removal(place: int, **more: Any) -> Removal:
        values = {"rule": "near-duplicate", "chars": 10, "why": Reason("tandem"), "applied": False, "id": str(place)}
        return Removal(span=Span(place, place + 10), kept=Span(0, 10), **{**values, **more})

    certain = removal(100, rule="tandem", applied=True, level=Level.SAFE)
    by_level = removal(200, rule="repeated-block", applied=True, level=Level.STANDARD)
    similar, nearer = removal(300, score=0.97), removal(400, score=0.91)
    later = removal(500, rule="repeated-block", level=Level.AGGRESSIVE)
    pair = removal(600, score=0.89, id="")
    file = removal(0, rule="duplicate-file", kept_path="b.md", id="f")
    outcome = Outcome(text, text, (), (file, certain, by_level, similar, nearer, later))
    result = FileResult("a.md", outcome, borderline=(pair, similar))
    repeats = data_of(page_of(result, ledger=Book(ids={str(n): {"path": "a.md"} for n in (100, 200, 300, 400, 500)})))
    order = [repeat["at"][0] if "at" in repeat else "file" for repeat in repeats["repeats"]]
    assert order == [600, 300, 200, 100, 400, 500, "file"]  # after what was asked for, what goes
    first, second, *others = repeats["repeats"]
    assert (first["near"], first["pair"], "id" in first) == (True, True, False)
    assert (second["near"], "pair" in second, second["id"]) == (True, False, "300")
    assert not any("near" in repeat for repeat in others)


def test_what_a_page_cannot_hold_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_payload, "MOST_REPEATS", 2)
    monkeypatch.setattr(html_payload, "MOST_OTHERS", 1)
    results = [result_of(TEXT.replace("旧", c), path=f"{c}.md") for c in "新老好"]
    others = [FileResult(f"{i}.md", error="missing") for i in range(3)]
    data = data_of(page_of(*results, *others, FileResult("clean.md", clean("一。\n"))))
    assert ([d["path"] for d in data["documents"]], data["more"], data["left_out"]) == (
        ["新.md", "老.md", "好.md"],
        1,
        3,
    )


def test_documents_tell_what_else_there_is() -> None:
    outcome = Outcome("一\n二\u202e。\n", "一\n二\u202e。\n", warnings=(Warning("bidi", 1, 3),))
    converted = FileResult("a.md", outcome, "gb18030", notes=("gb18030 to utf-8",))
    data = data_of(page_of(converted, FileResult("b.md", error="no", errors=("no", "不行"))))
    first, second = data["documents"]
    assert (first["warnings"], first["converted"]) == ([["bidi", 1, 2]], "gb18030")
    assert second == {"path": "b.md", "error": ["no", "不行"]}
    assert data["summary"]["errors"] == 1


def test_what_stays_at_every_level_is_never_among_the_differences_that_are_cut_off() -> None:
    """The gravest classes come first, whatever their place in the passage."""
    noise = [Difference("，", ",", "width")] * 20
    found = (*noise, Difference("三", "五", "numeral"), Difference("激烈", "残酷", "word"))
    text = f"{PASSAGE}\n\n{PASSAGE}\n"
    spans = Span(len(PASSAGE) + 2, 2 * len(PASSAGE) + 2), Span(0, len(PASSAGE))
    like = Removal("repeated-block", *spans, 42, Reason("level", ("safe",)), False, score=0.9, differences=found)
    data = data_of(page_of(FileResult("a.md", Outcome(text, text, (), (like,)))))
    (repeat,) = data["repeats"]
    assert [kind for *_, kind in repeat["differences"]] == ["numeral", "word", *["width"] * 10]
    assert (repeat["kinds"], repeat["further"], repeat["guarded"]) == (["numeral", "word", "width"], 10, True)
    assert (repeat["left"], data["left"]) == ("level", {"level": ["only reported at this level", "本级只报告"]})


@pytest.mark.parametrize(
    ("kind", "above"),
    [(Kind.MARKDOWN, ["甲 › 乙", "甲 › 丙"]), (Kind.TEXT, ["", ""]), (None, ["", ""])],
)
def test_the_headings_of_both_places(kind: Kind | None, above: list[str]) -> None:
    text = f"# 甲\n\n## 乙 <br> #\n\n{PASSAGE}\n\n## 丙\n\n```\n# 丁\n```\n\n{PASSAGE}\n"
    first = text.index(PASSAGE)
    kept = Span(first, first + len(PASSAGE))
    copy = Span(text.rindex(PASSAGE), text.rindex(PASSAGE) + len(PASSAGE))
    same = Removal("repeated-block", copy, kept, 42, Reason("repeated-block"), False)
    data = data_of(page_of(FileResult("a.md", Outcome(text, text, (), (same,)), kind=kind)))
    assert [data["headings"][number] for number in data["repeats"][0]["under"]] == above
