"""Scaling each series by itself, so that shapes are compared rather than levels."""

from __future__ import annotations

import numba
import numpy as np

CONSTANT = 1e-6
"""A variable that varies by less than this share of its largest absolute value is constant: the rest is rounding."""


def to_z_scores(series: np.ndarray) -> np.ndarray:
    """Scale each variable of each series to mean 0 and standard deviation 1 (of the population), in place.

    Args:
        series: float64 ``(n, dates, variables)``, C-contiguous, finite. It is changed: constant variables become 0.

    Returns:
        ``series``.
    """
    _scale(series, True)
    return series


def to_unit_range(series: np.ndarray) -> np.ndarray:
    """As :func:`to_z_scores`, but from 0 to 1."""
    _scale(series, False)
    return series


@numba.njit(cache=True, nogil=True)
def _scale(series: np.ndarray, standardise: bool) -> None:
    dates = series.shape[1]
    for sample in range(len(series)):
        for variable in range(series.shape[2]):
            total, low, high = 0.0, np.inf, -np.inf
            for date in range(dates):
                value = series[sample, date, variable]
                total += value
                low, high = min(low, value), max(high, value)
            shift, spread = low, high - low
            if standardise:
                shift, squares = total / dates, 0.0
                for date in range(dates):
                    squares += (series[sample, date, variable] - shift) ** 2
                spread = np.sqrt(squares / dates)
            varies = spread > CONSTANT * max(-low, high)
            for date in range(dates):
                shifted = (series[sample, date, variable] - shift) / spread if varies else 0.0
                series[sample, date, variable] = shifted
