"""How much memory the open files of a reader thread may hold: its share of the run's budget."""

from __future__ import annotations

import threading

DEFAULT = 48 << 20  # bytes, in a thread that was told nothing

_thread = threading.local()


def allow(size: int) -> None:
    """Let the files that this thread opens from now on hold ``size`` bytes."""
    _thread.size = size


def allowed() -> int:
    """What they may hold."""
    return getattr(_thread, "size", DEFAULT)
