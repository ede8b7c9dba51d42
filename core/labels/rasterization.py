"""Labels to pixels: which feature each pixel of a grid belongs to, window by window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from osgeo import gdal, ogr

from ..errors import ChronocoverError
from ..feedback import Feedback
from ..grid import Grid, Window
from .features import POINT, LabelFeatures

CENTRE, ALL_TOUCHED, MAJORITY = "centre", "all touched", "majority"
METHODS = (CENTRE, ALL_TOUCHED, MAJORITY)

SUBPIXELS = 8  # a pixel's side is cut into this many for the majority: shares are exact to about 1/64
LARGEST_BURN = 4_000_000  # pixels or sub-pixels burnt at once: 16 MB
DECIMALS = 6  # of pixel coordinates, so that borders drawn along pixel edges stay exactly on them


def shrink_polygons(
    labels: LabelFeatures, distance: float, feedback: Feedback | None = None
) -> tuple[LabelFeatures, int]:
    """Buffer polygons inward by ``distance``, in units of their CRS, so that mixed pixels at borders fall out.

    Returns the labels without the features of which nothing remains, and how many those are. Points and a distance of
    0 change nothing.

    Raises:
        ChronocoverError: the distance is negative, or no feature remains.
    """
    if distance < 0:
        raise ChronocoverError(f"The inward buffer is {distance:g}. Give 0 or a positive distance.")
    if distance == 0 or labels.kind == POINT:
        return labels, 0
    remaining = []
    for feature in labels.features:
        if feedback:
            feedback.check()
        shrunk = ogr.CreateGeometryFromWkb(feature.geometry).Buffer(-distance)
        if shrunk is not None and not shrunk.IsEmpty():
            remaining.append(replace(feature, geometry=bytes(shrunk.ExportToWkb())))
    if not remaining:
        raise ChronocoverError(
            f"None of the {len(labels.features)} polygons remains after the inward buffer of {distance:g}. "
            "It is in units of the CRS of the reference grid (degrees if that is geographic): choose a smaller one."
        )
    return replace(labels, features=tuple(remaining)), len(labels.features) - len(remaining)


class LabelBurner:
    """Burns the same labels into any windows of a grid; the windows may be burnt in several threads at once.

    Polygons get the pixels whose centre they hold (``centre``), that they touch at all (``all touched``), or that are
    at least half covered by labels and by this class more than by any other (``majority``; measured on 8 × 8 points
    within each pixel, equal shares go to the lower class code). Points get the pixel they fall in, by any method.

    Where features overlap, the one with the higher priority wins; among equals the one that comes later in
    ``labels.features``, as in GDAL's Rasterize. The result does not depend on how the grid is cut into windows.

    Attributes:
        inside: bool ``(n,)``: whether the feature's bounding box meets the grid.
        codes: int64 ``(n,)``: class code of each feature.
    """

    def __init__(self, labels: LabelFeatures, grid: Grid, method: str = CENTRE) -> None:
        if method not in METHODS:
            raise ChronocoverError(f"There is no rasterization method “{method}”. Choose one of {', '.join(METHODS)}.")
        self._points = labels.kind == POINT
        self._method = CENTRE if self._points else method
        code_of = {land_class.name: land_class.code for land_class in labels.legend.classes}
        self.codes = np.array([code_of[feature.class_name] for feature in labels.features], dtype=np.int64)
        priorities = np.array([feature.priority for feature in labels.features], dtype=np.float64)
        order = np.argsort(priorities, kind="stable")  # the winner is burnt last
        self.inside = np.zeros(len(labels.features), dtype=bool)
        if self._points:
            self._place_points(labels, grid, order)
        else:
            self._place_polygons(labels, grid, order)

    # Items are what is burnt, in that order: single points, or polygons. An item's owner is its feature's index.

    def _place_points(self, labels: LabelFeatures, grid: Grid, order: np.ndarray) -> None:
        points = [_points_of(labels.features[index].geometry) for index in order]
        coordinates = np.array([point for group in points for point in group], dtype=np.float64).reshape(-1, 2)
        pixels = np.floor(_pixel_coordinates(coordinates, grid)).astype(np.int64)
        within = (pixels >= 0).all(axis=1) & (pixels < (grid.width, grid.height)).all(axis=1)
        self._owners = np.repeat(order, [len(group) for group in points])[within]
        self._pixels = pixels[within]
        self.inside[self._owners] = True

    def _place_polygons(self, labels: LabelFeatures, grid: Grid, order: np.ndarray) -> None:
        placed = [_polygon_in_pixels(labels.features[index].geometry, grid) for index in order]
        self._owners = order
        self._shapes = [shape for shape, _ in placed]
        self._boxes = np.array([box for _, box in placed], dtype=np.float64).reshape(-1, 4)
        self.inside[self._owners[self._items_in(Window(0, 0, grid.width, grid.height))]] = True

    def _items_in(self, window: Window) -> np.ndarray:
        left, top = window.column, window.row
        right, bottom = left + window.width, top + window.height
        if self._points:
            column, row = self._pixels.T
            return np.flatnonzero((column >= left) & (column < right) & (row >= top) & (row < bottom))
        xmin, ymin, xmax, ymax = self._boxes.T
        return np.flatnonzero((xmax > left) & (xmin < right) & (ymax > top) & (ymin < bottom))

    def touches(self, window: Window) -> bool:
        """Whether any feature may have a pixel in the window; quick."""
        return self._items_in(window).size > 0

    def burn(self, window: Window) -> np.ndarray:
        """Int32 ``(height, width)``: 0 where there is no label, else 1 + the index of the feature."""
        items = self._items_in(window)
        if self._method != MAJORITY:
            return self._burn(window, items, self._owners[items] + 1)
        result = np.zeros((window.height, window.width), dtype=np.int32)
        for strip, rows in _strips(window):
            result[rows] = _majority(
                _subpixels(self._burn(strip, items, self._owners[items] + 1, SUBPIXELS)), self.codes
            )
        return result

    def conflicts(self, window: Window) -> np.ndarray:
        """Bool ``(height, width)``: pixels that features of different classes claim, so that the order decided.

        With ``majority``, the pixels in which such features overlap anywhere.
        """
        result = np.zeros((window.height, window.width), dtype=bool)
        items = self._items_in(window)
        codes = self.codes[self._owners[items]]
        if len(np.unique(codes)) < 2:
            return result
        rising = np.argsort(codes, kind="stable")
        factor = SUBPIXELS if self._method == MAJORITY else 1
        for strip, rows in _strips(window):
            highest = self._burn(strip, items[rising], codes[rising], factor)
            lowest = self._burn(strip, items[rising[::-1]], codes[rising[::-1]], factor)
            result[rows] = _subpixels(highest != lowest, factor).any(axis=2)
        return result

    def _burn(self, window: Window, items: np.ndarray, values: np.ndarray, factor: int = 1) -> np.ndarray:
        """Int32 ``(height × factor, width × factor)``: the value of the last of ``items`` on each (sub-)pixel."""
        if not items.size:
            return np.zeros((window.height * factor, window.width * factor), dtype=np.int32)
        if self._points:
            burnt = np.zeros((window.height, window.width), dtype=np.int32)
            column, row = self._pixels[items].T
            burnt[row - window.row, column - window.column] = values
            return burnt
        shapes = [self._shapes[item] for item in items]
        return _rasterize(shapes, values, window, factor, self._method == ALL_TOUCHED)


def _pixel_coordinates(xy: np.ndarray, grid: Grid) -> np.ndarray:
    """Map coordinates ``(n, 2)`` as columns and rows of the grid, its upper left corner being (0, 0)."""
    x0, x_size, _, y0, _, y_size = grid.transform
    return np.round((xy - (x0, y0)) / (x_size, y_size), DECIMALS)


def _points_of(wkb: bytes) -> list[tuple[float, float]]:
    geometry = ogr.CreateGeometryFromWkb(wkb)
    parts = [geometry.GetGeometryRef(i) for i in range(geometry.GetGeometryCount())] or [geometry]
    return [(part.GetX(), part.GetY()) for part in parts if not part.IsEmpty()]


def _polygon_in_pixels(wkb: bytes, grid: Grid) -> tuple[bytes, tuple[float, float, float, float]]:
    """A (multi)polygon's WKB with its coordinates in pixels of the grid, and its box ``(xmin, ymin, xmax, ymax)``."""
    geometry = ogr.CreateGeometryFromWkb(wkb)
    geometry.FlattenTo2D()
    shape = bytearray(ogr.ForceToMultiPolygon(geometry).ExportToWkb(ogr.wkbNDR))
    rings = []
    position = 9
    for _ in range(_count_at(shape, 5)):
        ring_count = _count_at(shape, position + 5)
        position += 9
        for _ in range(ring_count):
            points = _count_at(shape, position)
            ring = np.frombuffer(shape, "<f8", 2 * points, position + 4).reshape(-1, 2)
            ring[:] = _pixel_coordinates(ring, grid)
            rings.append(ring)
            position += 4 + 16 * points
    corners = np.concatenate(rings)
    return bytes(shape), (*corners.min(axis=0), *corners.max(axis=0))


