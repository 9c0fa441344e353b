"""datatrove's MinHash in its four documented steps with its defaults: words of jieba, 14 buckets of 8."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupSignature
from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter
from datatrove.utils.hashing import HashConfig

from corpora.peers.exchange import write


def main() -> None:
    """Run the steps."""
    corpus, out = Path(sys.argv[1]), Path(sys.argv[2])
    config = MinhashConfig(hash_config=HashConfig(precision=64))

    def reader() -> JsonlReader:
        return JsonlReader(str(corpus.parent), glob_pattern=corpus.name, id_key="id")

    def run(name: str, tasks: int, *steps: object) -> None:
        place = str(out / "log" / name)
        LocalPipelineExecutor(pipeline=list(steps), tasks=tasks, workers=1, logging_dir=place).run()

    signatures, buckets, left = (str(out / name) for name in ("signatures", "buckets", "left"))
    run("1", 1, reader(), MinhashDedupSignature(output_folder=signatures, config=config, language="cmn_Hani"))
    run("2", config.num_buckets, MinhashDedupBuckets(input_folder=signatures, output_folder=buckets, config=config))
    run("3", 1, MinhashDedupCluster(input_folder=buckets, output_folder=left, config=config))
    gone = JsonlWriter(str(out / "gone"))
    kept = JsonlWriter(str(out / "stays"))
    run("4", 1, reader(), MinhashDedupFilter(input_folder=left, exclusion_writer=gone), kept)
    numbers = []
    for path in (out / "gone").glob("*.jsonl.gz"):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            numbers += [int(json.loads(line)["id"]) for line in file]
    write((number, None) for number in numbers)


if __name__ == "__main__":
    main()
