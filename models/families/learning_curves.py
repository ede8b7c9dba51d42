"""What a training told about itself epoch by epoch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True)
class Epoch:
    """One pass over the samples.

    ``loss`` (cross entropy, weighted as the samples) and ``accuracy`` are means over the samples learnt from, while
    the network changed, with dropout and augmentation; the others are of the samples kept aside, at the end of the
    epoch, and None without any. ``time`` is its end in seconds since 1970.
    """

    number: int
    loss: float
    accuracy: float
    validation_loss: float | None
    validation_accuracy: float | None
    time: float


@dataclass(frozen=True)
class LearningCurve:
    """The epochs of one network; ``kept`` is the number of the epoch whose network was kept."""

    name: str
    epochs: tuple[Epoch, ...]
    kept: int


@runtime_checkable
class LearnsInEpochs(Protocol):
    """A fitted classifier that can tell how it learnt."""

    def learning_curves(self) -> tuple[LearningCurve, ...]:
        """One curve for each network of the classifier."""
