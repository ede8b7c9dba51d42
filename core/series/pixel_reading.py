"""Reading the values of single pixels of a series, block by block, only where there are some."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np

from ..blocks import Block, EngineOptions
from ..engine import run_blocks
from ..feedback import Feedback
from ..grid import Window
from .image_series import ImageSeries
from .reading import SeriesSource
from .surroundings import cut_windows


class PixelReader:
    """Reads pixels of a series.

    Args:
        series: what is read.
        variables: the names of axis 2 of what is read.
        pixels: int64 ``(n,)`` row × width + column on the series' grid, ascending.
        options: memory and threads.
        dates: those of axis 1 of what is read; all of the series' by default.
        side: of the window around each pixel that is read, odd; 1: the pixel alone.
    """

    def __init__(
        self,
        series: ImageSeries,
        variables: Sequence[str],
        pixels: np.ndarray,
        options: EngineOptions,
        dates: Sequence[datetime.date] | None = None,
        side: int = 1,
    ) -> None:
        self._grid, self._options, self._side = series.grid, options, side
        self._source = SeriesSource(series, dates, variables)
        window = (side, side) if side > 1 else ()
        self._shape = (len(self._source.dates), len(variables), *window)
        self._pixels = pixels

    def read(self, wanted: np.ndarray, feedback: Feedback) -> np.ndarray:
        """float32 ``(n, dates, variables)`` of the pixels at the ascending indices ``wanted``; NaN is missing.

        With a window ``(n, dates, variables, side, side)``, NaN outside of the raster.
        """
        rows, columns = np.divmod(self._pixels[wanted], self._grid.width)
        values = np.full((len(wanted), *self._shape), np.nan, dtype=np.float32)

        def inside(window: Window) -> np.ndarray:
            low, high = np.searchsorted(rows, (window.row, window.row + window.height))
            of_rows = columns[low:high]
            return low + np.flatnonzero((of_rows >= window.column) & (of_rows < window.column + window.width))

        def compute(block: Block, array: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            chosen = inside(block.window)
            row, column = rows[chosen] - block.read_window.row, columns[chosen] - block.read_window.column
            return chosen, array[row, column] if self._side == 1 else cut_windows(array, row, column, self._side)

        def consume(block: Block, result: tuple[np.ndarray, np.ndarray]) -> None:
            chosen, read = result
            values[chosen] = read

        run_blocks(
            self._grid,
            [self._source],
            compute,
            consume,
            halo=self._side // 2,
            select=lambda window: inside(window).size > 0,
            options=self._options,
            feedback=feedback,
        )
        return values
