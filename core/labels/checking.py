"""What a class raster holds: pixels and area of each class, and what the label features contributed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from osgeo import gdal

from ..blocks import Block, EngineOptions
from ..engine import run_blocks
from ..errors import ChronocoverError
from ..feedback import Feedback
from ..grid import Grid, Window
from ..raster_reading import RasterSource
from .class_codes import class_codes, open_class_raster
from .features import LabelFeatures
from .legend import LARGEST_CODE, Legend, read_legend
from .rasterization import CENTRE, METHODS, LabelBurner

MOST_CLASSES = 2000
BYTES_PER_PIXEL = 40
AREA_DECIMALS = 6  # of hectares: a hundredth of a square metre


@dataclass(frozen=True)
class CheckedClass:
    """One class of a raster; ``feature_pixels`` are the pixels of each of its features (empty without features)."""

    code: int
    name: str
    color: tuple[int, int, int]
    pixels: int
    area_ha: float
    feature_pixels: tuple[int, ...] = ()

    @property
    def features_without_pixels(self) -> int:
        """Number of its features that have no pixel."""
        return sum(pixels == 0 for pixels in self.feature_pixels)


@dataclass(frozen=True)
class FeatureWithoutPixels:
    """A feature that has no pixel of its class in the raster, and whether it lies on the raster at all."""

    id: int
    class_name: str
    on_raster: bool


@dataclass(frozen=True)
class LabelCheck:
    """The findings about a class raster.

    Attributes:
        grid: the raster's grid.
        legend: of all codes that occur, and all that the raster names.
        classes: those of which there are pixels, in order of code.
        empty_classes: names of classes that the raster names but does not hold.
        missing_classes: names of classes that features have and the raster does not hold.
        unlabelled_classes: names of classes in the raster that no feature has; empty without features.
        without_pixels: the features that have no pixel.
        labelled_window: the smallest window that holds all labelled pixels.
        has_features: whether features were compared.
    """

    grid: Grid
    legend: Legend
    classes: tuple[CheckedClass, ...]
    empty_classes: tuple[str, ...]
    missing_classes: tuple[str, ...]
    unlabelled_classes: tuple[str, ...]
    without_pixels: tuple[FeatureWithoutPixels, ...]
    labelled_window: Window
    has_features: bool

    @property
    def labelled_pixels(self) -> int:
        """Pixels with a class."""
        return sum(found.pixels for found in self.classes)

    @property
    def area_ha(self) -> float:
        """Area of the labelled pixels in hectares."""
        return round(sum(found.area_ha for found in self.classes), AREA_DECIMALS)


def check_label_raster(
    path: str,
    labels: LabelFeatures | None = None,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> LabelCheck:
    """Count a class raster's pixels and areas, and the pixels that each label feature has in it.

    A feature's pixels are those it would get by the method the raster was made with (its provenance says so; else by
    pixel centre) that hold its class. Other classes never hide a feature; among features of its own class a pixel
    counts for the later one. Classes of features and raster are matched by name, by number where the raster has no
    names.

    Args:
        path: a raster of whole numbers up to 65535; 0 and nodata mean unlabelled. Only its first band is read.
        labels: the features, in the CRS of the raster.
        options: memory and threads.
        feedback: progress and cancelling.

    Raises:
        ChronocoverError: it is no class raster, or holds no class.
    """
    dataset = open_class_raster(path)
    grid, named = Grid.of_dataset(dataset), read_legend(dataset)
    method, nodata = rasterization_method(dataset), dataset.GetRasterBand(1).GetNoDataValue()
    codes_of_classes = _codes_in_raster(labels, named)
    members = _members_by_code(labels, codes_of_classes, grid, method)
    row_areas = np.array(grid.pixel_areas_ha())
    pixels, areas = np.zeros(LARGEST_CODE + 1, dtype=np.int64), np.zeros(LARGEST_CODE + 1)
    feature_pixels = {code: np.zeros(len(found.indexes), np.int64) for code, found in members.items()}
    corners: list[tuple[int, int, int, int]] = []

    def count(block: Block, values: np.ndarray) -> tuple:
        window = block.window
        codes = class_codes(values, nodata, path)
        weights = np.repeat(row_areas[window.row : window.row + window.height], window.width)
        counts = np.bincount(codes.ravel())
        own = {
            code: np.bincount(members[code].burner.burn(window)[codes == code])
            for code in np.flatnonzero(counts).tolist()
            if code > 0 and code in members and members[code].burner.touches(window)
        }
        return counts, np.bincount(codes.ravel(), weights), own, _corners_of(codes, window)

    def add_up(block: Block, result: tuple) -> None:
        counts, block_areas, own, found = result
        pixels[: counts.size] += counts
        areas[: counts.size] += block_areas
        for code, numbers in own.items():
            feature_pixels[code][: numbers.size - 1] += numbers[1:]
        corners.extend(found)
        if np.count_nonzero(pixels) > MOST_CLASSES:
            raise ChronocoverError(f"{path} holds more than {MOST_CLASSES} different values. It is no class raster.")

    run_blocks(
        grid,
        [RasterSource.on_grid(path, grid)],
        count,
        add_up,
        bytes_per_pixel=BYTES_PER_PIXEL,
        options=options,
        feedback=feedback,
    )
    pixels[0] = 0
    if not pixels.any():
        raise ChronocoverError(f"{path} holds no class: every pixel is 0 or nodata.")
    left, top, right, bottom = zip(*corners)
    window = Window(min(left), min(top), max(right) - min(left), max(bottom) - min(top))
    present = [name for name, code in codes_of_classes.items() if pixels[code]]
    legend = _complete_legend(named, np.flatnonzero(pixels).tolist())
    if labels and not present:
        raise ChronocoverError(
            f"No class of the labels ({_some(labels.legend.names)}) is in {path} ({_some(legend.names)}). "
            "Choose the class field that the raster was made from."
        )
    matched = set(codes_of_classes.values())
    without = [found.without_pixels(labels, feature_pixels[code]) for code, found in members.items()]
    classes = tuple(
        CheckedClass(
            code=found.code,
            name=found.name,
            color=found.color,
            pixels=int(pixels[found.code]),
            area_ha=round(float(areas[found.code]), AREA_DECIMALS),
            feature_pixels=tuple(feature_pixels[found.code].tolist()) if found.code in members else (),
        )
        for found in legend.classes
        if pixels[found.code]
    )
    return LabelCheck(
        grid=grid,
        legend=legend,
        classes=classes,
        empty_classes=tuple(found.name for found in legend.classes if not pixels[found.code]),
        missing_classes=tuple(name for name in labels.legend.names if name not in present) if labels else (),
        unlabelled_classes=tuple(found.name for found in classes if labels and found.code not in matched),
        without_pixels=tuple(sorted(chain(*without), key=lambda feature: feature.id)),
        labelled_window=window,
        has_features=labels is not None,
    )


def _some(names: list[str]) -> str:
    return ", ".join(names[:10]) + (", …" if len(names) > 10 else "")


def rasterization_method(dataset: gdal.Dataset) -> str:
    """The method that “Rasterize labels” made a raster with, by its provenance; by pixel centre if it is unknown."""
    try:
        method = json.loads(dataset.GetMetadataItem("CHRONOCOVER_PARAMETERS") or "{}").get("METHOD", CENTRE)
    except (ValueError, AttributeError):
        return CENTRE
    return method if method in METHODS else CENTRE


def _corners_of(codes: np.ndarray, window: Window) -> list[tuple[int, int, int, int]]:
    """``(left, top, right, bottom)`` of the labelled pixels of a block, in a list that is empty if there is none."""
    labelled = codes > 0
    columns, rows = np.flatnonzero(labelled.any(axis=0)), np.flatnonzero(labelled.any(axis=1))
    if not columns.size:
        return []
    left, top = window.column + int(columns[0]), window.row + int(rows[0])
    return [(left, top, window.column + int(columns[-1]) + 1, window.row + int(rows[-1]) + 1)]


def _codes_in_raster(labels: LabelFeatures | None, named: Legend | None) -> dict[str, int]:
    """The raster's code of each class of the features: by name, else by number. Others are left out."""
    known = {found.name: found.code for found in named.classes} if named else {}
    names = labels.legend.names if labels else []
    numbers = {name: int(name) for name in names if name.isdecimal() and int(name) <= LARGEST_CODE}
    return {name: known.get(name, numbers.get(name)) for name in names if name in known or name in numbers}


