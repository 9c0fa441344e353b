"""Books: whole blocks go from the part in which they stand, and every other byte of the book stays."""

from __future__ import annotations

import pytest
from archive_files import STORY, book, book_entries, changed_entries, cleaned, packed, xhtml

ONE, TWO, THREE, FOUR, FIVE = STORY


def p(*passages: str) -> str:
    return "\n".join(f"<p>{passage}</p>" for passage in passages)


def left(*bodies: str) -> list[str]:
    """Give what is left of chapters, when nothing else in the book changed."""
    data = book(*bodies)
    done = cleaned(data, "epub")
    changed = changed_entries(data, done.data)
    found = []
    for number, body in enumerate(bodies):
        _, after = changed.pop(f"OEBPS/text/c{number}.xhtml", (b"", xhtml(body).encode()))
        text = after.decode()
        found.append(text[text.index("<body>\n") + 7 : text.index("\n</body>")])
    assert not changed
    return found


def test_a_paragraph_twice_in_a_row() -> None:
    assert left(p(ONE, ONE, TWO)) == [p(ONE, TWO)]


def test_a_page_twice_with_its_heading() -> None:
    page = f"<h2>渡口</h2>\n{p(ONE, TWO)}"
    assert left(f"<h1>上篇</h1>\n{page}\n{page}\n<h2>石桥</h2>\n{p(FIVE)}") == [
        f"<h1>上篇</h1>\n{page}\n<h2>石桥</h2>\n{p(FIVE)}"
    ]


def test_only_the_part_that_changes_is_written_anew() -> None:
    assert left(p(ONE, TWO), p(THREE, FOUR, THREE, FOUR, FIVE)) == [p(ONE, TWO), p(THREE, FOUR, FIVE)]


def test_an_element_of_which_all_goes_goes_with_it() -> None:
    page = f'<div class="page">{p(ONE, TWO)}</div>'
    assert left(f"{page}\n{page}\n{p(THREE)}") == [f"{page}\n{p(THREE)}"]
    items = "<ul>" + "".join(f"<li>{text}</li>" for text in (ONE, TWO, THREE)) + "</ul>"
    assert left(f"{items}\n{items}\n{p(FOUR)}") == [f"{items}\n{p(FOUR)}"]


def test_what_nobody_would_write_alike_stays_to_the_byte() -> None:
    odd = (
        f"<p  class='a'\n id = \"x\" >{ONE}</p ><!-- 注 --><?page 3?>\n<p><![CDATA[{TWO}]]></p>"
        f"&#x3000;\n<hr />\n<p>&amp;&lt;{THREE}</p>\n"
    )
    other = odd.replace('"x"', '"y"')
    assert left(f"{odd}<p>{FOUR}</p>\n<p>{FOUR}</p>{other}") == [
        f"{odd}<p>{FOUR}</p>{other}"
    ]


def test_a_chapter_file_is_never_emptied() -> None:
    bodies = (p(ONE, TWO, THREE), p(ONE, TWO, THREE))
    assert left(*bodies) == list(bodies)
    found = cleaned(book(*bodies), "epub").outcome.reported
    assert [removal.why.code for removal in found] == ["part-empty"]


SEALS = {
    "ruby": "<ruby>行<rt>{}</rt></ruby>",
    "a formula": '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>{}</mi></math>',
    "a picture": '<img src="{}.png" alt=""/>',
    "a drawing": '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 {}"/></svg>',
    "a link": '<a href="https://例.中国/{}">此处</a>',
    "a deletion": "<del>{}</del>",
    "a box": '<input type="checkbox" value="{}"/>',
    "a strike": '<span style="text-decoration: {}">十</span>',
    "a superscript": "10<{0}>2</{0}>",
}


@pytest.mark.parametrize("seal", SEALS.values(), ids=SEALS.keys())
def test_what_the_text_does_not_show_is_compared(seal: str) -> None:
    values = ("sup", "sub") if "<{0}>" in seal else ("none", "line-through") if "decoration" in seal else ("7", "8")
    first, second = (f"<p>{ONE}{seal.format(value)}</p>" for value in values)
    assert left(f"{first}{second}{p(TWO)}") == [f"{first}{second}{p(TWO)}"]
    assert left(f"{first}{first}{p(TWO)}") == [f"{first}{p(TWO)}"]


def test_looks_do_not_matter() -> None:
    looks = f'<p class="indent"><b>{ONE[:4]}</b><span lang="zh">{ONE[4:]}</span></p>'
    assert left(f"{p(ONE)}\n{looks}\n{p(TWO)}") == [p(ONE, TWO)]


