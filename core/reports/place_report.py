"""The report of “Plot a place”: charts of places over time, and of their classes."""

from __future__ import annotations

import numpy as np

from ..labels.legend import hex_color
from ..provenance import Provenance
from ..samples.place_plots import MASKED, PREPARED, RAW, PlacePlots, SeriesCurves
from ..samples.places import PlaceCurve, class_curves
from .line_charts import Curve, Observations, TimeChart, legible, sheet_of_charts, signs, time_chart
from .page import Page

ONE_COLOR = "#00785a"
FEW_CLASSES = 4  # so many bands can be told apart
CLEAR_SHARE = 0.5  # of a place's observed pixels that must not be masked for the place to count as observed

Section = tuple[str, str, list[TimeChart]]


def write_place_report(path: str, name: str, plots: PlacePlots, with_classes: bool, provenance: Provenance) -> None:
    """Write the report as one HTML file. Raises ChronocoverError if it cannot be written.

    Args:
        path: the file.
        name: what the series is called.
        plots: what to show.
        with_classes: whether the classes of the places mean something.
        provenance: written below.
    """
    page = Page("Places over time", name)
    dates = sorted({date for found in plots.data.values() for date in found.dates})
    figures = [(f"{len(plots.places):,}", "places read"), (f"{len(plots.shown):,}", "plotted one by one")]
    if with_classes:
        figures.append((f"{len({place.class_name for place in plots.places}):,}", "classes"))
    page.key_figures([*figures, (f"{dates[0]} – {dates[-1]}", f"{len(dates)} dates")])
    sections = class_sections(plots) if with_classes else []
    if sections:
        page.heading("Classes")
        source = _class_role(plots, plots.variables[0])
        page.paragraph(
            f"Lines are the mean of the places of each class, in the {source} series"
            + (", bands run from the 10th to the 90th percentile of the places." if _few_classes(plots) else ".")
        )
        for _, _, charts in sections:
            for chart in charts:
                page.svg(time_chart(chart))
    page.heading("Places")
    spread = any(len(plots.places[position].pixels) > 1 for position in plots.shown)
    curve = "prepared" if PREPARED in plots.data else ""
    page.svg(signs(RAW in plots.data, MASKED in plots.data, spread, curve, ONE_COLOR))
    page.paragraph(_explanation(plots, spread))
    for title, _, charts in place_sections(plots, with_classes):
        page.heading(title)
        for chart in charts:
            page.svg(time_chart(chart))
    page.provenance(provenance)
    page.write(path)


def place_sheet(name: str, plots: PlacePlots, with_classes: bool, most_charts: int) -> tuple[str, int]:
    """The first charts as one SVG drawing, and how many did not find room."""
    sections = [*(class_sections(plots) if with_classes else []), *place_sections(plots, with_classes)]
    room, taken, left_out = most_charts, [], 0
    for title, color, charts in sections:
        if charts[:room]:
            taken.append((title, color, charts[:room]))
        left_out += len(charts) - len(charts[:room])
        room = max(0, room - len(charts))
    return sheet_of_charts(name, taken), left_out


def place_sections(plots: PlacePlots, with_classes: bool) -> list[Section]:
    """Title, colour and charts of each place that is plotted one by one."""
    colors = {c.name: hex_color(c.color) for c in plots.labels.legend.classes} if with_classes else {}
    sections = []
    for position in plots.shown:
        place = plots.places[position]
        color = colors.get(place.class_name, "")
        title = f"{place.class_name}, place {place.id}" if with_classes else f"Place {place.id}"
        if place.size > 1:
            read = "" if len(place.pixels) == place.size else f", {len(place.pixels):,} of them read"
            title += f" ({place.size:,} pixels{read})"
        charts = [_place_chart(plots, position, name, legible(color or ONE_COLOR)) for name in plots.variables]
        sections.append((title, color, charts))
    return sections


def class_sections(plots: PlacePlots) -> list[Section]:
    """One section with a chart a variable, if a class has several places."""
    if len({place.class_name for place in plots.places}) == len(plots.places):
        return []
    colors = {c.name: legible(hex_color(c.color)) for c in plots.labels.legend.classes}
    charts = []
    for name in plots.variables:
        role = _class_role(plots, name)
        found = plots.data[role]
        v = found.variables.index(name)
        curves = []
        for class_name, curve in class_curves(plots.places, found.curves).items():
            seen = np.isfinite(curve.mean[:, v]) | (role == PREPARED)  # between observations the line goes on
            dates = [date for date, keep in zip(found.dates, seen) if keep]
            band = (curve.low[seen, v], curve.high[seen, v]) if _few_classes(plots) else (None, None)
            curves.append(Curve(class_name, colors[class_name], dates, curve.mean[seen, v], *band))
        charts.append(TimeChart(name, None, tuple(curves)))
    return [("Means of the classes", "", charts)]


def _few_classes(plots: PlacePlots) -> bool:
    return len({place.class_name for place in plots.places}) <= FEW_CLASSES


def _class_role(plots: PlacePlots, variable: str) -> str:
    """The series that shows a variable's classes best."""
    return next(r for r in (PREPARED, MASKED, RAW) if r in plots.data and variable in plots.data[r].variables)


def _place_chart(plots: PlacePlots, position: int, variable: str, color: str) -> TimeChart:
    several = len(plots.places[position].pixels) > 1
    curves = ()
    prepared = _curve_of(plots.data.get(PREPARED), position, variable)
    if prepared is not None:
        mean, low, high, _ = prepared
        dates = plots.data[PREPARED].dates
        curves = (Curve(PREPARED, color, dates, mean, *((low, high) if several else (None, None))),)
    return TimeChart(variable, _observations(plots, position, variable, several), curves)


def _observations(plots: PlacePlots, position: int, variable: str, several: bool) -> Observations | None:
    """The raw values; the masked ones where at least half of the observed pixels are not masked."""
    raw = _curve_of(plots.data.get(RAW), position, variable)
    masked = _curve_of(plots.data.get(MASKED), position, variable)
    if raw is None and masked is None:
        return None
    source = plots.data[RAW if raw is not None else MASKED]
    mean, low, high, counts = (np.array(each) for each in (raw if raw is not None else masked))
    valid = np.ones(len(source.dates), dtype=bool)
    if raw is not None and masked is not None:
        at = {date: index for index, date in enumerate(plots.data[MASKED].dates)}
        for index, date in enumerate(source.dates):
            other = at.get(date)
            valid[index] = other is not None and masked[3][other] >= max(1, CLEAR_SHARE * counts[index])
            if valid[index]:
                mean[index], low[index], high[index] = (each[other] for each in masked[:3])
    return Observations(source.dates, mean, valid, low if several else None, high if several else None)


def _curve_of(found: SeriesCurves | None, position: int, variable: str) -> tuple[np.ndarray, ...] | None:
    """Mean, low, high and counts ``(dates,)`` of a place."""
    if found is None or variable not in found.variables:
        return None
    curve: PlaceCurve = found.curves[position]
    v = found.variables.index(variable)
    return curve.mean[:, v], curve.low[:, v], curve.high[:, v], curve.counts[:, v]


def _explanation(plots: PlacePlots, spread: bool) -> str:
    texts = ["Point at a dot to read its date and value."]
    if spread:
        texts.append(
            "A dot is the mean of the pixels in a polygon, with a faint line from their 10th to their 90th percentile."
        )
    if MASKED in plots.data:
        texts.append(
            "A hollow dot is masked"
            + (": less than half of the observed pixels are clear" if spread else "")
            + "; one at the edge of a chart lies beyond it."
        )
    return " ".join(texts)
