"""Clean and undo many documents, and hold that every byte is back.

    python tests/faults/undo_exact.py --count 20000
    python tests/faults/undo_exact.py --copy FOLDER

Documents are generated over all encodings and styles of line ends, some with broken bytes; or a copy is made of the
text files of a folder. They are cleaned with ``--write``, by turns at every level and with other options (a copy: at
``aggressive``), and put back with ``undo``.

Leaves with 1 when a byte differs, and keeps the folder then.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

#: Documents that are cleaned and undone in one run.
BATCH = 100
ENCODINGS = (
    *("utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "hz", "big5", "cp950", "big5hkscs"),
    *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "shift_jis", "euc_jp", "euc_kr", "ascii"),
)
LINE_ENDS = ("\n", "\r\n", "\r", "\r\r\n", "mixed")
OPTIONS: tuple[tuple[str, ...], ...] = (
    ("--level", "safe"),
    ("--level", "standard", "--output-encoding", "keep"),
    ("--level", "aggressive", "--allow-lossy"),
    ("--level", "aggressive", "--eol", "crlf", "--select", "full-width,nfc,typographic-spaces,zero-width"),
)
SIMPLIFIED = (
    "码头上的工人把最后一箱橘子搬上船，天色已经暗了下来，江面上起了薄薄的雾。",
    "她在灯下写完那封信，折成四折，夹进一本旧字典里，再也没有取出来过。",
    "镇上的钟楼每到整点就敲一遍，外乡人听了总要抬头看一看天。",
    "按照章程，理事会每季度召开一次会议，会议记录由秘书处保存十年。",
    "ＡＢＣ公司的 2019 年报一共 86 页，附录里列出了全部供应商。",
)
TRADITIONAL = (
    "碼頭上的工人把最後一箱橘子搬上船，天色已經暗了下來，江面上起了薄薄的霧。",
    "她在燈下寫完那封信，折成四折，夾進一本舊字典裡，再也沒有取出來過。",
    "鎮上的鐘樓每到整點就敲一遍，外鄉人聽了總要抬頭看一看天。",
)
FOREIGN = {
    "shift_jis": ("港の灯りがひとつずつ消えていき、波の音だけが残った。", "母は縁側で静かに豆をむいていた。"),
    "euc_jp": ("港の灯りがひとつずつ消えていき、波の音だけが残った。", "母は縁側で静かに豆をむいていた。"),
    "euc_kr": ("항구의 불빛이 하나씩 꺼지고 파도 소리만 남았다.", "어머니는 마루에 앉아 콩을 까고 있었다."),
    "ascii": ("The last crate of oranges was carried on board at dusk.", "Nobody in the town had heard the bell."),
}
LAYOUT = ("  ", "\t", "", "", "", "\u3000\u3000", " \t ")


def sentences(encoding: str, chance: random.Random) -> tuple[str, ...]:
    if encoding in FOREIGN:
        return FOREIGN[encoding]
    if encoding in ("big5", "cp950", "big5hkscs"):
        return TRADITIONAL
    if encoding in ("gb2312", "hz", "gbk"):
        return SIMPLIFIED
    return chance.choice((SIMPLIFIED, TRADITIONAL, SIMPLIFIED + TRADITIONAL))


def document(chance: random.Random) -> bytes:
    """Make one document: paragraphs, some of them twice, dirt in the layout, now and then broken bytes."""
    encoding = chance.choice(ENCODINGS)
    pool = sentences(encoding, chance)
    paragraphs = ["".join(chance.choices(pool, k=chance.randint(1, 4))) for _ in range(chance.randint(0, 5))]
    if paragraphs and chance.random() < 0.7:
        paragraphs.insert(chance.randint(0, len(paragraphs)), chance.choice(paragraphs))
    if chance.random() < 0.15:
        paragraphs += paragraphs
    if chance.random() < 0.3:
        paragraphs.insert(0, "# " + pool[0][:6])
    style = chance.choice(LINE_ENDS)
    text = ""
    for paragraph in paragraphs:
        end = chance.choice(LINE_ENDS[:3]) if style == "mixed" else style
        layout = chance.choice(LAYOUT)
        if encoding in FOREIGN or encoding == "hz":
            layout = layout.replace("\u3000", " ")
        text += layout + paragraph + chance.choice(("", " ", "  ", "\x00", "\x08")) + end * chance.randint(1, 5)
    data = text.rstrip("\r\n").encode(encoding) if chance.random() < 0.3 else text.encode(encoding)
    if chance.random() < 0.05 and len(data) > 20:
        place = chance.randrange(len(data))
        data = data[:place] + bytes(chance.choices(range(256), k=chance.randint(1, 3))) + data[place + 1 :]
    return data


def run(*arguments: str) -> int:
    """Run a command in a forked process, so that each is as if started anew; its words go nowhere."""
    child = os.fork()
    if not child:
        code = 70
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            from dedupe_cn.cli import run as command

            code = command(list(arguments))
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def there_and_back(texts: Path, options: tuple[str, ...]) -> tuple[int, int]:
    """Clean a folder and undo it; give how many files were changed and how many are not as they were."""
    before = {path: path.read_bytes() for path in sorted(texts.rglob("*")) if path.is_file()}
    run("clean", "-w", "-q", *options, str(texts))
    changed = sum(path.read_bytes() != data for path, data in before.items())
    code = run("undo", "-q", "--anywhere") if changed else 0
    wrong = [path for path, data in before.items() if not path.exists() or path.read_bytes() != data]
    added = [path for path in texts.rglob("*") if path.is_file() and path not in before]
    for path in (*wrong, *added):
        sys.stdout.write(f"DIFFERS {path}\n")
    return changed, len(wrong) + len(added) + (code != 0)


def main() -> int:
    """Read the options, go there and back, and print the counts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=20000, help="number of generated documents")
    parser.add_argument("--copy", type=Path, default=None, help="clean a copy of the .txt and .md files of a folder")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="dedupe-cn-undo-"))
    os.environ["DEDUPE_CN_STATE_DIR"] = str(root / "state")
    os.environ.pop("PRE_COMMIT", None)
    from dedupe_cn import clean

    clean(SIMPLIFIED[0] * 4)
    chance = random.Random(options.seed)
    total = changed = wrong = 0
    texts = root / "texts"
    if options.copy:
        for path in sorted(options.copy.rglob("*")):
            if path.suffix in (".txt", ".md") and path.is_file():
                copy = texts / path.relative_to(options.copy)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
                total += 1
        changed, wrong = there_and_back(texts, ("--level", "aggressive"))
    while not options.copy and total < options.count and not wrong:
        texts.mkdir()
        size = min(BATCH, options.count - total)
        for number in range(size):
            (texts / f"{number}.{'md' if number % 4 == 0 else 'txt'}").write_bytes(document(chance))
        one, bad = there_and_back(texts, OPTIONS[total // BATCH % len(OPTIONS)])
        total, changed, wrong = total + size, changed + one, wrong + bad
        if not wrong:
            shutil.rmtree(texts)
    sys.stdout.write(f"{total} documents, {changed} changed and put back, {wrong} differ\n")
    if wrong:
        return 1
    shutil.rmtree(root)
    return 0


if __name__ == "__main__":
    sys.exit(main())
