"""Spark's side of files: the session, what an input consists of, folders that are written under another name first."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from dedupe_cn.corpus.compressed import open_compressed
from dedupe_cn.corpus.problems import CorpusError, require
from dedupe_cn.corpus.sources import CorpusFile, find_sources, format_of
from dedupe_cn.corpus.streams import BLOCK, why
from dedupe_cn.regex import regex

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Oldest Java that Spark 4 runs on.
_JAVA = 17
_FORMATS = ("jsonl", "parquet")
_LOCAL = "file://"
_GLOB = regex(r"[][{}*?\\]")
#: Names that Spark 4 passes over in silence, also where they are named, those that Hadoop takes for an address, and
#: bytes that Java makes no name of.
_UNREAD = regex(r"/(?:\.[^/]*|_[^=/]*|[^/]*\._COPYING_|[^/]*:[^/]*)$|[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class SparkFile:
    """A file of the input: its name in ids, and its address for Hadoop, which knows no percent signs for other bytes.

    ``stamp`` tells one state of it from the next. ``filled``: it holds a record for certain; ``rows`` of a parquet
    file of this machine, else None.
    """

    name: str
    uri: str
    format: str
    stamp: str
    filled: bool = False
    rows: int | None = None


def start(master: str | None, partitions: int | None) -> SparkSession:
    """Start Spark. Raises CorpusError without pyspark or Java."""
    require("pyspark", "spark")
    require("pyarrow", "spark")
    # spark-submit has started Java before this process, and knows the master and the Python of the executors.
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    if not submitted:
        _check_java()
    # Only Arrow is used here; of newer versions of pandas PySpark 4.3 warns at every turn.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    from pyspark.sql import SparkSession

    if not submitted and (master is None or not master.startswith(("yarn", "k8s"))):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("dedupe-cn")
    if master is not None:
        builder = builder.master(master)
    settings = {
        # Known since 4.1; before, only the number of rows limits what goes to Python at a time.
        "spark.sql.execution.arrow.maxBytesPerBatch": str(32 << 20),
        "spark.sql.adaptive.enabled": "true",
        "spark.sql.adaptive.skewJoin.enabled": "true",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.sql.parquet.compression.codec": "zstd",
    }
    if not submitted and (master is None or master.startswith("local")):
        settings |= {"spark.driver.host": "localhost", "spark.ui.enabled": "false"}
        # Java does little here, and compiling it to the utmost took longer than running it.
        settings["spark.driver.extraJavaOptions"] = "-XX:TieredStopAtLevel=1 -XX:+UseParallelGC"
    if partitions is not None:
        settings |= {"spark.sql.shuffle.partitions": str(partitions), "spark.default.parallelism": str(partitions)}
    for name, value in settings.items():
        builder = builder.config(name, value)
    session: SparkSession = builder.getOrCreate()
    return session


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if java is None:
        raise CorpusError("no-java", detail="no java on the path")
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=True).stderr
    except (OSError, subprocess.SubprocessError) as problem:
        raise CorpusError("no-java", detail=str(problem)) from problem
    version = said.partition('"')[2].partition('"')[0]
    with suppress(ValueError):
        first, _, rest = version.partition(".")
        number = int(rest.partition(".")[0]) if first == "1" else int(first.partition("-")[0])
        if number < _JAVA:
            raise CorpusError("no-java", detail=f"found Java {version}")


def is_uri(path: str) -> bool:
    """Tell a path with a scheme (``hdfs://``, ``s3a://``) from one of this machine."""
    return "://" in path


def address(path: Path) -> str:
    """Give the address of a path of this machine.

    >>> address(Path("/a b/章.jsonl"))
    'file:///a b/章.jsonl'
    """
    return f"{_LOCAL}/{path.resolve().as_posix().lstrip('/')}"


def path_of(address: str) -> Path | None:
    """Give the path that an address of this machine stands for, None for one of somewhere else."""
    return Path(address.removeprefix(_LOCAL)) if address.startswith(_LOCAL) else None


def literally(address: str) -> str:
    """Write an address so that Spark, which reads globs, reads just that file or folder."""
    return _GLOB.sub(r"\\\g<0>", address)


def list_files(spark: SparkSession, inputs: tuple[str, ...]) -> tuple[SparkFile, ...]:
    """List the files of the inputs, in the order of the local engine. Raises CorpusError."""
    found: list[SparkFile] = []
    for path in inputs:
        found += _list_remote(spark, path) if is_uri(path) else ()
    if not any(map(is_uri, inputs)):
        sources = find_sources(map(Path, inputs))
        for source in sources:
            if source.encoding:
                raise CorpusError("spark-encoding", path=source.name, encoding=source.encoding)
        found = [_local(source) for source in sources]
    for file in found:
        if file.format not in _FORMATS:
            raise CorpusError("spark-formats", path=file.name)
        if _UNREAD.search(file.uri):
            raise CorpusError("spark-name", path=file.name)
    if len({file.format for file in found}) > 1:
        other = next(file for file in found if file.format != found[0].format)
        raise CorpusError("spark-formats", path=f"{found[0].name}, {other.name}")
    return tuple(found)


def _local(source: CorpusFile) -> SparkFile:
    """Describe a file of this machine. Raises CorpusError when it is damaged."""
    path, kind = source.path, source.format + source.compression.replace("gz", "")
    rows = None
    if kind == "parquet":
        import pyarrow.parquet

        try:
            rows = int(pyarrow.parquet.read_metadata(path).num_rows)
        except (OSError, pyarrow.ArrowException) as problem:
            raise CorpusError("unreadable", path=source.name, detail=why(problem, "parquet")) from problem
    filled = bool(rows) if kind == "parquet" else not source.compression and path.stat().st_size > 0
    return SparkFile(source.name, address(path), kind, _stamp(path), filled, rows)


def check_whole(files: tuple[SparkFile, ...]) -> None:
    """Read the compressed files of this machine to their end; Spark fails without saying where one breaks off.

    Raises CorpusError.
    """
    for file in files:
        if not is_uri(file.name) and format_of(Path(file.name))[1] == "gz":
            with suppress(OSError), open_compressed(Path(file.name), "gz") as stream:
                while stream.read(BLOCK):
                    pass


def _stamp(path: Path) -> str:
    state = path.stat()
    return f"{state.st_size}-{state.st_mtime_ns}"


def _list_remote(spark: SparkSession, path: str) -> list[SparkFile]:
    try:
        frame = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(path)
        rows = frame.select("path", "length", "modificationTime").collect()
    except Exception as problem:
        raise CorpusError("missing", path=path) from problem
    files = []
    for row in sorted(rows, key=lambda row: PurePosixPath(row["path"]).parts):
        kind, compression = format_of(PurePosixPath(row["path"]))
        if kind:
            kind += compression.replace("gz", "")
            stamp = f"{row['length']}-{row['modificationTime']}"
            filled = kind == "jsonl" and not compression and row["length"] > 0
            files.append(SparkFile(row["path"], row["path"], kind, stamp, filled))
    if not files:
        raise CorpusError("no-files", path=path)
    return files


class SparkFolders:
    """Folders on any file system that Spark writes to."""

    def __init__(self, spark: SparkSession) -> None:
        session: Any = spark
        self._jvm = session._jvm
        self._conf = session._jsc.hadoopConfiguration()

    def _open(self, path: str) -> tuple[Any, Any]:
        place = self._jvm.org.apache.hadoop.fs.Path(path)
        return place.getFileSystem(self._conf), place

    def exists(self, path: str) -> bool:
        """Tell whether something stands there."""
        system, place = self._open(path)
        return bool(system.exists(place))

    def remove(self, path: str) -> None:
        """Remove a folder and all that is in it."""
        system, place = self._open(path)
        system.delete(place, True)

    def rename(self, path: str, name: str) -> None:
        """Give a folder another name; nothing may stand there."""
        system, place = self._open(path)
        if system.exists(self._jvm.org.apache.hadoop.fs.Path(name)) or not system.rename(
            place, self._jvm.org.apache.hadoop.fs.Path(name)
        ):
            raise CorpusError("output-full", output=name)
