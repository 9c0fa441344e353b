"""Why a repeat went or stayed, in both languages. The one place for these words."""

from __future__ import annotations

from typing import NamedTuple

#: code -> (English, Chinese). ``{0}``, ``{1}`` … take the values of a Reason.
WORDS: dict[str, tuple[str, str]] = {
    "whole-document": (
        "the document repeats itself: the copies cover {0} % of it",
        "整篇重复：几份副本共占全文 {0}%",
    ),
    "tandem": ("the same passage follows itself directly", "同一段文字紧接着又出现一次"),
    "tandem-lines": ("the same line {0} times in a row", "同一行连续出现 {0} 次"),
    "repeated-block": ("the same paragraph stands further up", "同一段落在前文已出现"),
    "repeated-run": ("the same {0} paragraphs stand further up", "同样的 {0} 个段落在前文已出现"),
    "borderline": ("{0} ({1})", "{0}（{1}）"),
    "differs": ("kept: differs in {0} → {1} ({2})", "保留：差别在 {0} → {1}（{2}）"),
    "running-line": ("a running line, {0} times in the document", "页眉、页脚或水印一类的短行，共出现 {0} 次"),
    "duplicate-file": ("this file and {0} are identical", "本文件与 {0} 完全相同"),
    "across": ("stands in {0} too", "{0} 中也有"),
    # a copy as a whole: what it is, and why it went
    "section": ("the section {0} stands further up", "{0} 一节在前文已出现"),
    "loop": ("the same words {0} times in a row", "同样的话连续出现 {0} 次"),
    "grows": ("what follows begins with it and goes on", "后面的一行以它开头并接着说"),
    "title-twice": ("the chapter title beside it says the same", "旁边的章节标题已经写明"),
    "copy-noise": ("the kept copy says the same: noise only ({0})", "保留的一份说的相同：只差无关文意之处（{0}）"),
    "copy-contained": ("the kept copy holds all of it and more ({0})", "保留的一份已包含其全部内容（{0}）"),
    "copy-meaning": ("a like copy is kept; differs in {0}", "保留了相近的一份；差别：{0}"),
    "decided-remove": ("it was decided to remove it", "已裁定删除"),
    "undecided": ("kept: nobody has decided to remove it", "保留：尚未裁定删除"),
    "level": ("kept: level {0} only reports it", "保留：{0} 级只报告，不删除"),
    "short": ("kept: {0} characters, fewer than the {1} needed", "保留：只有 {0} 字，不足所需的 {1} 字"),
    "enumerated": ("kept: an enumerated clause may be repeated on purpose", "保留：带序号的条款可能是有意重复"),
    "points-back": (
        "kept: a clause that points back ({0}) means another thing there",
        "保留：含指代（{0}），位置不同所指不同",
    ),
    "no-sentence": ("kept: does not end like a sentence", "保留：结尾不像完整的句子"),
    "leads-on": (
        "kept: only the words that lead on to a table, a list or code repeat",
        "保留：重复的只是表格、列表或代码前的引导语",
    ),
    "dialogue": ("kept: dialogue may repeat itself", "保留：对话可能有意重复"),
    "few-letters": ("kept: less than half of it is letters", "保留：文字不足一半"),
    # what a copy is, and where it stands
    "other-kind": ("kept: one of the two is {1}, the other {0}", "保留：两处一处是{1}，另一处是{0}"),
    "other-place": ("kept: stands under another heading: {0} / {1}", "保留：在另一个标题下：{0} / {1}"),
    "other-label": ("kept: what stands beside it differs: {0} / {1}", "保留：旁边的文字不同：{0} / {1}"),
    "short-words": ("kept: {0} words, fewer than the {1} needed", "保留：只有 {0} 个字词，不足所需的 {1} 个"),
    "numbered": ("kept: numbered items may say the same on purpose", "保留：带编号的条目可能是有意重复"),
    "verse": ("kept: verse may repeat itself", "保留：诗歌可能有意重复"),
    "emphasis": (
        "kept: a short line that ends in an exclamation mark may be said twice",
        "保留：以感叹号结尾的短句可能有意说两遍",
    ),
    "title-lead": ("kept: a title or lead that the text behind it takes up", "保留：后文接着引用的标题或导语"),
    "chant": ("kept: a chant or a slogan repeats on purpose", "保留：念诵、口号本来就反复"),
    "recurring-headings": ("kept: the same headings recur as a set", "保留：同样的几个标题成套出现"),
    "protected-kind": ("kept: {0} is never removed by itself", "保留：{0}从不单独删除"),
    # what would be torn
    "protected-part": (
        "kept: only a part of a table, code or the like repeats",
        "保留：重复的只是表格、代码等的一部分",
    ),
    "part-of-block": ("kept: only a part of a paragraph repeats", "保留：重复的只是一段的一部分"),
    "torn": (
        "kept: the copy reaches further than what could go",
        "保留：副本的范围超出了能删除的部分",
    ),
    "heading-linked": ("kept: the document links to its heading", "保留：文中有链接指向它的标题"),
    "container-half": (
        "kept: without it something would be opened and not closed, or closed and not opened",
        "保留：删去后会有开头没有结尾，或有结尾没有开头",
    ),
    "container-empty": (
        "kept: nothing would be left between an opener and its closer",
        "保留：删去后开头和结尾之间将没有内容",
    ),
    "label-alone": ("kept: a label would be left without what it names", "保留：删去后标签下将没有内容"),
    "inline-pair": (
        "kept: a mark such as ** or a bracket would lose its partner",
        "保留：删去后 ** 或括号之类的标记将不成对",
    ),
    "list-marker": ("kept: the mark of a list item would be left or lost", "保留：删去后列表项的标记会多出或丢失"),
    # what stands in a file from which only whole pieces are cut
    "piece-part": (
        "kept: only a part of a paragraph repeats, and such a file is cut by whole paragraphs",
        "保留：重复的只是一段的一部分，而这类文件只能整段删除",
    ),
    "piece-seal": (
        "kept: the two differ in what their text does not show",
        "保留：两处在文字之外的内容上不同（修订、域、注音、图形、样式等）",
    ),
    "piece-linked": ("kept: something in the file points to it", "保留：文件中别处指向它"),
    "piece-holds": (
        "kept: it holds a note, a bookmark, a section break or the like",
        "保留：其中含有脚注、书签、分节符之类",
    ),
    "piece-mixed": (
        "kept: it stands beside other blocks without an element of its own",
        "保留：它与别的块并列，没有自己的元素",
    ),
    "piece-cell": ("kept: it stands in a table, a frame or a box", "保留：它在表格、文本框或控件中"),
    "part-empty": (
        "kept: without it a chapter file would be empty",
        "保留：删去后会有一个章节文件变空",
    ),
    "timed": (
        "kept: in timed text only neighbouring cues, and a file joined to itself, go",
        "保留：字幕中只删除相邻的重复字幕和首尾相接的整份重复",
    ),
    "cue-same": ("the same cue at the same time", "同一时间的同一条字幕"),
    "cue-again": ("the same cue follows itself directly; the times are joined", "同一条字幕紧接着又出现，时间已合并"),
    "cue-rolls": ("a line that the cue before shows already", "上一条字幕已显示的行（滚动字幕）"),
    "cue-loop": ("the same cue {0} times in a row; the times are joined", "同一条字幕连续出现 {0} 次，时间已合并"),
    "song": ("kept: what is sung or shouted may be repeated", "保留：歌词、口号之类可能有意重复"),
    "law": ("kept: a check of the result was not passed ({0})", "保留：未通过对结果的检查（{0}）"),
    "heading-alone": ("kept: a heading would be left without its section", "保留：删去后标题下将没有内容"),
    "holds-mark": (
        "kept: a mark stands in it, and marks are never removed",
        "保留：其中有标记，而标记从不删除",
    ),
    "marked-part": ("kept: a part of it is marked off", "保留：其中一部分已用标记关闭"),
    "marked-off": ("kept: marked off", "保留：已用标记关闭"),
    "marks-shift": (
        "kept: without it the marks in the text would cover something else",
        "保留：删去后，文中标记的范围会改变",
    ),
    # why a file is left alone
    "conflict": (
        "the file holds an unresolved merge conflict and is left alone; resolve it first",
        "文件中有未解决的合并冲突，未作任何改动；请先解决冲突",
    ),
    "chapter-order": ("{1} stands behind {0}", "{1}排在{0}之后"),
    # what is wrong with a mark
    "mark-unused": ("this '{0}' holds nothing back", "这个 {0} 没有挡住任何改动"),
    "mark-idle": ("nothing is off before this '{0}'", "这个 {0} 之前没有对应的 off"),
    "mark-word": (
        "'{0}' is unknown; use off, on, ignore-next or ignore-file",
        "不认识“{0}”；可用 off、on、ignore-next、ignore-file",
    ),
    "mark-word-near": ("'{0}' is unknown; did you mean {1}?", "不认识“{0}”；是不是 {1}？"),
    "mark-rule": (
        "rule '{0}' is unknown; see 'dedupe-cn rules'",
        "没有“{0}”这条规则；见 dedupe-cn rules",
    ),
    "mark-rule-near": ("rule '{0}' is unknown; did you mean {1}?", "没有“{0}”这条规则；是不是 {1}？"),
    "mark-open": ("this mark is no whole comment, so it does nothing", "这个标记的注释不完整，不起作用"),
    "mark-shifted": (
        "a tidy-up was left out: with it the marks in the text would cover something else",
        "有一处整理未做：做了之后，文中标记的范围会改变",
    ),
}

