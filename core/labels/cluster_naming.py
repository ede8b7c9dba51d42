"""Clusters to classes: which class most labels in each cluster have, and the cluster raster recoded to classes."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from osgeo import gdal

from ..blocks import Block, BlockSource, EngineOptions
from ..engine import plan_blocks, run_blocks
from ..errors import ChronocoverError
from ..feedback import Feedback
from ..files import atomic_output
from ..provenance import Provenance
from ..raster_reading import RasterSource
from ..raster_writing import RasterOutput, raster_writer
from ..rasters import open_raster, set_provenance
from .checking import LabelCheck
from .class_codes import class_codes
from .features import LabelFeatures
from .legend import LARGEST_CODE, LandClass, Legend, read_legend, write_legend, write_qml
from .rasterization import LabelBurner

UNNAMED = "unnamed"
UNNAMED_COLOR = (160, 160, 160)
BYTES_PER_PIXEL = 60
CSV_COLUMNS = ("cluster", "name", "class", "purity", "labelled_pixels", "pixels", "area_ha")


@dataclass(frozen=True)
class Votes:
    """Labelled pixels of each class in each cluster: ``counts[cluster code][class name]``, and the classes' legend."""

    counts: dict[int, dict[str, int]]
    legend: Legend


@dataclass(frozen=True)
class NamedCluster:
    """A cluster and its class; empty if it has none. ``votes`` are its labelled pixels by class, the most first."""

    code: int
    name: str
    class_name: str
    pixels: int
    area_ha: float
    votes: dict[str, int]

    @property
    def labelled(self) -> int:
        """Labelled pixels in the cluster."""
        return sum(self.votes.values())

    @property
    def purity(self) -> float:
        """Share of its labelled pixels that are of its class; NaN without labels."""
        return self.votes.get(self.class_name, 0) / self.labelled if self.labelled else float("nan")


def votes_of_features(
    path: str, labels: LabelFeatures, check: LabelCheck, options: EngineOptions, feedback: Feedback
) -> Votes:
    """Count the labelled pixels in each cluster of a raster. A pixel that features of different classes claim is none.

    Args:
        path: the cluster raster.
        labels: points or polygons in its CRS; a polygon has the pixels whose centre it holds.
        check: what the raster holds.
        options: memory and threads.
        feedback: progress and cancelling.

    Raises:
        ChronocoverError: no label lies in a cluster.
    """
    burner = LabelBurner(labels, check.grid)
    codes = np.array([0, *burner.codes])

    def classes(block: Block) -> np.ndarray:
        owners = codes[burner.burn(block.window)]
        owners[burner.conflicts(block.window)] = 0
        return owners

    return _count(path, classes, [], labels.legend, check, burner.touches, options, feedback)


def votes_of_raster(path: str, label_path: str, check: LabelCheck, options: EngineOptions, feedback: Feedback) -> Votes:
    """Count a class raster's pixels in each cluster of another one; its nearest pixels where the grids differ.

    Arguments and errors as in :func:`votes_of_features`.
    """
    source = RasterSource.on_grid(label_path, check.grid)

    def classes(block: Block, stored: np.ndarray) -> np.ndarray:
        return class_codes(stored, source.nodata, label_path)

    legend = read_legend(open_raster(label_path)) or Legend(())
    return _count(path, classes, [source], legend, check, None, options, feedback)


