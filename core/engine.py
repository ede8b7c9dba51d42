"""The one engine of "for each block of the raster: read, compute, write".

Three teams work at once: reader threads, each with its own file handles, worker threads that compute, and the calling
thread, which takes the results in block order and writes them. The calling thread also hands out the blocks, and keeps
so few of them under way that the memory budget holds whatever the size of the raster.

Everything that is sent to a block is a value: a picklable :class:`BlockSource`, a :class:`Block`, the function. What
runs the blocks is behind :class:`core.teams.Teams`; which blocks are run is :func:`planned_blocks` and ``select``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .blocks import (
    Block,
    BlockPlan,
    BlockReader,
    BlockSource,
    EngineOptions,
    plan_blocks,
    planned_blocks,
    strips_of,
)
from .feedback import Feedback
from .freed_memory import FreedMemory
from .gdal_cache import limited_gdal_cache
from .grid import Grid, Window
from .journal import Journal
from .peak_memory import PeakMemory
from .teams import open_teams

SECONDS_BETWEEN_REPORTS = 20.0

__all__ = [
    "Block",
    "BlockPlan",
    "BlockReader",
    "BlockSource",
    "EngineOptions",
    "RunStatistics",
    "plan_blocks",
    "planned_blocks",
    "run_blocks",
]


@dataclass(frozen=True)
class RunStatistics:
    """What a run did. ``pixels`` counts those of the blocks that were computed.

    ``peak_memory_mb`` is what the process had in use at most, in MB, beyond what it had before; None where the system
    does not tell.
    """

    pixels: int
    blocks: int
    seconds: float
    threads: int
    block_width: int
    block_height: int
    peak_memory_mb: float | None = None

    @property
    def pixels_per_second(self) -> float:
        """Speed of the whole run."""
        return self.pixels / max(self.seconds, 1e-9)


def run_blocks(
    grid: Grid,
    sources: Sequence[BlockSource],
    compute: Callable[..., Any],
    consume: Callable[[Block, Any], None],
    *,
    window: Window | None = None,
    halo: int = 0,
    select: Callable[[Window], bool] | None = None,
    bytes_per_pixel: int = 0,
    bytes_per_worker: int = 0,
    divisible: bool = False,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
    plan: BlockPlan | None = None,
    journal: Journal | None = None,
) -> RunStatistics:
    """Read, compute and consume a raster block by block.

    Args:
        grid: the grid of the run; all sources are on it.
        sources: what is read; may be empty.
        compute: ``compute(block, *arrays)``, run in worker threads, gets one array ``(rows, columns, ...)`` a source,
            read for ``block.read_window``. It must release the GIL in its heavy parts to profit from threads.
        consume: ``consume(block, result)``, run in the calling thread, in block order (row by row from the upper
            left), so what it makes does not depend on the number of threads.
        window: the part of the grid to run; everything if None.
        halo: pixels around each block that are read with it; at the raster's edge there are none.
        select: ``select(window) -> bool``, run in the calling thread: False skips a block.
        bytes_per_pixel: what ``compute`` and its result need a pixel, beside the arrays that it gets.
        bytes_per_worker: what ``compute`` needs at a time beside that, whatever the size of the block.
        divisible: ``compute`` treats each pixel by itself, so that it may get a block in strips of rows.
        options: memory and threads.
        feedback: progress, cancelling (looked at several times a second), the time left and the speed.
        plan: the result of :func:`plan_blocks` with the same arguments, where the caller needed it before.
        journal: keeps the results, and has those of an interrupted run: ``consume`` gets them without the block being
            read and computed again.

    Raises:
        CancelledError: the user cancelled. All threads have ended and all files are closed.
        Exception: the first error of a reader, ``compute``, ``consume`` or ``select``, likewise.
    """
    feedback, options = feedback or Feedback(), options or EngineOptions()
    plan = plan or plan_blocks(
        grid,
        sources,
        window=window,
        halo=halo,
        bytes_per_pixel=bytes_per_pixel,
        bytes_per_worker=bytes_per_worker,
        divisible=divisible,
        options=options,
    )
    report = _Report(plan, options, feedback)
    with limited_gdal_cache(plan.cache_bytes):
        teams = open_teams(sources, compute, plan, options, feedback)
        try:
            blocks = planned_blocks(grid, plan, halo)
            handed_out: list[tuple[Block, list[Block], bool]] = []
            finished: dict[int, Any] = {}
            more = True
            while more or handed_out:
                feedback.check()
                while more and len(handed_out) < teams.under_way:
                    block = next(blocks, None)
                    more = block is not None
                    if block is None:
                        break
                    if select is not None and not select(block.window):
                        report.skipped(block)
                        feedback.check()
                        continue
                    strips = strips_of(block, plan.strips)
                    kept = journal.results_of([strip.index for strip in strips]) if journal else None
                    if kept is None:
                        teams.hand_out(block)
                    else:
                        finished.update(zip((strip.index for strip in strips), kept))
                    handed_out.append((block, strips, kept is not None))
                    del kept
                while handed_out and not finished.keys() >= {strip.index for strip in handed_out[0][1]}:
                    index, result = teams.next_result(feedback)
                    finished[index] = result
                    del result
                if handed_out:
                    block, strips, was_kept = handed_out.pop(0)
                    for strip in strips:
                        result = finished.pop(strip.index)
                        if journal and not was_kept:
                            journal.add(strip.index, result)
                        consume(strip, result)
                        del result
                    report.taken_over(block) if was_kept else report.done(block)
        finally:
            teams.stop()
    return report.finish(teams.description)


class _Report:
    """Progress, speed and time left of one run."""

    def __init__(self, plan: BlockPlan, options: EngineOptions, feedback: Feedback) -> None:
        self._plan, self._options, self._feedback = plan, options, feedback
        self._freed = FreedMemory()
        self._freed.give_back_now()
        self._memory = PeakMemory()
        self._total = plan.window.width * plan.window.height
        self._passed = self._pixels = self._blocks = self._taken_over = 0
        self._start = self._reported = time.monotonic()

    def skipped(self, block: Block) -> None:
        self._freed.give_back()
        self._passed += block.window.width * block.window.height
        self._feedback.progress(self._passed / self._total)

    def taken_over(self, block: Block) -> None:
        self._taken_over += block.window.width * block.window.height
        self.skipped(block)

    def done(self, block: Block) -> None:
        self._pixels += block.window.width * block.window.height
        self._blocks += 1
        self.skipped(block)
        now = time.monotonic()
        if now - self._reported >= SECONDS_BETWEEN_REPORTS and self._passed < self._total:
            self._reported = now
            left = (now - self._start) * (self._total - self._passed) / (self._passed - self._taken_over)
            speed = self._pixels / (now - self._start)
            self._feedback.info(
                f"{self._passed / 1e6:,.1f} of {self._total / 1e6:,.1f} million pixels, "
                f"{speed:,.0f} pixels per second, about {_duration(left)} left."
            )

    def finish(self, teams: str) -> RunStatistics:
        plan = self._plan
        seconds = time.monotonic() - self._start
        memory = self._memory.megabytes()
        statistics = RunStatistics(self._pixels, self._blocks, seconds, plan.workers, plan.width, plan.height, memory)
        taken = "" if memory is None else f"{memory:,.0f} MB of memory at most, "
        self._feedback.progress(1.0)
        if self._taken_over:
            self._feedback.info(f"{self._taken_over:,} pixels were finished before, by the run that was interrupted.")
        self._feedback.info(
            f"{self._pixels:,} pixels in {_duration(seconds)}: {statistics.pixels_per_second:,.0f} pixels per second "
            f"({self._blocks} block{'' if self._blocks == 1 else 's'} of up to {plan.width} × {plan.height} pixels, "
            f"{teams}; {taken}budget {self._options.budget_bytes() >> 20:,} MB)."
        )
        return statistics


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
