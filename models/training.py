"""From samples to a model: validating, fitting, and writing the model card."""

from __future__ import annotations

import importlib
import os
from dataclasses import asdict, dataclass, field, replace

import numpy as np

from ..core.feedback import Feedback
from ..core.provenance import Provenance
from ..core.samples.samples import Samples
from .card import ModelCard, TimeAxis, VariableRange
from .families.family import Classifier, Family, TrainingSet
from .importance import PREDICTIONS, Importance, impurity_importance, mean_importance, permutation_importance
from .learning_data import LearningData, prepare
from .packaging import package, save_model
from .scores import Scores, score
from .validation import HOLD_OUT, K_FOLD, NONE, Fold, Splits, Validation, split

PACKAGES = {
    "scikit-learn": "sklearn",
    "skl2onnx": "skl2onnx",
    "onnx": "onnx",
    "onnxruntime": "onnxruntime",
    "numpy": "numpy",
}
CHECKED_SAMPLES = 20_000
COMPARED_SAMPLES = 2_000
"""How many tested samples suffice to say what a random split claims: a standard error of 1 % at most."""


@dataclass(frozen=True)
class TrainingSettings:
    """How to train, whatever the family. ``balanced`` gives each class the same total weight; threads 0: all cores."""

    validation: Validation = field(default_factory=Validation)
    balanced: bool = False
    seed: int = 1
    threads: int = 0


@dataclass(frozen=True)
class Evaluation:
    """What the validation found. ``scores`` is None without validation; ``random_accuracy`` is what a random split
    claims; ``importance`` is None where it could not be measured.
    """

    splits: Splits
    scores: Scores | None
    random_accuracy: float | None
    importance: Importance | None


@dataclass(frozen=True)
class TrainedModel:
    """The result of a training; nothing is on disk yet."""

    card: ModelCard
    classifier: Classifier
    data: LearningData
    evaluation: Evaluation

    def save(self, path: str, seed: int = 0) -> int:
        """Write the ``.onnx`` and return its bytes. Raises as :func:`~.packaging.save_model`."""
        rows = np.arange(len(self.data.targets))
        if len(rows) > CHECKED_SAMPLES:
            rows = np.random.default_rng(seed).choice(rows, CHECKED_SAMPLES, replace=False)
        model = package(self.classifier.to_onnx(), self.card)
        expected = self.classifier.predict_proba(self.data.filled[rows])
        return save_model(path, model, self.data.samples.values[rows], expected)


def train(
    samples: Samples, family: Family, settings: TrainingSettings, provenance: Provenance, feedback: Feedback
) -> TrainedModel:
    """Validate and train a classifier.

    Args:
        samples: at least two classes.
        family: the kind of classifier with its settings.
        settings: validation, weights, seed.
        provenance: where the model comes from, for its card.
        feedback: told what is found; checked for cancelling between and during fits.

    Raises:
        ChronocoverError: the samples do not suffice, or do not suit the validation.
        CancelledError: the user cancelled.
    """
    data = prepare(samples)
    for note in data.notes:
        feedback.warning(note)
    for reason, count in data.dropped.items():
        feedback.warning(f"{count:,} samples were left out: {reason}.")
    settings = replace(settings, threads=settings.threads or os.cpu_count() or 1)
    evaluation = evaluate(data, family, settings, feedback.part(0.0, 0.75))
    feedback.info(f"Training on all {len(data.targets):,} samples…")
    classifier = _fit(data, np.arange(len(data.targets)), family, settings, feedback.part(0.75, 0.95))
    share = classifier.importance()
    if share is not None:
        evaluation = replace(evaluation, importance=impurity_importance(share))
    card = _card(data, family, settings, evaluation, provenance)
    return TrainedModel(card, classifier, data, evaluation)


def evaluate(data: LearningData, family: Family, settings: TrainingSettings, feedback: Feedback) -> Evaluation:
    """Validate a family on samples, and find out what a random split would have claimed. Raises as :func:`train`."""
    splits = split(data.samples, data.targets, settings.validation, settings.seed)
    for warning in splits.warnings:
        feedback.warning(warning)
    if splits.method == NONE:
        return Evaluation(splits, None, None, None)
    feedback.info(f"Validation: {splits.description}.")
    share = 1.0 if splits.groups is None else 0.5
    scores, importance = _cross_validate(data, splits, family, settings, feedback.part(0.0, share), True)
    random_accuracy = scores.accuracy
    if splits.groups is not None:
        ungrouped = replace(data, samples=replace(data.samples, groups=None))
        method = HOLD_OUT if splits.method == HOLD_OUT else K_FOLD
        random = split(ungrouped.samples, data.targets, replace(settings.validation, method=method), settings.seed)
        random = replace(random, folds=_enough(random.folds))
        compared, _ = _cross_validate(ungrouped, random, family, settings, feedback.part(share, 1.0), False)
        random_accuracy = compared.accuracy
    feedback.info(
        f"Overall accuracy {scores.accuracy:.3f} (95 % confidence interval {scores.low:.3f} to {scores.high:.3f}); "
        f"a random split would claim {random_accuracy:.3f}."
    )
    return Evaluation(splits, scores, random_accuracy, importance)


