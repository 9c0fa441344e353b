"""Prove the hooks with a real pre-commit: fresh environment, dirty and odd files, parallel batches, second run.

    python scripts/prove_hook.py

Works in a temporary folder on a snapshot of this project; installs pre-commit there when it is not on the path.
Prints what it saw, and the size of the hook's environment. Exit 1 when something does not hold.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: MiB that a hosted runner of hooks allows an environment.
MOST = 250
PASSAGE = "他推开那扇旧木门，院子里的桂花已经落了一地，母亲正坐在檐下剥着刚从地里摘回来的豆子，"
CLEAN = "第二天一早，他们沿着河堤走到镇上，在老茶馆里坐了一个上午，谁也没有提起那件事。\n"
DIRTY = f"{PASSAGE}{PASSAGE}抬头看见他，笑了。\n"
MENDED = f"{PASSAGE}抬头看见他，笑了。\n"
NOTICE = "各单位的值班电话应当保持畅通，值班人员不得擅自离岗。\n"
BINARY = bytes(range(256)) * 8

#: Files that must change, by name: bytes before and after.
CHANGED = {
    "文章.md": (DIRTY.encode(), MENDED.encode()),
    "page.mdx": (DIRTY.encode(), MENDED.encode()),
    "notice.txt": (NOTICE.encode("gbk"), NOTICE.encode()),
}
#: Files that must stay as they are: clean, binary, for programs, excluded by the configuration, or ignored.
KEPT = {
    "clean.md": CLEAN.encode(),
    "data.txt": BINARY,
    "picture.png": b"\x89PNG\r\n\x1a\n" + BINARY,
    "LICENSE": DIRTY.encode(),
    "docs/LICENSE.zh.md": DIRTY.encode(),
    "requirements-dev.txt": b"click  \n\n\n\nclick  \n",
    "robots.txt": b"Disallow: /  \n\n\n\n",
    "CMakeLists.txt": b"project(x)  \n\n\n\n",
    "drafts/draft.md": DIRTY.encode(),
    "generated/page.md": DIRTY.encode(),
    "node_modules/theme/README.md": DIRTY.encode(),
}


class Proof:
    """A temporary folder with a snapshot of the project, a content repository and a pre-commit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "DEDUPE_CN_"))},
            "PRE_COMMIT_HOME": str(folder / "home"),
            "DEDUPE_CN_LANG": "en",
            "PRE_COMMIT_COLOR": "never",
            # What installing brings is measured, not what pip compiles of itself while it runs.
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self.failures: list[str] = []
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


def prove_try_repo(proof: Proof) -> None:
    """Run both hooks as somebody who tries them, from nothing."""
    files = {
        **{name: before for name, (before, _) in CHANGED.items()},
        **KEPT,
        "dedupe-cn.toml": b'exclude = ["drafts/"]\n',
        ".gitignore": b"generated/\n",
    }
    after = {**KEPT, **{name: data for name, (_, data) in CHANGED.items()}}
    proof.fill(files)
    names = sorted(files)

    done = proof.run(
        *proof.pre_commit, "try-repo", proof.hook, "dedupe-cn-check", "--files", *names, cwd=proof.content, check=False
    )
    named = all(name in done.stdout for name in CHANGED) and not any(f"{name}:" in done.stdout for name in KEPT)
    proof.holds("try-repo dedupe-cn-check fails", done.returncode == 1, done.stdout)
    proof.holds("  it names every dirty file and no other", named, done.stdout)
    proof.holds("  it changes nothing", not proof.differing(files), str(proof.differing(files)))

    done = proof.run(
        *proof.pre_commit, "try-repo", proof.hook, "dedupe-cn", "--files", *names, cwd=proof.content, check=False
    )
    changed = done.returncode == 1 and "files were modified by this hook" in done.stdout
    proof.holds("try-repo dedupe-cn fails once, having changed files", changed, done.stdout)
    wrong = proof.differing(after)
    proof.holds("  dirty and GBK files are mended, all others as they were", not wrong, str(wrong))
    done = proof.run(
        *proof.pre_commit, "try-repo", proof.hook, "dedupe-cn", "--files", *names, cwd=proof.content, check=False
    )
    proof.holds("  a second run passes", done.returncode == 0, done.stdout)


def prove_one_and_many(proof: Proof) -> None:
    """Run the installed hooks on one file, and on 300 in parallel batches."""
    both = ("dedupe-cn", "dedupe-cn-check")
    proof.fill({"a.md": DIRTY.encode(), "b.md": CLEAN.encode(), "data.txt": BINARY}, both)
    proof.run(*proof.pre_commit, "install-hooks", cwd=proof.content)
    done = proof.hooks("dedupe-cn", ["b.md"])
    proof.holds("one clean file passes", done.returncode == 0, done.stdout)
    quiet = [line for line in done.stdout.splitlines() if line and not line.startswith(("dedupe-cn", "- "))]
    proof.holds("  and the hook says nothing", not quiet, done.stdout)
    done = proof.hooks("dedupe-cn", ["data.txt"])
    proof.holds("one binary file is passed over", done.returncode == 0, done.stdout)
    proof.holds("one dirty file fails", proof.hooks("dedupe-cn", ["a.md"]).returncode == 1)
    proof.holds("  and is mended", not proof.differing({"a.md": MENDED.encode()}))
    proof.holds("  a second run passes", proof.hooks("dedupe-cn", ["a.md"]).returncode == 0)

    before = {f"d{n % 7}/{n}.md": (DIRTY if n % 5 == 0 else CLEAN + f"\n第{n}篇。\n").encode() for n in range(300)}
    after = {name: MENDED.encode() if data == DIRTY.encode() else data for name, data in before.items()}
    proof.fill(before, both)
    done = proof.hooks("dedupe-cn-check", list(before))
    proof.holds("300 files: the check fails and changes nothing", done.returncode == 1 and not proof.differing(before))
    started = time.monotonic()
    done = proof.hooks("dedupe-cn", list(before))
    took = time.monotonic() - started
    batches = done.stdout.count("would change" if "would change" in done.stdout else " changed")
    proof.holds(f"300 files in parallel batches ({batches} here, {took:.1f} s)", done.returncode == 1, done.stdout)
    proof.holds("  60 are mended, 240 as they were", not proof.differing(after), str(proof.differing(after)))
    left = [path.name for path in proof.content.rglob(".dedupe-cn-*")]
    proof.holds("  nothing is left behind", not left, str(left))
    for hook in both:
        done = proof.hooks(hook, list(before))
        proof.holds(f"  a second run of {hook} passes", done.returncode == 0, done.stdout)


def prove_size(proof: Proof) -> None:
    """Measure the environment that pre-commit made for the hooks."""
    (environment,) = (proof.folder / "home").glob("repo*/py_env-*")
    size = int(proof.run("du", "-sm", environment, cwd=proof.folder).stdout.split()[0])
    proof.holds(f"the environment of the hook is {size} MiB (du -sm), at most {MOST}", size <= MOST)


def main() -> int:
    """Prove everything in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="dedupe-cn-hook-") as folder:
        started = time.monotonic()
        proof = Proof(Path(folder).resolve())
        prove_try_repo(proof)
        prove_one_and_many(proof)
        prove_size(proof)
        print(f"{time.monotonic() - started:.0f} s")
    return 1 if proof.failures else 0


if __name__ == "__main__":
    sys.exit(main())
