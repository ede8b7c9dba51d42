"""Whether a series is of the kind that a model was trained on: its variables, by name, its season and its units."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np

from ..core.errors import ChronocoverError
from ..core.feedback import Feedback
from ..core.series.image_series import ImageSeries
from ..core.series.probing import sample_values
from .card import ModelCard
from .season import Season, find_season, tolerance_of, widest_gap

FACTOR = 10.0


def match_series(
    card: ModelCard, series: ImageSeries, season: str, skip_units_check: bool, feedback: Feedback
) -> Season:
    """The season of a series that a model is to be applied to, after all checks, told to the user.

    Args:
        card: the model's; of the series, its variables are to be read.
        series: the image series.
        season: which one, see :func:`models.season.find_season`.
        skip_units_check: do not compare the size of values with the training data's.
        feedback: messages.

    Raises:
        ChronocoverError: variables, season or units do not fit.
    """
    variables = match_variables(card, series)
    dates = sorted({band.date for band in series.bands if band.variable in variables})
    found = find_season(card.time_axis, dates, season)
    feedback.info(f"Model: {card.title}. Classes: {', '.join(card.legend.names)}.")
    feedback.info(f"Series: {series.grid.describe()}; variables {', '.join(card.variables)}.")
    feedback.info(found.describe())
    gap = widest_gap(found)
    if gap > 2 * tolerance_of(found.axis):
        feedback.warning(f"The series has a gap of {gap} days within the season, over which values are interpolated.")
    if not skip_units_check:
        check_units(card, series, found.dates)
    return found


def match_variables(card: ModelCard, series: ImageSeries) -> tuple[str, ...]:
    """The model's variables, all of which the series has, by name; more in the series are not read.

    Raises:
        ChronocoverError: some are missing; prints both lists.
    """
    present = {band.variable for band in series.bands}
    missing = [name for name in card.variables if name not in present]
    if missing:
        own = ", ".join([*series.variables, *series.quality_variables])
        raise ChronocoverError(
            f"The series {series.path} lacks {len(missing)} of the model's variables: {', '.join(missing)}.\n"
            f"Model:  {', '.join(card.variables)}\nSeries: {own}\n"
            "Variables match by name: name them alike in “Build image time series”."
        )
    return card.variables


def check_units(card: ModelCard, series: ImageSeries, dates: Sequence[datetime.date]) -> None:
    """Refuse a series whose values are of another order of magnitude than the training data.

    Some small windows on a few dates are looked at. A variable that is typically ten times larger than nearly all of
    the training data is refused. Values that are ten times smaller are refused only if all variables' are: a scene of
    dark water is dark, not wrong.

    Raises:
        ChronocoverError: the units differ; prints both ranges of each variable.
    """
    samples = sample_values(series, dates, card.variables)
    lines, larger, smaller = [], False, []
    for index, name in enumerate(card.variables):
        values = samples[:, index][~np.isnan(samples[:, index])]
        limits = card.ranges.get(name)
        if limits is None or not len(values):
            continue
        known = max(abs(limits.p1), abs(limits.p99))
        if known == 0:
            continue
        low, high = np.percentile(values, (1, 99))
        larger = larger or float(np.median(np.abs(values))) > FACTOR * known
        smaller.append(max(abs(low), abs(high)) * FACTOR < known)
        lines.append(f"{name}: model {limits.p1:.4g} to {limits.p99:.4g}, series {low:.4g} to {high:.4g}")
    if larger or (smaller and all(smaller)):
        raise ChronocoverError(
            f"The values of the series {series.path} are of another size than those that the model was trained on:\n"
            + "\n".join(lines)
            + "\nSet the scale factor in “Build image time series” so that the units agree (reflectance stored as "
            "whole numbers often has 0.0001). If the values are right, skip this check in the advanced parameters."
        )
