"""One time axis for several models: the dates of all of them, by the calendar."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np

from ..core.errors import ChronocoverError
from .card import TimeAxis
from .season import tolerance_of

DAYS_OF_YEAR = 365


def common_axis(axes: Sequence[TimeAxis], names: Sequence[str]) -> tuple[TimeAxis, list[np.ndarray]]:
    """The time axis of the dates of all axes by the calendar, and the positions of each one's dates on it.

    Args:
        axes: at least one.
        names: what the axes belong to, for the error.

    Returns:
        The axis, and int64 positions for each of ``axes``.

    Raises:
        ChronocoverError: the season of one has no day in common with the first's; prints both.
    """
    offsets = [_days_after(axes[0], axis) for axis in axes]
    for name, axis, offset in zip(names, axes, offsets):
        around = max(tolerance_of(axis), tolerance_of(axes[0]))
        if offset > axes[0].days[-1] + around or offset + axis.days[-1] < -around:
            raise ChronocoverError(
                "The models see different seasons, so that no series is right for both:\n"
                + f"{names[0]}: {_season(axes[0])}\n{name}: {_season(axis)}"
                + "\nCombine models of one season."
            )
    earliest = min(offsets)
    days_of_each = [[day + offset - earliest for day in axis.days] for axis, offset in zip(axes, offsets)]
    days = sorted({day for own in days_of_each for day in own})
    positions = [np.searchsorted(days, own) for own in days_of_each]
    leading = axes[offsets.index(earliest)]
    if tuple(days) == leading.days:
        return leading, positions
    start = datetime.date.fromisoformat(leading.trained_on[0])
    dates = tuple((start + datetime.timedelta(days=day)).isoformat() for day in days)
    return TimeAxis(leading.season_start, tuple(days), dates), positions


def _days_after(first: TimeAxis, other: TimeAxis) -> int:
    """Days from the start of a season to that of another, at most half a year before or after."""
    start, end = (_day_of_year(axis.season_start) for axis in (first, other))
    half = DAYS_OF_YEAR // 2
    return (end - start + half) % DAYS_OF_YEAR - half


def _day_of_year(month_day: str) -> int:
    month, day = (int(part) for part in month_day.split("-"))
    return datetime.date(2021, month, min(day, 28) if month == 2 else day).timetuple().tm_yday


def _season(axis: TimeAxis) -> str:
    return f"{len(axis.days)} dates over {axis.days[-1]} days from {axis.season_start} (month-day) on"
