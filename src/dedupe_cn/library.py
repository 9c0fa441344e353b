"""Clean a text or bytes from Python: no file access, no terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from dedupe_cn.encoding.encodings import PER_LINE
from dedupe_cn.encoding.writing import begin, encode, is_unique, mark_of, rewrite, without
from dedupe_cn.errors import DecodingError, UsageError
from dedupe_cn.model import Document, Edit, Kind, Level, Outcome, Verdict
from dedupe_cn.settings import MAX_BYTES, RULES, Settings, choose_rules

if TYPE_CHECKING:
    from dedupe_cn.edits import OffsetMap
    from dedupe_cn.encoding.decoding import Decoded
    from dedupe_cn.encoding.detection import Detection

OUTPUT_ENCODINGS = ("utf-8", "keep")


class Options(TypedDict, total=False):
    """Settings by name, and the choice of rules in the words of the command line."""

    min_chars: int | None
    threshold: float
    keep: str
    eol: str
    select: Iterable[str]
    disable: Iterable[str]


@dataclass(frozen=True, slots=True)
class CleanedBytes:
    """Cleaned bytes (none where nobody asked for them) and their encoding, what was done, and how they were read."""

    data: bytes
    encoding: str
    outcome: Outcome
    decoded: Decoded


def detect(data: bytes, hint: str = "") -> Detection:
    """Describe bytes: their encoding and its rivals, line ends, lost places and what looks suspicious.

    ``hint`` is an encoding that something else names, believed where the bytes leave it open.
    """
    from dedupe_cn.encoding.detection import describe
    from dedupe_cn.tidy.suspicious import warnings

    return describe(data, hint, look=warnings)


def make_settings(
    level: Level | str | None = None, settings: Settings | None = None, **options: Unpack[Options]
) -> Settings:
    """Make settings from names; what is not given stays as in ``settings`` or by default.

    Raises UsageError for a value or a rule that does not exist.
    """
    changes: dict[str, Any] = dict(options)
    select, disable = changes.pop("select", ()), changes.pop("disable", ())
    unknown = changes.keys() - {field.name for field in fields(Settings)}
    if unknown:
        raise UsageError.of("choice", name="option", value=min(unknown), known=", ".join(Options.__annotations__))
    if select or disable:
        changes["rules"] = choose_rules(select, disable)
    if level is not None:
        changes["level"] = level
    return (settings or Settings()).with_options(**changes)


def clean(
    text: str,
    level: Level | str | None = None,
    *,
    kind: Kind | str = Kind.TEXT,
    settings: Settings | None = None,
    **options: Unpack[Options],
) -> Outcome:
    """Clean a text: tidy it and take out what was repeated by accident.

    >>> clean("第一行。 \\n\\n\\n\\n第二行。").text
    '第一行。\\n\\n第二行。\\n'

    ``level`` is ``safe``, ``standard`` (the default) or ``aggressive``; ``kind`` says whether to read
    Markdown's blocks; ``options`` are the other fields of Settings, and ``select`` and ``disable`` with names
    of rules.
    Raises UsageError for an option that cannot hold, LawError when an outcome would break a law.
    """
    from dedupe_cn import pipeline

    return pipeline.clean(Document(text, Kind(kind)), make_settings(level, settings, **options))


def clean_bytes(
    data: bytes,
    level: Level | str | None = None,
    *,
    kind: Kind | str = Kind.TEXT,
    path: str = "-",
    encoding: str | None = None,
    output_encoding: str = "utf-8",
    settings: Settings | None = None,
    **options: Unpack[Options],
) -> CleanedBytes:
    """Decode bytes, clean the text and encode it again.

    ``encoding`` None finds it out. ``output_encoding`` is ``utf-8`` or ``keep`` (that of the input). Look at
    ``decoded.lossy`` before the result takes the place of the input: it says that some bytes had no meaning.
    Raises DecodingError when the encoding is uncertain or cannot hold the result, and what ``clean`` raises.
    """
    if output_encoding not in OUTPUT_ENCODINGS:
        raise UsageError.of("choice", name="output encoding", value=output_encoding, known=", ".join(OUTPUT_ENCODINGS))
    from dedupe_cn.encoding.decoding import decode, require_certain

    chosen = make_settings(level, settings, **options)
    decoded = require_certain(decode(data, encoding), path)
    return clean_decoded(decoded, chosen, kind=Kind(kind), path=path, output_encoding=output_encoding, data=data)


def open_archive(data: bytes, form: str, most: int = MAX_BYTES) -> Decoded:
    """Take the text out of an archive, ``docx`` or ``epub``, of which at most so many bytes are unpacked.

    Raises InputError for what cannot be read: a password, damage, other encodings, too much in it.
    """
    from dedupe_cn.containers.opening import open_archive as opened
    from dedupe_cn.encoding.decoding import Decoded

    container = opened(data, form, most)
    return Decoded(container.text, "utf-8", True, 1.0, container=container)


def open_captions(data: bytes, decoded: Decoded, form: str, renumber: bool = False) -> Decoded:
    """Take what is said out of subtitles, ``srt``, ``vtt`` or ``ass``; raises InputError for times that are none."""
    from dedupe_cn.containers.captions import Captions

    captions = Captions(data, decoded, form, renumber)
    return decoded._replace(text=captions.text, container=captions)


def clean_decoded(
    decoded: Decoded,
    settings: Settings,
    *,
    kind: Kind,
    path: str = "-",
    output_encoding: str = "utf-8",
    data: bytes | None = None,
    verdicts: Mapping[str, Verdict] | None = None,
    told: bool = False,
) -> CleanedBytes:
    """Clean a decoded text and encode it again. Raises CannotHoldError, and LawError as ``clean`` does.

    ``data`` are the bytes it was decoded from: a file that a mark in it takes out altogether stays as it was, in its
    encoding, and so does one in which nothing is to be changed. ``verdicts`` are by the id of a repeat.
    What is only ``told`` is not encoded, unless the bytes may say something that the text does not. What came out of a
    container is cut out of that.
    """
    from dedupe_cn import pipeline
    from dedupe_cn.laws import check_written

    document = Document(decoded.text, kind, path, decoded.encoding, decoded.shape)
    outcome, offsets = pipeline.clean_and_follow(document, settings, verdicts or {})
    if decoded.container is not None:
        from dedupe_cn.containers.opening import written

        made = data if data is not None and not outcome.changed else b""
        if outcome.changed and not told:
            made = written(decoded.container, outcome)
        return CleanedBytes(made, decoded.encoding, outcome, decoded)
    if data is not None and outcome.ignored.issuperset(RULES):
        if decoded.bom or decoded.encoding != "utf-8":  # what the mark has held back
            outcome = replace(outcome, warnings=tuple(w for w in outcome.warnings if w.rule != "unused-mark"))
        return CleanedBytes(data, decoded.encoding, outcome, decoded)
    if data is not None and decoded.reversible and outcome.text == decoded.text:
        return CleanedBytes(data, "utf-8", outcome, decoded)  # that these bytes are this text, reading has proved
    if told and decoded.reversible:
        return CleanedBytes(b"", "utf-8", outcome, decoded)
    keep_mark = decoded.bom and "bom" not in settings.rules - outcome.ignored
    target = decoded.encoding if output_encoding == "keep" else "utf-8"
    if target == PER_LINE:
        raise DecodingError.of("keep-per-line")
    if decoded.bom and decoded.encoding == target and not begin(target, keep_mark):
        outcome = replace(outcome, edits=(Edit(0, 0, "", "bom"), *outcome.edits))
    if data is None or target != decoded.encoding or is_unique(target):
        data = encode(outcome.text, target, mark=keep_mark)
    else:
        data = _put_back(decoded, data, outcome.text, offsets, keep_mark)
    check_written(data, target, outcome.text)
    return CleanedBytes(data, target, outcome, decoded)


def _put_back(decoded: Decoded, data: bytes, text: str, offsets: OffsetMap, mark: bool) -> bytes:
    """Encode a text in the encoding it came in; what nothing changed keeps its bytes, but for those that were lost.

    Raises CannotHoldError.
    """
    front = len(mark_of(data, decoded.encoding)) if decoded.bom else 0
    own = mark and data[:front] == begin(decoded.encoding, mark)
    sound = without(decoded.errors, data, decoded.encoding)
    body = rewrite(sound[front:], decoded.encoding, decoded.text, text, offsets)
    return begin(decoded.encoding, own) + body
