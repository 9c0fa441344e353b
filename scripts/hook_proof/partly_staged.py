"""Files of which a part is staged: whatever the runner does with the rest, no passage is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hook_proof.ground import Proof
from hook_proof.runners import Runner

TITLE = "# 归途\n"
FIRST = "第二天一早，他们沿着河堤走到镇上，在老茶馆里坐了一个上午，谁也没有提起那件事。\n"
PASTED = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，抬头看见他，笑了。\n"
REWORDED = "他推开那扇旧木门，院子里的桂花已经落了一地，父亲正站在井边打水，听见门响便回过头来，却没有说话。\n"
BESIDE = "那年秋天的雨下了整整一个月，河水漫过了石桥，镇上的人都搬到山坡上去住。\n"
LAST = "许多年以后，他还记得那天傍晚的灯光，一盏一盏，从街口亮到渡头。\n"
PASSAGES = (FIRST, PASTED, REWORDED, BESIDE, LAST)
#: git holds UTF-8, and the files are in GBK.
IN_GBK = "*.txt text working-tree-encoding=GBK\n"
#: Paragraphs between the copies and the end, so that an edit there has nothing to do with them.
FAR = tuple(f"第{n}盏灯亮起来的时候，船夫把缆绳解开，慢慢地撑离了岸边。\n" for n in "一二三四五六")


def page(*paragraphs: str) -> str:
    """Put paragraphs together."""
    return "\n".join((TITLE, *paragraphs))


@dataclass(frozen=True)
class Case:
    """A file in three states: committed, staged and in the working tree, with the encodings of git and of the file."""

    what: str
    edited: str
    name: str = "chapter.md"
    staged: str = page(FIRST, PASTED, PASTED, LAST, *FAR)
    committed: str = page(FIRST, PASTED, LAST, *FAR)
    in_git: str = "utf-8"
    on_disk: str = "utf-8"
    attributes: str = ""


BY_HAND = Case("one copy taken out by hand", page(FIRST, PASTED, LAST, *FAR))
CASES = (
    BY_HAND,
    Case("the second copy reworded", page(FIRST, PASTED, REWORDED, LAST, *FAR)),
    Case("the first copy reworded", page(FIRST, REWORDED, PASTED, LAST, *FAR)),
    Case("an edit beside the copy", page(FIRST, PASTED, PASTED, BESIDE, LAST, *FAR)),
    Case("only the paste staged, edits far away", page(FIRST, PASTED, PASTED, LAST, *FAR[:3], BESIDE, *FAR[3:])),
    Case("a copy taken out of a new file", BY_HAND.edited, committed=""),
    replace(BY_HAND, what="a copy taken out of UTF-16", in_git="utf-16", on_disk="utf-16", name="chapter.txt"),
    replace(
        BY_HAND,
        what="a copy taken out of GBK with working-tree-encoding",
        on_disk="gbk",
        name="chapter.txt",
        attributes=IN_GBK,
    ),
)


def prove_partly_staged(proof: Proof, runner: Runner) -> None:
    """Commit each file of :data:`CASES`, with a hook that fails when it changed a file, and with one that passes."""
    for case in CASES:
        for entry, how in ((proof.entry(), ""), (proof.passing_entry(), ", passing hook")):
            _commit(proof, runner, case, entry, f"{runner.name}: {case.what}{how}")


def prove_whole(proof: Proof, runner: Runner) -> None:
    """Commit two files that are staged whole, one in GBK as git's attributes say: both are mended."""
    entry = proof.passing_entry()
    proof.fill({"other.md": LAST.encode(), ".gitattributes": IN_GBK.encode()})
    runner.set_up(entry)
    proof.git("add", "-A", "-f", cwd=proof.content)
    proof.git("commit", "-qm", "hooks", "--no-verify", cwd=proof.content)
    files = {"chapter.md": "utf-8", "chapter.txt": "gbk"}
    for name, encoding in files.items():
        (proof.content / name).write_bytes(BY_HAND.staged.encode(encoding))
    proof.git("add", "-A", cwd=proof.content)
    code, said = try_commit(proof)
    wrong = proof.differing({name: BY_HAND.committed.encode(encoding) for name, encoding in files.items()})
    proof.holds(f"{runner.name}: files that are staged whole are mended (commit leaves with {code})", not wrong, said)
    proof.git("add", "-A", cwd=proof.content)
    held = {proof.run_raw("git", "cat-file", "blob", f":{name}", cwd=proof.content).decode() for name in files}
    proof.holds("  git holds UTF-8 of both", held == {BY_HAND.committed}, said)


def _commit(proof: Proof, runner: Runner, case: Case, entry: list[str], what: str) -> None:
    path = proof.content / case.name
    proof.fill({"other.md": LAST.encode(), **({".gitattributes": case.attributes.encode()} if case.attributes else {})})
    runner.set_up(entry)
    if case.committed:
        path.write_bytes(case.committed.encode(case.on_disk))
    proof.git("add", "-A", "-f", cwd=proof.content)
    proof.git("commit", "-qm", "before", "--no-verify", cwd=proof.content)
    path.write_bytes(case.staged.encode(case.on_disk))
    proof.git("add", "-A", "-f", cwd=proof.content)
    edited = case.edited.encode(case.on_disk)
    path.write_bytes(edited)
    there = _passages(case.edited), _passages(case.staged)

    code, said = try_commit(proof)
    now = path.read_bytes()
    in_git = set[str]()
    for revision in ("HEAD", ""):
        done = proof.run_raw("git", "cat-file", "blob", f"{revision}:{case.name}", cwd=proof.content)
        in_git |= _passages(done.decode(case.in_git, "replace"))
    lost = there[0] - _passages(now.decode(case.on_disk, "replace"))
    gone = there[1] - in_git
    said += f"\nlost from the working tree: {lost}\nlost from HEAD and the index: {gone}\n"
    proof.holds(f"{what}: no passage is lost", not lost and not gone, said)
    if not runner.careful:
        refused = code != 0 and "has put aside edits of this file" in said
        proof.holds("  the commit stops, and says why", refused, said)
        proof.holds("  the edits are as they were", now == edited, said)


def try_commit(proof: Proof) -> tuple[int, str]:
    """Commit what is staged, with the hooks; give the exit code and what was said."""
    who = ("-c", "user.name=proof", "-c", "user.email=proof@example.org", "-c", "core.autocrlf=false")
    done = proof.run("git", *who, "commit", "-m", "after", cwd=proof.content, check=False)
    return done.returncode, done.stdout


def _passages(text: str) -> set[str]:
    return {passage for passage in (*PASSAGES, *FAR) if passage.strip() in text}
