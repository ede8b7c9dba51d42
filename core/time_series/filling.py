"""Filling gaps in time, and values between dates: the rules that training, models and maps share.

Linear, the rule of the models: a missing value is interpolated linearly between the observations before and after it,
by date; before the first and after the last observation the nearest one is taken. A series with no observation stays
missing. The other methods differ only in what they do between two observations.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import numba
import numpy as np

from ..errors import ChronocoverError
from ..series.steps import SeriesAxes
from .method_names import INTERPOLATION_METHODS, LINEAR
from .splines import akima_slopes, hermite, natural_cubic_slopes


def interpolate_series(
    values: np.ndarray,
    days: np.ndarray,
    target_days: np.ndarray,
    method: str = LINEAR,
    longest_gap: float = np.inf,
    tolerance: float = np.inf,
    variables: Sequence[int] | None = None,
) -> np.ndarray:
    """Interpolate series in time, skipping missing values, onto other days.

    Args:
        values: float32 ``(n, dates, variables)``; NaN is missing.
        days: ``(dates,)`` day numbers of ``values``, strictly ascending.
        target_days: ``(targets,)`` day numbers wanted, ascending.
        method: one of :data:`core.time_series.method_names.INTERPOLATION_METHODS`.
        longest_gap: between two observations that are more days than this apart, values stay missing.
        tolerance: more days than this before the first or after the last observation, values stay missing.
        variables: positions on axis 2 of the variables to interpolate; all by default.

    Returns:
        float32 ``(n, targets, variables)`` of those variables; NaN where one has no observation at all, and
        by the two limits.
    """
    values = np.ascontiguousarray(values, dtype=np.float32)
    chosen = np.arange(values.shape[2]) if variables is None else np.asarray(variables, dtype=np.int64)
    result = np.empty((values.shape[0], len(target_days), len(chosen)), dtype=np.float32)
    kind = INTERPOLATION_METHODS.index(method)
    _interpolate(values, _days(days), _days(target_days), chosen, kind, longest_gap, tolerance, result, False)
    return result


def fill_gaps(values: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Fill missing values linearly on the series' own days; shapes and NaN as in :func:`interpolate_series`."""
    return interpolate_series(values, days, days)


def fill_gaps_in_place(
    values: np.ndarray,
    days: np.ndarray,
    variables: Sequence[int],
    method: str = LINEAR,
    longest_gap: float = np.inf,
) -> tuple[int, int, int]:
    """Fill missing values on the series' own days; observed values stay as they are.

    Args:
        values: float32 ``(n, dates, variables)``, C-contiguous; NaN is missing. It is changed.
        days: ``(dates,)`` day numbers, strictly ascending.
        variables: positions on axis 2 of the variables to fill.
        method: one of :data:`core.time_series.method_names.INTERPOLATION_METHODS`.
        longest_gap: holes between two observations that are more days than this apart stay, and so do values more
            days than this before the first or after the last observation.

    Returns:
        How many values were missing, how many still are, and how many of these belong to series with no observation.
    """
    days = _days(days)
    chosen = np.asarray(variables, dtype=np.int64)
    return _interpolate(
        values, days, days, chosen, INTERPOLATION_METHODS.index(method), longest_gap, longest_gap, values, True
    )


class GapCount:
    """How much was missing in a whole run, before and after; blocks add their counts from any thread.

    Pixels in the overlap of blocks count once per block. A pickled copy starts from zero.
    """

    def __init__(self) -> None:
        self.values = self.before = self.after = self.unobserved = 0
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple:
        return GapCount, ()

    def add(self, values: int, before: int, after: int, unobserved: int) -> None:
        """Add a block: its values, those missing before and after, and those of series with no observation."""
        with self._lock:
            self.values += values
            self.before += before
            self.after += after
            self.unobserved += unobserved

    def percent(self, count: int) -> float:
        """A count as a percentage of all values."""
        return 100.0 * count / self.values if self.values else 0.0

    def describe(self) -> str:
        """One sentence for the log."""
        return (
            f"Missing values: {self.percent(self.before):.2f} % before, {self.percent(self.after):.2f} % after "
            f"({self.percent(self.unobserved):.2f} % in series with no observation at all)."
        )


@dataclass(frozen=True)
class FillGaps:
    """The step that fills missing values of data variables; quality variables pass unchanged.

    Attributes:
        method: one of :data:`core.time_series.method_names.INTERPOLATION_METHODS`.
        longest_gap: as in :func:`fill_gaps_in_place`; 0 for any.
        variables: names of those to fill; empty for all data variables.
        counts: receives what was missing before and after.
    """

    method: str = LINEAR
    longest_gap: float = 0.0
    variables: tuple[str, ...] = ()
    counts: GapCount = field(default_factory=GapCount, compare=False)
    halo: int = 0

    def axes_after(self, axes: SeriesAxes) -> SeriesAxes:
        """The same axes. Raises ChronocoverError if a variable or the method is unknown."""
        check_method(self.method)
        axes.chosen_indices(self.variables)
        return axes

    def apply(self, values: np.ndarray, axes: SeriesAxes) -> np.ndarray:
        """Fill the gaps of a block and count them; shapes as in :class:`core.series.steps.SeriesStep`."""
        values, counted = self.apply_counting(values, axes)
        self.counts.add(*counted)
        return values

    def apply_counting(self, values: np.ndarray, axes: SeriesAxes) -> tuple[np.ndarray, tuple[int, ...]]:
        """See :class:`core.series.steps.CountingStep`."""
        values = np.ascontiguousarray(values)
        chosen = axes.chosen_indices(self.variables)
        longest = self.longest_gap if self.longest_gap > 0 else np.inf
        series = values.reshape(-1, *values.shape[2:])
        counts = fill_gaps_in_place(series, axes.days, chosen, self.method, longest)
        return values, (series.shape[0] * series.shape[1] * len(chosen), *counts)


