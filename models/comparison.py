"""Several families of classifiers on the same samples and folds: how right, how quick and how large each is."""

from __future__ import annotations

import itertools
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ..core.errors import ChronocoverError
from ..core.feedback import Feedback
from ..core.provenance import Provenance
from ..core.samples.samples import Samples
from .families.family import Family
from .fitting import ACCURACY, TrainingSettings
from .learning_data import LearningData
from .paired_tests import PairTest, compare_pair, holm
from .pixel_mapping import BATCH
from .scores import Scores, macro_f1
from .session import ModelSession
from .training import TrainedModel, prepare_and_tell, train_on
from .tuning import Tuning
from .tuning import describe as describe_tuning
from .validation import NONE, Splits, split

SECONDS_OF_MAPPING = 0.5
"""How long a model runs at least to find its speed."""


@dataclass(frozen=True)
class FamilyResult:
    """How a family did.

    Attributes:
        name: as users choose it.
        parameters: its settings, the chosen ones if they were searched.
        scores: pooled over the folds.
        fold_accuracies, fold_f1: accuracy and macro F1 of each fold.
        right: bool ``(n,)``, which samples were right when they were tested; False where none were.
        training_seconds: of one fit to all samples, without validation and search.
        pixels_per_second: of the model file in one thread, on the learning samples.
        megabytes: the size of the model file.
        tuning: the search of settings; None without one.
    """

    name: str
    parameters: dict[str, object]
    scores: Scores
    fold_accuracies: list[float]
    fold_f1: list[float]
    right: np.ndarray
    training_seconds: float
    pixels_per_second: float
    megabytes: float
    tuning: Tuning | None

    def score(self, criterion: str) -> float:
        """What it is judged by, ``accuracy`` or ``macro F1``."""
        return self.scores.accuracy if criterion == ACCURACY else self.scores.macro_f1


@dataclass(frozen=True)
class Difference:
    """The test of two families, and its p-value adjusted for the number of pairs (Holm 1979)."""

    first: str
    second: str
    test: PairTest
    p_adjusted: float


@dataclass(frozen=True)
class Comparison:
    """What was found.

    Attributes:
        data: the samples.
        splits: the folds, the same for all families.
        criterion: what they are put in order by, ``accuracy`` or ``macro F1``.
        results: the families, the best first.
        differences: of each pair, in the order of the results.
        problems: why a family has no result, by its name.
        best: the model of the best family, trained on all samples.
    """

    data: LearningData
    splits: Splits
    criterion: str
    results: list[FamilyResult]
    differences: list[Difference]
    problems: dict[str, str]
    best: TrainedModel


def compare(
    samples: Samples,
    families: Mapping[str, Family],
    settings: TrainingSettings,
    provenance: Provenance,
    feedback: Feedback,
) -> Comparison:
    """Validate each family on the same folds, train it on all samples, and measure its model file.

    A family that cannot be trained on these samples is reported with its reason, and the others go on.

    Args:
        samples: at least two classes.
        families: by the names that users know.
        settings: as for a training; with ``trials`` each family searches its settings in each fold.
        provenance: for the card of the best model.
        feedback: told how each did; checked for cancelling.

    Raises:
        ChronocoverError: the samples do not suffice or do not suit the validation, there is none, or no family could
            be trained.
        CancelledError: the user cancelled.
    """
    if settings.validation.method == NONE:
        raise ChronocoverError("Families are compared by their validation: choose another than “none”.")
    data = prepare_and_tell(samples, feedback)
    splits = split(data.samples, data.targets, settings.validation, settings.seed)
    feedback.info(f"{splits.description}; the same folds for all {len(families)} families.")
    settings = replace(settings, threads=settings.threads or os.cpu_count() or 1)
    results: list[FamilyResult] = []
    problems: dict[str, str] = {}
    best: TrainedModel | None = None
    once = _SayOnce(feedback)
    for number, (name, family) in enumerate(families.items()):
        part = once.part(number / len(families), (number + 1) / len(families), quiet=True)
        try:
            model = train_on(data, family, settings, provenance, part, thorough=False)
            result = _measured(name, model, part)
        except ChronocoverError as error:
            problems[name] = str(error)
            feedback.warning(f"{name}: {error}")
            continue
        results.append(result)
        if best is None or result.score(settings.criterion) > max(r.score(settings.criterion) for r in results[:-1]):
            best = model
        feedback.info(describe(result))
        if result.tuning is not None:
            feedback.info(f"{name}: {describe_tuning(result.tuning)}")
    if best is None:
        raise ChronocoverError(
            "None of the families could be trained. " + " ".join(f"{name}: {why}" for name, why in problems.items())
        )
    results.sort(key=lambda result: -result.score(settings.criterion))
    return Comparison(data, splits, settings.criterion, results, _differences(results, splits), problems, best)


