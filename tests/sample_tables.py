"""Samples for the tests."""

import datetime

import numpy as np
from osgeo import osr

from chronocover.core.labels.legend import Legend
from chronocover.core.samples.samples import Samples


def wkt(epsg):
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(epsg)
    return reference.ExportToWkt()


def make_samples(classes, dates=("2021-03-06", "2021-05-01"), variables=("red", "nir"), groups=None, **others):
    """Samples with values 0.0001, 0.0002, …, at places 10 m apart in UTM 33N."""
    count = len(classes)
    shape = (count, len(dates), len(variables))
    fields = {
        "values": (np.arange(1, np.prod(shape) + 1).reshape(shape) / 10_000).astype(np.float32),
        "dates": [datetime.date.fromisoformat(date) for date in dates],
        "variables": list(variables),
        "classes": np.array(classes, dtype=object),
        "legend": Legend.of_values(classes),
        "groups": None if groups is None else np.array(groups, dtype=object),
        "coordinates": np.stack([500_005.0 + 10 * np.arange(count), np.full(count, 5_100_005.0)], axis=1),
        "crs": wkt(32633),
    }
    return Samples(**{**fields, **others})
