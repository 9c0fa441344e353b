"""Old findings let a commit pass, new ones stop it: ``--since HEAD`` in the hook that only looks."""

from __future__ import annotations

from hook_proof.ground import Proof
from hook_proof.partly_staged import BESIDE, FAR, FIRST, LAST, PASTED, page, try_commit
from hook_proof.runners import Runner

OLD = page(FIRST, PASTED, PASTED, LAST, *FAR)
EDITED = page(FIRST, PASTED, PASTED, LAST, BESIDE, *FAR)
TWICE = "药铺的伙计把抽屉一格一格拉开，照着方子称好了七味药，包成四四方方的小包，用细麻绳扎紧。\n"
NEW = page(FIRST, PASTED, PASTED, LAST, BESIDE, TWICE, TWICE, *FAR)


def prove_new_only(proof: Proof, runner: Runner) -> None:
    """Commit to a file that has had a repeat for long: an edit, its new name, and one more repeat."""
    entry = [*proof.entry("dedupe-cn-check"), "--since", "HEAD"]
    proof.fill({"old.md": OLD.encode(), "other.md": LAST.encode()})
    runner.set_up(entry)
    proof.git("add", "-A", "-f", cwd=proof.content)
    proof.git("commit", "-qm", "hooks", "--no-verify", cwd=proof.content)

    (proof.content / "old.md").write_text(EDITED, encoding="utf-8")
    proof.git("add", "-A", cwd=proof.content)
    code, said = try_commit(proof)
    proof.holds(f"{runner.name}, --since HEAD: an edit in a file with an old repeat passes", code == 0, said)

    proof.git("mv", "old.md", "new.md", cwd=proof.content)
    code, said = try_commit(proof)
    proof.holds("  its new name passes", code == 0, said)

    (proof.content / "new.md").write_text(NEW, encoding="utf-8")
    proof.git("add", "-A", cwd=proof.content)
    code, said = try_commit(proof)
    told = said.count("would be removed, same as line")
    proof.holds("  one more repeat stops the commit", code != 0 and told == 1 and TWICE[:6] in said, said)
    kept = (proof.content / "new.md").read_text(encoding="utf-8") == NEW
    proof.holds("  and the file is as it was", kept, said)
