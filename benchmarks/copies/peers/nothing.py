"""Doing nothing."""

from __future__ import annotations

from copies.peers.exchange import Answer, serve

if __name__ == "__main__":
    serve(lambda path, text: Answer(text))
