"""jscpd: it reports what stands twice and changes nothing. Options of it stand behind the two paths."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from copies.peers.exchange import Answer, serve


def answer(path: Path, text: str) -> Answer:
    """Ask jscpd about one file, alone in its folder."""
    program = Path(sys.executable).with_name("jscpd")
    raw = text.encode()

    def place(end: dict[str, Any]) -> int:
        return len(raw[: end["position"]].decode("utf-8", "ignore"))

    with tempfile.TemporaryDirectory(prefix="jscpd-") as folder:
        (Path(folder) / path.name).write_bytes(raw)
        options = ["--no-tips", "--silent", "--reporters", "json", "--output", "report", *sys.argv[3:]]
        done = subprocess.run([program, *options, path.name], cwd=folder, capture_output=True, timeout=60, check=False)
        report = Path(folder) / "report" / "jscpd-report.json"
        if done.returncode or not report.exists():
            return Answer(error=done.stderr.decode("utf-8", "replace")[-200:] or "no report")
        clones = json.loads(report.read_text(encoding="utf-8"))["duplicates"]
    sides = (clone[side] for clone in clones for side in ("firstFile", "secondFile"))
    return Answer(None, [(place(side["startLoc"]), place(side["endLoc"])) for side in sides])


if __name__ == "__main__":
    serve(answer, jobs=2)
