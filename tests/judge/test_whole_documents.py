"""A page that was pasted twice and nothing else leaves one; two pages that say different things stay."""

from __future__ import annotations

from examples import AGGRESSIVE, SAFE, STANDARD, Example, check, each

from dedupe_cn.model import Kind, Level

TITLE = "温室里的兰花"
BODY = (
    "温室建在植物园的东北角，屋顶用双层玻璃拼成，冬天的太阳斜着照进来，把苔藓和树皮晒得微微发暖。",
    "园丁每天清早先看湿度计，再摸一摸根旁的水苔，干了才浇，浇的时候让水沿着盆边慢慢渗下去，不许溅到叶心。",
    "开花的季节最怕闷热，侧窗要一扇一扇地打开，风不能直吹，于是他在窗前挂了一层麻布，自己站在过道里试风。",
    "花谢了以后剪掉花梗，把盆搬到阴凉的架子上休养，肥料停上两个月，等新芽冒出来再一点点地加回去。",
    "去年冬天停过一回电，他把能搬的都搬进值班室，围着小炉子坐到天亮，第二天清点，只冻坏了靠门口的几片叶子。",
    "参观的人常问哪一盆最贵，园丁只是笑笑，说能在这里住满十年的，都已经不肯搬家，也就谈不上价钱。",
    "墙上挂着一张旧照片，照片里的温室还是木头架子，站在门口的姑娘后来成了这里的第一位园丁，教出了一屋子徒弟。",
    "闭馆的铃声响过，灯一盏一盏地灭下去，只有加湿器还在角落里轻轻地喘气，像是替那些花守着夜里的凉意。",
)
PAGE = "\n\n".join(BODY)
LINE = "".join(BODY)
MARKDOWN = Kind.MARKDOWN


def twice(first: str, second: str, between: str = "\n\n") -> str:
    return first + between + second + "\n"


def changed(old: str, new: str) -> str:
    assert PAGE.count(old) == 1
    return PAGE.replace(old, new)


def gone(name: str, text: str, left: str = PAGE, likeness: str = "exact", kind: Kind = Kind.TEXT) -> Example:
    at = SAFE if likeness == "exact" else STANDARD
    return Example(name, text, left + "\n", at, "whole-document", likeness, "level", kind)


