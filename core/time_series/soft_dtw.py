"""Soft-DTW: distances, their normalised form, and barycentres.

Soft-DTW sums over all warping paths instead of taking the best one: ``-gamma log sum(exp(-cost(path) / gamma))``, with
the local cost and the band of :mod:`.dtw`. It may be negative; the smaller gamma, the nearer it is to squared DTW.
Definitions are tslearn's; Source: Cuturi and Blondel (2017), Soft-DTW: a differentiable loss function for time series.

The sum is formed directly (forwards, and for gradients backwards too), which takes one exponential a pair of dates.
Where it leaves the range of a float, the pair of series is computed again in logarithms.

All series are float64 ``(n, dates, variables)`` without missing values.
"""

from __future__ import annotations

import math

import numba
import numpy as np
from scipy.optimize import minimize

from .dtw import band_of

BARYCENTRE_ITERATIONS = 100
BARYCENTRE_TOLERANCE = 1e-3
SMALLEST, LARGEST = 1e-250, 1e250
"""Sums outside are computed in logarithms: near the end of a float's range paths would be lost."""


def soft_dtw_distances(series: np.ndarray, centres: np.ndarray, gamma: float, radius: int | None = None) -> np.ndarray:
    """Soft-DTW of series and centres.

    Args:
        series: ``(n, dates, variables)``, finite.
        centres: ``(k, dates, variables)``, finite.
        gamma: above 0, in squared units of the series.
        radius: of the Sakoe-Chiba band, in dates; None for no band.

    Returns:
        float64 ``(n, k)``.
    """
    series, centres = (np.ascontiguousarray(array, dtype=np.float64) for array in (series, centres))
    result = np.empty((len(series), len(centres)))
    _distances(series, centres, float(gamma), band_of(radius, series.shape[1]), result)
    return result


def soft_dtw_self_distances(series: np.ndarray, gamma: float, radius: int | None = None) -> np.ndarray:
    """Soft-DTW of each series and itself, float64 ``(n,)``. The normalised distance of x and y is
    ``d(x, y) - (d(x, x) + d(y, y)) / 2``, which is 0 for equal series."""
    series = np.ascontiguousarray(series, dtype=np.float64)
    result = np.empty(len(series))
    _self_distances(series, float(gamma), band_of(radius, series.shape[1]), result)
    return result


def soft_dtw_barycentre(
    series: np.ndarray,
    initial: np.ndarray,
    gamma: float,
    radius: int | None = None,
    iterations: int = BARYCENTRE_ITERATIONS,
    tolerance: float = BARYCENTRE_TOLERANCE,
) -> np.ndarray:
    """The series whose sum of soft-DTW to ``series`` is least, by L-BFGS from ``initial`` as tslearn does.

    Args:
        series: ``(n, dates, variables)``, at least one.
        initial: ``(dates, variables)`` to start from.
        gamma: above 0.
        radius: of the Sakoe-Chiba band; None for no band.
        iterations: most steps of L-BFGS.
        tolerance: of L-BFGS, on the relative decrease and the gradient.

    Returns:
        float64 ``(dates, variables)``.
    """
    series = np.ascontiguousarray(series, dtype=np.float64)
    band = band_of(radius, series.shape[1])

    def sum_and_gradient(flat: np.ndarray) -> tuple[float, np.ndarray]:
        centre = np.ascontiguousarray(flat.reshape(initial.shape))
        gradient = np.zeros_like(centre)
        return _sum_and_gradient(series, centre, float(gamma), band, gradient), gradient.ravel()

    start = np.asarray(initial, dtype=np.float64).ravel()
    found = minimize(
        sum_and_gradient, start, method="L-BFGS-B", tol=tolerance, jac=True, options={"maxiter": iterations}
    )
    return found.x.reshape(initial.shape)


@numba.njit(cache=True, nogil=True)
def _local_costs(one: np.ndarray, other: np.ndarray, radius: int, costs: np.ndarray) -> None:
    """Squared distances of all pairs of dates within the band; infinite beyond."""
    dates, variables = one.shape
    for i in range(dates):
        for j in range(dates):
            cost = np.inf
            if abs(i - j) <= radius:
                cost = 0.0
                for variable in range(variables):
                    difference = one[i, variable] - other[j, variable]
                    cost += difference * difference
            costs[i, j] = cost


@numba.njit(cache=True, nogil=True)
def _forwards(costs: np.ndarray, gamma: float, weights: np.ndarray, sums: np.ndarray) -> float:
    """Sums of path weights up to each pair of dates (column and row 0 are the edge), and soft-DTW itself.

    Soft-DTW is NaN where the sums leave the range of a float."""
    dates = len(costs)
    sums[0, :] = 0.0
    sums[:, 0] = 0.0
    sums[0, 0] = 1.0
    for i in range(dates):
        for j in range(dates):
            weights[i, j] = math.exp(-costs[i, j] / gamma)
        left, diagonal = 0.0, sums[i, 0]
        for j in range(dates):
            top = sums[i, j + 1]
            left = weights[i, j] * (left + (top + diagonal))
            sums[i + 1, j + 1] = left
            diagonal = top
        if i == 0:
            sums[0, 0] = 0.0
    total = sums[dates, dates]
    if not SMALLEST < total < LARGEST:
        return np.nan
    return -gamma * math.log(total)


@numba.njit(cache=True, nogil=True)
def _soft_minimum(a: float, b: float, c: float, gamma: float) -> float:
    least = min(a, b, c)
    if least == np.inf:
        return np.inf
    total = math.exp((least - a) / gamma) + math.exp((least - b) / gamma) + math.exp((least - c) / gamma)
    return least - gamma * math.log(total)


