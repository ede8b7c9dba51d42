"""Check rasterized labels, run as QGIS runs it."""

import base64
import csv
import re
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException
from scenes import write_raster, write_series


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_slovenian_labels(run, tmp_path, data_folder):
    folder = data_folder / "slovenia_sentinel2"
    labels = {"LABELS": str(folder / "LULC.gpkg"), "FIELD": "LULC_NAME"}
    raster = str(tmp_path / "with space é.tif")
    burned = run(
        "rasterizelabels", REFERENCE=str(folder / "S2_20150711_NDVI.tif"), METHOD="all touched", OUTPUT=raster, **labels
    )
    result = run(
        "checklabels", LABELS_RASTER=raster, REPORT=str(tmp_path / "r.html"), CSV=str(tmp_path / "t.csv"), **labels
    )
    codes = gdal.Open(raster).ReadAsArray()
    pixel = 9.99479222 * 9.99744847 / 10_000
    assert result["LABELLED_PIXELS"] == burned["LABELLED_PIXELS"] == np.count_nonzero(codes)
    assert result["AREA_HA"] == pytest.approx(np.count_nonzero(codes) * pixel)
    assert result["CLASSES"] == burned["CLASSES"] == len(np.unique(codes[codes > 0]))
    assert result["SMALLEST_CLASS_PIXELS"] == np.unique(codes[codes > 0], return_counts=True)[1].min()
    rows = rows_of(result["CSV"])
    assert sum(int(row["features"]) for row in rows) == burned["FEATURES"]
    assert sum(int(row["features_without_pixels"]) for row in rows) == result["FEATURES_WITHOUT_PIXELS"]
    page = Path(result["REPORT"]).read_text(encoding="utf-8")
    for row in rows:
        assert f"{int(row['pixels']):,}" in page and row["name"].replace("&", "&amp;") in page
        assert float(row["area_ha"]) == pytest.approx(int(row["pixels"]) * pixel, abs=1e-6)
    picture = base64.b64decode(re.search(r"data:image/png;base64,([^\"]+)", page).group(1))
    assert picture.startswith(b"\x89PNG")


def test_any_class_raster_will_do(run, tmp_path):
    codes = np.zeros((20, 30), np.int16)
    codes[5:10, 5:10], codes[12:14, 5:10] = 3, 7
    raster = write_raster(tmp_path / "map.tif", codes)
    result = run("checklabels", LABELS_RASTER=raster, REPORT=None, CSV=str(tmp_path / "t.csv"))
    assert result["FEATURES_WITHOUT_PIXELS"] is None and "REPORT" not in result
    assert rows_of(result["CSV"])[1] == {
        "code": "7",
        "name": "7",
        "pixels": "10",
        "area_ha": "0.1",
        "share": "0.285714",
        "features": "",
        "features_without_pixels": "",
        "pixels_per_feature_min": "",
        "pixels_per_feature_median": "",
    }


def test_wrong_inputs_are_refused(run, tmp_path):
    raster = write_raster(tmp_path / "map.tif", np.ones((9, 9), np.uint8))
    image = write_raster(tmp_path / "image.tif", np.full((9, 9), 0.35, np.float32))
    report = str(tmp_path / "r.html")
    with pytest.raises(QgsProcessingException, match=r"class raster .*image\.tif holds the value 0\.35"):
        run("checklabels", LABELS_RASTER=image, REPORT=report)
    series = write_series(tmp_path / "series.tif", np.ones((1, 1, 9, 9), np.uint8), ["2024-05-01"], ["ndvi"])
    with pytest.raises(QgsProcessingException, match="is an image time series, no class raster"):
        run("checklabels", LABELS_RASTER=series, REPORT=report)
    with pytest.raises(QgsProcessingException, match=r"Cannot write in the folder .*map\.tif"):
        run("checklabels", LABELS_RASTER=raster, REPORT=f"{raster}/r.html")
    labels = tmp_path / "labels.csv"
    labels.write_text('id,crop,wkt\n1,a,"POINT(500005 5099995)"\n')
    with pytest.raises(QgsProcessingException, match="need a class field"):
        run("checklabels", LABELS_RASTER=raster, LABELS=str(labels), REPORT=report)
    assert not (tmp_path / "r.html").exists()
