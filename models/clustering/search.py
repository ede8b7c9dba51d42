"""Searching clusterings: a grid of settings over the same series, compared by scores."""

from __future__ import annotations

import csv
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from ...core.files import atomic_output
from .clustering import fit
from .scores import agreement, davies_bouldin, silhouette
from .settings import DTW, K_SHAPE, SOFT_DTW, Z_SCORE, ClusteringSettings

SILHOUETTE, DAVIES_BOULDIN, STABILITY = "silhouette", "davies-bouldin", "stability"
CRITERIA = (SILHOUETTE, DAVIES_BOULDIN, STABILITY)
WITHOUT_BAND = ("-1", "none")
CSV_COLUMNS = (
    "rank", "method", "scaling", "radius", "clusters", "silhouette", "davies_bouldin", "inertia", "stability",
    "seconds", "problem",
)  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """Settings and their scores; NaN where there is none.

    ``silhouette``, ``davies_bouldin`` and ``inertia`` are of the seed with the least ``loss``, as in
    :class:`clustering.Clustering`; ``stability`` is the mean adjusted Rand index between seeds; ``seconds`` are those
    of all seeds; ``problem`` says why there are no scores.
    """

    settings: ClusteringSettings
    silhouette: float = math.nan
    davies_bouldin: float = math.nan
    inertia: float = math.nan
    stability: float = math.nan
    loss: float = math.nan
    seconds: float = 0.0
    problem: str = ""

    def order(self, criterion: str) -> tuple[float, ...]:
        """Sorts the best first."""
        figures = {SILHOUETTE: -self.silhouette, DAVIES_BOULDIN: self.davies_bouldin, STABILITY: -self.stability}
        ordered = [figures.pop(criterion), *figures.values()]
        return tuple(math.inf if math.isnan(figure) else figure for figure in ordered)


def parse_numbers(text: str) -> list[int]:
    """Whole numbers from a text such as “3-6, 8”, each once, ascending.

    Raises:
        ChronocoverError: it is no such text.
    """
    numbers: set[int] = set()
    for part in (part.strip() for part in text.replace(";", ",").split(",")):
        first, dash, last = (piece.strip() for piece in part.partition("-"))
        if not part:
            continue
        if not first.isdecimal() or (dash and not last.isdecimal()) or (dash and int(last) - int(first) > 10000):
            raise ChronocoverError(f"“{part}” is neither a whole number nor a range. Write numbers such as 3-6, 8.")
        numbers.update(range(int(first), int(last if dash else first) + 1))
    if not numbers:
        raise ChronocoverError("No number is given. Write numbers such as 3-6, 8.")
    return sorted(numbers)


def parse_radii(text: str) -> list[int | None]:
    """Radii of bands from a text such as “-1, 2-4”, where -1 or “none” is no band, given as None.

    Raises:
        ChronocoverError: it is no such text.
    """
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    banded = [part for part in parts if part.lower() not in WITHOUT_BAND]
    radii = parse_numbers(", ".join(banded)) if banded else []
    return [*([None] if len(banded) < len(parts) or not parts else []), *radii]


def grid_of(
    settings: ClusteringSettings,
    methods: Sequence[str],
    scalings: Sequence[str],
    radii: Sequence[int | None],
    clusters: Sequence[int],
) -> list[ClusteringSettings]:
    """All different combinations: bands count for DTW and soft-DTW only, and k-shape always takes z-scores.

    Raises:
        ChronocoverError: one of them is out of range.
    """
    found: dict[ClusteringSettings, None] = {}
    for method, scaling, radius, number in product(methods, scalings, radii, clusters):
        banded = radius if method in (DTW, SOFT_DTW) else None
        scaled = Z_SCORE if method == K_SHAPE else scaling
        each = replace(settings, method=method, scaling=scaled, radius=banded, clusters=number)
        each.check()
        found[each] = None
    return list(found)


def search(
    values: np.ndarray,
    days: Sequence[int],
    grid: Sequence[ClusteringSettings],
    seeds: Sequence[int],
    criterion: str = SILHOUETTE,
    threads: int | None = None,
    feedback: Feedback | None = None,
) -> list[Candidate]:
    """Cluster the same series with every setting and seed.

    Args:
        values: float32 ``(n, dates, variables)``, physical units, NaN is missing.
        days: ``(dates,)`` the day of each date.
        grid: the settings; their seed is replaced.
        seeds: at least two.
        criterion: one of :data:`CRITERIA`.
        threads: all processors if None.
        feedback: messages, progress, cancelling.

    Returns:
        The candidates, the best first; those that failed come last.

    Raises:
        ChronocoverError: all settings failed.
        CancelledError: the user cancelled.
    """
    feedback = feedback or Feedback()
    candidates = []
    for index, settings in enumerate(grid):
        part = feedback.part(index / len(grid), (index + 1) / len(grid), quiet=True)
        candidates.append(_candidate(values, days, settings, seeds, threads, part))
        last = candidates[-1]
        scores = last.problem or (
            f"silhouette {last.silhouette:.3f}, Davies-Bouldin {last.davies_bouldin:.3f}, stability "
            f"{last.stability:.3f}, {last.seconds:.1f} s"
        )
        feedback.info(f"{describe(settings)}, {settings.clusters} clusters: {scores}")
    if all(candidate.problem for candidate in candidates):
        raise ChronocoverError(f"No setting gave a clustering. The first said: {candidates[0].problem}")
    return sorted(candidates, key=lambda candidate: (bool(candidate.problem), candidate.order(criterion)))


def describe(settings: ClusteringSettings) -> str:
    """Method, band and scaling for people."""
    scaling = settings.effective_scaling
    return settings.title if scaling == "none" or settings.method == K_SHAPE else f"{settings.title}, {scaling}"


def _candidate(
    values: np.ndarray,
    days: Sequence[int],
    settings: ClusteringSettings,
    seeds: Sequence[int],
    threads: int | None,
    feedback: Feedback,
) -> Candidate:
    start = time.monotonic()
    runs = []
    try:
        for index, seed in enumerate(seeds):
            feedback.check()
            part = feedback.part(index / len(seeds), (index + 1) / len(seeds))
            runs.append(fit(values, replace(settings, seed=seed), tuple(days), threads=threads, feedback=part))
    except ChronocoverError as error:
        return Candidate(settings, problem=str(error))
    best = min(runs, key=lambda run: run.loss)
    feedback.check()
    return Candidate(
        settings=replace(settings, seed=best.settings.seed),
        silhouette=silhouette(values, best.labels, best, seed=seeds[0], threads=threads),
        davies_bouldin=davies_bouldin(values, best.labels, best, threads=threads),
        inertia=best.inertia,
        loss=best.loss,
        stability=agreement([run.labels for run in runs]),
        seconds=time.monotonic() - start,
    )


def write_search_csv(path: str, candidates: Sequence[Candidate]) -> None:
    """Write one row a candidate, the best first; no band is -1. Raises ChronocoverError if it cannot be written."""
    with atomic_output(path) as target, open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(CSV_COLUMNS)
        for rank, found in enumerate(candidates, start=1):
            settings = found.settings
            scores = (found.silhouette, found.davies_bouldin, found.inertia, found.stability)
            numbers = ["" if math.isnan(score) else round(score, 6) for score in scores]
            radius = -1 if settings.radius is None else settings.radius
            about = (rank, settings.method, settings.effective_scaling, radius, settings.clusters)
            writer.writerow([*about, *numbers, round(found.seconds, 2), found.problem])
