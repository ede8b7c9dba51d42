"""GeoPackages that are the same, byte for byte, when the same run writes them again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from osgeo import gdal

DATE = "2000-01-01T00:00:00Z"


@contextmanager
def steady_dates() -> Iterator[None]:
    """Have GDAL write a fixed date as the "last change" of the tables that this thread writes meanwhile."""
    before = gdal.GetThreadLocalConfigOption("OGR_CURRENT_DATE")
    gdal.SetThreadLocalConfigOption("OGR_CURRENT_DATE", DATE)
    try:
        yield
    finally:
        gdal.SetThreadLocalConfigOption("OGR_CURRENT_DATE", before)
