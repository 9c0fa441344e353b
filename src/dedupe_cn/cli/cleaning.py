"""The work on one input: read, clean, and say what stood in the way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar

from dedupe_cn.cli.console import DEBUG
from dedupe_cn.cli.messages import Say
from dedupe_cn.encoding.doubts import Doubt
from dedupe_cn.encoding.writing import CannotHoldError, encode
from dedupe_cn.errors import DecodingError, DedupeError
from dedupe_cn.io.files import ChangedMeanwhileError, NobodyWritesError, NotRegularError, TooLargeError
from dedupe_cn.library import CleanedBytes, clean_decoded, open_archive, open_captions
from dedupe_cn.model import Kind, Level, Outcome, Verdict
from dedupe_cn.settings import MAX_BYTES, Settings
from dedupe_cn.shape import ARCHIVES

if TYPE_CHECKING:
    from dedupe_cn.cli.before import Before
    from dedupe_cn.encoding.decoding import Decoded
    from dedupe_cn.io.decisions import Decisions
    from dedupe_cn.io.git_history import Former

P = ParamSpec("P")
T = TypeVar("T")

BINARY = "binary-error"


class Plan(NamedTuple):
    """What holds for an input.

    ``kind`` None goes by the name, ``encoding`` None is found out. ``allow_lossy`` lets a file be written whose broken
    bytes became U+FFFD. ``working_encoding`` is the one that git's attributes name, in which git reads the file;
    ``attributes_untold`` says why git does not tell it, where a file keeps its encoding for that.
    ``borderline`` is how many pairs nearest to the threshold are shown. ``max_bytes`` bounds each input. ``decisions``
    are the verdicts on repeats, None when there are none. ``to_text`` asks for the plain text of a container,
    ``renumber`` for new numbers of cues, ``across`` for the samples by which copies between files are found. Where only
    what is new since a revision counts, ``former`` is what the file was there, ``before`` what was known of it, and
    ``twin`` another file that is identical and did not change.
    """

    settings: Settings
    kind: Kind | None = None
    encoding: str | None = None
    output_encoding: str = "utf-8"
    working_encoding: str = ""
    attributes_untold: str = ""
    allow_lossy: bool = False
    borderline: int = 0
    max_bytes: int = MAX_BYTES
    decisions: Decisions | None = None
    to_text: bool = False
    renumber: bool = False
    across: bool = False
    former: Former | None = None
    before: Before | None = None
    twin: str = ""

    @property
    def is_gits(self) -> bool:
        """Tell whether what is written is to be read by git in the encoding that its attributes name."""
        return bool(self.working_encoding) and self.output_encoding == "keep"


class FailedError(Exception):
    """An input that cannot be cleaned: a key of the words and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def words(self, say: Say) -> str:
        """Say it in a language."""
        return say(self.key, **{name: _said(value, say) for name, value in self.values.items()})


def _said(value: object, say: Say) -> object:
    """Say an error or a doubt of the core in a language; other values speak for themselves."""
    if isinstance(value, Doubt):
        return value.words(say.language)
    if not isinstance(value, DedupeError):
        return value
    message, hint = value.words(say.language)
    return f"{message}{say('semicolon')}{hint}" if hint else message


def failure(problem: Exception, key: str = "unreadable", where: str = "") -> FailedError:
    """Turn an exception into words; ``where`` names the file if it is not the input."""
    match problem:
        case ChangedMeanwhileError():
            return FailedError("changed-meanwhile")
        case TooLargeError():
            return FailedError("too-large")
        case NotRegularError():
            return FailedError("not-regular")
        case NobodyWritesError():
            return FailedError("nobody-writes")
        case FileNotFoundError() if key == "unreadable":
            return FailedError("missing")
        case OSError():
            detail = problem.strerror or str(problem)
            return FailedError(f"{key}-at" if where else key, detail=detail, path=where)
        case CannotHoldError():
            return FailedError("cannot-hold", encoding=problem.encoding, characters=problem.characters)
        case MemoryError():
            return FailedError("no-memory")
        case DedupeError():
            return FailedError("plain", what=problem)
        case _:
            return FailedError("internal", what=f"{type(problem).__name__}: {problem}")


def _in_words(work: Callable[P, T]) -> Callable[P, T]:
    """Turn whatever goes wrong into a FailedError; around a function it takes a third of the time of a block."""

    @wraps(work)
    def worded(*values: P.args, **named: P.kwargs) -> T:
        try:
            return work(*values, **named)
        except FailedError:
            raise
        except Exception as problem:
            if os.environ.get(DEBUG) and not isinstance(problem, DedupeError):
                raise
            raise failure(problem) from problem

    return worded


