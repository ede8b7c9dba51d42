"""Class probabilities of samples by classifiers that have not seen them, nor anything of their polygon or block."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...core.feedback import Feedback
from ...core.samples.selection import random_keys
from ...core.side_by_side import run_side_by_side
from ..families.family import Family
from ..fitting import TrainingSettings, fit, fits_at_once
from ..learning_data import LearningData
from ..validation import Fold, Splits

FEWEST_OF_A_CLASS = 100
"""That are learnt from before others are left out."""


def cross_probabilities(
    data: LearningData,
    splits: Splits,
    family: Family,
    settings: TrainingSettings,
    most_samples: int,
    feedback: Feedback,
) -> np.ndarray:
    """Probabilities of every sample by the classifier of the fold that tests it.

    Args:
        data: the samples.
        splits: folds, each of which tests samples that no other one does.
        family: the kind of classifier.
        settings: seed, threads, weights.
        most_samples: that each classifier learns from; of more, random ones are used, but rare classes whole.
        feedback: progress and cancelling.

    Returns:
        float32 ``(n, classes)``; NaN for samples that no fold tests, and for those of a class that the fold's
        classifier has never seen, as it cannot say anything about them.

    Raises:
        ChronocoverError: the settings do not suit the samples.
        CancelledError: the user cancelled.
    """
    at_once = fits_at_once(data, len(splits.folds), settings)
    threads = max(1, settings.threads // at_once)
    tasks = [_task(data, fold, splits.groups, family, settings, threads, most_samples) for fold in splits.folds]
    found = np.full((len(data.targets), len(data.samples.legend)), np.nan, np.float32)
    for (_, test_rows), (known, probabilities) in zip(splits.folds, run_side_by_side(tasks, at_once, feedback)):
        checked = np.isin(data.targets[test_rows], known)
        found[test_rows[checked]] = probabilities[checked]
    return found


def _task(
    data: LearningData,
    fold: Fold,
    groups: np.ndarray | None,
    family: Family,
    settings: TrainingSettings,
    threads: int,
    most_samples: int,
) -> Callable[[Feedback], tuple[np.ndarray, np.ndarray]]:
    """The classes known to the fold's classifier, and its probabilities ``(test rows, classes)``."""
    train_rows, test_rows = fold
    train_rows = drawn_rows(train_rows, data.targets, most_samples, settings.seed)

    def fit_and_predict(feedback: Feedback) -> tuple[np.ndarray, np.ndarray]:
        known = np.unique(data.targets[train_rows])
        if len(known) == 1:  # whatever it is given, such a classifier finds that class
            return known[:0], np.zeros((len(test_rows), len(data.samples.legend)))
        classifier = fit(data, train_rows, family, settings, threads, feedback.part(0.0, 0.9, quiet=True), groups)
        return known, classifier.predict_proba(data.filled[test_rows])

    return fit_and_predict


def drawn_rows(rows: np.ndarray, targets: np.ndarray, most: int, seed: int) -> np.ndarray:
    """At most about ``most`` of ``rows``, drawn at random in equal shares of the classes; of small classes all."""
    if len(rows) <= most:
        return rows
    share = most / len(rows)
    keys = random_keys(rows, seed)
    kept = []
    for target in np.unique(targets[rows]):
        own = np.flatnonzero(targets[rows] == target)
        number = min(len(own), max(FEWEST_OF_A_CLASS, round(share * len(own))))
        kept.append(own[np.argsort(keys[own], kind="stable")[:number]])
    return rows[np.sort(np.concatenate(kept))]
