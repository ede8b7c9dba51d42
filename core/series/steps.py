"""Steps of preparing a series, as functions on blocks: what lets several of them run in one pass over the pixels."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from ..errors import ChronocoverError
from .image_series import DATA, QUALITY, ImageSeries


@dataclass(frozen=True)
class SeriesAxes:
    """What axes 2 and 3 of a block ``(rows, columns, dates, variables)`` mean.

    ``date_ends`` are the last days of composites (None for single dates); ``roles`` say which variables are data and
    which quality (cloud masks, scene classifications).
    """

    dates: tuple[datetime.date, ...]
    variables: tuple[str, ...]
    roles: tuple[str, ...]
    date_ends: tuple[datetime.date | None, ...]

    @classmethod
    def of_series(cls, series: ImageSeries) -> SeriesAxes:
        """The axes of a series read whole: its data variables, then its quality variables."""
        data, quality = series.variables, series.quality_variables
        ends = {band.date: band.date_end for band in series.bands}
        return cls(
            tuple(series.dates),
            (*data, *quality),
            (*[DATA] * len(data), *[QUALITY] * len(quality)),
            tuple(ends[date] for date in series.dates),
        )

    @property
    def days(self) -> np.ndarray:
        """``(dates,)`` int64 days since the first date."""
        return np.array([(date - self.dates[0]).days for date in self.dates], dtype=np.int64)

    def index(self, variable: str) -> int:
        """Position of a variable on axis 3. Raises ChronocoverError that lists what there is."""
        if variable not in self.variables:
            raise ChronocoverError(
                f"The series has no variable “{variable}”. It has: {', '.join(self.variables)}. Check the spelling."
            )
        return self.variables.index(variable)

    @property
    def data_indices(self) -> list[int]:
        """Positions of the data variables on axis 3."""
        return [i for i, role in enumerate(self.roles) if role == DATA]

    def chosen_indices(self, variables: Sequence[str]) -> list[int]:
        """Positions on axis 3 of the named variables, or of all data variables if none is named.

        Raises ChronocoverError if a name is unknown, or if there is no data variable.
        """
        if variables:
            return sorted({self.index(variable) for variable in variables})
        if not self.data_indices:
            raise ChronocoverError("The series has no data variable, only quality variables. Choose another series.")
        return self.data_indices


class SeriesStep(Protocol):
    """One step: says what it makes of the axes, then does it to blocks, in any thread.

    Attributes:
        halo: pixels around a block that it looks at; a block comes with them and goes out with them, the outermost
            ``halo`` rows and columns of the result being of no use.
    """

    halo: int

    def axes_after(self, axes: SeriesAxes) -> SeriesAxes:
        """The axes of what :meth:`apply` returns. Raises ChronocoverError if the step does not fit the series."""

    def apply(self, values: np.ndarray, axes: SeriesAxes) -> np.ndarray:
        """Do the step.

        Args:
            values: float32 ``(rows, columns, dates, variables)`` in physical units, NaN is missing. It may be changed.
            axes: what its axes 2 and 3 mean.

        Returns:
            float32 ``(rows, columns, dates, variables)`` on the axes of :meth:`axes_after`.
        """


class CountingStep(SeriesStep, Protocol):
    """A step that counts on its way, of what a block is told apart from the block: it may be computed elsewhere.

    Attributes:
        counts: its ``add(*counted)`` adds what :meth:`apply_counting` returned.
    """

    counts: Any

    def apply_counting(self, values: np.ndarray, axes: SeriesAxes) -> tuple[np.ndarray, tuple[int, ...]]:
        """As :meth:`apply`, and what was counted, which is not added to ``counts``."""


def axes_after_all(steps: Sequence[SeriesStep], axes: SeriesAxes) -> SeriesAxes:
    """The axes after all steps in order."""
    for step in steps:
        axes = step.axes_after(axes)
    return axes


def apply_all(steps: Sequence[SeriesStep], values: np.ndarray, axes: SeriesAxes) -> np.ndarray:
    """All steps in order on one block."""
    for step in steps:
        values, axes = step.apply(values, axes), step.axes_after(axes)
    return values
