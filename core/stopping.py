"""Telling the threads of a run to stop in the middle of their block."""

from __future__ import annotations

import threading

from .errors import CancelledError

_thread = threading.local()


def listen_to(stopped: threading.Event) -> None:
    """Make :func:`check_stopped` in this thread answer to an event."""
    _thread.stopped = stopped


def check_stopped() -> None:
    """Raise CancelledError if the run that this thread works for has ended: call it between the files of a block.

    Does nothing in a thread that works for no run.
    """
    stopped = getattr(_thread, "stopped", None)
    if stopped is not None and stopped.is_set():
        raise CancelledError
