"""Dynamic time warping: distances, the nearest centre, and barycentres.

The local cost is the squared Euclidean distance of two dates over all variables, the distance the square root of the
least sum along a warping path that begins at both first dates and ends at both last ones (Sakoe and Chiba 1978). A
Sakoe-Chiba band of radius r admits pairs of dates at most r places apart. These are the definitions of tslearn.

All series are float64 ``(n, dates, variables)`` without missing values. Many series run side by side, one a lane of the
processor's vectors; every lane computes what a plain loop computes, so results do not depend on it.
"""

from __future__ import annotations

import numba
import numpy as np

LANES = 128
"""Series that run side by side: few enough that their rows of costs fit into a core's nearest caches."""
PATH_LANES = 32
BARYCENTRE_ITERATIONS = 30
BARYCENTRE_TOLERANCE = 1e-5


def dtw_distances(series: np.ndarray, centres: np.ndarray, radius: int | None = None) -> np.ndarray:
    """Distances of series to centres.

    Args:
        series: ``(n, dates, variables)``, finite.
        centres: ``(k, dates, variables)``, finite.
        radius: of the Sakoe-Chiba band, in dates; None for no band.

    Returns:
        float64 ``(n, k)``.
    """
    series, centres = _contiguous(series), _contiguous(centres)
    result = np.empty((len(series), len(centres)))
    _distances(series, centres, band_of(radius, series.shape[1]), result)
    return np.sqrt(result, out=result)


