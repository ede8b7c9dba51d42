"""Kernel k-means: clusters in the feature space of the global alignment kernel, as tslearn finds them.

A cluster has no centre that could be written down: the distance of a series to it is taken from the kernel with all its
members. To assign new series at a bounded cost, a few members stand for each cluster.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from ...core.time_series.alignment_kernel import estimate_sigma
from ...core.time_series.chunk_pool import ChunkPool
from .distances import kernel_matrix
from .kmeans import LEAST_ATTEMPTS, EmptyClusterError
from .settings import ClusteringSettings

MOST_SERIES = 5000
"""The kernel is computed between all of them: 25 million alignments, 200 MB."""


@dataclass(frozen=True)
class KernelReferences:
    """The training series that stand for the clusters.

    Attributes:
        series: prepared, float64 ``(m, dates, variables)``.
        clusters: int64 ``(m,)``, 0 to k - 1.
        sigma: bandwidth of the kernel.
    """

    series: np.ndarray
    clusters: np.ndarray
    sigma: float

    def averaging(self) -> np.ndarray:
        """``(m, k)``: multiplied by it, the kernel to the references gives its mean over each cluster's."""
        member = self.clusters[:, None] == np.arange(self.clusters.max() + 1)[None, :]
        return member / member.sum(axis=0)

    def distances(self, series: np.ndarray, pool: ChunkPool | None = None) -> np.ndarray:
        """``2 - 2 × mean kernel`` to each cluster, float64 ``(n, k)``, tslearn's measure: 0 to 2."""
        return 2.0 - 2.0 * kernel_matrix(series, self.series, self.sigma, pool) @ self.averaging()


@dataclass(frozen=True)
class KernelRun:
    """The best run: labels int64 ``(n,)`` from 0, sum of distances to the own cluster, rounds, and the references."""

    labels: np.ndarray
    distances: np.ndarray
    inertia: float
    iterations: int
    references: KernelReferences


def kernel_kmeans(series: np.ndarray, settings: ClusteringSettings, pool: ChunkPool, feedback: Feedback) -> KernelRun:
    """Cluster prepared series, float64 ``(n, dates, variables)``.

    Raises:
        ChronocoverError: too many series, series that are all alike, or a cluster empty in each of the runs.
    """
    if len(series) > MOST_SERIES:
        raise ChronocoverError(
            f"The global alignment kernel compares all series with each other: {len(series):,} are too many. Take a "
            f"sample of at most {MOST_SERIES:,}."
        )
    random = np.random.RandomState(settings.seed)
    sigma = estimate_sigma(series, random) if settings.sigma is None else settings.sigma
    if not sigma > 0:
        raise ChronocoverError(
            "The sigma of the global alignment kernel cannot be estimated: most of the series' values are equal. "
            "Give a sigma, or choose another method."
        )
    kernel = kernel_matrix(series, series, sigma, pool, feedback)
    best, inertia, rounds, done = None, np.inf, 0, 0
    for _ in range(max(settings.restarts, LEAST_ATTEMPTS)):
        feedback.check()
        try:
            found = _run(kernel, settings, random)
        except EmptyClusterError:
            continue
        if found[1] < inertia:
            best, inertia, rounds = found
        done += 1
        feedback.progress(done / settings.restarts)
        if done == settings.restarts:
            break
    if best is None:
        raise ChronocoverError(
            f"With the global alignment kernel one of the {settings.clusters} clusters always became empty. Ask for "
            f"fewer clusters, or give a smaller sigma than {sigma:.4g}."
        )
    distances = _distances(kernel, best, settings.clusters)
    chosen = np.concatenate([_herd(kernel, np.flatnonzero(best == k), settings.references) for k in np.unique(best)])
    references = KernelReferences(series[chosen], best[chosen], float(sigma))
    return KernelRun(best, distances[np.arange(len(series)), best], inertia, rounds, references)


def _run(kernel: np.ndarray, settings: ClusteringSettings, random: np.random.RandomState) -> tuple:
    labels = random.randint(settings.clusters, size=len(kernel))
    before, inertia, rounds = np.inf, np.inf, 0
    while rounds < settings.iterations:
        rounds += 1
        distances = _distances(kernel, labels, settings.clusters)
        labels = distances.argmin(axis=1)
        if not np.bincount(labels, minlength=settings.clusters).all():
            raise EmptyClusterError
        inertia = float(distances.min(axis=1).sum())
        if abs(before - inertia) < settings.tolerance:
            break
        before = inertia
    return labels, inertia, rounds


def _distances(kernel: np.ndarray, labels: np.ndarray, clusters: int) -> np.ndarray:
    member = (labels[:, None] == np.arange(clusters)[None, :]).astype(np.float64)
    counts = member.sum(axis=0)
    if not counts.all():
        raise EmptyClusterError
    return 2.0 - 2.0 * (kernel @ member) / counts


def _herd(kernel: np.ndarray, members: np.ndarray, count: int) -> np.ndarray:
    """The members whose mean in the feature space comes nearest to that of all, taken greedily.

    Chen, Welling and Smola (2010), Super-samples from kernel herding.
    """
    if len(members) <= count:
        return members
    own = kernel[np.ix_(members, members)]
    gain, chosen = own.mean(axis=0), []
    taken = np.zeros(len(members))
    for step in range(count):
        score = gain - taken / (step + 1)
        score[chosen] = -np.inf
        chosen.append(int(score.argmax()))
        taken += own[chosen[-1]]
    return members[np.sort(chosen)]