def _measured(name: str, model: TrainedModel, feedback: Feedback) -> FamilyResult:
    evaluation, targets = model.evaluation, model.data.targets
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.onnx")
        size = model.save(path)
        speed = mapping_speed(ModelSession.open(path), model.data.given, feedback)
    tested = [rows for _, rows in evaluation.splits.folds]
    right = evaluation.predicted == targets
    return FamilyResult(
        name=name,
        parameters=model.card.parameters,
        scores=evaluation.scores,
        fold_accuracies=[float(right[rows].mean()) for rows in tested],
        fold_f1=[macro_f1(targets[rows], evaluation.predicted[rows]) for rows in tested],
        right=right,
        training_seconds=model.seconds,
        pixels_per_second=speed,
        megabytes=size / 1e6,
        tuning=evaluation.tuning,
    )


def mapping_speed(session: ModelSession, values: np.ndarray, feedback: Feedback) -> float:
    """Pixels a second of a model in one thread.

    Args:
        session: the model.
        values: what it takes, at least one; repeated to fill its batches.
        feedback: checked for cancelling.
    """
    batch = np.resize(values, (BATCH, *values.shape[1:]))
    session.predict(batch, feedback)  # compiles, and fills caches
    started, pixels = time.perf_counter(), 0
    while time.perf_counter() - started < SECONDS_OF_MAPPING:
        session.predict(batch, feedback)
        pixels += len(batch)
    return pixels / (time.perf_counter() - started)


def _differences(results: list[FamilyResult], splits: Splits) -> list[Difference]:
    rows = np.concatenate([tested for _, tested in splits.folds])
    clusters = None if splits.clusters is None else splits.clusters[rows]
    pairs = list(itertools.combinations(results, 2))
    tests = [compare_pair(first.right[rows], second.right[rows], clusters) for first, second in pairs]
    adjusted = holm([test.p_groups for test in tests])
    return [Difference(a.name, b.name, test, p) for (a, b), test, p in zip(pairs, tests, adjusted)]


def describe(result: FamilyResult) -> str:
    """A result in a sentence."""
    scores = result.scores
    return (
        f"{result.name}: accuracy {scores.accuracy:.3f} ({scores.low:.3f} to {scores.high:.3f}), macro F1 "
        f"{scores.macro_f1:.3f}; trained in {result.training_seconds:.1f} s, {result.pixels_per_second:,.0f} pixels a "
        f"second, {result.megabytes:,.2f} MB."
    )


class _SayOnce(Feedback):
    """Passes on everything, but the same warning once only: all families see the same samples."""

    def __init__(self, feedback: Feedback) -> None:
        self._feedback = feedback
        self._said: set[str] = set()

    def info(self, text: str) -> None:
        self._feedback.info(text)

    def warning(self, text: str) -> None:
        if text not in self._said:
            self._said.add(text)
            self._feedback.warning(text)

    def progress(self, fraction: float) -> None:
        self._feedback.progress(fraction)

    def is_cancelled(self) -> bool:
        return self._feedback.is_cancelled()
