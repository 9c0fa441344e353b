#!/bin/sh
# polars 2.1.0, files compressed by Zstandard that begin with a skippable frame.
#
# RFC 8878 lets frames of application data stand anywhere, the first place included; parallel compressors put one in
# front of each part. polars tells compression by the first four bytes alone, whatever the suffix says: such a file is
# taken for plain text, and compressed bytes for characters. It is refused as broken UTF-8; with utf8-lossy it is read
# as a table of noise, without an error. The same frame behind the data is passed over, as it should be.
#
# Seen in December 2026:
#   plain: polars 5 rows, lossy 5 rows, pandas 5 rows, pyarrow 5 rows
#   behind: polars 5 rows, lossy 5 rows, pandas 5 rows, pyarrow 5 rows
#   front: polars ComputeError, lossy not the table, pandas 5 rows, pyarrow 5 rows
#
# Exit 0: as seen. Exit 1: it changed. Needs python3 (3.11 or newer) and a package index.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q --disable-pip-version-check \
    polars==2.1.0 pandas==3.1.1 pyarrow==26.0.1 zstandard==0.25.0
cat >"$folder/read.py" <<'PY'
import sys

import pandas
import polars
import pyarrow.csv
import zstandard

table = "id,text\n" + "".join(f"{n},第{n}盏灯亮了\n" for n in range(5))
frame = zstandard.ZstdCompressor().compress(table.encode())
note = b"as any application likes"
skippable = (0x184D2A50).to_bytes(4, "little") + len(note).to_bytes(4, "little") + note
readers = {
    "polars": polars.read_csv,
    "lossy": lambda path: polars.read_csv(path, encoding="utf8-lossy"),
    "pandas": pandas.read_csv,
    "pyarrow": pyarrow.csv.read_csv,
}
for name, data in (("plain", frame), ("behind", frame + skippable), ("front", skippable + frame)):
    path = f"{sys.argv[1]}/{name}.csv.zst"
    with open(path, "wb") as file:
        file.write(data)
    seen = []
    for reader, read in readers.items():
        try:
            found = read(path)
            columns = found.column_names if reader == "pyarrow" else list(found.columns)
            rows = found.num_rows if reader == "pyarrow" else len(found)
            seen.append(f"{reader} {f'{rows} rows' if columns == ['id', 'text'] else 'not the table'}")
        except polars.exceptions.ComputeError:
            seen.append(f"{reader} ComputeError")
    print(f"{name}: {', '.join(seen)}")
PY
"$folder/env/bin/python" "$folder/read.py" "$folder" >"$folder/seen"
sed -n 's/^#   //p' "$0" >"$folder/expected"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
