"""Fill gaps, through QGIS."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsProcessingFeedback
from scenes import write_raster, write_series

from chronocover.core.series.image_series import ImageSeries
from chronocover.core.time_series.filling import interpolate_series

DATES = ["2021-03-01", "2021-03-11", "2021-03-16", "2021-04-20", "2021-05-01", "2021-05-31"]
DAYS = np.array([0, 10, 15, 50, 61, 91])
NAN = np.nan


@pytest.fixture(scope="module")
def values():
    """``(dates, variables, rows, columns)`` with 40 % gaps; the upper left corner was never seen."""
    generator = np.random.default_rng(1)
    values = generator.random((6, 3, 40, 30)).astype("float32")
    values[:, 2] = generator.integers(0, 12, (6, 40, 30))
    values[:, :2][generator.random((6, 2, 40, 30)) < 0.4] = NAN
    values[:, :2, :5, :5] = NAN
    return values


@pytest.fixture(scope="module")
def series(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("séries à remplir") / "série.tif"
    return write_series(path, values, DATES, ["red", "nir", "scl"], quality=["scl"], nodata=NAN)


def read(path, dates=6, variables=3):
    array = gdal.Open(path).ReadAsArray()
    return array.reshape(dates, variables, *array.shape[-2:])


def on_days(values, targets, *options):
    """Interpolated ``(dates, variables, rows, columns)``."""
    dates, variables, rows, columns = values.shape
    pixels = np.moveaxis(values.reshape(dates, variables, -1), 2, 0)
    result = interpolate_series(pixels, DAYS, np.asarray(targets), *options)
    return np.moveaxis(result, 0, 2).reshape(len(targets), variables, rows, columns)


@pytest.mark.parametrize("method", ["linear", "nearest", "spline", "cubic"])
def test_fills_data_and_keeps_quality(run, series, values, tmp_path, method):
    results = run("fillgaps", SERIES=series, METHOD=method, OUTPUT=str(tmp_path / "out.tif"))
    filled = read(results["OUTPUT"])
    np.testing.assert_array_equal(filled[:, :2], on_days(values[:, :2], DAYS, method))
    np.testing.assert_array_equal(filled[:, 2], values[:, 2])
    assert np.isnan(filled[:, :2, :5, :5]).all()
    assert results["MISSING_BEFORE"] == pytest.approx(100 * np.isnan(values[:, :2]).mean())
    assert results["MISSING_AFTER"] == pytest.approx(100 * np.isnan(filled[:, :2]).mean())
    assert 0 < results["MISSING_AFTER"] < results["MISSING_BEFORE"]
    assert (results["DATES"], results["FIRST_DATE"], results["VARIABLE_NAMES"]) == (6, "2021-03-01", "red,nir,scl")
    described = ImageSeries.open(results["OUTPUT"])
    assert (described.variables, described.quality_variables) == (["red", "nir"], ["scl"])
    assert gdal.Open(results["OUTPUT"]).GetMetadataItem("CHRONOCOVER_ALGORITHM") == "chronocover:fillgaps"


def test_a_longest_gap_and_a_choice_of_variables(run, series, values, tmp_path):
    results = run("fillgaps", SERIES=series, LONGEST_GAP=20, VARIABLES=" nir ", OUTPUT=str(tmp_path / "out.tif"))
    filled = read(results["OUTPUT"])
    np.testing.assert_array_equal(filled[:, 1], on_days(values[:, 1:2], DAYS, "linear", 20, 20)[:, 0])
    np.testing.assert_array_equal(filled[:, [0, 2]], values[:, [0, 2]])
    assert np.isnan(filled[:, 1, 10:]).any()


def test_says_how_much_was_missing(qgis_app, series, values, tmp_path):
    import processing

    feedback = QgsProcessingFeedback(False)
    processing.run("chronocover:fillgaps", {"SERIES": series, "OUTPUT": str(tmp_path / "o.tif")}, feedback=feedback)
    before, unobserved = np.isnan(values[:, :2]), np.isnan(values[:, :2]).all(axis=0)
    expected = f"Missing values: {100 * before.mean():.2f} % before, {100 * unobserved.mean():.2f} % after"
    assert expected in feedback.textLog()


def test_stores_int16_on_request(run, series, tmp_path):
    results = run("fillgaps", SERIES=series, STORAGE="int16 in steps of 0.0001", OUTPUT=str(tmp_path / "out.tif"))
    exact = run("fillgaps", SERIES=series, OUTPUT=str(tmp_path / "exact.tif"))
    stored = read(results["OUTPUT"])[:, :2]
    expected = read(exact["OUTPUT"])[:, :2]
    np.testing.assert_allclose(np.where(stored == -32768, NAN, stored * 1e-4), expected, atol=6e-5)


def test_what_int16_cuts_off_is_told(run, tmp_path):
    import processing

    ndvi = np.array([[[[0.5, 57.0, -0.2]]]], dtype=np.float32)
    series = write_series(tmp_path / "s.tif", ndvi, ["2021-03-01"], ["ndvi"])
    options = {"STORAGE": "int16 in steps of 0.0001", "OUTPUT": str(tmp_path / "out.tif")}
    log = QgsProcessingFeedback()
    processing.run("chronocover:fillgaps", {"SERIES": series, **options}, feedback=log)
    assert read(options["OUTPUT"], 1, 1).ravel().tolist() == [5000, 32767, -2000]
    assert "1 values are beyond ±3.2767 and were cut off there" in log.textLog()
    raw = write_series(tmp_path / "raw.tif", ndvi * 10000, ["2021-03-01"], ["red"])
    with pytest.raises(QgsProcessingException, match=r"Most values are beyond ±3\.2767.*scale factor"):
        run("fillgaps", SERIES=raw, **options)


@pytest.mark.parametrize("stored", ["uint16", "int16", "float32"])
def test_one_date_and_any_type(run, tmp_path, stored):
    array = np.array([[[[1, 0], [3, 4]]]], dtype=stored)
    series = write_series(tmp_path / "one.tif", array, ["2021-03-01"], ["ndvi"], nodata=0, scale=0.5)
    results = run("fillgaps", SERIES=series, METHOD="spline", OUTPUT=str(tmp_path / "out.tif"))
    np.testing.assert_array_equal(read(results["OUTPUT"], 1, 1)[0, 0], [[0.5, NAN], [1.5, 2]])


def test_what_is_wrong_is_said(run, series, tmp_path):
    output = str(tmp_path / "out.tif")
    plain = write_raster(tmp_path / "plain.tif", np.ones((3, 3), "float32"))
    with pytest.raises(QgsProcessingException, match="is not an image series"):
        run("fillgaps", SERIES=plain, OUTPUT=output)
    with pytest.raises(QgsProcessingException, match="no variable “blue”"):
        run("fillgaps", SERIES=series, VARIABLES="red,blue", OUTPUT=output)
    with pytest.raises(QgsProcessingException, match="is one of the inputs"):
        run("fillgaps", SERIES=series, OUTPUT=series)
    with pytest.raises(QgsProcessingException, match="Cannot write in the folder"):
        run("fillgaps", SERIES=series, OUTPUT=f"{plain}/out.tif")
    masks = write_series(tmp_path / "m.tif", np.zeros((1, 1, 2, 2), "uint8"), ["2021-03-01"], ["scl"], quality=["scl"])
    with pytest.raises(QgsProcessingException, match="only quality variables"):
        run("fillgaps", SERIES=masks, OUTPUT=output)
    assert not (tmp_path / "out.tif").exists()


def test_a_cancelled_run_leaves_nothing(qgis_app, series, tmp_path):
    import processing

    feedback = QgsProcessingFeedback(False)
    feedback.cancel()
    with pytest.raises(QgsProcessingException):
        processing.run("chronocover:fillgaps", {"SERIES": series, "OUTPUT": str(tmp_path / "o.tif")}, feedback=feedback)
    assert list(tmp_path.iterdir()) == []
