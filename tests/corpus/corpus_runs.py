"""Documents for the corpus tests, and the answer by brute force: every pair compared by sets of strings."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="needs pip install 'dedupe-cn[corpus]'")
pytest.importorskip("pyarrow", reason="needs pip install 'dedupe-cn[corpus]'")

from dedupe_cn.corpus.local import run
from dedupe_cn.corpus.plan import CorpusPlan
from dedupe_cn.corpus.records import Fields
from dedupe_cn.corpus.run import Request, Result

_SUBJECTS = ["渡口的老人", "县里的会计", "守林的姑娘", "退休的校长", "跑船的兄弟", "修表的师傅", "新来的医生"]
_VERBS = ["记下了", "想起了", "打听着", "抄写着", "盘算着", "讲述了", "忘记了", "收拾着"]
_THINGS = ["去年的雨水", "河堤的高度", "码头的旧账", "祖屋的图样", "信里的地名", "药方的分量", "戏台的布景"]
_ENDS = ["，天黑才回家。", "，一句话也没说。", "，旁人都不明白。", "，心里却很踏实。", "，直到灯油烧尽。"]


def sentence(rng: random.Random) -> str:
    """Write a sentence; the number makes it rare."""
    words = rng.choice(_SUBJECTS) + rng.choice(_VERBS) + rng.choice(_THINGS)
    return f"{words}{rng.randrange(10_000)}{rng.choice(_ENDS)}"


def text(rng: random.Random, sentences: int = 6) -> str:
    """Write a text of so many sentences, one a line."""
    return "\n".join(sentence(rng) for _ in range(sentences))


def edit(original: str, rng: random.Random, places: int) -> str:
    """Replace, drop or double single characters."""
    characters = list(original)
    for at in rng.sample(range(len(characters)), places):
        characters[at] = rng.choice(("", characters[at] * 2, chr(rng.randrange(0x4E00, 0x9FA0))))
    return "".join(characters)


def shuffle_space(original: str, rng: random.Random) -> str:
    """Change white space alone: other line ends, blanks anywhere."""
    dense = "".join(original.split())
    return "".join(c + rng.choice(("", "", "", " ", "\n", "\u3000")) for c in dense)


def mixture(seed: int, count: int) -> list[str]:
    """Write texts of which a third are copies, edited more and less, some in chains."""
    rng = random.Random(seed)
    texts: list[str] = []
    for _ in range(count):
        if texts and rng.random() < 0.35:
            source = rng.choice(texts)
            places = rng.choice((0, 1, 2, 3, 4, 6, 9, 12))
            copy = edit(source, rng, min(places, len(source) // 2))
            texts.append(shuffle_space(copy, rng) if rng.random() < 0.3 else copy)
        else:
            texts.append(text(rng, rng.randrange(1, 8)))
    return texts


def shingles(document: str, size: int = 5) -> set[str]:
    """Cut a text without white space into its shingles."""
    dense = "".join(document.split())
    return {dense[i : i + size] for i in range(len(dense) - size + 1)}


def similarity(first: str, second: str, size: int = 5) -> float:
    """Give the Jaccard similarity; texts shorter than a shingle are equal or not."""
    one, other = shingles(first, size), shingles(second, size)
    if not one or not other:
        return float("".join(first.split()) == "".join(second.split()) != "")
    return len(one & other) / len(one | other)


def exact(texts: Sequence[str], threshold: float = 0.8, order: Iterable[int] | None = None) -> dict[int, int]:
    """Give for each text that goes the earliest similar one that stays."""
    kept: list[int] = []
    gone: dict[int, int] = {}
    for index in order if order is not None else range(len(texts)):
        like = next((k for k in kept if similarity(texts[k], texts[index]) >= threshold), None)
        if like is None:
            kept.append(index)
        else:
            gone[index] = like
    return gone


def write_jsonl(path: Path, texts: Iterable[str]) -> Path:
    """Write texts with ids from 0 and another field."""
    lines = (json.dumps({"id": i, "text": t, "len": len(t)}, ensure_ascii=False) for i, t in enumerate(texts))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def read_jsonl(path: Path) -> list[dict[str, object]]:
    """Read lines of JSON."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True)
class Outcome:
    """What a run gave: its result, and (id, kept id) of what went."""

    result: Result
    gone: dict[object, object]
    lines: list[dict[str, object]]


def dedupe(folder: Path, *inputs: Path, plan: CorpusPlan | None = None, jobs: int = 1, **more: object) -> Outcome:
    """Run the local engine in this process."""
    removed = folder / "removed.jsonl"
    fields = more.pop("fields", Fields())
    assert isinstance(fields, Fields)
    request = Request(inputs, plan or CorpusPlan(), fields, removed=removed, jobs=jobs, **more)  # type: ignore[arg-type]
    result = run(request, lambda stage, done, whole: None)
    lines = read_jsonl(removed)
    return Outcome(result, {line["id"]: line["kept_id"] for line in lines}, lines)