def _enough(folds: list[Fold]) -> list[Fold]:
    """The first folds that together test enough samples for a comparison: with many samples, one does."""
    tested = np.cumsum([len(test) for _, test in folds])
    return folds[: int(np.searchsorted(tested, COMPARED_SAMPLES)) + 1]


def _cross_validate(
    data: LearningData, splits: Splits, family: Family, settings: TrainingSettings, feedback: Feedback, measure: bool
) -> tuple[Scores, Importance | None]:
    predicted = np.full(len(data.targets), -1)
    parts = []
    for number, (train_rows, test_rows) in enumerate(splits.folds):
        feedback.check()
        part = feedback.part(number / len(splits.folds), (number + 1) / len(splits.folds))
        known = np.unique(data.targets[train_rows])
        if len(known) == 1:  # nothing to learn: such a map would hold one class
            predicted[test_rows] = known[0]
            continue
        classifier = _fit(data, train_rows, family, settings, part.part(0.0, 0.8))
        values, targets = data.filled[test_rows], data.targets[test_rows]
        predicted[test_rows] = classifier.predict_proba(values).argmax(axis=1)
        if measure and classifier.importance() is None:
            budget = PREDICTIONS // len(splits.folds)
            parts.append(permutation_importance(classifier, values, targets, budget, settings.seed, part))
        part.progress(1.0)
    tested = predicted >= 0
    clusters = None if splits.clusters is None else splits.clusters[tested]
    scores = score(
        data.targets[tested], predicted[tested], data.samples.legend.names, clusters, splits.cluster_name, settings.seed
    )
    return scores, mean_importance(parts) if parts else None


def _fit(
    data: LearningData, rows: np.ndarray, family: Family, settings: TrainingSettings, feedback: Feedback
) -> Classifier:
    targets = data.targets[rows]
    weights = np.ones(len(rows))
    if settings.balanced:
        counts = np.bincount(targets)
        weights = len(rows) / (np.count_nonzero(counts) * counts[targets])
    training_set = TrainingSet(data.filled[rows], targets, len(data.samples.legend), weights)
    return family.fit(training_set, settings.seed, settings.threads, feedback)


def _card(
    data: LearningData, family: Family, settings: TrainingSettings, evaluation: Evaluation, provenance: Provenance
) -> ModelCard:
    samples = data.samples
    limits = np.nanpercentile(samples.values, [1, 99], axis=(0, 1))
    ranges = {
        name: VariableRange(float(low), float(high)) for name, low, high in zip(samples.variables, limits[0], limits[1])
    }
    training: dict[str, object] = {
        "samples": samples.counts(),
        "groups": data.groups_by_class(),
        "dropped": data.dropped,
        "missing_share": data.missing_share(),
        "first_date": samples.dates[0].isoformat(),
        "last_date": samples.dates[-1].isoformat(),
        "crs": samples.crs,
        "algorithm": provenance.algorithm,
        "algorithm_parameters": provenance.parameters,
    }
    if samples.coordinates is not None and np.isfinite(samples.coordinates).all():
        training["extent"] = [*samples.coordinates.min(axis=0).tolist(), *samples.coordinates.max(axis=0).tolist()]
    versions = {name: importlib.import_module(module).__version__ for name, module in PACKAGES.items()}
    first, last = samples.dates[0], samples.dates[-1]
    return ModelCard(
        title=f"{family.name}, {len(samples.legend)} classes, {first if first == last else f'{first} to {last}'}",
        family=family.name,
        legend=samples.legend,
        variables=tuple(samples.variables),
        time_axis=TimeAxis.of_dates(samples.dates),
        ranges=ranges,
        training=training,
        scores=scores_as_plain_values(evaluation),
        parameters={
            **family.parameters(),
            "class_weights": "balanced" if settings.balanced else "none",
            "seed": settings.seed,
        },
        versions={**versions, **provenance.versions},
    )


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
