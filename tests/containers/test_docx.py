"""Word documents: whole paragraphs go, and none as the copy of another that differs in what the text does not show."""

from __future__ import annotations

import pytest
from archive_files import (
    STORY,
    changed_entries,
    cleaned,
    packed,
    paragraph,
    raw_entries,
    run,
    streamed,
    texts,
    word,
    word_entries,
)

from dedupe_cn.library import clean_decoded, open_archive
from dedupe_cn.model import Kind
from dedupe_cn.settings import Settings

MAIN = "word/document.xml"
ONE, TWO, THREE, FOUR, FIVE = STORY


def left(body: str, relations: str = "", others: dict[str, str] | None = None) -> str:
    """Give the body that is left of a document, when nothing else in it changed."""
    data = word(body, others, relations)
    done = cleaned(data, "docx")
    if done.data == data:
        return body
    (name, (_, after)), = changed_entries(data, done.data).items()
    assert name == MAIN
    text = after.decode()
    return text[text.index("<w:body>") + 8 : text.index("<w:sectPr/></w:body>")]


def test_a_page_that_stands_twice_goes_once() -> None:
    assert left(texts(ONE, TWO, ONE, TWO, THREE)) == texts(ONE, TWO, THREE)


def test_a_whole_document_twice() -> None:
    assert left(texts(*STORY, *STORY)) == texts(*STORY)


def test_blank_paragraphs_of_the_copy_go_with_it() -> None:
    empty = paragraph()
    before = texts(ONE) + empty + texts(TWO) + empty
    assert left(before * 2 + texts(THREE)) == before + texts(THREE)


def test_runs_and_looks_do_not_matter() -> None:
    parted = paragraph(run(ONE[:9]), run(ONE[9:20], "<w:b/><w:lang w:val='zh-CN'/>"), "<w:proofErr/>", run(ONE[20:]))
    assert left(texts(ONE) + parted + texts(TWO)) == texts(ONE, TWO)


def test_a_repeat_inside_of_a_paragraph_is_told_and_stays() -> None:
    body = texts(ONE + ONE, TWO)
    assert left(body) == body
    found = cleaned(word(body), "docx").outcome.reported
    assert [removal.why.code for removal in found] == ["piece-part"]


def test_headings_come_from_styles() -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:styleId="a1">'
        '<w:name w:val="heading 1"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a1"/></w:style></w:styles>'
    )
    relation = (
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
        'Target="styles.xml"/>'
    )
    named = (("缘起", "a1"), ("雨", "b"))
    heads = [paragraph(run(name), properties=f'<w:pStyle w:val="{style}"/>') for name, style in named]
    body = heads[0] + texts(ONE, TWO) + heads[1] + texts(ONE, FOUR)
    assert left(body, relation, {"word/styles.xml": styles}) == body  # beneath another heading it is meant
    done = cleaned(word(body, {"word/styles.xml": styles}, relation), "docx").outcome
    assert done.shape is not None
    assert (done.shape.titles, done.shape.place(done.text.rindex(ONE))) == (("缘起", "雨"), "雨 ¶2")
    assert [removal.why.code for removal in done.reported] == ["other-place"]


