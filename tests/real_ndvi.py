"""The cloudy Sentinel-2 NDVI series of the real imagery, as an array."""

import datetime

import numpy as np
from osgeo import gdal


def slovenia_ndvi(data_folder):
    """NDVI float32 ``(pixels, dates, 1)``, NaN under clouds, and the days ``(dates,)`` since the first date."""
    paths = sorted((data_folder / "slovenia_sentinel2").glob("S2_*_NDVI.tif"))
    dates = [datetime.datetime.strptime(path.name[3:11], "%Y%m%d").date() for path in paths]
    images = []
    for path in paths:
        ndvi = gdal.Open(str(path)).ReadAsArray().astype(np.float32) * np.float32(1e-4)
        cloudy = gdal.Open(str(path).replace("_NDVI", "_CLM")).ReadAsArray() != 0
        ndvi[cloudy | (ndvi < -3)] = np.nan
        images.append(ndvi.ravel())
    days = np.array([(date - dates[0]).days for date in dates])
    return np.stack(images, axis=1)[:, :, None], days
