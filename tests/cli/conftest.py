"""The fixture of the command-line tests."""

from real_command import cli

__all__ = ["cli"]