RUBY = (
    "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>{}</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>桥</w:t></w:r></w:rubyBase></w:ruby></w:r>"
)
BOX = (
    '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr>'
    "<w:sdtContent><w:r><w:t>□</w:t></w:r></w:sdtContent></w:sdt>"
)
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF {}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>三</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
TEXT_BOX = (
    "<w:r><w:pict><v:textbox xmlns:v='v'><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
    "</v:textbox></w:pict></w:r>"
)
#: Shapes of which a reader sees one text: what differs in two of them stands in the braces.
HIDDEN = {
    "a deletion": '<w:del w:id="{0}" w:author="甲"><w:r><w:delText>第{0}条</w:delText></w:r></w:del>',
    "an author of an insertion": '<w:ins w:id="{0}" w:author="{0}"><w:r><w:t>另有</w:t></w:r></w:ins>',
    "a field": FIELD,
    "a simple field": '<w:fldSimple w:instr="REF {}"><w:r><w:t>三</w:t></w:r></w:fldSimple>',
    "ruby": RUBY,
    "a check box": BOX,
    "a text box": TEXT_BOX,
    "a formula": "<m:oMath><m:r><m:t>x+{}</m:t></m:r></m:oMath>",
    "a picture": '<w:r><w:drawing><a:blip xmlns:a="a" r:embed="rId{}"/></w:drawing></w:r>',
    "a link": '<w:hyperlink r:id="rId{}"><w:r><w:t>此处</w:t></w:r></w:hyperlink>',
    "a symbol": '<w:r><w:sym w:font="Wingdings" w:char="F0{}"/></w:r>',
    "a strike": '<w:r><w:rPr><w:strike w:val="{}"/></w:rPr><w:t>三</w:t></w:r>',
    "a superscript": '<w:r><w:rPr><w:vertAlign w:val="{}"/></w:rPr><w:t>2</w:t></w:r>',
    "alternate content": "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:t>{}</w:t></mc:Choice>"
    "</mc:AlternateContent></w:r>",
}
RELATIONS = "".join(
    f'<Relationship Id="rId{n}" Type="hyperlink" Target="https://例.中国/{n % 2}" TargetMode="External"/>'
    for n in (20, 21, 22)
)


@pytest.mark.parametrize("shape", HIDDEN.values(), ids=HIDDEN.keys())
def test_what_the_text_does_not_show_is_compared(shape: str) -> None:
    values = {"w:vertAlign": ("superscript", "subscript"), "w:strike": ("1", "0")}
    first, second = next((pair for name, pair in values.items() if name in shape), ("20", "21"))
    pair = [paragraph(run(ONE), shape.format(value)) for value in (first, second)]
    body = "".join(pair) + texts(TWO)
    assert left(body, RELATIONS) == body
    same = pair[0] * 2 + texts(TWO)
    assert left(same, RELATIONS) == pair[0] + texts(TWO)
    plain = pair[0] + texts(cleaned(word(pair[0], None, RELATIONS), "docx").outcome.text.strip()) + texts(TWO)
    assert left(plain, RELATIONS) == plain


def test_relations_are_compared_by_what_they_point_to() -> None:
    pair = "".join(paragraph(run(ONE), HIDDEN["a link"].format(n)) for n in (20, 22))
    assert left(pair + texts(TWO), RELATIONS) == paragraph(run(ONE), HIDDEN["a link"].format(20)) + texts(TWO)


def test_a_tracked_move_is_one_passage() -> None:
    moved = (
        f'<w:p><w:moveFrom w:id="1" w:author="甲"><w:r><w:t>{ONE}</w:t></w:r></w:moveFrom></w:p>'
        f'<w:p><w:moveTo w:id="2" w:author="甲"><w:r><w:t>{ONE}</w:t></w:r></w:moveTo></w:p>'
    )
    assert left(moved + texts(TWO)) == moved + texts(TWO)
    assert cleaned(word(moved), "docx").outcome.text.count(ONE) == 1


HOLDING = {
    "a footnote": '<w:r><w:footnoteReference w:id="{}"/></w:r>',
    "a bookmark": '<w:bookmarkStart w:id="{0}" w:name="b{0}"/><w:bookmarkEnd w:id="{0}"/>',
    "a comment": '<w:commentRangeStart w:id="{}"/>',
    "the beginning of a field": '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
}


@pytest.mark.parametrize("shape", HOLDING.values(), ids=HOLDING.keys())
def test_what_something_else_counts_on_stays(shape: str) -> None:
    body = texts(ONE) + paragraph(run(ONE), shape.format(7)) + texts(TWO)
    assert left(body) == body


def test_a_bookmark_that_word_sets_itself_holds_nothing() -> None:
    marked = paragraph(run(ONE), '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>')
    assert left(texts(ONE) + marked + texts(TWO)) == texts(ONE, TWO)


def test_a_section_break_stays() -> None:
    body = texts(ONE) + paragraph(run(ONE), properties="<w:sectPr><w:pgSz w:w='1'/></w:sectPr>") + texts(TWO)
    assert left(body) == body