def _count(
    path: str,
    classes: Callable[..., np.ndarray],
    sources: Sequence[BlockSource],
    legend: Legend,
    check: LabelCheck,
    touches: Callable | None,
    options: EngineOptions,
    feedback: Feedback,
) -> Votes:
    clusters = RasterSource.on_grid(path, check.grid)
    totals: dict[int, int] = {}

    def compute(block: Block, stored: np.ndarray, *others: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        found = classes(block, *others)
        both = class_codes(stored, clusters.nodata, path) * (LARGEST_CODE + 1) + found
        return np.unique(both[found > 0], return_counts=True)

    def consume(block: Block, result: tuple[np.ndarray, np.ndarray]) -> None:
        for both, number in zip(*(part.tolist() for part in result)):
            totals[both] = totals.get(both, 0) + number

    run_blocks(
        check.grid,
        [clusters, *sources],
        compute,
        consume,
        select=touches,
        bytes_per_pixel=BYTES_PER_PIXEL,
        options=options,
        feedback=feedback,
    )
    pairs = {divmod(both, LARGEST_CODE + 1): number for both, number in totals.items()}
    legend = _with_all({code for (cluster, code) in pairs if cluster}, legend)
    names = dict(zip(legend.codes, legend.names))
    counts: dict[int, dict[str, int]] = {}
    for (cluster, code), number in pairs.items():
        if cluster:
            counts.setdefault(cluster, {})[names[code]] = number
    if not counts:
        raise ChronocoverError(
            f"No label lies in a cluster of {path}. Check that they cover the same place, and that both have the right "
            "CRS."
        )
    return Votes(counts, legend)


def _with_all(codes: set[int], legend: Legend) -> Legend:
    """The legend with classes for ``codes`` that it does not know."""
    known = {c.name: c.code for c in legend.classes}
    unnamed = {str(code): code for code in codes - set(known.values())}
    return Legend.of_codes({**known, **unnamed}, {c.name: c.color for c in legend.classes}) if unnamed else legend


def name_by_votes(check: LabelCheck, votes: Votes, least_purity: float = 0.0) -> list[NamedCluster]:
    """Give each cluster the class that most of its labelled pixels have, the lower code among equals.

    A cluster without labels, or of which less than the share ``least_purity`` of the labels agrees, gets none.
    """
    order = {name: index for index, name in enumerate(votes.legend.names)}
    named = []
    for found in check.classes:
        counts = sorted(votes.counts.get(found.code, {}).items(), key=lambda item: (-item[1], order[item[0]]))
        total = sum(number for _, number in counts)
        best = counts[0][0] if counts and counts[0][1] >= least_purity * total else ""
        named.append(NamedCluster(found.code, found.name, best, found.pixels, found.area_ha, dict(counts)))
    return named


def name_by_table(check: LabelCheck, names: Mapping[str, str]) -> list[NamedCluster]:
    """Give clusters the classes of a table: class by the cluster's number or name, as text.

    Raises:
        ChronocoverError: the table knows no cluster of the raster.
    """
    named = [
        NamedCluster(c.code, c.name, names.get(str(c.code)) or names.get(c.name) or "", c.pixels, c.area_ha, {})
        for c in check.classes
    ]
    if not any(cluster.class_name for cluster in named):
        known = ", ".join(str(cluster.code) for cluster in named[:12])
        raise ChronocoverError(
            f"The table names none of the raster's clusters, which are {known}. It names: "
            f"{', '.join(list(names)[:12]) or 'nothing'}. Check the field of the cluster."
        )
    return named


def class_legend(clusters: Sequence[NamedCluster], legend: Legend, keep_unnamed: bool) -> Legend:
    """The legend of the classes that clusters got, and of ``unnamed`` if clusters without a class are to be kept."""
    used = {cluster.class_name for cluster in clusters}
    classes = [land_class for land_class in legend.classes if land_class.name in used]
    if keep_unnamed and "" in used and UNNAMED not in used:
        highest = max(legend.codes, default=0) + 1
        free = highest if highest <= LARGEST_CODE else min(set(range(1, LARGEST_CODE)) - set(legend.codes))
        classes.append(LandClass(free, UNNAMED, UNNAMED_COLOR))
    return Legend(tuple(sorted(classes, key=lambda land_class: land_class.code)))


def write_classes(
    path: str,
    clusters: Sequence[NamedCluster],
    legend: Legend,
    check: LabelCheck,
    output: str,
    provenance: Provenance,
    options: EngineOptions,
    feedback: Feedback,
) -> int:
    """Write the cluster raster recoded to the classes of ``legend``; returns the number of pixels with a class.

    Clusters without a class get ``unnamed`` if the legend has it, else 0. Errors as for all rasters.
    """
    source = RasterSource.on_grid(path, check.grid)
    code_of = {land_class.name: land_class.code for land_class in legend.classes}
    table = np.zeros(LARGEST_CODE + 1, dtype=np.uint16)
    is_class = any(cluster.class_name == UNNAMED for cluster in clusters)
    without_class = 0 if is_class else code_of.get(UNNAMED, 0)
    for cluster in clusters:
        table[cluster.code] = code_of.get(cluster.class_name, without_class)
    pixels = 0

    def describe(dataset: gdal.Dataset, target: str) -> None:
        dataset.GetRasterBand(1).SetDescription("class")
        set_provenance(dataset, provenance)
        write_legend(dataset, legend)
        write_qml(target, legend)

    def compute(block: Block, stored: np.ndarray) -> np.ndarray:
        return table[class_codes(stored, source.nodata, path)]

    def consume(block: Block, codes: np.ndarray) -> None:
        nonlocal pixels
        pixels += int(np.count_nonzero(codes))
        writer.write(block.window, codes)

    plan = plan_blocks(check.grid, [source], bytes_per_pixel=BYTES_PER_PIXEL, options=options)
    with raster_writer(
        check.grid, [RasterOutput(output, 1, legend.gdal_type, 0, describe)], tile=plan.tile, feedback=feedback
    ) as writer:
        run_blocks(check.grid, [source], compute, consume, options=options, feedback=feedback, plan=plan)
    return pixels


def write_names(path: str, clusters: Sequence[NamedCluster]) -> None:
    """Write which class each cluster got as CSV, one row a cluster: a table that can be edited and used again."""
    with atomic_output(path) as target, open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(CSV_COLUMNS)
        for c in clusters:
            purity = round(c.purity, 6) if c.labelled else ""
            writer.writerow([c.code, c.name, c.class_name, purity, c.labelled, c.pixels, round(c.area_ha, 6)])
