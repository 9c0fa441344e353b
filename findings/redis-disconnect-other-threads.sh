#!/bin/sh
# redis-py 8.1.0, a pool of connections that two threads share (Redis 7.0).
#
# To begin anew after a fault, one thread calls ConnectionPool.disconnect(). It closes the sockets of all connections,
# also those that wait for an answer in another thread. What the other thread gets then is not the ConnectionError of
# the library, under which every fault of a connection is caught elsewhere, but a bare OSError (or ValueError, by the
# moment) of the socket: "except redis.exceptions.RedisError" lets it through, and a thread that gives signs of life is
# gone.
#
# Seen in December 2026:
#   the other thread: an error of the library: False, of the socket: True
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
"$folder/env/bin/pip" install -q --disable-pip-version-check redis==8.1.0
cat >"$folder/work.py" <<'PY'
import sys
import threading
import time

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

pool = redis.ConnectionPool(
    connection_class=redis.UnixDomainSocketConnection,
    path=f"{sys.argv[1]}/socket",
    retry=Retry(NoBackoff(), 0),
    socket_timeout=0.2,
)
client = redis.Redis(connection_pool=pool)
seen = []


def wait():
    while not seen:
        try:
            client.blpop("nothing", timeout=10)
        except redis.exceptions.TimeoutError:
            pass
        except Exception as problem:
            seen.append(problem)


threading.Thread(target=wait, daemon=True).start()
end = time.monotonic() + 60
while not seen and time.monotonic() < end:
    time.sleep(0.05)
    pool.disconnect()
(problem,) = seen
ours, theirs = isinstance(problem, redis.exceptions.RedisError), isinstance(problem, (OSError, ValueError))
print(f"the other thread: an error of the library: {ours}, of the socket: {theirs}")
PY
redis-server --port 0 --unixsocket "$folder/socket" --dir "$folder" --save "" --daemonize yes --pidfile "$folder/pid" \
  --logfile "$folder/log" >"$folder/said"
while [ ! -S "$folder/socket" ]; do sleep 0.1; done
"$folder/env/bin/python" "$folder/work.py" "$folder" >"$folder/seen" 2>"$folder/said" || { cat "$folder/said"; exit 1; }
sed -n 's/^#   //p' "$0" >"$folder/expected"
cat "$folder/seen"
diff "$folder/expected" "$folder/seen"
