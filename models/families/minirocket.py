"""MiniRocket (Dempster, Schmidt and Webb 2021): features of fixed kernels with a linear head."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from onnx import ModelProto

from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from .family import TrainingSet
from .graphs import PROBABILITIES, runner, series_model
from .random_kernels import KernelFeatures
from .ridge import LinearHead, fit_logistic, fit_ridge
from .search_space import Between, Choice, SearchSpace

RIDGE, LOGISTIC = "ridge", "logistic"
SERIES_AT_ONCE = 2048


class FittedMiniRocket:
    """The kernels and the head."""

    def __init__(self, kernels: KernelFeatures, head: LinearHead) -> None:
        self._kernels = kernels
        self._head = head
        self._features = runner(kernels.model())

    def predict_proba(self, values: np.ndarray) -> np.ndarray:
        """See :class:`~.family.Classifier`."""
        starts = range(0, max(1, len(values)), SERIES_AT_ONCE)
        parts = [values[start : start + SERIES_AT_ONCE] for start in starts]
        return np.concatenate([self._head.probabilities(self._features(part)) for part in parts])

    def importance(self) -> None:
        """See :class:`~.family.Classifier`: it is measured by shuffling."""

    def to_onnx(self) -> ModelProto:
        """See :class:`~.family.Classifier`."""
        nodes, features, _ = self._kernels.graph()
        product = nodes.add("MatMul", features, nodes.constant(self._head.weights.astype(np.float32)))
        decisions = nodes.add("Add", product, nodes.constant(self._head.offsets.astype(np.float32)))
        nodes.add("Softmax", decisions, outputs=[PROBABILITIES], axis=1)
        return series_model(nodes, PROBABILITIES, self._kernels.dates, self._kernels.variables.shape[2])


@dataclass(frozen=True)
class MiniRocket:
    """Settings: about how many features (a multiple of 84), and the head on them.

    The ridge head chooses its strength itself; ``C`` is that of the logistic head, as in ``LogisticRegression``.
    """

    n_features: int = 2520
    head: str = RIDGE
    C: float = 1.0
    name = "MiniRocket"

    def search_space(self) -> SearchSpace:
        """See :class:`~.family.Family`.

        Features up to the paper's 9,996. The ridge head chooses its strength itself, so only the logistic one has ``C``
        searched, as ``LogisticRegressionCV`` of scikit-learn does. The head stays.
        """
        features = {"n_features": Choice((840, 1260, 2520, 5040, 9996))}
        return features if self.head == RIDGE else {**features, "C": Between(1e-4, 1e4, logarithmic=True)}

    def parameters(self) -> dict[str, object]:
        """See :class:`~.family.Family`."""
        return asdict(self)

    def fit(self, data: TrainingSet, seed: int, threads: int, feedback: Feedback) -> FittedMiniRocket:
        """See :class:`~.family.Family`. Fewer than nine dates are refused."""
        if self.head not in (RIDGE, LOGISTIC):
            raise ChronocoverError(f"MiniRocket's head is “{RIDGE}” or “{LOGISTIC}”, not “{self.head}”.")
        kernels = KernelFeatures.fit(data.values, self.n_features, seed)
        run = runner(kernels.model(), threads)
        parts = []
        for start in range(0, len(data.values), SERIES_AT_ONCE):
            feedback.check()
            parts.append(run(data.values[start : start + SERIES_AT_ONCE]))
            feedback.progress(0.5 * start / len(data.values))
        features = np.concatenate(parts)
        del parts
        if self.head == RIDGE:
            head = fit_ridge(features, data, feedback)
        else:
            head = fit_logistic(features, data, self.C, feedback)
        feedback.info(head.chosen)
        feedback.progress(1.0)
        return FittedMiniRocket(kernels, head)
