"""Threads for work that compiled code does without the interpreter's lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


class ChunkPool:
    """Runs a function on several items at once; results come in the order of the items, whatever the threads.

    Use it as a context. With one thread everything runs in the calling one.
    """

    def __init__(self, threads: int | None = None) -> None:
        self.threads = max(1, threads or os.cpu_count() or 1)
        self._executor = ThreadPoolExecutor(self.threads) if self.threads > 1 else None

    def __enter__(self) -> ChunkPool:
        return self

    def __exit__(self, *error: object) -> None:
        if self._executor is not None:
            self._executor.shutdown()

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
        """The function's results for all items. The first error of an item is raised."""
        if self._executor is None:
            return [function(item) for item in items]
        return list(self._executor.map(function, items))

    def map_chunks(self, function: Callable[[slice], Any], count: int, size: int) -> list[Any]:
        """The function's results for the slices of ``size`` that ``count`` things fall into."""
        return self.map(function, [slice(start, min(start + size, count)) for start in range(0, count, size)])
