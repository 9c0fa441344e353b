"""The engine for many machines: the plan of the local engine in DataFrames and Arrow functions.

Every stage is written to a work folder that all machines reach, so that a lost worker costs its tasks and a lost run
goes on behind its last stage. Nothing of the data comes to the driver: it sees counts, and pairs of numbers when few
are left. Needs Java 17 or newer, and this package on every machine.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dedupe_cn.corpus.problems import CorpusError
from dedupe_cn.corpus.run import Progress, Request, Result
from dedupe_cn.corpus.spark_files import (
    SparkFile,
    SparkFolders,
    address,
    check_whole,
    is_uri,
    list_files,
    start,
)
from dedupe_cn.corpus.spark_read import Stages


def run(
    request: Request,
    progress: Progress,
    inputs: tuple[str, ...],
    output: str | None,
    removed: str | None,
    master: str | None = None,
    partitions: int | None = None,
) -> Result:
    """Find what goes and write what stays. The places are paths or what Spark can read. Raises CorpusError."""
    refused = (
        ("--index", request.index),
        ("--against", request.against),
        ("--left-out", request.left_out),
        ("--encoding", request.encoding),
    )
    for name, given in refused:
        if given:
            raise CorpusError("spark-option", option=name)
    if request.plan.unit == "paragraph":
        from dedupe_cn.corpus.spark_paragraphs import find_paragraphs as find
    else:
        from dedupe_cn.corpus.spark_documents import find_documents as find
    spark = start(master, partitions)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    files: tuple[SparkFile, ...] = ()
    try:
        files = list_files(spark, inputs)
        places = SparkFolders(spark)
        output = _absolute(output)
        if output is not None and places.exists(output):
            raise CorpusError("output-full", output=output)
        with _work_folder(places, output, _print(request, files)) as folder:
            stages = Stages(spark, places, folder, progress)
            return find(request, files, stages, places, output, _absolute(removed))
    except (Py4JError, PySparkException) as problem:
        check_whole(files)
        lines = [line for line in str(problem).splitlines() if line.strip()] or [type(problem).__name__]
        raise CorpusError("spark-failed", detail=lines[0][:300]) from problem
    finally:
        spark.stop()


def _absolute(path: str | None) -> str | None:
    return path if path is None or is_uri(path) else address(Path(path))


def _print(request: Request, files: tuple[SparkFile, ...]) -> str:
    about = ["bundles", repr(request.plan), repr(request.fields), request.on_error, [(f.uri, f.stamp) for f in files]]
    return hashlib.sha256(json.dumps(about).encode()).hexdigest()[:16]


@contextmanager
def _work_folder(places: SparkFolders, output: str | None, name: str) -> Iterator[str]:
    """Give the work folder: beside the output, where all machines reach it. It goes when the run is done."""
    if output is None:
        with tempfile.TemporaryDirectory(prefix="dedupe-cn-") as folder:
            yield address(Path(folder))
        return
    folder = f"{output.rstrip('/')}-dedupe-cn-work/{name}"
    yield folder
    places.remove(folder.rpartition("/")[0])
