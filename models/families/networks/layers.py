"""What the networks are made of beside PyTorch's own layers."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import conv1d, pad

LONGEST_AS_MATRIX = 128
"""Dates, beyond which a matrix for each channel would be larger than it is fast."""


class Dropout(nn.Module):
    """Dropout (Srivastava et al. 2014) that draws from a generator of its own.

    PyTorch's draws from one generator of the whole process, so that networks trained side by side would disturb each
    other and no seed could give the same model again.
    """

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate
        self.generator: torch.Generator | None = None

    def forward(self, values: Tensor) -> Tensor:
        """Values of the same shape; unchanged outside of training."""
        if not self.training or self.rate == 0:
            return values
        kept = torch.empty_like(values).bernoulli_(1 - self.rate, generator=self.generator)
        return values * kept / (1 - self.rate)


def draw_dropout_from(network: nn.Module, generator: torch.Generator) -> None:
    """Let all :class:`Dropout` of a network draw from ``generator``."""
    for layer in network.modules():
        if isinstance(layer, Dropout):
            layer.generator = generator


class SameLength(nn.Conv2d):
    """Convolution along dates whose result has as many dates, for odd and even lengths.

    Where the length is even, it sees one date more after than before, as Keras has it. Series are images of one row,
    for which PyTorch trains and ONNX Runtime runs half again as fast as for plain series.
    """

    def __init__(self, channels: int, filters: int, length: int, bias: bool = False) -> None:
        super().__init__(channels, filters, (1, length), padding=(0, (length - 1) // 2), bias=bias)
        self.one_more = length % 2 == 0

    def forward(self, series: Tensor) -> Tensor:
        """``(n, filters, 1, dates)`` of ``(n, channels, 1, dates)``."""
        return super().forward(pad(series, (0, 1)) if self.one_more else series)


class EachChannel(nn.Module):
    """A filter for each channel, without bias: the result has as many dates, and the dates before and after are 0.

    As a product with a banded matrix for each channel, the same is several times as fast as a grouped convolution, in
    PyTorch as in ONNX Runtime.
    """

    def __init__(self, channels: int, length: int, dilation: int, dates: int) -> None:
        super().__init__()
        self.filters = nn.Conv1d(channels, channels, length, dilation=dilation, groups=channels, bias=False)
        self.before = dilation * (length - 1) // 2
        self.after = dilation * (length - 1) - self.before
        self.as_matrix = dates <= LONGEST_AS_MATRIX
        if self.as_matrix:
            day = torch.arange(dates)
            taps = day[:, None] - day[None] + self.before
            inside = (taps % dilation == 0) & (taps >= 0) & (taps < dilation * length)
            self.register_buffer("taps", (taps // dilation).clamp(0, length - 1))
            self.register_buffer("inside", inside)

    def forward(self, series: Tensor) -> Tensor:
        """``(n, channels, dates)`` of ``(n, channels, dates)``."""
        weight = self.filters.weight
        if not self.as_matrix:
            padded = pad(series, (self.before, self.after))
            return conv1d(padded, weight, dilation=self.filters.dilation, groups=len(weight))
        matrices = torch.where(self.inside, weight[:, 0][:, self.taps], 0.0)
        # Not transpose and matmul: ONNX Runtime fuses them, and then ends the process on an empty batch.
        return torch.einsum("ncs,cst->nct", series, matrices)
