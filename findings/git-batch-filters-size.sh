#!/bin/sh
# git 2.39.5, cat-file --batch --filters: contents of many objects as a checkout would write them.
#
# In front of each content stands a line with its size, by which a reader knows where it ends. With --filters that is
# the size of the object before the filters, and what follows is what they made of it. A file in GBK is announced with
# the size of its UTF-8, half as much again, and a reader waits for bytes that never come; of one with CR LF the end is
# read as the next answer. Nothing else in the answer says where it ends. A way out: ask for a name that nobody can
# have foreseen behind each object, and read up to the line that says it is missing.
#
# Seen in December 2026:
#   gbk.txt: announced 16, sent 11, in the working tree 11
#   crlf.txt: announced 4, sent 6, in the working tree 6
#   plain.txt: announced 4, sent 4, in the working tree 4
#
# Exit 0: as seen. Exit 1: it changed. Needs git and iconv.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
(
    mkdir "$folder/repository"
    cd "$folder/repository"
    git init -q
    printf 'gbk.txt working-tree-encoding=GBK\ncrlf.txt text eol=crlf\n' >.gitattributes
    printf '第二天一早\n' | iconv -f UTF-8 -t GBK >gbk.txt
    printf 'a\r\nb\r\n' >crlf.txt
    printf 'a\nb\n' >plain.txt
    git add -A
    for name in gbk.txt crlf.txt plain.txt; do
        printf ':%s %s\n' "$name" "$name" | git cat-file --batch --filters >"$folder/answer"
        announced=$(head -n 1 "$folder/answer" | cut -d ' ' -f 3)
        # Without the first line, and without the line end behind the content.
        sent=$(($(tail -n +2 "$folder/answer" | wc -c) - 1))
        echo "$name: announced $announced, sent $sent, in the working tree $(wc -c <"$name" | tr -d ' ')"
    done
) >"$folder/seen"
sed -n 's/^#   //p' "$0" >"$folder/expected"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