def check_method(method: str) -> None:
    """Raise ChronocoverError if there is no such way to interpolate."""
    if method not in INTERPOLATION_METHODS:
        raise ChronocoverError(
            f"There is no method “{method}” to fill gaps. Choose one of: {', '.join(INTERPOLATION_METHODS)}."
        )


def _days(days: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(days, dtype=np.float64)


@numba.njit(cache=True, nogil=True)
def _interpolate(
    values: np.ndarray,
    days: np.ndarray,
    targets: np.ndarray,
    variables: np.ndarray,
    method: int,
    longest_gap: float,
    tolerance: float,
    result: np.ndarray,
    in_place: bool,
) -> tuple[int, int, int]:
    """``in_place``: ``result`` is ``values`` itself and the targets are its days, so that a complete series is done."""
    nearest, spline, cubic = 1, 2, 3  # positions in INTERPOLATION_METHODS
    samples, dates = values.shape[:2]
    missing, left, unobserved = 0, 0, 0
    x, y, slopes, scratch = np.empty(dates), np.empty(dates), np.empty(dates), np.empty((2, dates + 3))
    observed = np.empty(dates, dtype=np.bool_)
    together = in_place and method == 0 and longest_gap == np.inf and len(variables) == values.shape[2]
    for sample in range(samples):
        if together:
            count = _fill_together(values[sample], days, observed)
            if count >= 0:
                missing += (dates - count) * len(variables)
                if count == 0:
                    left += dates * len(variables)
                    unobserved += dates * len(variables)
                continue
        for position, variable in enumerate(variables):
            place = variable if in_place else position
            count = 0
            for date in range(dates):
                value = values[sample, date, variable]
                x[count], y[count] = days[date], value
                count += value == value  # not NaN
            missing += dates - count
            if in_place and count == dates:
                continue
            if count == 0:
                result[sample, :, place] = np.nan
                left += len(targets)
                unobserved += len(targets)
                continue
            curved = count > 2 and method in (spline, cubic)
            if curved and count > 4 and method == spline:
                akima_slopes(x, y, count, slopes, scratch)
            elif curved:
                natural_cubic_slopes(x, y, count, slopes, scratch)
            before = -1
            for target in range(len(targets)):
                day = targets[target]
                while before + 1 < count and x[before + 1] <= day:
                    before += 1
                value = np.float32(np.nan)
                if before < 0:
                    if x[0] - day <= tolerance:
                        value = np.float32(y[0])
                elif before == count - 1 or x[before] == day:
                    if day - x[before] <= tolerance:
                        value = np.float32(y[before])
                elif x[before + 1] - x[before] <= longest_gap:
                    start, end = x[before], x[before + 1]
                    if method == nearest:
                        value = np.float32(y[before] if day - start <= end - day else y[before + 1])
                    elif curved:
                        value = np.float32(
                            hermite(day, start, end, y[before], y[before + 1], slopes[before], slopes[before + 1])
                        )
                    else:
                        low = np.float32(y[before])
                        value = low + np.float32((day - start) / (end - start)) * (np.float32(y[before + 1]) - low)
                left += value != value
                result[sample, target, place] = value
    return missing, left, unobserved


@numba.njit(cache=True, nogil=True)
def _fill_together(values: np.ndarray, days: np.ndarray, observed: np.ndarray) -> int:
    """Fill one pixel ``(dates, variables)`` linearly if its variables share their gaps, as those of masked clouds do.

    Returns the number of observed dates, or -1 where the gaps are not shared; then nothing is changed. It gives the
    values of :func:`_interpolate`, in less than half the time.
    """
    dates, variables = values.shape
    row = values.reshape(dates * variables)
    shared, count = True, 0
    for date in range(dates):
        base = date * variables
        seen = row[base] == row[base]  # not NaN
        for variable in range(1, variables):
            value = row[base + variable]
            shared &= (value == value) == seen
        observed[date] = seen
        count += seen
    if not shared:
        return -1
    if count == 0 or count == dates:
        return count
    before, date = -1, 0
    while date < dates:
        if observed[date]:
            before = date
            date += 1
            continue
        after = date
        while after < dates and not observed[after]:
            after += 1
        if before < 0 or after == dates:
            nearest = (after if before < 0 else before) * variables
            for gap in range(date, after):
                for variable in range(variables):
                    row[gap * variables + variable] = row[nearest + variable]
        else:
            for gap in range(date, after):
                share = np.float32((days[gap] - days[before]) / (days[after] - days[before]))
                for variable in range(variables):
                    low = row[before * variables + variable]
                    high = row[after * variables + variable]
                    row[gap * variables + variable] = low + share * (high - low)
        date = after
    return count
