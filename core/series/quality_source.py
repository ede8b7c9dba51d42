"""Where the quality of a series' pixels comes from: one of its own variables, or another raster on the same dates."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from osgeo import gdal

from ..blocks import BlockReader, BlockSource
from ..errors import ChronocoverError
from ..feedback import Feedback
from ..grid import Grid, Window
from ..rasters import open_raster
from .common_grid import extent_of
from .image_series import QUALITY, ImageSeries, SeriesBand
from .processing import SeriesInput
from .reading import SeriesSource
from .steps import SeriesAxes

FULLY_COVERED = 0.99  # ragged edges of another grid aside
NO_QUALITY = -32768.0  # of a mask that was put on another grid; no code or probability of any product


@dataclass(frozen=True)
class JoinedSource:
    """Several sources of blocks ``(rows, columns, dates, variables)`` as one, their variables after each other."""

    parts: tuple[BlockSource, ...]

    @property
    def files(self) -> list[str]:
        """All files that are read."""
        return [file for part in self.parts for file in part.files]

    @property
    def grid(self) -> Grid:
        """The grid of all parts."""
        return self.parts[0].grid

    @property
    def block_size(self) -> tuple[int, int]:
        """That of the first part."""
        return self.parts[0].block_size

    @property
    def bytes_per_pixel(self) -> int:
        """What all parts need, and the joined array."""
        each = [(part.bytes_per_pixel, part.working_bytes_per_pixel) for part in self.parts]
        return sum(stored + working + max(stored, working) for stored, working in each)

    @property
    def working_bytes_per_pixel(self) -> int:
        """Nothing: they are joined as physical values."""
        return 0

    @property
    def cache_bytes(self) -> int:
        """What all parts need."""
        return sum(part.cache_bytes for part in self.parts)

    @property
    def open_bytes(self) -> int:
        """What all parts need."""
        return sum(part.open_bytes for part in self.parts)

    def open(self) -> JoinedReader:
        """A reader for the calling thread."""
        return JoinedReader([part.open() for part in self.parts], self.parts)

    def physical(self, stored: np.ndarray) -> np.ndarray:
        """The same: they are physical values."""
        return stored


class JoinedReader:
    """Reads windows of a :class:`JoinedSource`; used by one thread."""

    def __init__(self, readers: Sequence[BlockReader], parts: Sequence[BlockSource]) -> None:
        self._readers, self._parts = readers, parts

    def read_stored(self, window: Window) -> np.ndarray:
        """The window's values, float32 ``(rows, columns, dates, variables)``."""
        pairs = zip(self._readers, self._parts)
        return np.concatenate([part.physical(reader.read_stored(window)) for reader, part in pairs], axis=3)

    def close(self) -> None:
        """Close all files."""
        for reader in self._readers:
            reader.close()


@dataclass(frozen=True)
class QualityInput:
    """What a run that masks reads: everything, the quality alone, and the quality's name in both.

    ``known_as`` is its name in the file that it comes from, which tells the product; ``covered`` the share of the
    series' pixels, 0 to 1, that lies in the extent of that file.
    """

    everything: SeriesInput
    alone: SeriesInput
    variable: str
    known_as: str
    covered: float = 1.0

    def warn_of_extent(self, feedback: Feedback) -> None:
        """Say so if separate masks cover only a part of the series."""
        if self.covered < FULLY_COVERED:
            feedback.warning(
                f"The masks cover only {100 * self.covered:.0f} % of the series. The rest has no quality value."
            )


def own_quality_variable(series: ImageSeries, wanted: str = "") -> str:
    """The quality variable of a series: the one that is wanted, else the only one.

    Raises:
        ChronocoverError: there is no such variable, or none or several to choose from.
    """
    everything = [*series.variables, *series.quality_variables]
    if wanted:
        if wanted not in everything:
            raise ChronocoverError(
                f"{series.path} has no variable “{wanted}”. It has: {', '.join(everything)}. Check the spelling."
            )
        return wanted
    found = series.quality_variables
    if len(found) == 1:
        return found[0]
    if len(everything) == 1:
        return everything[0]
    if found:
        raise ChronocoverError(
            f"{series.path} has several quality variables: {', '.join(found)}. Say which one tells the clouds."
        )
    raise ChronocoverError(
        f"{series.path} has no quality variable; its variables are {', '.join(everything)}. Name the one that tells "
        "the clouds, or give the series of cloud masks separately."
    )


