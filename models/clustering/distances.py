"""The distance of each method, between prepared series."""

from __future__ import annotations

import numpy as np
from scipy.spatial.distance import cdist

from ...core.feedback import Feedback
from ...core.time_series import alignment_kernel, dtw, shape_distance, soft_dtw
from ...core.time_series.chunk_pool import ChunkPool
from .settings import ALIGNMENT_KERNEL, DTW, EUCLIDEAN, K_SHAPE, SOFT_DTW, ClusteringSettings

CHUNK, KERNEL_CHUNK = 512, 64


def distances_to(
    series: np.ndarray, centres: np.ndarray, settings: ClusteringSettings, pool: ChunkPool | None = None
) -> np.ndarray:
    """Distances of prepared series to centres, as k-means compares them.

    Args:
        series: float64 ``(n, dates, variables)``.
        centres: float64 ``(k, dates, variables)``.
        settings: method Euclidean, DTW, soft-DTW (which may be negative) or k-shape.
        pool: threads; None for the calling one.

    Returns:
        float64 ``(n, k)``.
    """
    result = np.empty((len(series), len(centres)))

    def fill(chunk: slice) -> None:
        result[chunk] = _distances(series[chunk], centres, settings)

    (pool or ChunkPool(1)).map_chunks(fill, len(series), CHUNK)
    return result


def pairwise_distances(
    series: np.ndarray, settings: ClusteringSettings, sigma: float = 1.0, pool: ChunkPool | None = None
) -> np.ndarray:
    """Distances between all prepared series as float64 ``(n, n)``, symmetric, 0 on the diagonal.

    Soft-DTW is normalised (0 for equal series), as tslearn does for silhouettes; the alignment kernel gives the
    distance in its feature space, ``sqrt(2 - 2 kernel)``.
    """
    if settings.method == ALIGNMENT_KERNEL:
        kernel = kernel_matrix(series, series, sigma, pool)
        matrix = np.sqrt(np.maximum(2.0 - 2.0 * kernel, 0.0))
    else:
        matrix = distances_to(series, series, settings, pool)
        if settings.method == SOFT_DTW:
            own = matrix.diagonal().copy()
            matrix -= 0.5 * (own[:, None] + own[None, :])
    matrix = 0.5 * (matrix + matrix.T)
    np.fill_diagonal(matrix, 0.0)
    return matrix


def kernel_matrix(
    series: np.ndarray,
    others: np.ndarray,
    sigma: float,
    pool: ChunkPool | None = None,
    feedback: Feedback | None = None,
) -> np.ndarray:
    """The normalised alignment kernel, float64 ``(n, m)``. Cancelling raises CancelledError."""
    pool, feedback = pool or ChunkPool(1), feedback or Feedback()
    result = np.empty((len(series), len(others)))
    own = np.concatenate(
        pool.map_chunks(lambda chunk: alignment_kernel.log_self_kernel(others[chunk], sigma), len(others), CHUNK)
    )

    def fill(chunk: slice) -> None:
        feedback.check()
        first = chunk.start if others is series else 0  # of all with all, one half is the other's mirror
        result[chunk, first:] = alignment_kernel.alignment_kernel(series[chunk], others[first:], sigma, own[first:])
        if others is series:
            result[chunk.stop :, chunk] = result[chunk, chunk.stop :].T

    pool.map_chunks(fill, len(series), KERNEL_CHUNK)
    return result


def _distances(series: np.ndarray, centres: np.ndarray, settings: ClusteringSettings) -> np.ndarray:
    if settings.method == EUCLIDEAN:
        return cdist(series.reshape(len(series), -1), centres.reshape(len(centres), -1), metric="euclidean")
    if settings.method == DTW:
        return dtw.dtw_distances(series, centres, settings.radius)
    if settings.method == SOFT_DTW:
        return soft_dtw.soft_dtw_distances(series, centres, settings.gamma, settings.radius)
    assert settings.method == K_SHAPE, settings.method
    return shape_distance.shape_distances(series, centres)