@numba.njit(cache=True, nogil=True)
def _forwards_in_logarithms(costs: np.ndarray, gamma: float, table: np.ndarray) -> float:
    """As :func:`_forwards`, with soft-DTW up to each pair of dates in ``table``."""
    dates = len(costs)
    table[:] = np.inf
    table[0, 0] = 0.0
    for i in range(dates):
        for j in range(dates):
            if costs[i, j] < np.inf:
                table[i + 1, j + 1] = costs[i, j] + _soft_minimum(table[i, j + 1], table[i + 1, j], table[i, j], gamma)
        if i == 0:
            table[0, 0] = np.inf
    return table[dates, dates]


@numba.njit(cache=True, nogil=True)
def _pair(
    one: np.ndarray,
    other: np.ndarray,
    gamma: float,
    radius: int,
    costs: np.ndarray,
    weights: np.ndarray,
    sums: np.ndarray,
) -> float:
    _local_costs(one, other, radius, costs)
    found = _forwards(costs, gamma, weights, sums)
    return found if found == found else _forwards_in_logarithms(costs, gamma, sums)


@numba.njit(cache=True, nogil=True)
def _distances(series: np.ndarray, centres: np.ndarray, gamma: float, radius: int, result: np.ndarray) -> None:
    dates = series.shape[1]
    costs, weights, sums = np.empty((dates, dates)), np.empty((dates, dates)), np.empty((dates + 1, dates + 1))
    for row in range(len(series)):
        for k in range(len(centres)):
            result[row, k] = _pair(series[row], centres[k], gamma, radius, costs, weights, sums)


@numba.njit(cache=True, nogil=True)
def _self_distances(series: np.ndarray, gamma: float, radius: int, result: np.ndarray) -> None:
    dates = series.shape[1]
    costs, weights, sums = np.empty((dates, dates)), np.empty((dates, dates)), np.empty((dates + 1, dates + 1))
    for row in range(len(series)):
        result[row] = _pair(series[row], series[row], gamma, radius, costs, weights, sums)


@numba.njit(cache=True, nogil=True)
def _sum_and_gradient(series: np.ndarray, centre: np.ndarray, gamma: float, radius: int, gradient: np.ndarray) -> float:
    """Sum of soft-DTW of a centre and all series; its gradient at the centre is added to ``gradient``.

    The gradient is the share of all path weights that go through a pair of dates, times that of its local cost."""
    dates, variables = centre.shape
    costs, weights = np.empty((dates, dates)), np.empty((dates, dates))
    sums, backwards = np.empty((dates + 1, dates + 1)), np.empty((dates + 1, dates + 1))
    total = 0.0
    for row in range(len(series)):
        other = series[row]
        _local_costs(centre, other, radius, costs)
        found = _forwards(costs, gamma, weights, sums)
        if found == found:
            _shares(weights, sums, backwards)
        else:
            found = _forwards_in_logarithms(costs, gamma, sums)
            _shares_in_logarithms(costs, gamma, sums, backwards)
        total += found
        for i in range(dates):
            for j in range(dates):
                share = backwards[i, j]
                if share > 0.0:
                    for variable in range(variables):
                        gradient[i, variable] += share * 2.0 * (centre[i, variable] - other[j, variable])
    return total


@numba.njit(cache=True, nogil=True)
def _shares(weights: np.ndarray, sums: np.ndarray, shares: np.ndarray) -> None:
    """The share of path weights through each pair of dates, from the sums of :func:`_forwards`."""
    dates = len(weights)
    total = sums[dates, dates]
    shares[dates, :] = 0.0
    shares[:, dates] = 0.0
    for i in range(dates - 1, -1, -1):  # first the sums of path weights from a pair to the end, its own left out
        for j in range(dates - 1, -1, -1):
            if i == dates - 1 and j == dates - 1:
                shares[i, j] = 1.0
                continue
            after = 0.0
            if i + 1 < dates:
                after += weights[i + 1, j] * shares[i + 1, j]
            if j + 1 < dates:
                after += weights[i, j + 1] * shares[i, j + 1]
            if i + 1 < dates and j + 1 < dates:
                after += weights[i + 1, j + 1] * shares[i + 1, j + 1]
            shares[i, j] = after
    for i in range(dates):
        for j in range(dates):
            shares[i, j] = sums[i + 1, j + 1] * shares[i, j] / total


@numba.njit(cache=True, nogil=True)
def _shares_in_logarithms(costs: np.ndarray, gamma: float, table: np.ndarray, shares: np.ndarray) -> None:
    """As :func:`_shares`, from the table of :func:`_forwards_in_logarithms`."""
    dates = len(costs)
    for i in range(dates - 1, -1, -1):
        for j in range(dates - 1, -1, -1):
            share = 1.0 if i == dates - 1 and j == dates - 1 else 0.0
            own = table[i + 1, j + 1]
            if own < np.inf:
                if i + 1 < dates and table[i + 2, j + 1] < np.inf:
                    share += shares[i + 1, j] * math.exp((table[i + 2, j + 1] - own - costs[i + 1, j]) / gamma)
                if j + 1 < dates and table[i + 1, j + 2] < np.inf:
                    share += shares[i, j + 1] * math.exp((table[i + 1, j + 2] - own - costs[i, j + 1]) / gamma)
                if i + 1 < dates and j + 1 < dates and table[i + 2, j + 2] < np.inf:
                    share += shares[i + 1, j + 1] * math.exp((table[i + 2, j + 2] - own - costs[i + 1, j + 1]) / gamma)
            shares[i, j] = share
