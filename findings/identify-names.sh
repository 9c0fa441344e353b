#!/bin/sh
# identify 2.6.20, the library by which pre-commit sorts files into tags.
#
# A file name of which a part between dots is a word such as README, NEWS or CHANGELOG is tagged "plain-text" beside
# whatever its suffix says: README.png is a "binary" "image" and "plain-text" and "text" at once, NEWS.html is
# "html" and "plain-text". Of the suffixes for plain text only .txt has that tag: for notes.text, and for .TEXT, there
# is no tag by name at all. A hook with `types_or: [plain-text]` is therefore handed pictures and HTML, and never sees
# .text; a hook that wants files by their names has to say `files:`.
#
# Seen in December 2026:
#   README.png ['binary', 'image', 'plain-text', 'png', 'text']
#   NEWS.html ['html', 'plain-text', 'text']
#   notes.txt ['plain-text', 'text']
#   notes.text []
#   notes.TEXT []
#
# Exit 0: as seen. Exit 1: it changed. Needs python3 and a package index.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q --disable-pip-version-check identify==2.6.20
cat >"$folder/ask.py" <<'PY'
from identify.identify import tags_from_filename

for name in ("README.png", "NEWS.html", "notes.txt", "notes.text", "notes.TEXT"):
    print(name, sorted(tags_from_filename(name)))
PY
"$folder/env/bin/python" "$folder/ask.py" >"$folder/seen"
sed -n 's/^#   //p' "$0" >"$folder/expected"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
