"""Corpora made for measuring, the exact answer for them, and one script for each peer of ``dedupe-cn corpus``."""
