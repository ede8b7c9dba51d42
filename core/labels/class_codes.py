"""Class rasters: opening them, and the class codes in their stored values."""

from __future__ import annotations

import numpy as np
from osgeo import gdal

from ..errors import ChronocoverError
from ..rasters import open_raster
from .legend import LARGEST_CODE


def open_class_raster(path: str) -> gdal.Dataset:
    """Open a raster of class codes. Raises ChronocoverError if it cannot be opened, or is an image time series."""
    dataset = open_raster(path, "class raster")
    items = dataset.GetRasterBand(1).GetMetadata()
    if "DATE" in items and "VARIABLE" in items:
        raise ChronocoverError(f"{path} is an image time series, no class raster. Choose rasterized labels or a map.")
    return dataset


def class_codes(values: np.ndarray, nodata: float | None, name: str) -> np.ndarray:
    """int64 class codes of a raster's stored values, 0 where they are ``nodata`` or NaN.

    Raises:
        ChronocoverError: a value is no class code; ``name`` is the raster's.
    """
    missing = np.isnan(values) if values.dtype.kind == "f" else np.zeros(values.shape, dtype=bool)
    if nodata is not None:
        missing |= values == nodata
    known = np.where(missing, 0, values)
    wrong = (known < 0) | (known > LARGEST_CODE) | (known != np.trunc(known))
    if wrong.any():
        raise ChronocoverError(
            f"The class raster {name} holds the value {known[wrong][0]:g}. Classes are whole numbers from 1 to "
            f"{LARGEST_CODE}, and 0 where there is none."
        )
    return known.astype(np.int64)
