"""Whether a series is of the kind that a model was trained on: its variables, by name, and their units."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np

from ..core.errors import ChronocoverError
from ..core.grid import Grid, Window
from ..core.series.image_series import ImageSeries
from ..core.series.reading import SeriesSource
from .card import ModelCard

FACTOR = 10.0
PROBE = 32  # pixels, side of a window that is looked at
PROBES = (4, 32)  # least and most windows
ENOUGH_VALUES = 300
DATES_LOOKED_AT = 3


def match_variables(card: ModelCard, series: ImageSeries) -> tuple[str, ...]:
    """The model's variables, all of which the series has, by name; more in the series are not read.

    Raises:
        ChronocoverError: some are missing; prints both lists.
    """
    present = {band.variable for band in series.bands}
    missing = [name for name in card.variables if name not in present]
    if missing:
        own = ", ".join([*series.variables, *series.quality_variables])
        raise ChronocoverError(
            f"The series {series.path} lacks {len(missing)} of the model's variables: {', '.join(missing)}.\n"
            f"Model:  {', '.join(card.variables)}\nSeries: {own}\n"
            "Variables match by name: name them alike in “Build image time series”."
        )
    return card.variables


def check_units(card: ModelCard, series: ImageSeries, dates: Sequence[datetime.date]) -> None:
    """Refuse a series whose values are of another order of magnitude than the training data.

    Some small windows on a few dates are looked at. A variable that is typically ten times larger than nearly all of
    the training data is refused. Values that are ten times smaller are refused only if all variables' are: a scene of
    dark water is dark, not wrong.

    Raises:
        ChronocoverError: the units differ; prints both ranges of each variable.
    """
    samples = _sample(series, _spread(dates), card.variables)
    lines, larger, smaller = [], False, []
    for index, name in enumerate(card.variables):
        values = samples[:, index][~np.isnan(samples[:, index])]
        limits = card.ranges.get(name)
        if limits is None or not len(values):
            continue
        known = max(abs(limits.p1), abs(limits.p99))
        if known == 0:
            continue
        low, high = np.percentile(values, (1, 99))
        larger = larger or float(np.median(np.abs(values))) > FACTOR * known
        smaller.append(max(abs(low), abs(high)) * FACTOR < known)
        lines.append(f"{name}: model {limits.p1:.4g} to {limits.p99:.4g}, series {low:.4g} to {high:.4g}")
    if larger or (smaller and all(smaller)):
        raise ChronocoverError(
            f"The values of the series {series.path} are of another size than those that the model was trained on:\n"
            + "\n".join(lines)
            + "\nSet the scale factor in “Build image time series” so that the units agree (reflectance stored as "
            "whole numbers often has 0.0001). If the values are right, skip this check in the advanced parameters."
        )


def _sample(series: ImageSeries, dates: Sequence[datetime.date], variables: Sequence[str]) -> np.ndarray:
    """Values ``(n, variables)`` of small windows all over the series, more of them where much is missing."""
    reader = SeriesSource(series, dates, variables).open()
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
