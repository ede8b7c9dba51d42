"""The square of pixels around each pixel."""

from __future__ import annotations

import numpy as np


def cut_windows(values: np.ndarray, rows: np.ndarray, columns: np.ndarray, side: int) -> np.ndarray:
    """The windows around pixels, float32 ``(n, ..., side, side)``, rows before columns; NaN outside of the array.

    Args:
        values: float32 ``(rows, columns, ...)``.
        rows: ``(n,)`` row of each pixel in ``values``.
        columns: ``(n,)`` likewise.
        side: of a window in pixels, odd.
    """
    reach = side // 2
    windows = np.empty((len(rows), *values.shape[2:], side, side), dtype=np.float32)
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            row, column = rows + down, columns + right
            outside = (row < 0) | (row >= values.shape[0]) | (column < 0) | (column >= values.shape[1])
            cell = values[np.clip(row, 0, values.shape[0] - 1), np.clip(column, 0, values.shape[1] - 1)]
            if outside.any():
                cell[outside] = np.nan
            windows[..., down + reach, right + reach] = cell
    return windows
