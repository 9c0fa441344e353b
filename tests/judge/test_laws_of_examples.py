"""For every text of these files: no check of the result holds a copy back, and a second time finds nothing to do."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from examples import Example, each
from holds import is_subsequence

from dedupe_cn.model import Level

EXAMPLES = [
    example
    for path in sorted(Path(__file__).parent.glob("test_*.py"))
    if path.stem != Path(__file__).stem
    for example in import_module(path.stem).EXAMPLES
]


def test_names_are_told_apart() -> None:
    assert len({(e.text, e.kind, e.keep, e.levels) for e in EXAMPLES}) == len(EXAMPLES)


@each(EXAMPLES)
def test_the_laws_hold(example: Example, level: Level) -> None:
    outcome = example.clean(level)
    assert "law" not in {removal.why.code for removal in outcome.removals}
    assert is_subsequence(outcome.text, example.text)
    again = example.clean(level, outcome.text)
    assert again.text == outcome.text
    assert again.applied == ()
