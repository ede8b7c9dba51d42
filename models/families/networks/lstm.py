"""A bidirectional LSTM over a season, alone or beside 3-D convolutions over the pixel's surroundings.

The LSTM is BreizhCrops' (Rußwurm et al. 2020, The International Archives of the Photogrammetry, Remote Sensing and
Spatial Information Sciences XLIII-B2): the states of all layers after the last step, in both directions, are normalized
and classified. Its normalization of each date's values over the variables is left out: with one variable it would leave
nothing, and values are standardized before. The 3 x 3 x 3 convolutions over time and place are those of Ji et al.
(2018, Remote Sensing 10(1), 75); both branches are joined before the last layer, as in DuPLO (Interdonato et al. 2019,
ISPRS Journal 149).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ....core.errors import ChronocoverError
from ..family import TrainingSet
from ..search_space import Between, Choice, SearchSpace
from .layers import Dropout
from .network_family import NetworkFamily

CONTEXT = 3
"""Side of the window that the convolutions look at."""
CONVOLUTIONS = (32, 64)
"""Channels of the two convolutions."""


class RecurrentNetwork(nn.Module):
    """From ``(n, dates, variables)``, or ``(n, dates, variables, 3, 3)`` with surroundings, to logits ``(n, classes)``.

    Args:
        variables: number of variables.
        classes: number of classes.
        hidden: numbers that a layer remembers in each direction.
        layers: number of LSTM layers, one above the other.
        dropout: share of the numbers that are dropped between layers, and behind the convolutions, while learning.
        surroundings: whether the 3 x 3 pixels around each are looked at.
    """

    def __init__(
        self,
        variables: int,
        classes: int,
        hidden: int = 128,
        layers: int = 4,
        dropout: float = 0.57,
        surroundings: bool = False,
    ) -> None:
        super().__init__()
        inputs = [variables, *[2 * hidden] * (layers - 1)]
        # One by one, since PyTorch's own dropout between the layers of an LSTM has no generator of its own.
        self.layers = nn.ModuleList(
            nn.LSTM(size, hidden, bias=False, batch_first=True, bidirectional=True) for size in inputs
        )
        self.dropout = Dropout(dropout)
        states = 2 * hidden * layers
        self.norm = nn.LayerNorm(states)
        self.surroundings = Surroundings(variables, dropout) if surroundings else None
        self.classify = nn.Linear(states + (CONVOLUTIONS[-1] if surroundings else 0), classes)

    def forward(self, values: Tensor) -> Tensor:
        """See the class."""
        series = values if self.surroundings is None else values[:, :, :, CONTEXT // 2, CONTEXT // 2]
        states = []
        for number, layer in enumerate(self.layers):
            series, (_, state) = layer(series if number == 0 else self.dropout(series))
            states.append(state)
        features = self.norm(torch.cat(states).transpose(0, 1).flatten(1))
        if self.surroundings is not None:
            features = torch.cat([features, self.surroundings(values)], dim=1)
        return self.classify(features)


class Surroundings(nn.Module):
    """3-D convolutions over dates, rows and columns: ``(n, dates, variables, 3, 3)`` to features ``(n, 64)``.

    The first keeps the window's size, the second shrinks it to its centre; the mean over the dates follows.
    """

    def __init__(self, variables: int, dropout: float) -> None:
        super().__init__()
        first, second = CONVOLUTIONS
        self.layers = nn.Sequential(
            nn.Conv3d(variables, first, 3, padding=1, bias=False),
            nn.BatchNorm3d(first),
            nn.ReLU(),
            nn.Conv3d(first, second, 3, padding=(1, 0, 0), bias=False),
            nn.BatchNorm3d(second),
            nn.ReLU(),
        )
        self.dropout = Dropout(dropout)

    def forward(self, windows: Tensor) -> Tensor:
        """See the class."""
        return self.dropout(self.layers(windows.transpose(1, 2)).mean(dim=(2, 3, 4)))


@dataclass(frozen=True)
class Lstm(NetworkFamily):
    """Settings; see :class:`~.network_family.NetworkFamily`.

    Dropout, weight decay and batch size are those of BreizhCrops. Its network of four layers of 128 with a learning
    rate of 0.01 was tuned on hundreds of thousands of parcels: half of both learns some six times as fast, and no
    worse from samples by the thousand.

    ``hidden`` is what a layer remembers in each direction, ``layers`` their number, ``context`` the side of the window
    of pixels that is looked at: 1, the pixel alone, or 3.
    """

    batch_size: int = 256
    learning_rate: float = 0.002
    weight_decay: float = 1e-6
    dropout: float = 0.57
    patience: int = 20
    hidden: int = 64
    layers: int = 2
    context: int = 1
    name = "LSTM"

    def network(self, data: TrainingSet) -> RecurrentNetwork:
        """See :class:`~.network_family.NetworkFamily`. Samples without the windows that the context needs are refused,
        and such with other ones.
        """
        if self.context not in (1, CONTEXT):
            raise ChronocoverError(f"The spatial context is 1 or {CONTEXT} pixels wide, not {self.context}.")
        window = (self.context, self.context) if self.context > 1 else ()
        if data.values.shape[3:] != window:
            raise ChronocoverError(
                f"An LSTM with a context of {self.context} × {self.context} pixels needs samples with such windows, "
                "read from the image series."
            )
        return RecurrentNetwork(
            data.values.shape[2], data.classes, self.hidden, self.layers, self.dropout, self.context > 1
        )

    def search_space(self) -> SearchSpace:
        """See :class:`~..family.Family`. The ranges of BreizhCrops' tuning."""
        return {
            **super().search_space(),
            "hidden": Choice((32, 64, 128)),
            "layers": Choice((1, 2, 3, 4)),
            "dropout": Between(0.0, 0.8),
            "weight_decay": Between(1e-8, 1e-2, logarithmic=True),
        }
