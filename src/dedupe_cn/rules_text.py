"""What each rule does, an example, and its risk as measured, in both languages.

The numbers are from 28,000 real Chinese files; the examples are run by a test.
"""

from __future__ import annotations

from operator import itemgetter

from dedupe_cn.rule import MARKDOWN, NONE, REMOVE, REPORT, Pair, RuleText
from dedupe_cn.settings import TIDY_ON_REQUEST
from dedupe_cn.tidy.on_request import load

_LAYOUT: Pair = ("Layout only: no visible character is touched.", "只动版面，不触及任何可见字符。")
_NEWS = (
    "市气象台今天上午发布消息，受冷空气影响，明后两天全市将有一次降温降雨过程。\n"
    "最低气温将降到六度左右，请市民及时添衣。\n"
)
_LONG = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，"
_NOTICE = "本次活动面向全体读者开放，报名截止日期为本月最后一个工作日，逾期不再受理，请有意参加者尽早提交材料。"
_MIDDLE = "活动期间图书馆照常开放，读者可以在二楼服务台领取说明。"
_LAST = "活动结束后，获奖名单将在馆内公告栏张贴。"
_PAGE = ("第一页讲的是缘起。", "第二页讲的是经过。", "第三页讲的是结果。")
_FOOTER = "内部资料 请勿外传"
_SECTION = (
    "## 开机步骤\n\n开机之前先检查电源线是否插好，再按下面板上的红色按钮，等指示灯变成绿色以后才能放入纸张，"
    "每次不要超过五十张。\n"
)
_OTHER_SECTION = "## 关机步骤\n\n先取出剩下的纸张，再按下红色按钮，等风扇停了以后拔掉电源线。\n"
_UNIT = "系统升级将在今晚十点开始，"

