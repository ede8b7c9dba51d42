"""Blocks and axes for trying a step of preparing a series without a file."""

import datetime

import numpy as np

from chronocover.core.series.steps import SeriesAxes

FIRST = datetime.date(2021, 3, 1)


def axes(days, variables=("ndvi",), roles=None):
    """The axes of a series whose dates are these days after 2021-03-01."""
    dates = tuple(FIRST + datetime.timedelta(days=int(day)) for day in days)
    return SeriesAxes(dates, tuple(variables), tuple(roles or ["data"] * len(variables)), (None,) * len(dates))


def block(series):
    """One pixel with one variable, float32 ``(1, 1, dates, 1)``."""
    return np.array(series, dtype=np.float32).reshape(1, 1, -1, 1)
