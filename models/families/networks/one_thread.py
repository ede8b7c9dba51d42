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
    """Run PyTorch on the calling thread alone.

    PyTorch's number of threads belongs to the process, and also to each thread that has used it: it is set here in
    every thread that enters, and given back when the last one leaves.
    """
    global _inside, _before
    with _lock:
        if _inside == 0:
            _before = torch.get_num_threads()
        _inside += 1
        torch.set_num_threads(1)
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                torch.set_num_threads(_before)
