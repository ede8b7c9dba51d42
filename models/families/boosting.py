"""Histogram gradient boosting (Ke et al. 2017, LightGBM) of scikit-learn."""

from __future__ import annotations

import inspect
from dataclasses import asdict, dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from .family import TrainingSet
from .scikit_learn import ScikitLearnClassifier, flat, round_down, threads_only
from .search_space import Between, SearchSpace

ITERATIONS_AT_ONCE = 20
SET_ASIDE = 0.1
MANY_SAMPLES = 10_000
PARALLEL_FROM = 10_000_000  # values: with fewer, OpenMP's threads spin longer than they work as soon as others work too


@dataclass(frozen=True)
class Boosting:
    """Settings of the boosting; names and meaning are those of scikit-learn's ``HistGradientBoostingClassifier``.

    ``max_depth`` None limits trees by ``max_leaf_nodes`` only. With ``early_stopping`` a tenth of the training samples
    is set aside (in whole groups, from scikit-learn 1.7 on), and no trees are added once ten iterations did not improve
    on them; ``auto`` does so with more than 10,000 samples. Two defaults are not scikit-learn's: without
    ``l2_regularization`` the trees of rare classes can run away (on one set of 13,000 samples of nine classes the
    accuracy fell from 0.98 to 0.72), and 64 bins train four times as fast as 255 with the same accuracy.
    """

    learning_rate: float = 0.1
    max_iter: int = 100
    max_leaf_nodes: int = 31
    max_depth: int | None = None
    min_samples_leaf: int = 20
    l2_regularization: float = 1.0
    max_features: float = 1.0
    max_bins: int = 64
    early_stopping: bool | str = "auto"
    name = "Gradient boosting"

    def search_space(self) -> SearchSpace:
        """See :class:`~.family.Family`.

        As auto-sklearn searches the same classifier (Feurer et al. 2015), with fewer leaves at most (2,047 there) and
        an ``l2_regularization`` that keeps the trees of rare classes in bounds; ``max_features`` is ``colsample`` of
        Probst, Boulesteix and Bischl (2019).
        """
        return {
            "learning_rate": Between(0.01, 1.0, logarithmic=True),
            "max_leaf_nodes": Between(3, 255, logarithmic=True, whole=True),
            "min_samples_leaf": Between(1, 200, logarithmic=True, whole=True),
            "l2_regularization": Between(0.1, 100.0, logarithmic=True),
            "max_features": Between(0.1, 1.0),
        }

    @property
    def kept_aside(self) -> float:
        """See :class:`~.family.Family`; ``auto`` depends on the samples."""
        return SET_ASIDE if self.early_stopping is True else 0.0

    def parameters(self) -> dict[str, object]:
        """See :class:`~.family.Family`."""
        return asdict(self)

    def fit(self, data: TrainingSet, seed: int, threads: int, feedback: Feedback) -> ScikitLearnClassifier:
        """See :class:`~.family.Family`."""
        settings = asdict(self)
        wanted = len(data.targets) > MANY_SAMPLES if self.early_stopping == "auto" else self.early_stopping
        settings["early_stopping"] = bool(wanted) and self._can_set_aside(data, feedback)
        boosting = HistGradientBoostingClassifier(**settings, random_state=seed, warm_start=True)
        rows, held = np.arange(len(data.targets)), {}
        if settings["early_stopping"] and (data.aside is not None or data.groups is not None):
            rows, held = self._hold_out(data, seed)
        features, targets = flat(data.values[rows]), data.targets[rows]
        # With weights, scikit-learn sorts each value into weighted bins at every step, for longer than it boosts.
        weights = None if (data.weights == data.weights[0]).all() else data.weights[rows]
        threads = threads if features.size >= PARALLEL_FROM else 1
        for iterations in [*range(ITERATIONS_AT_ONCE, self.max_iter, ITERATIONS_AT_ONCE), self.max_iter]:
            feedback.check()
            boosting.set_params(max_iter=iterations)  # goes on from where it is
            try:
                with threads_only(threads):
                    boosting.fit(features, targets, sample_weight=weights, **held)
            except ValueError as error:
                raise ChronocoverError(f"scikit-learn refuses to boost with these settings: {error}") from error
            feedback.progress(iterations / self.max_iter)
            if boosting.n_iter_ < iterations:
                feedback.info(f"Stopped early after {boosting.n_iter_} iterations.")
                break
        for trees in boosting._predictors:  # skl2onnx reads them there too: there is no public way
            for tree in trees:
                round_down(tree.nodes["num_threshold"])
        return ScikitLearnClassifier(boosting, data.classes, data.values.shape[1:])

    @staticmethod
    def _hold_out(data: TrainingSet, seed: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """The rows to learn from, and the others as arguments of ``fit``.

        All rows and none where scikit-learn (before 1.7) can only draw the others itself, or they would be of classes
        that are not learnt.
        """
        rows, aside = data.hold_out(SET_ASIDE, seed)
        aside = aside[np.isin(data.targets[aside], data.targets[rows])]
        known = "X_val" in inspect.signature(HistGradientBoostingClassifier.fit).parameters
        if not known or not len(aside) or len(np.unique(data.targets[rows])) < len(np.unique(data.targets)):
            return np.arange(len(data.targets)), {}
        held = {"X_val": flat(data.values[aside]), "y_val": data.targets[aside]}
        if not (data.weights == data.weights[0]).all():
            held["sample_weight_val"] = data.weights[aside]
        return rows, held

    def _can_set_aside(self, data: TrainingSet, feedback: Feedback) -> bool:
        counts = np.bincount(data.targets)
        counts = counts[counts > 0]
        enough = counts.min() >= 2 and counts.sum() // 10 >= len(counts)
        if not enough:
            feedback.warning(
                "Too few samples to set some aside for early stopping: it needs two of each class, and ten times as "
                "many samples as classes. All iterations are used."
            )
        return bool(enough)
