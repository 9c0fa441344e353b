#!/bin/sh
# PySpark 4.3.0, addresses of files (Java 17).
#
# Paths go to Hadoop, which takes every character of an address as it stands: a percent sign is a percent sign. What
# pathlib's as_uri() gives for a name beyond ASCII, or with a space, is a well-formed address of that file, and Spark
# does not find it. Written to, the same address makes a folder whose name has the percent signs in it, and nothing is
# said. Plain "file://" and the path is what works. What _metadata.file_path gives back has percent signs for a space,
# but none for Han characters: it is neither of the two.
#
# Seen in December 2026:
#   read as_uri, 章.txt: AnalysisException
#   read plain, 章.txt: 2 rows, file_path ends in 章.txt
#   read as_uri, a b.txt: AnalysisException
#   read plain, a b.txt: 2 rows, file_path ends in a%20b.txt
#   write as_uri, 出: made %E5%87%BA
#   write plain, 出: made 出
#
# Exit 0: as seen. Exit 1: it changed. Needs python3 (3.11 or newer), Java 17 or newer and a package index.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q --disable-pip-version-check pyspark==4.3.0
cat >"$folder/work.py" <<'PY'
import sys
from pathlib import Path

from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession

folder = Path(sys.argv[1])
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("OFF")


def addresses(path):
    return {"as_uri": path.as_uri(), "plain": f"file://{path}"}


for name in ("章.txt", "a b.txt"):
    path = folder / name
    path.write_text("第一行\n第二行\n", encoding="utf-8")
    for kind, address in addresses(path).items():
        try:
            rows = spark.read.text(address).select("value", "_metadata.file_path").collect()
        except AnalysisException:
            print(f"read {kind}, {name}: AnalysisException")
        else:
            print(f"read {kind}, {name}: {len(rows)} rows, file_path ends in {rows[0].file_path.rpartition('/')[2]}")
for kind, address in addresses(folder / "out" / "出").items():
    spark.range(1).selectExpr("'一' AS value").write.text(address)
    (made,) = (folder / "out").iterdir()
    print(f"write {kind}, 出: made {made.name}")
    made.rename(folder / f"seen by {kind}")
spark.stop()
PY
"$folder/env/bin/python" "$folder/work.py" "$folder" >"$folder/seen" 2>"$folder/said" || { cat "$folder/said"; exit 1; }
sed -n 's/^#   //p' "$0" >"$folder/expected"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
