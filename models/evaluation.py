"""How right a family of classifiers is on samples that it has not seen, and what a random split would have claimed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace

import numpy as np

from ..core.feedback import Feedback
from ..core.side_by_side import run_side_by_side
from .families.family import Family
from .fitting import TrainingSettings, fit_and_predict, fits_at_once, share_kept_aside
from .importance import PREDICTIONS, Importance, mean_importance, permutation_importance
from .learning_data import LearningData
from .scores import PartScores, Scores, score, score_parts, widen
from .tuning import Tuning, tune
from .validation import GIVEN, HOLD_OUT, LEAVE_ONE_OUT, NONE, Fold, Splits, enough, hold_out, k_fold, split

MOST_RANDOM_FOLDS = 10
"""With fewer folds a random split learns from a smaller share; more make hardly a difference."""
SHARE_OF_TUNING = 0.9
"""Of the progress."""

Tested = tuple[np.ndarray, "Importance | None"]
"""The class indices that a fold's classifier found for its test rows, and what it looks at, if measured."""


@dataclass(frozen=True)
class Evaluation:
    """What the validation found.

    Attributes:
        splits: the folds.
        scores: None without validation.
        random_accuracy: what a random split claims; None if not asked for.
        importance: what the classifiers look at; None if not asked for, or it could not be measured.
        predicted: ``(n,)`` class index that was found for each sample when it was tested, -1 if it never was.
        tuning: the search of settings; None without one.
        shares: of the samples that the mean fold learns from, keeps aside to decide when to stop, and tests (0 to 1).
        regions: the scores of each value that was left out in turn; empty for other validations.
    """

    splits: Splits
    scores: Scores | None
    random_accuracy: float | None
    importance: Importance | None
    predicted: np.ndarray
    tuning: Tuning | None = None
    shares: dict[str, float] = field(default_factory=dict)
    regions: list[PartScores] = field(default_factory=list)


