"""The labelled pixels of a grid, among which samples are drawn."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np

from ..blocks import Block, EngineOptions
from ..engine import run_blocks
from ..errors import ChronocoverError
from ..feedback import Feedback
from ..grid import Grid, Window
from ..labels.class_codes import class_codes, open_class_raster
from ..labels.features import LabelFeatures
from ..labels.legend import LARGEST_CODE, Legend, read_legend
from ..labels.patches import PatchJoiner, label_patches
from ..labels.rasterization import LabelBurner, shrink_polygons
from ..raster_reading import RasterSource
from .selection import NUMBER, SelectionRule, random_keys

MOST_PIXELS = 50_000_000
SPARE = 20  # candidates kept for each sample wanted,
FEWEST_KEPT = 200_000  # and at least so many a class


@dataclass(frozen=True)
class ClassTally:
    """What became of one class's labels before drawing.

    ``features`` are those in the layer (0 for a raster), of them ``outside`` of the series and ``without_pixel``:
    too small or narrow to hold a pixel's centre after the inward buffer, or all their pixels taken by others.
    ``pixels`` can be drawn; ``conflicts`` were claimed for this class and for another too, and are left out.
    """

    features: int = 0
    outside: int = 0
    without_pixel: int = 0
    pixels: int = 0
    conflicts: int = 0


@dataclass(frozen=True)
class Candidates:
    """Labelled pixels, row by row from the upper left.

    Attributes:
        grid: the grid that they are on.
        pixels: int64 ``(n,)`` row × width + column, ascending, each once.
        codes: int64 ``(n,)`` class codes.
        origins: int64 ``(n,)``, which of ``origin_names`` each came from.
        origin_names: the feature's group, or the patch of equal labels.
        legend: names and colours of all codes.
        tallies: by class code.
    """

    grid: Grid
    pixels: np.ndarray
    codes: np.ndarray
    origins: np.ndarray
    origin_names: np.ndarray
    legend: Legend
    tallies: dict[int, ClassTally]

    def coordinates(self) -> np.ndarray:
        """float64 ``(n, 2)``: x and y of the pixels' centres."""
        rows, columns = np.divmod(self.pixels, self.grid.width)
        x0, x_size, _, y0, _, y_size = self.grid.transform
        return np.stack([x0 + (columns + 0.5) * x_size, y0 + (rows + 0.5) * y_size], axis=1)


