#!/bin/sh
# datasketch 2.0.0, MinHashLSH with its Redis storage, a server whose memory is full (Redis 7.0, redis-py 8.1.0).
#
# An insertion session sends the keys first and the tables of the bands one after the other behind them. When the
# server has no room for all of it (maxmemory-policy noeviction), the session ends in OutOfMemoryError, and what was
# sent before stays: documents that are in the index and stand in a part of their bands, so that what is like them is
# found with a smaller chance than the parameters say, or not at all. "key in lsh" says yes, so that a program that goes
# on where it stopped leaves them out, and to insert them again is refused. Nothing tells which documents it is.
#
# Seen in December 2026:
#   the session: OutOfMemoryError
#   some documents are in the index and not in all of their bands: True
#   one of these inserted again, with room: ValueError: The given key already exists
#
# Exit 0: as seen. Exit 1: it changed. Needs python3 (3.11 or newer), redis-server and a package index.
set -eu
folder=$(mktemp -d)
end() {
  if pid=$(cat "$folder/pid" 2>/dev/null); then kill "$pid"; while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done; fi
  rm -rf "$folder"
}
trap end EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install -q --disable-pip-version-check datasketch==2.0.0 redis==8.1.0
cat >"$folder/work.py" <<'PY'
import random
import sys
from pathlib import Path

import redis
from datasketch import MinHash, MinHashLSH

address = f"{sys.argv[1]}/socket"
server = redis.Redis(unix_socket_path=address)
config = {"type": "redis", "basename": b"full", "redis": {"unix_socket_path": address}}
index = MinHashLSH(num_perm=128, params=(32, 4), storage_config=config, prepickle=False)
rng = random.Random(1)
documents = {}
for number in range(4000):
    documents[b"%d" % number] = MinHash(num_perm=128)
    documents[b"%d" % number].update_batch([b"%d" % rng.randrange(10**9) for _ in range(20)])
server.config_set("maxmemory-policy", "noeviction")
server.config_set("maxmemory", server.info("memory")["used_memory"] + 12_000_000)
try:
    with index.insertion_session(buffer_size=2000) as session:
        for key, sketch in documents.items():
            session.insert(key, sketch)
except redis.exceptions.RedisError as problem:
    print(f"the session: {type(problem).__name__}")
server.config_set("maxmemory", 0)
index = MinHashLSH(num_perm=128, params=(32, 4), storage_config=config, prepickle=False)


def bands_of(key):
    return sum(key in table.get(bucket) for bucket, table in zip(index.keys.get(key), index.hashtables))


lost = [key for key in documents if key in index and bands_of(key) < 32]
print(f"some documents are in the index and not in all of their bands: {bool(lost)}")
try:
    index.insert(lost[0], documents[lost[0]])
except ValueError as problem:
    print(f"one of these inserted again, with room: ValueError: {problem}")
PY
redis-server --port 0 --unixsocket "$folder/socket" --dir "$folder" --save "" --daemonize yes --pidfile "$folder/pid" \
  --logfile "$folder/log" >"$folder/said"
while [ ! -S "$folder/socket" ]; do sleep 0.1; done
"$folder/env/bin/python" "$folder/work.py" "$folder" >"$folder/seen" 2>"$folder/said" || { cat "$folder/said"; exit 1; }
sed -n 's/^#   //p' "$0" >"$folder/expected"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