@dataclass(frozen=True)
class _Members:
    """The features of one class: their indexes among all features, and what burns them."""

    indexes: list[int]
    burner: LabelBurner

    @classmethod
    def of(cls, labels: LabelFeatures, indexes: list[int], grid: Grid, method: str) -> _Members:
        features = tuple(labels.features[index] for index in indexes)
        return cls(indexes, LabelBurner(replace(labels, features=features), grid, method))

    def without_pixels(self, labels: LabelFeatures, pixels: np.ndarray) -> list[FeatureWithoutPixels]:
        features = [labels.features[index] for index in self.indexes]
        return [
            FeatureWithoutPixels(feature.id, feature.class_name, bool(inside))
            for feature, inside, number in zip(features, self.burner.inside, pixels)
            if number == 0
        ]


def _members_by_code(
    labels: LabelFeatures | None, codes: Mapping[str, int], grid: Grid, method: str
) -> dict[int, _Members]:
    """The features by their code in the raster; under 0 those whose class the raster does not know."""
    indexes: dict[int, list[int]] = {}
    for index, feature in enumerate(labels.features if labels else ()):
        indexes.setdefault(codes.get(feature.class_name, 0), []).append(index)
    return {code: _Members.of(labels, found, grid, method) for code, found in indexes.items()}


def _complete_legend(named: Legend | None, codes: list[int]) -> Legend:
    """The raster's legend, and the number as the name of each code that it does not name."""
    known = named.classes if named else ()
    unnamed = set(codes) - {found.code for found in known}
    colors = {found.name: found.color for found in known}
    return Legend.of_codes({**{found.name: found.code for found in known}, **{str(c): c for c in unnamed}}, colors)
