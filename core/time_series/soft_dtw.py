"""Soft-DTW: distances, their normalised form, and barycentres.

Soft-DTW sums over all warping paths instead of taking the best one: ``-gamma log sum(exp(-cost(path) / gamma))``, with
the local cost and the band of :mod:`.dtw`. It may be negative; the smaller gamma, the nearer it is to squared DTW.
Definitions are tslearn's; Source: Cuturi and Blondel (2017), Soft-DTW: a differentiable loss function for time series.

All series are float64 ``(n, dates, variables)`` without missing values.
"""

from __future__ import annotations

import math

import numba
import numpy as np
from scipy.optimize import minimize

from .dtw import band_of
from .path_sums import (
    LARGEST,
    SMALLEST,
    load_lanes,
    log_add,
    log_self_sums,
    log_sums,
    log_weight,
    sum_row,
    weigh_row,
)

BARYCENTRE_ITERATIONS = 100
BARYCENTRE_TOLERANCE = 1e-3
GRADIENT_LANES = 16


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
    log_sums(series, centres, 1.0 / gamma, False, band_of(radius, series.shape[1]), result)
    result *= -gamma
    return result


def soft_dtw_self_distances(series: np.ndarray, gamma: float, radius: int | None = None) -> np.ndarray:
    """Soft-DTW of each series and itself, float64 ``(n,)``. The normalised distance of x and y is
    ``d(x, y) - (d(x, x) + d(y, y)) / 2``, which is 0 for equal series."""
    series = np.ascontiguousarray(series, dtype=np.float64)
    result = np.empty(len(series))
    log_self_sums(series, 1.0 / gamma, False, band_of(radius, series.shape[1]), result)
    result *= -gamma
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
def _sum_and_gradient(series: np.ndarray, centre: np.ndarray, gamma: float, radius: int, gradient: np.ndarray) -> float:
    """Sum of soft-DTW of a centre and all series; its gradient at the centre is added to ``gradient``.

    The gradient is the share of all path weights that go through a pair of dates, times that of its local cost.
    """
    dates, variables = centre.shape
    factor = 1.0 / gamma
    lanes = np.empty((dates, variables, GRADIENT_LANES))
    sums, weights = np.empty((dates + 1, dates + 1, GRADIENT_LANES)), np.empty((dates, dates, GRADIENT_LANES))
    scratch, after = np.empty((dates, GRADIENT_LANES)), np.empty((2, dates + 1, GRADIENT_LANES))
    shares, moments = np.empty((dates, GRADIENT_LANES)), np.empty((dates, variables, GRADIENT_LANES))
    table, share_table = np.empty((dates + 1, dates + 1)), np.empty((dates, dates))
    total = 0.0
    for start in range(0, len(series), GRADIENT_LANES):
        count = load_lanes(series, start, lanes)
        sums[0] = 0.0
        sums[0, 0] = 1.0
        for i in range(dates):
            first, end = max(0, i - radius), min(dates, i + radius + 1)
            weigh_row(lanes[i], centre, first, end, factor, False, weights[i], scratch)
            sum_row(sums[i], weights[i], first, end, sums[i + 1])
        _add_shares(lanes, weights, sums, radius, after, shares, moments)
        last = sums[dates, dates]
        for lane in range(count):
            if SMALLEST < last[lane] < LARGEST:
                total -= gamma * math.log(last[lane])
                for j in range(dates):
                    for variable in range(variables):
                        moment = shares[j, lane] * centre[j, variable] - moments[j, variable, lane]
                        gradient[j, variable] += 2.0 * moment / last[lane]
            else:
                total -= gamma * _add_in_logarithms(
                    series[start + lane], centre, factor, radius, gradient, table, share_table
                )
    return total


@numba.njit(cache=True, nogil=True)
def _add_shares(
    lanes: np.ndarray,
    weights: np.ndarray,
    sums: np.ndarray,
    radius: int,
    after: np.ndarray,
    shares: np.ndarray,
    moments: np.ndarray,
) -> None:
    """Path weights through each of the centre's dates, into ``shares`` ``(dates, lanes)``, and times the series' values
    there, into ``moments`` ``(dates, variables, lanes)``: forward sums times sums from there to the end.
    """
    dates, variables = lanes.shape[:2]
    shares[:] = 0.0
    moments[:] = 0.0
    after[:] = 0.0
    for i in range(dates - 1, -1, -1):
        # Column j of “below” and “here” holds the sums from a pair of dates to the end, its own weight included.
        below, here = after[(i + 1) % 2], after[i % 2]
        first, end = max(0, i - radius), min(dates, i + radius + 1)
        here[end] = 0.0
        if first > 0:
            here[first - 1] = 0.0
        for j in range(end - 1, first - 1, -1):
            weight, before, share = weights[i, j], sums[i + 1, j + 1], shares[j]
            next_both, next_series, next_centre, target = below[j + 1], below[j], here[j + 1], here[j]
            if i == dates - 1 and j == dates - 1:
                target[:] = 1.0
            else:
                for lane in range(len(target)):
                    target[lane] = next_both[lane] + next_series[lane] + next_centre[lane]
            for variable in range(variables):
                series, moment = lanes[i, variable], moments[j, variable]
                for lane in range(len(target)):
                    moment[lane] += before[lane] * target[lane] * series[lane]
            for lane in range(len(target)):
                share[lane] += before[lane] * target[lane]
                target[lane] *= weight[lane]


@numba.njit(cache=True, nogil=True)
def _add_in_logarithms(
    one: np.ndarray,
    centre: np.ndarray,
    factor: float,
    radius: int,
    gradient: np.ndarray,
    table: np.ndarray,
    shares: np.ndarray,
) -> float:
    """As :func:`_sum_and_gradient` for one series where the sums leave a float's range; returns the logarithm."""
    dates, variables = centre.shape
    table[:] = -np.inf
    table[0, 0] = 0.0
    for i in range(dates):
        for j in range(max(0, i - radius), min(dates, i + radius + 1)):
            before = log_add(table[i, j + 1], table[i + 1, j], table[i, j])
            table[i + 1, j + 1] = before + log_weight(one[i], centre[j], factor, False)
    shares[:] = 0.0
    shares[dates - 1, dates - 1] = 1.0
    for i in range(dates - 1, -1, -1):
        for j in range(dates - 1, -1, -1):
            for next_i, next_j in ((i + 1, j), (i, j + 1), (i + 1, j + 1)):
                if next_i < dates and next_j < dates and shares[next_i, next_j] > 0.0:
                    weight = log_weight(one[next_i], centre[next_j], factor, False)
                    part = table[i + 1, j + 1] + weight - table[next_i + 1, next_j + 1]
                    shares[i, j] += shares[next_i, next_j] * math.exp(part)
            for variable in range(variables):
                gradient[j, variable] += shares[i, j] * 2.0 * (centre[j, variable] - one[i, variable])
    return table[dates, dates]
