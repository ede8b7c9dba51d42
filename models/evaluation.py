"""How right a family of classifiers is on samples that it has not seen, and what a random split would have claimed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

import numpy as np

from ..core.feedback import Feedback
from ..core.side_by_side import run_side_by_side
from .families.family import Family
from .fitting import TrainingSettings, fit_and_predict, fits_at_once
from .importance import PREDICTIONS, Importance, mean_importance, permutation_importance
from .learning_data import LearningData
from .scores import Scores, score
from .validation import HOLD_OUT, K_FOLD, NONE, Fold, Splits, split

COMPARED_SAMPLES = 2_000
"""How many tested samples suffice to say what a random split claims: a standard error of 1 % at most."""

Tested = tuple[np.ndarray, "Importance | None"]
"""The class indices that a fold's classifier found for its test rows, and what it looks at, if measured."""


@dataclass(frozen=True)
class Evaluation:
    """What the validation found. ``scores`` is None without validation; ``random_accuracy`` is what a random split
    claims; ``importance`` is None where it could not be measured.
    """

    splits: Splits
    scores: Scores | None
    random_accuracy: float | None
    importance: Importance | None


def evaluate(data: LearningData, family: Family, settings: TrainingSettings, feedback: Feedback) -> Evaluation:
    """Validate a family on samples, and find out what a random split would have claimed.

    The folds are fitted side by side: classifiers gain more from a core each than from sharing all cores.

    Raises:
        ChronocoverError: the samples do not suit the validation, or the settings the samples.
        CancelledError: the user cancelled.
    """
    splits = split(data.samples, data.targets, settings.validation, settings.seed)
    for warning in splits.warnings:
        feedback.warning(warning)
    if splits.method == NONE:
        return Evaluation(splits, None, None, None)
    feedback.info(f"Validation: {splits.description}.")
    random = None if splits.groups is None else _random_splits(data, splits, settings)
    folds = [*splits.folds, *(random.folds if random else [])]
    at_once = fits_at_once(data, len(folds), settings.threads)
    threads = max(1, settings.threads // at_once)
    budget = PREDICTIONS // len(splits.folds)
    tasks = [
        _fold_task(data, fold, family, settings, threads, budget, splits.groups)
        if number < len(splits.folds)
        else _fold_task(data, fold, family, settings, threads, 0, None)
        for number, fold in enumerate(folds)
    ]
    tested = run_side_by_side(tasks, at_once, feedback)
    scores = _pooled_scores(data, splits, tested, settings.seed)
    random_accuracy = scores.accuracy
    if random is not None:
        random_accuracy = _pooled_scores(data, random, tested[len(splits.folds) :], settings.seed).accuracy
    parts = [importance for _, importance in tested if importance is not None]
    feedback.info(
        f"Overall accuracy {scores.accuracy:.3f} (95 % confidence interval {scores.low:.3f} to {scores.high:.3f}); "
        f"a random split would claim {random_accuracy:.3f}."
    )
    return Evaluation(splits, scores, random_accuracy, mean_importance(parts) if parts else None)


def _random_splits(data: LearningData, splits: Splits, settings: TrainingSettings) -> Splits:
    method = HOLD_OUT if splits.method == HOLD_OUT else K_FOLD
    validation = replace(settings.validation, method=method)
    random = split(replace(data.samples, groups=None), data.targets, validation, settings.seed)
    return replace(random, folds=_enough(random.folds))


def _enough(folds: list[Fold]) -> list[Fold]:
    """The first folds that together test enough samples for a comparison: with many samples, one does."""
    tested = np.cumsum([len(test) for _, test in folds])
    return folds[: int(np.searchsorted(tested, COMPARED_SAMPLES)) + 1]


def _fold_task(
    data: LearningData,
    fold: Fold,
    family: Family,
    settings: TrainingSettings,
    threads: int,
    predictions: int,
    groups: np.ndarray | None,
) -> Callable[[Feedback], Tested]:
    """Fit on one side of a fold and predict the other; with ``predictions`` measure what the classifier looks at."""
    test_rows = fold[1]

    def fit_and_test(feedback: Feedback) -> Tested:
        part = feedback.part(0.0, 0.8, quiet=True)
        found, classifier = fit_and_predict(data, fold, family, settings, threads, part, groups)
        importance = None
        if predictions and classifier is not None and classifier.importance() is None:
            values, targets = data.filled[test_rows], data.targets[test_rows]
            importance = permutation_importance(classifier, values, targets, predictions, settings.seed, feedback)
        feedback.progress(1.0)
        return found, importance

    return fit_and_test


def _pooled_scores(data: LearningData, splits: Splits, tested: list[Tested], seed: int) -> Scores:
    predicted = np.full(len(data.targets), -1)
    for (_, rows), (found, _) in zip(splits.folds, tested):
        predicted[rows] = found
    rows = np.flatnonzero(predicted >= 0)
    clusters = None if splits.clusters is None else splits.clusters[rows]
    names = data.samples.legend.names
    return score(data.targets[rows], predicted[rows], names, clusters, splits.cluster_name, seed)


def scores_as_plain_values(evaluation: Evaluation) -> dict[str, object]:
    """The scores as plain values, for the card and the JSON report."""
    scores = evaluation.scores
    plain: dict[str, object] = {
        "validation": evaluation.splits.description,
        "method": evaluation.splits.method,
        "warnings": evaluation.splits.warnings,
    }
    if scores is None:
        return plain
    return {
        **plain,
        "overall_accuracy": scores.accuracy,
        "accuracy_low": scores.low,
        "accuracy_high": scores.high,
        "confidence_interval": f"95 %, {scores.interval_method}",
        "macro_f1": scores.macro_f1,
        "kappa": scores.kappa,
        "random_split_accuracy": evaluation.random_accuracy,
        "tested_samples": scores.tested,
        "confusion_matrix": scores.matrix.tolist(),
        "classes": [asdict(item) for item in scores.classes],
    }
