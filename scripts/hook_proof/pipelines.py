"""What hosted services would run: the steps of the action for GitHub, and the jobs of the page on hooks for GitLab."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from hook_proof.from_nothing import CLEAN, DIRTY
from hook_proof.ground import Proof

_INPUT = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")
#: What GitLab asks of a Code Quality report: these fields, and no fingerprint twice (docs.gitlab.com, "Code Quality
#: report format"; a path that begins with "./" is not found in the merge request).
_ISSUE = {
    "type": "object",
    "required": ["description", "check_name", "fingerprint", "severity", "location"],
    "properties": {
        "description": {"type": "string", "minLength": 1},
        "check_name": {"type": "string", "minLength": 1},
        "fingerprint": {"type": "string", "minLength": 1},
        "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
        "location": {
            "type": "object",
            "required": ["path", "lines"],
            "properties": {
                "path": {"type": "string", "pattern": r"^(?!\.?/)"},
                "lines": {
                    "type": "object",
                    "required": ["begin"],
                    "properties": {"begin": {"type": "integer", "minimum": 1}},
                },
            },
        },
    },
}
CODE_QUALITY = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "array", "items": _ISSUE}


def prove_action(proof: Proof) -> None:
    """Run all steps of the action as they stand: on everything, and on a checkout of one commit against its base."""
    action: dict[str, Any] = yaml.safe_load((proof.hook / "action.yml").read_text("utf-8"))
    place, base = _two_commits(proof, "github")
    code, said = _run_action(proof, action, place, {})
    both = "file=old.md" in said and "file=new.md" in said
    proof.holds("the action for GitHub, as it stands: repeats are told beside their lines", code == 1 and both, said)
    code, said = _run_action(proof, action, place, {"since": base})
    new = "file=new.md" in said and "file=old.md" not in said
    proof.holds("  with since: only the new one, in a checkout of one commit", code == 1 and new, said)
    code, said = _run_action(proof, action, place, {"since": "HEAD", "report": "sarif"})
    proof.holds("  nothing new passes", code == 0, said)


def prove_gitlab(proof: Proof) -> None:
    """Run the script of each job on the page in a clone, and hold the report against what GitLab asks of one."""
    wheels = proof.folder / "wheels"
    proof.run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", wheels, proof.hook, cwd=proof.folder)
    # The page installs what is released; here that is what stands in this repository.
    proof.environment["PIP_FIND_LINKS"] = str(wheels)
    page = (proof.hook / "docs" / "hooks.md").read_text("utf-8")
    blocks = map(yaml.safe_load, re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))
    jobs = [block["dedupe-cn"] for block in blocks if "script" in block.get("dedupe-cn", {})]
    proof.holds("the page has jobs for GitLab: everything, and what is new", len(jobs) == 2)
    for job in jobs:
        since = any("--since" in line for line in job["script"])
        place, base = _two_commits(proof, f"gitlab-{since}", None if job.get("variables", {}).get("GIT_DEPTH") else 1)
        variables = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, **job.get("variables", {})}
        code, said = _bash(proof, "\n".join(job["script"]), place, variables, venv=proof.folder / "gitlab-venv")
        report = json.loads((place / job["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
        problems = [error.message for error in jsonschema.Draft202012Validator(CODE_QUALITY).iter_errors(report)]
        marks = [issue["fingerprint"] for issue in report]
        named = {issue["location"]["path"] for issue in report}
        what = "what is new" if since else "everything"
        right = named == ({"new.md"} if since else {"new.md", "old.md"})
        proof.holds(f"the job for GitLab, {what}: the right files are named", code == 1 and right, said)
        valid = not problems and len(set(marks)) == len(marks)
        proof.holds("  the report is as GitLab asks", valid, str(problems))


def _two_commits(proof: Proof, name: str, depth: int | None = 1) -> tuple[Path, str]:
    """Make a repository whose second commit adds a repeat, and clone so much of it; give the clone and the first."""
    proof.fill({"old.md": DIRTY.encode(), "clean.md": CLEAN.encode()})
    base = proof.git("rev-parse", "HEAD", cwd=proof.content)
    (proof.content / "new.md").write_text(CLEAN + DIRTY, encoding="utf-8")
    proof.git("add", "-A", cwd=proof.content)
    proof.git("commit", "-qm", "new", cwd=proof.content)
    proof.git("config", "uploadpack.allowAnySHA1InWant", "true", cwd=proof.content)  # as the services have it
    place = proof.folder / name
    options = ("--depth", str(depth)) if depth else ()
    proof.git("clone", "-q", *options, proof.content.as_uri(), str(place), cwd=proof.folder)
    return place, base


def _run_action(
    proof: Proof, action: Mapping[str, Any], place: Path, given: Mapping[str, str]
) -> tuple[int, str]:
    """Run the steps as a hosted machine does; give exit code and log of the last."""
    inputs = {name: str(value["default"]) for name, value in action["inputs"].items()} | dict(given)
    temporary = proof.folder / "github-temp"
    temporary.mkdir(exist_ok=True)
    own = {"RUNNER_TEMP": str(temporary), "GITHUB_OUTPUT": str(temporary / "output")}
    code, said = 0, ""
    for step in action["runs"]["steps"]:
        if "if" in step and not inputs["since"]:
            continue
        values = {name: _INPUT.sub(lambda found: inputs[found[1]], value) for name, value in step["env"].items()}
        values = {n: value.replace("${{ github.action_path }}", str(proof.hook)) for n, value in values.items()}
        code, log = _bash(proof, step["run"], place, {**own, **values})
        said += log
        if code:
            break
    return code, said


def _bash(
    proof: Proof, script: str, place: Path, values: Mapping[str, str], venv: Path | None = None
) -> tuple[int, str]:
    """Run a script in bash, in a fresh Python if one is named; give its exit code and what it said."""
    before, proof.environment = proof.environment, {**proof.environment, **values}
    try:
        if venv is not None:
            if not venv.exists():
                proof.run(sys.executable, "-m", "venv", venv, cwd=proof.folder)
            proof.environment["PATH"] = f"{venv / 'bin'}:{proof.environment['PATH']}"
        command: Sequence[str] = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
        done = proof.run(*command, cwd=place, check=False)
    finally:
        proof.environment = before
    return done.returncode, done.stdout
