"""Composites: one image a period from the clear observations within it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numba
import numpy as np

from ..errors import ChronocoverError
from ..series.image_series import DATA, QUALITY
from ..series.steps import SeriesAxes
from .method_names import BEST_INDEX, CLEAREST, MAXIMUM, MEAN, MEDIAN, MEDOID, MINIMUM
from .periods import Period, dates_within

FROM_ONE_OBSERVATION = (MEDOID, BEST_INDEX, CLEAREST)
COUNT_VARIABLE = "clear_count"

_MEAN, _MINIMUM, _MAXIMUM, _PERCENTILE = range(4)


@dataclass(frozen=True)
class Composite:
    """The step that makes one image a period.

    A composite bears the first day of its period as its date and the last day as its end. Quality variables have no
    meaning there and are left out. Missing observations take no part; a period without any stays missing.

    Attributes:
        periods: ascending, without overlap.
        method: one of :data:`core.time_series.method_names.COMPOSITE_METHODS`; see :func:`statistic_composite` and
            :func:`observation_composite`.
        percentile: for the method of that name, 0 to 100.
        index_variable: for :data:`BEST_INDEX`.
        clear_shares: for :data:`CLEAREST`, the share of the scene that is clear on each date of the series.
        count: whether to add :data:`COUNT_VARIABLE`, the number of observations that the composite is made from.
    """

    periods: tuple[Period, ...]
    method: str = MEDIAN
    percentile: float = 50.0
    index_variable: str = ""
    clear_shares: tuple[float, ...] = field(default=())
    count: bool = False

    halo = 0

    def axes_after(self, axes: SeriesAxes) -> SeriesAxes:
        """One date a period, the data variables, and the count if wanted."""
        variables = [axes.variables[v] for v in axes.data_indices]
        if not variables:
            raise ChronocoverError("The series has no data variable to composite.")
        if self.method == BEST_INDEX and self.index_variable not in variables:
            raise ChronocoverError(
                f"“{self.method}” needs a variable of the series as its index, one of {', '.join(variables)}; "
                f"“{self.index_variable}” is none. “Spectral indices” adds NDVI and others."
            )
        if self.method == CLEAREST and len(self.clear_shares) != len(axes.dates):
            raise ChronocoverError(f"“{self.method}” needs the clear share of each of the {len(axes.dates)} dates.")
        if self.count and COUNT_VARIABLE in variables:
            raise ChronocoverError(
                f"The series already has a variable “{COUNT_VARIABLE}”. Composite without counting, or remove it first."
            )
        if not any(part.stop > part.start for part in dates_within(self.periods, axes.dates)):
            raise ChronocoverError(
                f"No date of the series ({axes.dates[0]} to {axes.dates[-1]}) lies within the periods "
                f"({self.periods[0].first} to {self.periods[-1].last})."
            )
        extra = (COUNT_VARIABLE,) if self.count else ()
        return SeriesAxes(
            tuple(period.first for period in self.periods),
            (*variables, *extra),
            (*[DATA] * len(variables), *[QUALITY] * len(extra)),
            tuple(period.last for period in self.periods),
        )

    def apply(self, values: np.ndarray, axes: SeriesAxes) -> np.ndarray:
        """Composite a block, see :class:`core.series.steps.SeriesStep`."""
        rows, columns, dates, _ = values.shape
        data = axes.data_indices
        if data != list(range(len(data))):
            values = values[..., data]
        series = values.reshape(rows * columns, dates, values.shape[3])
        parts = dates_within(self.periods, axes.dates)
        bounds = np.array([(part.start, part.stop) for part in parts], dtype=np.int64).reshape(-1, 2)
        result = np.empty((len(series), len(parts), len(data) + self.count), dtype=np.float32)
        if self.method in FROM_ONE_OBSERVATION:
            rank = np.zeros(dates, dtype=np.int64)
            if self.method == CLEAREST:
                rank[np.argsort(-np.asarray(self.clear_shares), kind="stable")] = np.arange(dates)
            index = axes.variables.index(self.index_variable) if self.method == BEST_INDEX else -1
            index = data.index(index) if index >= 0 else -1
            observation_composite(series, bounds, len(data), self.method == MEDOID, index, rank, result)
        else:
            statistic_composite(series, bounds, len(data), self.method, self.percentile, result)
        if self.count:
            _count_observations(series, bounds, len(data), result[:, :, len(data)])
        return result.reshape(rows, columns, len(parts), result.shape[2])


def statistic_composite(
    series: np.ndarray, bounds: np.ndarray, variables: int, method: str, percentile: float, result: np.ndarray
) -> None:
    """Fill ``result`` with a statistic of each variable by itself.

    Args:
        series: float32 ``(n, dates, at least variables)``, NaN is missing.
        bounds: int64 ``(periods, 2)`` first date index and the one after the last of each period.
        variables: the first so many variables are composited.
        method: median, mean, minimum, maximum or percentile (linear between ranks, as in NumPy).
        percentile: 0 to 100.
        result: float32 ``(n, periods, at least variables)``, NaN where a period has no observation.
    """
    kind = {MEAN: _MEAN, MINIMUM: _MINIMUM, MAXIMUM: _MAXIMUM}.get(method, _PERCENTILE)
    share = 0.5 if method == MEDIAN else percentile / 100.0
    _statistic(series, bounds, variables, kind, share, result)


@numba.njit(cache=True, nogil=True)
def _statistic(
    series: np.ndarray, bounds: np.ndarray, variables: int, kind: int, share: float, result: np.ndarray
) -> None:
    buffer = np.empty(series.shape[1], dtype=np.float32)
    for pixel in range(series.shape[0]):
        for period in range(len(bounds)):
            for variable in range(variables):
                count, total = 0, 0.0
                low, high = np.float32(np.inf), np.float32(-np.inf)
                for date in range(bounds[period, 0], bounds[period, 1]):
                    value = series[pixel, date, variable]
                    if math.isnan(value):
                        continue
                    if kind == 3:  # sorted as it comes: periods are short
                        place = count
                        while place > 0 and buffer[place - 1] > value:
                            buffer[place] = buffer[place - 1]
                            place -= 1
                        buffer[place] = value
                    count += 1
                    total += value
                    low, high = min(low, value), max(high, value)
                if count == 0:
                    result[pixel, period, variable] = np.nan
                elif kind == 0:
                    result[pixel, period, variable] = total / count
                elif kind == 1:
                    result[pixel, period, variable] = low
                elif kind == 2:
                    result[pixel, period, variable] = high
                else:
                    position = share * (count - 1)
                    below = int(position)
                    above = min(below + 1, count - 1)
                    part = position - below
                    value = buffer[below] + part * (np.float64(buffer[above]) - buffer[below])
                    result[pixel, period, variable] = value


@numba.njit(cache=True, nogil=True)
def observation_composite(
    series: np.ndarray,
    bounds: np.ndarray,
    variables: int,
    medoid: bool,
    index: int,
    rank: np.ndarray,
    result: np.ndarray,
) -> None:
    """Fill ``result`` with all variables of one real observation of each pixel and period.

    Only the observations with the most variables present are looked at, usually those with all of them. Of these, it is

    - the medoid: the one with the least sum of Euclidean distances to all others, over the variables that both have
      (Flood, 2013, Seasonal composite Landsat TM/ETM+ images using the medoid, Remote Sensing 5, 6481-6500);
    - else, with an ``index`` of 0 or more, the one with the highest value of that variable;
    - else the one with the lowest ``rank``.

    The earlier one wins a tie.

    Args:
        series: float32 ``(n, dates, at least variables)``, NaN is missing.
        bounds: int64 ``(periods, 2)`` first date index and the one after the last of each period.
        variables: the first so many variables are composited.
        medoid: whether to take the medoid.
        index: which variable is the index; -1 for none. Observations without it are passed over.
        rank: int64 ``(dates,)``.
        result: float32 ``(n, periods, at least variables)``, NaN where there is no observation.
    """
    candidates = np.empty(series.shape[1], dtype=np.int64)
    sums = np.empty(series.shape[1], dtype=np.float64)
    for pixel in range(series.shape[0]):
        for period in range(len(bounds)):
            count, most = 0, 0
            for date in range(bounds[period, 0], bounds[period, 1]):
                present = 0
                for variable in range(variables):
                    present += not math.isnan(series[pixel, date, variable])
                if index >= 0 and math.isnan(series[pixel, date, index]):
                    continue
                if present > most:
                    count, most = 0, present
                if present == most and most > 0:
                    candidates[count] = date
                    count += 1
            if count == 0:
                for variable in range(variables):
                    result[pixel, period, variable] = np.nan
                continue
            best = candidates[0]
            if medoid:
                best = candidates[_medoid(series[pixel], candidates, count, variables, sums)]
            else:
                for i in range(1, count):
                    date = candidates[i]
                    if index >= 0:
                        better = series[pixel, date, index] > series[pixel, best, index]
                    else:
                        better = rank[date] < rank[best]
                    if better:
                        best = date
            for variable in range(variables):
                result[pixel, period, variable] = series[pixel, best, variable]


@numba.njit(cache=True, nogil=True)
def _medoid(values: np.ndarray, candidates: np.ndarray, count: int, variables: int, sums: np.ndarray) -> int:
    """Position among the candidates of the one with the least sum of distances to the others."""
    sums[:count] = 0.0
    for i in range(count):
        for j in range(i + 1, count):
            square = 0.0
            for variable in range(variables):
                difference = np.float64(values[candidates[i], variable]) - values[candidates[j], variable]
                if not math.isnan(difference):
                    square += difference * difference
            distance = math.sqrt(square)
            sums[i] += distance
            sums[j] += distance
    best = 0
    for i in range(1, count):
        if sums[i] < sums[best]:
            best = i
    return best


@numba.njit(cache=True, nogil=True)
def _count_observations(series: np.ndarray, bounds: np.ndarray, variables: int, result: np.ndarray) -> None:
    for pixel in range(series.shape[0]):
        for period in range(len(bounds)):
            count = 0
            for date in range(bounds[period, 0], bounds[period, 1]):
                for variable in range(variables):
                    if not math.isnan(series[pixel, date, variable]):
                        count += 1
                        break
            result[pixel, period] = count
