"""Tables and report of a map of clusters."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...core.feedback import Feedback
from ...core.labels.legend import Legend
from ...core.provenance import Provenance
from ...core.reports.cluster_report import ClusterReport, write_cluster_report
from ...core.reports.profile_tables import ProfileTable, write_centre_csv, write_profile_csv, write_profile_layer
from ...core.time_series.scaling import CONSTANT
from .clustering import Clustering
from .mapping import MappedClusters
from .sample_clusters import SampleClusters
from .settings import DTW, NONE, SAVITZKY_GOLAY, SOFT_DTW, ClusteringSettings

FEW_PIXELS = 30
SHOWN_NAMES = 10


@dataclass(frozen=True)
class ResultFiles:
    """Where tables and report go; empty: not wanted."""

    centres: str = ""
    profiles: str = ""
    profile_layer: str = ""
    report: str = ""


def settings_facts(settings: ClusteringSettings, dates: int) -> list[tuple[str, str]]:
    """What was done to series of so many dates, as rows of a table."""
    last = ("Restarts, seed", f"{settings.restarts}, {settings.seed}")
    if dates == 1:
        return [("Method", settings.title), last]
    smoothing = settings.smoothing
    if smoothing == SAVITZKY_GOLAY:
        smoothing = f"Savitzky-Golay, {settings.smoothing_window} dates, order {settings.smoothing_order}"
    elif smoothing != NONE:
        smoothing = f"Whittaker, lambda {settings.smoothing_strength:g}"
    facts = [
        ("Method", settings.title),
        ("Smoothing", smoothing),
        ("Scaling of each series", settings.effective_scaling),
    ]
    if settings.method in (DTW, SOFT_DTW):
        band = "none" if settings.radius is None else f"{settings.radius} dates"
        facts.append(("Sakoe-Chiba band", band))
    return [*facts, last]


def learning_notes(values: np.ndarray, labels: np.ndarray, settings: ClusteringSettings) -> list[str]:
    """What a user should know of the series ``(n, dates, variables)`` that got labels ``(n,)``."""
    if settings.effective_scaling == NONE:
        return []
    series = values[labels > 0]
    spread = np.nanmax(series, axis=1) - np.nanmin(series, axis=1)
    constant = float((spread <= CONSTANT * np.nanmax(np.abs(series), axis=1)).all(axis=1).mean())
    if not constant:
        return []
    return [f"{constant:.1%} of the series are constant: scaled, they are all alike, 0 at every date."]


def write_results(
    files: ResultFiles,
    title: str,
    source: str,
    map_path: str,
    mapped: MappedClusters,
    clustering: Clustering,
    dates: Sequence[datetime.date | None],
    variables: Sequence[str],
    *,
    silhouette: float = float("nan"),
    facts: Sequence[tuple[str, str]] = (),
    notes: Sequence[str] = (),
    provenance: Provenance,
) -> None:
    """Write what is wanted of the tables and the report. Raises ChronocoverError if a file cannot be written."""
    table = profile_table(mapped, dates, variables)
    if files.centres:
        write_centre_csv(files.centres, mapped.legend, dates, variables, clustering.centres)
    if files.profiles:
        write_profile_csv(files.profiles, table)
    if files.profile_layer:
        write_profile_layer(files.profile_layer, table, provenance)
    if not files.report:
        return
    figures = [
        (f"{len(mapped.legend)}", "clusters"),
        (f"{mapped.counts.pixels:,}", "pixels"),
        (f"{float(table.hectares.sum()):,.1f} ha", "area"),
    ]
    if np.isfinite(silhouette):
        figures.append((f"{silhouette:.3f}", "silhouette of a sample (-1 to 1)"))
    report = ClusterReport(
        title=title,
        subtitle=source,
        figures=figures,
        profiles=table,
        profile_note=mapped.profiles.describe(table.pixels),
        facts=[
            *settings_facts(clustering.settings, len(clustering.days)),
            ("Inertia", f"{clustering.inertia:.6g}"),
            *facts,
        ],
        provenance=provenance,
        notes=[*notes, *map_notes(mapped)],
        map_path=map_path,
    )
    write_cluster_report(files.report, report)


def profile_table(mapped: MappedClusters, dates: Sequence[datetime.date], variables: Sequence[str]) -> ProfileTable:
    """The profiles of a map of clusters, with pixels and hectares."""
    hectares = np.array([mapped.counts.class_hectares[name] for name in mapped.legend.names])
    profiles = mapped.profiles
    return ProfileTable(
        mapped.legend, dates, variables, profiles.mean, profiles.low, profiles.high, mapped.pixels, hectares
    )


def map_notes(mapped: MappedClusters) -> list[str]:
    """What a user should know of the sizes of clusters."""
    pixels = dict(zip(mapped.legend.names, mapped.pixels.tolist()))
    empty = [name for name, number in pixels.items() if not number]
    small = [name for name, number in pixels.items() if 0 < number < FEW_PIXELS]
    notes = [f"Without any pixel: {_some(empty)}."] if empty and mapped.counts.pixels else []
    if small:
        notes.append(f"With fewer than {FEW_PIXELS} pixels: {_some(small)}. Perhaps there are too many clusters.")
    return notes


def _some(names: Sequence[str]) -> str:
    more = len(names) - SHOWN_NAMES
    return ", ".join(names[:SHOWN_NAMES]) + (f" and {more} more" if more > 0 else "")


def tell_areas(mapped: MappedClusters, feedback: Feedback) -> None:
    """Pixels and hectares of each cluster, for the log."""
    for name in mapped.legend.names:
        pixels, hectares = mapped.counts.class_pixels[name], mapped.counts.class_hectares[name]
        feedback.info(f"{name}: {hectares:,.2f} ha ({pixels:,} pixels)")
    if mapped.counts.pixels_without_data:
        feedback.info(f"No data: {mapped.counts.pixels_without_data:,} pixels")
    for note in map_notes(mapped):
        feedback.warning(note)


def sample_profile_table(found: SampleClusters, legend: Legend) -> ProfileTable:
    """The profiles of clusters of samples; ``pixels`` are samples."""
    profiles, samples = found.profiles, found.samples
    return ProfileTable(
        legend, samples.dates, samples.variables, profiles.mean, profiles.low, profiles.high, profiles.rows
    )


def write_sample_report(path: str, source: str, found: SampleClusters, legend: Legend, provenance: Provenance) -> None:
    """Write the report on clusters of samples. Raises ChronocoverError if it cannot be written."""
    table, clustering = sample_profile_table(found, legend), found.clustering
    figures = [
        (f"{len(legend)}", "clusters"),
        (f"{int((found.labels > 0).sum()):,}", "samples"),
        (f"{found.rand_index:.3f}", "adjusted Rand index with the classes"),
    ]
    if np.isfinite(found.silhouette):
        figures.append((f"{found.silhouette:.3f}", "silhouette of a sample (-1 to 1)"))
    notes = learning_notes(found.samples.values, found.labels, clustering.settings)
    without = int((found.labels == 0).sum())
    if without:
        notes.append(f"{without:,} samples lack every value of a variable and are in no cluster.")
    report = ClusterReport(
        title="Clusters of samples",
        subtitle=source,
        figures=figures,
        profiles=table,
        profile_note=found.profiles.describe(table.pixels, "samples"),
        facts=[
            *settings_facts(clustering.settings, len(clustering.days)),
            ("Inertia", f"{clustering.inertia:.6g}"),
            ("Samples learnt from", f"{found.learnt_from:,} of {len(found.labels):,}"),
        ],
        provenance=provenance,
        things="samples",
        notes=notes,
        classes=found.samples.legend.names,
        class_counts=found.counts,
    )
    write_cluster_report(path, report)
