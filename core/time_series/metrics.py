"""Temporal metrics: statistics and the season of each pixel's curve, one number each."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numba
import numpy as np

from .metric_names import (
    AMPLITUDE,
    DAY_OF_MAXIMUM,
    DAY_OF_MINIMUM,
    MAXIMUM,
    MEAN,
    MINIMUM,
    PERCENTILES,
    SEASON,
    STANDARD_DEVIATION,
    MetricBand,
)
from .phenology import day_of_year, season_metrics

STATISTICS = (MEAN, STANDARD_DEVIATION, MINIMUM, MAXIMUM, AMPLITUDE, DAY_OF_MAXIMUM, DAY_OF_MINIMUM)


@dataclass(frozen=True)
class TemporalMetrics:
    """Computes metrics of curves.

    Attributes:
        bands: what is wanted, in order; ``variable`` of each is one of ``variables``.
        variables: the names of axis 2 of the values.
        dates: of axis 1.
        threshold: share of the amplitude at which a season starts and ends, 0 to 1.
        origin: the day that days are counted from; None gives days of the year.
    """

    bands: tuple[MetricBand, ...]
    variables: tuple[str, ...]
    dates: tuple[datetime.date, ...]
    threshold: float
    origin: datetime.date | None = None

    def compute(self, values: np.ndarray) -> np.ndarray:
        """The metrics of curves.

        Args:
            values: float32 ``(n, dates, variables)``, NaN is missing.

        Returns:
            float32 ``(n, bands)``; NaN where a metric has no value, for want of observations.
        """
        first = self.dates[0]
        days = np.array([(date - first).days for date in self.dates], dtype=np.float64)
        result = np.empty((len(values), len(self.bands)), dtype=np.float32)
        for v, variable in enumerate(self.variables):
            wanted = [(i, band) for i, band in enumerate(self.bands) if band.variable == variable]
            curves = np.ascontiguousarray(values[:, :, v])
            percentiles = [band.percentile for _, band in wanted if band.metric == PERCENTILES]
            found = statistics(curves, days, percentiles)
            columns = {(name, None): found[:, i] for i, name in enumerate(STATISTICS)}
            for i, percentile in enumerate(percentiles):
                columns[PERCENTILES, percentile] = found[:, len(STATISTICS) + i]
            if any(band.metric in SEASON for _, band in wanted):
                season = season_metrics(curves, days, self.threshold)
                columns.update({(name, None): season[:, i] for i, name in enumerate(SEASON)})
            for i, band in wanted:
                column = columns[band.metric, band.percentile]
                result[:, i] = self._dated(column, first) if band.is_date else column
        return result

    def _dated(self, days: np.ndarray, first: datetime.date) -> np.ndarray:
        if self.origin is None:
            return day_of_year(days.astype(np.float64), first)
        return days + np.float32((first - self.origin).days)


def statistics(values: np.ndarray, days: np.ndarray, percentiles: Sequence[float] = ()) -> np.ndarray:
    """Statistics of the observations of each curve; missing ones take no part.

    Args:
        values: float32 ``(n, dates)``; NaN is missing.
        days: float64 ``(dates,)``.
        percentiles: 0 to 100; linear between ranks, as in NumPy.

    Returns:
        float32 ``(n, 7 + percentiles)``: mean, standard deviation (of the population: divided by n), minimum, maximum,
        amplitude (maximum less minimum), day of the maximum and of the minimum (the first of equal ones), percentiles.
        NaN where a curve has no observation.
    """
    result = np.full((len(values), len(STATISTICS) + len(percentiles)), np.nan, dtype=np.float32)
    _statistics(values, days, np.asarray(percentiles, dtype=np.float64) / 100.0, result)
    return result


@numba.njit(cache=True, nogil=True)
def _statistics(values: np.ndarray, days: np.ndarray, shares: np.ndarray, result: np.ndarray) -> None:
    dates = values.shape[1]
    present = np.empty(dates, dtype=np.float32)
    for pixel in range(values.shape[0]):
        count, total, lowest, highest = 0, 0.0, -1, -1
        for date in range(dates):
            value = values[pixel, date]
            if math.isnan(value):
                continue
            present[count] = value
            count += 1
            total += value
            if lowest < 0 or value < values[pixel, lowest]:
                lowest = date
            if highest < 0 or value > values[pixel, highest]:
                highest = date
        if count == 0:
            continue
        mean, squares = total / count, 0.0
        for i in range(count):
            squares += (present[i] - mean) ** 2
        result[pixel, 0] = mean
        result[pixel, 1] = math.sqrt(squares / count)
        result[pixel, 2] = values[pixel, lowest]
        result[pixel, 3] = values[pixel, highest]
        result[pixel, 4] = values[pixel, highest] - values[pixel, lowest]
        result[pixel, 5] = days[highest]
        result[pixel, 6] = days[lowest]
        if len(shares):
            ordered = np.sort(present[:count])
            for i in range(len(shares)):
                position = shares[i] * (count - 1)
                below = int(position)
                above = min(below + 1, count - 1)
                low = np.float64(ordered[below])
                result[pixel, 7 + i] = low + (position - below) * (ordered[above] - low)