EXACT = (
    gone("a page twice behind a blank line", twice(PAGE, PAGE)),
    gone("a page twice behind one line end", twice(PAGE, PAGE, "\n")),
    gone("a page twice behind many blank lines", twice(PAGE, PAGE, "\n\n\n\n\n")),
    gone("a page twice without anything between", twice(PAGE, PAGE, "")),
    gone("a page twice in one line", twice(LINE, LINE, ""), LINE),
    gone("a page three times", twice(PAGE, PAGE + "\n\n" + PAGE)),
    gone("a short page to the letter", twice(BODY[0], BODY[0]), BODY[0]),
    gone(
        "a page of Markdown twice",
        twice(f"# {TITLE}\n\n{PAGE}", f"# {TITLE}\n\n{PAGE}"),
        f"# {TITLE}\n\n{PAGE}",
        kind=MARKDOWN,
    ),
    gone(
        "the second page glued to the last character",
        twice(f"{TITLE}\n\n{PAGE}", f"{TITLE}\n\n{PAGE}", ""),
        f"{TITLE}\n\n{PAGE}",
    ),
    Example(
        "one title and the text twice",
        twice(f"# {TITLE}\n\n{PAGE}", PAGE),
        f"# {TITLE}\n\n{PAGE}\n",
        SAFE,
        "tandem",
        kind=MARKDOWN,
    ),
    gone(
        "a page with a list and a table twice",
        twice(
            f"{PAGE}\n\n- 湿度\n- 光照\n\n| 月 | 肥 |\n| - | - |\n| 五 | 稀 |",
            f"{PAGE}\n\n- 湿度\n- 光照\n\n| 月 | 肥 |\n| - | - |\n| 五 | 稀 |",
        ),
        f"{PAGE}\n\n- 湿度\n- 光照\n\n| 月 | 肥 |\n| - | - |\n| 五 | 稀 |",
        kind=MARKDOWN,
    ),
)
TITLES = (
    gone(
        "the second title has no mark",
        twice(f"# {TITLE}\n\n{PAGE}", f"{TITLE}\n\n{PAGE}"),
        f"# {TITLE}\n\n{PAGE}",
        kind=MARKDOWN,
    ),
    Example(
        "the title stands a third time behind both",
        twice(f"{TITLE}\n\n{PAGE}", f"{TITLE}\n\n{PAGE}\n\n{TITLE}"),
        f"{TITLE}\n\n{PAGE}\n\n{TITLE}\n",
        SAFE,
        "tandem",
    ),
)
NEXT = "另见山脚下的旧茶亭"
TITLED = (
    Example("the title of another page glued to the first", twice(PAGE + NEXT, PAGE, "\n"), levels=(SAFE,)),
)
BEGUN = (
    Example("the second page lacks its beginning", twice(PAGE, "\n\n".join(BODY[2:])), PAGE + "\n", SAFE, "tandem"),
)
CUT_OFF = tuple(
    Example(name, text, PAGE + "\n", SAFE, "whole-document", "contained", "level")
    for name, text in (
        ("the second page breaks off in mid-sentence", twice(PAGE, PAGE[:290])),
        ("the second page breaks off behind a paragraph", twice(PAGE, "\n\n".join(BODY[:6]))),
        ("the second page begins in mid-sentence", twice(PAGE, PAGE[110:])),
        ("the second page breaks off, glued to the first", twice(PAGE, PAGE[:305], "")),
        ("the first page breaks off and the whole follows", twice(PAGE[:310], PAGE)),
        ("the second page breaks off a few words before its end", twice(PAGE, PAGE[:-20])),
        ("the second page lacks a few words at its beginning", twice(PAGE, PAGE[17:])),
    )
)
NOISE = (
    gone("a misread character in the second page", twice(PAGE, changed("坐到天亮", "坐到夭亮")), likeness="noise"),
    gone("a misread character in the first page", twice(changed("自己站在", "自已站在"), PAGE), likeness="noise"),
    gone("half-width marks in the second page", twice(PAGE, changed("搬家，也就", "搬家,也就")), likeness="noise"),
    gone(
        "radicals in the place of characters in the first",
        twice(changed("在窗前挂了一层麻布", "在窗前挂了⼀层⿇布"), PAGE),
        likeness="noise",
    ),
)
CONTAINED = (
    gone("the second page lacks a paragraph", twice(PAGE, "\n\n".join(BODY[:3] + BODY[4:])), likeness="contained"),
    gone("the first page lacks a paragraph", twice("\n\n".join(BODY[:2] + BODY[3:]), PAGE), likeness="contained"),
    gone("the first page lacks words", twice(changed("轻轻地", ""), PAGE), likeness="contained"),
)
MEANING = tuple(
    Example(name, twice(PAGE, other), PAGE + "\n", AGGRESSIVE, "whole-document", "meaning", "differs")
    for name, other in (
        ("another word", changed("晒得微微发暖", "烤得微微发暖")),
        ("another place", changed("植物园的东北角", "植物园的西南角")),
    )
)
GUARDED = tuple(
    Example(name, twice(PAGE, other), why="differs")
    for name, other in (
        ("another numeral", changed("住满十年", "住满八年")),
        ("a negation more", changed("干了才浇", "干了才不浇")),
        ("a negation less", changed("不许溅到", "许溅到")),
    )
)
ENDS = tuple(
    Example(name, first + "\n\n" + second + "\n", why="differs")
    for name, first, second in (
        ("another amount at the end", f"{PAGE}\n\n门票每张15元。", f"{PAGE}\n\n门票每张25元。"),
        ("another number at the end", f"{PAGE}\n\n档案号：0017", f"{PAGE}\n\n档案号：0018"),
        ("another date at the beginning", f"2016年3月8日\n\n{PAGE}", f"2018年4月9日\n\n{PAGE}"),
        (
            "another date behind the title",
            f"{TITLE}\n\n（2011年4月7日修订）\n\n{PAGE}",
            f"{TITLE}\n\n（2020年1月3日修订）\n\n{PAGE}",
        ),
        ("another number glued to the end", f"{LINE}档案号：0017", f"{LINE}档案号：0018"),
    )
)
OTHER = (
    Example("a page in both scripts", twice(
        "这间温室归园艺学会管理，门边写着开馆的时间，观众须从东侧进来，随后听讲解员谈养兰的历史。"
        + "冬天时门窗紧闭，园丁们每隔几个钟头来测温，见气压过低便点起炉灶，让热气沿着铁管绕屋一圈。",
        "這間溫室歸園藝學會管理，門邊寫著開館的時間，觀眾須從東側進來，隨後聽講解員談養蘭的歷史。"
        + "冬天時門窗緊閉，園丁們每隔幾個鐘頭來測溫，見氣壓過低便點起爐灶，讓熱氣沿著鐵管繞屋一圈。",
    ), why=None),
    Example(
        "rows of data alone are no page",
        "编号\t名称\t产地\n甲一\t春兰\t云南\n甲二\t蕙兰\t四川\n甲三\t墨兰\t广东\n" * 2,
        why="protected-kind",
    ),
)
EXAMPLES = (*TITLED, *EXACT, *TITLES, *BEGUN, *CUT_OFF, *NOISE, *CONTAINED, *MEANING, *GUARDED, *ENDS, *OTHER)


@each(EXAMPLES)
def test_a_page_twice(example: Example, level: Level) -> None:
    check(example, level)
