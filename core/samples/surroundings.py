"""The pixels around samples, which the samples table does not hold: read from the series they were extracted from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from osgeo import osr

from ..blocks import EngineOptions
from ..errors import ChronocoverError
from ..feedback import Feedback
from ..grid import Grid
from ..series.image_series import ImageSeries
from ..series.pixel_reading import PixelReader
from .samples import Samples

TOLERANCE = 1e-3
"""Of a value, and of a variable's standard deviation: tables made elsewhere round their values."""
SHOWN = 12  # names in an error


def with_windows(
    samples: Samples,
    series: ImageSeries,
    side: int,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> Samples:
    """The same samples with the windows of ``side`` × ``side`` pixels around them.

    Dates and variables match by name, places by coordinates, in whatever CRS the samples have.

    Raises:
        ChronocoverError: the series lacks a date or variable of the samples, a sample has no place in it, or other
            values there: then the samples come from another series.
    """
    missing = [
        f"{variable} of {date.isoformat()}"
        for date in samples.dates
        for variable in samples.variables
        if series.band(date, variable) is None
    ]
    if missing:
        raise ChronocoverError(
            f"The series {series.path} lacks {len(missing)} of the {len(samples.dates) * len(samples.variables)} dates "
            f"and variables of the samples: {', '.join(missing[:SHOWN])}{', …' if len(missing) > SHOWN else ''}. "
            "Choose the series that the samples were extracted from."
        )
    pixels = _pixels_of(samples, series.grid, series.path)
    order = np.argsort(pixels, kind="stable")
    reader = PixelReader(series, samples.variables, pixels[order], options or EngineOptions(), samples.dates, side)
    read = reader.read(np.arange(len(pixels)), feedback or Feedback())
    windows = np.empty_like(read)
    windows[order] = read
    _check_same(samples, windows[..., side // 2, side // 2], series.path)
    return replace(samples, windows=windows)


def _pixels_of(samples: Samples, grid: Grid, path: str) -> np.ndarray:
    """Int64 ``(n,)`` row × width + column of the pixel in which each sample lies."""
    places = samples.coordinates
    if places is None or not np.isfinite(places).all():
        raise ChronocoverError(
            "Some samples have no coordinates, so the pixels around them cannot be read. Leave them out, or train "
            "without spatial context."
        )
    places = _in_crs(places, samples.crs, grid)
    x0, x_size, _, y0, _, y_size = grid.transform
    columns = np.floor((places[:, 0] - x0) / x_size)
    rows = np.floor((places[:, 1] - y0) / y_size)
    inside = (columns >= 0) & (columns < grid.width) & (rows >= 0) & (rows < grid.height)  # false for infinite ones
    if not inside.all():
        raise ChronocoverError(
            f"{int((~inside).sum()):,} of the {len(samples):,} samples lie outside of the series {path}. Choose the "
            "series that they were extracted from, or leave them out."
        )
    return rows.astype(np.int64) * grid.width + columns.astype(np.int64)


def _in_crs(places: np.ndarray, crs: str, grid: Grid) -> np.ndarray:
    """Places ``(n, 2)`` in the CRS of a grid; as they are where one of both is unknown."""
    if not crs or not grid.crs or crs == grid.crs:
        return places
    own = Grid(crs, grid.transform, 1, 1).spatial_reference()
    if own.IsSame(grid.spatial_reference()):
        return places
    moved = osr.CoordinateTransformation(own, grid.spatial_reference()).TransformPoints(places.tolist())
    return np.array(moved, dtype=np.float64)[:, :2]


def _check_same(samples: Samples, found: np.ndarray, path: str) -> None:
    own = np.where(np.isfinite(samples.values), samples.values, np.nan)
    seen = np.isfinite(own)
    spread = [np.std(own[:, :, i], where=seen[:, :, i]) if seen[:, :, i].any() else 0.0 for i in range(own.shape[2])]
    alike = np.abs(own - found) <= TOLERANCE * (np.abs(found) + np.array(spread))  # false for NaN
    same = alike | (np.isnan(own) & np.isnan(found))
    if same.all():
        return
    row, date, variable = np.argwhere(~same)[0]
    x, y = samples.coordinates[row]
    raise ChronocoverError(
        f"{int((~same).any(axis=(1, 2)).sum()):,} of the {len(samples):,} samples have other values than the series "
        f"{path} at their place: at {x:.8g}, {y:.8g} {samples.variables[variable]} of "
        f"{samples.dates[date].isoformat()} is {_number(own[row, date, variable])} in the samples and "
        f"{_number(found[row, date, variable])} in the series. Choose the series that the samples were extracted from."
    )


def _number(value: float) -> str:
    return "missing" if np.isnan(value) else f"{value:.6g}"
