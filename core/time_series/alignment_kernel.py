"""The global alignment kernel: how alike two series are, over all their alignments.

The kernel sums the product of local kernels ``e / (2 - e)``, ``e = exp(-|x - y|² / (2 sigma²))``, over all warping
paths, and is normalised so that a series has 1 with itself. Definitions are tslearn's; Source: Cuturi (2011), Fast
global alignment kernels, ICML.

All series are float64 ``(n, dates, variables)`` without missing values.
"""

from __future__ import annotations

import math

import numba
import numpy as np
from scipy.spatial.distance import pdist

SMALLEST, LARGEST = 1e-250, 1e250
SIGMA_SAMPLES = 100


def log_alignment_kernel(series: np.ndarray, others: np.ndarray, sigma: float) -> np.ndarray:
    """Logarithm of the kernel before normalisation, float64 ``(n, m)``.

    Args:
        series: ``(n, dates, variables)``, finite.
        others: ``(m, dates, variables)``, finite.
        sigma: bandwidth, above 0, in units of the series.
    """
    series, others = (np.ascontiguousarray(array, dtype=np.float64) for array in (series, others))
    result = np.empty((len(series), len(others)))
    _logarithms(series, others, float(sigma), result)
    return result


def log_self_kernel(series: np.ndarray, sigma: float) -> np.ndarray:
    """Logarithm of the kernel of each series with itself before normalisation, float64 ``(n,)``."""
    series = np.ascontiguousarray(series, dtype=np.float64)
    result = np.empty(len(series))
    _self_logarithms(series, float(sigma), result)
    return result


def alignment_kernel(
    series: np.ndarray, others: np.ndarray, sigma: float, others_self: np.ndarray | None = None
) -> np.ndarray:
    """The normalised kernel, float64 ``(n, m)``, 0 to 1.

    ``others_self`` is :func:`log_self_kernel` of ``others``, where it is known already.
    """
    own = log_self_kernel(series, sigma)
    other = log_self_kernel(others, sigma) if others_self is None else others_self
    return np.exp(log_alignment_kernel(series, others, sigma) - 0.5 * own[:, None] - 0.5 * other[None, :])


def estimate_sigma(series: np.ndarray, random: np.random.RandomState) -> float:
    """The bandwidth that Cuturi proposes: the median distance of 100 random dates, times the square root of dates."""
    points = series.reshape(-1, series.shape[2])
    chosen = random.choice(len(points), size=SIGMA_SAMPLES, replace=len(points) < SIGMA_SAMPLES)
    return float(np.median(pdist(points[chosen], metric="euclidean")) * np.sqrt(series.shape[1]))


@numba.njit(cache=True, nogil=True)
def _logarithm(one: np.ndarray, other: np.ndarray, sigma: float, row: np.ndarray) -> float:
    """Logarithm of the sum for two series; ``row`` ``(2, dates + 1)`` is scratch."""
    dates, variables = one.shape
    sums = row[0]
    sums[:] = 0.0
    for i in range(dates):
        diagonal = 1.0 if i == 0 else 0.0
        for j in range(dates):
            square = 0.0
            for variable in range(variables):
                difference = one[i, variable] - other[j, variable]
                square += difference * difference
            near = math.exp(-square / (2.0 * sigma * sigma))
            top = sums[j + 1]
            sums[j + 1] = near / (2.0 - near) * (top + sums[j] + diagonal)
            diagonal = top
    total = sums[dates]
    if SMALLEST < total < LARGEST:
        return math.log(total)
    return _logarithm_by_logarithms(one, other, sigma, row)


@numba.njit(cache=True, nogil=True)
def _logarithm_by_logarithms(one: np.ndarray, other: np.ndarray, sigma: float, row: np.ndarray) -> float:
    dates, variables = one.shape
    sums = row[1]
    sums[:] = -np.inf
    for i in range(dates):
        diagonal = 0.0 if i == 0 else -np.inf
        for j in range(dates):
            square = 0.0
            for variable in range(variables):
                difference = one[i, variable] - other[j, variable]
                square += difference * difference
            exponent = -square / (2.0 * sigma * sigma)
            top, left = sums[j + 1], sums[j]
            most = max(top, left, diagonal)
            sums[j + 1] = -np.inf
            if most > -np.inf:
                total = math.exp(top - most) + math.exp(left - most) + math.exp(diagonal - most)
                sums[j + 1] = most + math.log(total) + exponent - math.log(2.0 - math.exp(exponent))
            diagonal = top
    return sums[dates]


@numba.njit(cache=True, nogil=True)
def _logarithms(series: np.ndarray, others: np.ndarray, sigma: float, result: np.ndarray) -> None:
    row = np.empty((2, series.shape[1] + 1))
    for i in range(len(series)):
        for j in range(len(others)):
            result[i, j] = _logarithm(series[i], others[j], sigma, row)


@numba.njit(cache=True, nogil=True)
def _self_logarithms(series: np.ndarray, sigma: float, result: np.ndarray) -> None:
    row = np.empty((2, series.shape[1] + 1))
    for i in range(len(series)):
        result[i] = _logarithm(series[i], series[i], sigma, row)
