"""A small image series whose classes differ by the pixels around each, and samples of it with their windows."""

import datetime

import numpy as np
from scenes import UTM, write_series

from chronocover.core.labels.legend import Legend
from chronocover.core.samples.samples import Samples
from chronocover.core.samples.surroundings import with_windows
from chronocover.core.series.image_series import ImageSeries

DATES = [datetime.date(2024, 3, 1) + datetime.timedelta(days=14 * i + i % 3) for i in range(7)]
VARIABLES = ["red", "nir"]
SIZE = 30
ORIGIN, PIXEL = (500000, 5100000), 10.0


def season_of_land():
    """What the two variables are like over the season, ``(dates, variables, 1, 1)``."""
    return np.sin(np.linspace(0.3, 2.8, len(DATES)))[:, None, None, None] * np.array([0.2, 0.6])[:, None, None]


def texture_scene(path, missing=0.1, seed=0):
    """An image series of smooth land to the west and striped land to the east, and the class code of each pixel.

    Every second column of the striped land looks just like smooth land: only its neighbours tell.
    """
    random = np.random.default_rng(seed)
    codes = np.where(np.arange(SIZE) < SIZE // 2, 1, 2) * np.ones((SIZE, 1), np.int64)
    stripes = (codes == 2) & (np.arange(SIZE) % 2 == 0)
    values = season_of_land() * np.where(stripes, 0.3, 1.0) + random.normal(0, 0.01, (len(DATES), 2, SIZE, SIZE))
    values[random.random(values.shape) < missing] = np.nan
    values[:, :, 4, 4] = np.nan  # never observed
    values[:, 1, 20, 20] = np.nan
    write_series(path, values.astype(np.float32), DATES, VARIABLES, nodata=np.nan, origin=ORIGIN, pixel=PIXEL)
    return str(path), codes


def samples_at(path, rows, columns, classes):
    """Samples of a series, without windows, as “Extract samples” gives them."""
    from osgeo import gdal
    from sample_tables import wkt

    values = gdal.Open(path).ReadAsArray().reshape(len(DATES), len(VARIABLES), SIZE, SIZE)
    places = np.column_stack([ORIGIN[0] + PIXEL * (columns + 0.5), ORIGIN[1] - PIXEL * (rows + 0.5)])
    return Samples(
        np.moveaxis(values[:, :, rows, columns], -1, 0).astype(np.float32),
        list(DATES),
        list(VARIABLES),
        np.array(classes, object),
        Legend.of_values(sorted(set(classes))),
        np.array([f"row {row // 5}" for row in rows], object),
        places.astype(np.float64),
        wkt(UTM),
    )


def texture_samples(path, codes, count=150, seed=1, side=3):
    """Samples at random observed pixels, with their windows."""
    random = np.random.default_rng(seed)
    rows, columns = np.divmod(random.permutation(SIZE * SIZE)[:count], SIZE)
    names = np.array(["", "smooth", "striped"], object)
    samples = samples_at(path, rows, columns, names[codes[rows, columns]].tolist())
    return with_windows(samples, ImageSeries.open(path), side) if side > 1 else samples
