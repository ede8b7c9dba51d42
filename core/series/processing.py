"""Running steps over a whole series in one pass: read, all steps, write; no intermediate file."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numba
import numpy as np
from osgeo import gdal

from ..blocks import Block, BlockSource, EngineOptions, plan_blocks
from ..engine import RunStatistics, run_blocks
from ..errors import ChronocoverError
from ..feedback import Feedback
from ..files import refuse_overwriting_inputs
from ..identity import RunIdentity
from ..provenance import Provenance
from ..raster_writing import RasterOutput, raster_writer
from ..rasters import quick_compression, set_provenance
from ..stopping import check_stopped
from .image_series import DATA, ImageSeries, SeriesBand, describe_bands
from .reading import SeriesSource
from .steps import SeriesAxes, SeriesStep, axes_after_all

LARGEST_BAND_COUNT = 65535  # of a GeoTIFF
INT16_END = 32767


@dataclass(frozen=True)
class Storage:
    """How values are stored. With a ``scale`` they are rounded to int16 steps of it; without, they are float32."""

    scale: float | None = None

    @property
    def gdal_type(self) -> int:
        """The pixel type of the file."""
        return gdal.GDT_Float32 if self.scale is None else gdal.GDT_Int16

    @property
    def nodata(self) -> float:
        """What a missing value is stored as."""
        return float("nan") if self.scale is None else -32768.0

    def band_scale(self, role: str) -> float:
        """The scale of a band: codes and counts of quality bands are stored as they are."""
        return self.scale if self.scale is not None and role == DATA else 1.0

    def encode(self, values: np.ndarray, roles: Sequence[str]) -> tuple[np.ndarray, int]:
        """Physical float32 ``(rows, columns, dates, variables)`` as stored ones, and how many values were cut off.

        ``roles`` are those of the variables. Data values beyond the range of int16 become its ends.

        Returns:
            ``(bands, rows, columns)`` and the number of data values beyond the range.

        Raises:
            ChronocoverError: a quality value is no whole number or does not fit, since rounding would change its
                meaning; or most data values do not fit, so that they cannot be meant.
        """
        rows, columns = values.shape[:2]
        bands = values.shape[2] * values.shape[3]
        planes = np.moveaxis(values.reshape(rows, columns, bands), 2, 0)
        if self.scale is None:
            return np.ascontiguousarray(planes), 0
        scales = np.array([self.band_scale(role) for role in roles], dtype=np.float32)
        is_code = np.array([role != DATA for role in roles])
        stored = np.empty(planes.shape, dtype=np.int16)
        present, beyond, code = _to_int16(planes, np.resize(scales, bands), np.resize(is_code, bands), stored)
        if not math.isnan(code):
            raise ChronocoverError(
                f"The quality value {code:.10g} cannot be stored as int16: it holds whole numbers up to {INT16_END:,}. "
                f"Store the values as float32, or leave out the quality variable."
            )
        if 2 * beyond > present:
            raise ChronocoverError(
                f"Most values are beyond ±{INT16_END * self.scale:g} and do not fit int16 in steps of {self.scale:g}. "
                "Store them as float32, or set the scale factor of the images in “Build image time series”."
            )
        return stored, beyond


@numba.njit(cache=True, nogil=True)
def _to_int16(
    values: np.ndarray, scales: np.ndarray, is_code: np.ndarray, stored: np.ndarray
) -> tuple[int, int, float]:
    """Fill ``stored``; returns the numbers of data values and of those cut off, and a code that does not fit or NaN."""
    bands, rows, columns = values.shape
    present, beyond, misfit = 0, 0, np.nan
    for row in range(rows):
        for band in range(bands):
            scale = scales[band]
            for column in range(columns):
                value = values[band, row, column]
                if math.isnan(value):
                    stored[band, row, column] = -32768
                    continue
                steps = np.rint(value / scale)
                kept = min(max(steps, -32767.0), 32767.0)
                stored[band, row, column] = np.int16(kept)
                if not is_code[band]:
                    present += 1
                    beyond += kept != steps
                elif kept != value:
                    misfit = value
    return present, beyond, misfit


class Tally(Protocol):
    """Counts something over all blocks, on the way."""

    def count(self, values: np.ndarray, axes: SeriesAxes) -> Any:
        """What one block ``(rows, columns, dates, variables)`` adds. Called in worker threads."""

    def add(self, counted: Any) -> None:
        """Add it. Called in one thread, in block order."""


FLOAT32 = Storage()


@dataclass(frozen=True)
class SeriesInput:
    """What a run reads: a source of blocks ``(rows, columns, dates, variables)`` and what their axes mean."""

    source: BlockSource
    axes: SeriesAxes

    @classmethod
    def of_series(cls, series: ImageSeries) -> SeriesInput:
        """A whole series, with its quality variables."""
        axes = SeriesAxes.of_series(series)
        return cls(SeriesSource(series, axes.dates, axes.variables), axes)


def process_series(
    series: ImageSeries,
    steps: Sequence[SeriesStep],
    output: str,
    *,
    storage: Storage = FLOAT32,
    provenance: Provenance | None = None,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
    tallies: Mapping[int, Tally] | None = None,
    source: SeriesInput | None = None,
) -> tuple[SeriesAxes, RunStatistics]:
    """Apply steps to a series and write the result as a tiled GeoTIFF series.

    Args:
        series: what is read: its data and quality variables, all dates.
        steps: in the order in which they are applied; none copies the series.
        output: the file to make; it is whole or absent.
        storage: float32 by default.
        provenance: written into the file.
        options: memory and threads.
        feedback: progress and cancelling.
        tallies: what counts over the values after so many steps.
        source: what is read instead of the whole series, for instance with masks from elsewhere.

    Returns:
        The axes of the written series and the engine's figures.

    Raises:
        ChronocoverError: a step does not fit the series, an input is damaged, the values do not fit the storage (see
            :meth:`Storage.encode`), the output cannot be written.
    """
    options = options or EngineOptions()
    source = source or SeriesInput.of_series(series)
    refuse_overwriting_inputs(output, [series.path, *source.source.files])
    before = source.axes
    after = axes_after_all(steps, before)
    count = len(after.dates) * len(after.variables)
    if not count:
        raise ChronocoverError("Nothing is left to write: no date or no variable remains of the series.")
    if count > LARGEST_BAND_COUNT:
        raise ChronocoverError(
            f"The result would have {count:,} bands ({len(after.dates)} dates × {len(after.variables)} variables), "
            f"more than a GeoTIFF's {LARGEST_BAND_COUNT:,}. Take longer periods or fewer variables."
        )
    halo = sum(step.halo for step in steps)
    result = count * (4 if storage.scale is None else 2)
    plan = plan_blocks(
        series.grid,
        [source.source],
        halo=halo,
        bytes_per_pixel=result,
        working_bytes_per_pixel=4 * (len(before.dates) * len(before.variables) + count),
        options=options,
    )
    tallies = tallies or {}
    beyond = 0
    compute = _StepsOnBlocks(tuple(steps), before, storage, tallies)
    counting = [step for step in steps if hasattr(step, "apply_counting")]

    def describe(dataset: gdal.Dataset, path: str) -> None:
        describe_bands(dataset, series_bands(after, storage))
        if provenance:
            set_provenance(dataset, provenance)

    target = RasterOutput(output, count, storage.gdal_type, storage.nodata, describe, quick_compression())
    settings = {
        "steps": steps,
        "storage": storage,
        "axes": before,
        "tallies": {done: type(tally).__name__ for done, tally in tallies.items()},
        "versions": provenance.versions if provenance else {},
    }
    identity = RunIdentity(settings, [source.source], plan, [series.path], options.temporary_folder)
    with raster_writer(series.grid, [target], tile=plan.tile, feedback=feedback, identity=identity) as writer:

        def consume(block: Block, result: tuple[np.ndarray, int, list[Any], list[Any]]) -> None:
            nonlocal beyond
            stored, cut_off, tallied, counted = result
            writer.write(block.window, stored)
            beyond += cut_off
            for done, found in zip(sorted(tallies), tallied):
                tallies[done].add(found)
            for step, found in zip(counting, counted):
                step.counts.add(*found)

        statistics = run_blocks(
            series.grid,
            [source.source],
            compute,
            consume,
            halo=halo,
            options=options,
            feedback=feedback,
            plan=plan,
            journal=writer.journal,
        )
    if beyond and feedback:
        feedback.warning(
            f"{beyond:,} values are beyond ±{INT16_END * storage.scale:g} and were cut off there. Store float32 to "
            "keep them."
        )
    return after, statistics


@dataclass(frozen=True)
class _StepsOnBlocks:
    """What is done to one block; picklable."""

    steps: tuple[SeriesStep, ...]
    before: SeriesAxes
    storage: Storage
    tallies: Mapping[int, Tally]

    def __call__(self, block: Block, values: np.ndarray) -> tuple[np.ndarray, int, list[Any], list[tuple[int, ...]]]:
        """Stored values, how many were cut off, what the tallies counted, and what the steps did."""
        axes, counted, counts = self.before, [], []
        for done in range(len(self.steps) + 1):
            check_stopped()
            if done:
                step = self.steps[done - 1]
                if hasattr(step, "apply_counting"):
                    values, own = step.apply_counting(values, axes)
                    counts.append(own)
                else:
                    values = step.apply(values, axes)
                axes = step.axes_after(axes)
            if done in self.tallies:
                counted.append(self.tallies[done].count(values[block.inner], axes))
        return (*self.storage.encode(values[block.inner], axes.roles), counted, counts)


def series_bands(axes: SeriesAxes, storage: Storage = FLOAT32) -> list[SeriesBand]:
    """The bands, date-major, of a series with these axes."""
    return [
        SeriesBand(
            index=t * len(axes.variables) + v + 1,
            date=date,
            variable=variable,
            role=axes.roles[v],
            date_end=axes.date_ends[t],
            nodata=storage.nodata,
            scale=storage.band_scale(axes.roles[v]),
        )
        for t, date in enumerate(axes.dates)
        for v, variable in enumerate(axes.variables)
    ]
