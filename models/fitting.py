"""How to train, and fitting one classifier so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from ..core.feedback import Feedback
from .families.family import Classifier, Family, TrainingSet
from .learning_data import LearningData
from .resampling import NONE, resample, resampled_share
from .validation import Fold, Validation

ACCURACY, MACRO_F1 = "accuracy", "macro F1"
BYTES_AT_ONCE = 1 << 30
"""Of the copies of the samples that fits at the same time take."""


@dataclass(frozen=True)
class TrainingSettings:
    """How to train, whatever the family. ``balanced`` gives each class the same total weight; threads 0: all cores.

    ``resampling`` is one of :data:`models.resampling.METHODS`.

    ``trials`` random settings of the family are tried beside its own (see :mod:`.tuning`), and the best are those with
    the highest ``criterion``, ``accuracy`` or ``macro F1``.
    """

    validation: Validation = field(default_factory=Validation)
    balanced: bool = False
    seed: int = 1
    threads: int = 0
    trials: int = 0
    criterion: str = ACCURACY
    resampling: str = NONE


def share_kept_aside(family: Family) -> float:
    """The share of its learning samples, 0 to 1, that a family keeps aside to decide when to stop."""
    return float(getattr(family, "kept_aside", 0.0))


def fit(
    data: LearningData,
    rows: np.ndarray,
    family: Family,
    settings: TrainingSettings,
    threads: int,
    feedback: Feedback,
    groups: np.ndarray | None = None,
    aside: np.ndarray | None = None,
) -> Classifier:
    """Fit a classifier to the samples ``rows``, resampled and weighted as ``settings`` say.

    ``groups`` are the numbers, ``(n,)`` for all samples, of what a family must not part when it keeps samples aside;
    ``aside``, bool ``(n,)``, says which those are where that is given. They are neither resampled nor counted for the
    weights. Raises as :meth:`Family.fit` and :func:`~.resampling.resample`.
    """
    share = share_kept_aside(family)
    training_set = TrainingSet(
        data.filled[rows],
        data.targets[rows],
        len(data.samples.legend),
        np.ones(len(rows)),
        None if groups is None else groups[rows],
        tuple((date - data.samples.dates[0]).days for date in data.samples.dates),
        aside[rows] if share and aside is not None and 0 < aside[rows].sum() < len(rows) else None,
    )
    if settings.resampling != NONE:
        if share and training_set.aside is None:
            held = np.zeros(len(rows), bool)
            held[training_set.hold_out(share, settings.seed)[1]] = True
            training_set = replace(training_set, aside=held)
        training_set = resample(training_set, settings.resampling, settings.seed)
    if settings.balanced:
        training_set = replace(training_set, weights=_balanced(training_set))
    return family.fit(training_set, settings.seed, threads, feedback)


def fit_and_predict(
    data: LearningData,
    fold: Fold,
    family: Family,
    settings: TrainingSettings,
    threads: int,
    feedback: Feedback,
    groups: np.ndarray | None = None,
    aside: np.ndarray | None = None,
) -> tuple[np.ndarray, Classifier | None]:
    """Fit on one side of a fold and predict the other.

    Returns:
        The class indices ``(test rows,)``, and the classifier; None where there is one class only to learn from, which
        is then found everywhere.

    Raises as :func:`fit`, whose other arguments these are.
    """
    train_rows, test_rows = fold
    known = np.unique(data.targets[train_rows])
    if len(known) == 1:
        return np.full(len(test_rows), known[0]), None
    classifier = fit(data, train_rows, family, settings, threads, feedback, groups, aside)
    return classifier.predict_proba(data.filled[test_rows]).argmax(axis=1), classifier


def fits_at_once(data: LearningData, fits: int, settings: TrainingSettings) -> int:
    """How many of ``fits`` to run side by side: as many as there are threads, and memory for."""
    size = data.filled.nbytes * max(1.0, resampled_share(data.targets, settings.resampling))
    return max(1, min(settings.threads, fits, int(BYTES_AT_ONCE / size)))


def _balanced(data: TrainingSet) -> np.ndarray:
    """Weights that give each class the same total among the samples learnt from, and a sample 1 on average.

    Samples kept aside weigh as those of their class that are learnt from, or 1 where there are none.
    """
    learnt = data.targets if data.aside is None else data.targets[~data.aside]
    counts = np.bincount(learnt, minlength=data.classes)
    weights = len(learnt) / (np.count_nonzero(counts) * np.maximum(counts, 1))
    return np.where(counts > 0, weights, 1.0)[data.targets]
