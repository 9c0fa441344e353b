"""Compile the kernel where a C compiler is found; the package works without it, with the slower reference.

The build calls this for wheels and editable installs. ``python hatch_build.py`` compiles into the source tree, which is
what an editable install needs after a C file was changed. CC and CFLAGS are honoured.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import runpy
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, without the build's environment
    BuildHookInterface = object  # type: ignore[assignment,misc]

ROOT = Path(__file__).resolve().parent
KERNEL = Path("src/dedupe_cn/kernel")
FLAGS = ("-O3", "-std=c11", "-Wall", "-Wextra", "-shared", "-fPIC", "-fvisibility=hidden")
#: The oldest glibc on which a library that zig builds is to run, and the name that wheels have for that.
GLIBC = "2.17"


class Compiler(NamedTuple):
    """A command that compiles, and the platform in the tag of the wheel where it is not this machine's."""

    command: tuple[str, ...]
    tag: str = ""


def compilers() -> Iterator[Compiler]:
    """Give the compilers there are, the one that CC names or else the system's first."""
    if os.environ.get("CC"):
        yield Compiler(tuple(shlex.split(os.environ["CC"])))
        return
    for name in ("cc", "gcc", "clang", *(("cl",) if sys.platform == "win32" else ())):
        if shutil.which(name):
            yield Compiler((name,))
    if importlib.util.find_spec("ziglang"):
        # Without a target zig compiles for this machine's processor and for the newest glibc.
        yield Compiler((sys.executable, "-m", "ziglang", "cc", *zig_target()), zig_tag())


def zig_target() -> tuple[str, ...]:
    """Name the machine in zig's words; nothing where we do not know them."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    if sys.platform == "linux":
        return ("-target", f"{machine}-linux-musl" if _musl() else f"{machine}-linux-gnu.{GLIBC}")
    system = {"win32": "windows-gnu", "darwin": "macos"}.get(sys.platform)
    return ("-target", f"{machine}-{system}") if system else ()


def zig_tag() -> str:
    """Name the platform of a wheel with a library for an old glibc."""
    if sys.platform != "linux" or _musl():
        return ""
    return f"manylinux_{GLIBC.replace('.', '_')}_{platform.machine()}"


def _musl() -> bool:
    return "musl" in (sysconfig.get_config_var("HOST_GNU_TYPE") or "")


def platform_tag() -> str:
    """Name this machine as the tag of a wheel does."""
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")


def definitions(root: Path) -> tuple[str, ...]:
    """Give the checksums by which the loader and the tests tell whether a library is that of these files."""
    sources = sorted([*(root / KERNEL).glob("*.c"), *(root / KERNEL).glob("*.h")])
    read = zlib.crc32(b"".join(path.name.encode() + path.read_bytes() for path in sources))
    stamp = runpy.run_path(str(root / KERNEL / "interface.py"))["stamp"]()
    return f"-DKERNEL_STAMP={stamp}u", f"-DKERNEL_SOURCES={read}u"


def command(compiler: Compiler, root: Path, library: Path) -> list[str]:
    """Put the command together that compiles all C files into one library."""
    sources = sorted(map(str, (root / KERNEL).glob("*.c")))
    if Path(compiler.command[0]).stem == "cl":
        defined = [word.replace("-D", "/D", 1) for word in definitions(root)]
        return [*compiler.command, "/nologo", "/O2", "/LD", "/utf-8", *defined, *sources, f"/Fe:{library}"]
    flags = [*FLAGS, *definitions(root), *shlex.split(os.environ.get("CFLAGS", ""))]
    if sys.platform == "darwin" and "universal2" in sysconfig.get_platform():
        flags += ["-arch", "x86_64", "-arch", "arm64"]
    return [*compiler.command, *flags, "-o", str(library), *sources]


def build(root: Path, folder: Path) -> tuple[Path | None, str, str]:
    """Compile into a folder with the first compiler whose library can be loaded.

    Gives the library, the platform for the tag of a wheel, and what failed.
    """
    library = folder / runpy.run_path(str(root / KERNEL / "interface.py"))["library_name"]()
    failed = "no C compiler found"
    for compiler in compilers():
        with tempfile.TemporaryDirectory() as work:  # where MSVC leaves its objects
            made = Path(work, library.name)
            said = _run(command(compiler, root, made), work)
            said = said or _run([sys.executable, "-c", f"import ctypes; ctypes.CDLL({str(made)!r})"], work)
            if not said:
                # A process that runs the former library keeps it.
                shutil.copy(made, folder / f"{library.name}.new")
                (folder / f"{library.name}.new").replace(library)
                return library, compiler.tag or platform_tag(), ""
        failed = said
    return None, "", failed


def _run(words: list[str], folder: str) -> str:
    """Run a command; give what it said when it failed."""
    try:
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    except OSError as problem:
        return str(problem)
    return f"{shlex.join(words)}\n{done.stdout}{done.stderr}" if done.returncode else ""


class KernelHook(BuildHookInterface):  # type: ignore[type-arg]
    """Put the compiled kernel into a wheel, or beside the source for an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files of the wheel are gathered."""
        root = Path(self.root)
        self._folder = tempfile.TemporaryDirectory()
        folder = root / KERNEL if version == "editable" else Path(self._folder.name)
        library, tag, failed = build(root, folder)
        if library is None:
            self.app.display_warning(f"dedupe-cn is installed with the slower reference kernel: {failed}")
            return
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{tag}"
        if version != "editable":
            build_data["force_include"][str(library)] = f"dedupe_cn/kernel/{library.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Let go of what was compiled for the wheel."""
        self._folder.cleanup()


def main() -> int:
    """Compile into the source tree."""
    library, _, failed = build(ROOT, ROOT / KERNEL)
    sys.stdout.write(f"{library}\n" if library else f"{failed}\n")
    return 0 if library else 1


if __name__ == "__main__":
    sys.exit(main())
