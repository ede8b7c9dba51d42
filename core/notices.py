"""What went wrong without stopping the work, noticed where no Feedback is at hand: in the depths of a block."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_thread = threading.local()


def notice(sentence: str) -> None:
    """Say something to whoever gathers notices in this thread; nobody hears it where none does."""
    gathered = getattr(_thread, "gathered", None)
    if gathered is not None:
        gathered.append(sentence)


@contextmanager
def gathered_notices() -> Iterator[list[str]]:
    """The list of what is noticed in this thread in the meantime."""
    before = getattr(_thread, "gathered", None)
    _thread.gathered = []
    try:
        yield _thread.gathered
    finally:
        _thread.gathered = before
