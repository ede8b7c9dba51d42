"""Giving memory that was freed back to the system.

The C library keeps what threads free for themselves: with large tiles, several times of what is in use.
"""

from __future__ import annotations

import ctypes
import sys
import time

SECONDS_BETWEEN = 0.1


class FreedMemory:
    """Gives it back now and then. Does nothing where the C library cannot: on macOS, Windows and with musl."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._trim = None
        if sys.platform.startswith("linux"):
            self._trim = getattr(ctypes.CDLL(None), "malloc_trim", None)

    def give_back(self) -> None:
        """Give back what is free now, unless that was done a moment ago."""
        if time.monotonic() - self._last >= SECONDS_BETWEEN:
            self.give_back_now()

    def give_back_now(self) -> None:
        """Give back what is free now."""
        if self._trim is not None:
            self._trim(0)
        self._last = time.monotonic()
