"""Training one network: epochs, batches, what to keep, when to stop."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from ....core.errors import ChronocoverError
from ....core.feedback import Feedback
from ..learning_curves import Epoch, LearningCurve
from .augmentation import Augmentation
from .layers import draw_dropout_from
from .one_thread import one_thread

BEST_LOSS, BEST_ACCURACY, LAST = "best loss", "best accuracy", "last"
KEEP = (BEST_LOSS, BEST_ACCURACY, LAST)
ROWS_AT_ONCE = 1024
MOST_LINES = 50
"""Of epochs in the log of a network."""


@dataclass(frozen=True)
class Samples:
    """Scaled series float32 ``(n, dates, variables, …)``, targets int64 ``(n,)`` and weights float32 ``(n,)``."""

    series: Tensor
    targets: Tensor
    weights: Tensor

    def __len__(self) -> int:
        return len(self.targets)


@dataclass(frozen=True)
class Plan:
    """How to train, whatever the network.

    ``learning_rate_factor`` takes the part of the training that is over, 0 to 1, and says by what the learning rate
    is multiplied. ``days`` is float32 ``(dates,)``; ``patience`` 0 never stops early.
    """

    epochs: int
    batch_size: int
    patience: int
    keep: str
    augmentation: Augmentation
    days: Tensor
    learning_rate_factor: Callable[[float], float]


def train_network(
    network: nn.Module,
    optimiser: torch.optim.Optimizer,
    learn: Samples,
    validation: Samples,
    plan: Plan,
    seed: int,
    name: str,
    feedback: Feedback,
) -> LearningCurve:
    """Train ``network`` (series to logits ``(n, classes)``) in place and leave it in evaluation mode.

    Args:
        network: with fresh weights.
        optimiser: of its parameters, at the learning rate to begin with.
        learn: samples to learn from, two at least.
        validation: samples kept aside; none: the last network is kept.
        plan: epochs, batches, what to keep.
        seed: of the order of the samples, dropout and augmentation.
        name: of the network in the log; empty if there is only one.
        feedback: a line an epoch, fewer with many; checked for cancelling in each batch.

    Raises:
        ChronocoverError: the loss is no longer a number.
        CancelledError: the user cancelled.
    """
    with one_thread():
        generator = torch.Generator().manual_seed(seed)
        draw_dropout_from(network, generator)
        rates = [group["lr"] for group in optimiser.param_groups]
        deviation = learn.series.std(dim=(0, 1), unbiased=False)
        count = len(learn)
        batches = max(1, min(math.ceil(count / plan.batch_size), count // 2))  # never one of a single sample
        keep = plan.keep if len(validation) else LAST
        epochs: list[Epoch] = []
        best, kept, state = (math.inf, math.inf), 0, None
        every = math.ceil(plan.epochs / MOST_LINES)
        for number in range(1, plan.epochs + 1):
            network.train()
            total_loss = total_right = 0.0
            order = torch.randperm(count, generator=generator)
            for batch, rows in enumerate(torch.tensor_split(order, batches)):
                feedback.check()
                over = (number - 1 + batch / batches) / plan.epochs
                feedback.progress(over)
                for group, rate in zip(optimiser.param_groups, rates):
                    group["lr"] = rate * plan.learning_rate_factor(over)
                series = plan.augmentation.apply(learn.series[rows], plan.days, deviation, generator)
                targets = learn.targets[rows]
                logits = network(series)
                losses = learn.weights[rows] * cross_entropy(logits, targets, reduction="none")
                optimiser.zero_grad()
                losses.mean().backward()
                optimiser.step()
                total_loss += float(losses.detach().sum())
                total_right += int((logits.detach().argmax(dim=1) == targets).sum())
            network.eval()
            loss, accuracy = _measure(network, validation, feedback) if len(validation) else (None, None)
            epoch = Epoch(number, total_loss / count, total_right / count, loss, accuracy, time.time())
            _refuse_nonsense(epoch, network, optimiser)
            epochs.append(epoch)
            better = keep == LAST or _rank(epoch, keep) < best
            if better:
                kept = number
                if keep != LAST:
                    best, state = _rank(epoch, keep), copy.deepcopy(network.state_dict())
            waited = number - kept
            stop = bool(plan.patience) and waited >= plan.patience
            if number % every == 0 or number in (1, plan.epochs) or stop:
                feedback.info(_line(epoch, name))
            if stop:
                feedback.info(_named(name, f"stopped: no better for {waited} epochs."))
                break
        if state is not None:
            network.load_state_dict(state)
        feedback.progress(1.0)
        if keep != LAST:
            feedback.info(_named(name, f"kept epoch {kept} of {len(epochs)}."))
        return LearningCurve(name or "network", tuple(epochs), kept)


def _measure(network: nn.Module, samples: Samples, feedback: Feedback) -> tuple[float, float]:
    """Weighted mean loss and accuracy."""
    loss, right = 0.0, 0
    with torch.inference_mode():
        for rows in torch.arange(len(samples)).split(ROWS_AT_ONCE):
            feedback.check()
            logits, targets = network(samples.series[rows]), samples.targets[rows]
            loss += float((samples.weights[rows] * cross_entropy(logits, targets, reduction="none")).sum())
            right += int((logits.argmax(dim=1) == targets).sum())
    return loss / float(samples.weights.sum()), right / len(samples)


def _rank(epoch: Epoch, keep: str) -> tuple[float, float]:
    """Less is better; equal accuracies are told apart by the loss."""
    return (epoch.validation_loss, 0.0) if keep == BEST_LOSS else (-epoch.validation_accuracy, epoch.validation_loss)


def _refuse_nonsense(epoch: Epoch, network: nn.Module, optimiser: torch.optim.Optimizer) -> None:
    finite = np.isfinite([epoch.loss, epoch.validation_loss or 0.0]).all()
    if not finite or not all(bool(torch.isfinite(each).all()) for each in network.parameters()):
        raise ChronocoverError(
            f"The network's weights grew without bounds in epoch {epoch.number} (its loss is no longer a number). "
            f"Choose a smaller learning rate than {optimiser.defaults['lr']:g}."
        )


def _line(epoch: Epoch, name: str) -> str:
    text = f"epoch {epoch.number}: loss {epoch.loss:.4f}, accuracy {epoch.accuracy:.3f}"
    if epoch.validation_loss is not None:
        text += f"; kept aside: loss {epoch.validation_loss:.4f}, accuracy {epoch.validation_accuracy:.3f}"
    return _named(name, text)


def _named(name: str, text: str) -> str:
    return f"{name}, {text}" if name else text[0].upper() + text[1:]
