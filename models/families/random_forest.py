"""Random forest (Breiman 2001) of scikit-learn."""

from __future__ import annotations

import warnings
from dataclasses import asdict, dataclass

import numpy as np
from onnx import ModelProto, helper, numpy_helper
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier

from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from .family import TrainingSet
from .scikit_learn import ScikitLearnClassifier, flat, round_down, threads_only
from .search_space import Between, Choice, SearchSpace

TREES_AT_ONCE = 10


class Forest(ScikitLearnClassifier):
    """A fitted forest, whose graph breaks ties between classes as scikit-learn does."""

    def to_onnx(self) -> ModelProto:
        """See :class:`~.family.Classifier`.

        skl2onnx divides each vote by the number of trees before float32 adds them up, so that classes with as many
        votes get unequal sums. Here whole votes are added, exactly, and divided at the end.
        """
        model = super().to_onnx()
        trees = len(self._estimator.estimators_)
        ensemble = next(node for node in model.graph.node if node.op_type == "TreeEnsembleClassifier")
        weights = next(attribute for attribute in ensemble.attribute if attribute.name == "class_weights")
        votes = np.float32(np.array(weights.floats, np.float32) * np.float64(trees))
        del weights.floats[:]
        weights.floats.extend(votes.tolist())
        position = list(ensemble.output).index("probabilities")
        ensemble.output[position] = "votes"
        constants = {"trees": np.float32(trees), "one": np.float32(1), "second": np.array([1], np.int64)}
        model.graph.initializer.extend(numpy_helper.from_array(array, name) for name, array in constants.items())
        nodes = [helper.make_node("Div", ["votes", "trees"], ["probabilities"])]
        if self._classes == 2:  # only the second class has votes in such an ensemble, and the first gets 1 minus them
            nodes = [
                helper.make_node("Gather", ["votes", "second"], ["second_votes"], axis=1),
                helper.make_node("Div", ["second_votes", "trees"], ["second_probability"]),
                helper.make_node("Sub", ["one", "second_probability"], ["first_probability"]),
                helper.make_node("Concat", ["first_probability", "second_probability"], ["probabilities"], axis=1),
            ]
        model.graph.node.extend(nodes)
        return model


@dataclass(frozen=True)
class RandomForest:
    """Settings of a random forest; names and meaning are those of scikit-learn's ``RandomForestClassifier``.

    ``max_depth`` None grows trees until their leaves are pure. ``max_features`` is ``sqrt``, ``log2``, a share of the
    values (0 to 1) or None for all of them. ``max_samples`` is the share of the samples that each tree sees.
    """

    n_estimators: int = 100
    max_depth: int | None = 25
    min_samples_leaf: int = 1
    min_samples_split: int = 2
    max_features: str | float | None = "sqrt"
    max_samples: float = 1.0
    criterion: str = "gini"
    name = "Random forest"

    def search_space(self) -> SearchSpace:
        """See :class:`~.family.Family`.

        As auto-sklearn searches its forest (Feurer et al. 2015), ``max_features`` as a share from a hundredth up;
        ``max_samples`` as Probst, Boulesteix and Bischl (2019). More trees are never worse (Probst and Boulesteix
        2018), so their number stays.
        """
        return {
            "max_features": Between(0.01, 1.0, logarithmic=True),
            "max_samples": Between(0.1, 1.0),
            "min_samples_leaf": Between(1, 20, whole=True),
            "min_samples_split": Between(2, 20, whole=True),
            "criterion": Choice(("gini", "entropy")),
        }

    def parameters(self) -> dict[str, object]:
        """See :class:`~.family.Family`."""
        return asdict(self)

    def fit(self, data: TrainingSet, seed: int, threads: int, feedback: Feedback) -> Forest:
        """See :class:`~.family.Family`."""
        settings = {**asdict(self), "max_samples": None if self.max_samples >= 1 else self.max_samples}
        forest = RandomForestClassifier(**settings, random_state=seed, n_jobs=threads, warm_start=True)
        return grow(forest, flat(data.values), data, data.values.shape[1:], feedback)


def grow(
    forest: RandomForestClassifier | ExtraTreesClassifier,
    features: np.ndarray,
    data: TrainingSet,
    shape: tuple[int, int],
    feedback: Feedback,
) -> Forest:
    """Grow a forest's trees a few at a time, so that it can be cancelled.

    Args:
        forest: unfitted, of scikit-learn, with ``warm_start`` and the number of trees wanted.
        features: float32 ``(n, features)`` of the samples in ``data``.
        data: the targets and weights.
        shape: two numbers whose product is the number of features.
        feedback: told the progress; checked for cancelling.

    Raises:
        ChronocoverError: scikit-learn refuses the settings.
    """
    wanted = forest.n_estimators
    for trees in [*range(TREES_AT_ONCE, wanted, TREES_AT_ONCE), wanted]:
        feedback.check()
        forest.set_params(n_estimators=trees)  # adds trees: the same forest as if grown at once
        try:
            with threads_only(), warnings.catch_warnings():
                warnings.filterwarnings("ignore", "Using the fractional value max_samples")  # few samples a tree
                forest.fit(features, data.targets, sample_weight=data.weights)
        except ValueError as error:
            raise ChronocoverError(f"scikit-learn refuses to grow this forest: {error}") from error
        feedback.progress(trees / wanted)
    for tree in forest.estimators_:
        round_down(tree.tree_.threshold)
    return Forest(forest, data.classes, shape, forest.feature_importances_)
