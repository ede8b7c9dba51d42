"""Clusters of samples, and how they go with the samples' classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.metrics import adjusted_rand_score

from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from ...core.samples.samples import Samples
from ...core.samples.selection import random_keys
from ...core.time_series.filling import fill_gaps
from .clustering import Clustering, assign, fit
from .mapping import days_of
from .profiles import ClusterProfiles, profiles_of
from .scores import silhouette
from .settings import ClusteringSettings


@dataclass(frozen=True)
class SampleClusters:
    """Samples and their clusters.

    Attributes:
        samples: those given, with the variables that were used.
        labels: int32 ``(n,)`` 1 to k, 0 where a variable was never observed.
        clustering: what they were assigned by.
        learnt_from: number of samples that it was learnt from.
        silhouette: mean silhouette of a sample of them, NaN if there is none.
        profiles: of the clusters.
        counts: int64 ``(k, classes)``: samples of each class of the legend in each cluster.
        rand_index: adjusted Rand index of clusters and classes: 1 if they are the same groups, 0 as if by chance.
    """

    samples: Samples
    labels: np.ndarray
    clustering: Clustering
    learnt_from: int
    silhouette: float
    profiles: ClusterProfiles
    counts: np.ndarray
    rand_index: float


def with_variables(samples: Samples, names: Sequence[str]) -> Samples:
    """The samples with only the variables named, in this order; all if none is.

    Raises:
        ChronocoverError: a name is not among them.
    """
    chosen = list(dict.fromkeys(names)) or samples.variables
    unknown = [name for name in chosen if name not in samples.variables]
    if unknown:
        raise ChronocoverError(
            f"The samples have no variable {', '.join(unknown)}. They have: {', '.join(samples.variables)}."
        )
    positions = [samples.variables.index(name) for name in chosen]
    return replace(samples, values=samples.values[:, :, positions], variables=chosen)


def draw_samples(samples: Samples, size: int, seed: int) -> np.ndarray:
    """Bool ``(n,)``: at most ``size`` random samples of which every variable was observed at least once."""
    complete = np.flatnonzero(np.isfinite(samples.values).any(axis=1).all(axis=1))
    chosen = np.zeros(len(samples), dtype=bool)
    chosen[complete[np.argsort(random_keys(complete, seed), kind="stable")[:size]]] = True
    return chosen


def cluster_samples(
    samples: Samples,
    settings: ClusteringSettings,
    sample_size: int,
    threads: int | None = None,
    feedback: Feedback | None = None,
) -> SampleClusters:
    """Find clusters of samples, and assign every sample to one.

    Args:
        samples: with the variables to use.
        settings: method and options.
        sample_size: learn from so many random samples at most.
        threads: all processors if None.
        feedback: messages, progress, cancelling.

    Raises:
        ChronocoverError: see :func:`clustering.fit`.
        CancelledError: the user cancelled.
    """
    feedback = feedback or Feedback()
    days = days_of(samples.dates)
    learning = draw_samples(samples, sample_size, settings.seed)
    if not learning.any():
        raise ChronocoverError(
            "None of the samples has an observation of every variable. Leave out variables without data."
        )
    number = int(learning.sum())
    feedback.info(f"Learning from {number:,} of {len(samples):,} samples.")
    clustering = fit(samples.values[learning], settings, days, threads=threads, feedback=feedback.part(0.0, 0.8))
    labels = np.zeros(len(samples), np.int32)
    labels[learning] = clustering.labels
    labels[~learning] = assign(samples.values[~learning], clustering)[0]
    feedback.check()
    score = silhouette(samples.values, labels, clustering, seed=settings.seed, threads=threads)
    codes, known = samples.codes, labels > 0
    counts = np.zeros((clustering.clusters, len(samples.legend)), dtype=np.int64)
    np.add.at(counts, (labels[known] - 1, np.searchsorted(samples.legend.codes, codes[known])), 1)
    filled = fill_gaps(samples.values, np.array(days))
    return SampleClusters(
        samples=samples,
        labels=labels,
        clustering=clustering,
        learnt_from=number,
        silhouette=score,
        profiles=profiles_of(filled, labels, clustering.clusters),
        counts=counts,
        rand_index=float(adjusted_rand_score(codes[known], labels[known])),
    )