#: Differences that say nothing else.
NOISE = frozenset(
    {"width", "punctuation", "space", "variant", "look-alike", "stray-mark", "doubled-mark", "dropped-mark"}
)
#: What only one copy has, and the other may go for.
ADDED = frozenset({"missing-sentence", "cut-end", "inserted-words"})
#: class of a difference, or verdict on a pair -> (English, Chinese). In JSON the class stands as it is.
CLASSES: dict[str, tuple[str, str]] = {
    "width": ("width", "全角半角"),
    "punctuation": ("punctuation", "标点"),
    "space": ("space", "空白"),
    "variant": ("variant", "繁简异体"),
    "look-alike": ("look-alike", "形近字"),
    "stray-mark": ("stray mark", "多余符号"),
    "doubled-mark": ("doubled mark", "标点重复"),
    "dropped-mark": ("dropped mark", "标点缺失"),
    "inserted-words": ("inserted words", "多出的词句"),
    "missing-sentence": ("missing sentence", "缺整句"),
    "cut-end": ("beginning or end cut off", "首尾残缺"),
    "number": ("number", "数字"),
    "numeral": ("numeral", "中文数字"),
    "date": ("date", "日期"),
    "amount": ("amount", "数额"),
    "unit": ("unit", "单位"),
    "sign": ("sign", "正负号或符号个数"),
    "negation": ("negation", "否定"),
    "have-none": ("have or none", "有无"),
    "identifier": ("identifier", "标识符"),
    "link": ("link", "链接"),
    "translation": ("translation", "繁简转换"),
    "antonym": ("antonym", "反义"),
    "name": ("name", "名称"),
    "mark": ("mark", "有含义的符号"),
    "moved-mark": ("moved mark", "标点移位"),
    "word": ("word replaced", "词语替换"),
    "equal": ("equal", "相同"),
    "noise": ("noise", "无关文意"),
    "contained": ("contained", "已被包含"),
    "meaning": ("meaning", "含义有别"),
}
#: Kind of a block that is never removed by itself -> (English, Chinese); others stand as they are.
KINDS: dict[str, tuple[str, str]] = {
    "table": ("a table", "表格"),
    "code": ("code", "代码"),
    "indented-code": ("code", "代码"),
    "record": ("a record", "数据行"),
    "link-definition": ("a link definition", "链接定义"),
    "front-matter": ("front matter", "文件头"),
    "math": ("a formula", "公式"),
    "html": ("HTML", "HTML"),
    "directive": ("a directive", "指令"),
    "rule": ("a rule", "分隔线"),
    "image": ("an image", "图片"),
    "item": ("a list item", "列表项"),
    "row": ("a table row", "表格行"),
    "quote": ("a quotation", "引文"),
    "tag": ("a tag", "标签"),
    "heading": ("a heading", "标题"),
    "paragraph": ("a paragraph", "段落"),
    "verse": ("verse", "诗歌"),
}
#: Why repeats stay, in a word or two for counting them -> (English, Chinese), in the order in which they are told.
GROUPS: dict[str, tuple[str, str]] = {
    "level": ("only reported at this level", "本级只报告"),
    "meaning": ("differing in meaning", "含义有别"),
    "place": ("in another place", "位置不同"),
    "short": ("too short", "太短"),
    "kind": ("of a kind that repeats on purpose", "属于常有意重复的内容"),
    "protected": ("tables, code and the like", "表格、代码等"),
    "torn": ("that could not go whole", "无法整份删除"),
    "marks": ("held by marks", "由标记保留"),
    "undecided": ("not decided on", "尚未裁定"),
    "other": ("for other reasons", "其他原因"),
}
_GROUPED: dict[str, tuple[str, ...]] = {
    "level": ("level",),
    "meaning": ("differs", "copy-meaning", "piece-seal"),
    "place": ("other-kind", "other-place", "other-label"),
    "short": ("short", "short-words", "few-letters"),
    "kind": (
        *("enumerated", "numbered", "points-back", "no-sentence", "leads-on", "dialogue", "verse", "emphasis", "chant"),
        *("title-lead", "recurring-headings", "timed", "song"),
    ),
    "protected": ("protected-kind", "protected-part", "piece-holds", "piece-cell", "piece-linked"),
    "torn": (
        *("part-of-block", "torn", "heading-alone", "heading-linked", "container-half", "container-empty"),
        *("label-alone", "inline-pair", "list-marker", "law", "piece-part", "part-empty", "piece-mixed"),
    ),
    "marks": ("holds-mark", "marked-part", "marked-off", "marks-shift"),
    "undecided": ("undecided",),
}
_GROUP_OF = {code: group for group, codes in _GROUPED.items() for code in codes}
#: What a reason begins with that says why something stays.
_STAYS = ("kept: ", "保留：")
#: Which values of a reason are classes or verdicts, several of them joined by a comma.
_CLASSED: dict[str, frozenset[int]] = {
    "borderline": frozenset({0, 1}),
    "differs": frozenset({2}),
    "copy-noise": frozenset({0}),
    "copy-contained": frozenset({0}),
    "copy-meaning": frozenset({0}),
}
#: Reasons that name two places, of which one may have no heading or label.
_PLACED = frozenset({"other-place", "other-label"})
_NONE = ("none", "无")


