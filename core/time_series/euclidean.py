"""The nearest centre by Euclidean distance over all dates and variables."""

from __future__ import annotations

import numba
import numpy as np

from .path_sums import LANES, load_lanes


def nearest_by_euclid(series: np.ndarray, centres: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The nearest centre of each series, the first of those equally near, and its distance.

    Args:
        series: float64 ``(n, dates, variables)``, finite.
        centres: float64 ``(k, dates, variables)``, finite.

    Returns:
        int64 ``(n,)`` indices of centres and float64 ``(n,)`` distances.
    """
    series, centres = (np.ascontiguousarray(array, dtype=np.float64) for array in (series, centres))
    nearest, squares = np.empty(len(series), np.int64), np.empty(len(series))
    _nearest(series, centres, nearest, squares)
    return nearest, np.sqrt(squares, out=squares)


@numba.njit(cache=True, nogil=True)
def _nearest(series: np.ndarray, centres: np.ndarray, nearest: np.ndarray, squares: np.ndarray) -> None:
    dates, variables = series.shape[1:]
    lanes, total = np.empty((dates, variables, LANES)), np.empty(LANES)
    flat = lanes.reshape(dates * variables, LANES)
    best, least = np.empty(LANES, np.int64), np.empty(LANES)
    for start in range(0, len(series), LANES):
        count = load_lanes(series, start, lanes)
        least[:] = np.inf
        best[:] = 0
        for k in range(len(centres)):
            centre = centres[k].ravel()
            total[:] = 0.0
            for place in range(len(flat)):
                values, middle = flat[place], centre[place]
                for lane in range(LANES):
                    difference = values[lane] - middle
                    total[lane] += difference * difference
            for lane in range(LANES):
                if total[lane] < least[lane]:
                    least[lane], best[lane] = total[lane], k
        nearest[start : start + count] = best[:count]
        squares[start : start + count] = least[:count]
