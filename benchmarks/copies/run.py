"""Print the table of the benchmark: python benchmarks/copies/run.py

Peers are installed at pinned versions into environments of their own, in ~/.cache/dedupe-cn-benchmark or --cache.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from copies.table import main

    main()
