"""Giving every pixel of a series a code by its own values, or those of the pixels around it, in batches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..core.blocks import STRIP_PIXELS
from ..core.engine import Block, plan_blocks
from ..core.grid import Grid, Window
from ..core.series.reading import SeriesSource
from ..core.series.surroundings import cut_windows
from ..core.stopping import check_stopped
from .block_mapping import MapRun, PixelCounts, map_blocks

BATCH = 4096  # pixels: what fits into a core's cache with its intermediate results


def batch_size(context: int) -> int:
    """Pixels at a time for a model that looks at windows of ``context`` × ``context`` pixels."""
    return max(1, BATCH // context**2)


def map_pixels(
    source: SeriesSource,
    run: MapRun,
    prepare: Callable[[np.ndarray], np.ndarray],
    predict: Callable[[np.ndarray], Sequence[np.ndarray]],
    *,
    context: int = 1,
    batch: int = 0,
) -> PixelCounts:
    """Map a series pixel by pixel.

    Args:
        source: what is read.
        run: the outputs and all that goes with them.
        prepare: float32 ``(n, dates, variables)`` of the source, NaN for missing, to float32 ``(n, model dates,
            variables)``. A pixel that misses a variable on the first of these dates then gets no code: gaps are filled,
            so it misses all. Like ``predict`` and the run's observer it is picklable: blocks may be mapped elsewhere.
        predict: complete pixels to one array an output: codes ``(n,)``, of the others ``(n,)`` or ``(bands, n)``.
        context: side of the window of pixels that is looked at, odd. Beyond 1 the values that ``prepare`` and
            ``predict`` get have two more axes of that size, NaN outside of the raster; a pixel is complete if the one
            in the middle is.
        batch: pixels that ``predict`` gets at a time, at most, if memory allows it; 0: what suits a processor.

    Raises:
        ChronocoverError: a file cannot be read or written.
        CancelledError: the user cancelled; no output is left.
    """
    halo, options = context // 2, run.options
    bytes_each = 3 * context**2 * source.physical_bytes_per_pixel  # cut out, filled, in the model
    affordable = options.budget_bytes() // 4 // (options.thread_count() * bytes_each)
    batch = max(batch_size(context), min(batch, affordable))
    plan = plan_blocks(
        source.grid,
        [source, *run.mask_sources],
        window=run.window,
        halo=halo,
        bytes_per_pixel=run.bytes_per_pixel + (run.observer.bytes_per_pixel if run.observer else 0),
        bytes_per_worker=batch * bytes_each,
        divisible=batch <= STRIP_PIXELS,
        options=options,
    )
    mapper = _BlockMapper(source.grid, run, prepare, predict, context, batch)
    return map_blocks(source, run, mapper.compute, plan, halo=halo, prepare=prepare, context=context)


class _BlockMapper:
    """What is done to one block; picklable."""

    def __init__(
        self,
        grid: Grid,
        run: MapRun,
        prepare: Callable[[np.ndarray], np.ndarray],
        predict: Callable[[np.ndarray], Sequence[np.ndarray]],
        context: int,
        batch: int,
    ) -> None:
        self._width, self._blanks = grid.width, run.blanks()
        self._prepare, self._predict, self._context = prepare, predict, context
        self._batch, self._mask, self._observer = batch, run.mask, run.observer

    def compute(self, block: Block, values: np.ndarray, *masks: np.ndarray) -> tuple[list[np.ndarray], int, list[Any]]:
        """The arrays of the outputs, how many pixels were wanted, and what the observer found."""
        rows, columns = block.window.height, block.window.width
        indices = np.flatnonzero(self._mask.wanted(masks[0][block.inner])) if masks else None
        count = rows * columns if indices is None else len(indices)
        results, findings = [blank.filled(rows * columns) for blank in self._blanks], []
        for start in range(0, count, self._batch):
            check_stopped()
            end = min(start + self._batch, count)
            where = slice(start, end) if indices is None else indices[start:end]
            batch = self._prepare(self._series(block, values, where))
            complete = ~np.isnan(self._own(batch[:, 0])).any(axis=1)
            if not complete.all():
                batch = batch[complete]
                where = (np.arange(start, end) if indices is None else where)[complete]
            if not len(batch):
                continue
            found = self._predict(batch)
            for result, part in zip(results, found):
                result[:, where] = part
            if self._observer is not None:
                numbers = np.arange(start, end) if isinstance(where, slice) else where
                findings.append(self._observer.look(self._numbers(block.window, numbers), batch, found[0]))
        return [result.reshape(-1, rows, columns) for result in results], count, findings

    def _series(self, block: Block, values: np.ndarray, where: slice | np.ndarray) -> np.ndarray:
        """The series, or their windows, of the pixels ``where`` of a block."""
        if self._context == 1:
            return values.reshape(-1, *values.shape[2:])[where]
        positions = np.arange(where.start, where.stop) if isinstance(where, slice) else where
        rows, columns = np.divmod(positions, block.window.width)
        top, left = block.inner[0].start, block.inner[1].start
        return cut_windows(values, rows + top, columns + left, self._context)

    def _own(self, values: np.ndarray) -> np.ndarray:
        """The values ``(n, variables)`` of the pixels themselves."""
        middle = self._context // 2
        return values if self._context == 1 else values[..., middle, middle]

    def _numbers(self, window: Window, positions: np.ndarray) -> np.ndarray:
        rows, columns = np.divmod(positions, window.width)
        return (rows + window.row) * self._width + columns + window.column