_TEXTS: dict[str, RuleText] = {
    "whole-document": RuleText(
        (
            "The document is one page two or more times and nothing else: before, between and behind the copies "
            "stands white space, or the page's own title again. Each has at least 200 characters, 40 when exact; the "
            "last may begin in mid-line and break off when half of it is there. Records, code or one table alone are "
            "no page, nor is short verse. safe removes exact copies, complete or cut off; standard also those with "
            "noise or of which one holds the other; aggressive also those that say something else, unless guarded.",
            "整篇就是同一页贴了两遍或更多，别无其他：副本之前、之间、之后只有空白，或再次出现的标题。每份不少于 200 "
            "字，完全相同时不少于 40 字；后一份可以从行中间开始，也可以贴到一半以后就断掉。只有数据行、代码或一个"
            "表格的不算一页，短诗也不算。safe 删除完全相同的（完整的或断掉的）；standard 还删除只差噪声或一份包含另"
            "一份的；aggressive 还删除意思有别但不在严禁之列的。",
        ),
        (
            "Two copies that cover half of the prose or more occur in 0 of 5,125 clean files; the real ones cover more "
            "than 99 %. What stands at the ends of a page is a difference too: two letters that differ in a number "
            "or a name at the top or the bottom are two letters.",
            "5,125 个干净文件中，没有一个含有覆盖正文一半以上的两份副本；真正的误贴覆盖率都在 99% 以上。"
            "页首页尾不同也算差别：只差开头编号或结尾落款的两封信是两封信。",
        ),
        _NEWS + "\n" + _NEWS,
        _NEWS,
        (REMOVE, REMOVE, REMOVE),
    ),
    "section": RuleText(
        (
            "A heading with everything beneath it stands again further on, beneath the same parents and with the same "
            "words in the heading (number and markup aside). It goes with its heading or stays. The body holds at "
            "least 40 words. It stays where headings recur as a set, as under every function of a manual, and where "
            "the document links to the second one. standard removes exact copies, those with noise, and those of "
            "which one holds the other; aggressive also those that say something else, unless guarded. Directly "
            "behind itself it is a tandem.",
            "一个标题连同其下全部内容在后文又出现，上级标题相同，标题文字也相同（编号和标记不计）。要删就连标题一起删，"
            "否则整节保留。节内不少于 40 个字词。几个标题成套重复（如手册中每个函数下都有的）时保留，文中有链接指向"
            "第二个标题时也保留。standard 删除完全相同、只差噪声或一份包含另一份的；aggressive 还删除意思有别但不在"
            "严禁之列的。紧接在自己后面的归 tandem。",
        ),
        (
            "Sections are 16 of the 133 accidents that people took out of 29 repositories themselves. The same heading "
            "with another number (12. … 57. …) led to 48 true pairs in one file, though headings that are meant "
            "recur as well, so safe only reports.",
            "人们自己从 29 个仓库中删去的 133 处误贴里，整节的有 16 处。标题相同而编号不同（12. …… 57. ……）的，"
            "一个文件里就有 48 对真正的重复；但有意重复的标题也有，所以 safe 级只报告。",
        ),
        f"{_SECTION}\n{_OTHER_SECTION}\n{_SECTION}",
        f"{_SECTION}\n{_OTHER_SECTION}",
        (REPORT, REMOVE, REMOVE),
        MARKDOWN,
    ),
    "tandem": RuleText(
        (
            "A passage follows itself directly, with nothing but white space between. In prose it may begin at any "
            "character and has at least 40 characters with 30 words (80 letters in Latin script); as whole lines or "
            "blocks (paragraphs, list items, quotes, images, headings with what follows) at least 12 characters with "
            "6 words; as a chapter title (第十二章 雨夜, and again with or without its number) any length. In "
            "subtitles a cue again whose times touch or overlap, and lines that roll, go; times are joined. "
            "Not code, tables, records, verse, dialogue, nor a title that the text behind it takes up. safe "
            "removes exact ones of 40 characters and more; standard those with noise, and those of which one holds the "
            "other; aggressive also those from 15 characters on in mid-line, and those that say something else, unless "
            "guarded.",
            "一段文字紧接着又出现一次，中间只有空白。正文中可以从任何一个字开始，至少 40 字、30 个字词（拉丁字母至少 "
            "80 个）；整行或整块（段落、列表项、引文、图片、标题连同后文）至少 12 字、6 个字词；章节标题（第十二章 雨夜"
            "，再写一遍，带不带编号都算）不限长度。字幕中，时间相接或重叠的同一条字幕、滚动字幕里重复的行会删去，并合并时间。"
            "代码、表格、数据行、"
            "诗歌、对话不算，后文接着引用的标题也不算。safe 删除完全相同且不少于 40 字的；standard 还删除只差噪声或一份"
            "包含另一份的；aggressive 还删除行中 15 字以上的，以及意思有别但不在严禁之列的。",
        ),
        (
            "36 of 36 at 40 characters or more were accidents, in 27,838 files; of those of 15 to 39 characters in "
            "other files 8 of 30. Whole lines twice in a row: 4 in 4,381 files, none from 30 characters on. One "
            "character between the copies ends the rule.",
            "27,838 个文件中，40 字以上的 36 处全部是误贴；另一批文件中 15 至 39 字的 30 处里只有 8 处是。整行连续"
            "两次的，4,381 个文件中有 4 处，30 字以上的没有。两份之间只要隔着一个字符就不算。",
        ),
        f"{_LONG}{_LONG}抬头看见他，笑了。\n",
        f"{_LONG}抬头看见他，笑了。\n",
        (REMOVE, REMOVE, REMOVE),
    ),
    "loop": RuleText(
        (
            "The same words over and over: a unit of 7 characters or more with a word in it, five times or more in a "
            "row; or three and more sentences in a row, each of them twice. 60 characters in all at least. One of each "
            "stays. Also a line that grows over five lines and more (我 / 我们 / 我们今天 …), as a recogniser writes "
            "it while it listens: the whole of it stays. In subtitles cues count, which then share their times. Not "
            "verse, chants, prayers, slogans, rules, laughter, code, records or tables, nor a short phrase parted by "
            "a mark or a line end below 30 times.",
            "同样的话一再重复：不少于 7 字且含有文字的单位连续出现五次以上；或连续三句以上，每句都说两遍。合计至少 60 "
            "字。各留一份。还包括五行以上逐行变长的一句话（我 / 我们 / 我们今天……，语音识别边听边写出来的）：留下完整的"
            "一行。字幕按条计算，并合并时间。诗歌、念诵、祷词、口号、分隔线、笑声、代码、数据行和表格不算；由标点或换行"
            "隔开的短语不到 30 次也不算。",
        ),
        (
            "Held by 40 texts in the shapes of models that loop and 40 that only look like it. It is what a transcript "
            "or a language model that got stuck writes; a writer who insists stays below five times.",
            "用 40 篇仿照模型卡住时的文字和 40 篇只是看起来像的文字检验。转写软件或语言模型卡住时就会写出这样的文字；"
            "作者为强调而重复的，不到五次。",
        ),
        f"{_UNIT * 5}请提前保存文件。\n",
        f"{_UNIT}请提前保存文件。\n",
        (REPORT, REMOVE, REMOVE),
    ),
    "repeated-block": RuleText(
        (
            "A whole paragraph, or several in a row, stands again further on. standard removes exact copies, those "
            "with noise, and those of which one holds the other, where they stand in the same place (the same "
            "headings, label and container), in prose of at least 30 words (80 letters in Latin script) in a document "
            "of up to 20 blocks, rising to 60 words from 200 blocks on; --min-chars fixes it. aggressive removes those "
            "of 15 words in any place too, and those that say something else, unless guarded. Not verse, dialogue, "
            "records, numbered items, clauses that point back, or lines that only lead on.",
            "整段或连续几段在后文又出现。standard 删除完全相同、只差噪声或一份包含另一份的，但须位置相同（标题、标签、"
            "容器都相同），是正文，且不少于 30 个字词（拉丁字母 80 个）；文档超过 20 块后逐渐提高，200 块以上为 60 个"
            "字词；可用 --min-chars 固定。aggressive 在任何位置都删除，15 个字词即可，还删除意思有别但不在严禁之列的。"
            "诗歌、对话、数据行、编号条目、含指代的条款和引导语不算。",
        ),
        (
            "Of 188 blocks that stood again elsewhere in 31 repositories 3 were accidents; 33 of 37 in documentation "
            "stood under another heading than the first. Therefore safe only reports, and standard asks for the same "
            "place and many words.",
            "31 个仓库中在别处又出现的 188 个段落里，只有 3 处是误贴；文档网站中的 37 处，有 33 处在另一个标题下。"
            "所以 safe 级只报告，standard 级要求位置相同、字数够多。",
        ),
        f"{_NOTICE}\n\n{_MIDDLE}\n\n{_LAST}\n\n{_NOTICE}\n",
        f"{_NOTICE}\n\n{_MIDDLE}\n\n{_LAST}\n",
        (REPORT, REMOVE, REMOVE),
    ),
    "near-duplicate": RuleText(
        (
            "Not a shape of its own: the name for copies of any shape that are not exact. Their likeness is noise "
            "(look-alike characters, sentence marks, width, spaces; the right copy stays), contained (one lacks "
            "sentences, an end or a few words of the other; the fuller stays) or meaning (both stay; aggressive "
            "removes one unless it is guarded: numbers, dates, amounts, negations, identifiers, addresses). "
            "--disable near-duplicate leaves exact copies only; --select with a shape looks for exact copies of that "
            "shape, and with near-duplicate too for all of them; --select near-duplicate alone looks for copies of "
            "every shape that are not exact.",
            "它本身不是一种形态，而是各种形态中不完全相同的副本的统称。相似程度有三种：噪声（形近字、标点、全半角、空格；"
            "留下正确的一份）、包含（一份缺少另一份的句子、首尾或几个词；留下较完整的一份）、意思有别（两份都保留；"
            "aggressive 删除其一，但数字、日期、数额、否定、标识符、地址有别的除外）。--disable near-duplicate "
            "表示只找完全相同的副本；--select 某一形态只找该形态中完全相同的，再加上 near-duplicate 则该形态全都找；"
            "单独 --select near-duplicate 则找各种形态中不完全相同的副本。",
        ),
        (
            "Of 247 pairs at 90 % or more read in clean text 194 differ in meaning (前款 / 前两款, 100 / 1000万元); of "
            "those equal but for punctuation, width and script none of 13 was wrong.",
            "在干净文本中读过的 247 对（相似度 90% 以上）里，194 对含义不同（如前款与前两款、100 与 1000 万元）；"
            "仅标点、全半角和繁简不同的 13 对无一误判。",
        ),
        f"{_NOTICE}\n\n{_MIDDLE}\n\n{_NOTICE.replace('日期', '曰期')}\n",
        f"{_NOTICE}\n\n{_MIDDLE}\n",
        (REPORT, REMOVE, REMOVE),
    ),
    "running-line": RuleText(
        (
            "A short line three times or more at a distance, outside verse, tables and lists: page header or footer, "
            "watermark, editor's line, a call to scan a code. The first stays.",
            "诗歌、表格、列表之外的短行，隔一段出现三次以上：页眉、页脚、水印、责任编辑、扫码关注一类。保留第一处。",
        ),
        (
            "Not measured by itself. Short lines mostly repeat on purpose (10 characters and more: 1,501 repeats in "
            "518 of 6,377 clean files), so only aggressive removes them.",
            "未单独测量。短行的重复大多是有意的（10 字以上：6,377 个干净文件中有 518 个、共 1,501 处），"
            "因此只有 aggressive 级才删除。",
        ),
        "\n".join(f"{page}\n\n{_FOOTER}\n" for page in _PAGE),
        f"{_PAGE[0]}\n\n{_FOOTER}\n\n{_PAGE[1]}\n\n{_PAGE[2]}\n",
        (NONE, REPORT, REMOVE),
    ),
    "duplicate-file": RuleText(
        (
            "Two inputs are the same but for white space. It is reported; no file is ever deleted.",
            "两个输入除空白外完全相同。只报告，绝不删除文件。",
        ),
        (
            "Real: 7 pairs among 3,476 laws, 521 among 20,617 novel chapters.",
            "确有其事：3,476 部法律中 7 对，20,617 章小说中 521 对。",
        ),
        levels=(REPORT, REPORT, REPORT),
    ),
    "across": RuleText(
        (
            "A section, a passage or a whole file stands in two or more files, exact or nearly. It is looked for with "
            "--across, told with what differs, and never removed; what differs in meaning comes first.",
            "同一章节、段落或整个文件出现在两个以上的文件里，相同或相近。用 --across 查找，报告差别，绝不删除；"
            "含义有别的排在最前。",
        ),
        (
            "Nothing is removed. Passages of fewer than 20 words, code, tables and links alone are not told.",
            "不删除任何内容。少于 20 个字词的段落，以及单独的代码、表格、链接，不报告。",
        ),
        levels=(REPORT, REPORT, REPORT),
    ),
    "bom": RuleText(
        ("The byte order mark at the start is dropped.", "去掉开头的字节顺序标记。"),
        _LAYOUT,
        "\ufeff甲\n",
        "甲\n",
    ),
    "control-chars": RuleText(
        (
            "Control characters (not TAB, not line ends) are dropped; VT and FF, the line and page ends of Word, WPS "
            "and PDF, become line ends.",
            "去掉控制字符（制表符、换行除外）；VT 和 FF 是 Word、WPS、PDF 的换行与换页，改为换行。",
        ),
        _LAYOUT,
        "甲\x08乙\n",
        "甲乙\n",
    ),
    "line-ends": RuleText(
        (
            "Mixed line ends become the file's dominant one; --eol chooses. CR CR LF is one in plain text, two in "
            "Markdown.",
            "混用的换行符统一为占多数者；可用 --eol 指定。CR CR LF 在纯文本中算一个换行，在 Markdown 中算两个。",
        ),
        _LAYOUT,
        "甲\r\n乙\n丙\r\n",
        "甲\r\n乙\r\n丙\r\n",
    ),
    "trailing-space": RuleText(
        (
            "White space at the end of lines is trimmed. Markdown's two-space line break stays, and a line of U+3000 "
            "or NBSP alone, which is a paragraph there; so do empty last fields of records in plain text.",
            "去掉行尾空白。Markdown 的双空格换行保留，独占一行的全角空格或不换行空格（在那里是段落）保留；"
            "纯文本中记录末尾的空字段保留。",
        ),
        (
            "Layout only. Markdown's hard breaks, in 2.4 % of 4,410 files, are kept.",
            "只动版面。4,410 个文件中 2.4% 用到的 Markdown 硬换行会保留。",
        ),
        "甲  \n乙\t\n",
        "甲\n乙\n",
    ),
    "indent": RuleText(
        (
            "In a Chinese plain text of which all paragraphs begin with the same TABs or ASCII blanks these go; "
            "different indents are layout and stay, as do indents of U+3000.",
            "中文纯文本的所有段落都有同样的制表符或半角空格缩进时，去掉这些缩进；深浅不一的缩进是版式，保留；"
            "全角空格缩进也保留。",
        ),
        _LAYOUT,
        "    这一段前面有四个空格，是从网页上贴来的。\n",
        "这一段前面有四个空格，是从网页上贴来的。\n",
    ),
    "blank-lines": RuleText(
        (
            "Runs of blank lines become one, unless Markdown would read a list or code otherwise.",
            "连续多个空行并为一个；若会改变 Markdown 对列表或代码的理解，则保留。",
        ),
        _LAYOUT,
        "甲\n\n\n\n乙\n",
        "甲\n\n乙\n",
    ),
    "final-newline": RuleText(
        ("The file ends with exactly one line end.", "文件以恰好一个换行符结尾。"), _LAYOUT, "甲", "甲\n"
    ),
}
#: Every rule explained: those that delete, those that are on unless disabled, and those on request, which explain
#: themselves.
TEXTS: dict[str, RuleText] = _TEXTS | {
    name: rule.text for name, rule in sorted(load(TIDY_ON_REQUEST), key=itemgetter(0))
}
