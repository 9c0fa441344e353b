#!/bin/sh
# DuckDB 2.0.1 and 1.4.4, the storage of database files.
#
# A file says in its header which number its storage has and which version made it; readers go by the number alone.
# 2.0.1 gives new files the number 999 unless it is told otherwise, and 1.4.4 reads 64 to 67: every file that 2.0.1
# makes by default is closed to it, whatever is in it. With STORAGE_VERSION 'v1.0.0' the number is 64, and stays 64
# when 2.0.1 adds to the file later without being told again. The version in the header is that of who made the file:
# it is no sign of who can read it, and does not change when another version writes.
#
# Seen in December 2026:
#   2.0.1 makes by default: number 999, made by v2.0.1
#   2.0.1 makes for v1.0.0: number 64, made by v2.0.1
#   1.4.4 reads default: IOException
#   1.4.4 adds to for v1.0.0: number 64, made by v2.0.1
#   2.0.1 adds to for v1.0.0: number 64, made by v2.0.1
#   1.4.4 reads for v1.0.0: 3000 rows
#
# Exit 0: as seen. Exit 1: it changed. Needs python3 (3.11 or newer) and a package index.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for version in 2.0.1 1.4.4; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install -q --disable-pip-version-check "duckdb==$version"
done
cat >"$folder/work.py" <<'PY'
import sys

import duckdb

step, path = sys.argv[1:]
name = "for v1.0.0" if "v1" in path else "default"
db = duckdb.connect()
if step == "make":
    option = " (STORAGE_VERSION 'v1.0.0')" if "v1" in path else ""
    db.execute(f"ATTACH '{path}' AS f{option}")
    db.execute("CREATE TABLE f.t AS SELECT range AS n FROM range(1000)")
elif step == "add":
    db.execute(f"ATTACH '{path}' AS f")
    db.execute("INSERT INTO f.t SELECT range FROM range(1000)")
else:
    try:
        db.execute(f"ATTACH '{path}' AS f (READ_ONLY)")
        print(f"{duckdb.__version__} reads {name}: {db.execute('SELECT count(*) FROM f.t').fetchone()[0]} rows")
    except duckdb.Error as problem:
        print(f"{duckdb.__version__} reads {name}: {type(problem).__name__}")
    sys.exit()
db.execute("CHECKPOINT f")
db.close()
with open(path, "rb") as file:
    head = file.read(84)
number, maker = int.from_bytes(head[12:20], "little"), head[52:84].rstrip(b"\0").decode()
done = {"make": "makes by default" if name == "default" else f"makes {name}", "add": f"adds to {name}"}[step]
print(f"{duckdb.__version__} {done}: number {number}, made by {maker}")
PY
new="$folder/2.0.1/bin/python $folder/work.py"
old="$folder/1.4.4/bin/python $folder/work.py"
{
    $new make "$folder/default.db"
    $new make "$folder/v1.db"
    $old read "$folder/default.db"
    $old add "$folder/v1.db"
    $new add "$folder/v1.db"
    $old read "$folder/v1.db"
} >"$folder/seen"
sed -n 's/^#   //p' "$0" >"$folder/expected"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
