"""Slopes of the smooth curves through a series' observations: natural cubic splines and Akima's.

Both are cubic Hermite curves: between two observations the curve follows from the two values and the two slopes, so
that the kinds of curve differ in their slopes only.
"""

from __future__ import annotations

import numba
import numpy as np


@numba.njit(cache=True, nogil=True)
def natural_cubic_slopes(
    days: np.ndarray, values: np.ndarray, count: int, slopes: np.ndarray, scratch: np.ndarray
) -> None:
    """Slopes of the natural cubic spline, whose second derivative is zero at both ends.

    Args:
        days: float64, ascending; the first ``count`` are used.
        values: float64, of the same length.
        count: number of observations, at least 2.
        slopes: float64, receives the slope per day at each observation.
        scratch: float64 ``(2, at least count)``, overwritten.

    Source: the tridiagonal system of de Boor, A Practical Guide to Splines (1978), chapter IV, solved by elimination.
    """
    upper, right = scratch[0], scratch[1]
    upper[0] = 0.5
    right[0] = 1.5 * (values[1] - values[0]) / (days[1] - days[0])
    for i in range(1, count - 1):
        before, after = days[i] - days[i - 1], days[i + 1] - days[i]
        pivot = 2.0 * (before + after) - after * upper[i - 1]
        rise = after * (values[i] - values[i - 1]) / before + before * (values[i + 1] - values[i]) / after
        upper[i] = before / pivot
        right[i] = (3.0 * rise - after * right[i - 1]) / pivot
    last = count - 1
    rise = 3.0 * (values[last] - values[last - 1]) / (days[last] - days[last - 1])
    slopes[last] = (rise - right[last - 1]) / (2.0 - upper[last - 1])
    for i in range(last - 1, -1, -1):
        slopes[i] = right[i] - upper[i] * slopes[i + 1]


@numba.njit(cache=True, nogil=True)
def akima_slopes(days: np.ndarray, values: np.ndarray, count: int, slopes: np.ndarray, scratch: np.ndarray) -> None:
    """Slopes of Akima's curve, which hardly overshoots beside a sudden change.

    Arguments as in :func:`natural_cubic_slopes`, with ``scratch`` ``(1 or more, at least count + 3)``.

    Source: Akima (1970), A new method of interpolation and smooth curve fitting based on local procedures, Journal of
    the ACM 17, 589-602. Where his weights vanish, the slope is the mean of the outer two, as in SciPy.
    """
    rises = scratch[0]
    for i in range(count - 1):
        rises[i + 2] = (values[i + 1] - values[i]) / (days[i + 1] - days[i])
    rises[1] = 2.0 * rises[2] - rises[3]
    rises[0] = 2.0 * rises[1] - rises[2]
    rises[count + 1] = 2.0 * rises[count] - rises[count - 1]
    rises[count + 2] = 2.0 * rises[count + 1] - rises[count]
    largest = 0.0
    for i in range(count):
        largest = max(largest, abs(rises[i + 3] - rises[i + 2]) + abs(rises[i + 1] - rises[i]))
    for i in range(count):
        from_left, from_right = abs(rises[i + 3] - rises[i + 2]), abs(rises[i + 1] - rises[i])
        if from_left + from_right > 1e-9 * largest:
            slopes[i] = (from_left * rises[i + 1] + from_right * rises[i + 2]) / (from_left + from_right)
        else:
            slopes[i] = 0.5 * (rises[i] + rises[i + 3])


@numba.njit(cache=True, nogil=True)
def hermite(
    day: float, start: float, end: float, low: float, high: float, slope_low: float, slope_high: float
) -> float:
    """Value at ``day`` of the cubic curve from ``(start, low)`` to ``(end, high)`` with these slopes at its ends."""
    span = end - start
    t = (day - start) / span
    rise = (high - low) / span
    bend = (slope_low + slope_high - 2.0 * rise) * t
    return low + (day - start) * (slope_low + t * (3.0 * rise - 2.0 * slope_low - slope_high + bend))
