"""The fixture of the command-line tests."""

import signal

from real_command import cli

__all__ = ["cli"]

# In the background of a shell interrupts are ignored, and what the tests start would inherit that and wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)
