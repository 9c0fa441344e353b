"""dedupe-cn at one level, without tidying: what its command writes, and what its JSON report names.

    FOLDER OUT LEVEL
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from copies.peers.exchange import Answer, texts, write


def main() -> None:
    """Clean the folder in one run."""
    folder, out, level = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    with tempfile.TemporaryDirectory(prefix="copies-") as place:
        report, left = Path(place) / "report.json", Path(place) / "left"
        options = ["--isolated", "--disable", "tidy", "--level", level, "--quiet", "--no-journal", "--no-gitignore"]
        command = [sys.executable, "-m", "dedupe_cn", "clean", *options, "--report", f"json:{report}", "-o", str(left)]
        done = subprocess.run([*command, str(folder)], capture_output=True, check=False)
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr.decode("utf-8", "replace"))
        named: dict[str, list[tuple[int, int]]] = {}
        for file in json.loads(report.read_text(encoding="utf-8"))["files"]:
            found = [row for row in file["removals"] if row["rule"] != "duplicate-file"]
            sides = [(side["start"], side["end"]) for row in found for side in (row, row.get("kept")) if side]
            named[Path(file["path"]).name] = sides
        written = {path.name: path.read_bytes().decode("utf-8") for path in left.rglob("*.*")}
        write(out, ((name, Answer(written.get(name, text), named.get(name, []))) for name, text in texts(folder)))


if __name__ == "__main__":
    main()
