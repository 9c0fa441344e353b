"""The process ends without being taken apart: nothing that was to be done at its end is lost by that."""

from __future__ import annotations

import subprocess
import sys

import pytest

_BEGIN = "import atexit, sys, threading, time\nfrom dedupe_cn.cli import main\n"
#: What is done before the command, and what of it must have come out.
AT_THE_END = {
    "a function": ("atexit.register(lambda: print('done'))", "done"),
    "what waits in a stream": ("sys.stdout.write('done')", "done"),
    "a thread": ("threading.Thread(target=lambda: (time.sleep(0.5), print('done'))).start()", "done"),
    "a profile": ("import cProfile\nprofile = cProfile.Profile()\natexit.register(profile.print_stats)", " calls"),
    "a trace": ("sys.settrace(lambda *_: None)\natexit.register(lambda: print('done'))", "done"),
}


@pytest.mark.parametrize("before", AT_THE_END.values(), ids=AT_THE_END)
@pytest.mark.parametrize(("arguments", "status"), [(["--version"], 0), (["clean", "nowhere.md"], 2)])
def test_what_is_to_be_done_at_the_end_is_done(before: tuple[str, str], arguments: list[str], status: int) -> None:
    code, told = before
    run = f"sys.argv = {['dedupe-cn', *arguments]!r}\n" + ("profile.runcall(main)" if "profile" in code else "main()")
    done = subprocess.run(
        [sys.executable, "-c", f"{_BEGIN}{code}\n{run}"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == status
    assert told in done.stdout
    assert ("nowhere.md" in done.stderr) == (status == 2)


def test_who_calls_it_with_arguments_goes_on() -> None:
    code = f"{_BEGIN}try:\n    main(['--version'])\nexcept SystemExit as end:\n    print('status', end.code)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[-1] == "status 0"
