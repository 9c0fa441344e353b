"""A repository whose history is written step by step, each step with the findings that it adds."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: Paragraphs without anything in common, each long enough to be missed when it stands twice.
PROSE = tuple(
    f"{line}。"
    for line in """\
渡口的老人每天清早都要把缆绳检查一遍，然后坐在门前的石阶上，等第一班船从雾里慢慢靠过来
山坡上的茶园刚刚下过雨，采茶的姑娘们挎着竹篮往上走，笑声一直传到对面那座空了很久的庙里
修钟表的铺子开在街角，柜台里摆满了停在不同时刻的座钟，店主却说只有坏掉的那一只最准
图书馆三楼靠窗的座位总是空着，管理员解释那里夏天太晒冬天漏风，只有考试前才会有人去抢
他们用了整整两个星期才把水渠挖通，放水那天全村都来了，连平时不出门的外婆也拄着拐杖赶到
货车在盘山公路上坏了，司机蹲在路边抽烟，后面排起的长队里渐渐有人下来帮忙推到避让区
实验室的灯亮到后半夜，几个学生围着屏幕争论曲线为什么突然下降，最后发现是温度计插反了
面馆的汤底从凌晨开始熬，骨头和干贝要换三次水，老板娘说少换一次街坊第二天就会尝出来
旧城墙的砖缝里长出一棵构树，文物部门来看过几回，决定先留着它，等秋天落叶以后再想办法
孩子把风筝线缠在邮筒上跑去买冰棍，回来时线断了，风筝挂在对面七楼的晾衣架上晃来晃去
测量队在戈壁里走了九天，第十天早晨看见远处有一排杨树，向导说那是四十年前的兵站留下的
剧团搬家时丢了一箱戏服，演出只好改成清唱，没想到台下的掌声比往年任何一场都更加热烈
邻居送来一盆不知名的兰花，放在阳台上三年没有动静，今年清明前后忽然抽出两支花箭
码头仓库改成了美术馆，吊车轨道还留在屋顶上，管理人偶尔会开动它，给来参观的小学生看
气象站建在岛的最高处，值班员每隔三小时发一次报，最怕的不是台风而是连着半个月的大雾
裁缝收下那块布料看了半天，说花色太旧不好配里子，客人却坚持要照祖母年轻时的样子做
夜班列车在小站停了两分钟，没有人上下，站台上的值班员举着灯，目送最后一节车厢拐过弯去
酿酒的师傅把耳朵贴在缸壁上听，徒弟们也学着听，听了一个冬天才分得清哪一缸已经开始醒
村口的电话亭早就没有人用了，里面的线路却还通着，有一年除夕它忽然响起来，响了很长时间
考古队清理到第三层时挖出一串陶铃，拿起来还能响，领队让大家放下手里的活，安静地听了一会儿
""".splitlines()
)


def git(folder: Path, *arguments: str) -> str:
    """Run git without the settings of whoever runs the tests."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    names = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True, env={**os.environ, **own, **names})
    return done.stdout.decode()


def commit(folder: Path, what: str = "a") -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", what)


def page(*blocks: str) -> str:
    """Write paragraphs under each other."""
    return "\n\n".join(blocks) + "\n"


@dataclass
class Book:
    """The files of the repository: its texts by name, which a step changes."""

    folder: Path

    def read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def change(self, name: str, old: str, new: str) -> None:
        text = self.read(name)
        assert text.count(old) >= 1, old
        self.write(name, text.replace(old, new, 1))

    def move(self, old: str, new: str) -> None:
        text = self.read(old)
        (self.folder / old).unlink()
        self.write(new, text)


def removal(name: str, said: str) -> str:
    return f"{name}: {said[:6]}"


def layout(name: str, rule: str, count: int = 1) -> str:
    return f"{name}: {rule} {count}"


