"""The season of a vegetation curve: when it starts, peaks and ends."""

from __future__ import annotations

import datetime
import math

import numba
import numpy as np

SEASON_METRICS = 7
"""Start, peak, end and length by the threshold; start, end and length by the steepest slope."""
LEAST_OBSERVATIONS = 3


def season_metrics(values: np.ndarray, days: np.ndarray, threshold: float) -> np.ndarray:
    """When the season of each curve starts, peaks and ends.

    The season is the one around the highest observation; what lies between two observations is taken as a straight
    line, so that missing values take no part.

    - Start by threshold: walking back from the peak, where the curve falls to the lowest value before the peak plus
      ``threshold`` times the amplitude on that side. End: likewise after the peak, with the lowest value there. The two
      sides have their own amplitudes, as in TIMESAT (Jönsson and Eklundh, 2004, Computers & Geosciences 30, 833-845).
    - Peak: the vertex of the parabola through the highest observation and its two neighbours; at the first or last one,
      its date.
    - Start and end by slope: the middle of the steepest rise between the lowest value before the peak and the peak, and
      of the steepest fall between the peak and the lowest value after it.

    Args:
        values: float32 ``(n, dates)``; NaN is missing.
        days: ``(dates,)`` day numbers, strictly ascending.
        threshold: share of the amplitude, 0 to 1.

    Returns:
        float32 ``(n, 7)``: start, peak, end, length by threshold; start, end, length by slope. Dates are in the units
        of ``days``. NaN where there are fewer than three observations, or no rise or fall on that side of the peak.
    """
    days = np.asarray(days, dtype=np.float64)
    result = np.full((len(values), SEASON_METRICS), np.nan, dtype=np.float64)
    _season(np.ascontiguousarray(values), days, threshold, result)
    return result.astype(np.float32)


def day_of_year(days: np.ndarray, origin: datetime.date) -> np.ndarray:
    """Days since ``origin`` as days of the year (1 January is 1), float32; a season may begin at 300 and end at 90."""
    last = 0.0 if np.isnan(days).all() else max(0.0, float(np.nanmax(days)))
    years = range(origin.year, (origin + datetime.timedelta(days=last)).year + 1)
    starts = np.array([(datetime.date(year, 1, 1) - origin).days for year in years], dtype=np.float64)
    year = np.searchsorted(starts, days, side="right") - 1
    return (days - starts[np.clip(year, 0, len(starts) - 1)] + 1).astype(np.float32)


@numba.njit(cache=True, nogil=True)
def _season(values: np.ndarray, all_days: np.ndarray, threshold: float, result: np.ndarray) -> None:
    observations, their_days = np.empty(len(all_days), dtype=values.dtype), np.empty(len(all_days))
    for pixel in range(values.shape[0]):
        count = 0
        for date in range(len(all_days)):
            if not math.isnan(values[pixel, date]):
                observations[count], their_days[count] = values[pixel, date], all_days[date]
                count += 1
        if count < LEAST_OBSERVATIONS:
            continue
        curve, days = observations[:count], their_days[:count]
        peak = np.argmax(curve)
        if curve[peak] == curve.min():
            continue
        result[pixel, 1] = _vertex(curve, days, peak)
        result[pixel, 0], result[pixel, 4] = _side(curve, days, peak, 0, -1, threshold)
        result[pixel, 2], result[pixel, 5] = _side(curve, days, peak, count - 1, 1, threshold)
        result[pixel, 3] = result[pixel, 2] - result[pixel, 0]
        result[pixel, 6] = result[pixel, 5] - result[pixel, 4]


@numba.njit(cache=True, nogil=True)
def _side(curve: np.ndarray, days: np.ndarray, peak: int, edge: int, step: int, threshold: float) -> tuple:
    """Day at the threshold and day of the steepest slope on one side of the peak, towards ``edge``."""
    base = peak
    for date in range(peak, edge + step, step):
        if curve[date] < curve[base]:
            base = date
    if base == peak:
        return np.nan, np.nan
    level = curve[base] + threshold * (np.float64(curve[peak]) - curve[base])
    at_level, steepest, at_steepest = np.nan, 0.0, np.nan
    for date in range(peak, base, step):
        inner, outer = np.float64(curve[date]), np.float64(curve[date + step])
        if math.isnan(at_level) and outer <= level and inner > outer:
            at_level = days[date] + (inner - level) / (inner - outer) * (days[date + step] - days[date])
        slope = (inner - outer) / abs(days[date + step] - days[date])
        if slope > steepest:
            steepest, at_steepest = slope, (days[date] + days[date + step]) / 2
    return at_level, at_steepest


@numba.njit(cache=True, nogil=True)
def _vertex(curve: np.ndarray, days: np.ndarray, peak: int) -> float:
    if peak == 0 or peak == len(days) - 1:
        return days[peak]
    before, after = days[peak] - days[peak - 1], days[peak] - days[peak + 1]
    fall_before = np.float64(curve[peak]) - curve[peak - 1]
    fall_after = np.float64(curve[peak]) - curve[peak + 1]
    bend = before * fall_after - after * fall_before
    if bend == 0.0:
        return days[peak]
    return days[peak] - (before * before * fall_after - after * after * fall_before) / (2.0 * bend)
