"""Giving every pixel of a series a code by its own values, or those of the pixels around it, in batches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ..core.blocks import STRIP_PIXELS
from ..core.engine import Block, EngineOptions, plan_blocks
from ..core.feedback import Feedback
from ..core.grid import Grid, Window
from ..core.labels.legend import Legend
from ..core.raster_writing import RasterOutput
from ..core.series.reading import SeriesSource
from ..core.series.surroundings import cut_windows
from ..core.stopping import check_stopped
from .block_mapping import Blank, PixelCounts, PixelMask, PixelObserver, map_blocks

BATCH = 4096  # pixels: what fits into a core's cache with its intermediate results


def batch_size(context: int) -> int:
    """Pixels at a time for a model that looks at windows of ``context`` × ``context`` pixels."""
    return max(1, BATCH // context**2)


def map_pixels(
    source: SeriesSource,
    outputs: Sequence[RasterOutput],
    legend: Legend,
    prepare: Callable[[np.ndarray], np.ndarray],
    predict: Callable[[np.ndarray], Sequence[np.ndarray]],
    *,
    context: int = 1,
    batch: int = 0,
    mask: PixelMask | None = None,
    window: Window | None = None,
    observer: PixelObserver | None = None,
    settings: Mapping[str, Any] | None = None,
    creation_options: Sequence[str] = (),
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> PixelCounts:
    """Map a series pixel by pixel.

    Args:
        source: what is read.
        outputs: the first is the map, whose codes are counted; where a pixel gets nothing they hold their nodata.
        legend: the codes that ``predict`` gives.
        prepare: float32 ``(n, dates, variables)`` of the source, NaN for missing, to float32 ``(n, model dates,
            variables)``. A pixel that misses a variable on the first of these dates then gets no code: gaps are filled,
            so it misses all. Like ``predict`` and ``observer`` it is picklable: blocks may be mapped elsewhere.
        predict: complete pixels to one array an output: codes ``(n,)``, of the others ``(n,)`` or ``(bands, n)``.
        context: side of the window of pixels that is looked at, odd. Beyond 1 the values that ``prepare`` and
            ``predict`` get have two more axes of that size, NaN outside of the raster; a pixel is complete if the one
            in the middle is.
        batch: pixels that ``predict`` gets at a time, at most, if memory allows it; 0: what suits a processor.
        mask: which pixels are wanted.
        window: the part of the grid to map, which the outputs cover.
        observer: looks at pixels and their codes.
        settings: what the codes follow from beside the files and ``prepare`` (the model, say), as
            :func:`core.identity.plain` takes it; with them a run that was interrupted can go on.
        creation_options: GDAL creation options for the outputs.
        options: memory and threads.
        feedback: messages, progress, cancelling. It is warned if no pixel gets a code.

    Raises:
        ChronocoverError: a file cannot be read or written.
        CancelledError: the user cancelled; no output is left.
    """
    options, feedback = options or EngineOptions(), feedback or Feedback()
    grid = source.grid
    sources = [source, *([mask.source] if mask else [])]
    halo = context // 2
    bytes_each = 3 * context**2 * source.physical_bytes_per_pixel  # cut out, filled, in the model
    affordable = options.budget_bytes() // 4 // (options.thread_count() * bytes_each)
    batch = max(batch_size(context), min(batch, affordable))
    # What a block's results need, and once more while they are put together.
    bytes_per_pixel = 2 * sum(output.bytes_per_pixel() for output in outputs)
    bytes_per_pixel += observer.bytes_per_pixel if observer else 0
    plan = plan_blocks(
        grid,
        sources,
        window=window,
        halo=halo,
        bytes_per_pixel=bytes_per_pixel,
        bytes_per_worker=batch * bytes_each,
        divisible=batch <= STRIP_PIXELS,
        options=options,
    )
    mapper = _BlockMapper(grid, outputs, prepare, predict, context, batch, mask, observer)
    return map_blocks(
        source,
        outputs,
        legend,
        mapper.compute,
        plan,
        halo=halo,
        mask=mask,
        observer=observer,
        settings=None if settings is None else {**settings, "prepare": prepare, "context": context},
        creation_options=creation_options,
        options=options,
        feedback=feedback,
    )


class _BlockMapper:
    """What is done to one block; picklable."""

    def __init__(
        self,
        grid: Grid,
        outputs: Sequence[RasterOutput],
        prepare: Callable[[np.ndarray], np.ndarray],
        predict: Callable[[np.ndarray], Sequence[np.ndarray]],
        context: int,
        batch: int,
        mask: PixelMask | None,
        observer: PixelObserver | None,
    ) -> None:
        self._width = grid.width
        self._blanks = [Blank.of(output) for output in outputs]
        self._prepare, self._predict, self._context = prepare, predict, context
        self._batch, self._mask, self._observer = batch, mask, observer

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
