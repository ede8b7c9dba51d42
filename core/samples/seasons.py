"""Samples of several years as samples of one season, so that a model learns the season and not the year."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..time_series.filling import interpolate_series
from .samples import Samples

LONGEST_SEASON = 366  # days from a sample's first to last date


def come_from_several_years(dates: Sequence[datetime.date], seen: np.ndarray) -> bool:
    """Whether every sample covers one season at most, and all together more.

    ``seen`` is bool ``(n, dates)``: the dates, ascending, that each sample has rows for.
    """
    days = np.array([date.toordinal() for date in dates])
    first, last = days[seen.argmax(axis=1)], days[::-1][seen[:, ::-1].argmax(axis=1)]
    return bool((last - first <= LONGEST_SEASON).all() and last.max() - first.min() > LONGEST_SEASON)


def onto_one_season(samples: Samples, seen: np.ndarray) -> Samples:
    """Move samples by whole years onto the season that most of them are from, and onto its dates.

    The season is that of the most frequent set of dates, the latest one among equals. A sample's years are those that
    bring its first date nearest to the season's. Values are interpolated in time, as for a model; a date further
    outside of a sample's own ones than half the usual interval is missing.

    Args:
        samples: with the dates of all years.
        seen: bool ``(n, dates)``: the dates that each sample has rows for, at least one.
    """
    patterns, of_sample, counts = np.unique(seen, axis=0, return_inverse=True, return_counts=True)
    of_sample = of_sample.reshape(-1)
    dates = [[samples.dates[i] for i in np.flatnonzero(pattern)] for pattern in patterns]
    season = dates[max(range(len(patterns)), key=lambda i: (counts[i], dates[i]))]
    start = season[0]
    targets = np.array([(date - start).days for date in season])
    tolerance = float(np.median(np.diff(targets))) / 2 if len(targets) > 1 else LONGEST_SEASON
    values = np.empty((len(samples), len(season), len(samples.variables)), dtype=np.float32)
    for index, (pattern, own) in enumerate(zip(patterns, dates)):
        members = np.flatnonzero(of_sample == index)
        anniversary = _nearest_anniversary(start, own[0])
        days = np.array([(date - anniversary).days for date in own])
        moved = interpolate_series(samples.values[members][:, pattern], days, targets)
        moved[:, (targets < days[0] - tolerance) | (targets > days[-1] + tolerance)] = np.nan
        values[members] = moved
    return replace(samples, values=values, dates=season)


def _nearest_anniversary(start: datetime.date, date: datetime.date) -> datetime.date:
    days = [_in_year(start, year) for year in (date.year - 1, date.year, date.year + 1)]
    return min(days, key=lambda day: abs((day - date).days))


def _in_year(date: datetime.date, year: int) -> datetime.date:
    try:
        return date.replace(year=year)
    except ValueError:  # the 29th of February
        return datetime.date(year, 2, 28)
