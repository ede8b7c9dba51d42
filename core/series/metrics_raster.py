"""Writing temporal metrics of a series as a raster with one band for each."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from osgeo import gdal

from ..blocks import Block, EngineOptions, plan_blocks
from ..engine import run_blocks
from ..errors import ChronocoverError
from ..feedback import Feedback
from ..files import refuse_overwriting_inputs
from ..identity import RunIdentity
from ..provenance import Provenance
from ..raster_writing import RasterOutput, raster_writer
from ..rasters import set_provenance
from ..time_series.metric_names import SEASON, MetricBand
from ..time_series.metrics import TemporalMetrics
from .image_series import ImageSeries
from .reading import SeriesSource
from .steps import SeriesAxes


def season_dates(
    series: ImageSeries, start: datetime.date | None, end: datetime.date | None
) -> tuple[datetime.date, ...]:
    """The dates of a series from ``start`` to ``end``, both included. Raises ChronocoverError if there are none."""
    dates = tuple(date for date in series.dates if (not start or date >= start) and (not end or date <= end))
    if not dates:
        raise ChronocoverError(
            f"The series has no date from {start or series.dates[0]} to {end or series.dates[-1]}; its dates are "
            f"{series.dates[0]} to {series.dates[-1]}. Correct the season."
        )
    return dates


def chosen_variables(series: ImageSeries, names: Sequence[str]) -> tuple[str, ...]:
    """The variables of these names; all data variables if none is given.

    Raises ChronocoverError for unknown ones, or if there is no data variable.
    """
    axes = SeriesAxes.of_series(series)
    chosen = [axes.index(name) for name in names] or axes.chosen_indices(())
    return tuple(axes.variables[index] for index in chosen)


def write_metrics(
    series: ImageSeries,
    bands: Sequence[MetricBand],
    output: str,
    *,
    dates: Sequence[datetime.date],
    threshold: float = 0.2,
    origin: datetime.date | None = None,
    provenance: Provenance | None = None,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> list[str]:
    """Write a float32 raster, NaN where a metric has no value.

    Args:
        series: what is read.
        bands: the metrics wanted.
        output: the file to make; it is whole or absent.
        dates: of the series, that are looked at.
        threshold: see :class:`core.time_series.metrics.TemporalMetrics`.
        origin: likewise.
        provenance: written into the file.
        options: memory and threads.
        feedback: progress and cancelling.

    Returns:
        The bands' descriptions.

    Raises:
        ChronocoverError: the series is damaged, or the output cannot be written.
    """
    feedback, options = feedback or Feedback(), options or EngineOptions()
    variables = tuple(dict.fromkeys(band.variable for band in bands))
    metrics = TemporalMetrics(tuple(bands), variables, tuple(dates), threshold, origin)
    names = [band.description(origin) for band in bands]
    _warn(bands, dates, feedback)
    source = SeriesSource(series, dates, variables)
    refuse_overwriting_inputs(output, [series.path, *source.files])
    working = 4 * (3 * len(dates) + 2 * len(bands) + 2 * len(SEASON))
    plan = plan_blocks(series.grid, [source], bytes_per_pixel=working, options=options)

    def describe(dataset: gdal.Dataset, path: str) -> None:
        for index, name in enumerate(names, start=1):
            dataset.GetRasterBand(index).SetDescription(name)
        if provenance:
            set_provenance(dataset, provenance)

    target = RasterOutput(output, len(names), gdal.GDT_Float32, float("nan"), describe)
    versions = provenance.versions if provenance else {}
    settings = {"metrics": metrics, "versions": versions}
    identity = RunIdentity(settings, [source], plan, [series.path], options.temporary_folder)
    with raster_writer(series.grid, [target], tile=plan.tile, feedback=feedback, identity=identity) as writer:
        run_blocks(
            series.grid,
            [source],
            _MetricsOfBlocks(metrics),
            lambda block, values: writer.write(block.window, values),
            bytes_per_pixel=working,
            options=options,
            feedback=feedback,
            plan=plan,
            journal=writer.journal,
        )
    return names


@dataclass(frozen=True)
class _MetricsOfBlocks:
    """What is done to one block; picklable."""

    metrics: TemporalMetrics

    def __call__(self, block: Block, values: np.ndarray) -> np.ndarray:
        rows, columns = values.shape[:2]
        found = self.metrics.compute(values.reshape(rows * columns, *values.shape[2:]))
        return np.ascontiguousarray(found.T).reshape(-1, rows, columns)


def _warn(bands: Collection[MetricBand], dates: Sequence[datetime.date], feedback: Feedback) -> None:
    if not any(band.metric in SEASON for band in bands):
        return
    span = (dates[-1] - dates[0]).days
    if span > 400:
        feedback.warning(
            f"The dates span {span} days, but a season is looked for only once, around the highest value. Give the "
            "first and last day of one season."
        )
    if len(dates) < 5:
        feedback.warning(f"A season from {len(dates)} dates is a rough guess; with fewer than 3 there is none.")
