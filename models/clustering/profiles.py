"""What the pixels of each cluster look like over time: mean of all, percentiles of many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np

from ...core.samples.selection import random_keys

LOW, HIGH = 10, 90  # percentiles
MOST_ROWS = 5000  # random pixels of a cluster, of which the percentiles are taken
FEWEST_ROWS = 100
LATEST = np.iinfo(np.uint64).max


@dataclass(frozen=True)
class ClusterProfiles:
    """Curves of clusters in physical units, gaps filled; all float64 ``(k, dates, variables)``, NaN for an empty one.

    ``mean`` is of all pixels, ``low`` and ``high`` are the 10th and 90th percentile of ``rows`` ``(k,)`` of them: all,
    or random ones where a cluster has more than fit into memory.
    """

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    rows: np.ndarray

    def describe(self, pixels: np.ndarray, things: str = "pixels") -> str:
        """One sentence on what the percentiles are of; ``pixels`` ``(k,)`` are those of each cluster."""
        if (self.rows >= pixels).all():
            return f"Means and percentiles are of all {things}."
        return f"Means are of all {things}, percentiles of {int(self.rows.max()):,} random {things} a cluster at most."


def profiles_of(values: np.ndarray, labels: np.ndarray, clusters: int) -> ClusterProfiles:
    """The profiles of series ``(n, dates, variables)``, without gaps, with labels 1 to k; 0 is left out."""
    shape = (clusters, *values.shape[1:])
    mean, low, high = (np.full(shape, np.nan) for _ in range(3))
    rows = np.zeros(clusters, dtype=np.int64)
    for k in range(clusters):
        own = values[labels == k + 1].astype(np.float64)
        rows[k] = len(own)
        if len(own):
            mean[k] = own.mean(axis=0)
            low[k], high[k] = np.percentile(own, (LOW, HIGH), axis=0)
    return ClusterProfiles(mean, low, high, rows)


class ProfileObserver:
    """Gathers profiles while pixels are mapped (see :class:`models.pixel_mapping.PixelObserver`), in bounded memory.

    Of each cluster it keeps the pixels with the lowest random keys, so that the result does not depend on blocks or
    threads.
    """

    def __init__(self, clusters: int, dates: int, variables: int, memory_bytes: int, seed: int = 0) -> None:
        self._shape = (dates, variables)
        self.bytes_per_pixel = 4 * dates * variables + 16
        fitting = memory_bytes // (4 * clusters * self.bytes_per_pixel)  # twice what is kept, and once more to sort
        self._kept = int(np.clip(fitting, FEWEST_ROWS, MOST_ROWS))
        self._seed = seed
        self._sums = np.zeros((clusters, dates * variables))
        self._counts = np.zeros(clusters, dtype=np.int64)
        self._limits = np.full(clusters, LATEST, dtype=np.uint64)
        self._lowest = [np.zeros(0, dtype=np.uint64)] * clusters  # keys that were seen here
        self._parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        self._size = 0

    def look(self, pixels: np.ndarray, values: np.ndarray, codes: np.ndarray) -> Any:
        """Sums and numbers by cluster, and the pixels that may be among those to keep."""
        flat = np.ascontiguousarray(values.reshape(len(values), -1))
        clusters = np.asarray(codes, dtype=np.int64) - 1
        sums, counts = np.zeros(self._sums.shape), np.zeros(len(self._counts), dtype=np.int64)
        _add_up(flat, clusters, sums, counts)
        keys = random_keys(pixels, self._seed)
        kept = np.flatnonzero((keys <= self._limits[clusters]) & (clusters >= 0))
        self._lower_limits(keys[kept], clusters[kept])
        return sums, counts, (keys[kept], clusters[kept], flat[kept])

    def _lower_limits(self, keys: np.ndarray, clusters: np.ndarray) -> None:
        """Let through less from now on: on another computer, where nothing is gathered, nothing else lowers limits.

        Threads may overwrite what others found. That lets more through than needed, and changes no result.
        """
        limits = self._limits.copy()
        for cluster in np.unique(clusters):
            lowest = np.concatenate([self._lowest[cluster], keys[clusters == cluster]])
            if len(lowest) >= self._kept:
                lowest = np.partition(lowest, self._kept - 1)[: self._kept]
                limits[cluster] = min(limits[cluster], lowest.max())
            self._lowest[cluster] = lowest
        self._limits = limits

    def gather(self, findings: Any) -> None:
        """Add what :meth:`look` found."""
        sums, counts, found = findings
        self._sums += sums
        self._counts += counts
        self._parts.append(found)
        self._size += len(found[0])
        if self._size > 2 * self._kept * len(self._counts):
            self._prune()

    def _prune(self) -> None:
        keys, clusters, values = (np.concatenate(arrays) for arrays in zip(*self._parts))
        limits, chosen = self._limits.copy(), []
        for cluster in range(len(self._counts)):
            own = np.flatnonzero(clusters == cluster)
            if len(own) > self._kept:
                own = own[np.argpartition(keys[own], self._kept - 1)[: self._kept]]
                limits[cluster] = keys[own].max()
            chosen.append(own)
        rows = np.concatenate(chosen)
        self._parts = [(keys[rows], clusters[rows], values[rows])]
        self._size = len(rows)
        self._limits = limits  # one assignment: worker threads read it

    def profiles(self) -> ClusterProfiles:
        """The profiles of all that was gathered."""
        if not self._parts:
            return profiles_of(np.zeros((0, *self._shape)), np.zeros(0), len(self._counts))
        self._prune()
        _, clusters, values = self._parts[0]
        found = profiles_of(values.reshape(-1, *self._shape), clusters + 1, len(self._counts))
        with np.errstate(invalid="ignore"):
            mean = (self._sums / self._counts[:, None]).reshape(-1, *self._shape)
        return ClusterProfiles(mean, found.low, found.high, found.rows)


@numba.njit(cache=True, nogil=True)
def _add_up(values: np.ndarray, clusters: np.ndarray, sums: np.ndarray, counts: np.ndarray) -> None:
    """Add rows ``(n, columns)`` to their clusters' sums; a row of cluster -1 is left out."""
    for row in range(len(values)):
        cluster = clusters[row]
        if cluster >= 0:
            counts[cluster] += 1
            for column in range(values.shape[1]):
                sums[cluster, column] += values[row, column]
