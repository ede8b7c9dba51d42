"""Linear heads on many features: ridge regression with its own choice of strength, and logistic regression."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from ...core.feedback import Feedback
from .calibration import best_scale, softmax
from .family import TrainingSet
from .scikit_learn import threads_only

STRENGTHS = np.logspace(-3, 3, 10)
"""Of the ridge, as the authors of MiniRocket try them."""
ROWS_AT_ONCE = 2048
MOST_ITERATIONS = 1000


@dataclass(frozen=True)
class LinearHead:
    """Probabilities are the softmax of ``features @ weights + offsets``.

    ``weights`` is float64 ``(features, classes)``, ``offsets`` ``(classes,)``; ``chosen`` says what was chosen by the
    training, for the log.
    """

    weights: np.ndarray
    offsets: np.ndarray
    chosen: str

    def probabilities(self, features: np.ndarray) -> np.ndarray:
        """float64 ``(n, classes)``."""
        return softmax(features @ self.weights + self.offsets)


def fit_ridge(features: np.ndarray, data: TrainingSet, feedback: Feedback) -> LinearHead:
    """Ridge regression to 1 for a class and -1 for the others, as ``RidgeClassifierCV`` of scikit-learn.

    The strength is the one with the least squared error when each sample is left out in turn, which the eigenvalues
    tell without fitting again (Golub, Heath and Wahba 1979). Regression gives no probabilities: its decision values of
    the samples left out find the scale for a softmax (see :mod:`.calibration`).

    Args:
        features: float32 ``(n, features)``.
        data: the targets and weights of the same samples.
        feedback: checked for cancelling.
    """
    known = np.unique(data.targets)
    wanted = np.where(data.targets[:, None] == known, 1.0, -1.0)
    share = data.weights / data.weights.sum()
    deviation = _deviation(features)
    mean = share @ features
    offset = share @ wanted
    root = np.sqrt(data.weights)[:, None]
    # Scaled, centred and weighted; float32 halves the memory of what may be a gigabyte.
    rows = ((features - mean) / deviation * root).astype(np.float32)
    targets = (wanted - offset) * root
    feedback.check()
    if len(rows) <= rows.shape[1]:
        values, vectors = np.linalg.eigh(rows.astype(np.float64) @ rows.T.astype(np.float64))
        values = np.maximum(values, 0)
        scores = [vectors * np.sqrt(values)]
        back = rows.T @ (vectors / np.sqrt(np.maximum(values, 1e-10 * values.max() + 1e-30)))
    else:
        starts = range(0, len(rows), ROWS_AT_ONCE)
        parts = [rows[start : start + ROWS_AT_ONCE].astype(np.float64) for start in starts]
        values, back = np.linalg.eigh(sum(part.T @ part for part in parts))
        values = np.maximum(values, 0)
        del parts
        scores = (rows[start : start + ROWS_AT_ONCE].astype(np.float64) @ back for start in starts)
    feedback.check()
    scores = list(scores)
    projected = np.zeros((len(values), len(known)))
    first = 0
    for part in scores:
        projected += part.T @ targets[first : first + len(part)]
        first += len(part)
    best, least, decisions = 0, np.inf, wanted
    for number, strength in enumerate(STRENGTHS):
        feedback.check()
        shrunk = 1 / (values + strength)
        fitted = np.concatenate([part @ (projected * shrunk[:, None]) for part in scores])
        leverage = np.concatenate([part**2 @ shrunk for part in scores]) + share
        errors = (targets - fitted) / np.maximum(1 - leverage, 1e-12)[:, None]
        total = float((errors**2).sum())
        if total < least:
            best, least, decisions = number, total, wanted - errors / root
    scale = best_scale(decisions, np.searchsorted(known, data.targets), softmax)
    weights = np.zeros((features.shape[1], data.classes))
    offsets = np.full(data.classes, -1e4)  # a class that was not seen
    weights[:, known] = scale * (back @ (projected / (values + STRENGTHS[best])[:, None])) / deviation[:, None]
    offsets[known] = scale * offset - mean @ weights[:, known]
    return LinearHead(weights, offsets, f"Ridge strength {STRENGTHS[best]:.3g}, scale of decision values {scale:.3g}.")


def fit_logistic(features: np.ndarray, data: TrainingSet, strength: float, feedback: Feedback) -> LinearHead:
    """Logistic regression of scikit-learn on scaled features; ``strength`` is its ``C``."""
    feedback.check()
    deviation, mean = _deviation(features), features.mean(axis=0, dtype=np.float64)
    model = LogisticRegression(C=strength, max_iter=MOST_ITERATIONS)
    with threads_only(), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # said below, in the number of iterations
        model.fit((features - mean) / deviation, data.targets, sample_weight=data.weights)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # one row, for the second class
        coefficients, intercepts = np.vstack([-coefficients, coefficients]) / 2, np.r_[-intercepts, intercepts] / 2
    weights = np.zeros((features.shape[1], data.classes))
    offsets = np.full(data.classes, -1e4)
    weights[:, model.classes_] = coefficients.T / deviation[:, None]
    offsets[model.classes_] = intercepts - mean @ weights[:, model.classes_]
    return LinearHead(weights, offsets, f"Logistic regression after {int(np.max(model.n_iter_))} iterations.")


def _deviation(features: np.ndarray) -> np.ndarray:
    deviation = features.std(axis=0, dtype=np.float64)
    return np.where(deviation > 1e-7, deviation, 1.0)
