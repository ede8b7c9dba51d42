"""A quick look at the values of a series: small windows spread over it, on a few dates."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np

from ..grid import Grid, Window
from .image_series import ImageSeries
from .reading import SeriesSource

PROBE = 32  # pixels, side of a window that is looked at
PROBES = (4, 32)  # least and most windows
ENOUGH_VALUES = 300
DATES_LOOKED_AT = 3


def sample_values(series: ImageSeries, dates: Sequence[datetime.date], variables: Sequence[str]) -> np.ndarray:
    """Float32 ``(n, variables)``, NaN is missing: more windows are looked at where much is missing.

    The windows are the same every time. Of the ``dates``, a few that are spread over them are looked at.
    """
    reader = SeriesSource(series, _spread(dates), variables).open()
    found: list[np.ndarray] = []
    try:
        for count in range(1, PROBES[1] + 1):
            values = reader.read(_probe(series.grid, count)).reshape(-1, len(variables))
            found.append(values)
            seen = sum((~np.isnan(part)).sum(axis=0) for part in found)
            if count >= PROBES[0] and seen.min() >= ENOUGH_VALUES:
                break
    finally:
        reader.close()
    return np.concatenate(found)


def _spread(dates: Sequence[datetime.date]) -> list[datetime.date]:
    """A few of the dates, evenly spread over the season."""
    positions = np.linspace(0, len(dates) - 1, min(len(dates), DATES_LOOKED_AT + 2)).round().astype(int)
    chosen = positions[1:-1] if len(positions) > DATES_LOOKED_AT else positions
    return [dates[position] for position in chosen]


def _probe(grid: Grid, number: int) -> Window:
    """The number-th window of a sequence that fills the plane evenly (Halton, bases 2 and 3)."""
    width, height = min(PROBE, grid.width), min(PROBE, grid.height)
    column, row = _halton(number, 2) * (grid.width - width), _halton(number, 3) * (grid.height - height)
    return Window(round(column), round(row), width, height)


def _halton(number: int, base: int) -> float:
    fraction, result = 1.0, 0.0
    while number > 0:
        fraction /= base
        result += fraction * (number % base)
        number //= base
    return result
