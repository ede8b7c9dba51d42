"""Pictures of class rasters for reports: small PNG files, made by GDAL alone."""

from __future__ import annotations

import numpy as np
from osgeo import gdal, gdal_array

from ..errors import ChronocoverError
from ..grid import Window
from ..labels.legend import Legend
from ..rasters import open_raster

BACKGROUND = (255, 255, 255)
UNKNOWN_CODE = (128, 128, 128)
FRAME = (190, 198, 194)
MEMORY_FILE = "/vsimem/chronocover_picture_{}.png"


def class_map_png(
    raster_path: str, legend: Legend, largest_side: int = 900, window: Window | None = None, sparse: bool = False
) -> bytes:
    """A class raster in the colours of its legend, as the bytes of a PNG file with a thin frame.

    A raster larger than ``largest_side`` pixels is thinned out to that size; a small one is enlarged by a whole factor,
    so that its pixels stay squares. White is 0 and nodata; grey is a code that the legend does not know.

    Args:
        raster_path: a raster whose first band holds class codes.
        legend: names and colours of the codes.
        largest_side: width or height of the picture at most, in pixels.
        window: the part to show; None shows all.
        sparse: whether scattered labels must stay visible in a raster that is thinned out (slower): a pixel of the
            picture then shows the commonest label below it, instead of the one pixel at its place.

    Raises:
        ChronocoverError: the raster cannot be opened or read.
    """
    codes = _read_codes(raster_path, largest_side, window, sparse)
    colors = np.full((65536, 3), UNKNOWN_CODE, dtype=np.uint8)
    colors[0] = BACKGROUND
    for land_class in legend.classes:
        colors[land_class.code] = land_class.color
    pixels = colors[codes]
    factor = max(1, largest_side // max(codes.shape))
    pixels = np.repeat(np.repeat(pixels, factor, axis=0), factor, axis=1)
    framed = np.empty((pixels.shape[0] + 2, pixels.shape[1] + 2, 3), dtype=np.uint8)
    framed[:] = FRAME
    framed[1:-1, 1:-1] = pixels
    return png_of_array(framed)


def _read_codes(raster_path: str, largest_side: int, window: Window | None, sparse: bool) -> np.ndarray:
    dataset = open_raster(raster_path, "class raster")
    window = window or Window(0, 0, dataset.RasterXSize, dataset.RasterYSize)
    shrink = min(1.0, largest_side / max(window.width, window.height))
    band = dataset.GetRasterBand(1)
    gdal.ErrorReset()
    try:
        codes = band.ReadAsArray(
            window.column,
            window.row,
            window.width,
            window.height,
            buf_xsize=max(1, round(window.width * shrink)),
            buf_ysize=max(1, round(window.height * shrink)),
            buf_type=gdal.GDT_UInt16,  # clamps negative nodata values to 0
            resample_alg=gdal.GRIORA_Mode if sparse and shrink < 1 else gdal.GRIORA_NearestNeighbour,
        )
        reason = gdal.GetLastErrorMsg()
    except RuntimeError as error:
        codes, reason = None, str(error)
    if codes is None:
        raise ChronocoverError(f"Cannot read the class raster {raster_path}: {reason}. Is the file complete?")
    nodata = band.GetNoDataValue()
    if nodata is not None and 0 < nodata <= 65535:
        codes[codes == int(nodata)] = 0
    return codes


def png_of_array(pixels: np.ndarray) -> bytes:
    """A picture as the bytes of a PNG file; ``pixels`` is uint8 ``(rows, columns, 3)``, red, green, blue."""
    path = MEMORY_FILE.format(id(pixels))
    bands = np.ascontiguousarray(pixels.transpose(2, 0, 1))
    gdal.GetDriverByName("PNG").CreateCopy(path, gdal_array.OpenArray(bands))
    file = gdal.VSIFOpenL(path, "rb")
    try:
        return bytes(gdal.VSIFReadL(1, gdal.VSIStatL(path).size, file))
    finally:
        gdal.VSIFCloseL(file)
        gdal.Unlink(path)
