"""Reading the values of single pixels of a series, block by block, only where there are some."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..blocks import Block, EngineOptions
from ..engine import run_blocks
from ..feedback import Feedback
from ..grid import Window
from .image_series import ImageSeries
from .reading import SeriesSource


class PixelReader:
    """Reads pixels of a series.

    Args:
        series: what is read.
        variables: the names of axis 2 of what is read.
        pixels: int64 ``(n,)`` row × width + column on the series' grid, ascending.
        options: memory and threads.
    """

    def __init__(
        self, series: ImageSeries, variables: Sequence[str], pixels: np.ndarray, options: EngineOptions
    ) -> None:
        self._grid, self._options = series.grid, options
        self._shape = (len(series.dates), len(variables))
        self._source = SeriesSource(series, variables=variables)
        self._pixels = pixels

    def read(self, wanted: np.ndarray, feedback: Feedback) -> np.ndarray:
        """float32 ``(n, dates, variables)`` of the pixels at the ascending indices ``wanted``; NaN is missing."""
        rows, columns = np.divmod(self._pixels[wanted], self._grid.width)
        values = np.full((len(wanted), *self._shape), np.nan, dtype=np.float32)

        def inside(window: Window) -> np.ndarray:
            low, high = np.searchsorted(rows, (window.row, window.row + window.height))
            of_rows = columns[low:high]
            return low + np.flatnonzero((of_rows >= window.column) & (of_rows < window.column + window.width))

        def compute(block: Block, array: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            chosen = inside(block.window)
            return chosen, array[rows[chosen] - block.window.row, columns[chosen] - block.window.column]

        def consume(block: Block, result: tuple[np.ndarray, np.ndarray]) -> None:
            chosen, read = result
            values[chosen] = read

        run_blocks(
            self._grid,
            [self._source],
            compute,
            consume,
            select=lambda window: inside(window).size > 0,
            options=self._options,
            feedback=feedback,
        )
        return values
