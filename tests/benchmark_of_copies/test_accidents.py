"""References to real accidents: what they name, and how their files are rebuilt with git."""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path

from copies.accidents import Accident, cases, rebuild, references
from copies.peers.exchange import Answer
from copies.scoring import STAYED, WHOLE, outcome
from pages import needs_git

LINE = "- 北门的登记窗口每天下午四点半停止受理，请提前到达。\n"
OTHER = "- 南门只在节假日开放。\n"


def test_the_references_name_places_and_hold_no_text() -> None:
    found = references()
    assert len({accident.id for accident in found}) == len(found) == 33
    for accident in found:
        assert re.fullmatch("[0-9a-f]{40}", accident.commit)
        assert re.fullmatch("[0-9a-f]{64}", accident.sha256)
        assert all(0 <= start < end for start, end in (accident.removed, accident.kept))


def repository(folder: Path) -> str:
    """Make a repository in which a line stood twice until somebody took one out; give that commit."""

    def git(*arguments: str) -> str:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        done = subprocess.run(["git", "-C", str(folder), *who, *arguments], capture_output=True, check=True)
        return done.stdout.decode().strip()

    folder.mkdir(parents=True)
    git("init", "--quiet")
    for text in (LINE + OTHER + LINE, LINE + OTHER):
        (folder / "说明.md").write_text(text, encoding="utf-8", newline="")
        git("add", ".")
        git("commit", "--quiet", "--message", "text")
    git("config", "uploadpack.allowAnySHA1InWant", "true")
    return git("rev-parse", "HEAD")


@needs_git
def test_a_file_is_rebuilt_from_its_commit_and_scored(tmp_path: Path) -> None:
    commit = repository(tmp_path / "home" / "project")
    whole = LINE + OTHER + LINE
    digest = hashlib.sha256(whole.encode()).hexdigest()
    spans = (len(LINE + OTHER), len(whole)), (0, len(LINE))
    there = Accident(1, "home/project", commit, "说明.md", digest, *spans, "list", "far", "exact", "MIT")
    changed = there._replace(id=2, sha256="0" * 64)
    away = there._replace(id=3, repository="home/gone", sha256="1" * 64)
    source = f"file://{tmp_path}/{{repository}}"
    reasons = {a.id: why for a, why in rebuild([there, changed, away], tmp_path / "files", source)}
    assert reasons[1] == ""
    assert reasons[2] == "the file is another one"
    assert reasons[3].startswith("fatal: ")
    (case,) = cases([there, changed, away], tmp_path / "files")
    assert (case.text, case.clean) == (whole, LINE + OTHER)
    assert outcome(case, Answer(LINE + OTHER), Answer(LINE + OTHER)) == WHOLE
    assert outcome(case, Answer(whole), Answer(LINE + OTHER)) == STAYED
