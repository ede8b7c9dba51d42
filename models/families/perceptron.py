"""Multilayer perceptron (Rumelhart, Hinton and Williams 1986) of scikit-learn, trained with Adam."""

from __future__ import annotations

import copy
import inspect
from dataclasses import asdict, dataclass

import numpy as np
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from .family import TrainingSet
from .scikit_learn import ScikitLearnClassifier, flat, threads_only
from .search_space import Between, Choice, SearchSpace

SET_ASIDE = 0.1


@dataclass(frozen=True)
class Perceptron:
    """Settings of the network; names and meaning are those of scikit-learn's ``MLPClassifier``.

    Each value (a date and variable) is brought to mean 0 and standard deviation 1 first. Training ends after
    ``max_iter`` epochs, or once the training loss did not fall by ``tol`` for ``n_iter_no_change`` epochs. With
    ``early_stopping`` a tenth of the samples, in whole groups, is set aside, its accuracy is watched instead, and the
    best network kept.
    """

    hidden_layer_sizes: tuple[int, ...] = (100,)
    activation: str = "relu"
    alpha: float = 1e-4
    learning_rate_init: float = 1e-3
    batch_size: int = 200
    max_iter: int = 200
    early_stopping: bool = False
    n_iter_no_change: int = 10
    tol: float = 1e-4
    name = "Multilayer perceptron"

    def search_space(self) -> SearchSpace:
        """See :class:`~.family.Family`.

        As auto-sklearn (Feurer et al. 2015): one to three layers of 16 to 256 neurons; its learning rates reach 0.5,
        at which networks grow without bounds.
        """
        layers = tuple((width,) * depth for depth in (1, 2, 3) for width in (16, 32, 64, 128, 256))
        return {
            "hidden_layer_sizes": Choice(layers),
            "activation": Choice(("relu", "tanh")),
            "alpha": Between(1e-5, 1.0, logarithmic=True),
            "learning_rate_init": Between(1e-4, 0.03, logarithmic=True),
        }

    @property
    def kept_aside(self) -> float:
        """See :class:`~.family.Family`."""
        return SET_ASIDE if self.early_stopping else 0.0

    def parameters(self) -> dict[str, object]:
        """See :class:`~.family.Family`."""
        return {**asdict(self), "hidden_layer_sizes": list(self.hidden_layer_sizes)}

    def fit(self, data: TrainingSet, seed: int, threads: int, feedback: Feedback) -> ScikitLearnClassifier:
        """See :class:`~.family.Family`."""
        scaler = StandardScaler().fit(flat(data.values))
        features = scaler.transform(flat(data.values)).astype(np.float32)
        rows, held = np.arange(len(features)), np.zeros(0, np.int64)
        if self.early_stopping:
            rows, held = data.hold_out(SET_ASIDE, seed)
            if not len(held) or len(np.unique(data.targets[rows])) < len(np.unique(data.targets)):
                rows, held = np.arange(len(features)), held[:0]
                feedback.warning("Too few samples to set a tenth aside: the training loss decides when to stop.")
        settings = {
            name: value
            for name, value in asdict(self).items()
            if name not in ("early_stopping", "max_iter", "batch_size", "n_iter_no_change", "tol")
        }
        # A generator rather than a number: every epoch would shuffle alike.
        network = MLPClassifier(
            **settings, batch_size=min(self.batch_size, len(rows)), random_state=np.random.RandomState(seed)
        )
        known = np.unique(data.targets[rows])
        weighted = _weights(network, data.weights[rows])
        best, waited, kept = np.inf, 0, None
        with threads_only(threads):  # looks through all loaded libraries, so not at each epoch
            for epoch in range(self.max_iter):
                feedback.check()
                try:
                    network.partial_fit(features[rows], data.targets[rows], classes=known, **weighted)
                    grown = not all(np.isfinite(layer).all() for layer in network.coefs_)
                except ValueError as error:
                    if "non-finite" not in str(error):
                        raise ChronocoverError(f"scikit-learn refuses to train this network: {error}") from error
                    grown = True
                if grown:
                    raise ChronocoverError("The network's weights grew without bounds. Choose a smaller learning rate.")
                loss = 1 - network.score(features[held], data.targets[held]) if len(held) else network.loss_
                waited = waited + 1 if loss > best - self.tol else 0
                if loss < best:
                    best, kept = loss, copy.deepcopy((network.coefs_, network.intercepts_)) if len(held) else None
                feedback.progress((epoch + 1) / self.max_iter)
                if waited > self.n_iter_no_change:
                    feedback.info(f"Stopped after {epoch + 1} epochs.")
                    break
            else:
                feedback.info(f"Not settled after {self.max_iter} epochs: more may do better.")
        if kept is not None:
            network.coefs_, network.intercepts_ = kept
        return ScikitLearnClassifier(make_pipeline(scaler, network), data.classes, data.values.shape[1:])


def _weights(network: MLPClassifier, weights: np.ndarray) -> dict[str, np.ndarray]:
    """Weights as an argument of ``partial_fit``; it has none before scikit-learn 1.7."""
    if np.allclose(weights, 1):
        return {}
    if "sample_weight" not in inspect.signature(network.partial_fit).parameters:
        raise ChronocoverError(
            "Balanced class weights of this network need scikit-learn 1.7. Update it, or choose “none”."
        )
    return {"sample_weight": weights}