def test_blanks_and_line_ends_of_the_source_are_no_text() -> None:
    wrapped = f"<p>\n  {ONE[:20]}\n  {ONE[20:]}\n</p>"
    assert left(f"{p(ONE)}\n{wrapped}\n{p(TWO)}") == [p(ONE, TWO)]
    assert cleaned(book(wrapped), "epub").outcome.text == f"{ONE}\n"


def test_what_a_link_points_to_stays() -> None:
    for target in (f'<p id="h0">{ONE}</p>', f'<p><a id="h0"></a>{ONE}</p>', f'<aside id="h0">{p(ONE)}</aside>'):
        body = f"{p(ONE)}\n{target}\n{p(TWO)}"
        assert left(body) == [body]  # the table of contents of the book points to h0
        assert left(body.replace("h0", "x0")) == [p(ONE, TWO)]


def test_text_beside_blocks_stays() -> None:
    body = f"<div>{p(ONE)}{ONE}<p>{TWO}</p></div>"
    assert left(body) == [body]


def test_rows_stay() -> None:
    row = f"<tr><td>甲</td><td>{ONE}</td></tr>"
    body = f"<table>{row}{row}</table>"
    assert left(body) == [body]
    assert cleaned(book(body), "epub").outcome.text == f"甲\t{ONE}\n甲\t{ONE}\n"


def test_code_and_hidden_text() -> None:
    body = f"<pre>a\n  b</pre><p hidden='hidden'>看不见</p>{p(ONE)}<p style='display:none'>{ONE}</p>"
    assert cleaned(book(body), "epub").outcome.text.split() == ["a", "b", ONE]
    assert left(body) == [body]


def test_named_entities_of_an_old_book() -> None:
    declaration = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" '
        '"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">\n'
    )
    chapter = xhtml(f"<p>{ONE}&nbsp;&mdash;&hellip;</p>\n<p>{ONE}&nbsp;&mdash;&hellip;</p>\n{p(TWO)}", "", declaration)
    data = packed(book_entries([chapter]))
    done = cleaned(data, "epub")
    assert done.outcome.text == f"{ONE}\u00a0—…\n{TWO}\n"
    assert chapter.encode().replace(f"\n<p>{ONE}&nbsp;&mdash;&hellip;</p>".encode(), b"", 1) in changed_entries(
        data, done.data
    )["OEBPS/text/c0.xhtml"]


def test_a_byte_order_mark_and_crlf_stay() -> None:
    chapter = "\ufeff" + xhtml(f"{p(ONE)}\n{p(ONE)}\n{p(TWO)}").replace("\n", "\r\n")
    data = packed(book_entries([chapter]))
    (_, after), = changed_entries(data, cleaned(data, "epub").data).values()
    assert after == chapter.replace(f"\r\n<p>{ONE}</p>", "", 1).encode()


def test_places_are_chapters_and_paragraphs() -> None:
    done = cleaned(book(f"<h1>雨夜</h1>{p(ONE, TWO)}", f"{p(THREE)}<h2>石桥</h2>{p(FOUR, FIVE, FIVE)}"), "epub").outcome
    assert done.shape is not None
    (gone,) = done.applied
    assert (done.shape.place(gone.span.start), done.shape.place(gone.kept.start)) == ("石桥 ¶4", "石桥 ¶3")
    assert done.shape.place(done.original.index(THREE)) == "c1 ¶1"


def test_the_navigation_is_no_text() -> None:
    entries = book_entries([xhtml(p(ONE))])
    package = str(entries["OEBPS/content.opf"]).replace("<spine>", '<spine><itemref idref="nav"/>')
    assert cleaned(packed({**entries, "OEBPS/content.opf": package}), "epub").outcome.text == f"{ONE}\n"


def test_a_second_run_changes_nothing() -> None:
    once = cleaned(book(p(ONE, TWO, ONE, TWO, THREE, THREE)), "epub").data
    assert cleaned(once, "epub").data == once


def test_elements_that_stand_deep_in_one_another_cost_no_more_than_others() -> None:
    deep = 30_000
    body = "<div>字" * deep + f"<p>{STORY[0]}</p><p>{STORY[0]}</p>" + "</div>" * deep + f"<p>{'#' * deep}</p>"
    done = cleaned(book(body), "epub")
    assert done.outcome.text.count(STORY[0]) == 1
    ((old, new),) = changed_entries(book(body), done.data).values()
    assert new == old.replace(f"<p>{STORY[0]}</p>".encode(), b"", 1)
