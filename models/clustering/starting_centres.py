"""Where a run of k-means starts: the same draws as tslearn's for the same seed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from sklearn.cluster import kmeans_plusplus

from ...core.time_series.chunk_pool import ChunkPool
from .distances import distances_to
from .settings import EUCLIDEAN, K_SHAPE, RANDOM, ClusteringSettings


def draw_starting_centres(
    series: np.ndarray, settings: ClusteringSettings, random: np.random.RandomState, pool: ChunkPool
) -> np.ndarray:
    """Starting centres ``(k, dates, variables)`` among prepared series ``(n, dates, variables)``."""
    if settings.start == RANDOM or settings.method == K_SHAPE:
        return series[random.choice(len(series), settings.clusters, replace=False)].copy()
    if settings.method == EUCLIDEAN:
        flat = series.reshape(len(series), -1)
        squares = np.einsum("ij,ij->i", flat, flat)
        centres, _ = kmeans_plusplus(flat, settings.clusters, x_squared_norms=squares, random_state=random)
        return centres.reshape(-1, *series.shape[1:])
    return _plus_plus(
        series, settings.clusters, random, lambda candidates: distances_to(series, candidates, settings, pool).T
    )


def _plus_plus(
    series: np.ndarray,
    clusters: int,
    random: np.random.RandomState,
    distances: Callable[[np.ndarray], np.ndarray],
) -> np.ndarray:
    """k-means++: each next centre is drawn in proportion to the squared distance to the nearest one so far, the best
    of a few candidates. Arthur and Vassilvitskii (2007), k-means++: the advantages of careful seeding."""
    trials = 2 + int(np.log(clusters))
    chosen = [random.randint(len(series))]
    nearest = distances(series[chosen[:1]])[0] ** 2
    for _ in range(1, clusters):
        draws = random.random_sample(trials) * nearest.sum()
        candidates = np.searchsorted(np.cumsum(nearest), draws)
        candidates = np.minimum(candidates, len(series) - 1)
        closer = np.minimum(nearest, distances(series[candidates]) ** 2)
        best = int(np.argmin(closer.sum(axis=1)))
        nearest = closer[best]
        chosen.append(int(candidates[best]))
    return series[chosen].copy()
