"""Clustering pixels' time series: learn clusters from a sample, and assign any series to them.

How to use it::

    settings = ClusteringSettings(method="dtw", clusters=6, radius=3, scaling="z-score")
    clustering = fit(values, settings, days, feedback=feedback)     # values (n, dates, variables), physical units, NaN
    clustering.labels                                               # int32 (n,): 1 to k; 0: a variable never observed
    labels, distances = assign(other_values, clustering)            # thread-safe, for blocks of a scene

Labels are 1 to k in all results; 0 means none. ``centres[i]`` belongs to the label ``i + 1``. The numbers have no
order: they are those of the starting centres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from ...core.labels.legend import Legend
from ...core.time_series.chunk_pool import ChunkPool
from ...core.time_series.dtw import nearest_by_dtw
from ...core.time_series.euclidean import nearest_by_euclid
from .distances import distances_to
from .kernel_kmeans import KernelReferences, kernel_kmeans
from .kmeans import best_run, check_distinct
from .preparation import Preparation
from .settings import ALIGNMENT_KERNEL, DTW, EUCLIDEAN, SOFT_DTW, ClusteringSettings

CHUNK = 4096
"""Series prepared and assigned at once: what fits into a core's cache with its intermediate results."""


@dataclass(frozen=True)
class Clustering:
    """Clusters of series.

    Attributes:
        settings: what was asked for.
        days: the day of each date, ascending.
        centres: float64 ``(k, dates, variables)``, prepared as the distance sees series (scaled, smoothed). With the
            global alignment kernel, whose clusters have no centres, the mean of each cluster's prepared series.
        inertia: mean squared distance of the training series to their centres (global alignment kernel: the sum of
            ``2 - 2 × kernel``), as tslearn has it.
        iterations: rounds of the best run.
        loss: what restarts were compared by, less is better: the inertia, but the mean distance by soft-DTW, whose
            distances may be negative. NaN if read from a file.
        references: what stands for the clusters with the global alignment kernel, else None.
        labels: int32 ``(n,)`` of the training series, 1 to k, 0 none.
        distances: float32 ``(n,)`` of the training series to their centres, NaN where the label is 0.
    """

    settings: ClusteringSettings
    days: tuple[int, ...]
    centres: np.ndarray
    inertia: float
    iterations: int
    references: KernelReferences | None = None
    labels: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int32), repr=False)
    distances: np.ndarray = field(default_factory=lambda: np.zeros(0, np.float32), repr=False)
    loss: float = math.nan

    @property
    def clusters(self) -> int:
        """How many clusters there are."""
        return len(self.centres)

    @property
    def preparation(self) -> Preparation:
        """What is done to series before distances are taken."""
        return Preparation.of(self.settings, self.days)


def fit(
    values: np.ndarray,
    settings: ClusteringSettings,
    days: np.ndarray | tuple[int, ...],
    *,
    initial: np.ndarray | None = None,
    threads: int | None = None,
    feedback: Feedback | None = None,
) -> Clustering:
    """Find clusters.

    The same series, settings and seed give the same clusters, whatever the threads.

    Args:
        values: float32 or float64 ``(n, dates, variables)``, physical units; NaN is missing and filled linearly in
            time. A series of which a variable was never observed takes no part.
        settings: method and options.
        days: ``(dates,)`` the day of each date, strictly ascending.
        initial: starting centres ``(k, dates, variables)``, prepared; one run is made from them. None: drawn.
        threads: all processors if None.
        feedback: progress, cancelling.

    Raises:
        ChronocoverError: an option is out of range, no complete series is there, fewer differ than clusters are
            wanted, or the method finds no clustering.
        CancelledError: the user cancelled.
    """
    feedback = feedback or Feedback()
    settings.check()
    days = tuple(int(day) for day in days)
    if values.ndim != 3 or values.shape[1] != len(days):
        raise ChronocoverError(f"The series have the shape {values.shape}, which does not fit {len(days)} dates.")
    prepared, complete = Preparation.of(settings, days).apply(values)
    if not complete.any():
        raise ChronocoverError(
            f"None of the {len(values):,} series has an observation of every variable. Leave out variables without "
            "data, or choose another area."
        )
    series = np.ascontiguousarray(prepared[complete])
    check_distinct(series, settings.clusters)
    _check_initial(initial, settings, series)
    references = None
    with ChunkPool(threads) as pool:
        if settings.method == ALIGNMENT_KERNEL:
            run = kernel_kmeans(series, settings, pool, feedback)
            found, nearest, references, loss = run.labels, run.distances, run.references, run.inertia
            centres = np.stack([series[found == k].mean(axis=0) for k in range(settings.clusters)])
        else:
            run = best_run(series, settings, initial, pool, feedback)
            centres, loss = run.centres, run.loss
            distances = distances_to(series, centres, settings, pool)
            found = distances.argmin(axis=1)
            nearest = distances[np.arange(len(series)), found]
    empty = settings.clusters - len(np.unique(found))
    if empty:
        feedback.warning(
            f"{empty} of the {settings.clusters} clusters have no series: too few differ by this distance. "
            "Ask for fewer clusters."
        )
    if settings.method == SOFT_DTW and loss < 0:
        feedback.warning(
            f"A gamma of {settings.gamma:g} smooths more than these series differ: their soft-DTW distances are below "
            "0 on average, and clusters may blur. Try a tenth of it."
        )
    labels, all_distances = np.zeros(len(values), np.int32), np.full(len(values), np.nan, np.float32)
    labels[complete], all_distances[complete] = found + 1, nearest
    return Clustering(settings, days, centres, run.inertia, run.iterations, references, labels, all_distances, loss)


