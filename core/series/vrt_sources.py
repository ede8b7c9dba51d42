"""Which file and band each band of a VRT merely copies, so that the file can be read without the VRT between."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from xml.etree import ElementTree

from osgeo import gdal

from ..errors import ChronocoverError
from ..grid import Window
from ..rasters import open_raster

SOURCES = {"SimpleSource", "ComplexSource", "AveragedSource", "KernelFilteredSource", "NoDataFromMaskSource"}
CALCULATING = re.compile(
    rb"<(ScaleOffset|ScaleRatio|SrcMin|Exponent|LUT|AveragedSource|KernelFilteredSource|PixelFunctionType|Expression)\b"
    rb"|\bresampling=",
    re.IGNORECASE,
)
COPYING = {"SourceFilename", "SourceBand", "SourceProperties", "SrcRect", "DstRect", "NODATA"}


@dataclass(frozen=True)
class CopiedBand:
    """A band that is a file's band, pixel by pixel.

    ``window`` is where it lies in the VRT; the pixel at its corner is the file's at ``column``, ``row``.
    """

    path: str
    band: int
    column: int
    row: int
    window: Window


def copied_bands(dataset: gdal.Dataset) -> dict[int, CopiedBand]:
    """The plain copies among the bands of an open raster, by band number; empty if it is no VRT.

    A band is a plain copy if it has one source, of its own data type, at its own resolution, without scaling, lookup,
    mask or pixel function, and if it says what lies outside of the source (nodata) or nothing does.
    """
    if dataset.GetDriver().ShortName != "VRT":
        return {}
    text = dataset.GetMetadata("xml:VRT")
    if not text:
        return {}
    root = ElementTree.fromstring(text[0])
    if root.get("subClass"):  # warped, pansharpened or processed
        return {}
    folder = os.path.dirname(dataset.GetDescription())
    whole = Window(0, 0, dataset.RasterXSize, dataset.RasterYSize)
    properties = _SourceProperties()
    found = {}
    for index, element in enumerate(root.findall("VRTRasterBand"), start=1):
        copied = _copied_band(element, folder, whole, properties)
        if copied is not None:
            found[index] = copied
    return found


def calculates(path: str) -> bool:
    """Whether a file is a VRT that makes new numbers of those of its sources, by scaling or averaging, say.

    GDAL rounds them to the data type of their band only if they are read as such.
    """
    status = gdal.VSIStatL(path) if path.lower().endswith(".vrt") else None
    file = gdal.VSIFOpenL(path, "rb") if status is not None else None
    if file is None:
        return False
    try:
        return CALCULATING.search(bytes(gdal.VSIFReadL(1, status.size, file) or b"")) is not None
    finally:
        gdal.VSIFCloseL(file)


class _SourceProperties:
    """Size and data type of the sources' bands: from the VRT, or from the file where the VRT does not say."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[int, int, list[str]] | None] = {}

    def of(self, source: ElementTree.Element, path: str, band: int) -> tuple[int, int, str] | None:
        element = source.find("SourceProperties")
        if element is not None and {"RasterXSize", "RasterYSize", "DataType"} <= set(element.keys()):
            return int(element.get("RasterXSize")), int(element.get("RasterYSize")), element.get("DataType")
        if path not in self._files:
            self._files[path] = self._of_file(path)
        found = self._files[path]
        return (found[0], found[1], found[2][band - 1]) if found and 0 < band <= len(found[2]) else None

    @staticmethod
    def _of_file(path: str) -> tuple[int, int, list[str]] | None:
        try:
            dataset = open_raster(path)
        except ChronocoverError:
            return None  # reading it through the VRT will say so
        bands = [dataset.GetRasterBand(index + 1) for index in range(dataset.RasterCount)]
        return dataset.RasterXSize, dataset.RasterYSize, [gdal.GetDataTypeName(band.DataType) for band in bands]


def _copied_band(
    element: ElementTree.Element, folder: str, whole: Window, properties: _SourceProperties
) -> CopiedBand | None:
    sources = [child for child in element if child.tag in SOURCES]
    if element.get("subClass", "VRTSourcedRasterBand") != "VRTSourcedRasterBand" or len(sources) != 1:
        return None
    source = sources[0]
    band_nodata = element.findtext("NoDataValue")
    if source.tag not in ("SimpleSource", "ComplexSource") or {child.tag for child in source} - COPYING:
        return None
    source_nodata = source.findtext("NODATA")
    if source_nodata is not None and not _same_number(source_nodata, band_nodata):
        return None  # what equals the source's nodata becomes the band's, so it is no copy
    path = _path(source.find("SourceFilename"), folder)
    band = source.findtext("SourceBand", "1")
    if path is None or not band.isdigit():
        return None
    of_source = properties.of(source, path, int(band))
    if of_source is None or of_source[2] != element.get("dataType", "Byte"):
        return None
    size = of_source[:2]
    origin = _rectangle(source.find("SrcRect"), (0, 0, *size))
    target = _rectangle(source.find("DstRect"), (0, 0, whole.width, whole.height))
    if origin is None or target is None or origin[2:] != target[2:]:
        return None
    window = _inside(Window(*target), whole)
    if window is None or (window != whole and band_nodata is None):
        return None
    column, row = origin[0] + window.column - target[0], origin[1] + window.row - target[1]
    if column < 0 or row < 0 or column + window.width > size[0] or row + window.height > size[1]:
        return None
    return CopiedBand(path, int(band), column, row, window)


def _rectangle(element: ElementTree.Element | None, default: tuple[int, ...]) -> tuple[int, ...] | None:
    """Whole numbers of pixels, else None."""
    if element is None:
        return default
    numbers = [float(element.get(key, "nan")) for key in ("xOff", "yOff", "xSize", "ySize")]
    if not all(abs(number - round(number)) < 1e-3 for number in numbers if number == number):
        return None
    return None if any(number != number for number in numbers) else tuple(round(number) for number in numbers)


def _inside(window: Window, whole: Window) -> Window | None:
    left, top = max(0, window.column), max(0, window.row)
    right, bottom = min(whole.width, window.column + window.width), min(whole.height, window.row + window.height)
    return Window(left, top, right - left, bottom - top) if right > left and bottom > top else None


def _path(element: ElementTree.Element | None, folder: str) -> str | None:
    if element is None or not element.text:
        return None
    if element.get("relativeToVRT") != "1":
        return element.text
    joined = os.path.join(folder, element.text)
    return joined if gdal.VSIStatL(joined) is not None else None  # a subdataset's name, for instance


def _same_number(a: str, b: str | None) -> bool:
    if b is None:
        return False
    x, y = float(a), float(b)
    return x == y or (x != x and y != y)
