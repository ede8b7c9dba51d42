"""Who computes the blocks of a run: threads of this process, or whatever else keeps to :class:`Teams`."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from .blocks import Block, BlockPlan, BlockReader, BlockSource, EngineOptions, strip_arrays, strips_of
from .feedback import Feedback
from .open_file_memory import allow
from .stopping import StopSignal, listen_to


class Teams(Protocol):
    """Reads and computes the blocks that it is handed; used by the calling thread of one run.

    Attributes:
        under_way: how many blocks may be handed out whose results have not been taken; what they need together is its
            own affair: threads of this process share the memory budget, a cluster has its own.
        description: who they are, for the log: ``2 threads``.
    """

    under_way: int
    description: str

    def hand_out(self, block: Block) -> None:
        """Take a block: read it as one, compute it in the strips of ``strips_of(block, plan.strips)``. Never waits."""

    def next_result(self, feedback: Feedback) -> tuple[int, Any]:
        """The index and the result of a strip that is ready, in any order; waits for one.

        Raises:
            CancelledError: the user cancelled, which it looks at several times a second.
            Exception: the first error of reading or computing, as it was raised there.
        """

    def stop(self) -> None:
        """Drop what has not begun, wait for the rest, free everything. Called once, however the run ended."""


def open_teams(
    sources: Sequence[BlockSource],
    compute: Callable[..., Any],
    plan: BlockPlan,
    options: EngineOptions,
    feedback: Feedback,
) -> Teams:
    """The teams that ``options`` ask for."""
    if options.scheduler:
        from .cluster import ClusterTeams

        return ClusterTeams(sources, compute, plan, options, feedback)
    return LocalTeams(sources, compute, plan)


class LocalTeams:
    """The reader and worker threads of one run, each reader with its own file handles."""

    def __init__(self, sources: Sequence[BlockSource], compute: Callable[..., Any], plan: BlockPlan) -> None:
        self.under_way = plan.under_way
        self.description = f"{plan.workers} thread{'' if plan.workers == 1 else 's'}"
        self._sources, self._compute, self._plan = sources, compute, plan
        self._to_read: queue.SimpleQueue = queue.SimpleQueue()
        self._to_compute: queue.SimpleQueue = queue.SimpleQueue()
        self._results: queue.SimpleQueue = queue.SimpleQueue()
        self._stopped = StopSignal()
        teams = [(self._read, f"read-{i}") for i in range(plan.readers)]
        teams += [(self._work, f"compute-{i}") for i in range(plan.workers)]
        self._threads = [
            threading.Thread(target=target, name=f"chronocover-{name}", daemon=True) for target, name in teams
        ]
        for thread in self._threads:
            thread.start()

    def hand_out(self, block: Block) -> None:
        """See :class:`Teams`."""
        if self._plan.readers:
            self._to_read.put(block)
        else:
            self._to_compute.put((block, block, ()))

    def next_result(self, feedback: Feedback) -> tuple[int, Any]:
        """See :class:`Teams`."""
        while True:
            try:
                index, result, error = self._results.get(timeout=0.1)
            except queue.Empty:
                feedback.check()
                continue
            if error is not None:
                raise error
            return index, result

    def stop(self) -> None:
        """See :class:`Teams`."""
        self._stopped.set()
        for _ in range(self._plan.readers):
            self._to_read.put(None)
        for _ in range(self._plan.workers):
            self._to_compute.put(None)
        for thread in self._threads:
            thread.join()

    def _read(self) -> None:
        listen_to(self._stopped)
        allow(self._plan.open_bytes)
        readers: list[BlockReader] = []
        block = None
        try:
            while (block := self._to_read.get()) is not None and not self._stopped.is_set():
                if not readers:
                    for source in self._sources:
                        readers.append(source.open())
                stored = tuple(reader.read_stored(block.read_window) for reader in readers)
                for strip in strips_of(block, self._plan.strips):
                    self._to_compute.put((block, strip, stored))
                del stored
        except BaseException as error:
            self._fail(block, error)
        finally:
            for reader in readers:
                reader.close()

    def _work(self) -> None:
        listen_to(self._stopped)
        block = None
        try:
            while (item := self._to_compute.get()) is not None and not self._stopped.is_set():
                block, strip, stored = item
                arrays = strip_arrays(self._sources, block, strip, stored)
                del item, stored
                result = self._compute(strip, *arrays)
                del arrays
                self._results.put((strip.index, result, None))
                del result
        except BaseException as error:
            self._fail(block, error)

    def _fail(self, block: Block | None, error: BaseException) -> None:
        self._results.put((block.index if block else -1, None, error))  # before others see that the run has ended
        self._stopped.set()
