"""The report on which class each cluster got."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ..labels.cluster_naming import UNNAMED, NamedCluster
from ..labels.legend import Legend, hex_color
from ..provenance import Provenance
from .page import Page
from .pictures import class_map_png

MIXED = 0.6  # purity below which a cluster is called mixed
MOST_CLASSES_IN_TABLE = 20


def naming_remarks(clusters: Sequence[NamedCluster]) -> list[str]:
    """What a user should know before training on these classes, one sentence or two each."""
    remarks = []
    without = [cluster.name for cluster in clusters if not cluster.class_name]
    if without:
        remarks.append(f"Clusters without a class: {', '.join(without)}.")
    mixed = [f"{c.name} ({c.purity:.0%} {c.class_name})" for c in clusters if c.class_name and c.purity < MIXED]
    if mixed:
        remarks.append(
            f"Clusters of which less than {MIXED:.0%} of the labels agree: {', '.join(mixed)}. Split them into more "
            "clusters, or set a least purity, before you train on them."
        )
    named = {cluster.class_name for cluster in clusters}
    lost = sorted({name for cluster in clusters for name in cluster.votes} - named)
    if lost:
        remarks.append(f"Classes without any pixel, as every cluster holds more of another class: {', '.join(lost)}.")
    return remarks


def overall_purity(clusters: Sequence[NamedCluster]) -> float:
    """Share of the labelled pixels in named clusters that are of their cluster's class; NaN without labels."""
    named = [cluster for cluster in clusters if cluster.class_name and cluster.labelled]
    total = sum(cluster.labelled for cluster in named)
    return sum(cluster.votes.get(cluster.class_name, 0) for cluster in named) / total if total else float("nan")


def write_naming_report(
    path: str, raster_path: str, clusters: Sequence[NamedCluster], legend: Legend, provenance: Provenance
) -> None:
    """Write the HTML report with a picture of the class raster. Raises ChronocoverError if it cannot be written."""
    page = Page("Named clusters", f"{os.path.basename(raster_path)}: {len(legend)} classes")
    colors = {land_class.name: hex_color(land_class.color) for land_class in legend.classes}
    figures = [
        (f"{sum(bool(c.class_name) for c in clusters)} of {len(clusters)}", "clusters have a class"),
        (f"{sum(c.area_ha for c in clusters if c.class_name):,.1f} ha", "area with a class"),
    ]
    labelled = any(cluster.labelled for cluster in clusters)
    if labelled:
        figures.append((f"{overall_purity(clusters):.1%}", "of the labels there agree"))
    page.key_figures(figures)
    for remark in naming_remarks(clusters):
        page.note(remark)
    page.heading("Clusters")
    header = ["Class", "Cluster", "Pixels", "Area (ha)"] + (["Labelled pixels", "Purity (%)"] if labelled else [])
    rows = [
        [c.class_name or UNNAMED, c.name, c.pixels, round(c.area_ha, 3)]
        + ([c.labelled, f"{100 * c.purity:.1f}" if c.labelled else ""] if labelled else [])
        for c in clusters
    ]
    page.table(header, rows, colors=[colors.get(c.class_name or UNNAMED, "#ffffff") for c in clusters])
    if labelled:
        totals: dict[str, int] = {}
        for cluster in clusters:
            for name, number in cluster.votes.items():
                totals[name] = totals.get(name, 0) + number
        names = sorted(totals, key=lambda name: -totals[name])[:MOST_CLASSES_IN_TABLE]
        page.heading("Labelled pixels of each class in each cluster")
        page.table(["Cluster", *names], [[c.name, *(c.votes.get(name, 0) for name in names)] for c in clusters])
    page.heading("Map")
    page.png(class_map_png(raster_path, legend), "Colours as in the table; white has no class.")
    page.provenance(provenance)
    page.write(path)