def evaluate(
    data: LearningData, family: Family, settings: TrainingSettings, feedback: Feedback, thorough: bool = True
) -> Evaluation:
    """Validate a family on samples, and find out what a random split would have claimed.

    The folds are fitted side by side: classifiers gain more from a core each than from sharing all cores. With
    ``settings.trials`` each fold searches its settings first (see :mod:`.tuning`).

    Args:
        data: the samples.
        family: the kind of classifier with its settings.
        settings: how to validate and train.
        feedback: told what is found; checked for cancelling.
        thorough: also measure what a random split claims, and what the classifiers look at.

    Raises:
        ChronocoverError: the samples do not suit the validation, or the settings the samples.
        CancelledError: the user cancelled.
    """
    splits = split(data.samples, data.targets, settings.validation, settings.seed)
    for warning in splits.warnings:
        feedback.warning(warning)
    tuning = None
    if settings.trials:
        tuning = tune(data, family, settings, splits, feedback.part(0.0, SHARE_OF_TUNING))
        feedback = feedback.part(SHARE_OF_TUNING, 1.0)
    untested = np.full(len(data.targets), -1)
    splits, shares = _with_shares(splits, share_kept_aside(family))
    if splits.method == NONE:
        return Evaluation(splits, None, None, None, untested, tuning, shares)
    feedback.info(f"Validation: {splits.description}.")
    families = [family] * len(splits.folds) if tuning is None else [each.best.family for each in tuning.folds]
    compared = family if tuning is None else tuning.all_samples.best.family
    random_folds = [] if splits.is_random or not thorough else _random_folds(data, splits, settings)
    at_once = fits_at_once(data, len(splits.folds) + len(random_folds), settings)
    threads = max(1, settings.threads // at_once)
    budget = PREDICTIONS // len(splits.folds) if thorough else 0
    tasks = [
        _fold_task(data, fold, own, settings, threads, budget, splits.groups, splits.aside)
        for fold, own in zip(splits.folds, families)
    ]
    tasks += [_fold_task(data, fold, compared, settings, threads, 0, None, None) for fold in random_folds]
    tested = run_side_by_side(tasks, at_once, feedback)
    predicted = _pooled(untested, splits.folds, tested)
    scores, regions = _scores(data, predicted, splits, settings.seed)
    found = f"Overall accuracy {scores.accuracy:.3f} (95 % confidence interval {scores.low:.3f} to {scores.high:.3f})"
    random_accuracy = None
    if thorough:
        random_accuracy = scores.accuracy
        if random_folds:
            claimed = _pooled(untested, random_folds, tested[len(splits.folds) :])
            random_accuracy = float((claimed == data.targets)[claimed >= 0].mean())
        found += f"; a random split would claim {random_accuracy:.3f}"
    feedback.info(f"{found}.")
    parts = [importance for _, importance in tested if importance is not None]
    importance = mean_importance(parts) if parts else None
    return Evaluation(splits, scores, random_accuracy, importance, predicted, tuning, shares, regions)


def _with_shares(splits: Splits, kept_aside: float) -> tuple[Splits, dict[str, float]]:
    """The splits, described with what a family keeps aside of the samples that it learns from, and all shares."""
    if not splits.folds:
        return splits, {"learning": 1 - kept_aside, "validation": kept_aside, "test": 0.0}
    learning, tested = (float(np.mean([len(fold[side]) for fold in splits.folds])) for side in (0, 1))
    if kept_aside and splits.aside is not None:
        kept_aside = float(np.mean([splits.aside[train].mean() for train, _ in splits.folds]))
    if kept_aside:
        words = f"{splits.description}; {kept_aside:.0%} of those learnt from are kept aside to decide when to stop"
        splits = replace(splits, description=words)
    elif splits.aside is not None:
        words = f"{splits.description}; this classifier keeps none aside, and learns from those for validation too"
        splits = replace(splits, description=words)
    total = learning + tested
    parts = {"learning": learning * (1 - kept_aside), "validation": learning * kept_aside, "test": tested}
    return splits, {name: part / total for name, part in parts.items()}


def _random_folds(data: LearningData, splits: Splits, settings: TrainingSettings) -> list[Fold]:
    """Folds of the same samples in about the same shares, drawn at random."""
    rows = np.unique(np.concatenate([side for fold in splits.folds for side in fold]))
    targets = data.targets[rows]
    if splits.method in (HOLD_OUT, GIVEN):
        given = len(splits.folds[0][1]) / len(rows)
        share = given if splits.method == GIVEN else settings.validation.test_share
        folds = [hold_out(targets, None, share, settings.seed)]
    else:
        left_out = min(len(splits.folds), MOST_RANDOM_FOLDS)
        number = left_out if splits.method == LEAVE_ONE_OUT else settings.validation.folds
        folds = k_fold(targets, None, number, settings.seed)
    return enough([(rows[train], rows[test]) for train, test in folds if len(train) and len(test)])


def _fold_task(
    data: LearningData,
    fold: Fold,
    family: Family,
    settings: TrainingSettings,
    threads: int,
    predictions: int,
    groups: np.ndarray | None,
    aside: np.ndarray | None,
) -> Callable[[Feedback], Tested]:
    """Fit on one side of a fold and predict the other; with ``predictions`` measure what the classifier looks at."""
    test_rows = fold[1]

    def fit_and_test(feedback: Feedback) -> Tested:
        part = feedback.part(0.0, 0.8, quiet=True)
        found, classifier = fit_and_predict(data, fold, family, settings, threads, part, groups, aside)
        importance = None
        if predictions and classifier is not None and classifier.importance() is None:
            values, targets = data.filled[test_rows], data.targets[test_rows]
            importance = permutation_importance(classifier, values, targets, predictions, settings.seed, feedback)
        feedback.progress(1.0)
        return found, importance

    return fit_and_test


def _pooled(untested: np.ndarray, folds: list[Fold], tested: list[Tested]) -> np.ndarray:
    """``(n,)`` class indices found in all folds, -1 for samples that none tested."""
    predicted = untested.copy()
    for (_, rows), (found, _) in zip(folds, tested):
        predicted[rows] = found
    return predicted


def _scores(data: LearningData, predicted: np.ndarray, splits: Splits, seed: int) -> tuple[Scores, list[PartScores]]:
    """The scores over all folds, and of each region where these were left out in turn."""
    rows = np.flatnonzero(predicted >= 0)
    clusters = None if splits.clusters is None else splits.clusters[rows]
    names = data.samples.legend.names
    scores = score(data.targets[rows], predicted[rows], names, clusters, splits.cluster_name, seed)
    if splits.regions is None:
        return scores, []
    right, regions = data.targets[rows] == predicted[rows], splits.regions[rows].astype(str)
    wide = widen(scores, right, regions, f"values of “{splits.field}”", seed)
    return wide, score_parts(regions, right, clusters, seed)


def scores_as_plain_values(evaluation: Evaluation) -> dict[str, object]:
    """The scores as plain values, for the card and the JSON report."""
    scores = evaluation.scores
    plain: dict[str, object] = {
        "validation": evaluation.splits.description,
        "method": evaluation.splits.method,
        "warnings": evaluation.splits.warnings,
        "shares": evaluation.shares,
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
        "field": evaluation.splits.field,
        "regions": [asdict(part) for part in evaluation.regions],
    }
