"""From an image series to a map of clusters: the whole job, without QGIS."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from osgeo import gdal

from ...core.engine import EngineOptions
from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from ...core.files import refuse_overwriting_inputs
from ...core.labels.legend import Legend, write_legend, write_qml
from ...core.provenance import Provenance
from ...core.raster_writing import RasterOutput
from ...core.rasters import set_provenance
from ...core.samples.pixel_draw import DrawnPixels, PixelDraw, draw_pixels
from ...core.series.image_series import ImageSeries
from ...core.series.reading import SeriesSource
from ..block_mapping import MapRun, PixelCounts, PixelMask
from ..card import TimeAxis
from ..pixel_mapping import map_pixels
from ..season import Season
from .clustering import Clustering, assign, cluster_legend, fit
from .profiles import ClusterProfiles, ProfileObserver
from .scores import silhouette
from .settings import ClusteringSettings

PROFILE_SHARE = 8  # this part of the memory budget is for profiles


@dataclass(frozen=True)
class ClusterFiles:
    """Where the rasters go: ``clusters`` byte, 0 for none; ``distance`` float32, NaN for none (empty: not wanted)."""

    clusters: str
    distance: str = ""


@dataclass(frozen=True)
class LearntClusters:
    """A clustering, the pixels that it was learnt from, and their mean silhouette (NaN if there is none)."""

    clustering: Clustering
    drawn: DrawnPixels
    silhouette: float


@dataclass(frozen=True)
class MappedClusters:
    """Pixels and hectares of each cluster, and what its pixels look like."""

    legend: Legend
    counts: PixelCounts
    profiles: ClusterProfiles

    @property
    def pixels(self) -> np.ndarray:
        """int64 ``(k,)`` pixels of each cluster."""
        return np.array([self.counts.class_pixels[name] for name in self.legend.names], dtype=np.int64)


def variables_of(series: ImageSeries, names: Sequence[str] = ()) -> list[str]:
    """The variables to cluster by: those named, or all data variables.

    Raises:
        ChronocoverError: a name is not in the series, or there is none.
    """
    known = [*series.variables, *series.quality_variables]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ChronocoverError(
            f"The image series has no variable {', '.join(unknown)}. It has: {', '.join(known)}. Correct the names."
        )
    chosen = list(dict.fromkeys(names)) or series.variables
    if not chosen:
        raise ChronocoverError(f"{series.path} has only quality bands, no data. Name the variables to use.")
    return chosen


def days_of(dates: Sequence[datetime.date]) -> tuple[int, ...]:
    """Days since the first date."""
    return tuple((date - dates[0]).days for date in dates)


def learn_clusters(
    series: ImageSeries,
    variables: list[str],
    settings: ClusteringSettings,
    draw: PixelDraw,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> LearntClusters:
    """Draw pixels of a series and find their clusters.

    Raises:
        ChronocoverError: the draw or the clustering is impossible, see :func:`core.samples.pixel_draw.draw_pixels` and
            :func:`clustering.fit`.
        CancelledError: the user cancelled.
    """
    options, feedback = options or EngineOptions(), feedback or Feedback()
    drawn = draw_pixels(series, variables, draw, options.here(), feedback.part(0.0, 0.3))
    count = len(drawn.pixels)
    feedback.info(f"Learning from {count:,} of {drawn.wanted:,} pixels.")
    if count < min(draw.size, drawn.wanted):
        feedback.warning(f"Only {count:,} pixels with data were found for the sample of {draw.size:,}.")
    threads = options.thread_count()
    clustering = fit(drawn.values, settings, days_of(series.dates), threads=threads, feedback=feedback.part(0.3, 0.95))
    feedback.check()
    score = silhouette(drawn.values, clustering.labels, clustering, seed=settings.seed, threads=threads)
    feedback.info(
        f"{settings.title}: {clustering.clusters} clusters after {clustering.iterations} rounds, inertia "
        f"{clustering.inertia:.5g}, {describe_silhouette(score)}."
    )
    return LearntClusters(clustering, drawn, score)


def describe_silhouette(score: float) -> str:
    """A silhouette for the log."""
    return "no silhouette (there is one cluster)" if np.isnan(score) else f"silhouette {score:.3f}"


def own_season(dates: Sequence[datetime.date]) -> Season:
    """The season that a series' own dates are."""
    return Season(dates[0], tuple(dates), TimeAxis.of_dates(list(dates)))


def map_clusters(
    series: ImageSeries,
    clustering: Clustering,
    variables: Sequence[str],
    files: ClusterFiles,
    *,
    dates: Sequence[datetime.date],
    prepare: Callable[[np.ndarray], np.ndarray],
    legend: Legend | None = None,
    mask: PixelMask | None = None,
    provenance: Provenance | None = None,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> MappedClusters:
    """Assign every pixel of a series to its cluster.

    Args:
        series: the image series.
        clustering: from :func:`clustering.fit` or a model file.
        variables: of the series, in the clustering's order.
        files: the outputs.
        dates: of the series, those to read.
        prepare: brings values of these dates onto the clustering's and fills gaps, as
            :meth:`models.season.Season.onto_axis` does.
        legend: names and colours of the clusters.
        mask: which pixels are wanted.
        provenance: what the outputs say of their origin.
        options: memory and threads.
        feedback: messages, progress, cancelling.

    Raises:
        ChronocoverError: a file cannot be read or written, or an output is an input.
        CancelledError: the user cancelled; no output is left.
    """
    options = options or EngineOptions()
    legend = legend or cluster_legend(clustering.clusters)
    source = SeriesSource(series, dates, variables)
    outputs = _outputs(files, legend, provenance or Provenance())
    for output in outputs:
        refuse_overwriting_inputs(output.path, [series.path, mask.source.path if mask else "", *source.files])
    shape = clustering.centres.shape
    observer = ProfileObserver(*shape, options.budget_bytes() // PROFILE_SHARE, clustering.settings.seed)

    run = MapRun(
        outputs,
        legend,
        mask,
        observer=observer,
        settings={
            "clustering": clustering.settings,
            "centres": clustering.centres,
            "references": clustering.references,
            "dates": dates,
            "variables": variables,
            "profiles": observer.bytes_per_pixel,
            "versions": provenance.versions if provenance else {},
        },
        options=options,
        feedback=feedback or Feedback(),
    )
    counts = map_pixels(source, run, prepare, partial(assign, clustering=clustering))
    return MappedClusters(legend, counts, observer.profiles())


def _outputs(files: ClusterFiles, legend: Legend, provenance: Provenance) -> list[RasterOutput]:
    def describe_clusters(dataset: gdal.Dataset, path: str) -> None:
        dataset.GetRasterBand(1).SetDescription("cluster")
        set_provenance(dataset, provenance)
        write_legend(dataset, legend)
        write_qml(path, legend)

    def describe_distance(dataset: gdal.Dataset, path: str) -> None:
        dataset.GetRasterBand(1).SetDescription("distance to the centre")
        set_provenance(dataset, provenance)

    outputs = [RasterOutput(files.clusters, 1, legend.gdal_type, 0, describe_clusters)]
    if files.distance:
        outputs.append(RasterOutput(files.distance, 1, gdal.GDT_Float32, float("nan"), describe_distance))
    return outputs
