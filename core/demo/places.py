"""The labelled places of the demo scene: few polygons, drawn by hand, a bit messy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from osgeo import gdal, ogr
from scipy import ndimage

from ..grid import Grid
from ..rasters import create_raster
from .landscape import BROADLEAF, BUILT_UP, CONIFER, FINE, PIXEL, WATER, Landscape

FEWEST, MOST = 8, 12
SMALLEST_LABELLED_M2 = 9000.0
LARGEST_SHARE_LABELLED = 0.6
TYPICAL_ERROR_M = 4.0
NARROWEST_M = 12.0


@dataclass(frozen=True)
class Place:
    """A labelled polygon; ``crop`` is None where the surveyor noted none."""

    geometry: ogr.Geometry
    crop: str | None
    note: str = ""


def labelled_places(landscape: Landscape, grid: Grid, rng: np.random.Generator) -> list[Place]:
    """Polygons in the CRS of ``grid``: whole fields for crops and grassland, rough outlines elsewhere.

    They are digitised some metres off; one field was not identified and has no crop, one garden pond is smaller than a
    pixel.
    """
    fine = Grid.of_extent(grid.crs, grid.extent, (PIXEL / FINE, PIXEL / FINE))
    masks = landscape.class_masks()
    drawn_freely = (BUILT_UP, BROADLEAF, CONIFER, WATER)
    places = [
        Place(outline, name)
        for name in sorted(set(landscape.classes) & set(drawn_freely))
        for outline in _outlines(masks[name], fine, rng)
    ]
    places += _fields(landscape, fine, rng)
    crops = [index for index, place in enumerate(places) if place.crop not in drawn_freely]
    if len(crops) > 20:
        unknown = int(rng.choice(crops))
        places[unknown] = Place(places[unknown].geometry, None, "not identified")
    pond = _pond(masks[BUILT_UP], fine, rng)
    return [*places, Place(pond, WATER, "garden pond")] if pond is not None else places


def _fields(landscape: Landscape, fine: Grid, rng: np.random.Generator) -> list[Place]:
    sizes = np.bincount(landscape.patches.ravel(), minlength=len(landscape.classes)) * (PIXEL / FINE) ** 2
    large = landscape.is_field & (sizes > SMALLEST_LABELLED_M2)
    chosen: list[int] = []
    for name in sorted(set(landscape.classes[large])):
        fields = rng.permutation(np.flatnonzero(large & (landscape.classes == name)))
        most = max(2, int(LARGEST_SHARE_LABELLED * len(fields)))
        chosen += fields[: min(int(rng.integers(FEWEST, MOST + 1)), most)].tolist()
    wanted = np.zeros(len(landscape.classes), bool)
    wanted[chosen] = True
    number = np.where(wanted, np.arange(len(wanted)) + 1, 0)[landscape.patches]
    outlines = _polygonize(number.astype(np.int32), fine)
    places = []
    for index in chosen:
        largest = max(outlines[index + 1], key=lambda polygon: polygon.GetArea())
        places.append(Place(_digitised(largest, rng), str(landscape.classes[index])))
    return places


def _polygonize(numbers: np.ndarray, grid: Grid) -> dict[int, list[ogr.Geometry]]:
    path = f"/vsimem/chronocover_demo_{id(numbers)}.tif"
    raster = create_raster(path, grid, 1, gdal.GDT_Int32, nodata=0)
    raster.GetRasterBand(1).WriteArray(numbers)
    source = ogr.GetDriverByName("Memory").CreateDataSource("fields")
    layer = source.CreateLayer("fields", grid.spatial_reference(), ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("number", ogr.OFTInteger))
    band = raster.GetRasterBand(1)
    gdal.Polygonize(band, band, layer, 0)
    found: dict[int, list[ogr.Geometry]] = {}
    for feature in layer:
        found.setdefault(feature.GetField(0), []).append(feature.GetGeometryRef().Clone())
    band = raster = None
    gdal.Unlink(path)
    return found


def _digitised(outline: ogr.Geometry, rng: np.random.Generator) -> ogr.Geometry:
    """A field as somebody draws it over an image: without its small corners, and shifted by the error of the hand."""
    simple = outline.SimplifyPreserveTopology(7.0)
    outer = simple.GetGeometryRef(0)
    shift = rng.normal(0, TYPICAL_ERROR_M, 2)
    corners = np.array([outer.GetPoint_2D(i) for i in range(outer.GetPointCount() - 1)])
    return _polygon(corners + shift + rng.normal(0, 1.5, corners.shape))


def _outlines(mask: np.ndarray, fine: Grid, rng: np.random.Generator) -> list[ogr.Geometry]:
    """Rough polygons inside a class: around places well inside it, apart from each other."""
    cell = PIXEL / FINE
    inside = ndimage.distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1] * cell
    candidates = np.flatnonzero(inside > NARROWEST_M)
    if not len(candidates):
        return []
    rows, columns = np.unravel_index(rng.choice(candidates, min(400, len(candidates)), replace=False), mask.shape)
    wanted, centres, polygons = int(rng.integers(FEWEST, MOST + 1)), [], []
    for row, column in zip(rows, columns):
        centre = np.array([fine.transform[0] + (column + 0.5) * cell, fine.transform[3] - (row + 0.5) * cell])
        radius = min(float(inside[row, column]), rng.uniform(25.0, 60.0))
        if len(polygons) == wanted:
            break
        if any(np.hypot(*(centre - other)) < reach + radius + 15.0 for other, reach in centres):
            continue
        centres.append((centre, radius))
        count = int(rng.integers(6, 10))
        angles = (np.arange(count) + rng.uniform(-0.25, 0.25, count)) * 2 * np.pi / count
        reach = radius * rng.uniform(0.7, 1.05, count)
        polygons.append(_polygon(centre + np.stack([np.cos(angles), np.sin(angles)], axis=1) * reach[:, None]))
    return polygons


def _pond(village: np.ndarray, fine: Grid, rng: np.random.Generator) -> ogr.Geometry | None:
    rows, columns = np.nonzero(village)
    if not len(rows):
        return None
    at = int(rng.integers(len(rows)))
    cell = PIXEL / FINE
    centre = np.array([fine.transform[0] + columns[at] * cell, fine.transform[3] - rows[at] * cell])
    pixel_corner = np.round(centre / PIXEL) * PIXEL  # between four pixel centres: no centre is covered
    return _polygon(pixel_corner + np.array([[-2.0, -1.5], [2.5, -2.0], [2.0, 2.0], [-1.5, 2.5]]))


def _polygon(corners: np.ndarray) -> ogr.Geometry:
    ring = ogr.Geometry(ogr.wkbLinearRing)
    for x, y in [*corners.tolist(), corners[0].tolist()]:
        ring.AddPoint_2D(round(x, 2), round(y, 2))
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(ring)
    gdal.PushErrorHandler("CPLQuietErrorHandler")  # it would warn of the outline that is repaired here
    try:
        repaired = polygon if polygon.IsValid() else polygon.Buffer(0)
    finally:
        gdal.PopErrorHandler()
    if repaired.GetGeometryType() != ogr.wkbMultiPolygon:
        return repaired
    parts = [repaired.GetGeometryRef(i) for i in range(repaired.GetGeometryCount())]
    return max(parts, key=lambda part: part.GetArea()).Clone()  # the outline crossed itself: the loop is cut off
