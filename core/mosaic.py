"""One virtual raster over the class maps of many tiles, which may lie in several CRS (UTM zones)."""

from __future__ import annotations

import collections
import math
import os
from collections.abc import Callable, Sequence
from xml.etree import ElementTree

from osgeo import gdal

from .errors import ChronocoverError
from .files import atomic_output
from .grid import Grid
from .labels.legend import Legend, write_legend, write_qml
from .provenance import Provenance
from .rasters import open_raster, set_provenance
from .series.stack_vrt import reference_to

WARPED_FOLDER = ".warped"


def write_mosaic(path: str, maps: Sequence[str], legend: Legend, provenance: Provenance) -> None:
    """Write a VRT that shows class maps of one legend side by side.

    Where maps overlap, the later one is seen, but for its pixels without data (0). The mosaic has the CRS of most maps;
    others are warped while they are read, by nearest neighbour, through VRTs in the folder ``PATH.warped`` beside it.
    Files are referred to relatively, so that a folder of maps can be moved as a whole.

    Raises:
        ChronocoverError: a map cannot be read, or the VRT cannot be written.
    """
    if not maps:
        raise ChronocoverError("There are no maps to put into a mosaic.")
    grids = [Grid.of_dataset(open_raster(name, "map")) for name in maps]
    crs = collections.Counter(grid.crs for grid in grids).most_common(1)[0][0]
    finest = min((grid for grid in grids if grid.crs == crs), key=lambda grid: grid.resolution)
    with atomic_output(path) as work:
        shown = []
        for name, grid in zip(maps, grids):
            if grid.crs == crs:
                shown.append((os.path.abspath(name), os.path.abspath(name)))
                continue
            stem = f"{len(shown) + 1}_{os.path.splitext(os.path.basename(name))[0]}.vrt"
            os.makedirs(work + WARPED_FOLDER, exist_ok=True)
            final = os.path.join(os.path.abspath(path) + WARPED_FOLDER, stem)
            _warp(name, finest, os.path.join(work + WARPED_FOLDER, stem))
            shown.append((os.path.join(work + WARPED_FOLDER, stem), final))
        _build(work, path, shown, finest.resolution, legend, provenance)
        for now, final in shown:
            if now != final:
                _refer(now, "SourceDataset", {}, final)


def _warp(name: str, pixels: Grid, work: str) -> None:
    """Write a VRT that shows a map on the pixels of another grid, beyond its extent."""
    source = open_raster(os.path.abspath(name), "map")

    def warped(**more: object) -> gdal.Dataset | None:
        options = {"format": "VRT", "dstSRS": pixels.crs, "resampleAlg": "near", "srcNodata": 0, "dstNodata": 0}
        return gdal.Warp("", source, options=gdal.WarpOptions(**options, **more))

    def on_pixels() -> gdal.Dataset | None:
        draft = warped()
        if draft is None:
            return None
        xmin, ymin, xmax, ymax = Grid.of_dataset(draft).extent
        (x_size, y_size), (x_origin, y_origin) = pixels.resolution, (pixels.transform[0], pixels.transform[3])
        left, right = math.floor((xmin - x_origin) / x_size), math.ceil((xmax - x_origin) / x_size)
        bottom, top = math.floor((ymin - y_origin) / y_size), math.ceil((ymax - y_origin) / y_size)
        bounds = (
            x_origin + left * x_size,
            y_origin + bottom * y_size,
            x_origin + right * x_size,
            y_origin + top * y_size,
        )
        return warped(outputBounds=bounds, width=right - left, height=top - bottom)

    ElementTree.ElementTree(_described(on_pixels, name)).write(work, encoding="utf-8")


def _build(
    work: str,
    path: str,
    shown: Sequence[tuple[str, str]],
    resolution: tuple[float, float],
    legend: Legend,
    provenance: Provenance,
) -> None:
    options = gdal.BuildVRTOptions(
        resolution="user", xRes=resolution[0], yRes=resolution[1], srcNodata=0, VRTNodata=0, resampleAlg="near"
    )

    def build() -> gdal.Dataset | None:
        mosaic = gdal.BuildVRT("", [now for now, _ in shown], options=options)
        if mosaic is not None:
            mosaic.GetRasterBand(1).SetDescription("class")
            set_provenance(mosaic, provenance)
            write_legend(mosaic, legend)
        return mosaic

    root = _described(build, path)
    ElementTree.ElementTree(root).write(work, encoding="utf-8")
    _refer(work, "SourceFilename", dict(shown), path)
    write_qml(work, legend)


def _described(make: Callable[[], gdal.Dataset | None], what: str) -> ElementTree.Element:
    """The XML of a VRT that GDAL makes in memory."""
    said: list[str] = []
    gdal.PushErrorHandler(lambda kind, number, message: said.append(message))
    try:
        dataset = make()
        text = dataset.GetMetadata("xml:VRT")[0] if dataset is not None else ""
    except RuntimeError as error:
        text, said = "", [str(error)]
    finally:
        gdal.PopErrorHandler()
    left_out = [message for message in said if "kipping" in message]  # GDAL only warns, and goes on without the map
    if left_out or not text:
        raise ChronocoverError(f"Cannot put {what} into the mosaic: {' '.join(left_out or said).rstrip('.')}.")
    return ElementTree.fromstring(text)


def _refer(work: str, tag: str, final_paths: dict[str, str], path: str) -> None:
    """Have the VRT at ``work``, which will lie at ``path``, name files where they will lie, relatively if possible."""
    folder = os.path.dirname(os.path.abspath(path))
    tree = ElementTree.parse(work)
    for element in tree.iter(tag):
        name, relative = reference_to(final_paths.get(element.text, element.text), True, folder)
        element.set("relativeToVRT", str(int(relative)))
        element.text = name
    tree.write(work, encoding="utf-8")
