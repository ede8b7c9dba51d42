"""The nearest centre by Euclidean distance over all dates and variables."""

from __future__ import annotations

import numba
import numpy as np

LANES = 32
"""Series that run side by side, one a lane of the processor's vectors."""


def nearest_by_euclid(series: np.ndarray, centres: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The nearest centre of each series, the first of those equally near, and its distance.

    Args:
        series: float32 or float64 ``(n, dates, variables)``; distances are computed in float64.
        centres: float64 ``(k, dates, variables)``, finite.

    Returns:
        int64 ``(n,)`` indices of centres and float64 ``(n,)`` distances, infinite for a series with a value that is
        not finite.
    """
    flat = np.ascontiguousarray(series).reshape(len(series), -1)
    nearest, squares = np.empty(len(series), np.int64), np.empty(len(series))
    _nearest(flat, np.ascontiguousarray(centres, np.float64).reshape(len(centres), -1), nearest, squares)
    return nearest, np.sqrt(squares, out=squares)


@numba.njit(cache=True, nogil=True)
def _nearest(series: np.ndarray, centres: np.ndarray, nearest: np.ndarray, squares: np.ndarray) -> None:
    places = series.shape[1]
    whole = places // 4 * 4
    lanes, total = np.empty((places, LANES)), np.empty(LANES)
    best, least = np.empty(LANES, np.int64), np.empty(LANES)
    for start in range(0, len(series), LANES):
        count = min(LANES, len(series) - start)
        for lane in range(LANES):
            one = series[start + min(lane, count - 1)]
            for place in range(places):
                lanes[place, lane] = one[place]
        least[:] = np.inf
        best[:] = 0
        for k in range(len(centres)):
            centre = centres[k]
            total[:] = 0.0
            for p in range(0, whole, 4):  # four at once: the sum need not go to memory each time
                first, second, third, fourth = lanes[p], lanes[p + 1], lanes[p + 2], lanes[p + 3]
                for lane in range(LANES):
                    a, b = first[lane] - centre[p], second[lane] - centre[p + 1]
                    c, d = third[lane] - centre[p + 2], fourth[lane] - centre[p + 3]
                    total[lane] += (a * a + b * b) + (c * c + d * d)
            for p in range(whole, places):
                values = lanes[p]
                for lane in range(LANES):
                    difference = values[lane] - centre[p]
                    total[lane] += difference * difference
            for lane in range(LANES):
                if total[lane] < least[lane]:
                    least[lane], best[lane] = total[lane], k
        nearest[start : start + count] = best[:count]
        squares[start : start + count] = least[:count]
