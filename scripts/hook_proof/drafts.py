"""A draft that git does not hold: a runner that goes over all files cleans it, and ``undo`` brings it back."""

from __future__ import annotations

from hook_proof.ground import Proof
from hook_proof.partly_staged import FAR, FIRST, LAST, PASTED, page
from hook_proof.runners import Runner

COMMITTED = page(FIRST, LAST, *FAR)
DRAFT = page(FIRST, PASTED, PASTED, "还没有暂存过的一段，只写在这个文件里，别处都没有它。\n", LAST, *FAR)


def prove_draft(proof: Proof, runner: Runner) -> None:
    """Write a draft over a file that is committed, stage nothing of it, and run the hook over everything."""
    # lint-staged itself takes back what a hook did that fails.
    entry = proof.passing_entry()
    proof.fill({"draft.md": COMMITTED.encode(), "held.md": COMMITTED.encode()})
    runner.set_up(entry)
    proof.git("add", "-A", "-f", cwd=proof.content)
    proof.git("commit", "-qm", "hooks", "--no-verify", cwd=proof.content)
    path = proof.content / "draft.md"
    path.write_text(DRAFT, encoding="utf-8")

    said = runner.run_over_all(entry)
    changed = path.read_text(encoding="utf-8").count(PASTED) == 1
    proof.holds(f"{runner.name}: a hook over all files cleans a draft that was never staged", changed, said)
    done = proof.run(entry[0], "undo", cwd=proof.content, check=False)
    back = path.read_text(encoding="utf-8") == DRAFT
    proof.holds("  undo brings it back", done.returncode == 0 and back, done.stdout)
