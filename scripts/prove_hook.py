"""Prove the hooks with real runners: fresh environment, odd files, files partly staged, drafts, old repeats.

    python scripts/prove_hook.py

Works in a temporary folder on a snapshot of this project; pre-commit (when it is not on the path), prek, lefthook and
lint-staged, alone and behind husky, are installed there. The action for GitHub and the jobs for GitLab are run as they
stand. Prints what it saw, and size and kernel of the hook's environment. Exit 1 when something does not hold, 69 when
all holds but a runner could not be installed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from hook_proof.drafts import prove_draft
from hook_proof.from_nothing import prove_environment, prove_one_and_many, prove_try_repo, prove_under_prek
from hook_proof.ground import Proof
from hook_proof.new_only import prove_new_only
from hook_proof.partly_staged import prove_partly_staged, prove_whole
from hook_proof.pipelines import prove_action, prove_gitlab
from hook_proof.runners import Husky, Prek, all_runners

#: EX_UNAVAILABLE of sysexits.h.
UNAVAILABLE = 69


def main() -> int:
    """Prove everything in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="dedupe-cn-hook-") as folder:
        started = time.monotonic()
        proof = Proof(Path(folder).resolve())
        prove_try_repo(proof)
        prove_one_and_many(proof)
        prove_environment(proof)
        for runner in all_runners(proof):
            if isinstance(runner, Prek):
                prove_under_prek(proof, runner.command)
            prove_new_only(proof, runner)
            prove_whole(proof, runner)
            if not isinstance(runner, Husky):  # with it lint-staged is at work again
                prove_partly_staged(proof, runner)
                prove_draft(proof, runner)
        prove_action(proof)
        prove_gitlab(proof)
        left_out = f"; not tested here: {', '.join(proof.left_out)}" if proof.left_out else ""
        print(f"{len(proof.failures)} failures, {time.monotonic() - started:.0f} s{left_out}")
    return 1 if proof.failures else UNAVAILABLE if proof.left_out else 0


if __name__ == "__main__":
    sys.exit(main())
