"""Warping an image onto a grid on the fly: a VRT that GDAL warps while it is read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from osgeo import gdal

from ..errors import ChronocoverError
from ..grid import Grid
from ..rasters import open_raster
from .inventory import Entry
from .stack_vrt import reference_to

RESAMPLING = {"bilinear": "bilinear", "cubic": "cubic", "average": "average", "nearest": "near"}


@dataclass(frozen=True)
class WarpedImage:
    """A written warped VRT: its final path and the size of its blocks."""

    path: str
    block: tuple[int, int]


def warp_image(
    entry: Entry,
    bands: Sequence[int],
    grid: Grid,
    resampling: str,
    storage: tuple[int, float],
    paths: tuple[str, str],
) -> WarpedImage:
    """Write a VRT that shows some bands of an image on ``grid``.

    Nodata pixels of the image take no part in the resampling, so that edges do not bleed.

    Args:
        entry: one of the bands; its path, nodata value and data type hold for all.
        bands: the bands of the image to show, from 1, in order.
        grid: the grid wanted.
        resampling: a key of :data:`RESAMPLING`.
        storage: data type and nodata value of the result.
        paths: where the VRT will lie, and where to write it now.

    Raises:
        ChronocoverError: GDAL cannot warp it (says why) or the VRT cannot be written.
    """
    final_path, work_path = paths
    gdal_type, nodata = storage
    xmin, ymin, xmax, ymax = grid.extent
    source = open_raster(entry.path, "image")
    options = gdal.WarpOptions(
        format="VRT",
        outputBounds=(xmin, ymin, xmax, ymax),
        width=grid.width,
        height=grid.height,
        dstSRS=grid.crs or None,
        srcNodata=None if entry.nodata is None else _text(entry.nodata),
        dstNodata=_text(nodata),
        outputType=gdal_type,
        resampleAlg=RESAMPLING[resampling],
        # Bands are valid each for itself; overviews would change values.
        warpOptions=["UNIFIED_SRC_NODATA=NO"],
        overviewLevel="NONE",
        options=["-nosrcalpha"],
    )
    gdal.ErrorReset()
    try:
        warped = gdal.Warp("", source, options=options)
        reason = gdal.GetLastErrorMsg()
    except RuntimeError as error:
        warped, reason = None, str(error)
    if warped is None:
        raise ChronocoverError(f"Cannot put {entry.path} on the grid of the series: {reason.rstrip('.')}.")
    text = warped.GetMetadata("xml:VRT")[0]
    block = tuple(warped.GetRasterBand(1).GetBlockSize())
    root = ElementTree.fromstring(text)
    _keep_bands(root, list(bands))
    _refer_to_source(root, entry, os.path.dirname(final_path))
    try:
        ElementTree.ElementTree(root).write(work_path, encoding="utf-8")
    except OSError as error:
        raise ChronocoverError(f"Cannot write {final_path} ({error.strerror}). Choose another folder.") from error
    return WarpedImage(final_path, block)


def _text(nodata: float) -> str:
    return repr(float(nodata))


def _keep_bands(root: ElementTree.Element, bands: list[int]) -> None:
    for element in root.findall("VRTRasterBand"):
        index = int(element.get("band"))
        if index in bands:
            element.set("band", str(bands.index(index) + 1))
        else:
            root.remove(element)
    band_list = root.find("GDALWarpOptions/BandList")
    for mapping in band_list.findall("BandMapping"):
        index = int(mapping.get("src"))
        if index in bands:
            mapping.set("dst", str(bands.index(index) + 1))
        else:
            band_list.remove(mapping)


def _refer_to_source(root: ElementTree.Element, entry: Entry, folder: str) -> None:
    element = root.find("GDALWarpOptions/SourceDataset")
    name, relative = reference_to(entry.path, entry.is_file, folder)
    element.set("relativeToVRT", str(int(relative)))
    element.text = name
