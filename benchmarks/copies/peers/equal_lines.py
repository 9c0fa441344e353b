"""The obvious cleaner: drop every later line of 20 characters and more that equals an earlier one."""

from __future__ import annotations

from copies.peers.exchange import Answer, lines_left, serve


def goes(lines: list[str]) -> list[bool]:
    """Tell which lines equal an earlier one."""
    return [line in lines[:n] for n, line in enumerate(lines)]


if __name__ == "__main__":
    serve(lambda path, text: Answer(lines_left(text, goes)))
