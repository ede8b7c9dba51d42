"""One scale for all decision values, so that probabilities made from them say how often they are right.

Temperature scaling (Guo et al. 2017): a single number, which a few samples of rare classes cannot spoil as they do a
sigmoid for each class (Platt 1999).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import minimize_scalar

SMALLEST, LARGEST = 0.02, 50.0


def best_scale(decisions: np.ndarray, targets: np.ndarray, probabilities: Callable[[np.ndarray], np.ndarray]) -> float:
    """The factor for decision values that gives unseen samples the least log loss.

    Args:
        decisions: ``(n, …)`` decision values of samples that the classifier has not learnt from.
        targets: ``(n,)`` the column of the true class in the probabilities.
        probabilities: makes ``(n, classes)`` of scaled decision values.

    Returns:
        Between 0.02 and 50; 1 without samples.
    """
    if not len(targets):
        return 1.0
    rows = np.arange(len(targets))

    def loss(exponent: float) -> float:
        right = probabilities(np.exp(exponent) * decisions)[rows, targets]
        return -float(np.log(np.maximum(right, 1e-12)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(np.log(SMALLEST), np.log(LARGEST)), method="bounded").x))


def softmax(decisions: np.ndarray) -> np.ndarray:
    """``exp`` of each decision value by their sum, ``(n, classes)``."""
    powers = np.exp(decisions - decisions.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
