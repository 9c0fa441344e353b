"""The laws over texts that people wrote, after accidents."""

from __future__ import annotations

from budget import budget
from hypothesis import given
from hypothesis import strategies as st
from mutated import mutated

from dedupe_cn.model import Document, Kind, Level
from dedupe_cn.pipeline import clean
from dedupe_cn.settings import KEEPS, REPEAT_RULES, TIDY_DEFAULT, TIDY_ON_REQUEST, Settings

RULES = {
    "default": frozenset(REPEAT_RULES + TIDY_DEFAULT),
    "all": frozenset(REPEAT_RULES + TIDY_DEFAULT + TIDY_ON_REQUEST),
    "repeats": frozenset(REPEAT_RULES),
}


@given(
    text=mutated(),
    kind=st.sampled_from(Kind),
    settings=st.builds(
        Settings,
        level=st.sampled_from(Level),
        keep=st.sampled_from(KEEPS),
        eol=st.sampled_from(["keep", "lf", "crlf"]),
        rules=st.sampled_from(list(RULES.values())),
    ),
)
@budget(300)
def test_the_laws_hold_after_accidents(text: str, kind: Kind, settings: Settings) -> None:
    outcome = clean(Document(text, kind), settings)
    assert clean(Document(outcome.text, kind), settings).text == outcome.text, "a second run changes more"
    for removal in outcome.removals:
        assert 0 <= removal.span.start < removal.span.end <= len(text)
        assert 0 <= removal.kept.start < removal.kept.end <= len(text)
    for edit in outcome.edits:
        assert 0 <= edit.start <= edit.end <= len(text)
