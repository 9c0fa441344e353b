"""The hooks under pre-commit, from nothing: dirty and odd files, parallel batches, a second run, the environment."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence

from hook_proof.ground import Proof

#: MiB that the environment may have; hosted runners of hooks refuse more than 250.
MOST = 130
#: Packages of the extras, and what they bring.
UNWANTED = {"datasketch", "scipy", "duckdb", "pyarrow", "pyspark", "pandas"}
#: Compilers of which the build of the kernel takes one.
COMPILERS = ("cc", "gcc", "clang")
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


def prove_under_prek(proof: Proof, prek: Sequence[str]) -> None:
    """Run the hooks as the manifest has them, in the environment that prek makes for them."""
    proof.fill({"a.md": DIRTY.encode(), "b.md": CLEAN.encode(), "data.txt": BINARY}, ("dedupe-cn", "dedupe-cn-check"))
    done = proof.run(*prek, "run", "--all-files", cwd=proof.content, check=False)
    changed = done.returncode == 1 and "files were modified by this hook" in done.stdout
    proof.holds("prek, as the manifest has it: one dirty file fails", changed, done.stdout)
    proof.holds("  and is mended", not proof.differing({"a.md": MENDED.encode(), "data.txt": BINARY}))
    done = proof.run(*prek, "run", "--all-files", cwd=proof.content, check=False)
    proof.holds("  a second run passes", done.returncode == 0, done.stdout)


def prove_environment(proof: Proof) -> None:
    """Measure the environment that pre-commit made for the hooks, and ask which kernel it has."""
    (environment,) = (proof.folder / "home").glob("repo*/py_env-*")
    kernel = "compiled" if any(map(shutil.which, COMPILERS)) else "reference"
    said = proof.run(proof.entry()[0], "--version", "-v", "--lang", "en", cwd=proof.folder).stdout
    proof.holds(f"the kernel of the hook is the {kernel} one", f"kernel: {kernel}" in said, said)
    unwanted = [path.name for path in environment.glob("lib/python*/site-packages/*") if path.name in UNWANTED]
    proof.holds("nothing of the extras is in the environment of the hook", not unwanted, str(unwanted))
    size = int(proof.run("du", "-sm", environment, cwd=proof.folder).stdout.split()[0])
    proof.holds(f"the environment of the hook is {size} MiB (du -sm), at most {MOST}", size <= MOST)
