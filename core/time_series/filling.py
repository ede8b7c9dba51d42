"""Filling gaps in time, the one rule that training, models and maps share.

A missing value is interpolated linearly between the observations before and after it, by date; before the first and
after the last observation the nearest one is taken. A series with no observation stays missing.
"""

from __future__ import annotations

import math

import numba
import numpy as np


def interpolate_series(values: np.ndarray, days: np.ndarray, target_days: np.ndarray) -> np.ndarray:
    """Interpolate series linearly in time, skipping missing values, onto other days.

    Args:
        values: float32 ``(n, dates, variables)``; NaN is missing.
        days: ``(dates,)`` day numbers of ``values``, strictly ascending.
        target_days: ``(targets,)`` day numbers wanted, ascending.

    Returns:
        float32 ``(n, targets, variables)``; NaN only where a variable has no observation at all.
    """
    values = np.ascontiguousarray(values, dtype=np.float32)
    result = np.empty((values.shape[0], len(target_days), values.shape[2]), dtype=np.float32)
    _interpolate(values, np.asarray(days, dtype=np.float64), np.asarray(target_days, dtype=np.float64), result)
    return result


def fill_gaps(values: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Fill missing values on the series' own days; shapes and NaN as in :func:`interpolate_series`."""
    return interpolate_series(values, days, days)


@numba.njit(cache=True, nogil=True)
def _interpolate(values: np.ndarray, days: np.ndarray, targets: np.ndarray, result: np.ndarray) -> None:
    samples, dates, variables = values.shape
    for sample in range(samples):
        for variable in range(variables):
            before, after = -1, 0
            while after < dates and math.isnan(values[sample, after, variable]):
                after += 1
            for target in range(len(targets)):
                day = targets[target]
                while after < dates and days[after] <= day:
                    before = after
                    after += 1
                    while after < dates and math.isnan(values[sample, after, variable]):
                        after += 1
                if before < 0 and after >= dates:
                    result[sample, target, variable] = np.nan
                elif before < 0:
                    result[sample, target, variable] = values[sample, after, variable]
                elif after >= dates or days[before] == day:
                    result[sample, target, variable] = values[sample, before, variable]
                else:
                    weight = np.float32((day - days[before]) / (days[after] - days[before]))
                    low = values[sample, before, variable]
                    result[sample, target, variable] = low + weight * (values[sample, after, variable] - low)
