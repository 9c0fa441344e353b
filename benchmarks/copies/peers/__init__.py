"""One script for each cleaner: it reads a folder of texts and writes what the cleaner makes of them.

A script runs in the environment of its cleaner, with this folder's grandparent on the path, so it imports nothing but
the standard library, its cleaner and ``exchange``.
"""
