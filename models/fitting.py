"""How to train, and fitting one classifier so."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..core.feedback import Feedback
from .families.family import Classifier, Family, TrainingSet
from .learning_data import LearningData
from .validation import Validation


@dataclass(frozen=True)
class TrainingSettings:
    """How to train, whatever the family. ``balanced`` gives each class the same total weight; threads 0: all cores."""

    validation: Validation = field(default_factory=Validation)
    balanced: bool = False
    seed: int = 1
    threads: int = 0


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
