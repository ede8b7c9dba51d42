"""Smoothing series in time by local fits: Savitzky-Golay and the moving median.

Both smooth the observed values and leave missing ones missing, and both go by date: the window counts dates, but
Savitzky-Golay's polynomials run over actual days, so that uneven dates need no resampling first. Whittaker's smoother,
which bridges gaps, is in :mod:`core.time_series.whittaker`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numba
import numpy as np

from ..errors import ChronocoverError
from ..series.steps import SeriesAxes

HIGHEST_ORDER = 5


def savitzky_golay(values: np.ndarray, days: np.ndarray, variables: Sequence[int], window: int, order: int) -> None:
    """Replace each observed value by the polynomial fitted by least squares to the window around it, in place.

    On evenly spaced dates without gaps this is ``scipy.signal.savgol_filter(mode="interp")``. The polynomial is one in
    days, whatever the spacing. At both ends the first (last) ``window`` dates are the window. A missing value stays
    missing, and the fit takes the observations that are in the window; where these are no more than the polynomial's
    coefficients, the value stays as it is.

    Args:
        values: float32 ``(n, dates, variables)``, C-contiguous; NaN is missing. It is changed.
        days: ``(dates,)`` day numbers, strictly ascending.
        variables: positions on axis 2 of the variables to smooth.
        window: dates in a window, odd, more than ``order`` and not more than there are dates.
        order: degree of the polynomial.

    Source: Savitzky and Golay (1964), Smoothing and differentiation of data by simplified least squares procedures,
    Analytical Chemistry 36, 1627-1639; local polynomials by Forsythe's orthogonal ones (1957) where values miss.
    """
    days = np.ascontiguousarray(days, dtype=np.float64)
    starts, weights = savitzky_golay_weights(days, window, order)
    _savitzky_golay(values, days, np.asarray(variables, dtype=np.int64), starts, weights, order)


def savitzky_golay_weights(days: np.ndarray, window: int, order: int) -> tuple[np.ndarray, np.ndarray]:
    """First date of the window of each date, int64 ``(dates,)``, and the weights of its values ``(dates, window)``."""
    starts = np.clip(np.arange(len(days)) - window // 2, 0, len(days) - window)
    weights = np.empty((len(days), window))
    for date, start in enumerate(starts):
        offsets = days[start : start + window] - days[date]
        powers = np.vander(offsets / np.abs(offsets).max(), order + 1, increasing=True)
        weights[date] = np.linalg.pinv(powers)[0]
    return starts, weights


def moving_median(values: np.ndarray, variables: Sequence[int], window: int) -> None:
    """Replace each observed value by the median of the observations in the window around it, in place.

    At the ends the window holds the dates that there are. Of an even number, the median is the mean of the middle two.

    Args:
        values: float32 ``(n, dates, variables)``, C-contiguous; NaN is missing and stays. It is changed.
        variables: positions on axis 2 of the variables to smooth.
        window: dates in a window, odd.
    """
    _moving_median(values, np.asarray(variables, dtype=np.int64), window // 2)


@dataclass(frozen=True)
class SavitzkyGolay:
    """The step for :func:`savitzky_golay`; ``variables`` empty means all data variables. Quality variables pass."""

    window: int = 7
    order: int = 2
    variables: tuple[str, ...] = ()
    halo: int = 0

    def axes_after(self, axes: SeriesAxes) -> SeriesAxes:
        """The same axes. Raises ChronocoverError if the window or the order does not fit."""
        check_window(self.window, axes)
        if not 0 <= self.order < self.window or self.order > HIGHEST_ORDER:
            raise ChronocoverError(
                f"A polynomial of order {self.order} does not fit a window of {self.window} dates: the order must be "
                f"less than the window and at most {HIGHEST_ORDER}."
            )
        axes.chosen_indices(self.variables)
        return axes

    def apply(self, values: np.ndarray, axes: SeriesAxes) -> np.ndarray:
        """Smooth a block; shapes as in :class:`core.series.steps.SeriesStep`."""
        values = np.ascontiguousarray(values)
        series = values.reshape(-1, *values.shape[2:])
        savitzky_golay(series, axes.days, axes.chosen_indices(self.variables), self.window, self.order)
        return values


@dataclass(frozen=True)
class MovingMedian:
    """The step for :func:`moving_median`; ``variables`` empty means all data variables. Quality variables pass."""

    window: int = 3
    variables: tuple[str, ...] = ()
    halo: int = 0

    def axes_after(self, axes: SeriesAxes) -> SeriesAxes:
        """The same axes. Raises ChronocoverError if the window does not fit."""
        check_window(self.window, axes)
        axes.chosen_indices(self.variables)
        return axes

    def apply(self, values: np.ndarray, axes: SeriesAxes) -> np.ndarray:
        """Smooth a block; shapes as in :class:`core.series.steps.SeriesStep`."""
        values = np.ascontiguousarray(values)
        moving_median(values.reshape(-1, *values.shape[2:]), axes.chosen_indices(self.variables), self.window)
        return values


def check_window(window: int, axes: SeriesAxes) -> None:
    """Raise ChronocoverError unless the window is odd, at least 3, and not longer than the series."""
    if window < 3 or window % 2 == 0:
        raise ChronocoverError(f"The window is {window} dates. It must be odd and at least 3: 3, 5, 7, …")
    if window > len(axes.dates):
        raise ChronocoverError(
            f"The window of {window} dates is longer than the series, which has {len(axes.dates)}. "
            "Choose a shorter window, or smooth with Whittaker."
        )


@numba.njit(cache=True, nogil=True)
def _savitzky_golay(
    values: np.ndarray, days: np.ndarray, variables: np.ndarray, starts: np.ndarray, complete: np.ndarray, order: int
) -> None:
    """``complete`` are the weights where nothing is missing. Others are made anew where the gaps change."""
    samples, dates = values.shape[:2]
    window = complete.shape[1]
    half = window // 2
    weights = np.ascontiguousarray(complete.T)  # one place of the window after the other, for all dates at once
    observed = np.ones(dates, dtype=np.bool_)
    series, fitted, scratch = np.empty(dates), np.empty(dates), np.empty((3, window))
    together = len(variables) == values.shape[2]
    wide = np.repeat(weights, len(variables)).reshape(window, dates * len(variables))
    before, after = np.empty(wide.shape[1]), np.empty(wide.shape[1])
    for sample in range(samples):
        if together and _smooth_together(values[sample], wide, before, after):
            continue
        for variable in variables:
            changed = False
            for date in range(dates):
                value = values[sample, date, variable]
                seen = value == value  # not NaN
                series[date] = value if seen else 0.0
                changed |= seen != observed[date]
                observed[date] = seen
            if changed:  # the variables of a pixel mostly share their gaps
                _weights_with_gaps(days, observed, starts, complete, order, scratch, weights)
            fitted[:] = 0.0
            for place in range(window):
                row = weights[place]
                at_start, at_end, shifted = series[place], series[dates - window + place], series[place:]
                for date in range(half):
                    fitted[date] += row[date] * at_start
                    fitted[dates - 1 - date] += row[dates - 1 - date] * at_end
                inner, inner_row = fitted[half : dates - half], row[half : dates - half]
                for date in range(len(inner)):
                    inner[date] += inner_row[date] * shifted[date]
            for date in range(dates):
                if observed[date]:
                    values[sample, date, variable] = fitted[date]


@numba.njit(cache=True, nogil=True)
def _smooth_together(values: np.ndarray, wide: np.ndarray, before: np.ndarray, after: np.ndarray) -> bool:
    """Smooth one pixel ``(dates, variables)`` if nothing is missing, else change nothing; returns whether it did.

    ``wide`` are the weights of a place in the window, for all values of the pixel.
    """
    dates, variables = values.shape
    row, size, window = values.reshape(dates * variables), dates * variables, len(wide)
    half = window // 2 * variables
    missing = 0
    for i in range(size):
        before[i] = row[i]
        missing += row[i] != row[i]
    if missing:
        return False
    after[:] = 0.0
    inner = after[half : size - half]
    for place in range(window):
        weights, inner_weights = wide[place], wide[place, half : size - half]
        shifted, at_end = before[place * variables :], before[size - (window - place) * variables :]
        for i in range(len(inner)):
            inner[i] += inner_weights[i] * shifted[i]
        for start in range(0, half, variables):
            end = size - half + start
            for variable in range(variables):
                after[start + variable] += weights[start + variable] * shifted[variable]
                after[end + variable] += weights[end + variable] * at_end[variable]
    for i in range(size):
        row[i] = after[i]
    return True


@numba.njit(cache=True, nogil=True)
def _weights_with_gaps(
    days: np.ndarray,
    observed: np.ndarray,
    starts: np.ndarray,
    complete: np.ndarray,
    order: int,
    scratch: np.ndarray,
    weights: np.ndarray,
) -> None:
    """Fill ``weights`` ``(window, dates)`` for the observed dates: 0 where a value is missing.

    The polynomial's value at a date is a sum over polynomials that are orthogonal on the observed dates of its window.
    """
    window = complete.shape[1]
    now, before, here = scratch[0], scratch[1], scratch[2]
    for date in range(len(days)):
        if not observed[date]:
            continue
        inside = observed[starts[date] : starts[date] + window]
        offsets = days[starts[date] : starts[date] + window]
        count = inside.sum()
        if count == window:
            weights[:, date] = complete[date]
            continue
        weights[:, date] = 0.0
        if count <= order + 1:
            weights[date - starts[date], date] = 1.0
            continue
        for i in range(window):
            now[i], before[i], here[i] = 1.0 if inside[i] else 0.0, 0.0, 0.0
        at_date, before_at_date, norm_before = 1.0, 0.0, 1.0
        for degree in range(order + 1):
            norm, centre = 0.0, 0.0
            for i in range(window):
                square = now[i] * now[i]
                norm += square
                centre += square * (offsets[i] - days[date])
            centre /= norm
            shrink = norm / norm_before if degree > 0 else 0.0
            for i in range(window):
                here[i] += at_date / norm * now[i]
                now[i], before[i] = (offsets[i] - days[date] - centre) * now[i] - shrink * before[i], now[i]
            at_date, before_at_date = -centre * at_date - shrink * before_at_date, at_date
            norm_before = norm
        weights[:, date] = here


@numba.njit(cache=True, nogil=True)
def _moving_median(values: np.ndarray, variables: np.ndarray, half: int) -> None:
    samples, dates = values.shape[:2]
    series, ordered = np.empty(dates, dtype=np.float32), np.empty(2 * half + 1, dtype=np.float32)
    for sample in range(samples):
        for variable in variables:
            for date in range(dates):
                series[date] = values[sample, date, variable]
            for date in range(dates):
                if series[date] != series[date]:
                    continue
                count = 0
                for i in range(max(0, date - half), min(dates, date + half + 1)):
                    value = series[i]
                    if value == value:
                        place = count
                        while place > 0 and ordered[place - 1] > value:
                            ordered[place] = ordered[place - 1]
                            place -= 1
                        ordered[place] = value
                        count += 1
                middle = ordered[count // 2]
                if count % 2 == 0:
                    middle = np.float32(0.5) * (middle + ordered[count // 2 - 1])
                values[sample, date, variable] = middle
