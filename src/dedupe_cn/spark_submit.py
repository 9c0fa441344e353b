"""The file for ``spark-submit``: ``spark-submit [options] spark_submit.py INPUT... -o OUT`` is ``dedupe-cn corpus``."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    # Python puts this file's folder first, where rooms of the package have names of the standard library.
    sys.path[:] = [path for path in sys.path if path.rstrip("/") != __file__.rpartition("/")[0]]
    from dedupe_cn.cli import main

    main(["corpus", "--engine", "spark", *sys.argv[1:]])
