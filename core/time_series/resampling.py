"""Bringing a series onto other dates: every n days, listed ones, those of another series or of a model."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ..dates import FIRST_YEAR, LAST_YEAR, day_of_text
from ..errors import ChronocoverError
from ..series.image_series import DATA
from ..series.steps import SeriesAxes
from .filling import GapCount, check_method, interpolate_series
from .method_names import LINEAR

MOST_DATES = 10_000


@dataclass(frozen=True)
class ResampleDates:
    """The step that interpolates data variables onto other dates.

    Quality variables are dropped: a cloud mask says nothing of a value that comes from two dates. Composites become
    single dates: a value stands for the first day of its period, as everywhere in a series.

    Attributes:
        dates: the new dates, ascending.
        method: one of :data:`core.time_series.method_names.INTERPOLATION_METHODS`.
        tolerance: days before a pixel's first and after its last observation for which the nearest one is taken;
            farther out its values are missing.
        longest_gap: between two observations that are more days than this apart, values are missing; 0 for any.
        counts: receives how many values of the result there are and are missing.
    """

    dates: tuple[datetime.date, ...]
    method: str = LINEAR
    tolerance: float = 16.0
    longest_gap: float = 0.0
    counts: GapCount = field(default_factory=GapCount, compare=False)
    halo: int = 0

    def axes_after(self, axes: SeriesAxes) -> SeriesAxes:
        """The new dates with the data variables.

        Raises ChronocoverError if all new dates are outside of the series, or there is no data variable.
        """
        check_method(self.method)
        kept = axes.chosen_indices(())
        if len(self.dates_outside(axes)) == len(self.dates):
            raise ChronocoverError(
                f"None of the {len(self.dates)} new dates ({_span(self.dates)}) is within {self.tolerance:g} days of "
                f"the series ({_span(axes.dates)}). Choose other dates or a series of the same time."
            )
        variables = tuple(axes.variables[i] for i in kept)
        return SeriesAxes(self.dates, variables, (DATA,) * len(kept), (None,) * len(self.dates))

    def dates_outside(self, axes: SeriesAxes) -> list[datetime.date]:
        """The new dates that are too far outside of the series to get any value."""
        first, last = axes.dates[0], axes.dates[-1]
        return [date for date in self.dates if max((first - date).days, (date - last).days) > max(0.0, self.tolerance)]

    def apply(self, values: np.ndarray, axes: SeriesAxes) -> np.ndarray:
        """Resample a block and count; shapes as in :class:`core.series.steps.SeriesStep`."""
        values, counted = self.apply_counting(values, axes)
        self.counts.add(*counted)
        return values

    def apply_counting(self, values: np.ndarray, axes: SeriesAxes) -> tuple[np.ndarray, tuple[int, ...]]:
        """See :class:`core.series.steps.CountingStep`."""
        targets = np.array([(date - axes.dates[0]).days for date in self.dates])
        longest = self.longest_gap if self.longest_gap > 0 else np.inf
        series = values.reshape(-1, *values.shape[2:])
        result = interpolate_series(
            series, axes.days, targets, self.method, longest, self.tolerance, axes.chosen_indices(())
        )
        counted = (result.size, 0, int(np.isnan(result).sum()), 0)
        return result.reshape(*values.shape[:2], *result.shape[1:]), counted


def regular_dates(first: datetime.date, last: datetime.date, step: int) -> tuple[datetime.date, ...]:
    """The dates every ``step`` days from ``first`` to at most ``last``.

    Raises:
        ChronocoverError: ``last`` is before ``first``, the step is below 1, or there are far too many dates.
    """
    if step < 1:
        raise ChronocoverError(f"The step is {step} days. It must be at least 1.")
    if last < first:
        raise ChronocoverError(
            f"The end {last.isoformat()} is before the start {first.isoformat()}. Exchange or correct them."
        )
    count = (last - first).days // step + 1
    if count > MOST_DATES:
        raise ChronocoverError(f"{count:,} dates are too many. Choose a longer step or a shorter time.")
    return tuple(first + datetime.timedelta(days=step * i) for i in range(count))


def listed_dates(text: str) -> tuple[datetime.date, ...]:
    """The dates in a text, ascending and each once; separated by commas, semicolons, spaces or lines.

    Raises:
        ChronocoverError: the text is empty, or something in it is no date.
    """
    found = set()
    for word in re.split(r"[\s,;]+", text.strip()):
        day = day_of_text(word) if word else None
        if word and day is None:
            raise ChronocoverError(
                f"The list of dates holds “{word}”, which is no date. Write dates as 2021-03-06, in a year from "
                f"{FIRST_YEAR} to {LAST_YEAR}."
            )
        if day:
            found.add(day)
    if not found:
        raise ChronocoverError("The list of dates is empty. Write dates as 2021-03-06, separated by commas.")
    return tuple(sorted(found))


def _span(dates: Sequence[datetime.date]) -> str:
    return dates[0].isoformat() if len(dates) == 1 else f"{dates[0].isoformat()} to {dates[-1].isoformat()}"