@contextmanager
def quality_input(series: ImageSeries, wanted: str = "", mask_path: str | None = None) -> Iterator[QualityInput]:
    """The input of a run that masks ``series``.

    Args:
        series: what is masked.
        wanted: the quality variable; empty takes the only one.
        mask_path: a raster that carries the quality instead: an image series with any dates, or a raster with one band
            for each date of ``series``, in their order. On another grid it is resampled to the nearest pixel.

    Raises:
        ChronocoverError: no quality variable can be told, or the mask has no date or no place of the series.
    """
    axes = SeriesAxes.of_series(series)
    if not mask_path:
        variable = own_quality_variable(series, wanted)
        if len(axes.variables) == 1:
            raise ChronocoverError(
                f"{series.path} has no variable beside “{variable}”, so there is nothing to mask. Give the series of "
                "images, and this one as the masks."
            )
        alone = SeriesAxes(axes.dates, (variable,), (QUALITY,), axes.date_ends)
        source = SeriesSource(series, axes.dates, (variable,))
        yield QualityInput(SeriesInput.of_series(series), SeriesInput(source, alone), variable, variable)
        return
    mask = _open_mask(mask_path, series)
    variable = own_quality_variable(mask, wanted)
    if not set(mask.dates) & set(series.dates):
        raise ChronocoverError(
            f"The masks {mask_path} ({mask.dates[0]} to {mask.dates[-1]}) have no date in common with the series "
            f"({series.dates[0]} to {series.dates[-1]})."
        )
    name = variable if variable not in axes.variables else f"{variable} of the masks"
    covered = _covered_share(mask, series)
    with _on_grid(mask, series.grid) as placed:
        source = SeriesSource(placed, axes.dates, (variable,))
        joined = JoinedSource((SeriesSource(series, axes.dates, axes.variables), source))
        both = SeriesAxes(axes.dates, (*axes.variables, name), (*axes.roles, QUALITY), axes.date_ends)
        alone = SeriesAxes(axes.dates, (name,), (QUALITY,), axes.date_ends)
        yield QualityInput(SeriesInput(joined, both), SeriesInput(source, alone), name, variable, covered)


def _open_mask(path: str, series: ImageSeries) -> ImageSeries:
    dataset = open_raster(path, "raster of masks")
    if any(dataset.GetRasterBand(i + 1).GetMetadataItem("DATE") for i in range(dataset.RasterCount)):
        return ImageSeries.open(path)
    if dataset.RasterCount != len(series.dates):
        raise ChronocoverError(
            f"The masks {path} are no image series and have {dataset.RasterCount} bands, but the series has "
            f"{len(series.dates)} dates. Make a series of the masks with “Build image time series”."
        )
    bands = []
    for index, date in enumerate(series.dates, start=1):
        band = dataset.GetRasterBand(index)
        bands.append(SeriesBand(index, date, "mask", QUALITY, nodata=band.GetNoDataValue()))
    return ImageSeries(path, Grid.of_dataset(dataset), tuple(bands))


def _covered_share(mask: ImageSeries, series: ImageSeries) -> float:
    """Share of the series' pixels in the extent of the masks. Raises ChronocoverError if there are none."""
    grid = series.grid
    if mask.grid.same_as(grid):
        return 1.0
    if not mask.grid.crs or not grid.crs:
        raise ChronocoverError(
            f"The masks {mask.path} are on another grid than the series, and one of them has no CRS. Assign it first."
        )
    try:
        window = grid.window_of(extent_of(mask.grid, grid))
    except ChronocoverError:  # an extent that its CRS cannot have
        window = None
    if window is None:
        raise ChronocoverError(
            f"The masks {mask.path} ({mask.grid.describe()}) do not cover any of the series {series.path} "
            f"({grid.describe()}). Check that both have the right CRS."
        )
    return window.width * window.height / (grid.width * grid.height)


@contextmanager
def _on_grid(mask: ImageSeries, grid: Grid) -> Iterator[ImageSeries]:
    if mask.grid.same_as(grid):
        yield mask
        return
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "masks.vrt")
        source = open_raster(mask.path, "raster of masks")
        gdal.ErrorReset()
        try:
            warped = gdal.Warp(
                path,
                source,
                format="VRT",
                outputBounds=grid.extent,
                width=grid.width,
                height=grid.height,
                dstSRS=grid.crs,
                dstNodata=NO_QUALITY,
                outputType=gdal.GDT_Float32,
                resampleAlg="near",
                warpOptions=["UNIFIED_SRC_NODATA=NO"],
                overviewLevel="NONE",
            )
            reason = gdal.GetLastErrorMsg()
        except RuntimeError as error:
            warped, reason = None, str(error)
        if warped is None:
            raise ChronocoverError(f"Cannot put the masks {mask.path} on the grid of the series: {reason}.")
        warped = None
        bands = tuple(
            SeriesBand(b.index, b.date, b.variable, b.role, None, NO_QUALITY, b.scale, b.offset) for b in mask.bands
        )
        yield ImageSeries(path, grid, bands)
