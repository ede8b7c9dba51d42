"""QUANT (Dempster, Schmidt and Webb 2024): quantiles of intervals with extremely randomised trees."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from onnx import ModelProto
from sklearn.ensemble import ExtraTreesClassifier

from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from .family import TrainingSet
from .graphs import PROBABILITIES, add_head, runner, series_model
from .interval_quantiles import IntervalQuantiles
from .random_forest import Forest, grow
from .search_space import Between, Choice, SearchSpace

SERIES_AT_ONCE = 2048
LARGEST_VALUE = 3e38


class FittedQuant:
    """The intervals and the trees."""

    def __init__(self, quantiles: IntervalQuantiles, trees: Forest) -> None:
        self._quantiles = quantiles
        self._trees = trees
        self._features = runner(quantiles.model())

    def predict_proba(self, values: np.ndarray) -> np.ndarray:
        """See :class:`~.family.Classifier`."""
        starts = range(0, max(1, len(values)), SERIES_AT_ONCE)
        parts = [values[start : start + SERIES_AT_ONCE] for start in starts]
        return np.concatenate([self._trees.predict_proba(self._features(part)[:, None]) for part in parts])

    def importance(self) -> None:
        """See :class:`~.family.Classifier`: it is measured by shuffling."""

    def to_onnx(self) -> ModelProto:
        """See :class:`~.family.Classifier`. Every class must have occurred in the training."""
        nodes, features, _ = self._quantiles.graph()
        add_head(nodes, features, self._trees.to_onnx())
        return series_model(nodes, PROBABILITIES, self._quantiles.dates, self._quantiles.variables)


@dataclass(frozen=True)
class Quant:
    """Settings; the defaults are the authors'.

    ``depth`` and ``divisor`` are those of :class:`~.interval_quantiles.IntervalQuantiles`, the others those of
    scikit-learn's ``ExtraTreesClassifier``; ``max_depth`` None grows trees until their leaves are pure.
    """

    depth: int = 6
    divisor: int = 4
    n_estimators: int = 200
    max_depth: int | None = None
    min_samples_leaf: int = 1
    max_features: float = 0.1
    criterion: str = "entropy"
    name = "Intervals (QUANT)"

    def search_space(self) -> SearchSpace:
        """See :class:`~.family.Family`.

        The settings whose effect the authors measure (Dempster, Schmidt and Webb 2024), about their defaults, and the
        leaves as auto-sklearn searches extremely randomised trees (Feurer et al. 2015).
        """
        return {
            "depth": Choice((3, 4, 5, 6, 7)),
            "divisor": Choice((2, 4, 8)),
            "max_features": Between(0.02, 0.5, logarithmic=True),
            "min_samples_leaf": Between(1, 20, whole=True),
            "criterion": Choice(("gini", "entropy")),
        }

    def parameters(self) -> dict[str, object]:
        """See :class:`~.family.Family`."""
        return asdict(self)

    def fit(self, data: TrainingSet, seed: int, threads: int, feedback: Feedback) -> FittedQuant:
        """See :class:`~.family.Family`."""
        quantiles = IntervalQuantiles(*data.values.shape[1:], self.depth, self.divisor)
        run = runner(quantiles.model(), threads)
        parts = []
        for start in range(0, len(data.values), SERIES_AT_ONCE):
            feedback.check()
            parts.append(run(data.values[start : start + SERIES_AT_ONCE]))
        features = np.concatenate(parts)
        if not np.abs(features).max() < LARGEST_VALUE:
            raise ChronocoverError("The samples' values are too large to learn from. Are they in physical units?")
        settings = {name: value for name, value in asdict(self).items() if name not in ("depth", "divisor")}
        trees = ExtraTreesClassifier(**settings, random_state=seed, n_jobs=threads, warm_start=True)
        forest = grow(trees, features, data, (1, features.shape[1]), feedback.part(0.1, 1.0))
        return FittedQuant(quantiles, forest)
