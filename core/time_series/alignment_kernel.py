"""The global alignment kernel: how alike two series are, over all their alignments.

The kernel sums the product of local kernels ``e / (2 - e)``, ``e = exp(-|x - y|² / (2 sigma²))``, over all warping
paths, and is normalised so that a series has 1 with itself. Definitions are tslearn's; Source: Cuturi (2011), Fast
global alignment kernels, ICML.

All series are float64 ``(n, dates, variables)`` without missing values.
"""

from __future__ import annotations

import numpy as np
from scipy.spatial.distance import pdist

from .path_sums import log_self_sums, log_sums

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
    log_sums(series, others, 0.5 / sigma**2, True, series.shape[1], result)
    return result


def log_self_kernel(series: np.ndarray, sigma: float) -> np.ndarray:
    """Logarithm of the kernel of each series with itself before normalisation, float64 ``(n,)``."""
    series = np.ascontiguousarray(series, dtype=np.float64)
    result = np.empty(len(series))
    log_self_sums(series, 0.5 / sigma**2, True, series.shape[1], result)
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
