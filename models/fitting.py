"""How to train, and fitting one classifier so."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..core.feedback import Feedback
from .families.family import Classifier, Family, TrainingSet
from .learning_data import LearningData
from .validation import Fold, Validation

ACCURACY, MACRO_F1 = "accuracy", "macro F1"
BYTES_AT_ONCE = 1 << 30
"""Of the copies of the samples that fits at the same time take."""


@dataclass(frozen=True)
class TrainingSettings:
    """How to train, whatever the family. ``balanced`` gives each class the same total weight; threads 0: all cores.

    ``trials`` random settings of the family are tried beside its own (see :mod:`.tuning`), and the best are those with
    the highest ``criterion``, ``accuracy`` or ``macro F1``.
    """

    validation: Validation = field(default_factory=Validation)
    balanced: bool = False
    seed: int = 1
    threads: int = 0
    trials: int = 0
    criterion: str = ACCURACY


def fit(
    data: LearningData,
    rows: np.ndarray,
    family: Family,
    settings: TrainingSettings,
    threads: int,
    feedback: Feedback,
    groups: np.ndarray | None = None,
) -> Classifier:
    """Fit a classifier to the samples ``rows``, weighted as ``settings`` say.

    ``groups`` are the numbers, ``(n,)`` for all samples, of what a family must not part when it keeps samples aside.
    Raises as :meth:`Family.fit`.
    """
    targets = data.targets[rows]
    weights = np.ones(len(rows))
    if settings.balanced:
        counts = np.bincount(targets)
        weights = len(rows) / (np.count_nonzero(counts) * counts[targets])
    training_set = TrainingSet(
        data.filled[rows],
        targets,
        len(data.samples.legend),
        weights,
        None if groups is None else groups[rows],
        tuple((date - data.samples.dates[0]).days for date in data.samples.dates),
    )
    return family.fit(training_set, settings.seed, threads, feedback)


def fit_and_predict(
    data: LearningData,
    fold: Fold,
    family: Family,
    settings: TrainingSettings,
    threads: int,
    feedback: Feedback,
    groups: np.ndarray | None = None,
) -> tuple[np.ndarray, Classifier | None]:
    """Fit on one side of a fold and predict the other.

    Returns:
        The class indices ``(test rows,)``, and the classifier; None where there is one class only to learn from, which
        is then found everywhere.

    Raises as :func:`fit`.
    """
    train_rows, test_rows = fold
    known = np.unique(data.targets[train_rows])
    if len(known) == 1:
        return np.full(len(test_rows), known[0]), None
    classifier = fit(data, train_rows, family, settings, threads, feedback, groups)
    return classifier.predict_proba(data.filled[test_rows]).argmax(axis=1), classifier


def fits_at_once(data: LearningData, fits: int, threads: int) -> int:
    """How many of ``fits`` to run side by side: as many as there are threads, and memory for."""
    return max(1, min(threads, fits, BYTES_AT_ONCE // data.filled.nbytes))