def assign(values: np.ndarray, clustering: Clustering) -> tuple[np.ndarray, np.ndarray]:
    """Assign series to clusters, in the calling thread without the interpreter's lock in the heavy parts.

    Args:
        values: float32 or float64 ``(n, dates, variables)`` on the clustering's days and in its order of variables,
            physical units; NaN is missing and filled as in training.
        clustering: from :func:`fit` or :func:`storing.open_clustering`.

    Returns:
        Labels int32 ``(n,)``, 1 to k, 0 where a variable was never observed; and float32 ``(n,)`` distances to the
        own centre, NaN there. With the global alignment kernel the distance is ``2 - 2 × mean kernel`` to the cluster's
        references.

    Raises:
        ChronocoverError: the values have another number of dates or variables.
    """
    expected = clustering.centres.shape[1:]
    if values.ndim != 3 or values.shape[1:] != expected:
        raise ChronocoverError(
            f"The clustering takes {expected[0]} dates × {expected[1]} variables, "
            f"but got values of the shape {values.shape}."
        )
    preparation = clustering.preparation
    labels, distances = np.zeros(len(values), np.int32), np.full(len(values), np.nan, np.float32)
    if clustering.settings.method == EUCLIDEAN and preparation.is_gap_filling and len(values):
        # Complete series need no preparation. Going over the values once instead of four times is worth a case.
        nearest, measured = nearest_by_euclid(values, clustering.centres)
        labels[:], distances[:] = nearest + 1, measured
        rows = np.flatnonzero(~np.isfinite(measured))
        if len(rows):
            prepared, complete = preparation.apply(values[rows])
            nearest, measured = _nearest(prepared, clustering)
            labels[rows] = np.where(complete, nearest + 1, 0)
            distances[rows] = np.where(complete, measured, np.nan)
        return labels, distances
    for start in range(0, len(values), CHUNK):
        part = slice(start, start + CHUNK)
        prepared, complete = preparation.apply(values[part])
        nearest, measured = _nearest(prepared, clustering)
        labels[part] = np.where(complete, nearest + 1, 0)
        distances[part] = np.where(complete, measured, np.nan)
    return labels, distances


def cluster_legend(clusters: int) -> Legend:
    """“Cluster 1” to “Cluster k” with distinct colours."""
    return Legend.of_codes({f"Cluster {number}": number for number in range(1, clusters + 1)})


def _nearest(series: np.ndarray, clustering: Clustering) -> tuple[np.ndarray, np.ndarray]:
    settings = clustering.settings
    if settings.method == EUCLIDEAN:
        return nearest_by_euclid(series, clustering.centres)
    if settings.method == DTW:
        return nearest_by_dtw(series, clustering.centres, settings.radius)
    if clustering.references is not None:
        distances = clustering.references.distances(series)
    else:
        distances = distances_to(series, clustering.centres, settings)
    nearest = distances.argmin(axis=1)
    return nearest, distances[np.arange(len(series)), nearest]


def _check_initial(initial: np.ndarray | None, settings: ClusteringSettings, series: np.ndarray) -> None:
    if initial is None:
        return
    if settings.method == ALIGNMENT_KERNEL:
        raise ChronocoverError("Kernel k-means takes no starting centres: its clusters have none.")
    if initial.shape != (settings.clusters, *series.shape[1:]):
        raise ChronocoverError(
            f"The starting centres have the shape {initial.shape} instead of "
            f"{(settings.clusters, *series.shape[1:])} (clusters, dates, variables)."
        )
