"""The temporal convolutional network of Pelletier, Webb and Petitjean (2019)."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn

from ..family import TrainingSet
from ..search_space import Between, Choice, SearchSpace
from .layers import Dropout, SameLength
from .network_family import NetworkFamily


class TempCnnNetwork(nn.Module):
    """Convolutions along time, then a dense layer on all dates: it knows at which date it sees what.

    Each layer is followed by batch normalisation, ReLU and dropout.
    """

    def __init__(
        self,
        dates: int,
        variables: int,
        classes: int,
        filters: int = 64,
        kernel: int = 5,
        layers: int = 3,
        dense: int = 256,
        dropout: float = 0.5,
    ) -> None:
        super().__init__()
        steps: list[nn.Module] = []
        for number in range(layers):
            inputs = variables if number == 0 else filters
            steps += [SameLength(inputs, filters, kernel, bias=True), nn.BatchNorm2d(filters), nn.ReLU()]
            steps.append(Dropout(dropout))
        steps += [nn.Flatten(), nn.Linear(dates * filters, dense), nn.BatchNorm1d(dense), nn.ReLU(), Dropout(dropout)]
        self.steps = nn.Sequential(*steps, nn.Linear(dense, classes))
        for layer in self.steps[:-1]:  # as the authors' code has it (He et al. 2015)
            if isinstance(layer, (SameLength, nn.Linear)):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
                nn.init.zeros_(layer.bias)

    def forward(self, series: Tensor) -> Tensor:
        """Logits ``(n, classes)`` of ``(n, dates, variables)``."""
        return self.steps(series.transpose(1, 2).unsqueeze(2))


@dataclass(frozen=True)
class TempCnn(NetworkFamily):
    """Settings; see :class:`~.network_family.NetworkFamily`. The defaults are the paper's, but for the patience.

    The paper takes 20 epochs for a million samples; fewer samples need more, and the patience, that of the R package
    sits, says when they are enough.
    """

    patience: int = 20
    weight_decay: float = 1e-6
    dropout: float = 0.5
    filters: int = 64
    kernel: int = 5
    layers: int = 3
    dense: int = 256
    name = "TempCNN"

    def network(self, data: TrainingSet) -> TempCnnNetwork:
        """See :class:`~.network_family.NetworkFamily`."""
        dates, variables = data.values.shape[1:]
        return TempCnnNetwork(
            dates, variables, data.classes, self.filters, self.kernel, self.layers, self.dense, self.dropout
        )

    def search_space(self) -> SearchSpace:
        """See :class:`~..family.Family`: what Pelletier et al. and Rußwurm and Körner (2020) compare."""
        return {
            **super().search_space(),
            "filters": Choice((32, 64, 128)),
            "kernel": Choice((3, 5, 7, 9)),
            "dropout": Between(0.1, 0.6),
        }