def nearest_by_dtw(series: np.ndarray, centres: np.ndarray, radius: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """The nearest centre of each series, the first of those equally near, and its distance.

    Returns:
        int64 ``(n,)`` indices of centres and float64 ``(n,)`` distances; shapes as in :func:`dtw_distances`.
    """
    series, centres = _contiguous(series), _contiguous(centres)
    nearest, squares = np.zeros(len(series), np.int64), np.full(len(series), np.inf)
    _nearest(series, centres, band_of(radius, series.shape[1]), nearest, squares)
    return nearest, np.sqrt(squares, out=squares)


def dtw_barycentre(
    series: np.ndarray,
    initial: np.ndarray,
    radius: int | None = None,
    iterations: int = BARYCENTRE_ITERATIONS,
    tolerance: float = BARYCENTRE_TOLERANCE,
) -> np.ndarray:
    """The mean of series under DTW, by barycentre averaging (DBA).

    Every series is aligned to the barycentre; each of its dates becomes the mean of all values aligned to it; and so
    on, until the mean squared distance changes by less than ``tolerance``, or grows.

    Args:
        series: ``(n, dates, variables)``, at least one.
        initial: ``(dates, variables)`` to start from.
        radius: of the Sakoe-Chiba band; None for no band.
        iterations: most alignments.
        tolerance: change of the mean squared distance that ends it.

    Returns:
        float64 ``(dates, variables)``.

    Source: Petitjean, Ketterlin and Gançarski (2011), A global averaging method for dynamic time warping, Pattern
    Recognition 44, 678-693; stopping as in tslearn's ``dtw_barycenter_averaging_petitjean``.
    """
    series = _contiguous(series)
    centre = np.array(initial, dtype=np.float64)
    sums, counts = np.empty_like(centre), np.empty(len(centre))
    before = np.inf
    for _ in range(iterations):
        cost = _align(series, centre, band_of(radius, series.shape[1]), sums, counts) / len(series)
        centre = sums / counts[:, None]
        if abs(before - cost) < tolerance or before < cost:
            break
        before = cost
    return centre


def band_of(radius: int | None, dates: int) -> int:
    """The radius as a number: as wide as the series where there is no band."""
    return dates if radius is None else min(int(radius), dates)


def _contiguous(series: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(series, dtype=np.float64)


@numba.njit(cache=True, nogil=True)
def _load(series: np.ndarray, rows: np.ndarray, lanes: np.ndarray) -> None:
    """Put the series at ``rows`` side by side into ``lanes`` ``(dates, variables, lanes)``; the last fills the rest."""
    for lane in range(lanes.shape[2]):
        row = rows[min(lane, len(rows) - 1)]
        for date in range(lanes.shape[0]):
            for variable in range(lanes.shape[1]):
                lanes[date, variable, lane] = series[row, date, variable]


@numba.njit(cache=True, nogil=True)
def _add_row(
    values: np.ndarray,
    centre: np.ndarray,
    first: int,
    end: int,
    above: np.ndarray,
    here: np.ndarray,
    cost: np.ndarray,
) -> None:
    """One row of accumulated costs: a date of the series, ``values`` ``(variables, lanes)``, against the centre's
    dates ``first`` to ``end`` (exclusive). Column j + 1 of ``above`` and ``here`` belongs to the centre's date j."""
    lanes = values.shape[1]
    here[first] = np.inf
    if end < len(centre):
        here[end + 1] = np.inf
    if len(values) == 1:
        _add_row_of_one_variable(values[0], centre[:, 0], first, end, above, here)
        return
    for j in range(first, end):
        diagonal, top, left, target = above[j], above[j + 1], here[j], here[j + 1]
        cost[:] = 0.0
        for variable in range(len(values)):
            series, middle = values[variable], centre[j, variable]
            for lane in range(lanes):
                difference = series[lane] - middle
                cost[lane] += difference * difference
        for lane in range(lanes):
            least = diagonal[lane] if diagonal[lane] < top[lane] else top[lane]
            least = left[lane] if left[lane] < least else least
            target[lane] = cost[lane] + least


@numba.njit(cache=True, nogil=True)
def _add_row_of_one_variable(
    series: np.ndarray, centre: np.ndarray, first: int, end: int, above: np.ndarray, here: np.ndarray
) -> None:
    """Four columns at a time, so that a cell's left neighbour need not come from memory."""
    whole = first + (end - first) // 4 * 4
    for j in range(first, whole, 4):
        centre_1, centre_2, centre_3, centre_4 = centre[j], centre[j + 1], centre[j + 2], centre[j + 3]
        above_0, above_1, above_2, above_3, above_4 = above[j], above[j + 1], above[j + 2], above[j + 3], above[j + 4]
        here_0, here_1, here_2, here_3, here_4 = here[j], here[j + 1], here[j + 2], here[j + 3], here[j + 4]
        for lane in range(len(series)):
            value, left = series[lane], here_0[lane]
            diagonal, top = above_0[lane], above_1[lane]
            least = diagonal if diagonal < top else top
            left = (value - centre_1) * (value - centre_1) + (left if left < least else least)
            here_1[lane] = left
            diagonal, top = top, above_2[lane]
            least = diagonal if diagonal < top else top
            left = (value - centre_2) * (value - centre_2) + (left if left < least else least)
            here_2[lane] = left
            diagonal, top = top, above_3[lane]
            least = diagonal if diagonal < top else top
            left = (value - centre_3) * (value - centre_3) + (left if left < least else least)
            here_3[lane] = left
            diagonal, top = top, above_4[lane]
            least = diagonal if diagonal < top else top
            here_4[lane] = (value - centre_4) * (value - centre_4) + (left if left < least else least)
    for j in range(whole, end):
        diagonal_row, top_row, left_row, target = above[j], above[j + 1], here[j], here[j + 1]
        middle = centre[j]
        for lane in range(len(series)):
            difference = series[lane] - middle
            least = diagonal_row[lane] if diagonal_row[lane] < top_row[lane] else top_row[lane]
            least = left_row[lane] if left_row[lane] < least else least
            target[lane] = difference * difference + least


@numba.njit(cache=True, nogil=True)
def _accumulate(lanes: np.ndarray, centre: np.ndarray, radius: int, rows: np.ndarray, cost: np.ndarray) -> int:
    """Accumulate costs in two ``rows`` ``(2, dates + 1, lanes)``; which of them ends with the squared distances."""
    dates = len(lanes)
    rows[:] = np.inf
    rows[0, 0] = 0.0
    for i in range(dates):
        first, end = max(0, i - radius), min(dates, i + radius + 1)
        _add_row(lanes[i], centre, first, end, rows[i % 2], rows[(i + 1) % 2], cost)
    return dates % 2


@numba.njit(cache=True, nogil=True)
def _distances(series: np.ndarray, centres: np.ndarray, radius: int, result: np.ndarray) -> None:
    dates, variables = series.shape[1:]
    lanes = np.empty((dates, variables, LANES))
    rows, cost = np.empty((2, dates + 1, LANES)), np.empty(LANES)
    for start in range(0, len(series), LANES):
        places = np.arange(start, min(start + LANES, len(series)))
        _load(series, places, lanes)
        for k in range(len(centres)):
            last = rows[_accumulate(lanes, centres[k], radius, rows, cost), dates]
            for lane in range(len(places)):
                result[start + lane, k] = last[lane]


@numba.njit(cache=True, nogil=True)
def _nearest(series: np.ndarray, centres: np.ndarray, radius: int, nearest: np.ndarray, squares: np.ndarray) -> None:
    dates, variables = series.shape[1:]
    lanes = np.empty((dates, variables, LANES))
    rows, cost = np.empty((2, dates + 1, LANES)), np.empty(LANES)
    for start in range(0, len(series), LANES):
        places = np.arange(start, min(start + LANES, len(series)))
        _load(series, places, lanes)
        for k in range(len(centres)):
            last = rows[_accumulate(lanes, centres[k], radius, rows, cost), dates]
            for lane in range(len(places)):
                if last[lane] < squares[start + lane]:
                    squares[start + lane] = last[lane]
                    nearest[start + lane] = k


@numba.njit(cache=True, nogil=True)
def _align(series: np.ndarray, centre: np.ndarray, radius: int, sums: np.ndarray, counts: np.ndarray) -> float:
    """Sum and count of the values aligned to each date of the centre; returns the sum of squared distances.

    Of equally good steps back the diagonal one is taken, then the one back in the series, as tslearn does.
    """
    dates, variables = series.shape[1:]
    lanes = np.empty((dates, variables, PATH_LANES))
    table, cost = np.empty((dates + 1, dates + 1, PATH_LANES)), np.empty(PATH_LANES)
    sums[:] = 0.0
    counts[:] = 0.0
    total = 0.0
    for start in range(0, len(series), PATH_LANES):
        places = np.arange(start, min(start + PATH_LANES, len(series)))
        _load(series, places, lanes)
        table[:] = np.inf
        table[0, 0] = 0.0
        for i in range(dates):
            first, end = max(0, i - radius), min(dates, i + radius + 1)
            _add_row(lanes[i], centre, first, end, table[i], table[i + 1], cost)
        for lane in range(len(places)):
            i, j = dates - 1, dates - 1
            total += table[dates, dates, lane]
            while True:
                for variable in range(variables):
                    sums[j, variable] += lanes[i, variable, lane]
                counts[j] += 1.0
                if i == 0 and j == 0:
                    break
                if i == 0:
                    j -= 1
                elif j == 0:
                    i -= 1
                else:
                    diagonal, top, left = table[i, j, lane], table[i, j + 1, lane], table[i + 1, j, lane]
                    if diagonal <= top and diagonal <= left:
                        i -= 1
                        j -= 1
                    elif top <= left:
                        i -= 1
                    else:
                        j -= 1
    return total
