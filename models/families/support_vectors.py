"""Support vector machine (Cortes and Vapnik 1995) of scikit-learn, with probabilities from its decision values.

Each pair of classes has its own decision. Probabilities couple them by the closed form of Price et al. (1995): with
``r_ij = 1 / (1 + exp(-s f_ij))`` for the pair's decision value ``f_ij``, ``p_i`` is proportional to
``1 / (Σ_j 1 / r_ij - (k - 2)) = 1 / (1 + Σ_j exp(-s f_ij))``. The one scale ``s`` is found on samples that were set
aside (see :mod:`.calibration`). scikit-learn's own probabilities, a sigmoid a pair, are on their way out of it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from onnx import ModelProto, TensorProto
from sklearn.svm import SVC

from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from ..gap_filling import NodeList
from ..validation import Fold, k_fold
from .calibration import best_scale
from .family import TrainingSet
from .graphs import PROBABILITIES, SERIES, series_model
from .scaling import Scaling
from .scikit_learn import flat
from .search_space import Between, SearchSpace

CALIBRATION_FOLDS = 3
VECTORS_AT_ONCE = 2048
LARGEST_EXPONENT = 30.0
MANY_SAMPLES = 20_000
MOST_CLASSES = 100


class SupportVectors:
    """A fitted machine on scaled, flattened series.

    Args:
        machine: fitted with ``decision_function_shape="ovo"``.
        scale: the factor of the decision values.
        scaling: what brings series to the machine's scale.
        classes: the number of classes; those that the machine has not seen get the probability 0.
        shape: dates and variables.
    """

    def __init__(self, machine: SVC, scale: float, scaling: Scaling, classes: int, shape: tuple[int, int]) -> None:
        self._machine = machine
        self._scale = scale
        self._scaling = scaling
        self._classes = classes
        self._shape = shape

    def predict_proba(self, values: np.ndarray) -> np.ndarray:
        """See :class:`~.family.Classifier`."""
        result = np.zeros((len(values), self._classes))
        if len(values):
            found = pair_decisions(self._machine, flat(self._scaling.apply(values)))
            result[:, self._machine.classes_] = coupled(self._scale * found, len(self._machine.classes_))
        return result

    def importance(self) -> None:
        """See :class:`~.family.Classifier`: it is measured by shuffling."""

    def to_onnx(self) -> ModelProto:
        """See :class:`~.family.Classifier`. Every class must have occurred in the training."""
        nodes = NodeList("vectors")
        series = nodes.add("Flatten", self._scaling.add_to(nodes, SERIES), axis=1)
        decisions = self._linear(nodes, series) if self._machine.kernel == "linear" else self._radial(nodes, series)
        scaled = nodes.add("Mul", decisions, nodes.constant(np.float32(-self._scale)))
        limits = [nodes.constant(np.float32(limit)) for limit in (-LARGEST_EXPONENT, LARGEST_EXPONENT)]
        inside = nodes.add("Clip", scaled, *limits)
        against, for_second = nodes.add("Exp", inside), nodes.add("Exp", nodes.add("Neg", inside))
        first, second = _sides(len(self._machine.classes_))
        one = nodes.constant(np.float32(1))
        sums = nodes.add(
            "Add",
            nodes.add("MatMul", against, nodes.constant(first.astype(np.float32))),
            nodes.add("MatMul", for_second, nodes.constant(second.astype(np.float32))),
        )
        share = nodes.add("Div", one, nodes.add("Add", sums, one))
        whole = nodes.add("ReduceSum", share, nodes.constant(np.array([1], np.int64)), keepdims=1)
        nodes.add("Div", share, whole, outputs=[PROBABILITIES])
        return series_model(nodes, PROBABILITIES, *self._shape)

    def _intercepts(self) -> np.ndarray:
        """Of each pair, with the sign by which the first class is positive."""
        machine = self._machine
        return machine.intercept_ if len(machine.classes_) > 2 else -machine.intercept_

    def _linear(self, nodes: NodeList, series: str) -> str:
        weights = self._machine.coef_ if len(self._machine.classes_) > 2 else -self._machine.coef_
        product = nodes.add("MatMul", series, nodes.constant(np.asarray(weights.T, np.float32)))
        return nodes.add("Add", product, nodes.constant(self._intercepts().astype(np.float32)))

    def _radial(self, nodes: NodeList, series: str) -> str:
        """Support vectors class by class, and part by part, so that memory does not grow with them.

        In float64: with a large ``C`` large numbers cancel.
        """
        machine = self._machine
        gamma = np.float64(machine._gamma)  # what “scale” came to: there is no public way
        coefficients = machine.dual_coef_ if len(machine.classes_) > 2 else -machine.dual_coef_
        exact = nodes.add("Cast", series, to=TensorProto.DOUBLE)
        own = nodes.add("ReduceSumSquare", exact, axes=[1], keepdims=1)
        ends = np.cumsum(machine.n_support_)
        by_class = []
        for start, end in zip(ends - machine.n_support_, ends):
            parts = []
            for first in range(start, end, VECTORS_AT_ONCE):
                rows = slice(first, min(first + VECTORS_AT_ONCE, end))
                vectors = machine.support_vectors_[rows].astype(np.float64)
                # exp(-gamma (|x|² - 2 x·v + |v|²))
                product = nodes.add("MatMul", exact, nodes.constant(np.ascontiguousarray(2 * gamma * vectors.T)))
                norms = nodes.constant(gamma * (vectors**2).sum(axis=1))
                outer = nodes.add("Mul", own, nodes.constant(gamma))
                exponent = nodes.add("Sub", nodes.add("Sub", product, norms), outer)
                weights = nodes.constant(np.ascontiguousarray(coefficients[:, rows].T))
                parts.append(nodes.add("MatMul", nodes.add("Exp", exponent), weights))
            by_class.append(nodes.add("Sum", *parts))
        together = nodes.add("Concat", *by_class, axis=1)
        classes = len(machine.classes_)
        pairs = list(zip(*np.triu_indices(classes, 1)))
        # The weights of a class' vectors against each other class, that itself left out, are the rows of dual_coef_.
        firsts = nodes.constant(np.array([i * (classes - 1) + j - 1 for i, j in pairs], np.int64))
        seconds = nodes.constant(np.array([j * (classes - 1) + i for i, j in pairs], np.int64))
        sums = nodes.add(
            "Add", nodes.add("Gather", together, firsts, axis=1), nodes.add("Gather", together, seconds, axis=1)
        )
        decisions = nodes.add("Add", sums, nodes.constant(self._intercepts()))
        return nodes.add("Cast", decisions, to=TensorProto.FLOAT)


def pair_decisions(machine: SVC, features: np.ndarray) -> np.ndarray:
    """``(n, pairs)`` decision values, positive for the first class of each pair, in the order of ``triu_indices``."""
    found = machine.decision_function(features)
    return found if found.ndim == 2 else -found[:, None]  # two classes: positive for the second


def coupled(decisions: np.ndarray, classes: int) -> np.ndarray:
    """Probabilities ``(n, classes)`` of scaled decision values ``(n, pairs)``."""
    first, second = _sides(classes)
    inside = np.clip(decisions, -LARGEST_EXPONENT, LARGEST_EXPONENT)
    share = 1 / (1 + np.exp(-inside) @ first + np.exp(inside) @ second)
    return share / share.sum(axis=1, keepdims=True)


def _sides(classes: int) -> tuple[np.ndarray, np.ndarray]:
    """``(pairs, classes)`` twice: where a class is the first of a pair, and where the second."""
    first, second = np.triu_indices(classes, 1)
    return np.eye(classes)[first], np.eye(classes)[second]


@dataclass(frozen=True)
class SupportVectorMachine:
    """Settings of the machine; names and meaning are those of scikit-learn's ``SVC``.

    ``kernel`` is ``rbf`` or ``linear``. ``gamma`` ``scale`` is one by the number of values and their variance. Each
    value (a date and variable) is brought to mean 0 and standard deviation 1 first.
    """

    kernel: str = "rbf"
    C: float = 1.0
    gamma: str | float = "scale"
    name = "Support vector machine"

    def search_space(self) -> SearchSpace:
        """See :class:`~.family.Family`.

        Powers of two as Hsu, Chang and Lin advise ("A practical guide to support vector classification", 2016); ``C``
        ends at 2^10 as with Probst, Boulesteix and Bischl (2019), since larger ones take hours on classes that overlap.
        The kernel stays.
        """
        strength = {"C": Between(2.0**-5, 2.0**10, logarithmic=True)}
        return strength if self.kernel == "linear" else {**strength, "gamma": Between(2.0**-15, 2.0**3, True)}

    def parameters(self) -> dict[str, object]:
        """See :class:`~.family.Family`."""
        return asdict(self)

    def fit(self, data: TrainingSet, seed: int, threads: int, feedback: Feedback) -> SupportVectors:
        """See :class:`~.family.Family`. The machine itself cannot be cancelled, only between its four fits."""
        if data.classes > MOST_CLASSES:
            raise ChronocoverError(
                f"A support vector machine decides between each two classes: the samples' {data.classes} classes would "
                f"be {data.classes * (data.classes - 1) // 2:,} decisions for each pixel. Merge classes to at most "
                f"{MOST_CLASSES}, or train another kind of model."
            )
        if len(data.targets) > MANY_SAMPLES:
            feedback.warning(
                f"{len(data.targets):,} samples are many for a support vector machine: its time grows with their "
                "square."
            )
        scaling = Scaling.by_value(data.values)
        features = flat(scaling.apply(data.values)).astype(np.float64)
        known = np.unique(data.targets)
        folds = _calibration_folds(data, seed)
        decisions, targets = [], []
        for number, (train, test) in enumerate(folds):
            feedback.check()
            machine = self._machine(features[train], data.targets[train], data.weights[train])
            decisions.append(pair_decisions(machine, features[test]))
            targets.append(np.searchsorted(known, data.targets[test]))
            feedback.progress((number + 1) / (len(folds) + 1))
        feedback.check()
        machine = self._machine(features, data.targets, data.weights)
        scale = 1.0
        if targets:
            scale = best_scale(
                np.concatenate(decisions), np.concatenate(targets), lambda found: coupled(found, len(known))
            )
        feedback.progress(1.0)
        return SupportVectors(machine, scale, scaling, data.classes, data.values.shape[1:])

    def _machine(self, features: np.ndarray, targets: np.ndarray, weights: np.ndarray) -> SVC:
        machine = SVC(C=self.C, kernel=self.kernel, gamma=self.gamma, decision_function_shape="ovo")
        try:
            return machine.fit(features, targets, sample_weight=weights)
        except ValueError as error:
            raise ChronocoverError(f"scikit-learn refuses to train with these settings: {error}") from error


def _calibration_folds(data: TrainingSet, seed: int) -> list[Fold]:
    """Folds whose learning side knows all classes; they part groups only where no fold would be left otherwise."""
    if np.bincount(data.targets).max() < CALIBRATION_FOLDS:
        return []
    known = len(np.unique(data.targets))
    for groups in (data.groups, None):
        folds = k_fold(data.targets, groups, CALIBRATION_FOLDS, seed)
        folds = [fold for fold in folds if len(np.unique(data.targets[fold[0]])) == known]
        if folds:
            return folds
    return []