def _count_at(wkb: bytearray, position: int) -> int:
    return int.from_bytes(wkb[position : position + 4], "little")


def _rasterize(shapes: Sequence[bytes], values: np.ndarray, window: Window, factor: int, touched: bool) -> np.ndarray:
    driver = "MEM" if int(gdal.VersionInfo()) >= 3_110_000 else "Memory"  # GDAL 3.11 merged the two
    source = gdal.GetDriverByName(driver).Create("", 0, 0, 0, gdal.GDT_Unknown)
    layer = source.CreateLayer("labels", None, ogr.wkbMultiPolygon)
    layer.CreateField(ogr.FieldDefn("value", ogr.OFTInteger))
    definition = layer.GetLayerDefn()
    for shape, value in zip(shapes, values.tolist()):
        feature = ogr.Feature(definition)
        feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(shape))
        feature.SetField(0, value)
        layer.CreateFeature(feature)
    target = gdal.GetDriverByName("MEM").Create("", window.width * factor, window.height * factor, 1, gdal.GDT_Int32)
    target.SetGeoTransform((window.column, 1 / factor, 0.0, window.row, 0.0, 1 / factor))
    gdal.PushErrorHandler("CPLQuietErrorHandler")  # it would warn of the missing CRS: the coordinates are pixels
    try:
        gdal.RasterizeLayer(target, [1], layer, options=["ATTRIBUTE=value", f"ALL_TOUCHED={str(touched).upper()}"])
    finally:
        gdal.PopErrorHandler()
    return target.ReadAsArray()


