"""The report on a clustering: sizes, curves over time, a map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ..labels.legend import hex_color
from ..provenance import Provenance
from .charts import bars
from .line_charts import Curve, TimeChart, legible, time_chart
from .page import Page
from .pictures import class_map_png
from .profile_tables import ProfileTable

MOST_CURVES_WITH_BANDS = 3  # in one chart: more of them hide each other
MOST_SINGLE_CHARTS = 60


@dataclass(frozen=True)
class ClusterReport:
    """What is told of a clustering.

    Attributes:
        title, subtitle: at the top.
        figures: value and name of each key figure.
        profiles: curves and sizes.
        profile_note: what means and percentiles are of.
        things: what was clustered, for headings: pixels, samples.
        facts: name and value, a table of how it was done.
        notes: remarks that the user must not miss.
        map_path: the cluster raster, empty for none.
        classes: names of classes, of which ``class_counts`` ``(k, classes)`` are in each cluster; may be empty.
    """

    title: str
    subtitle: str
    figures: Sequence[tuple[str, str]]
    profiles: ProfileTable
    profile_note: str
    facts: Sequence[tuple[str, str]]
    provenance: Provenance
    things: str = "pixels"
    notes: Sequence[str] = ()
    map_path: str = ""
    classes: Sequence[str] = ()
    class_counts: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), np.int64))


def write_cluster_report(path: str, report: ClusterReport) -> None:
    """Write the HTML report. Raises ChronocoverError if it cannot be written."""
    table, page = report.profiles, Page(report.title, report.subtitle)
    page.key_figures(report.figures)
    for note in report.notes:
        page.note(note)
    _add_sizes(page, report)
    if report.classes:
        _add_classes(page, report)
    if report.map_path:
        page.heading("Map")
        page.png(class_map_png(report.map_path, table.legend), "Colours as in the table; white is no cluster.")
    if len(table.dates) > 1:
        _add_curves(page, report)
    else:
        _add_values(page, report)
    page.heading("How")
    page.table(["", ""], [list(fact) for fact in report.facts])
    page.provenance(report.provenance)
    page.write(path)


def _add_sizes(page: Page, report: ClusterReport) -> None:
    table = report.profiles
    colors = [hex_color(cluster.color) for cluster in table.legend.classes]
    total = max(1, int(table.pixels.sum()))
    header, rows = ["Cluster", report.things.capitalize(), "Share (%)"], []
    for k, cluster in enumerate(table.legend.classes):
        rows.append([cluster.name, int(table.pixels[k]), 100 * int(table.pixels[k]) / total])
        if table.hectares is not None:
            rows[-1].append(float(table.hectares[k]))
    if table.hectares is not None:
        header.append("Area (ha)")
        page.heading("Area of the clusters in hectares")
        page.svg(bars(table.legend.names, table.hectares.tolist(), "Hectares of each cluster", colors, 1))
    else:
        page.heading(f"Number of {report.things}")
    page.table(header, rows, colors=colors)


def _add_classes(page: Page, report: ClusterReport) -> None:
    page.heading("Classes in the clusters")
    colors = [hex_color(cluster.color) for cluster in report.profiles.legend.classes]
    rows = []
    for name, counts in zip(report.profiles.legend.names, report.class_counts):
        total = int(counts.sum())
        best = int(counts.argmax())
        purity = f"{report.classes[best]} ({counts[best] / total:.0%})" if total else ""
        rows.append([name, *(int(count) for count in counts), purity])
    page.table(["Cluster", *report.classes, "Most frequent"], rows, f"{report.things.capitalize()}.", colors)


def _add_curves(page: Page, report: ClusterReport) -> None:
    table = report.profiles
    shown = [k for k in range(len(table.legend)) if table.pixels[k]]
    if not shown:
        return
    page.heading("Profiles over time")
    page.paragraph(
        f"Lines are the mean of a cluster, bands run from its 10th to its 90th percentile. {report.profile_note}"
    )
    for v, name in enumerate(table.variables):
        banded = len(shown) <= MOST_CURVES_WITH_BANDS
        curves = tuple(_curve(table, k, v, banded) for k in shown)
        title = name if banded else f"{name}: means of all clusters"
        page.svg(time_chart(TimeChart(title, None, curves)))
        if banded:
            continue
        if len(shown) * len(table.variables) > MOST_SINGLE_CHARTS:
            continue
        span = float(np.nanmin(table.low[:, :, v])), float(np.nanmax(table.high[:, :, v]))
        for k in shown:
            title = f"{name}, {table.legend.names[k]}: {int(table.pixels[k]):,} {report.things}"
            page.svg(time_chart(TimeChart(title, None, (_curve(table, k, v, True),), span)))


def _curve(table: ProfileTable, k: int, v: int, banded: bool) -> Curve:
    cluster = table.legend.classes[k]
    band = (table.low[k, :, v], table.high[k, :, v]) if banded else (None, None)
    return Curve(cluster.name, legible(hex_color(cluster.color)), table.dates, table.mean[k, :, v], *band)


def _add_values(page: Page, report: ClusterReport) -> None:
    """Of one image: mean and percentiles of each variable."""
    table = report.profiles
    page.heading("Values of the clusters")
    page.paragraph(f"Means, and the 10th and 90th percentile in brackets. {report.profile_note}")
    rows = [
        [cluster.name]
        + [f"{table.mean[k, 0, v]:.4g} ({table.low[k, 0, v]:.4g} to {table.high[k, 0, v]:.4g})" for v in variables]
        for k, cluster in enumerate(table.legend.classes)
        for variables in [range(len(table.variables))]
        if table.pixels[k]
    ]
    colors = [hex_color(c.color) for k, c in enumerate(table.legend.classes) if table.pixels[k]]
    page.table(["Cluster", *table.variables], rows, colors=colors)
