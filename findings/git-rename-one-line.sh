#!/bin/sh
# git 2.39.5, renames of files that hold one long line, as chapters of novels often do.
#
# git compares two files by the pieces that they have in common. A piece ends with a line, or after 64 bytes, counted
# from the beginning of the line: one character put in front moves the ends of all pieces, and two chapters of 6,000
# bytes that differ in nothing else have none in common. No threshold helps, not even 1 %. The same text in lines is
# found to be a rename, and so is one to whose end the character is added. For a tool that asks git what was renamed,
# the whole chapter is new.
#
# Seen in December 2026:
#   one line, added at the end: R099
#   one line, put in front: D A
#   in lines, put in front: R097
#
# Exit 0: as seen. Exit 1: it changed. Needs git and python3.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
cat >"$folder/write.py" <<'PY'
import random
import sys

kind, where = sys.argv[1:]
chance = random.Random(1)
text = "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(2000))
if kind == "lines":
    text = "\n".join(text[at : at + 50] for at in range(0, len(text), 50))
sys.stdout.buffer.write({"old": text, "front": "序" + text, "end": text + "完"}[where].encode())
PY
see() {
    rm -rf "$folder/repository"
    mkdir "$folder/repository"
    git -C "$folder/repository" init -q
    python3 "$folder/write.py" "$1" old >"$folder/repository/01.txt"
    git -C "$folder/repository" add -A
    git -C "$folder/repository" -c user.name=a -c user.email=a@b commit -qm a
    rm "$folder/repository/01.txt"
    python3 "$folder/write.py" "$1" "$2" >"$folder/repository/02.txt"
    git -C "$folder/repository" add -A
    git -C "$folder/repository" diff --cached --name-status -M1% HEAD | cut -f 1 | tr '\n' ' ' | sed 's/ $//'
}
{
    echo "one line, added at the end: $(see line end)"
    echo "one line, put in front: $(see line front)"
    echo "in lines, put in front: $(see lines front)"
} >"$folder/seen"
sed -n 's/^#   //p' "$0" >"$folder/expected"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
