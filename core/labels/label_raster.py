"""The label raster: class codes on a grid, 0 where there is no label, with names, colours and provenance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from osgeo import gdal

from ..blocks import Block, EngineOptions
from ..engine import plan_blocks, run_blocks
from ..errors import ChronocoverError
from ..feedback import Feedback
from ..grid import Grid
from ..provenance import Provenance
from ..raster_writing import RasterOutput, raster_writer
from ..rasters import set_provenance
from .features import LabelFeatures
from .legend import write_legend, write_qml
from .rasterization import CENTRE, MAJORITY, SUBPIXELS, LabelBurner

BYTES_PER_PIXEL = 24
BYTES_PER_SUBPIXEL = 13
SHOWN_IDS = 20


@dataclass(frozen=True)
class BurnedLabels:
    """What became of the labels.

    Attributes:
        labels: what was burnt.
        feature_pixels: int64 ``(n,)``: pixels that each feature got.
        inside: bool ``(n,)``: whether the feature's bounding box meets the grid.
        conflict_pixels: pixels that features of different classes claimed.
    """

    labels: LabelFeatures
    feature_pixels: np.ndarray
    inside: np.ndarray
    conflict_pixels: int

    @property
    def labelled_pixels(self) -> int:
        """Pixels with a class."""
        return int(self.feature_pixels.sum())

    @property
    def outside(self) -> int:
        """Number of features outside of the grid."""
        return int((~self.inside).sum())

    @property
    def burned_nothing(self) -> list[int]:
        """Ids of the features within the grid that got no pixel: smaller than one, or covered by others."""
        without = np.flatnonzero(self.inside & (self.feature_pixels == 0))
        return [self.labels.features[index].id for index in without]

    def class_pixels(self) -> dict[str, int]:
        """Pixels of each class of the legend, in order of code."""
        numbers = dict.fromkeys(self.labels.legend.names, 0)
        for feature, pixels in zip(self.labels.features, self.feature_pixels.tolist()):
            numbers[feature.class_name] += pixels
        return numbers


def write_label_raster(
    labels: LabelFeatures,
    grid: Grid,
    path: str,
    method: str = CENTRE,
    provenance: Provenance | None = None,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> BurnedLabels:
    """Burn labels onto a grid and write them as a class raster, uint8 or uint16 by the codes, nodata 0.

    It carries category names, a colour table, an attribute table and a QGIS style beside it. How features become
    pixels, and which one wins where they overlap: see :class:`core.labels.rasterization.LabelBurner`.

    Raises:
        ChronocoverError: no label lies on the grid, none gets a pixel, or the file cannot be written.
        CancelledError: the user cancelled; nothing was written.
    """
    burner = LabelBurner(labels, grid, method)
    if not burner.inside.any():
        raise ChronocoverError(
            f"None of the {len(labels.features)} labels lies on the reference raster, which covers "
            f"{_describe_extent(grid)}. Check the CRS of both, or choose another reference raster."
        )
    feature_pixels = np.zeros(len(labels.features) + 1, dtype=np.int64)
    conflict_pixels = 0
    codes = np.array([0, *burner.codes], dtype=np.uint16)

    def burn(block: Block) -> tuple[np.ndarray, int]:
        return burner.burn(block.window), int(np.count_nonzero(burner.conflicts(block.window)))

    def describe(dataset: gdal.Dataset, target: str) -> None:
        write_legend(dataset, labels.legend)
        write_qml(target, labels.legend)
        if provenance:
            set_provenance(dataset, provenance)

    bytes_per_pixel = BYTES_PER_SUBPIXEL * SUBPIXELS**2 if method == MAJORITY else BYTES_PER_PIXEL
    plan = plan_blocks(grid, bytes_per_pixel=bytes_per_pixel, options=options)
    output = RasterOutput(path, 1, labels.legend.gdal_type, 0, describe)
    with raster_writer(grid, [output], tile=plan.tile, feedback=feedback) as writer:

        def write(block: Block, result: tuple[np.ndarray, int]) -> None:
            nonlocal conflict_pixels
            features, conflicts = result
            counts = np.bincount(features.ravel())
            feature_pixels[: counts.size] += counts
            conflict_pixels += conflicts
            writer.write(block.window, codes[features])

        run_blocks(grid, [], burn, write, select=burner.touches, options=options, feedback=feedback, plan=plan)
        if not feature_pixels[1:].any():
            raise ChronocoverError(
                f"None of the {int(burner.inside.sum())} polygons on the reference raster is large enough to get a "
                f"pixel by the method “{method}”. Use “all touched”, a smaller inward buffer, or a finer raster."
            )
    return BurnedLabels(labels, feature_pixels[1:], burner.inside, conflict_pixels)


def _describe_extent(grid: Grid) -> str:
    xmin, ymin, xmax, ymax = grid.extent
    return f"x {xmin:.10g} to {xmax:.10g}, y {ymin:.10g} to {ymax:.10g} ({grid.describe()})"


def describe_burned(burned: BurnedLabels, vanished: int, buffer: float, feedback: Feedback) -> None:
    """Tell the user what became of the labels; ``vanished`` features did by the inward ``buffer``."""
    names, pixels = burned.labels.legend.names, burned.class_pixels()
    counts, width = burned.labels.counts(), max(len(name) for name in burned.labels.legend.names)
    feedback.info(f"Labelled pixels: {burned.labelled_pixels:,}")
    for name in names:
        feedback.info(f"  {name:<{width}}  {counts[name]:>8,} features  {pixels[name]:>12,} pixels")
    ids = burned.burned_nothing
    shown = ", ".join(str(feature_id) for feature_id in ids[:SHOWN_IDS]) + (", …" if len(ids) > SHOWN_IDS else "")
    for count, what in (
        (vanished, f"Features that vanished by the inward buffer of {buffer:g}: {vanished:,}."),
        (burned.outside, f"Features outside of the reference raster: {burned.outside:,}."),
        (len(ids), f"Features that got no pixel, too small or covered by others: {len(ids):,} (id {shown})."),
        (
            burned.conflict_pixels,
            f"Pixels claimed by features of several classes: {burned.conflict_pixels:,}. The higher priority won, or "
            "else the later feature.",
        ),
    ):
        if count:
            feedback.warning(what)
    without = [name for name in names if not pixels[name]]
    if without:
        feedback.warning(f"Classes without any pixel: {', '.join(without)}.")