def candidates_of_features(
    whole: LabelFeatures,
    grid: Grid,
    rule: SelectionRule,
    buffer: float = 0.0,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> Candidates:
    """The pixels whose centre lies in a polygon, or in which a point lies.

    A pixel counts once, however many features claim it. One that features of different classes claim is left out:
    nobody knows which is right.

    Args:
        whole: the labels, in the CRS of ``grid``.
        grid: the grid of the series.
        rule: used for bounding memory only.
        buffer: polygons are shrunk by this distance in map units first.
        options: memory and threads.
        feedback: progress and cancelling.

    Raises:
        ChronocoverError: no feature has a pixel in the grid, or there are too many pixels.
    """
    feedback = feedback or Feedback()
    labels, vanished = shrink_polygons(whole, buffer, feedback)
    if vanished:
        feedback.warning(f"The inward buffer of {buffer:g} leaves nothing of {vanished} polygons.")
    burner = LabelBurner(labels, grid)
    collector = _Collector(rule)
    conflicts = np.zeros(max(labels.legend.codes) + 1, dtype=np.int64)
    has_pixel = np.zeros(len(labels.features), dtype=bool)

    def compute(block: Block) -> tuple[np.ndarray, ...]:
        return burner.burn(block.window), burner.conflicts(block.window)

    def consume(block: Block, result: tuple[np.ndarray, ...]) -> None:
        burnt, disputed = result
        owners = burnt.astype(np.int64) - 1
        has_pixel[np.unique(owners[burnt > 0])] = True
        np.add.at(conflicts, burner.codes[owners[disputed & (burnt > 0)]], 1)
        free = (burnt > 0) & ~disputed
        collector.add(_pixel_numbers(block.window, grid)[free], burner.codes[owners[free]], owners[free])

    run_blocks(
        grid,
        [],
        compute,
        consume,
        select=burner.touches,
        bytes_per_pixel=40,
        options=options,
        feedback=feedback.part(0.0, 1.0, quiet=True),
    )
    pixels, codes, origins = collector.finish()
    tallies = {}
    inside_ids = {feature.id for feature, inside in zip(labels.features, burner.inside) if inside}
    vanished_ids = {feature.id for feature in whole.features} - {feature.id for feature in labels.features}
    with_pixel_ids = {feature.id for feature, has in zip(labels.features, has_pixel) if has}
    for land_class in labels.legend.classes:
        ids = [feature.id for feature in whole.features if feature.class_name == land_class.name]
        tallies[land_class.code] = ClassTally(
            features=len(ids),
            outside=sum(fid not in inside_ids and fid not in vanished_ids for fid in ids),
            without_pixel=sum(fid not in with_pixel_ids and (fid in inside_ids or fid in vanished_ids) for fid in ids),
            pixels=collector.totals.get(land_class.code, 0),
            conflicts=int(conflicts[land_class.code]),
        )
    if not pixels.size:
        raise ChronocoverError(_nothing_found(tallies))
    names = np.array([feature.group for feature in labels.features], dtype=object)
    return Candidates(grid, pixels, codes, origins, names, labels.legend, tallies)


def candidates_of_raster(
    path: str,
    grid: Grid,
    rule: SelectionRule,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> Candidates:
    """The pixels of a class raster; each comes from its patch: pixels of one class that share a side.

    A raster on another grid or in another CRS gives each pixel of ``grid`` its nearest one.

    Raises:
        ChronocoverError: it cannot be opened, holds no class there or no class codes, or has too many labelled pixels.
    """
    legend = read_legend(open_class_raster(path)) or Legend(())
    source = RasterSource.on_grid(path, grid)
    nodata, name = source.nodata, os.path.basename(path)
    collector, joiner = _Collector(rule), PatchJoiner(grid)
    quiet = (feedback or Feedback()).part(0.0, 1.0, quiet=True)

    def compute(block: Block, values: np.ndarray) -> tuple[np.ndarray, ...]:
        codes = class_codes(values, nodata, name)
        return codes, *label_patches(codes, _pixel_numbers(block.window, grid))

    def consume(block: Block, result: tuple[np.ndarray, ...]) -> None:
        codes, patches, first_pixels = result
        numbered = joiner.add(block.window, codes, patches, first_pixels)
        labelled = codes > 0
        collector.add(_pixel_numbers(block.window, grid)[labelled], codes[labelled], numbered[labelled])

    run_blocks(grid, [source], compute, consume, bytes_per_pixel=60, options=options, feedback=quiet)
    pixels, codes, patches = collector.finish()
    if not pixels.size:
        raise ChronocoverError(
            f"The class raster {name} holds no class on the image series. Check that they cover the same place."
        )
    names = {land_class.code: land_class for land_class in legend.classes}
    unnamed = {str(code): code for code in collector.totals if code not in names}
    full = Legend.of_codes(
        {**{c.name: c.code for c in names.values()}, **unnamed}, {c.name: c.color for c in names.values()}
    )
    tallies = {code: ClassTally(pixels=number) for code, number in collector.totals.items()}
    of_patch, number = joiner.finish()
    return Candidates(grid, pixels, codes, of_patch[patches], np.arange(1, number + 1).astype(str), full, tallies)


def _nothing_found(tallies: dict[int, ClassTally]) -> str:
    features = sum(tally.features for tally in tallies.values())
    outside = sum(tally.outside for tally in tallies.values())
    disputed = sum(tally.conflicts for tally in tallies.values())
    if outside == features:
        return (
            f"None of the {features} labelled features lies on the image series. Check that they cover the same place, "
            "and that both have the right CRS."
        )
    if disputed:
        return f"All {disputed} labelled pixels are claimed by features of different classes. Correct the labels."
    return (
        f"None of the {features - outside} labelled features on the image series holds the centre of a pixel. "
        "Use larger polygons or points, or a smaller inward buffer."
    )


def _pixel_numbers(window: Window, grid: Grid) -> np.ndarray:
    rows = np.arange(window.row, window.row + window.height, dtype=np.int64)[:, None]
    return rows * grid.width + np.arange(window.column, window.column + window.width, dtype=np.int64)


class _Collector:
    """Gathers labelled pixels; for a number a class it keeps only the first ones in random order, and some spare."""

    def __init__(self, rule: SelectionRule) -> None:
        self._rule = rule
        self._kept: list[np.ndarray] = []
        self._size = 0
        self._limit = max(FEWEST_KEPT, SPARE * rule.count)
        self._prune_at = 4 * self._limit
        self._pruned = False
        self._last_keys = np.full(LARGEST_CODE + 1, np.iinfo(np.uint64).max, dtype=np.uint64)
        self.totals: dict[int, int] = {}

    def add(self, pixels: np.ndarray, codes: np.ndarray, origins: np.ndarray) -> None:
        found, numbers = np.unique(codes, return_counts=True)
        for code, number in zip(found.tolist(), numbers.tolist()):
            self.totals[code] = self.totals.get(code, 0) + number
        if self._pruned:  # what comes after the last one kept would fall out again
            near = random_keys(pixels, self._rule.seed) <= self._last_keys[codes]
            pixels, codes, origins = pixels[near], codes[near], origins[near]
        self._kept.append(np.stack([pixels, codes, origins]).astype(np.int64))
        self._size += len(pixels)
        if self._rule.how == NUMBER and self._size > self._prune_at:
            self._prune()
            self._prune_at = self._size + 4 * self._limit
        if self._size > MOST_PIXELS:
            raise ChronocoverError(
                f"More than {MOST_PIXELS:,} pixels are labelled. Choose “{NUMBER}” to draw some of them."
            )

    def _prune(self) -> None:
        table = np.concatenate(self._kept, axis=1)
        keys = random_keys(table[0], self._rule.seed)
        parts = []
        for code in self.totals:
            of_class = np.flatnonzero(table[1] == code)
            if len(of_class) > self._limit:
                of_class = of_class[np.argpartition(keys[of_class], self._limit - 1)[: self._limit]]
                self._last_keys[code] = keys[of_class].max()
            parts.append(table[:, of_class])
        self._kept = [np.concatenate(parts, axis=1)]
        self._size = self._kept[0].shape[1]
        self._pruned = True

    def finish(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Pixels (ascending), codes and origins."""
        if not self._kept:
            return (np.zeros(0, dtype=np.int64),) * 3
        if self._rule.how == NUMBER and max(self.totals.values(), default=0) > self._limit:
            self._prune()  # whatever the blocks were, the same pixels remain
        table = np.concatenate(self._kept, axis=1)
        pixels, codes, origins = table[:, np.argsort(table[0], kind="stable")]
        return pixels, codes, origins
