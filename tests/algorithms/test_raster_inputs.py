"""Raster files that cannot be opened are named with the reason, before the work."""

import zipfile

import numpy as np
import pytest
from qgis.core import QgsProcessingContext, QgsProcessingException
from scenes import write_raster, write_series

CHOICES = {"fillgaps": "SERIES", "buildseries": "LAYERS"}  # a raster, a list of rasters


@pytest.fixture
def damaged(tmp_path):
    path = tmp_path / "S2_20240401 é.vrt"
    path.write_text('<VRTDataset rasterXSize="4" rasterYSize="4"><VRTRasterBand')
    return str(path)


@pytest.mark.parametrize("algorithm", CHOICES)
def test_a_damaged_file_is_named_with_the_reason(qgis_app, run, damaged, tmp_path, algorithm):
    name = CHOICES[algorithm]
    values = {name: [damaged] if name == "LAYERS" else damaged, "OUTPUT": str(tmp_path / "out.tif")}
    with pytest.raises(QgsProcessingException, match=rf"\({name}\): cannot open .*20240401 é.vrt: .+ is complete"):
        run(algorithm, **values)
    instance = qgis_app.processingRegistry().createAlgorithmById(f"chronocover:{algorithm}")
    ok, message = instance.checkParameterValues(values, QgsProcessingContext())
    assert not ok and "20240401 é.vrt" in message


def test_a_missing_file_of_a_list_is_named(run, tmp_path):
    image = write_raster(tmp_path / "S2_20240401.tif", np.ones((4, 4), "uint8"))
    with pytest.raises(QgsProcessingException, match=r"\(LAYERS\): there is no file .*nothing.tif"):
        run("buildseries", LAYERS=[image, str(tmp_path / "nothing.tif")], OUTPUT=str(tmp_path / "out.vrt"))


def test_an_archive_that_qgis_opens_is_taken(run, tmp_path):
    values = np.ones((2, 1, 4, 4), "float32")
    series = write_series(tmp_path / "series.tif", values, ["2024-04-01", "2024-05-01"], ["ndvi"])
    with zipfile.ZipFile(tmp_path / "series.zip", "w") as archive:
        archive.write(series, "series.tif")
    run("fillgaps", SERIES=str(tmp_path / "series.zip"), OUTPUT=str(tmp_path / "out.tif"))
