"""One thread of PyTorch for each network, so that its sums have one order on every computer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import torch

_lock = threading.Lock()
_inside = 0
_before = 1


@contextmanager
def one_thread() -> Iterator[None]:
    """Run PyTorch on the calling thread alone; other threads may do the same at the same time.

    PyTorch's number of threads belongs to the process, from which each thread takes it at its first use and keeps it
    from then on: so it is used first, then set, and given back to each thread that leaves.
    """
    global _inside, _before
    with _lock:
        number = torch.get_num_threads()
        if _inside == 0:
            _before = number
        _inside += 1
        torch.set_num_threads(1)
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            torch.set_num_threads(_before)
