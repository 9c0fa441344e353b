"""The runners of hooks beside each other: how each is installed, set up in a repository, and run over every file."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from hook_proof.ground import NotInstalledError, Proof

#: What the hooks are asked to look at.
_FILES = "*.{md,txt}"


class Runner:
    """A runner of hooks. ``careful`` ones notice that a fix collides with edits they have hidden, and drop the fix."""

    name: str
    careful = False

    def __init__(self, proof: Proof) -> None:
        self.proof = proof

    def set_up(self, entry: Sequence[str]) -> None:
        """Write the configuration and the hook of git into the content repository."""
        raise NotImplementedError

    def run_over_all(self, entry: Sequence[str]) -> str:
        """Run the hook over every file, edits that are not staged and all; give what was said."""
        raise NotImplementedError

    def _write(self, name: str, text: str) -> None:
        path = self.proof.content / name
        path.write_text(text, encoding="utf-8")

    def _hook(self, *command: str | Path) -> None:
        path = self.proof.content / ".git" / "hooks" / "pre-commit"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\nexec {shlex.join(map(str, command))}\n", encoding="utf-8")
        path.chmod(0o755)


class PreCommit(Runner):
    """pre-commit, and prek, which reads the same configuration."""

    name = "pre-commit"
    careful = True

    def __init__(self, proof: Proof) -> None:
        super().__init__(proof)
        self.command: tuple[str, ...] = proof.pre_commit

    def set_up(self, entry: Sequence[str]) -> None:
        row = {
            "id": "dedupe-cn",
            "name": "dedupe-cn",
            "language": "system",
            "entry": shlex.join(entry),
            "types_or": ["markdown", "plain-text"],
        }
        # JSON is YAML as well.
        self._write(".pre-commit-config.yaml", json.dumps({"repos": [{"repo": "local", "hooks": [row]}]}))
        self.proof.run(*self.command, "install", cwd=self.proof.content)

    def run_over_all(self, entry: Sequence[str]) -> str:
        return self.proof.run(*self.command, "run", "--all-files", cwd=self.proof.content, check=False).stdout


class Prek(PreCommit):
    """prek, from the package index of Python."""

    name = "prek"

    def __init__(self, proof: Proof) -> None:
        super().__init__(proof)
        tool = proof.folder / "prek"
        folder = tool / ("Scripts" if os.name == "nt" else "bin")
        proof.install(sys.executable, "-m", "venv", tool, cwd=proof.folder)
        proof.install(folder / "python", "-m", "pip", "install", "--quiet", "prek", cwd=proof.folder)
        self.command = (str(folder / "prek"),)
        proof.environment["PREK_HOME"] = str(proof.folder / "prek-home")


class _FromNpm(Runner):
    """A runner from the package index of Node, in a folder of its own."""

    packages: tuple[str, ...]

    def __init__(self, proof: Proof) -> None:
        super().__init__(proof)
        self.folder = proof.folder / self.name.replace(" ", "-")
        self.folder.mkdir()
        (self.folder / "package.json").write_text('{"name": "proof", "private": true}\n', encoding="utf-8")
        self.options = ("--silent", "--no-audit", "--no-fund", "--cache", proof.folder / "npm-cache")
        proof.install("npm", "install", *self.options, *self.packages, cwd=self.folder)
        self.programs = self.folder / "node_modules" / ".bin"


class Lefthook(_FromNpm):
    """lefthook, which stages what a hook has mended."""

    name = "lefthook"
    packages = ("lefthook@2",)

    def set_up(self, entry: Sequence[str]) -> None:
        job = {"name": "dedupe-cn", "run": f"{shlex.join(entry)} {{staged_files}}", "glob": _FILES, "stage_fixed": True}
        self._write("lefthook.yml", json.dumps({"pre-commit": {"jobs": [job]}}))
        self._hook(self.programs / "lefthook", "run", "pre-commit")

    def run_over_all(self, entry: Sequence[str]) -> str:
        command = (self.programs / "lefthook", "run", "pre-commit", "--all-files")
        return self.proof.run(*command, cwd=self.proof.content, check=False).stdout


class LintStaged(_FromNpm):
    """lint-staged, in the version that is named."""

    def __init__(self, proof: Proof, major: int, node: str, name: str = "") -> None:
        self.name = name or f"lint-staged {major}"
        # With its own Node: the newer one does not start under every Node there is.
        self.packages = (f"lint-staged@{major}", f"node@{node}")
        super().__init__(proof)
        self.command = (self.programs / "node", self.folder / "node_modules" / "lint-staged" / "bin" / "lint-staged.js")

    def set_up(self, entry: Sequence[str]) -> None:
        self._write(".lintstagedrc.json", json.dumps({_FILES: shlex.join(entry)}))
        self._hook(*self.command)

    def run_over_all(self, entry: Sequence[str]) -> str:
        # Only a function is not handed the staged files.
        (self.proof.content / ".lintstagedrc.json").unlink()
        words = json.dumps(shlex.join([*entry, "."]))
        self._write("lint-staged.config.mjs", f"export default {{ '*': () => {words} }}\n")
        self.proof.git("add", "-A", "lint-staged.config.mjs", ".lintstagedrc.json", cwd=self.proof.content)
        return self.proof.run(*self.command, cwd=self.proof.content, check=False).stdout


class Husky(LintStaged):
    """husky, whose hook calls lint-staged; both stand in the repository, as ``npm install`` puts them."""

    def __init__(self, proof: Proof) -> None:
        super().__init__(proof, 17, "22", "husky")
        proof.install("npm", "install", *self.options, "husky@9", cwd=self.folder)

    def set_up(self, entry: Sequence[str]) -> None:
        content = self.proof.content
        (content / "node_modules").symlink_to(self.folder / "node_modules")
        self._write(".gitignore", "node_modules\n")
        package = {"private": True, "scripts": {"prepare": "husky"}, "lint-staged": {_FILES: shlex.join(entry)}}
        self._write("package.json", json.dumps(package))
        self.proof.run(self.programs / "node", self.folder / "node_modules" / "husky" / "bin.js", cwd=content)
        self._write(".husky/pre-commit", "npx lint-staged\n")


def all_runners(proof: Proof) -> list[Runner]:
    """Install every runner; those that cannot be had are noted."""
    found: list[Runner] = []
    for name, make in (
        ("pre-commit", lambda: PreCommit(proof)),
        ("prek", lambda: Prek(proof)),
        ("lefthook", lambda: Lefthook(proof)),
        ("lint-staged 16", lambda: LintStaged(proof, 16, "22")),
        ("lint-staged 17", lambda: LintStaged(proof, 17, "22")),
        ("husky", lambda: Husky(proof)),
    ):
        try:
            found.append(make())
        except NotInstalledError as problem:
            proof.left_out.append(name)
            print(f"---- {name} cannot be installed here: {problem}")
    return found
