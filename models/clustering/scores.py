"""How good a clustering is, by the distance it was made with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from sklearn.metrics import adjusted_rand_score, silhouette_score

from ...core.time_series.chunk_pool import ChunkPool
from ...core.time_series.soft_dtw import soft_dtw_self_distances
from .clustering import Clustering
from .distances import distances_to, kernel_matrix, pairwise_distances
from .settings import SOFT_DTW

SILHOUETTE_SAMPLE = 1000


def silhouette(
    values: np.ndarray,
    labels: np.ndarray,
    clustering: Clustering,
    sample: int = SILHOUETTE_SAMPLE,
    seed: int = 0,
    threads: int | None = None,
) -> float:
    """Mean silhouette of a random sample of series, -1 to 1, by the clustering's distance.

    Euclidean, DTW and normalised soft-DTW distances as tslearn's ``silhouette_score`` takes them; k-shape by its
    shape-based distance, the alignment kernel by the distance in its feature space.

    Args:
        values: ``(n, dates, variables)`` as for :func:`clustering.assign`.
        labels: ``(n,)`` their labels; those with 0 are left out.
        clustering: gives distance and preparation.
        sample: at most so many series are compared with each other; the same ones as scikit-learn draws.
        seed: of the sample.
        threads: all processors if None.

    Returns:
        NaN where fewer than two clusters occur in the sample, or each series is a cluster of its own.

    Source: Rousseeuw (1987), Silhouettes, Journal of Computational and Applied Mathematics 20, 53-65.
    """
    labels = np.asarray(labels)
    rows = np.flatnonzero(labels > 0)
    if len(rows) > sample:
        rows = rows[np.random.RandomState(seed).permutation(len(rows))[:sample]]
    found = len(np.unique(labels[rows]))
    if not 1 < found < len(rows):
        return float("nan")
    series, _ = clustering.preparation.apply(values[rows])
    with ChunkPool(threads) as pool:
        matrix = pairwise_distances(series, clustering.settings, _sigma(clustering), pool)
    np.maximum(matrix, 0.0, out=matrix)  # equal series may come out as -1e-16
    return float(silhouette_score(matrix, labels[rows], metric="precomputed"))


def davies_bouldin(values: np.ndarray, labels: np.ndarray, clustering: Clustering, threads: int | None = None) -> float:
    """The Davies-Bouldin index by the clustering's distance: how wide clusters are for how far apart; less is better.

    Mean over clusters of the largest ``(s_i + s_j) / d_ij``, where s is the mean distance of a cluster's series to its
    centre and d the distance of two centres. By Euclidean distance it is scikit-learn's ``davies_bouldin_score``, if
    the centres are the means of these series. Soft-DTW is normalised; with the alignment kernel distances are those to
    the means of the references in the feature space.

    Args:
        values: ``(n, dates, variables)`` as for :func:`clustering.assign`.
        labels: ``(n,)`` their labels; those with 0 are left out.
        clustering: gives centres, distance and preparation.
        threads: all processors if None.

    Returns:
        NaN where fewer than two clusters occur; infinite where two centres are at the distance 0.

    Source: Davies and Bouldin (1979), A cluster separation measure, IEEE PAMI 1, 224-227.
    """
    labels = np.asarray(labels)
    rows = np.flatnonzero(labels > 0)
    present = np.unique(labels[rows]) - 1
    if len(present) < 2:
        return float("nan")
    series, _ = clustering.preparation.apply(values[rows])
    with ChunkPool(threads) as pool:
        own, between = _to_own_and_between(series, labels[rows] - 1, clustering, pool)
    widths = np.array([own[labels[rows] - 1 == k].mean() for k in present])
    apart = between[np.ix_(present, present)]
    np.fill_diagonal(apart, np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = (widths[:, None] + widths[None, :]) / apart
    return float(np.nan_to_num(ratios, nan=0.0, posinf=np.inf).max(axis=1).mean())


def agreement(labels: Sequence[np.ndarray]) -> float:
    """Mean adjusted Rand index between all pairs of labellings ``(n,)`` of the same series, at least two."""
    known = labels[0] > 0
    return float(np.mean([adjusted_rand_score(one[known], other[known]) for one, other in combinations(labels, 2)]))


def _to_own_and_between(
    series: np.ndarray, labels: np.ndarray, clustering: Clustering, pool: ChunkPool
) -> tuple[np.ndarray, np.ndarray]:
    """Distance of each series to its own centre ``(n,)``, and of the centres to each other ``(k, k)``."""
    settings, rows = clustering.settings, np.arange(len(series))
    references = clustering.references
    if references is not None:
        averaging = references.averaging()
        own = kernel_matrix(references.series, references.series, references.sigma, pool)
        between = averaging.T @ own @ averaging  # products of the clusters' means in the feature space
        norms = between.diagonal()
        to_means = kernel_matrix(series, references.series, references.sigma, pool) @ averaging
        squares = 1.0 - 2.0 * to_means[rows, labels] + norms[labels]
        return _root(squares), _root(norms[:, None] + norms[None, :] - 2.0 * between)
    to_own = distances_to(series, clustering.centres, settings, pool)[rows, labels]
    between = distances_to(clustering.centres, clustering.centres, settings, pool)
    if settings.method == SOFT_DTW:
        norms = between.diagonal().copy()
        to_own = to_own - 0.5 * (soft_dtw_self_distances(series, settings.gamma, settings.radius) + norms[labels])
        between = between - 0.5 * (norms[:, None] + norms[None, :])
    return np.maximum(to_own, 0.0), np.maximum(0.5 * (between + between.T), 0.0)


def _root(squares: np.ndarray) -> np.ndarray:
    return np.sqrt(np.maximum(squares, 0.0))


def _sigma(clustering: Clustering) -> float:
    return 1.0 if clustering.references is None else clustering.references.sigma
