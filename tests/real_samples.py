"""Samples of real imagery, read without any of our algorithms."""

import csv
import datetime
import re
from collections import defaultdict

import numpy as np
from osgeo import gdal, ogr, osr

from chronocover.core.labels.legend import Legend
from chronocover.core.samples.samples import Samples

BANDS = ["evi", "ndvi", "red", "blue", "nir", "mir"]


def mato_grosso(folder):
    """291 ground points of five classes in 23 MODIS images, without the band of the day of year."""
    files = sorted((folder / "mato_grosso_modis").glob("*.tif"))
    images = [gdal.Open(str(file)) for file in files]
    dates = [_date(file.name) for file in files]
    cubes = np.stack([image.ReadAsArray()[:6] for image in images]).astype(np.float32)
    nodata = images[0].GetRasterBand(1).GetNoDataValue()
    if nodata is not None:
        cubes[cubes == np.float32(nodata)] = np.nan
    transform = images[0].GetGeoTransform()
    crs = images[0].GetSpatialRef()
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    points = ogr.Open(str(folder / "mato_grosso_modis" / "samples.gpkg"))
    layer = points.GetLayer(0)
    source = layer.GetSpatialRef()
    source.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    to_image = osr.CoordinateTransformation(source, crs)
    classes, places, values = [], [], []
    for feature in layer:
        geometry = feature.GetGeometryRef()
        x, y, _ = to_image.TransformPoint(geometry.GetX(), geometry.GetY())
        column, row = int((x - transform[0]) / transform[1]), int((y - transform[3]) / transform[5])
        if 0 <= column < cubes.shape[3] and 0 <= row < cubes.shape[2]:
            classes.append(feature.GetField("label"))
            places.append((x, y))
            values.append(cubes[:, :, row, column])
    return Samples(
        np.stack(values), dates, BANDS, np.array(classes, object), Legend.of_values(classes), None,
        np.array(places), crs.ExportToWkt(),
    )  # fmt: skip


def sinop(folder):
    """1,218 NDVI series of four classes on the same twelve days of sixteen seasons."""
    series = defaultdict(dict)
    classes = {}
    with open(folder / "sinop_modis" / "samples_modis_ndvi_long.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            series[row["sample"]][row["date"]] = float(row["NDVI"])
            classes[row["sample"]] = row["label"]
    values = np.array([[[found[date]] for date in sorted(found)] for found in series.values()], np.float32)
    names = list(classes.values())
    days = [datetime.date.fromisoformat(date) for date in sorted(series["0"])]
    return Samples(values, days, ["ndvi"], np.array(names, object), Legend.of_values(names))


def _date(name):
    year, month, day = re.search(r"(\d{4})-?_?(\d{2})-?_?(\d{2})", name).groups()
    return datetime.date(int(year), int(month), int(day))
