"""Spectral indices, through QGIS."""

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsProcessingFeedback
from scenes import write_raster, write_series

from chronocover.core.series.image_series import ImageSeries

DATES = ["2021-03-01", "2021-03-11", "2021-04-20"]
NAMES = ["blue", "red", "nir", "scl"]
NAN = np.nan


@pytest.fixture(scope="module")
def values():
    """Physical values ``(dates, variables, rows, columns)``; a corner is missing."""
    generator = np.random.default_rng(1)
    values = np.round(generator.uniform(0.02, 0.6, (3, 4, 40, 30)), 4)
    values[:, 0] = np.round(values[:, 0] * 0.15, 4)  # far from where EVI has no value
    values[:, 3] = generator.integers(1, 12, (3, 40, 30))
    values[1, 1, :5, :5] = NAN
    return values


def written(path, values, how):
    """The series as files store it: as they are, ten-thousandfold, or so and with 1,000 added."""
    scale, offset = {"float": (1.0, 0.0), "scaled": (1e-4, 0.0), "offset": (1e-4, -0.1)}[how]
    if how == "float":
        return write_series(path, values.astype(np.float32), DATES, NAMES, quality=["scl"], nodata=NAN)
    stored = np.rint((values - offset) / scale)
    stored[:, 3] = values[:, 3]
    stored = np.where(np.isnan(stored), 65535, stored).astype(np.uint16)
    return write_series(path, stored, DATES, NAMES, quality=["scl"], nodata=65535, scale=scale, offset=offset)


@pytest.fixture(scope="module")
def series(tmp_path_factory, values):
    return written(tmp_path_factory.mktemp("séries à calculer") / "série.tif", values, "float")


def read(path, variables):
    array = gdal.Open(path).ReadAsArray()
    return array.reshape(3, variables, *array.shape[-2:])


def expected_indices(values):
    blue, red, nir = np.moveaxis(values[:, :3], 1, 0)
    return (nir - red) / (nir + red), 2.5 * (nir - red) / (nir + 6 * red - 7.5 * blue + 1)


@pytest.mark.parametrize("how", ["float", "scaled", "offset"])
def test_indices_are_the_same_however_the_files_store_reflectance(run, values, tmp_path, how):
    stored = written(tmp_path / "series.tif", values, how)
    results = run("spectralindices", SERIES=stored, INDICES=["NDVI", "EVI"], OUTPUT=str(tmp_path / "out.tif"))
    result = read(results["OUTPUT"], 6)
    ndvi, evi = expected_indices(values)
    np.testing.assert_allclose(result[:, 3], ndvi, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(result[:, 4], evi, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(result[:, :3], values[:, :3], atol=1e-6)
    np.testing.assert_array_equal(result[:, 5], values[:, 3])
    assert results["VARIABLE_NAMES"] == "blue,red,nir,ndvi,evi,scl"
    described = ImageSeries.open(results["OUTPUT"])
    assert described.quality_variables == ["scl"]
    assert gdal.Open(results["OUTPUT"]).GetMetadataItem("CHRONOCOVER_ALGORITHM") == "chronocover:spectralindices"


def test_replaces_variables_and_takes_names_and_expressions(run, series, values, tmp_path):
    results = run(
        "spectralindices",
        SERIES=series,
        INDICES=[],
        MORE="ndvi, SR;NIRv",
        EXPRESSIONS="twice = 2 * ndvi\nbright = where(nir > 0.3, 1, 0)",
        MODE="replace the variables",
        OUTPUT=str(tmp_path / "out.tif"),
    )
    assert results["VARIABLE_NAMES"] == "ndvi,sr,nirv,twice,bright,scl"
    result = read(results["OUTPUT"], 6)
    ndvi, _ = expected_indices(values)
    np.testing.assert_allclose(result[:, 3], 2 * ndvi, rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(result[:, 4], values[:, 2] > 0.3)


def test_raw_numbers_are_refused_unless_the_check_is_skipped(run, values, tmp_path):
    raw = write_series(
        tmp_path / "raw.tif", np.nan_to_num(values * 1e4).astype(np.int32), DATES, NAMES, quality=["scl"]
    )
    with pytest.raises(QgsProcessingException, match="EVI needs reflectances"):
        run("spectralindices", SERIES=raw, INDICES=["EVI"], OUTPUT=str(tmp_path / "out.tif"))
    assert not (tmp_path / "out.tif").exists()
    results = run("spectralindices", SERIES=raw, INDICES=["EVI"], SKIP_UNITS_CHECK=True, OUTPUT="TEMPORARY_OUTPUT")
    assert results["VARIABLE_NAMES"] == "blue,red,nir,evi,scl"


def test_what_is_wrong_is_said(run, series, values, tmp_path):
    output = str(tmp_path / "out.tif")

    def refused(said, **parameters):
        with pytest.raises(QgsProcessingException, match=said):
            run("spectralindices", **{"SERIES": series, "INDICES": ["NDVI"], "OUTPUT": output, **parameters})

    refused("NDWI needs .*lacks G", INDICES=["NDWI"])
    refused("no spectral index “HOTZENPLOTZ”", MORE="HOTZENPLOTZ")
    refused("no variable “grün”", EXPRESSIONS="x = grün / nir")
    refused("cannot be read", EXPRESSIONS="x = (red + nir")
    refused("no index to compute", INDICES=[])
    refused("is one of the inputs", OUTPUT=series)
    refused("Cannot write in the folder", OUTPUT=f"{series}/out.tif")
    plain = write_raster(tmp_path / "plain.tif", np.ones((3, 3), "float32"))
    refused("is not an image series", SERIES=plain)
    truncated = tmp_path / "truncated.tif"
    truncated.write_bytes(Path(series).read_bytes()[:-9000])
    refused("damaged|cannot open|Could not load", SERIES=str(truncated))
    assert not (tmp_path / "out.tif").exists()


def test_a_cancelled_run_leaves_nothing(qgis_app, series, tmp_path):
    import processing

    feedback = QgsProcessingFeedback(False)
    feedback.cancel()
    parameters = {"SERIES": series, "INDICES": ["NDVI"], "OUTPUT": str(tmp_path / "o.tif")}
    with pytest.raises(QgsProcessingException):
        processing.run("chronocover:spectralindices", parameters, feedback=feedback)
    assert list(tmp_path.iterdir()) == []
