"""What a plot of places shows: the curves of the raw, the masked and the prepared series at each of them."""

from __future__ import annotations

import csv
import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..blocks import EngineOptions
from ..errors import ChronocoverError
from ..feedback import Feedback
from ..files import atomic_output
from ..labels.features import LabelFeatures
from ..series.image_series import ImageSeries
from .places import Place, PlaceCurve, choose_features, find_places, pixels_within_memory, read_curves

RAW, MASKED, PREPARED = "raw", "masked", "prepared"
MOST_PLACES = 1000  # that are read, for the curves of classes
MOST_VARIABLES = 6  # that are shown where the user names none


@dataclass(frozen=True)
class SeriesCurves:
    """The curves of one series, one a place, over its dates and those of the wanted variables that it has."""

    dates: tuple[datetime.date, ...]
    variables: tuple[str, ...]
    curves: tuple[PlaceCurve, ...]


@dataclass(frozen=True)
class PlacePlots:
    """What was read. ``data`` is by RAW, MASKED and PREPARED; ``shown`` are the positions of the places to plot."""

    places: tuple[Place, ...]
    shown: tuple[int, ...]
    variables: tuple[str, ...]
    labels: LabelFeatures
    data: Mapping[str, SeriesCurves]


def chosen_variables(series: Mapping[str, ImageSeries], names: Sequence[str], feedback: Feedback) -> tuple[str, ...]:
    """The variables to show: those named, or the data variables of the prepared or else the raw series, at most six.

    Raises:
        ChronocoverError: none of the series has one of the names, or there is no data variable.
    """
    known = list(dict.fromkeys(n for one in series.values() for n in (*one.variables, *one.quality_variables)))
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ChronocoverError(
            f"No series has a variable {', '.join(unknown)}. There are: {', '.join(known)}. Correct the names."
        )
    if names:
        return tuple(dict.fromkeys(names))
    found = (series.get(PREPARED) or series[RAW]).variables
    if not found:
        raise ChronocoverError(f"{series[RAW].path} has only quality bands, no data. Name the variables to plot.")
    if len(found) > MOST_VARIABLES:
        feedback.info(
            f"The first {MOST_VARIABLES} of {len(found)} variables are shown. Name others in “Variables” to see them."
        )
    return tuple(found[:MOST_VARIABLES])


def check_grids(series: Mapping[str, ImageSeries]) -> None:
    """Raise ChronocoverError unless all series are on the grid of the raw one."""
    raw = series[RAW]
    for role, one in series.items():
        if not one.grid.same_as(raw.grid):
            raise ChronocoverError(
                f"The {role} series is on another grid ({one.grid.describe()}) than the raw series "
                f"({raw.grid.describe()}). Give the one that was made from it."
            )


def read_place_plots(
    series: Mapping[str, ImageSeries],
    labels: LabelFeatures,
    variables: Sequence[str],
    most_shown: int,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> PlacePlots:
    """Read the curves of places.

    Args:
        series: RAW, and if there are MASKED and PREPARED, on the same grid.
        labels: the places, in the CRS of the series. At most 1,000 are read, as many of each class as there can be.
        variables: names, see :func:`chosen_variables`.
        most_shown: how many places are plotted one by one.
        options: memory and threads.
        feedback: progress, cancelling, and what was left out.

    Raises:
        ChronocoverError: no place lies on the series, or a file is damaged.
    """
    feedback, options = feedback or Feedback(), options or EngineOptions()
    chosen = choose_features(labels, max(MOST_PLACES, most_shown))
    if len(chosen.features) < len(labels.features):
        feedback.info(f"{len(chosen.features):,} of {len(labels.features):,} places are read, spread over the classes.")
    most_pixels = pixels_within_memory(list(series.values()), len(variables), len(chosen.features), options)
    places = find_places(chosen, series[RAW].grid, most_pixels, feedback)
    on_grid = {place.id for place in places}
    inside = LabelFeatures(labels.kind, tuple(f for f in chosen.features if f.id in on_grid), labels.legend)
    shown_ids = {feature.id for feature in choose_features(inside, most_shown).features}
    data = {}
    for number, (role, one) in enumerate(series.items()):
        own = tuple(name for name in variables if name in (*one.variables, *one.quality_variables))
        if own:
            part = feedback.part(number / len(series), (number + 1) / len(series), quiet=True)
            data[role] = SeriesCurves(tuple(one.dates), own, tuple(read_curves(one, own, places, options, part)))
    shown = tuple(position for position, place in enumerate(places) if place.id in shown_ids)
    return PlacePlots(tuple(places), shown, tuple(variables), labels, data)


def write_place_table(plots: PlacePlots, path: str) -> None:
    """Write all curves that were read as CSV: a row for each place, series, variable and date with an observation."""
    with atomic_output(path) as target, open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("place", "class", "series", "variable", "date", "mean", "p10", "p90", "pixels"))
        for position, place in enumerate(plots.places):
            for role, found in plots.data.items():
                curve = found.curves[position]
                for v, variable in enumerate(found.variables):
                    for t, date in enumerate(found.dates):
                        if not math.isnan(curve.mean[t, v]):
                            numbers = (curve.mean[t, v], curve.low[t, v], curve.high[t, v])
                            texts = [f"{number:.7g}" for number in numbers]
                            row = (place.id, place.class_name, role, variable, date.isoformat(), *texts)
                            writer.writerow((*row, int(curve.counts[t, v])))