def steps(book: Book) -> Iterator[tuple[str, list[str]]]:
    """Write the history: after each step what was done, and the findings that are new."""
    p = PROSE
    book.write("a.md", page("# 渡口", p[0], p[1], p[2]))
    book.write("b.md", page("# 工地", p[3], p[4]))
    yield "two clean files", []
    book.change("a.md", p[1], page(p[1], p[1]).rstrip("\n"))
    yield "a paragraph twice", [removal("a.md", p[1])]
    book.change("a.md", "# 渡口\n", f"# 渡口\n\n{p[5]}\n")
    yield "a clean paragraph above it", []
    book.change("b.md", p[4], p[4] + "  ")
    book.change("b.md", p[3], p[3] + " ")
    yield "white space at the end of lines", [layout("b.md", "trailing-space", 2)]
    book.change("b.md", p[3] + " \n", f"{p[3]} \n\n{p[6]}\n")
    yield "a paragraph between these lines", []
    book.change("b.md", p[6], p[6] + "\t")
    yield "one more such line", [layout("b.md", "trailing-space")]
    book.change("b.md", p[3] + " ", p[3])
    book.change("b.md", "# 工地", "# 工地 ")
    yield "one mended, and another", [layout("b.md", "trailing-space")]
    book.write("chapters/01.txt", p[7] + p[8] + p[7] + p[8] + "\n")
    yield "a chapter in one line, twice", [removal("chapters/01.txt", p[7])]
    book.move("chapters/01.txt", "chapters/02.txt")
    book.write("chapters/02.txt", "　" + book.read("chapters/02.txt"))
    yield "renamed, one character put in front", []
    book.change("a.md", p[0], page(p[0], "- 船票\n- 缆绳\n- 浆和桨架\n- 油布雨披\n- 备用的马灯").rstrip("\n"))
    yield "a list", []
    book.write("a.md", book.read("a.md") + "\n" + page("- 船票\n- 缆绳\n- 浆和桨架\n- 油布雨披\n- 备用的马灯"))
    yield "the list again, at the end", [removal("a.md", "- 船票\n- 缆绳")]
    book.change("a.md", f"{p[1]}\n\n{p[1]}\n\n", "")
    book.write("a.md", book.read("a.md") + "\n" + page(p[1], p[1]))
    yield "a repeat moved to the end", []
    book.write("a.md", book.read("a.md") + "\n" + page(p[1]))
    yield "the same a third time", [removal("a.md", p[1])]
    book.write("a.md", page(*book.read("a.md").rstrip("\n").split("\n\n")[:-1]))
    yield "and gone again", []
    book.write("c.md", page("# 气象", p[9], p[10], p[9]))
    yield "a new file with a repeat", [removal("c.md", p[9])]
    book.change("c.md", "第十天", "第十一天")
    yield "another word in it", []
    book.change("c.md", p[9], page(p[9], p[11]).rstrip("\n"))
    yield "a paragraph behind the first copy", []
    book.write("c.md", book.read("c.md") + "\n" + page(p[11]))
    yield "and behind the second", [removal("c.md", p[11])]
    book.change("b.md", p[6], p[6].replace("后半夜", "后半夜\ufffd"))
    yield "a lost character", ["b.md: replacement-char 1"]
    book.change("b.md", "学生", "学生\ufffd")
    yield "one more", ["b.md: replacement-char 1"]
    book.change("b.md", "曲线", "曲线图")
    yield "a word beside it", []
    book.write("chapters/03.txt", page(p[12], p[13], p[13]))
    book.write("chapters/04.txt", page(p[14], p[15]))
    yield "two more chapters", [removal("chapters/03.txt", p[13])]
    book.move("chapters/04.txt", "chapters/05.txt")
    book.move("chapters/03.txt", "chapters/04.txt")
    book.write("chapters/03.txt", page(p[16], p[17]))
    yield "a chapter put between, the others numbered anew", []
    book.move("chapters/04.txt", "chapters/4.md")
    yield "a chapter becomes Markdown", []
    book.write("d.md", book.read("c.md"))
    yield "a copy of a file", sorted([removal("d.md", p[9]), "d.md = c.md"])
    (book.folder / "d.md").unlink()
    yield "and gone again", []
    book.change("a.md", p[2], p[2] + "\n\n\n")
    yield "blank lines", [layout("a.md", "blank-lines")]
    book.change("a.md", p[5], f"{p[5]}\n\n{p[18]}")
    book.write("a.md", book.read("a.md") + "\n" + page(p[18].replace("很长时间", "三十分钟")))
    yield "nearly the same again, with another meaning", [removal("a.md", p[18])]
    book.write("a.md", book.read("a.md").rstrip("\n"))
    yield "no line end at the end", [layout("a.md", "final-newline")]
    book.write("a.md", book.read("a.md") + "\n\n" + p[19])
    yield "another end without one", []
