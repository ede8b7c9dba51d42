"""Making series of other seasons, sensors and clouds out of those at hand, anew in each epoch."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Augmentation:
    """What is changed, each off at 0.

    Attributes:
        shift: most days that a series is moved, earlier or later, each series by an amount of its own; values between
            two dates are interpolated linearly, and beyond the ends the nearest one is taken.
        jitter: standard deviation of normal noise on each value, as a share of the variable's standard deviation.
        drop: share of the dates, 0 to 1, whose values are taken away, all variables together as under a cloud, and
            filled by linear interpolation in time as missing values are.
    """

    shift: float = 0.0
    jitter: float = 0.0
    drop: float = 0.0

    def apply(self, series: Tensor, days: Tensor, deviation: Tensor, generator: torch.Generator) -> Tensor:
        """Changed copies.

        Args:
            series: float32 ``(n, dates, variables, …)``.
            days: float32 ``(dates,)``, strictly ascending.
            deviation: standard deviation of each variable, in a shape that broadcasts to ``series``.
            generator: of everything random.
        """
        count, dates = series.shape[:2]
        if self.shift and dates > 1:
            moves = (2 * torch.rand(count, 1, generator=generator) - 1) * self.shift
            series = _at_days(series, days, days[None] - moves)
        if self.drop and dates > 1:
            series = _without(series, days, torch.rand(count, dates, generator=generator) >= self.drop)
        if self.jitter:
            series = series + self.jitter * deviation * torch.randn(series.shape, generator=generator)
        return series


def _at_days(series: Tensor, days: Tensor, wanted: Tensor) -> Tensor:
    """Values at other days ``(n, dates)``, linear between dates and constant beyond them."""
    wanted = wanted.clamp(days[0], days[-1])
    after = torch.searchsorted(days, wanted.contiguous()).clamp(1, len(days) - 1)
    before = after - 1
    share = (wanted - days[before]) / (days[after] - days[before])
    return _between(series, before, after, share)


def _without(series: Tensor, days: Tensor, observed: Tensor) -> Tensor:
    """Series with the dates that are not ``observed`` (bool ``(n, dates)``) interpolated; one with none stays."""
    count, dates = observed.shape
    observed = observed | ~observed.any(dim=1, keepdim=True)
    index = torch.arange(dates).expand(count, dates)
    before = torch.where(observed, index, -1).cummax(dim=1).values
    after = torch.where(observed, index, dates).flip(1).cummin(dim=1).values.flip(1)
    before, after = torch.where(before < 0, after, before), torch.where(after == dates, before, after)
    span = days[after] - days[before]
    share = torch.where(span > 0, (days[None] - days[before]) / span.clamp(min=1e-6), 0.0)
    return _between(series, before, after, share)


def _between(series: Tensor, before: Tensor, after: Tensor, share: Tensor) -> Tensor:
    shape = (*before.shape, *[1] * (series.dim() - 2))
    rows = torch.arange(len(series))[:, None]
    low, high = series[rows, before], series[rows, after]
    return low + share.view(shape) * (high - low)
