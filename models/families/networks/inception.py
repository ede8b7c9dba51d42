"""InceptionTime (Ismail Fawaz et al. 2020) and its lighter successor LITE (Ismail-Fawaz et al. 2023, 2025)."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import conv1d

from ....core.errors import ChronocoverError
from ..family import TrainingSet
from ..search_space import Choice, SearchSpace
from .layers import Dropout, EachChannel, SameLength
from .network_family import COSINE, NetworkFamily
from .training_loop import LAST

INCEPTION, LITE = "InceptionTime", "LITE"
ARCHITECTURES = (INCEPTION, LITE)
RESIDUAL_EVERY = 3
BOTTLENECK = 32
CUSTOM_LENGTHS = (2, 4, 8, 16, 32, 64)


class InceptionModule(nn.Module):
    """Filters of three lengths and a maximum over three dates, side by side on a bottleneck."""

    def __init__(self, channels: int, filters: int, kernel: int) -> None:
        super().__init__()
        self.bottleneck = SameLength(channels, BOTTLENECK, 1) if channels > 1 else nn.Identity()
        inputs = BOTTLENECK if channels > 1 else channels
        lengths = _lengths(kernel, 3)
        self.convolutions = nn.ModuleList(SameLength(inputs, filters, length) for length in lengths)
        self.largest = nn.MaxPool2d((1, 3), stride=1, padding=(0, 1))
        self.of_largest = SameLength(channels, filters, 1)
        self.norm = nn.BatchNorm2d(4 * filters)

    def forward(self, series: Tensor) -> Tensor:
        """``(n, 4 × filters, 1, dates)`` of ``(n, channels, 1, dates)``."""
        narrow = self.bottleneck(series)
        parts = [convolution(narrow) for convolution in self.convolutions]
        return torch.relu(self.norm(torch.cat([*parts, self.of_largest(self.largest(series))], dim=1)))


class InceptionNetwork(nn.Module):
    """One network of InceptionTime: modules with a shortcut around every third, then the mean over all dates."""

    def __init__(self, variables: int, classes: int, filters: int, kernel: int, depth: int, dropout: float) -> None:
        super().__init__()
        channels = 4 * filters
        self.modules_in_line = nn.ModuleList(
            InceptionModule(variables if number == 0 else channels, filters, kernel) for number in range(depth)
        )
        self.shortcuts = nn.ModuleList(
            nn.Sequential(SameLength(variables if number == 0 else channels, channels, 1), nn.BatchNorm2d(channels))
            for number in range(depth // RESIDUAL_EVERY)
        )
        self.dropout = Dropout(dropout)
        self.classes = nn.Linear(channels, classes)

    def forward(self, series: Tensor) -> Tensor:
        """Logits ``(n, classes)`` of ``(n, dates, variables)``."""
        series = series.transpose(1, 2).unsqueeze(2)
        start = series
        for number, module in enumerate(self.modules_in_line):
            series = module(series)
            if number % RESIDUAL_EVERY == RESIDUAL_EVERY - 1:
                series = torch.relu(series + self.shortcuts[number // RESIDUAL_EVERY](start))
                start = series
        return self.classes(self.dropout(series.mean(dim=(2, 3))))


class LiteNetwork(nn.Module):
    """One network of LITETime: filters of three lengths and fixed ones for steps and peaks, then two light layers.

    The light layers are separable and look wider, over every second and every fourth date. Of several variables each
    filter of the first layer sees all, as in the authors' code.
    """

    def __init__(self, dates: int, variables: int, classes: int, filters: int, kernel: int, dropout: float) -> None:
        super().__init__()
        self.convolutions = nn.ModuleList(SameLength(variables, filters, length) for length in _lengths(kernel, 3))
        shapes = _centred(fixed_filters(), dates)
        self.register_buffer("fixed", torch.tensor(shapes, dtype=torch.float32)[:, None].repeat(1, variables, 1))
        channels = 3 * filters + len(shapes)
        self.norm = nn.BatchNorm1d(channels)
        lengths = _lengths(max(1, kernel // 2), 2)
        self.light = nn.Sequential(
            *_separable(channels, filters, EachChannel(channels, lengths[0], 2, dates)),
            *_separable(filters, filters, EachChannel(filters, lengths[1], 4, dates)),
        )
        self.dropout = Dropout(dropout)
        self.classes = nn.Linear(filters, classes)

    def forward(self, series: Tensor) -> Tensor:
        """Logits ``(n, classes)`` of ``(n, dates, variables)``."""
        series = series.transpose(1, 2)
        learnt = [convolution(series.unsqueeze(2)).squeeze(2) for convolution in self.convolutions]
        fixed = torch.relu(conv1d(series, self.fixed, padding=self.fixed.shape[2] // 2))
        seen = torch.relu(self.norm(torch.cat([*learnt, fixed], dim=1)))
        return self.classes(self.dropout(self.light(seen).mean(dim=2)))


def fixed_filters() -> list[list[float]]:
    """The filters of LITE that are not learnt, for rising, falling and peaks (Ismail-Fawaz et al. 2022).

    Those for rising and falling change sign from date to date. A peak is a positive bump between two negative ones of
    half its height, of parabolas.
    """
    signs = [[-1.0 if (date % 2 == 0) == rising else 1.0 for date in range(length)]
             for rising in (True, False) for length in CUSTOM_LENGTHS]  # fmt: skip
    peaks = []
    for length in CUSTOM_LENGTHS[1:]:
        half = [(step / (length // 4)) ** 2 for step in range(1, length // 4 + 1)]
        bump = half + half[::-1]
        peaks.append([-value for value in bump] + [2 * value for value in bump] + [-value for value in bump])
    return signs + peaks


def _centred(filters: list[list[float]], dates: int) -> list[list[float]]:
    """Filters of one odd length with zeros around them, so that each stays where “same” padding had it.

    What would never see one of the dates is left out.
    """
    reach = min(max(len(one) for one in filters) // 2, dates - 1)
    centred = []
    for one in filters:
        taps = {tap - (len(one) - 1) // 2: value for tap, value in enumerate(one)}
        centred.append([taps.get(place, 0.0) for place in range(-reach, reach + 1)])
    return centred


def _lengths(kernel: int, count: int) -> list[int]:
    """A length, half of it, a quarter of it, …"""
    return [max(1, kernel // 2**number) for number in range(count)]


def _separable(channels: int, filters: int, each: EachChannel) -> list[nn.Module]:
    """A filter for each channel, a mix of the channels, batch normalisation and ReLU."""
    return [each, nn.Conv1d(channels, filters, 1, bias=False), nn.BatchNorm1d(filters), nn.ReLU()]


@dataclass(frozen=True)
class InceptionTime(NetworkFamily):
    """Settings; see :class:`~.network_family.NetworkFamily`. The defaults of the architectures are the papers'.

    The papers train 1,500 epochs on all samples and lower the learning rate step by step; with a rate that falls to 0
    as half a wave, 100 do.

    ``kernel`` is the length of the longest filter in dates; ``depth`` the number of modules of InceptionTime, a
    shortcut around every third. LITE has one module and two light layers.
    """

    architecture: str = LITE
    networks: int = 5
    batch_size: int = 64
    keep: str = LAST
    schedule: str = COSINE
    filters: int = 32
    kernel: int = 40
    depth: int = 6

    @property
    def name(self) -> str:
        """As the authors call several of them: LITETime or InceptionTime."""
        return "LITETime" if self.architecture == LITE else "InceptionTime"

    def network(self, data: TrainingSet) -> nn.Module:
        """See :class:`~.network_family.NetworkFamily`."""
        dates, variables = data.values.shape[1:]
        if self.architecture == INCEPTION:
            return InceptionNetwork(variables, data.classes, self.filters, self.kernel, self.depth, self.dropout)
        if self.architecture == LITE:
            return LiteNetwork(dates, variables, data.classes, self.filters, self.kernel, self.dropout)
        raise ChronocoverError(f"The architecture is {' or '.join(ARCHITECTURES)}, not “{self.architecture}”.")

    def search_space(self) -> SearchSpace:
        """See :class:`~..family.Family`: lengths and numbers of filters that Ismail Fawaz et al. compare."""
        return {**super().search_space(), "filters": Choice((16, 32, 64)), "kernel": Choice((8, 16, 32, 40, 64))}