@_in_words
def clean_text(
    name: str,
    decoded: Decoded,
    kind: Kind,
    plan: Plan,
    data: bytes | None = None,
    told: bool = False,
) -> CleanedBytes:
    """Clean what was read of one input. Raises FailedError, whatever goes wrong: there is never half a result.

    ``data`` are the bytes it was read from, needed unless the text is ``reversible``. What is only ``told`` need not be
    encoded.
    """
    cleaned = _cleaned(name, decoded, kind, plan, data, told)
    if plan.decisions is None or name == "-" or not plan.decisions.holds_layout:
        return cleaned
    from dedupe_cn.cli.baseline import accepted_changes
    from dedupe_cn.io.decisions import ENCODING

    held: list[tuple[str, int]] = []
    # Without a rule that was accepted another one may find more, and that may have been accepted as well.
    while found := accepted_changes(name, cleaned, plan.decisions, plan.output_encoding != "keep"):
        held += found
        rules = {rule for rule, _ in found}
        eol = "keep" if "line-ends" in rules else plan.settings.eol  # which is asked for beside the rules
        plan = plan._replace(settings=plan.settings.with_options(rules=plan.settings.rules - rules, eol=eol))
        if ENCODING in rules:
            plan = plan._replace(output_encoding="keep")
        cleaned = _cleaned(name, decoded, kind, plan, data, told)
    if not held:
        return cleaned
    settled = tuple(sorted([*cleaned.outcome.settled, *held]))
    return replace(cleaned, outcome=replace(cleaned.outcome, settled=settled))


def _cleaned(
    name: str, decoded: Decoded, kind: Kind, plan: Plan, data: bytes | None, told: bool
) -> CleanedBytes:
    """Clean, and write in the encoding that is asked for."""
    try:
        cleaned = clean_decoded(
            decoded,
            plan.settings,
            kind=kind,
            path=name,
            output_encoding=plan.output_encoding,
            data=data,
            verdicts=_verdicts(name, plan),
            told=told,
        )
        if plan.is_gits and decoded.container is None and cleaned.encoding != "utf-8":
            _check_put_in(cleaned.outcome, plan.working_encoding)
    except CannotHoldError as problem:
        if not plan.is_gits:
            raise
        values = {"encoding": problem.encoding, "characters": problem.characters, "name": plan.working_encoding}
        raise FailedError("cannot-hold-attribute", **values) from problem
    if plan.is_gits and not decoded.bom and decoded.container is None:
        # git refuses a byte order mark where the attribute names the byte order.
        return replace(cleaned, data=cleaned.data.removeprefix(encode("", cleaned.encoding)))
    return cleaned


def _check_put_in(outcome: Outcome, encoding: str) -> None:
    """Raise CannotHoldError where what is put in has no place in an encoding that a wider one was read for."""
    from dedupe_cn.encoding.encodings import canonical

    try:
        name = canonical(encoding)
    except DecodingError:  # a name of git's alone, such as UTF-16LE-BOM
        return
    encode("".join(edit.replacement for edit in outcome.edits), name)


def _verdicts(name: str, plan: Plan) -> Mapping[str, Verdict] | None:
    return plan.decisions.verdicts(None if name == "-" else name) if plan.decisions else None


@_in_words
def decode_data(data: bytes, plan: Plan, form: str = "") -> Decoded:
    """Decode the bytes of one input, or read a container of that ``form``. Raises FailedError when there is no text."""
    if form in ARCHIVES:
        return open_archive(data, form, plan.max_bytes)
    from dedupe_cn.encoding.decoding import decode

    decoded = decode(data, plan.encoding, plan.working_encoding)
    if not decoded.legible:
        raise _illegible(data, decoded)
    return open_captions(data, decoded, form, plan.renumber) if form else decoded


def _illegible(data: bytes, decoded: Decoded) -> FailedError:
    """Say why bytes give no text: they are none, cannot be read here, or could be several things."""
    from dedupe_cn.encoding.binary import has_binary_bytes
    from dedupe_cn.encoding.candidate import offered
    from dedupe_cn.encoding.decoding import NO_CODEC

    if decoded.encoding in NO_CODEC:
        return FailedError("no-codec", encoding=decoded.encoding.upper())
    if decoded.mixed:
        return FailedError("uncertain-mixed", why=decoded.doubt)
    if has_binary_bytes(data):
        return FailedError(BINARY)
    names = offered(decoded.candidates)
    return FailedError("uncertain", candidates=", ".join(names)) if names else FailedError("undecodable")


def level_of(plans: Iterable[Plan], otherwise: Plan) -> Level:
    """Give the level of a report: the one all inputs share, else that of the working folder."""
    levels = {plan.settings.level for plan in plans}
    return levels.pop() if len(levels) == 1 else otherwise.settings.level
