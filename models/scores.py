"""Accuracy figures of a validation, and how certain they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import norm
from sklearn.metrics import cohen_kappa_score, confusion_matrix, f1_score, precision_recall_fscore_support

LEVEL = 0.95
DRAWS = 2000
NO_PART = "(none)"


@dataclass(frozen=True)
class ClassScores:
    """Scores of one class: precision (user's accuracy), recall (producer's accuracy), F1, and its test samples."""

    name: str
    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True)
class Scores:
    """Scores of a validation, pooled over its folds.

    ``matrix`` is int64 ``(classes, classes)``: rows are the reference, columns the prediction. ``low`` and ``high``
    are the limits of the overall accuracy's 95 % confidence interval, computed as ``interval_method`` says. Macro F1
    is the plain mean over the classes tested.
    """

    accuracy: float
    low: float
    high: float
    interval_method: str
    macro_f1: float
    kappa: float
    tested: int
    matrix: np.ndarray
    classes: list[ClassScores]


@dataclass(frozen=True)
class PartScores:
    """How many samples of a part of all (a region, a range of date coverage) were tested, and the share that is right.

    ``low`` and ``high`` limit its 95 % confidence interval.
    """

    name: str
    tested: int
    accuracy: float
    low: float
    high: float


def score(
    reference: np.ndarray,
    predicted: np.ndarray,
    names: list[str],
    clusters: np.ndarray | None,
    cluster_name: str,
    seed: int,
) -> Scores:
    """Compare class indices.

    Args:
        reference: ``(n,)`` true class indices, n at least 1.
        predicted: ``(n,)`` predicted ones.
        names: the class of each index.
        clusters: ``(n,)`` numbers of the polygons or blocks whose samples share their errors; None if independent.
        cluster_name: what the clusters are, for ``interval_method``.
        seed: of the bootstrap.
    """
    indices = np.arange(len(names))
    precision, recall, f1, support = precision_recall_fscore_support(
        reference, predicted, labels=indices, zero_division=0.0
    )
    right = reference == predicted
    if clusters is None:
        low, high = wilson_interval(int(right.sum()), len(right))
        method = "Wilson, samples taken as independent"
    else:
        low, high = cluster_interval(right, clusters, seed)
        method = f"bootstrap over {len(np.unique(clusters)):,} {cluster_name}, whose samples are not independent"
    # Kappa has no value when everything is of one class.
    one_class = len(np.union1d(reference, predicted)) == 1
    return Scores(
        accuracy=float(right.mean()),
        low=low,
        high=high,
        interval_method=method,
        macro_f1=float(f1[support > 0].mean()),
        kappa=1.0 if one_class else float(cohen_kappa_score(reference, predicted)),
        tested=len(right),
        matrix=confusion_matrix(reference, predicted, labels=indices),
        classes=[
            ClassScores(name, float(precision[i]), float(recall[i]), float(f1[i]), int(support[i]))
            for i, name in enumerate(names)
        ],
    )


def macro_f1(reference: np.ndarray, predicted: np.ndarray) -> float:
    """The mean F1 of the classes that occur in ``reference``, both ``(n,)`` class indices."""
    return float(f1_score(reference, predicted, labels=np.unique(reference), average="macro", zero_division=0.0))


def score_part(name: str, right: np.ndarray, clusters: np.ndarray | None, seed: int) -> PartScores:
    """The accuracy of some samples; arguments as :func:`cluster_interval`, ``clusters`` None if independent."""
    interval = wilson_interval(int(right.sum()), len(right)) if clusters is None else None
    return PartScores(name, len(right), float(right.mean()), *(interval or cluster_interval(right, clusters, seed)))


def score_parts(names: np.ndarray, right: np.ndarray, clusters: np.ndarray | None, seed: int) -> list[PartScores]:
    """The accuracy of each part, in the order of their names.

    Args:
        names: ``(n,)`` the part of each sample, None where it is of none.
        right, clusters, seed: as :func:`score_part`, of all samples.
    """
    names = np.array([NO_PART if name is None else str(name) for name in names])
    parts = ((name, names == name) for name in np.unique(names))
    return [score_part(str(name), right[k], None if clusters is None else clusters[k], seed) for name, k in parts]


def widen(scores: Scores, right: np.ndarray, regions: np.ndarray, name: str, seed: int) -> Scores:
    """Scores whose interval is at least that over regions (``(n,)``, called ``name``), whose samples err together.

    Few regions that happen to be alike would suggest certainty, so the interval never gets narrower.
    """
    low, high = cluster_interval(right, regions, seed)
    method = f"the wider of two: bootstrap over {len(np.unique(regions)):,} {name}; {scores.interval_method}"
    return replace(scores, low=min(low, scores.low), high=max(high, scores.high), interval_method=method)


def wilson_interval(successes: int, trials: int, level: float = LEVEL) -> tuple[float, float]:
    """Confidence interval of a share of independent trials (Wilson 1927, score interval without continuity)."""
    z = float(norm.ppf(0.5 + level / 2))
    share = successes / trials
    scale = 1 + z * z / trials
    centre = (share + z * z / (2 * trials)) / scale
    half = z / scale * np.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    low = 0.0 if successes == 0 else float(centre - half)
    return low, 1.0 if successes == trials else float(centre + half)


def cluster_interval(
    right: np.ndarray, clusters: np.ndarray, seed: int, draws: int = DRAWS, level: float = LEVEL
) -> tuple[float, float]:
    """Confidence interval of the share of ``right`` when samples of one cluster are alike.

    Whole clusters are drawn with replacement (Field and Welsh 2007), and the quantiles of the share over the draws
    taken. Draws from few clusters without an error would suggest certainty, so the interval is never narrower than
    Wilson's for the samples, and where all samples (or none) are right it is Wilson's for the clusters.

    Args:
        right: bool ``(n,)``.
        clusters: ``(n,)`` cluster of each sample.
        seed: of the draws.
        draws: number of draws.
        level: confidence.
    """
    numbers = np.unique(clusters, return_inverse=True)[1].reshape(-1)
    sizes = np.bincount(numbers).astype(float)
    hits = np.bincount(numbers, weights=right)
    count = len(sizes)
    if right.all() or not right.any():
        return wilson_interval(count if right.all() else 0, count, level)
    random = np.random.default_rng(seed)
    at_once = max(1, 4_000_000 // count)  # keeps the table of draws under 32 MB
    shares = []
    for start in range(0, draws, at_once):
        drawn = random.multinomial(count, np.full(count, 1 / count), size=min(at_once, draws - start))
        shares.append((drawn @ hits) / (drawn @ sizes))
    low, high = np.quantile(np.concatenate(shares), [(1 - level) / 2, (1 + level) / 2])
    narrowest = wilson_interval(int(right.sum()), len(right), level)
    return min(float(low), narrowest[0]), max(float(high), narrowest[1])