def table(*cells: str) -> str:
    inside = "".join(f"<w:tc>{texts(cell)}</w:tc>" for cell in cells)
    return f"<w:tbl><w:tr>{inside}</w:tr></w:tbl>"


def test_cells_and_rows_never_go() -> None:
    for body in (table(ONE, ONE), table(ONE) + texts(ONE), (texts(TWO) + table(ONE, "二")) * 2):
        assert left(body + texts(THREE)) == body + texts(THREE)


def test_a_paragraph_between_two_tables_stays() -> None:
    body = table("甲") + texts(ONE) + table("乙") + texts(ONE) + table("丙")
    assert left(body) == body
    empty = table("甲") + paragraph() + table("乙") + texts(ONE, ONE)
    assert left(empty) == table("甲") + paragraph() + table("乙") + texts(ONE)


def test_what_stands_in_a_control_stays() -> None:
    body = texts(ONE) + f"<w:sdt><w:sdtContent>{texts(ONE)}</w:sdtContent></w:sdt>" + texts(TWO)
    assert left(body) == body


def test_sizes_behind_the_contents_are_read_and_copied() -> None:
    entries = {name: str(content) for name, content in word_entries(texts(ONE, ONE, TWO)).items()}
    data = streamed(entries)
    done = cleaned(data, "docx")
    (name, _), = changed_entries(data, done.data).items()
    assert name == MAIN
    before, after = raw_entries(data), raw_entries(done.data)
    assert before[MAIN][6] & 8
    assert not after[MAIN][6] & 8  # the changed entry alone is written anew, its sizes in front


def test_other_entries_and_comments_stay() -> None:
    import io
    import zipfile

    data = packed({**word_entries(texts(ONE, ONE, TWO)), "词汇/图.xml": "<a/>", "customXml/item1.xml": "<b/>"}, ())
    with zipfile.ZipFile(buffer := io.BytesIO(data), "a") as archive:
        archive.comment = "说明".encode()
    data = b"front" + buffer.getvalue()
    done = cleaned(data, "docx")
    assert done.data.startswith(b"front")
    with zipfile.ZipFile(io.BytesIO(done.data)) as archive:
        assert archive.comment == "说明".encode()
    assert list(changed_entries(data, done.data)) == [MAIN]


def test_a_second_run_changes_nothing() -> None:
    once = cleaned(word(texts(ONE, TWO, ONE, TWO, THREE, THREE)), "docx").data
    assert cleaned(once, "docx").data == once


def test_furniture_goes_where_it_is_asked_for_and_nothing_else_needs_its_paragraph() -> None:
    noted = paragraph(run("责任编辑：王小明"), HOLDING["a footnote"].format(1))
    body = texts(ONE, TWO, "扫码关注我们的公众号") + noted + texts("责任编辑：王小明")
    data = word(body)
    rules = Settings().rules | {"furniture"}
    done = clean_decoded(open_archive(data, "docx"), Settings(rules=rules), kind=Kind.TEXT, data=data)
    (_, after) = changed_entries(data, done.data)[MAIN]
    assert after.decode().partition("<w:body>")[2].partition("<w:sectPr/>")[0] == texts(ONE, TWO) + noted
    assert [edit.rule for edit in done.outcome.edits] == ["furniture"] * 2
    assert left(body) == body


def test_looks_count_nowhere_and_a_text_that_shows_them_is_text() -> None:
    struck = '<w:del w:id="1" w:author="甲"><w:r>{}<w:delText>原有一条</w:delText></w:r></w:del>'
    looks = '<w:rPr><w:rFonts w:ascii="宋体"/><w:sz w:val="24"/></w:rPr>'
    pair = [paragraph(run(ONE), struck.format(own)) for own in ("", looks)]
    assert cleaned(word("".join(pair) + texts(TWO)), "docx").outcome.text == f"{ONE}\n{TWO}\n"
    shown = paragraph("<w:r><w:t><![CDATA[><w:rPr><w:b/></w:rPr>]]></w:t></w:r>")
    assert cleaned(word(shown + texts(TWO)), "docx").outcome.text == f"><w:rPr><w:b/></w:rPr>\n{TWO}\n"
