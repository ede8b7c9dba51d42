"""What a family of classifiers offers to training: fit, predict, and write itself as an ONNX graph."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ...core.feedback import Feedback
from ..validation import hold_out

if TYPE_CHECKING:
    from onnx import ModelProto

    from .search_space import SearchSpace


@dataclass(frozen=True)
class TrainingSet:
    """What a classifier learns from.

    Attributes:
        values: float32 ``(n, dates, variables)``, finite everywhere.
        targets: int64 ``(n,)`` class indices from 0 to ``classes`` - 1; some may not occur.
        classes: the number of classes.
        weights: float64 ``(n,)`` sample weights.
        groups: ``(n,)`` number of the polygon or block of each sample, for a family that keeps samples aside while it
            learns: never part a group. None if each sample stands alone.
        days: the day of each date, ascending from 0; None if only their order is known.
        aside: bool ``(n,)``: the samples to keep aside, where that was decided before (by a split that the user gives,
            or before resampling); None leaves it to the family. See :meth:`hold_out`.
    """

    values: np.ndarray
    targets: np.ndarray
    classes: int
    weights: np.ndarray
    groups: np.ndarray | None = None
    days: tuple[int, ...] | None = None
    aside: np.ndarray | None = None

    def subset(self, rows: np.ndarray) -> TrainingSet:
        """The samples at the given indices."""
        return replace(
            self,
            values=self.values[rows],
            targets=self.targets[rows],
            weights=self.weights[rows],
            groups=None if self.groups is None else self.groups[rows],
            aside=None if self.aside is None else self.aside[rows],
        )

    def hold_out(self, share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
        """Rows to learn from, and rows to keep aside to decide when to stop: ``share`` of each class, in whole groups.

        Where ``aside`` says which, it is those. Either way, no group is on both sides.
        """
        if self.aside is not None:
            return np.flatnonzero(~self.aside), np.flatnonzero(self.aside)
        return hold_out(self.targets, self.groups, share, seed)


class Classifier(Protocol):
    """A fitted classifier."""

    def predict_proba(self, values: np.ndarray) -> np.ndarray:
        """Probabilities float64 ``(n, classes)`` for finite float32 ``(n, dates, variables)``."""

    def importance(self) -> np.ndarray | None:
        """The share of each date and variable in the classifier's decisions, ``(dates, variables)`` with the sum 1.

        None if the classifier does not know: training then measures it on samples that it has not seen.
        """

    def to_onnx(self) -> ModelProto:
        """A graph as :func:`models.packaging.package` takes it."""


class Family(Protocol):
    """A kind of classifier with its settings: a frozen dataclass whose fields are the settings.

    One that keeps learning samples aside to decide when to stop does so with :meth:`TrainingSet.hold_out`, and has an
    attribute or property ``kept_aside``, their share (0 to 1, 0 for none), for reports and for resampling.
    """

    name: str

    def search_space(self) -> SearchSpace:
        """The ranges that tuning draws settings from, as published or as practice has it."""

    def parameters(self) -> dict[str, object]:
        """The settings as plain values, for the model card."""

    def fit(self, data: TrainingSet, seed: int, threads: int, feedback: Feedback) -> Classifier:
        """Fit a classifier; at least two classes occur in ``data``.

        The result depends on ``seed`` and not on ``threads``. Cancelling is checked as often as possible.

        Raises:
            ChronocoverError: the settings do not fit the samples.
            CancelledError: the user cancelled.
        """
