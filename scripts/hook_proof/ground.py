"""The ground of the proofs: a temporary folder with a snapshot of the project, a content repository, a pre-commit."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]


class NotInstalledError(Exception):
    """A runner that cannot be had on this machine."""


class Proof:
    """A temporary folder with a snapshot of the project, a content repository and a pre-commit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "DEDUPE_CN_"))},
            "PRE_COMMIT_HOME": str(folder / "home"),
            "DEDUPE_CN_LANG": "en",
            "DEDUPE_CN_STATE_DIR": str(folder / "state"),
            "PRE_COMMIT_COLOR": "never",
            # What installing brings is measured, not what pip compiles of itself while it runs.
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self.failures: list[str] = []
        self.left_out: list[str] = []
        self.hook = snapshot(folder / "hook", self)
        self.pre_commit = self._find_pre_commit()
        self.content = folder / "content"

    def run(self, *command: str | Path, cwd: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a program and take what it says."""
        done = subprocess.run(
            list(map(str, command)),
            cwd=cwd,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=600,
            check=False,
        )
        if check and done.returncode:
            sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}")
        return done

    def run_raw(self, *command: str, cwd: Path) -> bytes:
        """Run a program and take the bytes it gives; nothing when it fails."""
        done = subprocess.run(command, cwd=cwd, env=self.environment, capture_output=True, timeout=600, check=False)
        return done.stdout

    def holds(self, what: str, truth: bool, said: str = "") -> None:
        """Note whether something holds, with what was said when it does not."""
        print(f"{'ok  ' if truth else 'FAIL'} {what}", flush=True)
        if not truth:
            self.failures.append(what)
            print(said)

    def git(self, *arguments: str, cwd: Path) -> str:
        """Run git as somebody."""
        who = ("-c", "user.name=proof", "-c", "user.email=proof@example.org", "-c", "core.autocrlf=false")
        return self.run("git", *who, *arguments, cwd=cwd).stdout.strip()

    def fill(self, files: Mapping[str, bytes], hooks: Sequence[str] = ()) -> None:
        """Make the content repository anew, with one commit."""
        if self.content.exists():
            shutil.rmtree(self.content)
        for name, data in files.items():
            path = self.content / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        rows = "".join(f"\n      - id: {hook}" for hook in hooks)
        revision = self.git("rev-parse", "HEAD", cwd=self.hook)
        configuration = f"repos:\n  - repo: {self.hook.as_posix()}\n    rev: {revision}\n    hooks:{rows}\n"
        if hooks:
            (self.content / ".pre-commit-config.yaml").write_text(configuration, encoding="utf-8")
        self.git("init", "-q", cwd=self.content)
        self.git("add", "-A", "-f", cwd=self.content)
        self.git("commit", "-qm", "content", cwd=self.content)

    def differing(self, wanted: Mapping[str, bytes]) -> list[str]:
        """Name the files that do not hold what they should."""
        return [name for name, data in wanted.items() if (self.content / name).read_bytes() != data]

    def install(self, *command: str | Path, cwd: Path) -> None:
        """Install something. Raises NotInstalledError when that does not work."""
        try:
            done = self.run(*command, cwd=cwd, check=False)
        except OSError as problem:
            raise NotInstalledError(str(problem)) from problem
        if done.returncode:
            raise NotInstalledError(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout[-2000:]}")

    def entry(self, hook: str = "dedupe-cn") -> list[str]:
        """Give the command of a hook as the manifest has it, with the program from the environment of the hooks."""
        manifest = (self.hook / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
        (found,) = re.findall(rf"^- id: {hook}\n(?:  .*\n)*?  entry: (.*)$", manifest, re.MULTILINE)
        program, *arguments = found.split()
        (path,) = (self.folder / "home").glob(f"repo*/py_env-*/*/{program}")
        return [str(path), *arguments]

    def passing_entry(self) -> list[str]:
        """Give that command so that it does not fail when it has changed a file, as somebody may have it."""
        return [word for word in self.entry() if word != "--exit-non-zero-on-change"]

    def hooks(self, hook: str, files: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run one hook of the configuration on files."""
        return self.run(*self.pre_commit, "run", hook, "-v", "--files", *files, cwd=self.content, check=False)

    def _find_pre_commit(self) -> tuple[str, ...]:
        found = shutil.which("pre-commit")
        if found:
            return (found,)
        python = self.folder / "tool" / ("Scripts" if os.name == "nt" else "bin") / "python"
        self.run(sys.executable, "-m", "venv", self.folder / "tool", cwd=self.folder)
        self.run(python, "-m", "pip", "install", "--quiet", "pre-commit>=3.2", cwd=self.folder)
        return (str(python), "-m", "pre_commit")


def snapshot(target: Path, proof: Proof) -> Path:
    """Copy the project as it stands, changes that are not committed too, into a repository of its own."""
    listed = proof.run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    proof.git("init", "-q", cwd=target)
    proof.git("add", "-A", "-f", cwd=target)
    proof.git("commit", "-qm", "snapshot", cwd=target)
    return target
