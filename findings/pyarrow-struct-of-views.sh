#!/bin/sh
# PyArrow 26.0.1, Parquet files with columns of views (string_view).
#
# A struct that holds a string_view is written and read back in one row group, and refused in two. The same view as a
# plain column, or in a list, is cut into groups without trouble. write_table cuts every table of more than a million
# rows by itself, so that what works on a sample fails on the whole table: give row_group_size, or cast first.
#
# Seen in December 2026:
#   column, 2 groups: written, string_view
#   list, 2 groups: written, list<element: string_view>
#   struct, 1 group: written, struct<a: string_view>
#   struct, 2 groups: ArrowNotImplementedError Slicing not implemented for StringView
#
# Exit 0: as seen. Exit 1: it changed. Needs python3 (3.11 or newer) and a package index.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q --disable-pip-version-check pyarrow==26.0.1
cat >"$folder/write.py" <<'PY'
import sys

import pyarrow as pa
import pyarrow.parquet as pq

view = pa.string_view()
words = ["渡口的老人记下去年的雨水", "县里的会计抄写码头的旧账"] * 2
columns = {
    "column": pa.array(words, view),
    "list": pa.array([[word] for word in words], pa.list_(view)),
    "struct": pa.array([{"a": word} for word in words], pa.struct({"a": view})),
}
for name, groups in (("column", 2), ("list", 2), ("struct", 1), ("struct", 2)):
    table = pa.table({"t": columns[name]})
    shown = f"{name}, {groups} group{'s' * (groups > 1)}"
    try:
        pq.write_table(table, sys.argv[1], row_group_size=4 // groups)
    except pa.ArrowException as problem:
        print(f"{shown}: {type(problem).__name__} {problem}")
    else:
        read = pq.read_table(sys.argv[1])
        assert read.equals(table)
        assert pq.read_metadata(sys.argv[1]).num_row_groups == groups
        print(f"{shown}: written, {read.schema.field('t').type}")
PY
"$folder/env/bin/python" "$folder/write.py" "$folder/t.parquet" >"$folder/seen"
sed -n 's/^#   //p' "$0" >"$folder/expected"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
