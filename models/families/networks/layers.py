"""What the networks are made of beside PyTorch's own layers."""

from __future__ import annotations

import torch
from torch import Tensor, nn


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
