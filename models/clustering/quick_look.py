"""Clusters of one image by the values of its bands: a first map with nothing prepared."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from osgeo import gdal

from ...core.dates import day_of_text
from ...core.engine import EngineOptions
from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from ...core.grid import Grid
from ...core.provenance import Provenance
from ...core.rasters import open_raster
from ...core.samples.pixel_draw import PixelDraw, draw_pixels
from ...core.series.image_series import DATA, ImageSeries, SeriesBand
from ...core.series.probing import sample_values
from ..block_mapping import PixelMask
from .clustering import Clustering, fit
from .mapping import ClusterFiles, LearntClusters, MappedClusters, map_clusters
from .profiles import ClusterProfiles
from .scores import silhouette
from .settings import EUCLIDEAN, ClusteringSettings

RESTARTS = 3
DATES_LOOKED_AT = 24
UNDATED = datetime.date(1, 1, 1)  # stands for the date of an image that has none


@dataclass(frozen=True)
class QuickImage:
    """One image, as a series of one date. ``date`` is None if it is none of a series, or bands of several dates."""

    series: ImageSeries
    date: datetime.date | None

    @property
    def path(self) -> str:
        """The raster file."""
        return self.series.path

    @property
    def variables(self) -> list[str]:
        """Names of the bands."""
        return self.series.variables


def choose_image(path: str, bands: Sequence[int] = (), date: str = "", quickly: bool = False) -> QuickImage:
    """The image that a raster is, or one date of it.

    Args:
        path: any raster, or an image series.
        bands: numbers of the bands to take, from 1; empty: all that are no transparency, of a series all data bands of
            one date.
        date: of a series without ``bands``, ISO 8601; empty: the one with the fewest gaps among at most 24.
        quickly: take the first date instead of looking for the one with the fewest gaps.

    Raises:
        ChronocoverError: the raster cannot be opened, or has no such band or date.
    """
    dataset = open_raster(path, "image")
    grid = Grid.of_dataset(dataset)
    if dataset.RasterCount == 0:
        raise ChronocoverError(f"{path} has no bands. Choose one of its layers.")
    wrong = [band for band in bands if not 1 <= band <= dataset.RasterCount]
    if wrong:
        raise ChronocoverError(f"{path} has {dataset.RasterCount} bands, so there is no band {wrong[0]}.")
    is_series = "VARIABLE" in dataset.GetRasterBand(1).GetMetadata()
    if is_series and not bands:
        return _one_date(ImageSeries.open(path), date, quickly)
    if date.strip():
        why = "bands are chosen: leave one of the two empty" if bands else "is no image time series, so it has no dates"
        raise ChronocoverError(f"The date {date.strip()} is given, but {why if bands else f'{path} {why}'}.")
    chosen = list(dict.fromkeys(bands)) or _without_transparency(dataset)
    names: list[str] = []
    for number in chosen:
        name = dataset.GetRasterBand(number).GetDescription() or f"band {number}"
        names.append(name if name not in names else f"{name} ({number})")
    described = tuple(_band(dataset.GetRasterBand(number), number, name) for number, name in zip(chosen, names))
    return QuickImage(ImageSeries(path, grid, described), None)


def _one_date(series: ImageSeries, wanted: str, quickly: bool) -> QuickImage:
    dates = sorted({band.date for band in series.bands if band.role == DATA})
    if not dates:
        raise ChronocoverError(f"{series.path} has only quality bands, no data. Choose the bands to look at.")
    if wanted.strip():
        day = day_of_text(wanted)
        if day not in dates:
            known = ", ".join(date.isoformat() for date in dates[:12]) + (", …" if len(dates) > 12 else "")
            raise ChronocoverError(f"{series.path} has no image of {wanted.strip()}. Its dates are {known}.")
    else:
        day = dates[0] if quickly else _clearest(series, dates)
    kept = tuple(band for band in series.bands if band.date == day and band.role == DATA)
    return QuickImage(replace(series, bands=kept), day)


def _clearest(series: ImageSeries, dates: Sequence[datetime.date]) -> datetime.date:
    looked_at = [dates[i] for i in np.linspace(0, len(dates) - 1, min(len(dates), DATES_LOOKED_AT)).round().astype(int)]
    seen = [float(np.isfinite(sample_values(series, [date], series.variables)).mean()) for date in looked_at]
    return looked_at[int(np.argmax(seen))]


def _without_transparency(dataset: gdal.Dataset) -> list[int]:
    numbers = range(1, dataset.RasterCount + 1)
    kinds = {number: dataset.GetRasterBand(number).GetColorInterpretation() for number in numbers}
    return [number for number in numbers if kinds[number] != gdal.GCI_AlphaBand] or list(numbers)


def _band(band: gdal.Band, number: int, name: str) -> SeriesBand:
    scale, offset = band.GetScale(), band.GetOffset()
    return SeriesBand(
        index=number,
        date=UNDATED,
        variable=name,
        nodata=band.GetNoDataValue(),
        scale=1.0 if scale is None else scale,
        offset=0.0 if offset is None else offset,
    )


def cluster_image(
    image: QuickImage,
    clusters: int,
    sample_size: int,
    seed: int,
    output: str,
    mask_path: str = "",
    mask_codes: Sequence[int] = (),
    provenance: Provenance | None = None,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> tuple[LearntClusters, MappedClusters]:
    """Cluster an image by k-means on its bands, each scaled from its least to its greatest value in the sample.

    Clusters are numbered by the mean of their scaled bands, ascending. Centres are in scaled, profiles in physical
    units.

    Args:
        image: from :func:`choose_image`.
        clusters: how many.
        sample_size: pixels that they are learnt from, spread over the image.
        seed: of the sample and the starting centres.
        output: the cluster raster to write.
        mask_path: a raster; where its first band is 0 or nodata there is no cluster. Empty: none.
        mask_codes: only these codes of the mask are wanted.
        provenance: what the raster says of its origin.
        options: memory and threads.
        feedback: messages, progress, cancelling.

    Raises:
        ChronocoverError: nothing can be drawn or clustered, or a file cannot be read or written.
        CancelledError: the user cancelled; no output is left.
    """
    options, feedback = options or EngineOptions(), feedback or Feedback()
    series, variables = image.series, image.variables
    mask = PixelMask.on_grid(mask_path, series.grid, mask_codes) if mask_path else None
    draw = PixelDraw(sample_size, mask=mask.source if mask else None, codes=tuple(mask_codes), seed=seed)
    drawn = draw_pixels(series, variables, draw, options.here(), feedback.part(0.0, 0.3))
    feedback.info(f"Learning from {len(drawn.pixels):,} of {drawn.wanted:,} pixels; bands {', '.join(variables)}.")
    low = drawn.values.min(axis=0)
    span = drawn.values.max(axis=0) - low
    span[span == 0] = 1.0

    scaled = _Scaling(low, span)
    settings = ClusteringSettings(EUCLIDEAN, clusters, RESTARTS, seed)
    values, threads = scaled(drawn.values), options.thread_count()
    clustering = _by_brightness(fit(values, settings, (0,), threads=threads, feedback=feedback.part(0.3, 0.5)))
    score = silhouette(values, clustering.labels, clustering, seed=seed, threads=threads)
    mapped = map_clusters(
        series,
        clustering,
        variables,
        ClusterFiles(output),
        dates=series.dates,
        prepare=scaled,
        mask=mask,
        provenance=provenance,
        options=options,
        feedback=feedback.part(0.5, 1.0),
    )
    found = mapped.profiles
    unscaled = (array * span + low for array in (found.mean, found.low, found.high))
    profiles = ClusterProfiles(*unscaled, found.rows)
    return LearntClusters(clustering, drawn, score), replace(mapped, profiles=profiles)


@dataclass(frozen=True)
class _Scaling:
    """From physical values to 0 to 1 within the sample; picklable."""

    low: np.ndarray
    span: np.ndarray

    def __call__(self, values: np.ndarray) -> np.ndarray:
        return (values - self.low) / self.span


def _by_brightness(clustering: Clustering) -> Clustering:
    order = np.argsort(clustering.centres.mean(axis=(1, 2)), kind="stable")
    new_labels = np.zeros(clustering.clusters + 1, dtype=np.int32)
    new_labels[order + 1] = np.arange(1, clustering.clusters + 1)
    return replace(clustering, centres=clustering.centres[order], labels=new_labels[clustering.labels])
