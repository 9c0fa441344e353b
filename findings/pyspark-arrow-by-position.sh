#!/bin/sh
# PySpark 4.3.0, mapInArrow, columns of the batches that a function gives back (Java 17, PyArrow 26).
#
# A function of mapInArrow gives batches with names, and a schema with names is declared beside it. The names are not
# compared: columns are taken by their places. Two columns of one type in another order are exchanged without a word.
# Of columns of another type the bytes are read as those of the declared type, or the task fails inside Java. Beside
# it, the name of a codec of Spark 3.5 that 4 does not know any more.
#
# Seen in December 2026:
#   declared a, b; given b=2, a=1: Row(a=2, b=1)
#   compression lz4raw: IllegalArgumentException
#   compression lz4_raw: written
#
# Exit 0: as seen. Exit 1: it changed. Needs python3 (3.11 or newer), Java 17 or newer and a package index.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q --disable-pip-version-check pyspark==4.3.0 pyarrow==26.0.1 pandas==2.3.3
cat >"$folder/work.py" <<'PY'
import os
import sys

os.environ["PYSPARK_PYTHON"] = sys.executable
import pyarrow as pa
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("OFF")


def work(batches):
    for _ in batches:
        yield pa.record_batch({"b": pa.array([2]), "a": pa.array([1])})


frame = spark.range(1).coalesce(1).mapInArrow(work, "a long, b long")
print(f"declared a, b; given b=2, a=1: {frame.first()}")
for codec in ("lz4raw", "lz4_raw"):
    try:
        spark.range(1).write.option("compression", codec).parquet(f"{sys.argv[1]}/{codec}")
    except PySparkException as problem:
        print(f"compression {codec}: {type(problem).__name__}")
    else:
        print(f"compression {codec}: written")
spark.stop()
PY
"$folder/env/bin/python" "$folder/work.py" "$folder" >"$folder/seen" 2>"$folder/said" || { cat "$folder/said"; exit 1; }
sed -n 's/^#   //p' "$0" >"$folder/expected"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
