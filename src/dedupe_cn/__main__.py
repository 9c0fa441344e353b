"""Run the command line as ``python -m dedupe_cn``."""

from dedupe_cn.cli import main

if __name__ == "__main__":
    main()