def _strips(window: Window) -> Iterator[tuple[Window, slice]]:
    """The window in strips small enough for the sub-pixels in memory, and the rows of the window that each is."""
    height = max(1, LARGEST_BURN // (window.width * SUBPIXELS**2))
    for start in range(0, window.height, height):
        rows = slice(start, min(start + height, window.height))
        yield Window(window.column, window.row + start, window.width, rows.stop - start), rows


def _subpixels(fine: np.ndarray, factor: int = SUBPIXELS) -> np.ndarray:
    """``(height × factor, width × factor)`` as ``(height, width, factor²)``."""
    height, width = fine.shape[0] // factor, fine.shape[1] // factor
    return fine.reshape(height, factor, width, factor).swapaxes(1, 2).reshape(height, width, factor * factor)


def _majority(features: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """The feature of each pixel by the majority of its sub-pixels.

    ``features`` is ``(height, width, sub-pixels)``, 0 or 1 + index into ``codes``. A pixel of which less than half is
    labelled gets 0; else the class on most sub-pixels wins (the lower code among equals), and within it the feature on
    most of them (the earlier one among equals).
    """
    result = features[:, :, 0].copy()
    mixed = (features != result[:, :, None]).any(axis=2)
    values = features[mixed]  # (pixels, sub-pixels)
    if not values.size:
        return result
    values.sort(axis=1)
    begins = np.ones(values.shape, dtype=bool)  # of a run of one feature within a pixel
    np.not_equal(values[:, 1:], values[:, :-1], out=begins[:, 1:])
    starts = np.flatnonzero(begins)
    counts = np.diff(starts, append=values.size)
    pixel, feature = starts // values.shape[1], values.ravel()[starts]
    labelled = feature > 0
    pixel, feature, counts = pixel[labelled], feature[labelled], counts[labelled]
    enough = np.bincount(pixel, counts, minlength=len(values)) * 2 >= values.shape[1]
    code = codes[feature - 1]
    classes, of_class = np.unique(np.stack([pixel, code]), axis=1, return_inverse=True)
    of_class = of_class.reshape(-1)
    class_counts = np.bincount(of_class, counts, minlength=classes.shape[1])[of_class]
    best_first = np.lexsort((feature, -counts, code, -class_counts, pixel))
    winners, first = np.unique(pixel[best_first], return_index=True)
    chosen = np.zeros(len(values), dtype=np.int32)
    chosen[winners] = feature[best_first][first]
    result[mixed] = np.where(enough, chosen, 0)
    return result
