"""The lightweight temporal attention encoder (L-TAE; Garnot and Landrieu 2020) on single pixels.

Source: Garnot and Landrieu, Lightweight Temporal Self-Attention for Classifying Satellite Image Time Series, AALTD
2020, and the code that its authors published with it. Their pixel-set encoder sees whole parcels; for single pixels its
place takes a perceptron of each date's values, as in the R package sits (Simoes et al. 2021).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from ....core.errors import ChronocoverError
from ..family import TrainingSet
from ..search_space import Choice, SearchSpace
from .layers import Dropout
from .network_family import NetworkFamily

EMBEDDING = (32, 64, 128)
"""Widths of the perceptron of each date's values, as in sits."""
DECODER = (64, 32)
"""Widths before the classes, the authors'."""
OUTPUT_WIDTH = 128
ATTENTION_DROPOUT = 0.1


def perceptron(widths: Sequence[int]) -> list[nn.Module]:
    """Linear layers from each width to the next, every one followed by batch normalization and ReLU."""
    layers: list[nn.Module] = []
    for before, after in zip(widths, widths[1:]):
        layers += [nn.Linear(before, after), nn.BatchNorm1d(after), nn.ReLU()]
    return layers


def day_encoding(days: Sequence[int], width: int, period: float) -> np.ndarray:
    """The sine and cosine of each day in ``width`` / 2 wavelengths, float32 ``(dates, width)``.

    Channel 2i is sin(day / period^(2i / width)), channel 2i + 1 its cosine (equation 1 of the paper, with days as
    positions).
    """
    channel = np.arange(width)
    angle = np.asarray(days, np.float64)[:, None] / period ** (2 * (channel // 2) / width)
    return np.where(channel % 2 == 0, np.sin(angle), np.cos(angle)).astype(np.float32)


class TemporalAttention(nn.Module):
    """From an embedding of each date, ``(n, dates, channels)``, to one of the series, ``(n, widths[-1])``.

    Each head looks at its own share of the channels, and its query is a parameter of its own: it learns which dates
    matter to it.

    Args:
        channels: of a date's embedding.
        days: the day of each date, so that dates may be irregular.
        heads: number of attention heads.
        key_size: channels of keys and queries.
        widths: of the perceptron behind the heads; the first is the number of channels that the heads share.
        dropout: share of the output's channels that are dropped while learning.
        period: the longest wavelength of the encoding of days, over 2 pi.
    """

    def __init__(
        self,
        channels: int,
        days: Sequence[int],
        heads: int = 16,
        key_size: int = 8,
        widths: Sequence[int] = (256, 128),
        dropout: float = 0.2,
        period: float = 1000.0,
    ) -> None:
        super().__init__()
        self.heads, self.key_size = heads, key_size
        width = widths[0]
        self.input_norm = nn.LayerNorm(channels)
        self.projection = nn.Linear(channels, width)
        self.projection_norm = nn.LayerNorm((len(days), width))
        encoding = np.tile(day_encoding(days, width // heads, period), heads)
        self.register_buffer("encoding", torch.from_numpy(encoding))
        self.queries = nn.Parameter(torch.empty(heads, key_size))
        self.keys = nn.Linear(width, heads * key_size)
        for weights in (self.queries, self.keys.weight):
            nn.init.normal_(weights, 0.0, math.sqrt(2.0 / key_size))
        self.attention_dropout = Dropout(ATTENTION_DROPOUT)
        self.output = nn.Sequential(*perceptron(widths), Dropout(dropout), nn.LayerNorm(widths[-1]))

    def forward(self, embedded: Tensor) -> Tensor:
        """See the class."""
        dates = self.projection_norm(self.projection(self.input_norm(embedded))) + self.encoding
        weights = self.attention_dropout(self.attention(dates))
        by_head = dates.unflatten(2, (self.heads, -1)).transpose(1, 2)
        seen = torch.matmul(weights.unsqueeze(2), by_head)  # (n, heads, 1, channels of a head)
        return self.output(seen.flatten(1))

    def attention(self, dates: Tensor) -> Tensor:
        """The weight of each date in each head, ``(n, heads, dates)``; the sum over dates is 1."""
        # Queries are constant, so that query times key is one product with a constant of one row a head.
        keys = self.keys.weight.view(self.heads, self.key_size, -1)
        rows = (keys * self.queries.unsqueeze(2)).sum(1)
        offsets = (self.keys.bias.view(self.heads, self.key_size) * self.queries).sum(1)
        scores = (torch.matmul(dates, rows.t()) + offsets) / math.sqrt(self.key_size)
        return torch.softmax(scores.transpose(1, 2), dim=2)


class AttentionNetwork(nn.Module):
    """Perceptron of each date's values, :class:`TemporalAttention`, perceptron to the classes' scores.

    Takes ``(n, dates, variables)`` and gives logits ``(n, classes)``; ``attention`` are further arguments of
    :class:`TemporalAttention`, whose ``widths`` end in :data:`OUTPUT_WIDTH`.
    """

    def __init__(
        self,
        variables: int,
        classes: int,
        days: Sequence[int],
        **attention: object,
    ) -> None:
        super().__init__()
        self.embedding = nn.Sequential(*perceptron([variables, *EMBEDDING]))
        self.attention = TemporalAttention(EMBEDDING[-1], days, **attention)
        widths = [OUTPUT_WIDTH, *DECODER]
        self.decoder = nn.Sequential(*perceptron(widths), nn.Linear(widths[-1], classes))

    def forward(self, values: Tensor) -> Tensor:
        """See the class."""
        dates = values.shape[1]
        embedded = self.embedding(values.flatten(0, 1)).unflatten(0, (-1, dates))
        return self.decoder(self.attention(embedded))


@dataclass(frozen=True)
class Ltae(NetworkFamily):
    """Settings; see :class:`~.network_family.NetworkFamily`. The defaults are the authors', but for the patience,
    which is that of sits.

    ``heads`` is the number of attention heads, ``key_size`` the channels of their keys, ``width`` the channels that the
    heads share, ``period`` the longest wavelength of the encoding of days over 2 pi.
    """

    batch_size: int = 128
    dropout: float = 0.2
    patience: int = 20
    heads: int = 16
    key_size: int = 8
    width: int = 256
    period: float = 1000.0
    name = "L-TAE"

    def network(self, data: TrainingSet) -> AttentionNetwork:
        """See :class:`~.network_family.NetworkFamily`. Heads that cannot share the channels evenly are refused."""
        if self.width % (2 * self.heads):
            raise ChronocoverError(
                f"{self.width} channels cannot be shared by {self.heads} heads: each needs the same even number. "
                f"Choose a multiple of {2 * self.heads}."
            )
        _, dates, variables = data.values.shape
        return AttentionNetwork(
            variables,
            data.classes,
            data.days or range(dates),
            heads=self.heads,
            key_size=self.key_size,
            widths=(self.width, OUTPUT_WIDTH),
            dropout=self.dropout,
            period=self.period,
        )

    def search_space(self) -> SearchSpace:
        """See :class:`~..family.Family`. Heads and channels are those of the authors' networks of growing size."""
        space = {"heads": Choice((8, 16, 32)), "width": Choice((128, 256, 512)), "dropout": Choice((0.1, 0.2, 0.4))}
        return {**super().search_space(), **space}
