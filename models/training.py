"""From samples to a model: validating, fitting, and writing the model card."""

from __future__ import annotations

import importlib
import os
import time
from dataclasses import dataclass, replace

import numpy as np

from ..core.feedback import Feedback
from ..core.provenance import Provenance
from ..core.samples.samples import Samples
from .card import ModelCard, TimeAxis, VariableRange
from .evaluation import Evaluation, evaluate, scores_as_plain_values
from .families.family import Classifier, Family
from .fitting import TrainingSettings, fit
from .importance import impurity_importance
from .learning_data import LearningData, prepare
from .packaging import package, save_model
from .resampling import resampling_notes
from .tuning import tuning_summary

PACKAGES = {
    "scikit-learn": "sklearn",
    "skl2onnx": "skl2onnx",
    "onnx": "onnx",
    "onnxruntime": "onnxruntime",
    "numpy": "numpy",
}
CHECKED_SAMPLES = 20_000


@dataclass(frozen=True)
class TrainedModel:
    """The result of a training; nothing is on disk yet. ``seconds`` are those of the last fit, to all samples."""

    card: ModelCard
    classifier: Classifier
    data: LearningData
    evaluation: Evaluation
    seconds: float

    def save(self, path: str, seed: int = 0) -> int:
        """Write the ``.onnx`` and return its bytes. Raises as :func:`~.packaging.save_model`."""
        rows = np.arange(len(self.data.targets))
        if len(rows) > CHECKED_SAMPLES:
            rows = np.random.default_rng(seed).choice(rows, CHECKED_SAMPLES, replace=False)
        model = package(self.classifier.to_onnx(), self.card)
        expected = self.classifier.predict_proba(self.data.filled[rows])
        return save_model(path, model, self.data.given[rows], expected)


def train(
    samples: Samples, family: Family, settings: TrainingSettings, provenance: Provenance, feedback: Feedback
) -> TrainedModel:
    """Validate and train a classifier.

    Args:
        samples: at least two classes.
        family: the kind of classifier with its settings.
        settings: validation, search of settings, weights, seed.
        provenance: where the model comes from, for its card.
        feedback: told what is found; checked for cancelling between and during fits.

    Raises:
        ChronocoverError: the samples do not suffice, or do not suit the validation.
        CancelledError: the user cancelled.
    """
    return train_on(prepare_and_tell(samples, feedback), family, settings, provenance, feedback)


def prepare_and_tell(samples: Samples, feedback: Feedback) -> LearningData:
    """What can be learnt from, and in the log what cannot. Raises as :func:`~.learning_data.prepare`."""
    data = prepare(samples)
    for note in data.notes:
        feedback.warning(note)
    for reason, count in data.dropped.items():
        feedback.warning(f"{count:,} samples were left out: {reason}.")
    return data


def train_on(
    data: LearningData,
    family: Family,
    settings: TrainingSettings,
    provenance: Provenance,
    feedback: Feedback,
    thorough: bool = True,
) -> TrainedModel:
    """Validate and train on samples that are prepared; ``thorough`` as :func:`~.evaluation.evaluate`.

    Raises as :func:`train`.
    """
    for note in resampling_notes(data.samples.counts(), settings.resampling):
        feedback.warning(note)
    settings = replace(settings, threads=settings.threads or os.cpu_count() or 1)
    evaluation = evaluate(data, family, settings, feedback.part(0.0, 0.75), thorough)
    if evaluation.tuning is not None:
        family = evaluation.tuning.all_samples.best.family
    feedback.info(f"Training on all {len(data.targets):,} samples…")
    started = time.perf_counter()
    rows = np.arange(len(data.targets))
    part = feedback.part(0.75, 0.95)
    classifier = fit(
        data, rows, family, settings, settings.threads, part, evaluation.splits.clusters, evaluation.splits.aside
    )
    seconds = time.perf_counter() - started
    share = classifier.importance()
    if share is not None:
        evaluation = replace(evaluation, importance=impurity_importance(share))
    card = _card(data, family, settings, evaluation, provenance)
    return TrainedModel(card, classifier, data, evaluation, seconds)


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
    if evaluation.tuning is not None:
        training["tuning"] = tuning_summary(evaluation.tuning)
    if samples.coordinates is not None and np.isfinite(samples.coordinates).all():
        training["extent"] = [*samples.coordinates.min(axis=0).tolist(), *samples.coordinates.max(axis=0).tolist()]
    packages = {**PACKAGES, **getattr(family, "packages", {})}
    versions = {name: importlib.import_module(module).__version__ for name, module in packages.items()}
    first, last = samples.dates[0], samples.dates[-1]
    card = ModelCard(
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
            "resampling": settings.resampling,
            "seed": settings.seed,
        },
        versions={**versions, **provenance.versions},
    )
    return card if samples.windows is None else card.with_context(samples.windows.shape[-1])
