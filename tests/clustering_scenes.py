"""Small image time series of seasonal curves, for the tests of the clustering algorithms."""

import numpy as np
from osgeo import gdal
from scenes import write_series
from season_curves import DATES, season_curves

ROWS, COLUMNS = 40, 60


def write_curve_series(path, kinds=3, noise=0.03, seed=0, missing=0.0, dates=DATES, **raster):
    """A series of NDVI as int16 of 1e-4, nodata -9999; returns its path and the kind of each pixel ``(rows, columns)``.

    The upper left 3 x 4 pixels have no data at all, and a share ``missing`` of the other values is missing.
    """
    values, kind = season_curves(ROWS * COLUMNS, kinds=kinds, noise=noise, seed=seed)
    stored = np.round(values.reshape(ROWS, COLUMNS, len(DATES), 1).transpose(2, 3, 0, 1) * 1e4).astype(np.int16)
    stored[np.random.default_rng(seed).random(stored.shape) < missing] = -9999
    stored[:, :, :3, :4] = -9999
    return write_series(path, stored, dates, ["ndvi"], scale=1e-4, nodata=-9999, **raster), kind.reshape(ROWS, COLUMNS)


def read(path):
    """All values of a raster's first band."""
    dataset = gdal.Open(str(path))
    return dataset.GetRasterBand(1).ReadAsArray()


def matches(labels, kind):
    """Whether each kind is one label and each label one kind, for nearly all pixels with a label."""
    known = labels > 0
    table = np.zeros((labels.max() + 1, kind.max() + 1), int)
    np.add.at(table, (labels[known], kind[known]), 1)
    largest = np.sort(table, axis=0)[-1]
    return largest.sum() / known.sum() > 0.95 and len(set(table.argmax(axis=0))) == kind.max() + 1
