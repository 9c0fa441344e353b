"""text-dedup's MinHash, its own program. It cuts words, so a blank is put behind every character."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from datasets import load_from_disk

from corpora.peers.exchange import SHINGLE, read, write

folder = Path(sys.argv[2])
spaced = folder / "spaced.jsonl"
texts = read()
with spaced.open("w", encoding="utf-8") as file:
    for number, text in enumerate(texts):
        file.write(json.dumps({"id": number, "text": " ".join(text)}, ensure_ascii=False) + "\n")
options = {
    "path": "json", "data_files": spaced, "split": "train", "cache_dir": folder / "cache", "output": folder / "kept",
    "column": "text", "ngram": SHINGLE, "num_perm": 128, "threshold": 0.8, "num_proc": 2,
}  # fmt: skip
words = [word for key, value in options.items() for word in (f"--{key}", str(value))]
subprocess.run(
    [sys.executable, "-m", "text_dedup.minhash", *words],
    check=True,
    env={**os.environ, "HF_HOME": str(folder / "home"), "HF_HUB_OFFLINE": "1"},
)
kept = set(load_from_disk(str(folder / "kept"))["id"])
write((number, None) for number in range(len(texts)) if number not in kept)
