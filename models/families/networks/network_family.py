"""The family of classifiers behind every neural network: its settings, and from samples to trained networks."""

from __future__ import annotations

import math
import threading
from dataclasses import asdict, dataclass

import numpy as np
import torch
from torch import nn

from ....core.errors import ChronocoverError
from ....core.feedback import Feedback
from ....core.side_by_side import run_side_by_side
from ..family import TrainingSet
from ..learning_curves import LearningCurve
from ..scaling import Scaling
from ..search_space import Between, Choice, SearchSpace
from .augmentation import Augmentation
from .trained_networks import KnownClasses, Probabilities, TrainedNetworks
from .training_loop import BEST_LOSS, KEEP, LAST, Plan, Samples, train_network

CONSTANT, COSINE = "constant", "cosine"
SCHEDULES = (CONSTANT, COSINE)
_building = threading.Lock()  # PyTorch draws fresh weights from one generator of the process


@dataclass(frozen=True)
class NetworkFamily:
    """Settings that all networks share. A subclass adds its own, a ``name`` and :meth:`network`.

    Attributes:
        epochs: how often all samples are seen, at most.
        batch_size: samples in a step; never more than a tenth of the samples, so that few samples make steps too.
        learning_rate: of Adam (Kingma and Ba 2015).
        weight_decay: of Adam, the L2 penalty on the weights.
        dropout: share of the values that each dropout layer drops, 0 to 1.
        patience: training stops after so many epochs without improvement of what ``keep`` watches; 0, or if the last
            is kept: never.
        keep: the network of which epoch is kept: ``best loss`` or ``best accuracy`` on the samples kept aside, or
            ``last``.
        validation_share: of each class that is kept aside to watch the training, whole groups, 0 to 1.
        schedule: ``constant`` learning rate, or ``cosine``: it falls to 0 as half a wave (Loshchilov and Hutter 2017).
        shift_days, jitter, drop_dates: see :class:`~.augmentation.Augmentation`.
        networks: so many are trained from different random weights; their probabilities are averaged.
    """

    epochs: int = 100
    batch_size: int = 32
    learning_rate: float = 1e-3
    weight_decay: float = 0.0
    dropout: float = 0.0
    patience: int = 0
    keep: str = BEST_LOSS
    validation_share: float = 0.2
    schedule: str = CONSTANT
    shift_days: float = 0.0
    jitter: float = 0.0
    drop_dates: float = 0.0
    networks: int = 1
    name = "Neural network"
    packages = {"torch": "torch"}  # whose versions the model card tells, beside those of all models

    def network(self, data: TrainingSet) -> nn.Module:
        """A network with fresh weights: float32 ``(n, dates, variables, …)`` scaled, to logits ``(n, data.classes)``.

        ``data`` tells the shape of the series, the number of classes and the days of the dates; it is called with
        PyTorch's generator seeded. Use :class:`~.layers.Dropout`, and operations that the exporter knows.
        """
        raise NotImplementedError

    def scaling(self, values: np.ndarray) -> Scaling:
        """How the values ``(n, dates, variables, …)`` are brought to one scale, inside the graph as well."""
        return Scaling.by_variable(values)

    def optimiser(self, network: nn.Module) -> torch.optim.Optimizer:
        """What changes the weights."""
        return torch.optim.Adam(network.parameters(), lr=self.learning_rate, weight_decay=self.weight_decay)

    def learning_rate_factor(self, over: float) -> float:
        """By what the learning rate is multiplied when the part ``over`` of the training, 0 to 1, is over."""
        return 1.0 if self.schedule == CONSTANT else 0.5 * (1 + math.cos(math.pi * over))

    @property
    def kept_aside(self) -> float:
        """See :class:`~..family.Family`: none if the last network is kept whatever they say."""
        return 0.0 if self.keep == LAST else self.validation_share

    def parameters(self) -> dict[str, object]:
        """See :class:`~..family.Family`."""
        return asdict(self)

    def search_space(self) -> SearchSpace:
        """See :class:`~..family.Family`. The ranges of the Adam optimiser are those of practice."""
        return {
            "learning_rate": Between(1e-4, 1e-2, logarithmic=True),
            "weight_decay": Between(1e-7, 1e-3, logarithmic=True),
            "batch_size": Choice((16, 32, 64, 128)),
        }

    def fit(self, data: TrainingSet, seed: int, threads: int, feedback: Feedback) -> TrainedNetworks:
        """See :class:`~..family.Family`.

        Each network is trained on one thread, so that the result does not depend on ``threads``; several networks are
        trained side by side.
        """
        self._check()
        rows, held = np.arange(len(data.targets)), np.zeros(0, np.int64)
        if data.aside is not None or self.kept_aside:
            rows, held = data.hold_out(self.validation_share, seed)
            if not len(held):
                rows = np.arange(len(data.targets))
                feedback.warning("Too few samples to keep some aside: the network of the last epoch is kept.")
        scaling = self.scaling(data.values[rows])
        learn, validation = self._samples(data, rows, scaling), self._samples(data, held, scaling)
        days = data.days or tuple(range(data.values.shape[1]))
        plan = Plan(
            self.epochs,
            max(2, min(self.batch_size, len(rows) // 10)),
            self.patience,
            self.keep,
            Augmentation(self.shift_days, self.jitter, self.drop_dates),
            torch.tensor(days, dtype=torch.float32),
            self.learning_rate_factor,
        )
        known = np.bincount(data.targets[rows], minlength=data.classes) > 0
        seeds = np.random.SeedSequence(seed).generate_state(2 * self.networks)

        def task(number: int):
            def train(own: Feedback) -> tuple[nn.Module, LearningCurve]:
                name = f"network {number + 1}" if self.networks > 1 else ""
                network = self._fresh(data, known, int(seeds[2 * number]))
                optimiser, order = self.optimiser(network), int(seeds[2 * number + 1])
                return network, train_network(network, optimiser, learn, validation, plan, order, name, own)

            return train

        found = run_side_by_side([task(number) for number in range(self.networks)], threads, feedback)
        model = Probabilities(scaling, [network for network, _ in found])
        return TrainedNetworks(model, data.values.shape[1:], [curve for _, curve in found])

    def _fresh(self, data: TrainingSet, known: np.ndarray, seed: int) -> nn.Module:
        with _building, torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            network = self.network(data)
        return network if known.all() else KnownClasses(network, known)

    def _samples(self, data: TrainingSet, rows: np.ndarray, scaling: Scaling) -> Samples:
        weights = data.weights[rows] / data.weights.mean()
        return Samples(
            torch.from_numpy(scaling.apply(data.values[rows])),
            torch.from_numpy(data.targets[rows]),
            torch.from_numpy(weights.astype(np.float32)),
        )

    def _check(self) -> None:
        if self.keep not in KEEP:
            raise ChronocoverError(f"The network to keep is one of {', '.join(KEEP)}, not “{self.keep}”.")
        if self.schedule not in SCHEDULES:
            raise ChronocoverError(f"The learning rate is {' or '.join(SCHEDULES)}, not “{self.schedule}”.")
