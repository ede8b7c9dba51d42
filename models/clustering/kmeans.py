"""The rounds of k-means and k-shape: assign every series to the nearest centre, replace every centre by the centre of
its series. The order of steps and the rules for stopping are tslearn's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from ...core.time_series import dtw, soft_dtw
from ...core.time_series.chunk_pool import ChunkPool
from ...core.time_series.scaling import to_z_scores
from ...core.time_series.shape_distance import shape_centre
from .distances import distances_to
from .settings import DTW, EUCLIDEAN, K_SHAPE, SOFT_DTW, ClusteringSettings
from .starting_centres import draw_starting_centres

LEAST_ATTEMPTS = 10


class EmptyClusterError(Exception):
    """A cluster lost all its series."""


@dataclass(frozen=True)
class Run:
    """One run: centres ``(k, dates, variables)``, mean of squared distances to the nearest one, rounds taken.

    ``loss`` is what runs are compared by, less is better: the inertia, but the mean distance by soft-DTW. Its distances
    may be negative, and their squares then grow as series come nearer.
    """

    centres: np.ndarray
    inertia: float
    loss: float
    iterations: int


def best_run(
    series: np.ndarray,
    settings: ClusteringSettings,
    initial: np.ndarray | None,
    pool: ChunkPool,
    feedback: Feedback,
) -> Run:
    """The run of least loss out of the restarts that were asked for.

    A run in which a cluster becomes empty is drawn again, up to 10 runs in all or as many as there are restarts. If
    all are such, one more is made in which an empty cluster takes the series that is farthest from its centre.

    Args:
        series: prepared, float64 ``(n, dates, variables)``.
        settings: any method but the alignment kernel.
        initial: starting centres ``(k, dates, variables)``, or None to draw them.
        pool: threads.
        feedback: progress, cancelling.
    """
    random = np.random.RandomState(settings.seed)
    attempts = 1 if initial is not None else max(settings.restarts, LEAST_ATTEMPTS)
    wanted = 1 if initial is not None else settings.restarts
    best, done = None, 0
    run = _shape_run if settings.method == K_SHAPE else _run
    for _ in range(attempts):
        part = feedback.part(done / wanted, (done + 1) / wanted)
        try:
            found = run(series, settings, _start(series, settings, initial, random, pool), pool, part, refill=False)
        except EmptyClusterError:
            continue
        if best is None or found.loss < best.loss:
            best = found
        done += 1
        if done == wanted:
            break
    if best is None:
        start = _start(series, settings, initial, random, pool)
        best = run(series, settings, start, pool, feedback, refill=True)
    feedback.progress(1.0)
    return best


def _start(
    series: np.ndarray,
    settings: ClusteringSettings,
    initial: np.ndarray | None,
    random: np.random.RandomState,
    pool: ChunkPool,
) -> np.ndarray:
    return draw_starting_centres(series, settings, random, pool) if initial is None else initial.copy()


def _run(
    series: np.ndarray,
    settings: ClusteringSettings,
    centres: np.ndarray,
    pool: ChunkPool,
    feedback: Feedback,
    refill: bool,
) -> Run:
    before, inertia, loss, rounds = np.inf, np.inf, np.inf, 0
    for rounds in range(1, settings.iterations + 1):
        feedback.check()
        labels, nearest = _assign(series, centres, settings, pool, refill)
        inertia = _mean_square(nearest)
        loss = float(nearest.mean()) if settings.method == SOFT_DTW else inertia
        centres = _centres_of(series, labels, centres, settings, pool, feedback)
        feedback.progress(rounds / settings.iterations)
        if abs(before - inertia) < settings.tolerance:
            break
        before = inertia
    return Run(centres, inertia, loss, rounds)


def _shape_run(
    series: np.ndarray,
    settings: ClusteringSettings,
    centres: np.ndarray,
    pool: ChunkPool,
    feedback: Feedback,
    refill: bool,
) -> Run:
    """As :func:`_run`, but a round that does not make the inertia smaller is taken back."""
    labels, nearest = _assign(series, centres, settings, pool, refill)
    inertia, before, rounds = _mean_square(nearest), np.inf, 0
    for rounds in range(1, settings.iterations + 1):
        feedback.check()
        old = centres
        centres = _centres_of(series, labels, centres, settings, pool, feedback)
        labels, nearest = _assign(series, centres, settings, pool, refill)
        inertia = _mean_square(nearest)
        feedback.progress(rounds / settings.iterations)
        if abs(before - inertia) < settings.tolerance or before < inertia:
            centres = old
            labels, nearest = _assign(series, centres, settings, pool, refill)
            inertia = _mean_square(nearest)
            break
        before = inertia
    return Run(centres, inertia, inertia, rounds)


def _assign(
    series: np.ndarray, centres: np.ndarray, settings: ClusteringSettings, pool: ChunkPool, refill: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Labels from 0 and distances to the nearest centre, both ``(n,)``."""
    distances = distances_to(series, centres, settings, pool)
    labels = distances.argmin(axis=1)
    nearest = distances[np.arange(len(series)), labels]
    counts = np.bincount(labels, minlength=len(centres))
    if not counts.all():
        if not refill:
            raise EmptyClusterError
        _refill(labels, nearest.copy(), counts)
    return labels, nearest


def _mean_square(nearest: np.ndarray) -> float:
    return float(np.sum(nearest**2) / len(nearest))


def _refill(labels: np.ndarray, nearest: np.ndarray, counts: np.ndarray) -> None:
    """Give each empty cluster the series that is farthest from its centre, of a cluster that has others."""
    for empty in np.flatnonzero(counts == 0):
        nearest[counts[labels] < 2] = -np.inf
        farthest = int(nearest.argmax())
        counts[labels[farthest]] -= 1
        labels[farthest] = empty
        counts[empty] = 1


def _centres_of(
    series: np.ndarray,
    labels: np.ndarray,
    centres: np.ndarray,
    settings: ClusteringSettings,
    pool: ChunkPool,
    feedback: Feedback,
) -> np.ndarray:
    """The centre of each cluster's series, found from the one before."""

    def centre(k: int) -> np.ndarray:
        feedback.check()
        members, old, most = series[labels == k], centres[k], settings.barycentre_iterations
        if settings.method == DTW:
            return dtw.dtw_barycentre(members, old, settings.radius, most or dtw.BARYCENTRE_ITERATIONS)
        if settings.method == SOFT_DTW:
            most = most or soft_dtw.BARYCENTRE_ITERATIONS
            return soft_dtw.soft_dtw_barycentre(members, old, settings.gamma, settings.radius, most)
        if settings.method == EUCLIDEAN:
            return members.mean(axis=0)
        return shape_centre(members, old)

    found = np.stack(pool.map(centre, range(len(centres))))
    return to_z_scores(found) if settings.method == K_SHAPE else found


def check_distinct(series: np.ndarray, clusters: int) -> None:
    """Raise ChronocoverError if fewer series differ than there are to be clusters."""
    distinct: set[bytes] = set()
    for row in series:
        distinct.add(row.tobytes())
        if len(distinct) >= clusters:
            return
    raise ChronocoverError(
        f"Only {len(distinct)} of the {len(series):,} prepared series differ, fewer than the {clusters} clusters asked "
        f"for. Ask for no more than {len(distinct)}, take more pixels, or choose another scaling."
    )
