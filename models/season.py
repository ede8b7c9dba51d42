"""Finding the season of a model in a series: which dates to read, and how they lie on the model's time axis."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..core.dates import day_of_text
from ..core.errors import ChronocoverError
from ..core.time_series.filling import fill_gaps, interpolate_series
from .card import TimeAxis

TOLERANCE_DAYS = (8, 32)  # least and most that a series may begin after or end before the season


@dataclass(frozen=True)
class Season:
    """One season of a series.

    Attributes:
        start: the day that is day 0 of the model's time axis.
        dates: the series' dates to read, ascending.
        axis: the model's time axis.
    """

    start: datetime.date
    dates: tuple[datetime.date, ...]
    axis: TimeAxis

    @property
    def exact(self) -> bool:
        """Whether the series has exactly the dates of the model, so that nothing but gaps is interpolated."""
        return self.dates == axis_dates(self.axis, self.start)

    def onto_axis(self, values: np.ndarray) -> np.ndarray:
        """Bring pixel series onto the model's time axis and fill their gaps.

        Args:
            values: float32 ``(n, dates, variables)`` on :attr:`dates`, or with further axes of a window of pixels; NaN
                is missing.

        Returns:
            float32 ``(n, model dates, variables, …)``; NaN only where a variable was never observed. ``values`` itself
            if there is nothing to do.
        """
        if values.ndim > 3:
            flat = self.onto_axis(values.reshape(*values.shape[:2], -1))
            return flat.reshape(*flat.shape[:2], *values.shape[2:])
        if self.exact:
            return fill_gaps(values, np.array(self.axis.days)) if np.isnan(values).any() else values
        days = np.array([(date - self.start).days for date in self.dates])
        return interpolate_series(values, days, np.array(self.axis.days))

    def describe(self) -> str:
        """One sentence for the log."""
        last = axis_dates(self.axis, self.start)[-1]
        how = "as they are" if self.exact else f"interpolated onto the {len(self.axis.days)} dates of the model"
        return f"Season {self.start.isoformat()} to {last.isoformat()}: {len(self.dates)} dates of the series, {how}."


def axis_dates(axis: TimeAxis, start: datetime.date) -> tuple[datetime.date, ...]:
    """The dates of a time axis in the season that starts on ``start``."""
    return tuple(start + datetime.timedelta(days=int(day)) for day in axis.days)


def tolerance_of(axis: TimeAxis) -> int:
    """Days by which a season may stick out of a series at either end: the largest step of the axis, 8 to 32 days."""
    steps = [later - earlier for earlier, later in zip(axis.days, axis.days[1:])]
    return int(min(max([*steps, TOLERANCE_DAYS[0]]), TOLERANCE_DAYS[1]))


def season_starts(axis: TimeAxis, dates: Sequence[datetime.date]) -> list[datetime.date]:
    """The starts of all seasons that a series of these ascending dates covers."""
    years = range(dates[0].year - 1 - axis.days[-1] // 365, dates[-1].year + 2)
    starts = (_start_in(axis, year) for year in years)
    return [start for start in starts if _covers(dates, axis, start)]


def find_season(axis: TimeAxis, dates: Sequence[datetime.date], wanted: str = "") -> Season:
    """The season of a series that a model is to be applied to.

    Args:
        axis: the model's time axis.
        dates: the series' dates, ascending.
        wanted: which season: empty (there is only one), the year in which it starts, or its first day (ISO 8601),
            which may be another day of the year than the model's, to move the season.

    Raises:
        ChronocoverError: the series covers no such season, or several and none is named; prints both timelines.
    """
    wanted = wanted.strip()
    starts = season_starts(axis, dates)
    if len(wanted) == 4 and wanted.isdigit():
        chosen = [start for start in starts if start.year == int(wanted)]
    elif wanted:
        day = day_of_text(wanted)
        if day is None:
            raise ChronocoverError(f"The season “{wanted}” is neither a year nor a date such as 2021-10-01.")
        chosen = [day] if _covers(dates, axis, day) else []
    else:
        chosen = starts
    if not chosen:
        raise ChronocoverError(_not_covered(axis, dates, wanted, starts))
    if len(chosen) > 1:
        raise ChronocoverError(
            f"The series covers {len(chosen)} seasons of the model, starting on {_listed(chosen)}. "
            "Choose one of them with the parameter Season."
        )
    start = chosen[0]
    own = axis_dates(axis, start)
    if set(own) <= set(dates):
        return Season(start, own, axis)
    around = datetime.timedelta(days=tolerance_of(axis))
    return Season(start, tuple(date for date in dates if own[0] - around <= date <= own[-1] + around), axis)


def dates_of_seasons(axis: TimeAxis, dates: Sequence[datetime.date], wanted: str = "") -> tuple[datetime.date, ...]:
    """The dates of a time axis in all seasons that a series of these dates covers, or in the one ``wanted``.

    Arguments and errors as in :func:`find_season`.
    """
    starts = [] if wanted.strip() else season_starts(axis, dates)
    starts = starts or [find_season(axis, dates, wanted).start]
    return tuple(sorted({date for start in starts for date in axis_dates(axis, start)}))


def widest_gap(season: Season) -> int:
    """The most days between two dates that are read."""
    return max([(later - earlier).days for earlier, later in zip(season.dates, season.dates[1:])], default=0)


def _start_in(axis: TimeAxis, year: int) -> datetime.date:
    month, day = (int(part) for part in axis.season_start.split("-"))
    try:
        return datetime.date(year, month, day)
    except ValueError:  # 29 February
        return datetime.date(year, month, day - 1)


def _covers(dates: Sequence[datetime.date], axis: TimeAxis, start: datetime.date) -> bool:
    own, around = axis_dates(axis, start), datetime.timedelta(days=tolerance_of(axis))
    within = [date for date in dates if own[0] - around <= date <= own[-1] + around]
    return bool(within) and within[0] <= own[0] + around and within[-1] >= own[-1] - around


def _not_covered(axis: TimeAxis, dates: Sequence[datetime.date], wanted: str, starts: list[datetime.date]) -> str:
    which = f" that starts in {wanted}" if len(wanted) == 4 else f" that starts on {wanted}" if wanted else ""
    others = f" It covers the seasons that start on {_listed(starts)}." if starts else ""
    month_day = axis.season_start
    return (
        f"The series does not cover the model's season{which}.{others}\n"
        f"Model: {len(axis.days)} dates over {axis.days[-1]} days from {month_day} on, trained on "
        f"{_timeline(axis.trained_on)}.\n"
        f"Series: {len(dates)} dates, {_timeline([date.isoformat() for date in dates])}.\n"
        f"At most {tolerance_of(axis)} days may be missing at either end. Add images to the series, or train a model "
        "on the dates that you have."
    )


def _timeline(dates: Sequence[str]) -> str:
    return ", ".join(dates) if len(dates) <= 12 else f"{', '.join(dates[:5])}, …, {', '.join(dates[-5:])}"


def _listed(starts: Sequence[datetime.date]) -> str:
    return ", ".join(start.isoformat() for start in starts)
