"""The one grid of a series, chosen among the grids of its images."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from osgeo import osr

from ..errors import ChronocoverError
from ..grid import Extent, Grid
from .image_series import DATA
from .inventory import Entry

MOST_COMMON, FINEST, REFERENCE_LAYER = GRID_CHOICES = ("most common", "finest", "reference layer")
AUTOMATIC, UNION, INTERSECTION, REFERENCE_EXTENT = EXTENT_CHOICES = (
    "automatic",
    "union",
    "intersection",
    "reference layer",
)
LONGEST_SIDE = 2**31 - 1
TOLERANCE = 0.01  # of a pixel: what Grid.aligned_with takes for rounding noise


def choose_grid(
    entries: Sequence[Entry],
    grid_choice: str = MOST_COMMON,
    extent_choice: str = AUTOMATIC,
    reference: Grid | None = None,
    extent: tuple[Extent, str] | None = None,
) -> Grid:
    """The grid of the series.

    Args:
        entries: the bands of the series; data bands decide if there are any.
        grid_choice: whose pixels: those of most bands, the smallest, or the reference's.
        extent_choice: the ground that any image covers, that every date covers, or the reference's; ``automatic`` is
            the reference's if there is one, else the union.
        reference: grid of the reference layer; None if there is none.
        extent: an extent and its CRS as WKT, which replaces the choice.

    Raises:
        ChronocoverError: the choice needs a reference, the images share no ground, or some have a CRS and some none.
    """
    if reference is None and REFERENCE_LAYER in (grid_choice, extent_choice):
        raise ChronocoverError("The grid or the extent is to be the reference layer's. Choose a reference layer.")
    deciding = [entry for entry in entries if entry.role == DATA] or list(entries)
    pixels = _north_up(reference or _chosen(deciding, grid_choice))
    for entry in entries:
        if bool(entry.grid.crs) != bool(pixels.crs):
            nameless = entry.path if not entry.grid.crs else "the chosen grid"
            raise ChronocoverError(f"{nameless} has no CRS, though other images have. Assign one to it first.")
    if extent is not None:
        bounds, crs = extent
        ground = extent_in(bounds, crs or pixels.crs, pixels.crs)
    elif reference is not None and extent_choice in (AUTOMATIC, REFERENCE_EXTENT):
        return pixels
    elif extent_choice == INTERSECTION:
        return _snap(pixels, _shared(deciding, pixels), inwards=True)
    else:
        ground = _around(extent_of(grid, pixels) for grid in {entry.grid for entry in deciding})
    return _snap(pixels, ground)


def extent_of(grid: Grid, target: Grid) -> Extent:
    """The extent of a grid in the CRS of another. Raises ChronocoverError if it cannot be transformed."""
    return extent_in(grid.extent, grid.crs, target.crs)


@lru_cache(maxsize=4096)
def extent_in(extent: Extent, crs: str, target_crs: str) -> Extent:
    """An extent in another CRS, both as WKT. Raises ChronocoverError if it cannot be transformed."""
    if crs == target_crs:
        return extent
    references = []
    for wkt in (crs, target_crs):
        reference = osr.SpatialReference()
        reference.ImportFromWkt(wkt)
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        references.append(reference)
    if references[0].IsSame(references[1]):
        return extent
    try:
        bounds = osr.CoordinateTransformation(*references).TransformBounds(*extent, 21)
    except RuntimeError:
        bounds = (math.inf,) * 4
    if not all(map(math.isfinite, bounds)):
        raise ChronocoverError(
            f"The extent {', '.join(f'{value:g}' for value in extent)} ({references[0].GetName()}) cannot be expressed "
            f"in {references[1].GetName()}. Choose a reference layer with a CRS that suits the images."
        )
    return bounds


def _chosen(entries: Sequence[Entry], choice: str) -> Grid:
    counts = Counter(entry.grid for entry in entries)
    families: list[list[Grid]] = []  # grids whose pixels coincide
    for grid in counts:
        for family in families:
            if family[0].aligned_with(grid):
                family.append(grid)
                break
        else:
            families.append([grid])
    if choice == FINEST:
        best = min(families, key=lambda family: _pixel_area(family[0]))
    else:
        best = max(families, key=lambda family: (sum(counts[grid] for grid in family), -_pixel_area(family[0])))
    return max(best, key=lambda grid: counts[grid])


def _pixel_area(grid: Grid) -> float:
    middle = grid.part(grid.window_of((grid.extent[0], sum(grid.extent[1::2]) / 2, *grid.extent[2:])))
    return middle.pixel_areas_ha()[-1]


def _north_up(grid: Grid) -> Grid:
    xmin, _, _, ymax = grid.extent
    x_size, y_size = grid.resolution
    return Grid(grid.crs, (xmin, x_size, 0.0, ymax, 0.0, -y_size), grid.width, grid.height)


def _around(extents: Iterable[Extent]) -> Extent:
    xmin, ymin, xmax, ymax = zip(*extents)
    return min(xmin), min(ymin), max(xmax), max(ymax)


def _shared(entries: Sequence[Entry], pixels: Grid) -> Extent:
    by_date: dict[datetime.date, list[Entry]] = {}
    for entry in entries:
        by_date.setdefault(entry.date, []).append(entry)
    shared: Extent | None = None
    for date in sorted(by_date):
        day = _around(extent_of(grid, pixels) for grid in {entry.grid for entry in by_date[date]})
        if shared is None:
            shared = day
            continue
        shared = (max(shared[0], day[0]), max(shared[1], day[1]), min(shared[2], day[2]), min(shared[3], day[3]))
        if shared[0] >= shared[2] or shared[1] >= shared[3]:
            raise ChronocoverError(
                f"The images have no ground in common: {by_date[date][0].path} ({date}) lies beside the earlier ones. "
                "Take the union, an extent or a reference layer instead of the intersection."
            )
    return shared


def _snap(pixels: Grid, extent: Extent, inwards: bool = False) -> Grid:
    x_size, y_size = pixels.resolution
    x0, y0 = pixels.transform[0], pixels.transform[3]
    low, high = (math.ceil, math.floor) if inwards else (math.floor, math.ceil)
    slack = -TOLERANCE if inwards else TOLERANCE
    left, top = low((extent[0] - x0) / x_size + slack), low((y0 - extent[3]) / y_size + slack)
    right, bottom = high((extent[2] - x0) / x_size - slack), high((y0 - extent[1]) / y_size - slack)
    width, height = right - left, bottom - top
    if width < 1 or height < 1:
        raise ChronocoverError("The ground that the images share is smaller than a pixel. Take the union instead.")
    if max(width, height) > LONGEST_SIDE:
        raise ChronocoverError(
            f"The series would have {width} × {height} pixels, more than a raster can. Choose a smaller extent or a "
            "coarser reference layer."
        )
    return Grid(pixels.crs, (x0 + left * x_size, x_size, 0.0, y0 - top * y_size, 0.0, -y_size), width, height)
