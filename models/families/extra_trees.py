"""Extremely randomised trees (Geurts, Ernst and Wehenkel 2006) of scikit-learn."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sklearn.ensemble import ExtraTreesClassifier

from ...core.feedback import Feedback
from .family import TrainingSet
from .random_forest import Forest, grow
from .scikit_learn import flat
from .search_space import Between, Choice, SearchSpace


@dataclass(frozen=True)
class ExtraTrees:
    """Settings of the trees; names and meaning are those of scikit-learn's ``ExtraTreesClassifier``.

    ``max_depth`` None grows trees until their leaves are pure. ``max_features`` is ``sqrt``, ``log2``, a share of the
    values (0 to 1) or None for all of them. Without ``bootstrap`` each tree sees all samples.
    """

    n_estimators: int = 100
    max_depth: int | None = 25
    min_samples_leaf: int = 1
    min_samples_split: int = 2
    max_features: str | float | None = "sqrt"
    bootstrap: bool = False
    criterion: str = "gini"
    name = "Extremely randomised trees"

    def search_space(self) -> SearchSpace:
        """See :class:`~.family.Family`. As auto-sklearn (Feurer et al. 2015), ``max_features`` from a hundredth up."""
        return {
            "max_features": Between(0.01, 1.0, logarithmic=True),
            "min_samples_leaf": Between(1, 20, whole=True),
            "min_samples_split": Between(2, 20, whole=True),
            "bootstrap": Choice((False, True)),
            "criterion": Choice(("gini", "entropy")),
        }

    def parameters(self) -> dict[str, object]:
        """See :class:`~.family.Family`."""
        return asdict(self)

    def fit(self, data: TrainingSet, seed: int, threads: int, feedback: Feedback) -> Forest:
        """See :class:`~.family.Family`."""
        trees = ExtraTreesClassifier(**asdict(self), random_state=seed, n_jobs=threads, warm_start=True)
        return grow(trees, flat(data.values), data, data.values.shape[1:], feedback)
