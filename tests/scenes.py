"""Small rasters for the tests."""

import datetime

import numpy as np
from osgeo import gdal, osr

from chronocover.core.series.image_series import QUALITY, SeriesBand, describe_bands

UTM = 32633
GDAL_TYPES = {
    "uint8": gdal.GDT_Byte,
    "uint16": gdal.GDT_UInt16,
    "int16": gdal.GDT_Int16,
    "int32": gdal.GDT_Int32,
    "float32": gdal.GDT_Float32,
    "float64": gdal.GDT_Float64,
}


def write_raster(path, array, epsg=UTM, origin=(500000, 5100000), pixel=10.0, nodata=None, options=()):
    """Write ``(bands, rows, columns)`` or ``(rows, columns)`` as a GeoTIFF and return its path."""
    array = np.asarray(array)
    array = array[None] if array.ndim == 2 else array
    bands, rows, columns = array.shape
    dataset = gdal.GetDriverByName("GTiff").Create(
        str(path), columns, rows, bands, GDAL_TYPES[array.dtype.name], list(options)
    )
    dataset.SetGeoTransform((origin[0], pixel, 0, origin[1], 0, -pixel))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(epsg)
    dataset.SetProjection(reference.ExportToWkt())
    for index in range(bands):
        dataset.GetRasterBand(index + 1).WriteArray(array[index])
        if nodata is not None:
            dataset.GetRasterBand(index + 1).SetNoDataValue(nodata)
    dataset = None
    return str(path)


def write_series(path, values, dates, variables, quality=(), scale=1.0, offset=0.0, nodata=None, **raster):
    """Write ``(dates, variables, rows, columns)`` as an image series and return its path.

    ``dates`` are ISO texts or dates; ``quality`` names the variables with the role quality; ``values`` are as stored.
    """
    values = np.asarray(values)
    write_raster(path, values.reshape(-1, *values.shape[2:]), nodata=nodata, **raster)
    days = [datetime.date.fromisoformat(str(date)) for date in dates]
    bands = [
        SeriesBand(
            index=t * len(variables) + v + 1,
            date=day,
            variable=name,
            role=QUALITY if name in quality else "data",
            nodata=nodata,
            scale=1.0 if name in quality else scale,
            offset=0.0 if name in quality else offset,
        )
        for t, day in enumerate(days)
        for v, name in enumerate(variables)
    ]
    dataset = gdal.OpenEx(str(path), gdal.OF_RASTER | gdal.OF_UPDATE)
    describe_bands(dataset, bands)
    dataset = None
    return str(path)
