"""Opening and creating raster files with GDAL, whichever way its exceptions are set in this process."""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

from osgeo import gdal

from .errors import ChronocoverError
from .files import free_room, write_failure
from .grid import Grid
from .provenance import Provenance

DRIVER_BY_EXTENSION = {
    ".tif": "GTiff",
    ".tiff": "GTiff",
    ".img": "HFA",
    ".vrt": "VRT",
    ".bil": "EHdr",
    ".dat": "ENVI",
    ".bsq": "ENVI",
    ".kea": "KEA",
    ".rst": "RST",
    ".sdat": "SAGA",
}
DEFAULT_OPTIONS = {
    "GTiff": ["TILED=YES", "COMPRESS=DEFLATE", "ZLEVEL=1", "BIGTIFF=IF_SAFER"],
    "HFA": ["COMPRESSED=YES", "USE_SPILL=NO"],
}


@functools.lru_cache(maxsize=1)
def quick_compression() -> tuple[str, ...]:
    """Creation options of GeoTIFFs with many bands: ZSTD where this GDAL writes it, for a fifth of DEFLATE's time.

    The files are as small. GDAL reads them from 2.3 on, if it was built with libzstd, as that of QGIS is.
    """
    options = gdal.GetDriverByName("GTiff").GetMetadataItem(gdal.DMD_CREATIONOPTIONLIST) or ""
    return ("COMPRESS=ZSTD", "ZSTD_LEVEL=1") if "<Value>ZSTD</Value>" in options else ()


def open_quietly(path: str, kind: int, drivers: Sequence[str] = ()) -> tuple[gdal.Dataset | None, str]:
    """Open a file for reading without a word; returns the dataset or None, and GDAL's reason, which may be empty.

    ``kind`` is GDAL's flag of a raster or vector; ``drivers`` limits the formats.
    """
    gdal.ErrorReset()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        dataset = gdal.OpenEx(path, kind | gdal.OF_READONLY, allowed_drivers=list(drivers))
        return dataset, gdal.GetLastErrorMsg()
    except RuntimeError as error:
        return None, str(error)
    finally:
        gdal.PopErrorHandler()


def open_raster(path: str, what: str = "raster") -> gdal.Dataset:
    """Open a raster for reading. Raises ChronocoverError that names the file, ``what`` it is, and GDAL's reason."""
    dataset, reason = open_quietly(path, gdal.OF_RASTER)
    if dataset is None:
        reason = reason or "it is not a raster that GDAL can read"
        raise ChronocoverError(f"Cannot open the {what} {path}: {reason}. Check that the file exists and is complete.")
    return dataset


def create_raster(
    path: str, grid: Grid, bands: int, gdal_type: int, nodata: float | None = None, options: Sequence[str] = ()
) -> gdal.Dataset:
    """Create a raster by its file extension (GeoTIFF if it is of no format), tiled and compressed by default.

    ``options`` are GDAL creation options ``NAME=VALUE`` and win over the defaults. Write inside
    :func:`core.files.atomic_output`.

    Raises:
        ChronocoverError: the format cannot be created here, or the options are refused.
    """
    extension = os.path.splitext(path)[1].lower()
    driver_name = DRIVER_BY_EXTENSION.get(extension, "GTiff")
    driver = gdal.GetDriverByName(driver_name)
    if extension not in DRIVER_BY_EXTENSION and extension[1:] in _extensions_of_formats():
        known = ", ".join(name for name, of_driver in DRIVER_BY_EXTENSION.items() if of_driver != "VRT")
        name = os.path.basename(path)
        raise ChronocoverError(f"Cannot create {name}: this format is not written. Use one of {known}.")
    if driver is None or driver_name == "VRT" or driver.GetMetadataItem(gdal.DCAP_CREATE) != "YES":
        raise ChronocoverError(f"Cannot create {os.path.basename(path)}: this GDAL writes no such files. Use .tif.")
    given = {option.split("=", 1)[0].upper() for option in options}
    defaults = [option for option in DEFAULT_OPTIONS.get(driver_name, []) if option.split("=", 1)[0] not in given]
    said: list[str] = []
    gdal.ErrorReset()
    gdal.PushErrorHandler(lambda kind, number, message: said.append(message))
    try:
        dataset = driver.Create(path, grid.width, grid.height, bands, gdal_type, [*defaults, *options])
        reason = gdal.GetLastErrorMsg()
    except RuntimeError as error:
        dataset, reason = None, str(error)
    finally:
        gdal.PopErrorHandler()
    refused = [message for message in said if options and "creation option" in message]  # GDAL itself only warns
    if refused:
        raise ChronocoverError(f"Cannot create {os.path.basename(path)}: {refused[0]} Correct the creation options.")
    if dataset is None:
        raise ChronocoverError(f"Cannot create {os.path.basename(path)}: {reason} ({free_room(path)} are free there).")
    dataset.SetGeoTransform(grid.transform)
    if grid.crs:
        dataset.SetProjection(grid.crs)
    if nodata is not None:
        for index in range(1, bands + 1):
            dataset.GetRasterBand(index).SetNoDataValue(nodata)
    return dataset


@functools.lru_cache(maxsize=1)
def _extensions_of_formats() -> frozenset[str]:
    """The extensions, without the dot, of all raster formats that GDAL knows: a GeoTIFF must not be called so."""
    drivers = [gdal.GetDriver(index) for index in range(gdal.GetDriverCount())]
    rasters = [driver for driver in drivers if driver.GetMetadataItem(gdal.DCAP_RASTER)]
    return frozenset(
        name.lower() for driver in rasters for name in (driver.GetMetadataItem(gdal.DMD_EXTENSIONS) or "").split()
    )


def errors_as_told() -> AbstractContextManager:
    """Within it GDAL tells its errors to the error handler, as it does where its exceptions are off.

    From GDAL 3.7 on, exceptions swallow what a format says while a file is closed, such as that the disk is full.
    """
    manager = getattr(gdal, "ExceptionMgr", None)
    return nullcontext() if manager is None else manager(useExceptions=False)


def close_raster(dataset: gdal.Dataset, path: str) -> None:
    """Flush what is still in memory; raises ChronocoverError if the disk does not take it.

    The caller must drop its own reference right afterwards: GDAL finishes the file when the last one goes.
    """
    gdal.ErrorReset()
    try:
        dataset.FlushCache()
        reason = gdal.GetLastErrorMsg() if gdal.GetLastErrorType() >= gdal.CE_Failure else ""
    except RuntimeError as error:
        reason = str(error)
    if reason:
        raise write_failure(path, reason)


def set_provenance(dataset: gdal.Dataset, provenance: Provenance) -> None:
    """Write where the raster came from into its metadata, beside what is there."""
    dataset.SetMetadata({**dataset.GetMetadata(), **provenance.as_metadata()})
