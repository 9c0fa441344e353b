"""One script for each peer: it reads lines of JSON, finds what is similar to an earlier document, writes the rest.

A script runs in the environment of its peer, so it imports nothing but the standard library, its peer with what that
brings, ``exchange`` and ``hashing``. Its arguments: the corpus, a folder for what it writes, and its own.
"""