class Reason(NamedTuple):
    """A code of :data:`WORDS` and the values that fill its sentence."""

    code: str
    values: tuple[str, ...] = ()

    def words(self, language: str) -> str:
        """Write the sentence in ``language`` (``en`` or ``zh``)."""
        return WORDS[self.code][language == "zh"].format(*self.said(language))

    def briefly(self, language: str) -> str:
        """Write the sentence without the word that says that something stays, for where that is clear."""
        return self.words(language).removeprefix(_STAYS[language == "zh"])

    @property
    def group(self) -> str:
        """Give the group of :data:`GROUPS` under which repeats that stay for this reason are counted."""
        return _GROUP_OF.get(self.code, "other")

    def said(self, language: str) -> list[str]:
        """Give the values in a language: classes, kinds of blocks and what is missing are words, others texts."""
        column = 1 if language == "zh" else 0
        if self.code in ("protected-kind", "other-kind"):
            return [KINDS[value][column] if value in KINDS else value for value in self.values]
        if self.code in _PLACED:
            return [value or _NONE[column] for value in self.values]
        classed = _CLASSED.get(self.code, frozenset())
        return [_name(value, column) if at in classed else value for at, value in enumerate(self.values)]


#: What a mark says of a passage that is not even reported.
OFF = Reason("marked-off")


def _name(classes: str, column: int) -> str:
    """Write classes joined by a comma in the language of the column."""
    names = (CLASSES[one][column] if one in CLASSES else one for one in classes.split(", "))
    return ("、" if column else ", ").join(names)
