#!/bin/sh
# git 2.39.5, names of files handed to commands on standard input, one a line.
#
# hash-object --stdin-paths reads a line that begins with a double quote as a name in quotes, as C writes strings: a
# file that is really named "a".txt is taken for one named a, and where there is none the command ends there,
# without an id for any file behind it.
# cat-file --batch --filters, which takes an object and the name of its file on a line, reads the same name as it is,
# and takes one in quotes for another name, to which other attributes may apply. Who hands names to both must write
# them in two ways.
#
# Seen in December 2026:
#   hash-object, as it is: 1 of 3 ids, could not open 'a' for reading
#   hash-object, in quotes: 3 of 3 ids
#   cat-file, as it is: with CR LF
#   cat-file, in quotes: without CR
#
# Exit 0: as seen. Exit 1: it changed. Needs git.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 LC_ALL=C
(
    mkdir "$folder/repository"
    cd "$folder/repository"
    git init -q
    printf '*.txt -text\n"\\"a\\".txt" text eol=crlf\n' >.gitattributes
    printf 'a\n' >'"a".txt'
    printf 'b\n' >b.txt
    git add -A 2>/dev/null
    printf '%s\n' b.txt '"a".txt' b.txt | git hash-object --stdin-paths >ids 2>said || true
    echo "hash-object, as it is: $(wc -l <ids | tr -d ' ') of 3 ids, $(sed 's/^fatal: //; s/:.*//' said)"
    printf '%s\n' b.txt '"\"a\".txt"' b.txt | git hash-object --stdin-paths >ids
    echo "hash-object, in quotes: $(wc -l <ids | tr -d ' ') of 3 ids"
    id=$(git rev-parse ':"a".txt')
    for how in 'as it is:"a".txt' 'in quotes:"\"a\".txt"'; do
        printf '%s %s\n' "$id" "${how#*:}" | git cat-file --batch --filters >answer
        if grep -q "$(printf '\r')" answer; then seen='with CR LF'; else seen='without CR'; fi
        echo "cat-file, ${how%%:*}: $seen"
    done
) >"$folder/seen"
sed -n 's/^#   //p' "$0" >"$folder/expected"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
