"""Periods of time that observations are composited over: calendar months, n days, or from dates on.

Plain Python: dialogs read it.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import ChronocoverError

MONTHS, EVERY, LISTED = KINDS = ("calendar months", "every n days", "list of dates")
DAY = datetime.timedelta(days=1)
MOST_PERIODS = 10_000


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both included."""

    first: datetime.date
    last: datetime.date


def make_periods(
    kind: str,
    dates: Sequence[datetime.date],
    *,
    start: datetime.date | None = None,
    end: datetime.date | None = None,
    days: int = 0,
    starts: Sequence[datetime.date] = (),
) -> tuple[Period, ...]:
    """The periods that cover a series: whole ones, but nothing before ``start`` or after ``end``.

    Args:
        kind: one of :data:`KINDS`.
        dates: of the series, ascending.
        start: the first day; by default that of the first date's month, or the first date. Not for :data:`LISTED`.
        end: the last day; by default the end of the period with the last date.
        days: length of each period, for :data:`EVERY`.
        starts: first days, ascending, for :data:`LISTED`.

    Raises:
        ChronocoverError: the end is before the start, or there are more than 10,000 periods.
    """
    first, last = start or dates[0], end or dates[-1]
    if kind == LISTED:
        first = starts[0]
    if last < first:
        raise ChronocoverError(
            f"The periods would end on {last}, before they begin on {first}. Correct the start, the end or the list."
        )
    if kind == LISTED:
        firsts = [day for day in starts if day <= last]
        following = last + DAY
    elif kind == EVERY:
        count = -(-((last - first).days + 1) // days)
        if count > MOST_PERIODS:
            raise ChronocoverError(f"{first} to {last} makes {count:,} periods of {days} days. Take longer periods.")
        firsts = [first + i * days * DAY for i in range(count)]
        following = first + count * days * DAY
    else:
        month = first.replace(day=1)
        firsts = [start or month]
        while (month := _next_month(month)) <= last:
            firsts.append(month)
        following = month
    if end:
        following = min(following, end + DAY)
    return tuple(Period(day, later - DAY) for day, later in zip(firsts, [*firsts[1:], following]))


def _next_month(first_of_month: datetime.date) -> datetime.date:
    return (first_of_month + 31 * DAY).replace(day=1)


def dates_within(periods: Sequence[Period], dates: Sequence[datetime.date]) -> list[slice]:
    """For each period, the slice of the ascending ``dates`` that lie in it."""
    return [slice(bisect_left(dates, period.first), bisect_right(dates, period.last)) for period in periods]


def describe_periods(periods: Sequence[Period], dates: Sequence[datetime.date], missing_shares: Sequence[float]) -> str:
    """A table for the log: each period, its number of dates, and the share of pixels without any observation."""
    lines = ["Period                   Dates  Pixels without any observation"]
    for period, part, missing in zip(periods, dates_within(periods, dates), missing_shares):
        lines.append(f"{period.first} – {period.last}  {part.stop - part.start:5d}  {100 * missing:5.1f} %")
    unused = sum(1 for date in dates if not any(period.first <= date <= period.last for period in periods))
    if unused:
        lines.append(f"Dates outside of all periods, not used: {unused}.")
    return "\n".join(lines)
