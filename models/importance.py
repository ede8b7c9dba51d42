"""Which dates and variables a classifier decides by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.feedback import Feedback
from .families.family import Classifier

PREDICTIONS = 200_000
"""What measuring by permutation may cost, in predicted series."""
FEWEST_ROWS = 50
ROWS_AT_ONCE = 4096

IMPURITY = "impurity"
PERMUTATION = "permutation"


@dataclass(frozen=True)
class Importance:
    """Importance of each value ``(dates, variables)``, of each date ``(dates,)`` and each variable ``(variables,)``.

    ``kind`` is ``impurity`` (mean decrease of the nodes' impurity, the sum is 1; Breiman 2001) or ``permutation`` (how
    much the probability of the true class falls on average when the value, the whole date or the whole variable is
    shuffled among unseen samples; Fisher et al. 2019).
    """

    kind: str
    values: np.ndarray
    dates: np.ndarray
    variables: np.ndarray


def impurity_importance(share: np.ndarray) -> Importance:
    """From a classifier's own shares ``(dates, variables)``."""
    return Importance(IMPURITY, share, share.sum(axis=1), share.sum(axis=0))


def permutation_importance(
    classifier: Classifier, values: np.ndarray, targets: np.ndarray, predictions: int, seed: int, feedback: Feedback
) -> Importance:
    """Measure by shuffling, on samples that the classifier has not learnt from.

    Args:
        classifier: fitted.
        values: finite float32 ``(n, dates, variables)``, or windows around them: then a value is shuffled with those
            around it.
        targets: ``(n,)`` class indices.
        predictions: about the number of series to predict; samples are drawn if there are more.
        seed: of the draw and the shuffling.
        feedback: checked for cancelling.
    """
    dates, variables = values.shape[1:3]
    masks = _masks(dates, variables)
    random = np.random.default_rng(seed)
    rows = min(len(values), max(FEWEST_ROWS, predictions // len(masks)))
    chosen = random.choice(len(values), rows, replace=False)
    values, targets = values[chosen], targets[chosen]
    known = np.arange(rows), targets
    base = classifier.predict_proba(values)[known].mean()
    drops = []
    at_once = max(1, ROWS_AT_ONCE // rows)
    for start in range(0, len(masks), at_once):
        feedback.check()
        some = masks[start : start + at_once]
        whole = some.reshape(*some.shape, *[1] * (values.ndim - 3))
        shuffled = [np.where(mask, values[random.permutation(rows)], values) for mask in whole]
        found = classifier.predict_proba(np.concatenate(shuffled)).reshape(len(some), rows, -1)
        drops.extend(base - found[(slice(None), *known)].mean(axis=1))
    drops = np.array(drops)
    cells = dates * variables
    return Importance(
        PERMUTATION, drops[:cells].reshape(dates, variables), drops[cells : cells + dates], drops[cells + dates :]
    )


def _masks(dates: int, variables: int) -> np.ndarray:
    """Bool ``(values + dates + variables, dates, variables)``: what is shuffled together."""
    cells = np.eye(dates * variables, dtype=bool).reshape(-1, dates, variables)
    whole_dates = np.repeat(np.eye(dates, dtype=bool)[:, :, None], variables, axis=2)
    whole_variables = np.repeat(np.eye(variables, dtype=bool)[:, None, :], dates, axis=1)
    return np.concatenate([cells, whole_dates, whole_variables])


def mean_importance(parts: Sequence[Importance]) -> Importance:
    """The mean over the folds of a validation."""
    means = [np.mean([getattr(part, name) for part in parts], axis=0) for name in ("values", "dates", "variables")]
    return Importance(parts[0].kind, *means)
