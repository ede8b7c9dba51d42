"""Telling the threads of a run to stop in the middle of their block."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

from .errors import CancelledError

_thread = threading.local()


class StopSignal(threading.Event):
    """Set when a run ends. Those who wait for something else have it told meanwhile, see :func:`when_stopped`."""

    def __init__(self) -> None:
        super().__init__()
        self._calls: list[Callable[[], None]] = []
        self._guard = threading.Lock()

    def set(self) -> None:
        """Stop all who listen."""
        super().set()
        with self._guard:
            for call in self._calls:
                call()

    @contextlib.contextmanager
    def calling(self, call: Callable[[], None]) -> Iterator[None]:
        """Call it when the signal is set within the block, or at once."""
        with self._guard:
            self._calls.append(call)
            if self.is_set():
                call()
        try:
            yield
        finally:
            with self._guard:
                self._calls.remove(call)


def listen_to(stopped: StopSignal) -> None:
    """Make :func:`check_stopped` in this thread answer to a signal."""
    _thread.stopped = stopped


def check_stopped() -> None:
    """Raise CancelledError if the run that this thread works for has ended: call it between the files of a block.

    Does nothing in a thread that works for no run.
    """
    stopped = getattr(_thread, "stopped", None)
    if stopped is not None and stopped.is_set():
        raise CancelledError


def when_stopped(call: Callable[[], None]) -> contextlib.AbstractContextManager[None]:
    """A block in which ``call``, from another thread, ends what this thread waits for when its run ends."""
    stopped = getattr(_thread, "stopped", None)
    return contextlib.nullcontext() if stopped is None else stopped.calling(call)
