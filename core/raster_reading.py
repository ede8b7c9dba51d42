"""Reading one band of a raster block by block, on the grid of the run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from osgeo import gdal

from .errors import ChronocoverError
from .grid import Grid, Window
from .rasters import open_raster

BUFFER_TYPES = {
    "uint8": gdal.GDT_Byte,
    "uint16": gdal.GDT_UInt16,
    "int16": gdal.GDT_Int16,
    "uint32": gdal.GDT_UInt32,
    "int32": gdal.GDT_Int32,
    "float32": gdal.GDT_Float32,
    "float64": gdal.GDT_Float64,
}
NUMPY_TYPES = {gdal_type: name for name, gdal_type in BUFFER_TYPES.items()}


@dataclass(frozen=True)
class RasterSource:
    """One band of a raster as a source; a reader gives ``(rows, columns)`` of the stored values and type.

    On another grid than ``grid`` it is taken onto it by nearest neighbour; outside of it lies nodata, or 0 without it.
    """

    path: str
    grid: Grid
    band: int = 1
    nodata: float | None = None
    block_size: tuple[int, int] = (256, 256)
    bytes_per_pixel: int = 8
    working_bytes_per_pixel: int = 0
    cache_bytes: int = 4 << 20
    open_bytes: int = 2 << 20

    @property
    def files(self) -> list[str]:
        """All files that are read."""
        return [self.path]

    @classmethod
    def on_grid(cls, path: str, grid: Grid, band: int = 1) -> RasterSource:
        """The source of a raster's band. Raises ChronocoverError if it cannot be opened or lacks the band."""
        dataset = open_raster(path)
        if band > dataset.RasterCount:
            raise ChronocoverError(f"{path} has {dataset.RasterCount} bands, so there is no band {band}.")
        return cls(path, grid, band, dataset.GetRasterBand(band).GetNoDataValue())

    def open(self) -> RasterReader:
        """A reader for the calling thread."""
        return RasterReader(self)

    def physical(self, stored: np.ndarray) -> np.ndarray:
        """The same: codes are used as they are stored."""
        return stored


class RasterReader:
    """Reads windows of a :class:`RasterSource`; used by one thread."""

    def __init__(self, source: RasterSource) -> None:
        self._source = source
        dataset = open_raster(source.path)
        if not Grid.of_dataset(dataset).same_as(source.grid):
            dataset = _onto_grid(dataset, source)
        self._dataset = dataset
        self._type = NUMPY_TYPES.get(dataset.GetRasterBand(source.band).DataType, "float64")

    def read(self, window: Window) -> np.ndarray:
        """The window's stored values ``(rows, columns)``. Raises ChronocoverError if the file is damaged."""
        values = np.empty((window.height, window.width), dtype=self._type)
        read_into(
            self._dataset,
            window,
            [self._source.band],
            BUFFER_TYPES[self._type],
            memoryview(values).cast("B"),
            (values.itemsize, values.strides[0], 0),
            self._source.path,
        )
        return values

    read_stored = read

    def close(self) -> None:
        """Close the file."""
        self._dataset = None


def read_into(
    dataset: gdal.Dataset,
    window: Window,
    bands: list[int],
    gdal_type: int,
    buffer: memoryview,
    spaces: tuple[int, int, int],
    name: str,
) -> None:
    """Let GDAL fill a buffer; ``spaces`` are the bytes from pixel to pixel, line to line and band to band.

    Raises:
        ChronocoverError: the file called ``name`` is damaged or incomplete; says which pixels cannot be read.
    """
    gdal.ErrorReset()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        done = dataset.ReadRaster(
            window.column,
            window.row,
            window.width,
            window.height,
            buf_type=gdal_type,
            band_list=bands,
            buf_pixel_space=spaces[0],
            buf_line_space=spaces[1],
            buf_band_space=spaces[2],
            buf_obj=buffer,
        )
        reason = "" if done is not None else gdal.GetLastErrorMsg() or "unknown error"
    except RuntimeError as error:
        reason = str(error)
    finally:
        gdal.PopErrorHandler()
    if reason:
        reason = _missing_behind(dataset) or reason
        columns = f"columns {window.column:,} to {window.column + window.width - 1:,}"
        rows = f"rows {window.row:,} to {window.row + window.height - 1:,}"
        reason = " ".join(reason.split()).rstrip(".")
        raise ChronocoverError(
            f"Cannot read {name}, {columns}, {rows}: {reason}. The file may be damaged or incomplete; get it again."
        )


def _missing_behind(dataset: gdal.Dataset) -> str:
    """Why a VRT that this one refers to cannot be opened, mostly for a missing image, of which GDAL does not tell."""
    failures: list[str] = []

    def collect(kind: int, number: int, message: str) -> None:
        if kind >= gdal.CE_Failure:
            failures.append(message)

    gdal.PushErrorHandler(collect)
    try:
        for path in dataset.GetFileList() or []:
            if path.lower().endswith(".vrt"):
                gdal.OpenEx(path, gdal.OF_RASTER)
    except RuntimeError as error:
        failures.append(str(error))
    finally:
        gdal.PopErrorHandler()
    return failures[0] if failures else ""


def _onto_grid(dataset: gdal.Dataset, source: RasterSource) -> gdal.Dataset:
    grid = source.grid
    try:
        warped = gdal.Warp(
            "",
            dataset,
            format="VRT",
            dstSRS=grid.crs or None,
            outputBounds=grid.extent,
            width=grid.width,
            height=grid.height,
            resampleAlg="near",
        )
        reason = gdal.GetLastErrorMsg()
    except RuntimeError as error:
        warped, reason = None, str(error)
    if warped is None:
        raise ChronocoverError(f"{source.path} cannot be brought onto the grid of the images: {reason}. Check its CRS.")
    return warped
