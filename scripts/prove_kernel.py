"""Prove the compiled kernel: equal to the reference, clean under sanitizers, and not needed to install.

    python scripts/prove_kernel.py [--texts 20000] [--only equal|sanitized|installed|suite]...

``equal`` calls every public function of both kernels on so many made-up short texts, and the finder's on a fiftieth of
that, longer ones. ``sanitized`` runs tests/kernel against a library built with AddressSanitizer and
UndefinedBehaviorSanitizer. ``installed`` installs into fresh environments with a compiler on the PATH and without one.
``suite`` runs the tests that a kernel is behind against the reference. Exit 1 when something does not hold, 69 when
there is no compiler (gcc or clang), so nothing was proved.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "kernel")]
#: EX_UNAVAILABLE of sysexits.h.
UNAVAILABLE = 69
SANITIZERS = ("-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer")
#: Made-up texts compared at a time.
BATCH = 200
#: One text of up to 6,000 characters goes through the finder for so many short ones.
FINDER_SHARE = 50
#: Tests that run against the reference too: those of what a kernel is behind, and of what people try first.
SUITE = ("tests/kernel", "tests/copies", "tests/corpus/test_sketches.py", "tests/corpus/test_corpus_parts.py",
         "tests/test_samples.py")  # fmt: skip
SAMPLE = "samples/report_pasted_twice.txt"


def prove_equal(texts: int, seed: int = 1) -> bool:
    """Call every function of both kernels on made-up texts; say where they differ."""
    from importlib import import_module

    from drawn import DRAWN

    from dedupe_cn import kernel
    from dedupe_cn.kernel import library

    if not library.find():
        print("equal: no compiled kernel here: python hatch_build.py")
        return False
    fine = prove_finder(max(1, texts // FINDER_SHARE), seed) & prove_reading(texts, seed)
    by_text = ("finder", "reading", "groups")
    lacking = {name for name, module in kernel._PLACES.items() if module not in by_text} - set(DRAWN)
    if lacking:
        print(f"equal: tests/kernel/drawn.py draws nothing for {sorted(lacking)}")
        fine = False
    for name, draw in DRAWN.items():
        rooms = [import_module(f"dedupe_cn.kernel.{room}.{kernel._PLACES[name]}") for room in ("compiled", "reference")]
        compiled, reference = (getattr(room, name) for room in rooms)
        started = time.monotonic()
        for first in range(0, texts, BATCH):
            chance = random.Random(f"{name} {seed} {first}")
            arguments = draw(chance, min(BATCH, texts - first))
            if not same(compiled(*arguments), reference(*arguments)):
                print(f"equal: {name} differs for the batch at {first}, seed {seed}")
                fine = False
                break
        else:
            print(f"equal: {name}, {texts} texts, {time.monotonic() - started:.0f} s")
    return fine


def prove_finder(texts: int, seed: int) -> bool:
    """Take made-up texts through all steps of both finders, each of which is given what the one before found."""
    from finder_texts import made_up
    from test_finder import same as same_finder

    started = time.monotonic()
    for number in range(texts):
        text = made_up(random.Random(f"finder {seed} {number}"))
        try:
            same_finder(text)
        except AssertionError:
            print(f"equal: the finders differ for text {number}, seed {seed}: {text!r}")
            return False
    print(f"equal: the finder, {texts} texts, {time.monotonic() - started:.0f} s")
    return True


def prove_reading(texts: int, seed: int) -> bool:
    """Have short texts, full of what lines of Markdown begin with, read by both kernels."""
    from drawn import short_texts
    from test_finder import SIGNS, same_reading

    started, chance = time.monotonic(), random.Random(f"reading {seed}")
    signs = ("".join(chance.choices(SIGNS, k=chance.randrange(60))) for _ in range(texts - texts // 2))
    for text in (*short_texts(chance, texts // 2), *signs):
        try:
            same_reading(text)
        except AssertionError:
            print(f"equal: the two read otherwise, seed {seed}: {text!r}")
            return False
    print(f"equal: reading, {texts} texts, {time.monotonic() - started:.0f} s")
    return True


def same(one: Any, other: Any) -> bool:
    """Tell whether two results are equal, arrays with their types."""
    import numpy as np

    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    return type(one) is type(other) and bool(one == other)


def copy_source(folder: Path) -> Path:
    """Copy the package without its library; give the folder that holds the package."""
    ignored = shutil.ignore_patterns("__pycache__", "*.so", "*.dll")
    shutil.copytree(ROOT / "src" / "dedupe_cn", folder / "dedupe_cn", ignore=ignored)
    return folder


def prove_sanitized(folder: Path, compiler: str) -> bool:
    """Run the tests of the kernel against a library that tells of every access outside a buffer."""
    import hatch_build
    from dedupe_cn.kernel.interface import library_name

    source = copy_source(folder)
    library = source / "dedupe_cn" / "kernel" / library_name()
    flags = (*SANITIZERS, "-Werror", *(("-shared-libasan",) if "clang" in compiler else ()))
    built = hatch_build.command(hatch_build.Compiler((compiler, *flags)), ROOT, library)
    run(*built, cwd=folder)
    names = ("libclang_rt.asan-x86_64.so", "libclang_rt.asan.so") if "clang" in compiler else ("libasan.so",)
    found = [run(compiler, f"-print-file-name={name}", cwd=folder).strip() for name in names]
    runtime = next((path for path in found if Path(path).is_absolute()), "")
    if not runtime:
        print(f"sanitized: {compiler} has no runtime of AddressSanitizer")
        return False
    settings = {
        "PYTHONPATH": str(source),
        "LD_PRELOAD": runtime,
        "ASAN_OPTIONS": "detect_leaks=0",  # Python keeps what it needs to the end
        "PYTHONMALLOC": "malloc",  # every bytes object has its own bounds
    }
    words = [*pytest("tests/kernel", "-s"), "--ignore", "tests/kernel/test_choice.py"]
    return tests("sanitized", words, settings)


def prove_suite(folder: Path) -> bool:
    """Run the tests of what a kernel is behind against a copy of the package without a library."""
    return tests("suite with the reference", pytest(*SUITE), {"PYTHONPATH": str(copy_source(folder))})


def pytest(*words: str) -> list[str]:
    """Give the command that runs tests."""
    return [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words]


def tests(what: str, command: list[str], settings: dict[str, str]) -> bool:
    """Run tests with some variables set; say how they ended."""
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **settings}, capture_output=True, text=True, errors="replace", check=False
    )
    last = done.stdout.strip().splitlines()[-1:] or [""]
    print(f"{what}: {'holds' if done.returncode == 0 else 'does not hold'}: {last[0]}")
    if done.returncode:
        print(done.stdout[-6000:], done.stderr[-6000:], sep="\n")
    return done.returncode == 0


def prove_installed(folder: Path) -> bool:
    """Install with a compiler and without one; both say which kernel they have, and clean the same."""
    source = folder / "source"
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, source / name)
    bare = folder / "bin"  # a PATH that holds no compiler
    bare.mkdir()
    cleaned = []
    for name, path in (("compiled", os.environ["PATH"]), ("reference", str(bare))):
        environment = folder / name
        run(sys.executable, "-m", "venv", environment, cwd=folder)
        inside = environment / ("Scripts" if os.name == "nt" else "bin")
        run(inside / "python", "-m", "pip", "install", "--quiet", source, cwd=folder, PATH=path, CC="")
        said = run(inside / "dedupe-cn", "--version", "-v", "--lang", "en", cwd=folder, PATH=path)
        print(f"installed: {' '.join(said.split()[:4])}")
        if f"kernel: {name}" not in said:
            return False
        cleaned.append(run(inside / "dedupe-cn", "clean", "-q", source / SAMPLE, cwd=folder, PATH=path))
    return bool(cleaned[0]) and cleaned[0] == cleaned[1]


def run(*command: str | Path, cwd: Path, **settings: str) -> str:
    """Run a program and give what it prints; leave when it fails."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | settings
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> int:
    """Prove what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=20_000, help="made-up texts for each function (default 20000)")
    proofs = ("equal", "sanitized", "installed", "suite")
    parser.add_argument("--only", choices=proofs, action="append", help="this proof alone; may be given several times")
    options = parser.parse_args()
    compiler = next((name for name in ("cc", "gcc", "clang") if shutil.which(name)), None)
    if compiler is None:
        print("no compiler here: nothing was proved")
        return UNAVAILABLE
    wanted = options.only or proofs
    fine = True
    with tempfile.TemporaryDirectory(prefix="dedupe-cn-kernel-") as folder:
        for proof in wanted:
            own = Path(folder, proof)
            own.mkdir()
            if proof == "equal":
                fine &= prove_equal(options.texts)
            elif proof == "sanitized":
                fine &= prove_sanitized(own, compiler)
            elif proof == "installed":
                fine &= prove_installed(own)
            else:
                fine &= prove_suite(own)
    print("all holds" if fine else "something does not hold")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
