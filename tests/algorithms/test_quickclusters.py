"""A first map of one image, as a user makes it."""

import csv
from pathlib import Path

import numpy as np
import pytest
from clustering_scenes import read
from osgeo import gdal
from qgis.core import QgsProcessingException
from scenes import write_raster, write_series

ROWS, COLUMNS = 30, 50


@pytest.fixture
def image(tmp_path):
    """Two bands of very different size: water, soil and forest in three columns, and one pixel without data."""
    random = np.random.default_rng(2)
    first = np.repeat([[50, 3000, 2000]], ROWS, 0).repeat([10, 20, 20], 1) + random.normal(0, 20, (ROWS, COLUMNS))
    second = np.repeat([[0.01, 0.2, 0.8]], ROWS, 0).repeat([10, 20, 20], 1) + random.normal(0, 0.01, (ROWS, COLUMNS))
    array = np.stack([first, second]).astype(np.float32)
    array[1, 0, 0] = -9999
    return write_raster(tmp_path / "image é.tif", array, nodata=-9999)


def test_an_image_falls_into_its_parts(run, image, tmp_path):
    result = run(
        "quickclusters", IMAGE=image, CLUSTERS=3, OUTPUT=str(tmp_path / "c.tif"), REPORT=str(tmp_path / "r.html"),
        CSV=str(tmp_path / "t.csv"),
    )  # fmt: skip
    labels = read(result["OUTPUT"])
    assert labels[0, 0] == 0 and result["PIXELS"] == ROWS * COLUMNS - 1 and result["PIXELS_WITHOUT_DATA"] == 1
    assert set(labels[:, :10].ravel()) == {0, 1}  # the darkest
    assert len(np.unique(labels[:, 10:30])) == len(np.unique(labels[:, 30:])) == 1
    assert labels[5, 15] != labels[5, 40]
    with open(result["CSV"], encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 6 and rows[0]["date"] == "" and rows[0]["variable"] == "band 1"
    water = read(image)[labels == 1]
    assert float(rows[0]["mean"]) == pytest.approx(water.mean(), rel=1e-4)
    assert float(rows[0]["p90"]) == pytest.approx(np.percentile(water, 90), rel=1e-3)
    assert float(rows[0]["hectares"]) == pytest.approx(299 * 0.01)
    report = Path(result["REPORT"]).read_text(encoding="utf-8")
    assert "Area of the clusters in hectares" in report and "data:image/png" in report
    assert result["IMAGE_DATE"] == "" and result["SILHOUETTE"] > 0.5


def test_chosen_bands_alone_count(run, image, tmp_path):
    result = run("quickclusters", IMAGE=image, BANDS=[2], CLUSTERS=2, OUTPUT=str(tmp_path / "c.tif"))
    labels = read(result["OUTPUT"])
    assert labels[5, 5] == labels[5, 15] != labels[5, 40]  # water and soil are alike there


def test_transparency_is_no_band_and_a_byte_image_will_do(run, tmp_path):
    colors = np.zeros((4, 8, 8), np.uint8)
    colors[:3, 4:] = 200
    colors[3, :, 4:] = 255
    path = write_raster(tmp_path / "rgb.tif", colors, options=["PHOTOMETRIC=RGB", "ALPHA=YES"])
    labels = read(run("quickclusters", IMAGE=path, CLUSTERS=2, OUTPUT=str(tmp_path / "c.tif"))["OUTPUT"])
    assert (labels[:4] == 1).all() and (labels[4:] == 2).all()


def test_the_date_of_a_series_with_the_fewest_gaps_is_taken(run, tmp_path):
    values = np.random.default_rng(0).random((3, 2, 40, 40)).astype(np.float32)
    values[0, :, :30] = np.nan
    values[2, :, :, 10:] = np.nan
    dates = ["2021-05-01", "2021-06-01", "2021-07-01"]
    path = write_series(tmp_path / "series.tif", values, dates, ["red", "nir"])
    result = run(
        "quickclusters", IMAGE=path, CLUSTERS=2, OUTPUT=str(tmp_path / "c.tif"), REPORT=str(tmp_path / "r.html")
    )
    assert result["IMAGE_DATE"] == "2021-06-01" and result["PIXELS"] == 1600
    chosen = run("quickclusters", IMAGE=path, DATE="2021-07-01", CLUSTERS=2, OUTPUT=str(tmp_path / "d.tif"))
    assert chosen["IMAGE_DATE"] == "2021-07-01" and chosen["PIXELS"] == 400
    with pytest.raises(QgsProcessingException, match="no image of 2021-08-01"):
        run("quickclusters", IMAGE=path, DATE="2021-08-01", OUTPUT=str(tmp_path / "e.tif"))


def test_a_mask_restricts_it(run, image, tmp_path):
    mask = np.ones((ROWS, COLUMNS), np.uint8)
    mask[:, :10] = 0
    path = write_raster(tmp_path / "mask.tif", mask)
    labels = read(run("quickclusters", IMAGE=image, MASK=path, CLUSTERS=2, OUTPUT=str(tmp_path / "c.tif"))["OUTPUT"])
    assert (labels[:, :10] == 0).all() and labels[5, 15] != labels[5, 40]


def test_what_cannot_be_done_is_said(run, image, tmp_path):
    flat = write_raster(tmp_path / "flat.tif", np.ones((5, 5), np.uint8))
    empty = write_raster(tmp_path / "empty.tif", np.zeros((5, 5), np.uint8), nodata=0)
    for given, says in (
        ({"IMAGE": flat}, "differ"),
        ({"IMAGE": empty}, "None of the 25 pixels"),
        ({"IMAGE": image, "BANDS": [7]}, "(?i)band"),
        ({"IMAGE": image, "DATE": "2021-01-01"}, "no image time series"),
    ):
        with pytest.raises(QgsProcessingException, match=says):
            run("quickclusters", OUTPUT=str(tmp_path / "c.tif"), **given)
    one = run("quickclusters", IMAGE=flat, CLUSTERS=1, OUTPUT=str(tmp_path / "one.tif"))
    assert one["PIXELS"] == 25 and gdal.Open(one["OUTPUT"]) is not None
